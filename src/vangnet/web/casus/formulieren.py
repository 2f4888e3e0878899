# SPDX-License-Identifier: EUPL-1.2
"""What a step is made of: fields, forms, and what was agreed above them; one template draws them all."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Literal

from django.utils.translation import gettext as _

from vangnet.rules.kalender import lokaal
from vangnet.web.handelen import Poging

Veldsoort = Literal["tekst", "lang", "moment", "dag", "tel", "keuze", "lijst", "vink", "verborgen"]


@dataclass(frozen=True)
class Veld:
    """One field: its name, what it asks, its kind, what stands in it, and what went wrong there."""

    naam: str
    label: str
    soort: Veldsoort = "tekst"
    keuzes: tuple[tuple[str, str], ...] = ()
    """For `keuze` (radios) and `lijst` (a select): value and words."""
    waarde: str = ""
    hint: str = ""
    verplicht: bool = False
    regels: tuple[str, ...] = ()
    fout: str = ""
    hooguit: int = 300
    groep: str = ""
    """Fields that stand together under a fold carry its words; empty stands in the open."""

    def met(self, poging: Poging | None) -> Veld:
        """The same field with what was typed, and its fault."""
        if poging is None:
            return self
        fout = poging.bij.get(self.naam)
        words = ""
        if fout:
            words = _("Gevonden: %(gevonden)s. Verwacht: %(verwacht)s.") % fout._asdict()
        elif poging.code in ("RedenNodig", "ZeiEerderNee") and self.naam in ("reden", "reden_andere_dag", "waarom_mee"):
            words = poging.zin
        leeg = "" if self.soort == "vink" else self.waarde
        # The version is today's: who sends it again has seen what a colleague decided.
        waarde = self.waarde if self.naam == "versie" else poging.getypt.get(self.naam, leeg)
        return replace(self, waarde=waarde, fout=words)


@dataclass(frozen=True)
class Formulier:
    """One form of a step: its key (`formulier` in the post), heading, fields and the words on its button."""

    sleutel: str
    knop: str
    velden: tuple[Veld, ...] = ()
    titel: str = ""
    uitleg: str = ""
    dicht: bool = False
    """Folded: not the first thing to do here."""
    licht: bool = False
    """A quiet button: putting right or taking back."""
    regels: tuple[str, ...] = ()

    @property
    def stukken(self) -> list[tuple[str, bool, list[Veld]]]:
        """The fields in runs that stand together: the words of the fold, whether it is open, and the fields."""
        uit: list[tuple[str, bool, list[Veld]]] = []
        for veld in self.velden:
            if not uit or uit[-1][0] != veld.groep:
                uit.append((veld.groep, False, []))
            uit[-1][2].append(veld)
        # A choice that was made beforehand is no reason to unfold; words that somebody wrote, or a fault, are.
        return [
            (kop, any(v.fout or (v.waarde and v.soort != "keuze") for v in velden), velden)
            for kop, _open, velden in uit
        ]


@dataclass(frozen=True)
class Stap:
    """A step as its page draws it."""

    slug: str
    naam: str
    formulieren: tuple[Formulier, ...] = ()
    voorstellen: tuple[Mapping[str, Any], ...] = ()
    """What was agreed, each with tekst, waarom, strekking and regels."""
    open_vragen: tuple[Mapping[str, Any], ...] = ()
    klok: Mapping[str, Any] | None = None
    uitleg: str = ""
    los: str = ""
    """A template of its own for a step that is more than forms."""
    extra: Mapping[str, Any] = field(default_factory=dict)


def moment_veld(label: str = "", naam: str = "gebeurd_op") -> Veld:
    """When it happened; left empty it is now."""
    return Veld(naam, label or _("Wanneer was dat?"), "moment", hint=_("Leeg is nu."))


def reden_veld(label: str = "", hint: str = "", naam: str = "reden", verplicht: bool = False) -> Veld:
    """The one field for why."""
    return Veld(naam, label or _("Waarom wijk je af?"), "lang", hint=hint, verplicht=verplicht, hooguit=2000)


def janee(naam: str, label: str, waarde: str = "", onbekend: bool = False, **words: Any) -> Veld:
    """Yes or no, with "weet ik niet" where that is an answer."""
    keuzes: Sequence[tuple[str, str]] = (("ja", _("Ja")), ("nee", _("Nee")))
    return Veld(
        naam, label, "keuze", (*keuzes, *((("onbekend", _("Weet ik niet")),) if onbekend else ())), waarde, **words
    )


def invulmoment(moment: datetime | None) -> str:
    """A moment as a field for a local date and time takes it."""
    return f"{lokaal(moment):%Y-%m-%dT%H:%M}" if moment else ""
