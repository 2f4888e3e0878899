# SPDX-License-Identifier: EUPL-1.2
"""The form of a call: its eight questions as a page shows them, and what came back when it was sent whole."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple
from uuid import UUID

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as N_

from vangnet.process.answers import HULP, kind_id
from vangnet.process.show_melding import Kind, Meldingbeeld

MELDERS = (
    ("politie", N_("Politie")), ("huisarts", N_("Huisarts")), ("ouder", N_("Ouder")), ("jeugdige", N_("Jeugdige")),
    ("school", N_("School")), ("toegang", N_("Toegang")), ("gi", N_("GI")), ("veilig_thuis", N_("Veilig Thuis")),
    ("zorgaanbieder", N_("Zorgaanbieder")), ("ziekenhuis", N_("Ziekenhuis")), ("ggz", N_("GGZ")),
    ("wijkteam", N_("Wijkteam")), ("raad", N_("Raad")), ("netwerk", N_("Familie, netwerk")), ("burger", N_("Burger")),
    ("andere_professional", N_("Andere professional")), ("onbekend", N_("Weet ik niet")),
)  # fmt: skip
"""Who calls; the most frequent first."""
VRAGEN = (("crisis", N_("Hulp")), ("consult", N_("Advies")), ("zorgmelding_politie", N_("Zorgmelding van de politie")))
ANTWOORD = (("ja", N_("Ja")), ("nee", N_("Nee")), ("onbekend", N_("Weet ik niet")))
HULP_WOORDEN = (
    ("gi_beschikking", N_("GI, met beschikking")), ("gi_vrijwillig", N_("GI, vrijwillig")),
    ("zorgaanbieder", N_("Zorgaanbieder")), ("veilig_thuis", N_("Veilig Thuis")), ("geen", N_("Geen")),
    ("onbekend", N_("Weet ik niet")),
)  # fmt: skip
GEZAG = (
    ("moeder", N_("Moeder")), ("vader", N_("Vader")), ("beiden", N_("Beide ouders")), ("voogd", N_("Voogd")),
    ("onbekend", N_("Weet ik niet")),
)  # fmt: skip
VINKEN = (
    "melding.anoniem", "melding.terugbellen_gewenst", "melding.onbekend_kind", "melding.onbekend_waar", "plek.geheim",
    "betrokken.volwassene_in_crisis", "betrokken.jeugdige_verblijft_bij_aanbieder",
)  # fmt: skip
"""Boxes: not ticked, they are not sent."""
LOSSE = (
    "wie", "gezag", "waar", "gemeente", "gemeente_buiten", "plek.straat", "plek.postcode", "plek.plaats", "melding.vraag", "melding.naam",
    "melding.organisatie_melder", "melding.telefoon", "melding.situatie", "melding.volwassene_casus",
    "triage.direct_onveilig", "triage.kan_wachten_tot_morgen", "triage.anders_dan_gisteren",
)  # fmt: skip
ADRES = ("plek.straat", "plek.postcode", "plek.plaats", "waar")
MASKER = "••••••••••••"
"""What stands in place of a secret address: always as long, whatever is behind it."""
MEEST_KINDEREN = 12


class Optie(NamedTuple):
    """One answer to choose: what is kept, what it says, whether it is chosen."""

    waarde: str
    tekst: str
    aan: bool


class Vraagveld(NamedTuple):
    """One field of the form: its name, the id of its input, what stands in it, and what is wrong with it."""

    naam: str
    id: str
    label: str
    waarde: str = ""
    fout: str = ""
    opties: tuple[Optie, ...] = ()
    meer: bool = False
    """Whether several answers may be ticked."""
    masker: bool = False


class Form:
    """The fields of one call, with what was typed and refused over what is on record."""

    def __init__(
        self, beeld: Meldingbeeld, getypt: Mapping[str, str] | None = None, fouten: Mapping[str, str] | None = None
    ) -> None:
        self.beeld, self.fouten = beeld, dict(fouten or {})
        self.waarden = {**beeld.waarden, **(getypt or {})}
        self.masker = beeld.geheim and not any(beeld.waarden.get(naam) for naam in ADRES)

    def veld(self, naam: str, label: str) -> Vraagveld:
        """A field for text, or a box to tick."""
        gemaskerd = self.masker and naam in ADRES
        waarde = MASKER if gemaskerd else self.waarden.get(naam, "")
        return Vraagveld(naam, id_of(naam), label, waarde, self.fouten.get(naam, ""), masker=gemaskerd)

    def keuze(self, naam: str, opties: Iterable[tuple[str, str]], label: str = "", meer: bool = False) -> Vraagveld:
        """A field with answers to choose from."""
        gekozen = self.waarden.get(naam, "").split() if meer else [self.waarden.get(naam, "")]
        rij = tuple(Optie(waarde, _(tekst), waarde in gekozen) for waarde, tekst in opties)
        return Vraagveld(naam, id_of(naam), label, "", self.fouten.get(naam, ""), rij, meer)

    def kind(self, kind: Kind) -> dict[str, Any]:
        """The fields of one child."""
        pad = f"jeugdige.{kind.id}"
        eerste = f"jeugdige.{self.beeld.kinderen[0].id}" if self.beeld.kinderen else pad
        zelfde = "" if self.waarden.get(f"{pad}.achternaam") else self.waarden.get(f"{eerste}.achternaam", "")
        ongeboren = bool(self.waarden.get(f"{pad}.ongeboren"))
        return {
            "id": str(kind.id),
            "zelfde": zelfde if pad != eerste else "",
            "voornaam": self.veld(f"{pad}.voornaam", _("Voornaam")),
            "achternaam": self.veld(f"{pad}.achternaam", _("Achternaam")),
            "geboren": self.veld(f"{pad}.geboren", _("Uitgerekend") if ongeboren else _("Geboren, of leeftijd")),
            "bsn": self.veld(f"{pad}.bsn", _("BSN, mag later")),
            "ongeboren": self.veld(f"{pad}.ongeboren", _("Nog niet geboren")),
        }

    def context(self, kinderen: int = 0) -> dict[str, Any]:
        """Everything the template of the form needs; at least `kinderen` children."""
        rij = list(self.beeld.kinderen)
        while len(rij) < min(kinderen, MEEST_KINDEREN):
            rij.append(Kind(kind_id(self.beeld.id, len(rij) + 1), False))
        return {
            "wie": self.keuze("wie", MELDERS),
            "vraag": self.keuze("melding.vraag", VRAGEN, _("Vraagt om")),
            "naam": self.veld("melding.naam", _("Naam")),
            "organisatie": self.veld("melding.organisatie_melder", _("Organisatie")),
            "telefoon": self.veld("melding.telefoon", _("Terugbelnummer")),
            "anoniem": self.veld("melding.anoniem", _("Wil niet genoemd worden")),
            "terugbellen": self.veld("melding.terugbellen_gewenst", _("Terugbellen gewenst")),
            "gevaar": self.keuze("triage.direct_onveilig", ANTWOORD),
            "kinderen": [self.kind(kind) for kind in rij],
            "leeg_kind": self.kind(Kind(UUID(int=0), False)),
            "onbekend_kind": self.veld("melding.onbekend_kind", _("Weet ik nog niet")),
            "waar": self.veld("waar", _("Waar, in een paar woorden")),
            "straat": self.veld("plek.straat", _("Straat en nummer")),
            "postcode": self.veld("plek.postcode", _("Postcode")),
            "plaats": self.veld("plek.plaats", _("Plaats")),
            "geheim": self.veld("plek.geheim", _("Adres is geheim")),
            "gemeente": self.veld("gemeente", _("Gemeente")),
            "gemeente_buiten": self.veld("gemeente_buiten", _("Gemeente buiten de regio")),
            "onbekend_waar": self.veld("melding.onbekend_waar", _("Weet ik niet")),
            "situatie": self.veld("melding.situatie", _("Wat is er gebeurd? Wat is vandaag anders dan gisteren?")),
            "anders": self.keuze("triage.anders_dan_gisteren", ANTWOORD, _("Is er vandaag iets anders dan gisteren?")),
            "wachten": self.keuze("triage.kan_wachten_tot_morgen", ANTWOORD),
            "hulp": self.keuze("hulp", HULP_WOORDEN, meer=True),
            "bij_aanbieder": self.veld(
                "betrokken.jeugdige_verblijft_bij_aanbieder", _("Het kind verblijft bij een aanbieder")
            ),
            "volwassene": self.veld("betrokken.volwassene_in_crisis", _("Ook een volwassene is in crisis")),
            "volwassene_casus": self.veld("melding.volwassene_casus", _("Nummer van die casus of melding")),
            "gezag": self.keuze("gezag", GEZAG),
            "masker": self.masker,
        }


def id_of(naam: str) -> str:
    """The id of the input of a field."""
    return "f-" + naam.replace(".", "-")


def read(sent: QueryDict) -> dict[str, str]:
    """The answers that came with a form sent whole, by name. From our own page (`heel`) a box that did not come is not
    ticked; from elsewhere it was not asked."""
    uit = {naam: sent[naam] for naam in LOSSE if naam in sent}
    uit |= {naam: waarde for naam in sent if naam.startswith(("jeugdige.", "persoon.")) for waarde in [sent[naam]]}
    if "hulp" in sent:
        gekozen = set(" ".join(sent.getlist("hulp")).split())
        bekend = [woord for woord in HULP if woord in gekozen]
        uit["hulp"] = " ".join([*bekend, *sorted(gekozen - set(HULP))])
    uit |= {naam: sent[naam] for naam in VINKEN if naam in sent}
    if sent.get("heel"):
        uit |= {naam: "" for naam in VINKEN if naam not in sent}
        uit |= {
            f"{naam.rpartition('.')[0]}.ongeboren": ""
            for naam in list(uit)
            if naam.startswith("jeugdige.") and f"{naam.rpartition('.')[0]}.ongeboren" not in sent
        }
        if "hulp" not in sent:
            uit["hulp"] = ""
    uit = {naam: waarde for naam, waarde in uit.items() if waarde != MASKER}

    # Whether a child is born decides how its day is read, whether an address is secret goes before the address, and a
    # municipality that was taken out goes before the other one.
    def eerst(naam: str, waarde: str) -> bool:
        return naam.endswith((".ongeboren", ".geheim")) or (naam.startswith("gemeente") and not waarde)

    return dict(sorted(uit.items(), key=lambda paar: not eerst(*paar)))
