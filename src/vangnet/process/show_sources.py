# SPDX-License-Identifier: EUPL-1.2
"""The regions and the sources as plain data: what the interface publishes beside the advice.

The shapes are published as JSON Schema; their attribute docstrings are the manual, hence Dutch.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from vangnet.policy.bronnen import Bronnen, Regel
from vangnet.policy.register import Register
from vangnet.rules.afspraken import Afspraken

from .present_advice import HANDLEIDING, Dag


@dataclass(frozen=True)
class GemeenteVanRegio:
    """Een gemeente van een regio."""

    __pydantic_config__ = HANDLEIDING

    naam: str
    """Naam van de gemeente."""
    cbs: str
    """CBS-code, vier cijfers."""
    herkomst: Literal["bron", "cbs"]
    """bron: de tekst noemt haar; cbs: aangevuld uit de gemeentelijke indeling."""
    deel: str
    """Deelregio; leeg als de regio geen delen kent."""
    geldig_vanaf: Dag | None
    """Eerste dag van de gemeente; null als die er niet toe doet."""
    geldig_tot: Dag | None
    """Eerste dag na het einde van de gemeente; null als ze bestaat."""


@dataclass(frozen=True)
class Versie:
    """Een versie van de afspraken van een regio."""

    __pydantic_config__ = HANDLEIDING

    geldig_vanaf: Dag
    """Eerste dag; de versie geldt tot een volgende haar vervangt."""
    geldig_tot: Dag | None
    """Eerste dag na het einde dat de bron zelf noemt; null als ze er geen noemt."""
    bevestigd_tot_en_met: int
    """Het laatste jaar waarvoor de bron spreekt; erna is het antwoord niet bevestigd."""
    titel: str
    """De titel van de afspraken."""
    bron: str
    """Sleutel van de brontekst."""
    regels: list[str]
    """De regelnummers waarin versie en geldigheid staan."""


@dataclass(frozen=True)
class RegioKort:
    """Een regio in de lijst."""

    __pydantic_config__ = HANDLEIDING

    sleutel: str
    """Naam in adressen en in de situatie, zoals zuid-limburg."""
    naam: str
    """Naam voor mensen."""
    dienst: str
    """Hoe de crisisdienst hier heet."""
    geldig_vanaf: Dag
    """Eerste dag van de nieuwste versie."""
    versies: int
    """Hoeveel versies er zijn."""
    gemeenten: int
    """Hoeveel gemeenten de nieuwste versie kent."""


@dataclass(frozen=True)
class RegioHeel:
    """Een regio met haar versies en gemeenten."""

    __pydantic_config__ = HANDLEIDING

    sleutel: str
    """Naam in adressen en in de situatie, zoals zuid-limburg."""
    naam: str
    """Naam voor mensen."""
    dienst: str
    """Hoe de crisisdienst hier heet."""
    opmerking: str
    """Wat er verder over deze afspraken te weten is."""
    versies: list[Versie]
    """De versies, de oudste eerst."""
    gemeenten: list[GemeenteVanRegio]
    """De gemeenten van de nieuwste versie, op naam; leeg als de bron er geen noemt."""


@dataclass(frozen=True)
class BronKort:
    """De tekst waarin een regel staat."""

    __pydantic_config__ = HANDLEIDING

    sleutel: str
    """Sleutel van de tekst."""
    titel: str
    """Titel van de tekst."""
    versie: str
    """Versie van de tekst; leeg als ze er geen noemt."""


@dataclass(frozen=True)
class RegelKort:
    """Een regel in de lijst."""

    __pydantic_config__ = HANDLEIDING

    id: str
    """Regelnummer, zoals ZL-63."""
    tekst: str
    """De regel in één zin, in onze woorden."""
    bron: str
    """Sleutel van de tekst."""
    sectie: str
    """De sectie van de tekst."""
    open_vragen: list[str]
    """De nummers van de open vragen die haar raken."""


@dataclass(frozen=True)
class RegelHeel:
    """Een regel met haar bron en wat er open aan is."""

    __pydantic_config__ = HANDLEIDING

    id: str
    """Regelnummer, zoals ZL-63."""
    tekst: str
    """De regel in één zin, in onze woorden."""
    soort: str
    """De soort, als Engels woord: deadline, routing, finance en zo meer."""
    bron: BronKort
    """De tekst waarin ze staat."""
    sectie: str
    """De sectie van de tekst."""
    van_tekstregel: int
    """De eerste regel in de tekst."""
    tot_tekstregel: int
    """De laatste regel in de tekst."""
    stilte: str
    """Wat de tekst openlaat, in het Engels; leeg als dat niets is."""
    open_vragen: list[str]
    """De nummers van de open vragen die haar raken."""


@dataclass(frozen=True)
class LezingVanVraag:
    """Eén manier om een open vraag te lezen."""

    __pydantic_config__ = HANDLEIDING

    sleutel: str
    """Het woord waarmee de lezing gekozen wordt."""
    tekst: str
    """Wat deze lezing zegt."""


@dataclass(frozen=True)
class DeelVanVraag:
    """Een deel van een open vraag, met zijn lezingen."""

    __pydantic_config__ = HANDLEIDING

    id: str
    """Nummer en deel, zoals X-10/startdag: de sleutel in `keuzes`."""
    vraag: str
    """De vraag."""
    regels: list[str]
    """De regelnummers waar het om gaat."""
    lezingen: list[LezingVanVraag]
    """Hoe het gelezen kan worden."""


@dataclass(frozen=True)
class OpenVraagHeel:
    """Een stilte of tegenspraak in de bronnen."""

    __pydantic_config__ = HANDLEIDING

    id: str
    """Nummer, zoals X-10."""
    vraag: str
    """De vraag die de bronnen openlaten."""
    uitleg: str
    """Wat de bronnen zeggen, en waar ze zwijgen."""
    regels: list[str]
    """De regelnummers waar het om gaat."""
    delen: list[DeelVanVraag]
    """De delen waarin een regio kan kiezen."""


def list_regions(reg: Register) -> list[RegioKort]:
    """The regions by name."""
    return [
        RegioKort(
            a.regio.sleutel, a.regio.naam, a.regio.dienst, a.regio.geldig_vanaf.isoformat(),
            len(reg.versies[a.regio.sleutel]), len(a.gemeenten),
        )
        for a in reg.regios()
    ]  # fmt: skip


def show_region(reg: Register, sleutel: str) -> RegioHeel | None:
    """One region; None when there is no such region."""
    versies = reg.versies.get(sleutel)
    if not versies:
        return None
    nieuwste = versies[-1]
    r = nieuwste.regio
    gemeenten = [
        GemeenteVanRegio(g.naam, g.cbs, g.herkomst, g.deel, _dag(g.geldig_vanaf), _dag(g.geldig_tot))
        for g in sorted(nieuwste.gemeenten, key=lambda g: g.naam)
    ]
    return RegioHeel(r.sleutel, r.naam, r.dienst, r.opmerking, [_versie(a) for a in versies], gemeenten)


def _versie(a: Afspraken) -> Versie:
    r = a.regio
    return Versie(r.geldig_vanaf.isoformat(), _dag(r.geldig_tot), r.bronjaar, r.titel, r.bron, list(r.regels))


def _dag(dag: Any) -> str | None:
    return dag.isoformat() if dag else None


def list_rules(bronnen: Bronnen, taal: str = "nl") -> list[RegelKort]:
    """Every rule of the catalogue, in its order."""
    return [RegelKort(r.id, _tekst(r, taal), r.bron, r.sectie, list(r.vragen)) for r in bronnen.regels.values()]


def show_rule(bronnen: Bronnen, id_: str, taal: str = "nl") -> RegelHeel | None:
    """One rule; None when there is no such rule."""
    r = bronnen.regels.get(id_)
    if r is None:
        return None
    bron = bronnen.teksten[r.bron]
    return RegelHeel(
        r.id, _tekst(r, taal), r.soort, BronKort(r.bron, bron["titel"], bron.get("versie", "")), r.sectie,
        r.regels[0], r.regels[1], r.stilte, list(r.vragen),
    )  # fmt: skip


def _tekst(r: Regel, taal: str) -> str:
    return r.en if taal == "en" else r.nl


def list_open_questions(bronnen: Bronnen) -> list[OpenVraagHeel]:
    """Every named silence or contradiction, with its parts and their readings."""
    return [
        OpenVraagHeel(
            q["id"],
            q["vraag"],
            q.get("uitleg", ""),
            list(q.get("regels", ())),
            [
                DeelVanVraag(
                    f"{q['id']}/{d['sleutel']}",
                    d["vraag"],
                    list(d.get("regels", ())),
                    [LezingVanVraag(x["sleutel"], x["tekst"]) for x in d.get("lezing", ())],
                )
                for d in q.get("deel", ())
            ],
        )
        for q in bronnen.open_vragen.values()
    ]
