# SPDX-License-Identifier: EUPL-1.2
"""The strip of a casus on the board, as data: who, who leads, where tonight, what next, by when.

Worked out after every change and kept on the casus, so that a list of fifty is one statement. It is never a source:
`strip` of the same dossier gives the same strip, and a test asks for it.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from vangnet.casework.models import Jeugdige
from vangnet.clocks.models import Klok
from vangnet.clocks.veldzicht import deel_van_klok
from vangnet.rules.advies import Advies

from .acties import Actie, acties, open_geschil, slaapplek, stand_van, vormnaam
from .dossier import Dossier
from .klokken import inzet_van, is_request
from .leeftijd import duration_of

DRINGEND = timedelta(days=1)
"""From here on the clock decides what the strip shows first."""
WACHT = frozenset({"einde", "antwoord"})
"""Actions that wait for a day or for another; they hide nothing that can be done now."""


def strip(d: Dossier, advies: Advies | None, op: datetime) -> dict[str, Any]:
    """What the board shows of a casus, as JSON: names as first name and initial, moments in ISO, words as keys that the
    page puts in the reader's language."""
    # A request of the family about its file is for who leads; on the board of the night it has no place.
    te_doen = [a for a in acties(d, advies, op) if a.stap != "verzoek"]
    lopend = sorted((k for k in d.klokken if k.geeindigd_op is None and not is_request(k)), key=lambda k: k.uiterlijk)
    eerste = _first(te_doen, lopend, op)
    regie = d.regie
    return {
        "kinderen": [_kind(d, kind) for kind in d.kinderen],
        "stand": stand_van(d),
        "regie": d.naam(regie.organisatie_id) if regie else "",
        "regie_wie": d.naam(regie.medewerker_id) if regie else "",
        "regie_over": bool(regie and regie.organisatie_id != d.dienst_id),
        "stap": _stap(eerste) if eerste else None,
        "per": {str(wie): _stap(actie) for wie, actie in _first_of_each(te_doen).items()},
        "nog": max(len(te_doen) - 1, 0),
        "vannacht": [_vannacht(d, kind, advies) for kind in d.kinderen],
        "klok": _klok(d, lopend[0]) if lopend else None,
        "klokken": [_klok(d, k) | _asks(k, te_doen) for k in lopend],
        "melding": _melding(d),
        "rto": _rto(d),
        "terug_verwacht_op": _terug_verwacht(d),
        "bel_als_niet_terug": d.waarde("inschatting.bel_als_niet_terug") or "",
        "vertrokken_op": _iso(d.waarde("inschatting.vertrek_op")),
        "rto_op": d.rto.gepland_op.isoformat() if d.rto and d.rto.gehouden_op is None else None,
        "crisis": d.waarde("inschatting.crisis"),
        "geschil": open_geschil(d),
        "op_bezoek": d.feit("inschatting.vertrek_op") is not None and d.waarde("inschatting.crisis") is None,
        "wie": d.waarde("inschatting.wie") or "",
        "geparkeerd": d.melding.geparkeerd_op is not None and d.melding.afgerond_op is None,
        "geheim": d.casus.geheim,
        "oefening": d.casus.oefening,
    }


def _iso(moment: Any) -> str | None:
    return moment.isoformat() if isinstance(moment, datetime) else None


def _melding(d: Dossier) -> dict[str, Any] | None:
    """The call while nobody has finished it: for the list of open calls on the board."""
    m = d.melding
    if m.afgerond_op is not None or d.casus.gesloten_op is not None:
        return None
    return {
        "id": str(m.id),
        "op": m.op.isoformat(),
        "door": d.naam(m.opgenomen_door_id),
        "door_id": str(m.opgenomen_door_id),
        "bij_id": str(m.opgenomen_bij_id),
        "geparkeerd_op": _iso(m.geparkeerd_op),
    }


def _rto(d: Dossier) -> dict[str, Any] | None:
    """The meeting that is planned, else the last one held, with how many are invited and come."""
    if d.rto is None:
        return None
    gasten = [g for g in d.genodigden if g.rto_id == d.rto.id]
    return {
        "gepland_op": d.rto.gepland_op.isoformat(),
        "gehouden_op": _iso(d.rto.gehouden_op),
        "genodigd": len(gasten),
        "komen": sum(g.komt in ("ja", "op_afstand") for g in gasten),
    }


def _terug_verwacht(d: Dossier) -> str | None:
    """Until when a colleague at the door is expected back; None once he is back, or when nothing was said."""
    return None if d.feit("inschatting.terug_op") else _iso(d.waarde("inschatting.terug_verwacht_op"))


def _first(te_doen: list[Actie], lopend: list[Klok], op: datetime) -> Actie | None:
    """What the strip shows as next: what the first clock asks when it is late or due within a day, else the first in the
    order of the work. The end of help that runs for days, and an answer of another, come after what can be done now."""
    if lopend and lopend[0].uiterlijk <= op + DRINGEND:
        for actie in te_doen:
            if actie.klok == lopend[0].sleutel:
                return actie
    return next((a for a in te_doen if a.sleutel not in WACHT), te_doen[0] if te_doen else None)


def _asks(klok: Klok, te_doen: list[Actie]) -> dict[str, Any]:
    """What a clock asks, kept with it: days later the board shows it, though nobody touched the casus meanwhile."""
    actie = next((a for a in te_doen if a.klok == klok.sleutel), None)
    return {"stap": _stap(actie)} if actie else {}


def _stap(actie: Actie) -> dict[str, Any]:
    return {"wat": actie.wat, "gegevens": _plat(actie.gegevens), "stap": actie.stap}


def _first_of_each(te_doen: list[Actie]) -> dict[UUID, Actie]:
    """Per organisation the first thing that it must do."""
    uit: dict[UUID, Actie] = {}
    for actie in te_doen:
        if actie.voor is not None:
            uit.setdefault(actie.voor, actie)
    return uit


def korte_naam(kind: Jeugdige) -> str:
    """First name and initial; empty when no name is known yet."""
    voor, achter = kind.voornaam.strip(), kind.achternaam.strip()
    return apart(f"{voor} {achter[:1].upper()}." if voor and achter else voor or achter)


def apart(naam: str) -> str:
    """A name that is written from right to left, between signs that keep what follows it (an age) out of its order."""
    van_rechts = any(unicodedata.bidirectional(teken) in ("R", "AL") for teken in naam)
    return f"\u2068{naam}\u2069" if van_rechts else naam


def _kind(d: Dossier, kind: Jeugdige) -> dict[str, Any]:
    return {
        "naam": korte_naam(kind),
        "leeftijd": d.leeftijd(kind),
        "duur": duration_of(d, kind),
        "ongeboren": kind.ongeboren,
    }


def _vannacht(d: Dossier, kind: Jeugdige, advies: Advies | None) -> dict[str, Any]:
    soort, inzet = slaapplek(d, kind)
    if inzet is not None:
        waar = inzet.plaats or d.naam(inzet.aanbieder_id) or inzet.aanbieder_naam
        return {
            "soort": "verblijf",
            "vorm": inzet.vorm,
            "vormnaam": vormnaam(advies, inzet.vorm),
            "waar": "" if d.casus.geheim else waar,
            "sinds": inzet.van.isoformat() if inzet.van else None,
        }
    return {
        "soort": soort,
        "waar": "" if d.casus.geheim else kind.waar_nu,
        "nodig": d.waarde("inschatting.crisis") is True,
    }


def _klok(d: Dossier, klok: Klok) -> dict[str, Any]:
    """A clock, with the child that it is about when there is more than one."""
    data = klok_als_data(klok)
    inzet_id = inzet_van(klok.sleutel)
    kind = next((i.jeugdige_id for i in d.inzetten if i.id == inzet_id), None)
    namen = {k.id: k.voornaam for k in d.kinderen if k.voornaam} if len(d.kinderen) > 1 else {}
    return data | {"wat": f"{data['wat']}, {namen[kind]}"} if kind in namen else data


def klok_als_data(klok: Klok) -> dict[str, Any]:
    """A clock as JSON: what, by when, since when, with what force."""
    return {
        "sleutel": klok.sleutel,
        "wat": klok.wat,
        "begonnen_op": klok.begonnen_op.isoformat(),
        "uiterlijk": klok.uiterlijk.isoformat(),
        "hele_dag": klok.hele_dag,
        "strekking": klok.strekking,
        "eigenaar": klok.eigenaar,
        "regels": list(klok.regels),
        "open_vraag": klok.open_vraag,
        "reden": klok.reden,
    }


def clocks_in_sight(beeld: Mapping[str, Any], te_zien: frozenset[str]) -> tuple[Mapping[str, Any], ...]:
    """The running clocks of a strip that this reader sees: each goes with a part of its own, as on the page of the casus."""
    if "klokken" not in te_zien:
        return ()
    alle = beeld.get("klokken") or ([beeld["klok"]] if beeld.get("klok") else ())
    return tuple(k for k in alle if deel_van_klok(k["sleutel"]) in te_zien)


def _plat(gegevens: Any) -> dict[str, Any]:
    from .present_advice import plat

    return {naam: plat(waarde) for naam, waarde in gegevens.items()}


def leesbaar(gegevens: Mapping[str, Any]) -> dict[str, Any]:
    """What a step of the strip says, back to what sentences are made of: days, moments, lists as tuples."""
    return {naam: _waarde(waarde) for naam, waarde in gegevens.items()}


def _waarde(waarde: Any) -> Any:
    if isinstance(waarde, list):
        return tuple(_waarde(een) for een in waarde)
    if isinstance(waarde, str) and len(waarde) >= 10 and waarde[:4].isdecimal() and waarde[4] == "-":
        try:
            gelezen = date.fromisoformat(waarde) if len(waarde) == 10 else datetime.fromisoformat(waarde)
        except ValueError:
            return waarde
        # A day at the edge of what a calendar holds falls off it in another time zone; then it stays the text it was.
        return gelezen if 1900 <= gelezen.year <= 2100 else waarde
    return waarde
