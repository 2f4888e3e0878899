# SPDX-License-Identifier: EUPL-1.2
"""The eight questions of a call: what one answer on the form means for the rows and facts of a casus, and back.

Most answers have the path of one field (`melding.naam`, `triage.direct_onveilig`). Those here stand for several at once:
`wie`, `hulp`, `gezag`, `waar`, `plek.<veld>` and `jeugdige.<id>.geboren`. All values are text, as a form sends them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, get_args
from uuid import UUID, uuid5

from vangnet.casework.models import Adres, Jeugdige
from vangnet.rules.situatie import Melder

from .dossier import Dossier
from .invoer import Onleesbaar, gevonden, postcode
from .invoer import geboren as lees_geboren
from .keep_fields import keep_field
from .leeftijd import Leeftijd
from .weigeringen import Achterhaald, OngeldigeInvoer
from .werk import ALTIJD, Werk

MELDERS = get_args(Melder)
HULP = ("gi_beschikking", "gi_vrijwillig", "zorgaanbieder", "veilig_thuis", "geen", "onbekend")
GEZAG = ("moeder", "vader", "beiden", "voogd", "onbekend")
PLEK = ("straat", "postcode", "plaats", "geheim")
VELDEN_KIND = ("voornaam", "achternaam", "geboren", "bsn", "ongeboren")
VELDEN_MELDING = ("vraag", "naam", "organisatie_melder", "telefoon", "anoniem", "situatie")
FEITEN = (
    "triage.direct_onveilig", "triage.kan_wachten_tot_morgen", "triage.anders_dan_gisteren",
    "betrokken.jeugdige_verblijft_bij_aanbieder", "betrokken.volwassene_in_crisis", "melding.volwassene_casus",
    "melding.terugbellen_gewenst", "melding.onbekend_kind", "melding.onbekend_waar",
)  # fmt: skip
VRAGEN = 8


def kind_id(melding_id: UUID, nummer: int = 1) -> UUID:
    """The id of a child of a call: the same wherever it is worked out, so that a form sent twice makes one child."""
    return uuid5(melding_id, f"kind.{nummer}")


def adres_id(melding_id: UUID) -> UUID:
    """The id of the address of a call: where to go tonight."""
    return uuid5(melding_id, "adres")


def keep_answer(werk: Werk, naam: str, waarde: Any, was: Any = ALTIJD) -> None:
    """Keep one answer of the form; `was` is what the writer saw there. Anything else is a path of `keep_field`.

    Errors: those of `keep_field`, in the name of the answer."""
    maak = _maker(naam)
    try:
        if maak is None:
            keep_field(werk, naam, waarde, was)
            return
        paden = maak(werk, waarde)
        alleen = naam.startswith("plek.")
        if was is not ALTIJD and not alleen:
            nu = values(werk.d).get(naam, "")
            if nu not in (was, waarde):
                raise Achterhaald(veld=naam, nu=nu)
        for pad, een in paden.items():
            keep_field(werk, pad, een, was if alleen and pad.endswith(naam.rpartition(".")[2]) else ALTIJD)
    except Onleesbaar as fout:
        raise OngeldigeInvoer((naam, gevonden(waarde), str(fout))) from None
    except OngeldigeInvoer as nee:
        raise OngeldigeInvoer(*((naam, g, v) for _, g, v in nee.details["fouten"])) from None
    except Achterhaald as nee:
        geheim = werk.casus.geheim and (naam == "waar" or naam.startswith("plek."))
        raise Achterhaald(
            **nee.details | {"veld": naam, "nu": None if geheim else _nu(nee.details.get("nu"))}
        ) from None


def _maker(naam: str) -> Callable[[Werk, Any], dict[str, Any]] | None:
    if naam in MAKERS:
        return MAKERS[naam]
    if naam.startswith("plek.") and naam[5:] in PLEK:
        return lambda werk, ruw: _plek(werk, naam[5:], ruw)
    if naam.startswith("jeugdige.") and naam.endswith(".geboren"):
        return lambda werk, ruw: _geboren(werk, naam.split(".")[1], ruw)
    return None


def _wie(werk: Werk, ruw: Any) -> dict[str, Any]:
    if ruw not in ("", "onbekend", *MELDERS):
        raise Onleesbaar("één van de genoemde melders, of weet ik niet")
    return {
        "melding.melder": "" if ruw == "onbekend" else ruw,
        "melding.onbekend_wie": True if ruw == "onbekend" else None,
    }


def _hulp(werk: Werk, ruw: Any) -> dict[str, Any]:
    gekozen = set(str(ruw or "").split())
    if not gekozen <= set(HULP):
        raise Onleesbaar("GI, zorgaanbieder, Veilig Thuis, geen, of weet ik niet")
    er_is = gekozen - {"geen", "onbekend"}
    if {"gi_beschikking", "gi_vrijwillig"} <= gekozen:
        raise Onleesbaar("een GI met beschikking of vrijwillig, niet allebei")
    if er_is and "geen" in gekozen:
        raise Onleesbaar("welke hulp er is, of geen; niet allebei")
    gi = {"gi_beschikking": "beschikking", "gi_vrijwillig": "vrijwillig"}
    return {
        "betrokken.gi": next((gi[g] for g in gi if g in gekozen), _niet(werk, "betrokken.gi", "geen", gekozen)),
        "betrokken.zorgaanbieder": "zorgaanbieder" in gekozen or _niet(werk, "betrokken.zorgaanbieder", False, gekozen),
        "betrokken.veilig_thuis": "veilig_thuis" in gekozen or _niet(werk, "betrokken.veilig_thuis", False, gekozen),
        "melding.onbekend_hulp": True if "onbekend" in gekozen else None,
    }


def _niet(werk: Werk, veld: str, nee: Any, gekozen: set[str]) -> Any:
    """A help that was not ticked: not there when somebody said so, now or before; else not known."""
    return nee if "geen" in gekozen or (gekozen - {"onbekend"} and werk.d.waarde(veld) == nee) else None


def _gezag(werk: Werk, ruw: Any) -> dict[str, Any]:
    if ruw not in ("", *GEZAG):
        raise Onleesbaar("moeder, vader, beide ouders, voogd, of weet ik niet")
    met = {"beiden": ("moeder", "vader"), "": (), "onbekend": ()}.get(ruw, (ruw,))
    uit: dict[str, Any] = {"melding.onbekend_gezag": True if ruw == "onbekend" else None}
    for rol in ("moeder", "vader", "voogd"):
        er_is = next((p for p in werk.d.mensen if p.rol == rol), None)
        id_ = er_is.id if er_is else uuid5(werk.d.melding.id, rol)
        if rol in met:
            uit[f"persoon.{id_}.rol"] = rol
            uit[f"persoon.{id_}.gezag"] = "ja"
        elif er_is:
            uit[f"persoon.{id_}.gezag"] = "nee" if met else "onbekend" if ruw else ""
    return uit


def _waar(werk: Werk, ruw: Any) -> dict[str, Any]:
    eerste = werk.d.kinderen[0] if werk.d.kinderen else Jeugdige(id=kind_id(werk.d.melding.id))
    samen = [k for k in werk.d.kinderen[1:] if k.waar_nu in ("", eerste.waar_nu)]
    return {f"jeugdige.{k.id}.waar_nu": ruw for k in [eerste, *samen]} | {"melding.waar_nu": ruw}


def _plek(werk: Werk, veld: str, ruw: Any) -> dict[str, Any]:
    id_ = adres_id(werk.d.melding.id)
    uit: dict[str, Any] = {f"adres.{id_}.{veld}": ruw}
    return uit if ruw in ("", None) else {f"adres.{id_}.soort": "nu"} | uit


def _geboren(werk: Werk, sleutel: str, ruw: Any) -> dict[str, Any]:
    dag, leeftijd = lees_geboren(ruw)
    kind = next((k for k in werk.d.kinderen if str(k.id) == sleutel), None)
    pad = f"jeugdige.{sleutel}"
    if kind is not None and kind.ongeboren:
        if leeftijd.jaren is not None:
            raise Onleesbaar("een uitgerekende datum zoals 30-06-2010, of leeg")
        return {f"{pad}.uitgerekend_datum": dag, f"{pad}.geboortedatum": None, f"{pad}.leeftijd": None}
    return {f"{pad}.geboortedatum": dag, f"{pad}.leeftijd": leeftijd}


MAKERS: Mapping[str, Callable[[Werk, Any], dict[str, Any]]] = {
    "wie": _wie, "hulp": _hulp, "gezag": _gezag, "waar": _waar,
}  # fmt: skip


def values(d: Dossier, adres: Adres | None = None) -> dict[str, str]:
    """Every answer of the form as it stands, as text; an address only when it is given."""
    m = d.melding
    uit = {f"melding.{veld}": _tekst(getattr(m, veld)) for veld in VELDEN_MELDING}
    uit |= {naam: _tekst(d.waarde(naam)) for naam in FEITEN}
    uit["gemeente"] = d.casus.gemeente
    uit["gemeente_buiten"] = d.casus.gemeente_buiten
    uit["wie"] = m.melder or ("onbekend" if d.waarde("melding.onbekend_wie") else "")
    uit["waar"] = d.kinderen[0].waar_nu if d.kinderen else m.waar_nu
    uit["hulp"] = " ".join(_hulp_van(d))
    uit["gezag"] = _gezag_van(d)
    for kind in d.kinderen:
        uit |= {f"jeugdige.{kind.id}.{veld}": _tekst(getattr(kind, veld)) for veld in VELDEN_KIND if veld != "geboren"}
        wanneer = kind.uitgerekend_datum if kind.ongeboren else kind.geboortedatum
        leeftijd = Leeftijd(kind.leeftijd, kind.leeftijd_duur)
        uit[f"jeugdige.{kind.id}.geboren"] = _tekst(wanneer) if wanneer else str(leeftijd)
    if adres is not None:
        uit |= {f"plek.{veld}": _tekst(getattr(adres, veld)) for veld in PLEK}
    return uit


def stands(werk: Werk, naam: str, waarde: str) -> str:
    """How an answer that was just kept stands now, as text: in the spelling of the record."""
    if naam == "plek.postcode":
        return postcode(waarde)
    if naam.startswith("plek."):
        return waarde.strip()
    return values(werk.d).get(naam, waarde)


def answered(v: Mapping[str, str]) -> list[bool]:
    """Per question whether it has an answer; "weet ik niet" is one."""
    kind = any(w for n, w in v.items() if n.startswith("jeugdige.") and not n.endswith(".ongeboren"))
    ongeboren = any(w for n, w in v.items() if n.endswith(".ongeboren"))
    return [
        bool(v.get("wie")),
        bool(v.get("triage.direct_onveilig")),
        kind or ongeboren or bool(v.get("melding.onbekend_kind")),
        any(v.get(naam) for naam in ("waar", "plek.straat", "gemeente", "gemeente_buiten", "melding.onbekend_waar")),
        bool(v.get("melding.situatie")),
        bool(v.get("triage.kan_wachten_tot_morgen")),
        bool(v.get("hulp")),
        bool(v.get("gezag")),
    ]


def _hulp_van(d: Dossier) -> list[str]:
    gi, aanbieder, vt = (d.waarde(f"betrokken.{x}") for x in ("gi", "zorgaanbieder", "veilig_thuis"))
    er_is = {
        "gi_beschikking": gi == "beschikking",
        "gi_vrijwillig": gi == "vrijwillig",
        "zorgaanbieder": aanbieder is True,
        "veilig_thuis": vt is True,
        "onbekend": bool(d.waarde("melding.onbekend_hulp")),
    }
    er_is["geen"] = gi == "geen" and aanbieder is False and vt is False
    return [woord for woord in HULP if er_is[woord]]


def _gezag_van(d: Dossier) -> str:
    met = {p.rol for p in d.mensen if p.gezag == "ja"}
    if {"moeder", "vader"} <= met:
        return "beiden"
    een = next((rol for rol in ("moeder", "vader", "voogd") if rol in met), "")
    return een or ("onbekend" if d.waarde("melding.onbekend_gezag") else "")


def _nu(waarde: Any) -> str:
    """What stands on record, as text, for the person who wrote something else."""
    if isinstance(waarde, str) and re.fullmatch(r"\d{4}-\d\d-\d\d", waarde):
        try:
            return _tekst(date.fromisoformat(waarde))
        except ValueError:
            return waarde  # A text that only looks like a day.
    return _tekst(waarde)


def _tekst(waarde: Any) -> str:
    if waarde is None or waarde is False or waarde == "":
        return ""
    if waarde is True:
        return "ja"
    if isinstance(waarde, date):
        return f"{waarde:%d-%m-%Y}"
    return str(waarde)
