# SPDX-License-Identifier: EUPL-1.2
"""Taking a call: the page, the saving of every answer, the proposal beside it, and what the call leads to."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST, require_safe

from vangnet.access.actor import actor_of
from vangnet.access.declare import stays_writable
from vangnet.access.middleware import locked
from vangnet.access.rechten import needs
from vangnet.access.sessie import first_look
from vangnet.conf import clock
from vangnet.conf.identifiers import new_id
from vangnet.process.find_family import Bekend, find_family
from vangnet.process.invoer import Onleesbaar
from vangnet.process.invoer import moment as lees_moment
from vangnet.process.join_melding import join_melding, link_earlier
from vangnet.process.leeftijd import in_woorden as in_duur
from vangnet.process.show_melding import Meldingbeeld, casus_of, is_author, phone_cards, show_melding
from vangnet.process.take_melding import (
    begin_melding,
    cancel_melding,
    finish_melding,
    park_melding,
    register_melding,
    save_answer,
    save_fields,
    take_over_melding,
)
from vangnet.process.undo import Gedaan, just_done
from vangnet.process.weigeringen import Achterhaald, AlGedaan, CasusGesloten, OngeldigeInvoer
from vangnet.process.werk import ALTIJD
from vangnet.rules.kalender import lokaal
from vangnet.rules.tekst import dag_in_woorden
from vangnet.web.domein import translated
from vangnet.web.handelen import Poging, met_weigering, run, run_json
from vangnet.web.melding import formulier, voorstel
from vangnet.web.templatetags.vangnet import language

NEEM = needs("melding", "opnemen")
VOORUIT = timedelta(minutes=5)
TERUG = timedelta(days=14)
"""How long ago a call may have been that is entered afterwards."""
BESLUIT = {
    "besluit.verwezen_naar": "melding.verwezen_naar",
    "besluit.vervolg_consult": "melding.vervolg_consult",
    "besluit.doorgeleiding": "vervolg.doorgeleiding",
    "besluit.doorgeleid_naar": "melding.doorgeleid_naar",
    "besluit.vots": "vervolg.vots",
}
"""What is said with a decision, and the fact it is kept as."""
BIJ_UITKOMST = {
    "consult": ("besluit.vervolg_consult",),
    "verwijzing": ("besluit.verwezen_naar",),
    "doorgeleid": ("besluit.doorgeleiding", "besluit.doorgeleid_naar", "besluit.vots"),
}


@NEEM
@require_safe
def begin(request: HttpRequest) -> HttpResponse:
    """A fresh form with its own number. Nothing is kept until the first answer is saved."""
    return _page(request, new_id())


@NEEM
@met_weigering
def melding(request: HttpRequest, melding_id: UUID) -> HttpResponse:
    """The call; or, sent whole, keep all of it at once and do what was decided: the road without script."""
    if request.method != "POST":
        return _page(request, melding_id)
    return _sent(request, melding_id)


def _page(
    request: HttpRequest,
    melding_id: UUID,
    status: int = HTTPStatus.OK,
    poging: Poging | None = None,
    toon_adres: bool = False,
    kinderen: int = 0,
) -> HttpResponse:
    actor, op = actor_of(request), clock.now()
    first_look(request.session, _seen(melding_id))
    beeld = show_melding(actor, op, melding_id, toon_adres)
    if beeld.afgerond:
        return HttpResponseRedirect(_casus(casus_of(actor, op, melding_id)))
    getypt = formulier.read(request.POST) if poging else {}
    fouten = {fout.veld: fout.verwacht for fout in poging.fouten} if poging else {}
    form = formulier.Form(beeld, getypt, fouten)
    bekend = None
    if "zoek" in request.GET:
        bekend = _known(find_family(actor, op, _as_typed(beeld), melding_id))
    besluit = {naam.partition(".")[2]: waarde for naam, waarde in request.POST.items() if naam.startswith("besluit.")}
    context = voorstel.panel(beeld) | {
        "vak": form.context(kinderen or int(request.GET.get("kinderen", "0")[:2] or 0)),
        "poging": poging,
        "anders": request.POST.get("anders", ""),
        "reden": request.POST.get("reden", ""),
        "besluit": besluit,
        "kaarten": phone_cards(actor, beeld.waarden.get("gemeente", "")),
        "nieuw": beeld.casus_id is None,
        "oefening": beeld.oefening or (beeld.casus_id is None and "oefening" in request.GET),
        "gemeld_op": request.POST.get("gemeld_op", ""),
        "getoond": toon_adres,
        "klaar": sum(beeld.beantwoord),
        "bekend": bekend,
        "foutlijst": [
            {"id": formulier.id_of(f.veld), "gevonden": f.gevonden, "verwacht": f.verwacht}
            for f in (poging.fouten if poging else ())
        ],
    }
    return render(request, "melding/pagina.html", context, status=status)


def _as_typed(beeld: Meldingbeeld) -> dict[str, str]:
    """What is on record of the first child, as somebody would type it to look for the family."""
    pad = f"jeugdige.{beeld.kinderen[0].id}."
    getypt = {naam: beeld.waarden.get(pad + naam, "") for naam in ("bsn", "voornaam", "achternaam", "geboren")}
    return getypt | {"telefoon": beeld.waarden.get("melding.telefoon", "")}


def _sent(request: HttpRequest, melding_id: UUID) -> HttpResponse:
    actor, op, sent = actor_of(request), clock.now(), request.POST
    velden = formulier.read(sent)
    if antwoord := sent.get("antwoord", ""):
        naam, _is, waarde = antwoord.partition("=")
        velden[naam] = waarde
    uitkomst = sent.get("uitkomst", "")
    if uitkomst == "anders":
        uitkomst = sent.get("anders", "") or "?"
    doe = sent.get("doe", "bewaar")
    besluit = {BESLUIT[naam]: sent[naam] for naam in BIJ_UITKOMST.get(uitkomst, ()) if sent.get(naam)}

    def do() -> UUID | None:
        gemeld_op = _gemeld_op(sent, op)
        nieuw: list[Any] = []
        oefening = bool(sent.get("oefening"))
        if sent.get("versie", "0") == "0":
            if uitkomst:
                gedaan = register_melding(
                    actor,
                    op,
                    melding_id,
                    velden | besluit,
                    uitkomst,
                    sent.get("reden", ""),
                    gemeld_op,
                    oefening,
                    nieuw.append,
                )
                if nieuw:
                    return gedaan.casus_id
            else:
                begin_melding(actor, op, melding_id, velden, gemeld_op, oefening)
        elif velden:
            _same_version(request, melding_id)
        if uitkomst:
            return finish_melding(actor, op, melding_id, uitkomst, sent.get("reden", ""), velden | besluit).casus_id
        if velden:
            save_fields(actor, op, melding_id, velden)
        if doe == "parkeer":
            park_melding(actor, op, melding_id)
        return None

    def onward(casus_id: UUID | None) -> str:
        if casus_id is not None:
            return _casus(casus_id)
        if doe == "parkeer":
            return _dienst()
        staart = {"kind": f"?kinderen={_children(velden) + 1}#vraag-3", "zoek": "?zoek=1#bekend"}.get(doe, "")
        return reverse("melding", args=[melding_id]) + staart

    return _run(
        request, melding_id, do, onward, (lambda: just_done(actor, op, melding_id=melding_id)) if doe == "parkeer" else None
    )  # fmt: skip


def _run(
    request: HttpRequest,
    melding_id: UUID,
    do: Callable[[], Any],
    back: str | Callable[[Any], str],
    gedaan: Callable[[], Gedaan | None] | None = None,
) -> HttpResponse:
    """As `handelen.run`, with the page of the call as the form that comes back; what was done already leads on."""

    def once() -> Any:
        try:
            return do()
        except (AlGedaan, CasusGesloten):
            return casus_of(actor_of(request), clock.now(), melding_id)

    def context(poging: Poging) -> Mapping[str, Any]:
        pages.append(
            _page(request, melding_id, poging.status, poging, kinderen=_children(formulier.read(request.POST)))
        )
        return {}

    pages: list[HttpResponse] = []
    answer = run(request, once, back=back, template="melding/leeg.html", context=context, gedaan=gedaan)
    return pages[0] if pages else answer


def _children(velden: Mapping[str, str]) -> int:
    return len({naam.split(".")[1] for naam in velden if naam.startswith("jeugdige.")})


def _seen(melding_id: UUID) -> str:
    return f"melding {melding_id}"


def _same_version(request: HttpRequest, melding_id: UUID) -> None:
    """A form sent whole writes over everything: only when nobody changed anything since it was shown."""
    beeld = show_melding(actor_of(request), clock.now(), melding_id, noteer=False)
    if str(beeld.versie) != request.POST.get("versie"):
        raise Achterhaald(veld="", nu=None)


def _gemeld_op(sent: Mapping[str, str], op: datetime) -> datetime | None:
    """When the call began: said by hand when it is entered afterwards, else the seconds since the first answer."""
    ruw = sent.get("gemeld_op", "")
    if ruw:
        try:
            gelezen = lees_moment(ruw)
        except Onleesbaar as fout:
            raise OngeldigeInvoer(("gemeld_op", ruw[:60], str(fout))) from None
        if gelezen is not None and gelezen > op + VOORUIT:
            raise OngeldigeInvoer(("gemeld_op", ruw[:60], _("een moment dat geweest is")))
        if gelezen is not None and gelezen < op - TERUG:
            raise OngeldigeInvoer(("gemeld_op", ruw[:60], _("een moment van de laatste twee weken")))
        return gelezen
    sinds = sent.get("sinds", "")
    if sinds.isdecimal() and len(sinds) < 6 and int(sinds) < 12 * 3600:
        return op - timedelta(seconds=int(sinds))
    return None


@stays_writable
@NEEM
@require_POST
def save_field(request: HttpRequest, melding_id: UUID) -> HttpResponse:
    """Keep one answer as it is typed. Its author reaches this also while his session is locked."""
    actor, op, sent = actor_of(request), clock.now(), request.POST
    present: Any = getattr(request, "aanwezig", None)

    def do() -> Mapping[str, Any]:
        bewaard = save_answer(
            actor,
            op,
            melding_id,
            sent.get("naam", ""),
            sent.get("waarde", ""),
            sent.get("was", ALTIJD),
            _gemeld_op(sent, op),
            bool(sent.get("oefening")),
        )
        return {
            "op": f"{lokaal(op):%H:%M:%S}",
            "waarde": bewaard.waarde,
            "versie": bewaard.versie,
            "nummer": bewaard.nummer,
        }

    if present is not None and present.op_slot and not is_author(actor, op, melding_id):
        return locked(request, present)  # The page keeps what he wrote until he has unlocked.
    return run_json(request, do)


@NEEM
@require_GET
@met_weigering
def proposal(request: HttpRequest, melding_id: UUID) -> HttpResponse:
    """The part beside the form, after an answer was saved. Who never had the page in this session leaves a line."""
    new = first_look(request.session, _seen(melding_id))
    beeld = show_melding(actor_of(request), clock.now(), melding_id, noteer=new)
    return render(request, "melding/voorstel.html", voorstel.panel(beeld) | {"deel": True})


@needs("gezin", "herkennen")
@require_POST
@met_weigering
def known_family(request: HttpRequest, melding_id: UUID) -> HttpResponse:
    """Whether this family may be known, by what is typed so far."""
    velden = ("bsn", "telefoon", "voornaam", "achternaam", "geboren")
    getypt = {veld: request.POST.get(veld, "") for veld in velden}
    gevonden = find_family(actor_of(request), clock.now(), getypt, melding_id)
    return render(request, "melding/bekend.html", {"bekend": _known(gevonden), "melding_id": melding_id})


def _known(gevonden: list[Bekend]) -> list[dict[str, Any]]:
    """What was found, with the address of its page and the day it closed."""
    return [
        {
            **vars(een),
            "lopend": een.lopend,
            "leeftijd_zin": in_duur(een.leeftijd_duur, lambda zin, gegevens: translated(zin).format(**gegevens)),
            "adres": _casus(een.casus_id) if een.casus_id else "",
            "gesloten_dag": dag_in_woorden(lokaal(een.gesloten_op).date(), language()) if een.gesloten_op else "",
        }
        for een in gevonden
    ]


@NEEM
@require_POST
@met_weigering
def reveal_address(request: HttpRequest, melding_id: UUID) -> HttpResponse:
    """A secret address, shown on request and logged: as JSON for the script, which takes it away after half a minute."""
    if request.headers.get("Accept", "").startswith("application/json"):

        def do() -> Mapping[str, Any]:
            beeld = show_melding(actor_of(request), clock.now(), melding_id, toon_adres=True)
            return {naam: beeld.waarden.get(naam, "") for naam in formulier.ADRES}

        return run_json(request, do)
    return _page(request, melding_id, toon_adres=True)


@NEEM
@require_POST
@met_weigering
def park(request: HttpRequest, melding_id: UUID) -> HttpResponse:
    """A second call comes in: this one waits, in sight of the whole service."""
    actor, op = actor_of(request), clock.now()
    return _run(
        request,
        melding_id,
        lambda: park_melding(actor, op, melding_id),
        _dienst(),
        lambda: just_done(actor, op, melding_id=melding_id),
    )


@NEEM
@require_POST
@met_weigering
def take_over(request: HttpRequest, melding_id: UUID) -> HttpResponse:
    """Go on with a call that was parked or left behind."""
    here = reverse("melding", args=[melding_id])
    return _run(request, melding_id, lambda: take_over_melding(actor_of(request), clock.now(), melding_id), here)


@NEEM
@require_POST
@met_weigering
def cancel(request: HttpRequest, melding_id: UUID) -> HttpResponse:
    """Begun by mistake, with a word of why."""
    reden = request.POST.get("reden_vergissing", "")
    return _run(
        request, melding_id, lambda: cancel_melding(actor_of(request), clock.now(), melding_id, reden), _dienst()
    )


@NEEM
@require_POST
@met_weigering
def join(request: HttpRequest, melding_id: UUID) -> HttpResponse:
    """The same family: the call goes to the running casus."""
    casus_id = _uuid(request.POST.get("casus", ""))
    reden = request.POST.get("reden_voeg", "")
    return _run(
        request,
        melding_id,
        lambda: join_melding(actor_of(request), clock.now(), melding_id, casus_id, reden).casus_id,
        _casus,
    )


@NEEM
@require_POST
@met_weigering
def link(request: HttpRequest, melding_id: UUID) -> HttpResponse:
    """The same family, whose casus was closed: this call names it."""
    here = reverse("melding", args=[melding_id])
    nummer = request.POST.get("nummer", "")
    return _run(request, melding_id, lambda: link_earlier(actor_of(request), clock.now(), melding_id, nummer), here)


def _uuid(tekst: str) -> UUID:
    try:
        return UUID(tekst)
    except ValueError:
        raise OngeldigeInvoer(("casus", tekst[:60], _("een casus om bij te voegen"))) from None


def _dienst() -> str:
    return reverse("dienst")


def _casus(casus_id: UUID) -> str:
    return reverse("casus", args=[casus_id])
