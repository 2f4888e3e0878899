# SPDX-License-Identifier: EUPL-1.2
"""What the steps are made with: the casus as its page has it, and the fields that several of them share."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from vangnet.access.actor import Actor
from vangnet.process.ask_organisation import Mogelijk, who_can_be_asked
from vangnet.process.show_casus import Casusbeeld
from vangnet.web.casus.formulieren import Formulier, Veld, janee, moment_veld, reden_veld

VERSIE = "versie"


@dataclass(frozen=True)
class Bouw:
    """What a step is built from."""

    beeld: Casusbeeld
    actor: Actor
    op: datetime
    ding: str = ""
    """The id of the row that the step is opened for, where the address names one."""

    def uitspraken(self, *sleutels: str) -> list[Mapping[str, Any]]:
        """Points of the advice by key, or by the beginning of their key when it ends with a dot."""
        alle = self.beeld.advies.get("uitspraken", {})
        uit = []
        for sleutel in sleutels:
            if sleutel.endswith("."):
                uit += [u for k, u in alle.items() if k.startswith(sleutel) and u not in uit]
            elif sleutel in alle and alle[sleutel] not in uit:
                uit.append(alle[sleutel])
        return uit

    def waarde(self, sleutel: str) -> Any:
        """The value of a point of the advice; None when it says nothing."""
        return self.beeld.advies.get("uitspraken", {}).get(sleutel, {}).get("waarde")

    def kenmerk(self, naam: str) -> Any:
        """Something the agreements of this region have or have not."""
        return self.beeld.advies.get("kenmerken", {}).get(naam)

    def feit(self, pad: str) -> str:
        """A fact as text; empty when it is not known or not in sight."""
        waarde = self.beeld.feiten.get(pad)
        return "" if waarde is None else "ja" if waarde is True else "nee" if waarde is False else str(waarde)

    @property
    def versie(self) -> Veld:
        """The version on which this form is opened."""
        return Veld(VERSIE, "", "verborgen", waarde=str(self.beeld.versie))

    def kinderen(self, gezin: bool = False) -> Veld:
        """Which child; with `gezin` also the whole family."""
        keuzes = [(str(k["id"]), str(k["naam"])) for k in self.beeld.kinderen]
        if gezin:
            keuzes.insert(0, ("", _("Het hele gezin")))
        eerste = str(self.beeld.kinderen[0]["id"]) if keuzes and self.beeld.kinderen else ""
        eerste = self.ding if self.ding and any(id_ == self.ding for id_, _naam in keuzes) else eerste
        return Veld("jeugdige", _("Voor wie?"), "keuze", tuple(keuzes), eerste if keuzes else "")

    def hulp(self, stand: Sequence[str], label: str) -> Veld:
        """Which form of help of those that are `gekozen`, `loopt` or `beeindigd`."""
        keuzes = [(str(i["id"]), hulpnaam(i)) for i in self.beeld.hulp if i["stand"] in stand]
        return Veld(
            "inzet", label, "keuze", tuple(keuzes), self.ding or (keuzes[0][0] if keuzes else ""), verplicht=True
        )

    def organisaties(self, *soorten: str) -> list[Mogelijk]:
        """Organisations that can be asked, without one's own."""
        return [o for o in who_can_be_asked(self.actor, soorten) if o.id != self.actor.organisatie_id]


def hulpnaam(i: Mapping[str, Any]) -> str:
    wie = i["aanbieder"]
    return f"{i['vormnaam']}, {i['kind']}" + (f" ({wie})" if wie else "")


def kies(organisaties: Sequence[Mogelijk], leeg: str = "") -> tuple[tuple[str, str], ...]:
    kop = ((("", leeg),) if leeg else ()) if organisaties or leeg else ()
    return (*kop, *((str(o.id), o.naam) for o in organisaties))


def open_vraag(a: Mapping[str, Any]) -> Iterator[Formulier]:
    """The forms for a question that is still open: the answer heard by phone, and taking it back."""
    vast = Veld("aanbod", "", "verborgen", waarde=str(a["id"]))
    yield Formulier(
        "telefoon",
        _("Leg het antwoord vast"),
        (
            vast,
            janee("aanvaard", _("Zei %(wie)s ja?") % {"wie": a["aan"]}, verplicht=True),
            Veld("naam", _("Wie sprak je?"), verplicht=True, hooguit=120),
            Veld("telefoon", _("Terugbelnummer"), "tel", verplicht=True, hooguit=30),
            reden_veld(_("Bij nee: waarom niet?")),
            moment_veld(_("Wanneer sprak je?")),
        ),
        _("%(wie)s antwoordt per telefoon") % {"wie": a["aan"]},
        _("Gevraagd: %(wat)s.") % {"wat": a["wat"]},
    )
    yield Formulier(
        "terug", _("Trek de vraag in"), (vast, reden_veld(_("Waarom?"))), _("Vraag intrekken"), dicht=True, licht=True
    )
