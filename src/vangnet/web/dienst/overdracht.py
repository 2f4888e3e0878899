# SPDX-License-Identifier: EUPL-1.2
"""The hand-over of a shift: the page that writes itself, the two signatures, and what an earlier one was."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from vangnet.access.actor import actor_of
from vangnet.access.rechten import needs
from vangnet.conf import clock
from vangnet.process.hand_over_shift import LANG_ALGEMEEN, LANG_BIJ, Getekend, hand_over, receive, take_back
from vangnet.process.invoer import gevonden
from vangnet.process.show_board import Punt
from vangnet.process.show_shift import Casusregel, Overdrachtslijst, late_clocks, show_earlier, show_shift
from vangnet.process.weigeringen import OngeldigeInvoer
from vangnet.rules.kalender import lokaal
from vangnet.rules.tekst import T, dag_in_woorden
from vangnet.web.dienst import woorden
from vangnet.web.domein import translated
from vangnet.web.handelen import Poging, met_weigering, run
from vangnet.web.klokken import show_clock
from vangnet.web.templatetags.vangnet import language

ACHTERGROND = "X-Achtergrond"


@needs("overdracht", "inzien")
@require_safe
@met_weigering
def show(request: HttpRequest) -> HttpResponse:
    """The page; a refresh in the background is no line in the log."""
    return render(request, "dienst/overdracht.html", _context(request, noteer=ACHTERGROND not in request.headers))


@needs("overdracht", "tekenen")
@require_POST
def give(request: HttpRequest) -> HttpResponse:
    """The giver signs."""
    bij = {
        naam.removeprefix("bij."): waarde
        for naam, waarde in request.POST.items()
        if naam.startswith("bij.") and waarde.strip()
    }

    def do() -> UUID:
        return hand_over(
            actor_of(request),
            clock.now(),
            _id(request.POST.get("id", "")),
            _seen(request),
            {_id(casus): tekst for casus, tekst in bij.items()},
            request.POST.get("opmerking", ""),
        )

    gelukt = _("Je hebt getekend. De overdracht wacht op wie haar ontvangt.")
    return _signed(request, do, gelukt)


@needs("overdracht", "tekenen")
@require_POST
def take(request: HttpRequest, overdracht_id: UUID) -> HttpResponse:
    """Who comes signs."""

    def do() -> UUID:
        return receive(actor_of(request), clock.now(), overdracht_id, _seen(request))

    return _signed(request, do, _("Je hebt de dienst ontvangen. Beide handtekeningen staan vast."))


@needs("overdracht", "tekenen")
@require_POST
def back(request: HttpRequest, overdracht_id: UUID) -> HttpResponse:
    """The giver takes it back."""

    def do() -> UUID:
        return take_back(actor_of(request), clock.now(), overdracht_id)

    return _signed(request, do, _("Je hebt de overdracht teruggehaald. Er is niets overgedragen."))


@needs("overdracht", "inzien")
@require_safe
@met_weigering
def earlier(request: HttpRequest, overdracht_id: UUID) -> HttpResponse:
    """What was handed over then."""
    nu = clock.now()
    toen = show_earlier(actor_of(request), nu, overdracht_id)
    context = {
        "toen": toen,
        "getekend": _signature(toen.getekend, nu),
        "titel": woorden.shift_title(toen.getekend.getekend_op),
    }
    return render(request, "dienst/overdracht_toen.html", context)


def _signed(request: HttpRequest, do: Any, gelukt: str) -> HttpResponse:
    return run(
        request,
        do,
        back=reverse("dienst_overdracht"),
        template="dienst/overdracht.html",
        context=lambda poging: _context(request, poging=poging),
        gelukt=gelukt,
    )


def _id(ruw: str) -> UUID:
    try:
        return UUID(ruw)
    except ValueError:
        raise OngeldigeInvoer(("id", gevonden(ruw), T("het kenmerk dat de pagina meegaf"))) from None


def _seen(request: HttpRequest) -> dict[UUID, int]:
    """The versions that stood on the page: `id=versie` with spaces between."""
    uit = {}
    for een in request.POST.get("gezien", "").split():
        casus, _teken, versie = een.partition("=")
        if not (versie.isascii() and versie.isdecimal() and len(versie) < 10):
            raise OngeldigeInvoer(("gezien", gevonden(een), T("wat de pagina meegaf")))
        uit[_id(casus)] = int(versie)
    return uit


def _context(request: HttpRequest, noteer: bool = True, poging: Poging | None = None) -> dict[str, Any]:
    nu, taal, actor = clock.now(), language(), actor_of(request)
    lijst = show_shift(actor, nu, taal, T if taal == "nl" else translated, noteer)
    getypt: Mapping[str, str] = poging.getypt if poging else {}
    fouten = poging.bij if poging else {}
    eerst = _seen_before(poging)
    regels = [_line(r, lijst, nu, getypt, fouten, eerst) for r in lijst.regels]
    per = {str(r["strip"].casus_id): r for r in regels}
    nu_dienst, straks = woorden.duty_rows(lijst.bord.diensten, nu)
    rol = "lezen"
    if lijst.mag_tekenen:
        rol = "geven" if lijst.open is None else "zelf" if lijst.open.gever_id == actor.medewerker_id else "nemen"
    return {
        "lijst": lijst,
        "rol": rol,
        "stand": f"{rol} {lijst.open.id if lijst.open else ''}",
        "nu": nu,
        "tijd": f"{lokaal(nu):%H:%M}",
        "titel": woorden.shift_title(nu),
        "zin": woorden.sentence(lijst.bord),
        "bord": lijst.bord,
        "meteen": _urgent(regels, lijst, nu),
        "regels": regels,
        "straks": [_due(p, per, nu) for p in lijst.straks],
        "signalen": woorden.signal_rows(lijst.bord),
        "dienst_nu": nu_dienst,
        "dienst_straks": straks,
        "sinds": _when(lijst.sinds, nu),
        "open": _signature(lijst.open, nu) if lijst.open else None,
        "vorige": _signature(lijst.vorige, nu) if lijst.vorige else None,
        "eerdere": [_signature(o, nu) for o in lijst.eerdere],
        "gezien": " ".join(f"{id_}={versie}" for id_, versie in lijst.gezien.items()),
        "kenmerk": getypt.get("id") or str(uuid4()),
        "opmerking": getypt.get("opmerking", ""),
        "lang_bij": LANG_BIJ,
        "lang_algemeen": LANG_ALGEMEEN,
        "poging": poging,
        "zwevend": [
            tekst for naam, tekst in getypt.items() if naam.startswith("bij.") and tekst and naam[4:] not in per
        ],
    }


def _seen_before(poging: Poging | None) -> dict[str, str] | None:
    """What stood on the page that was just refused: per casus its version."""
    if poging is None or poging.code != "VeranderdOnderHetLezen":
        return None
    return dict(een.split("=", 1) for een in poging.getypt.get("gezien", "").split() if "=" in een)


def _line(
    r: Casusregel,
    lijst: Overdrachtslijst,
    nu: datetime,
    getypt: Mapping[str, str],
    fouten: Mapping[str, Any],
    eerst: Mapping[str, str] | None,
) -> dict[str, Any]:
    s, id_ = r.strip, str(r.strip.casus_id)
    merk = ""
    if eerst is not None and eerst.get(id_) != str(r.versie):
        merk = _("veranderd sinds je deze lijst opende") if id_ in eerst else _("nieuw sinds je deze lijst opende")
    elif lijst.open is not None and (r.veranderd or r.erbij):
        zin = _("veranderd sinds %(wie)s tekende") if r.veranderd else _("nieuw sinds %(wie)s tekende")
        merk = zin % {"wie": lijst.open.gever}
    return {
        "regel": r,
        "strip": s,
        "w": woorden.strip_in_words(s, nu.replace(second=0, microsecond=0)),
        "nieuw": [{"op": _when(n.op, nu), "tekst": n.tekst, "na": n.na_tekenen} for n in r.nieuw],
        "merk": merk,
        "terug": _when(r.terug_verwacht_op, nu) if r.terug_verwacht_op else "",
        "getypt": getypt.get(f"bij.{id_}", ""),
        "fout": fouten.get(f"bij.{id_}"),
    }


def _urgent(regels: list[dict[str, Any]], lijst: Overdrachtslijst, nu: datetime) -> list[dict[str, Any]]:
    """What cannot wait, by kind: late, at the door, open calls, no place tonight."""
    te_laat, deur, open_, plek = [], [], [], []
    for regel in regels:
        s, w = regel["strip"], regel["w"]
        for k in late_clocks(s, nu):
            klok = show_clock(k, nu) or {}
            te_laat.append(_point(regel, _("Te laat"), f"{translated(klok['wat'])}: {klok['rest']}", "is-nood"))
        if s.op_bezoek or s.niet_terug or regel["terug"]:
            delen = [s.wie or _("een collega")]
            if s.vertrokken_op:
                delen.append(_("weg sinds %(tijd)s") % {"tijd": _when(s.vertrokken_op, nu)})
            if s.niet_terug:
                delen.append(
                    _("had terug moeten zijn om %(tijd)s: bel %(wie)s") % {"tijd": regel["terug"], "wie": w.bel}
                )
            elif regel["terug"]:
                delen.append(_("terug verwacht %(tijd)s") % {"tijd": regel["terug"]})
            deur.append(_point(regel, _("Aan de deur"), ", ".join(delen), "is-nood" if s.niet_terug else "is-let"))
        if s.melding:
            tekst = _("geparkeerd, niemand nam haar over") if s.wacht else _("nog niet afgerond")
            open_.append(_point(regel, _("Open melding"), f"{tekst} · {w.begonnen}", "is-let"))
        elif s.slaapt_onbekend:
            plek.append({"naam": w.naam, "casus_id": s.casus_id})
    vannacht = {
        "soort": _("Vannacht"),
        "tekst": _("Waar zij slapen, staat nog niet vast:"),
        "toestand": "is-nood",
        "wie": plek,
    }
    return te_laat + deur + open_ + ([vannacht] if plek else [])


def _point(regel: Mapping[str, Any], soort: str, tekst: str, toestand: str) -> dict[str, Any]:
    return {
        "soort": soort,
        "tekst": tekst,
        "toestand": toestand,
        "naam": regel["w"].naam,
        "casus_id": regel["strip"].casus_id,
    }


def _due(p: Punt, per: Mapping[str, dict[str, Any]], nu: datetime) -> dict[str, Any]:
    regel = per[p.wie]
    tijd = _("einde van de dag") if p.hele_dag else _when(p.op, nu)
    wat = _("RTO") if p.soort == "rto" else translated(p.wat)
    return {"tijd": tijd, "wat": wat, "naam": regel["w"].naam, "casus_id": regel["strip"].casus_id}


def _signature(o: Getekend, nu: datetime) -> dict[str, Any]:
    """A hand-over with its moments in words."""
    return {
        "o": o,
        "gaf": _when(o.getekend_op, nu),
        "nam": _when(o.ontvangen_op, nu) if o.ontvangen_op else "",
        "sinds": _when(o.sinds, nu),
    }


def _when(moment: datetime, nu: datetime) -> str:
    """The hour, with the day when that is another one than today."""
    hier = lokaal(moment)
    if hier.date() == lokaal(nu).date():
        return f"{hier:%H:%M}"
    return f"{dag_in_woorden(hier.date(), language(), lokaal(nu).year)} {hier:%H:%M}"
