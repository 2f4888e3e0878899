# SPDX-License-Identifier: EUPL-1.2
"""Consent, per person who has a say: yes, no, not reached, or another ground on which help begins.

The agreements of the regions say nothing about it (X-36). Who has a say follows from the Wgbo as the Jeugdwet takes it over
(art. 7.3.4 and 7.3.5): under twelve those with authority, from twelve to sixteen both, from sixteen the child itself.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from vangnet.access.actor import Actor
from vangnet.casework.models import Jeugdige, Toestemming
from vangnet.rules.tekst import T

from .besluit import STRAKS
from .dossier import Dossier
from .invoer import Onleesbaar, gevonden, tekst
from .weigeringen import OngeldigeInvoer
from .werk import working_on

ANTWOORDEN = {
    "ja": T("Ja"),
    "nee": T("Nee"),
    "niet_bereikt": T("Niet bereikt"),
    "spoed": T("Spoed: eerst helpen"),
    "rechter": T("De rechter besliste"),
}
"""What can be recorded: the word in the record, and how a person reads it."""
MET_TOELICHTING = {
    "spoed": T("waarom wachten op toestemming gevaarlijk is voor het kind"),
    "rechter": T("welke beslissing, van welke dag"),
}
"""Answers that need a sentence, and what it must tell."""
HOE = ("mondeling", "telefonisch", "schriftelijk")


def record_consent(
    actor: Actor,
    op: datetime,
    casus_id: UUID,
    wie_id: UUID,
    antwoord: str,
    voor: str = "hulp",
    hoe: str = "",
    toelichting: str = "",
    gebeurd_op: datetime | None = None,
) -> None:
    """Keep what one person (a child or somebody of the family) answered; the former answer stays readable. The same answer
    again changes nothing.

    Errors: `OngeldigeInvoer` (somebody of another casus, an unknown word, an urgent exception or court order without
    words, a moment to come); those of `working_on`."""
    with working_on(actor, casus_id, "toestemming.vastleggen", op) as werk:
        kind = next((k for k in werk.d.kinderen if k.id == wie_id), None)
        persoon = next((p for p in werk.d.mensen if p.id == wie_id), None)
        fouten: list[tuple[str, str, str]] = []
        if kind is None and persoon is None:
            fouten.append(("wie", str(wie_id), T("een kind of iemand van het gezin van deze casus")))
        if antwoord not in ANTWOORDEN:
            fouten.append(("antwoord", gevonden(antwoord), ", ".join(ANTWOORDEN)))
        if voor not in ("hulp", "delen"):
            fouten.append(("voor", gevonden(voor), "hulp, delen"))
        if hoe not in ("", *HOE):
            fouten.append(("hoe", gevonden(hoe), ", ".join(HOE)))
        try:
            toelichting = tekst(300)(toelichting or "")
        except Onleesbaar as fout:
            fouten.append(("toelichting", gevonden(toelichting), str(fout)))
        if antwoord in MET_TOELICHTING and not toelichting.strip():
            fouten.append(("toelichting", T("niets"), MET_TOELICHTING[antwoord]))
        if gebeurd_op is not None and gebeurd_op > op + STRAKS:
            fouten.append(("gebeurd_op", str(gebeurd_op), T("een moment dat geweest is")))
        if fouten:
            raise OngeldigeInvoer(*fouten)
        laatste = latest(werk.d, wie_id, voor)
        if laatste is not None and (laatste.antwoord, laatste.toelichting) == (antwoord, toelichting):
            return
        gegeven = werk.add(
            "toestemmingen",
            Toestemming(
                casus_id=casus_id,
                jeugdige_id=kind.id if kind else None,
                persoon_id=persoon.id if persoon else None,
                voor=voor,
                antwoord=antwoord,
                hoe=hoe,
                op=gebeurd_op or op,
                door_id=actor.medewerker_id,
                toelichting=toelichting,
            ),
        )
        naam = (kind.voornaam if kind else persoon.naam or persoon.rol if persoon else "") or T("het kind")
        werk.event(
            "toestemming",
            gebeurd_op,
            {"wie": naam, "antwoord": ANTWOORDEN[antwoord].lower(), "toestemming": str(gegeven.id)},
            reden=toelichting,
            regels=("X-36",),
        )


def latest(d: Dossier, wie_id: UUID, voor: str = "hulp") -> Toestemming | None:
    """What a person said last about this; None when nobody asked."""
    van_hem = [
        t
        for t in d.toestemmingen
        if (t.persoon_id or t.jeugdige_id) == wie_id and t.voor == voor and t.vervallen_op is None
    ]
    return max(van_hem, key=lambda t: t.op, default=None)


def who_decides(d: Dossier, kind: Jeugdige) -> str:
    """Who has a say about help for a child, by its age: a template for a sentence."""
    jaren = d.leeftijd(kind)
    if jaren is None:
        return T("Leeftijd onbekend: vraag wie gezag heeft, en het kind zelf als het twaalf kan zijn.")
    if jaren < 12:
        return T("Jonger dan 12: wie gezag heeft, beslist.")
    if jaren < 16:
        return T("12 tot 16 jaar: wie gezag heeft én het kind zelf.")
    return T("16 jaar of ouder: het kind beslist zelf.")


def rows(d: Dossier) -> list[dict[str, Any]]:
    """Per person who has a say or was asked: id, name, why he is asked, and what he said last, for help and for sharing."""
    uit: list[dict[str, Any]] = []
    jaren = [d.leeftijd(k) for k in d.kinderen]
    ouders_beslissen = any(j is None or j < 16 for j in jaren) or not jaren
    for p in d.mensen:
        heeft_stem = p.gezag == "ja" and ouders_beslissen
        if heeft_stem or p.gezag == "onbekend" or latest(d, p.id) or latest(d, p.id, "delen"):
            waarom = T("heeft gezag") if p.gezag == "ja" else T("gezag onbekend: vraag het na")
            if p.gezag == "nee" or (p.gezag == "" and not heeft_stem):
                waarom = T("heeft geen gezag")
            uit.append(_rij(d, p.id, p.naam or p.rol, p.rol, waarom, heeft_stem))
    for k in d.kinderen:
        j = d.leeftijd(k)
        if (j is not None and j >= 12) or latest(d, k.id) or latest(d, k.id, "delen"):
            waarom = T("beslist zelf (16 of ouder)") if (j or 0) >= 16 else T("beslist mee vanaf 12 jaar")
            uit.append(_rij(d, k.id, k.voornaam or T("het kind"), "jeugdige", waarom, (j or 0) >= 12))
    return uit


def _rij(d: Dossier, id_: UUID, naam: str, rol: str, waarom: str, nodig: bool) -> dict[str, Any]:
    return {
        "id": str(id_),
        "naam": naam,
        "rol": rol,
        "waarom": waarom,
        "nodig": nodig,
        "hulp": _als_data(latest(d, id_)),
        "delen": _als_data(latest(d, id_, "delen")),
    }


def _als_data(t: Toestemming | None) -> dict[str, Any] | None:
    if t is None:
        return None
    return {
        "antwoord": t.antwoord,
        "woord": ANTWOORDEN.get(t.antwoord, t.antwoord),
        "hoe": t.hoe,
        "op": t.op,
        "toelichting": t.toelichting,
    }
