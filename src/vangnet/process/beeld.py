# SPDX-License-Identifier: EUPL-1.2
"""The strip of a casus on the board, as data: who, who leads, where tonight, what next, by when.

Worked out after every change and kept on the casus, so that a list of fifty is one statement. It is never a source:
`strip` of the same dossier gives the same strip, and a test asks for it.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from vangnet.casework.models import Jeugdige
from vangnet.clocks.models import Klok
from vangnet.rules.advies import Advies
from vangnet.rules.kalender import lokaal

from .acties import acties, slaapplek, stand_van, vormnaam
from .dossier import Dossier


def strip(d: Dossier, advies: Advies | None, op: datetime) -> dict[str, Any]:
    """What the board shows of a casus, as JSON: names as first name and initial, moments in ISO, words as keys that the
    page puts in the reader's language."""
    te_doen = acties(d, advies, op)
    lopend = sorted((k for k in d.klokken if k.geeindigd_op is None), key=lambda k: k.uiterlijk)
    eerste = te_doen[0] if te_doen else None
    regie = d.regie
    return {
        "kinderen": [_kind(d, kind) for kind in d.kinderen],
        "stand": stand_van(d),
        "regie": d.naam(regie.organisatie_id) if regie else "",
        "regie_wie": d.naam(regie.medewerker_id) if regie else "",
        "regie_over": bool(regie and regie.organisatie_id != d.dienst_id),
        "stap": {"wat": eerste.wat, "gegevens": _plat(eerste.gegevens), "stap": eerste.stap} if eerste else None,
        "nog": max(len(te_doen) - 1, 0),
        "vannacht": [_vannacht(d, kind, advies) for kind in d.kinderen],
        "klok": klok_als_data(lopend[0]) if lopend else None,
        "rto_op": d.rto.gepland_op.isoformat() if d.rto and d.rto.gehouden_op is None else None,
        "crisis": d.waarde("inschatting.crisis"),
        "op_bezoek": d.feit("inschatting.vertrek_op") is not None and d.waarde("inschatting.crisis") is None,
        "wie": d.waarde("inschatting.wie") or "",
        "geparkeerd": d.melding.geparkeerd_op is not None and d.melding.afgerond_op is None,
        "geheim": d.casus.geheim,
        "oefening": d.casus.oefening,
    }


def korte_naam(kind: Jeugdige) -> str:
    """First name and initial; empty when no name is known yet."""
    voor, achter = kind.voornaam.strip(), kind.achternaam.strip()
    return f"{voor} {achter[:1].upper()}." if voor and achter else voor or achter


def _kind(d: Dossier, kind: Jeugdige) -> dict[str, Any]:
    return {
        "naam": korte_naam(kind),
        "leeftijd": d.leeftijd(kind),
        "maanden": _maanden(d, kind),
        "ongeboren": kind.ongeboren,
    }


def _maanden(d: Dossier, kind: Jeugdige) -> int | None:
    """Age in months for a child under two of whom the birth date is known."""
    if kind.geboortedatum is None or kind.ongeboren:
        return None
    op, g = lokaal(d.casus.begonnen_op).date(), kind.geboortedatum
    maanden = (op.year - g.year) * 12 + op.month - g.month - (op.day < g.day)
    return maanden if 0 <= maanden < 24 else None


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


def _plat(gegevens: Any) -> dict[str, Any]:
    from .present_advice import plat

    return {naam: plat(waarde) for naam, waarde in gegevens.items()}
