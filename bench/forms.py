# SPDX-License-Identifier: EUPL-1.2
"""What one person does once in each measurement: the requests that a browser would send."""

from __future__ import annotations

from uuid import uuid4, uuid5

from bench.client import Client


def register(client: Client, casussen: list[str]) -> None:
    """One complete call in one request, as the form without script sends it; the answer is a redirect to the casus."""
    call = uuid4()
    child = uuid5(call, "kind.1")
    fields = {
        "versie": "0",
        "melding.melder": "politie",
        "wie": "politie",
        "melding.naam": "meldkamer",
        "melding.telefoon": "0455550100",
        "triage.direct_onveilig": "ja",
        f"jeugdige.{child}.voornaam": "Sem",
        f"jeugdige.{child}.achternaam": "Proefman",
        f"jeugdige.{child}.geboren": "02-03-2010",
        "gemeente": "Heerlen",
        "melding.situatie": "Ruzie thuis loopt hoog op; er zijn twee jongere kinderen in huis. " * 3,
        "triage.kan_wachten_tot_morgen": "nee",
        "hulp": "geen",
        "gezag": "moeder",
        "uitkomst": "inschatting",
        "reden": "meting",
    }
    client.ask("POST", f"/melding/{call}", fields)


def save_field(client: Client, casussen: list[str]) -> None:
    """One answer of a running casus, as it is typed."""
    client.turn += 1
    casus = casussen[client.turn % len(casussen)]
    client.ask(
        "POST",
        f"/casus/{casus}/veld",
        {"pad": "triage.plotseling", "waarde": ("ja", "nee")[client.turn // len(casussen) % 2]},
    )


def change_state(client: Client, casussen: list[str]) -> None:
    """Left for the family, arrived, and so on: what changes where a casus stands."""
    client.turn += 1
    casus = casussen[client.turn // 2 % len(casussen)]
    step = ("vertrek", "aankomst")[client.turn % 2]
    client.ask("POST", f"/casus/{casus}/stap/inschatting", {"formulier": step, "wie": "Noor"})


def board(client: Client, casussen: list[str]) -> None:
    """The board of the shift, whole."""
    client.ask("GET", "/dienst")


def casus_page(client: Client, casussen: list[str]) -> None:
    """One casus, whole."""
    client.turn += 1
    client.ask("GET", f"/casus/{casussen[client.turn % len(casussen)]}")


def search(client: Client, casussen: list[str]) -> None:
    """What a search sends while somebody types a surname."""
    client.turn += 1
    words = ("Proefman", "Proefstra", "Jansen", "0612345678", "02-03-2010")
    client.ask("POST", "/zoeken", {"zoek": words[client.turn % len(words)]}, **{"HX-Request": "true"})
