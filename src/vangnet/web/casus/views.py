# SPDX-License-Identifier: EUPL-1.2
"""The page of one casus, its steps, and what they send."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any, cast
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST, require_safe

from vangnet.access.actor import Actor, actor_of
from vangnet.access.rechten import may, needs
from vangnet.conf import clock
from vangnet.conf.identifiers import new_id
from vangnet.process import keep_fields, presence, show_casus
from vangnet.process.invoer import gevonden
from vangnet.process.show_bewaren import erased
from vangnet.process.show_casus import Casusbeeld
from vangnet.process.show_casus_log import show_casus_log
from vangnet.process.show_casus_werk import part_of_field
from vangnet.process.show_family_log import leads
from vangnet.process.stapsoorten import STAPPEN
from vangnet.process.undo import just_done, undo
from vangnet.process.verschoven import moved
from vangnet.process.weigeringen import Achterhaald, GeenRecht, NietBetrokken, OngeldigeInvoer
from vangnet.process.write_note import withdraw_note
from vangnet.rules.kalender import lokaal
from vangnet.rules.tekst import T
from vangnet.web.casus import feiten, stappen
from vangnet.web.casus.doen import DADEN, Post
from vangnet.web.domein import translated
from vangnet.web.handelen import Fout, Poging, met_weigering, moved_in_words, run, run_json
from vangnet.web.klokken import show_clock
from vangnet.web.signalen import signal_state
from vangnet.web.templatetags.vangnet import language

SNEL = (
    ("belpoging", "bel"),
    ("contact", "telefoon"),
    ("notitie", "noteer"),
    ("inzet", "huis"),
    ("gezin", "mensen"),
    ("feiten", "ja"),
    ("aanbod", "pijl"),
    ("herstel", "terug"),
)
"""Steps that always stand ready at the top, each with its symbol."""


NAMEN = {
    f"{naam}_id": naam
    for naam in ("jeugdige", "inzet", "aanbieder", "organisatie", "aanbod", "genodigde", "rto", "in_casus", "notitie")
} | {"jeugdige_ids": "jeugdige"}
"""The field of a form for the name that a use case gives it."""


def _see(request: HttpRequest, casus_id: UUID, deel: str = "", handeling: str = "inzien") -> tuple[Actor, Casusbeeld]:
    actor: Actor = actor_of(request)
    taal = language()
    beeld = show_casus.show_casus(
        actor, clock.now(), casus_id, taal, T if taal == "nl" else translated, deel, handeling
    )
    return actor, beeld


def _address(casus_id: UUID, slug: str = "", ding: str = "") -> str:
    if not slug:
        return reverse("casus", args=[casus_id])
    return reverse("casus_stap", args=[casus_id, slug]) + (f"?ding={ding}" if ding else "")


@needs("casus", "inzien")
@require_safe
@met_weigering
def casus(request: HttpRequest, casus_id: UUID) -> HttpResponse:
    """The casus: only the parts in sight. Whose organisation took part until it was erased, is told so."""
    try:
        actor, beeld = _see(request, casus_id)
    except NietBetrokken:
        if (gewist := erased(actor_of(request), clock.now(), casus_id)) is not None:
            raise gewist from None
        raise
    return render(request, "casus/casus.html", _page(actor, beeld))


def _page(actor: Actor, beeld: Casusbeeld) -> dict[str, Any]:
    op = clock.now()
    te_doen = [a | {"klok": show_clock(a["klok"], op), "adres": _step_of(a, beeld)} for a in beeld.te_doen]
    klokken = [show_clock(k, op) for k in beeld.klokken]
    snel = [
        {"slug": slug, "icoon": icoon, "naam": _(STAPPEN[slug].naam), "adres": _address(beeld.id, slug)}
        for slug, icoon in SNEL
        if slug in beeld.stappen
    ]
    van_mij = [a for a in te_doen if a["van_mij"] and a["mag"]]
    adviesvragen = len(beeld.advies.get("vragen", ()))
    return {
        "c": beeld,
        "te_doen": te_doen,
        "eerste": van_mij[0] if van_mij else None,
        "klokken": klokken,
        "klokken_klaar": beeld.klokken_klaar,
        "volgende": klokken[0] if klokken else None,
        "snel": snel,
        "mag": set(beeld.stappen),
        "ik": actor.medewerker_id,
        "mag_log": show_casus.may_look_at_log(actor, beeld),
        "mag_printen": may(actor.rol, "casus.printen"),
        "vragen_aan_mij": [a for a in beeld.aanbiedingen if a["voor_mij"] and not a["antwoord"]],
        "open_aanbod": [
            a for a in beeld.aanbiedingen if not a["voor_mij"] and not a["antwoord"] and a["soort"] != "signaal"
        ],
        "signalen": [
            a
            | {
                "staat": signal_state(
                    a["zichtbaar_vanaf"], a["gelezen_op"], a["gelezen_door"], a["opgepakt_op"], a["beantwoord_door"], op
                )
            }
            for a in beeld.aanbiedingen
            if a["soort"] == "signaal" and not a["voor_mij"] and a["antwoord"] in ("", "aanvaard")
        ],
        "adviesvragen": adviesvragen,
        "onbevestigd": beeld.afspraken and not beeld.afspraken.get("bevestigd", True),
        "open_vragen": [q for q in beeld.advies.get("open_vragen", ()) if not q["id"].startswith("versie/")],
        "geheim_adres": any(a["geheim"] for a in beeld.adressen),
        "gevaar": beeld.feiten.get("inschatting.gevaar_aan_de_deur") or "",
        "nu": op,
        "notitie_id": new_id(),
    }


def _step_of(actie: Mapping[str, Any], beeld: Casusbeeld) -> str:
    return _address(beeld.id, str(actie["stap"]), str(actie["ding"]))


@needs("casus", "inzien")
@require_GET
def versie(request: HttpRequest, casus_id: UUID) -> HttpResponse:
    """The number of the casus and who else has it open: the heartbeat of the page."""
    return run_json(
        request, lambda: presence.look(actor_of(request), clock.now(), casus_id, request.GET.get("bij", "")[:60])
    )


@needs("casus", "inzien")
@require_POST
@met_weigering
def adres(request: HttpRequest, casus_id: UUID) -> HttpResponse:
    """The secret address in full: asked for, logged, and gone again after thirty seconds."""
    adressen = show_casus.show_address(actor_of(request), clock.now(), casus_id)
    partial = request.headers.get("HX-Request") == "true"
    context = {"adressen": adressen, "casus_id": casus_id}
    response = render(request, "casus/adres_deel.html" if partial else "casus/adres.html", context)
    response["Cache-Control"] = "no-store"
    return response


@needs("log", "casus")
@require_safe
@met_weigering
def logboek(request: HttpRequest, casus_id: UUID) -> HttpResponse:
    """Who looked at this casus."""
    actor, op = actor_of(request), clock.now()
    regels = show_casus_log(actor, op, casus_id)
    return render(
        request, "casus/log.html", {"regels": regels, "casus_id": casus_id, "leidt": leads(actor, op, casus_id)}
    )


@needs("casus", "printen")
@require_safe
@met_weigering
def afdruk(request: HttpRequest, casus_id: UUID) -> HttpResponse:
    """A summary on paper: no secret address, nothing about third parties."""
    actor, beeld = _see(request, casus_id, "print", "printen")
    context = _page(actor, beeld)
    context["notities"] = [n for n in beeld.notities if not n["over_derden"] and not n["terug"]]
    context["door"] = actor
    return render(request, "casus/print.html", context)


@needs("casus", "inzien")
@met_weigering
def stap(request: HttpRequest, casus_id: UUID, slug: str) -> HttpResponse:
    """One step: its forms (GET), or one of them sent (POST). The rights of a step are those of its use case."""
    if slug not in STAPPEN:
        raise Http404
    ding = request.GET.get("ding", "") or request.POST.get("ding", "")
    ding = ding if stappen.is_id(ding) else ""
    if request.method != "POST":
        actor, beeld = _see(request, casus_id, f"stap {slug}")
        show_casus.open_step(actor, beeld, slug)
        if slug == "melding" and beeld.meldingen:
            return redirect(reverse("melding", args=[beeld.meldingen[0]["id"]]))
        return render(request, "casus/stap.html", _step(actor, beeld, slug, ding))
    daad = DADEN.get((slug, request.POST.get("formulier", "")))
    if daad is None:
        raise Http404
    post = Post(actor_of(request), clock.now(), casus_id, request.POST)

    def again(poging: Poging) -> dict[str, Any]:
        actor, beeld = _see(request, casus_id, f"stap {slug}")
        show_casus.open_step(actor, beeld, slug)
        return _step(actor, beeld, slug, ding, poging)

    def onward(result: Any) -> str:
        try:
            show_casus.parts_in_sight(actor_of(request), clock.now(), casus_id)
        except NietBetrokken:
            return "/"
        return _address(casus_id, daad.naar, str(result) if daad.ding else "")

    return run(
        request,
        lambda: daad.doe(post),
        back=onward,
        template="casus/stap.html",
        context=again,
        gelukt=_(daad.zin) if daad.zin else "",
        velden=NAMEN,
        gedaan=(lambda: just_done(post.actor, post.op, casus_id)) if daad.terug else None,
    )


def _step(actor: Actor, beeld: Casusbeeld, slug: str, ding: str, poging: Poging | None = None) -> dict[str, Any]:
    op = clock.now()
    gebouwd = stappen.build(slug, beeld, actor, op, ding, poging)
    if gebouwd.klok:
        gebouwd = replace(gebouwd, klok=show_clock(gebouwd.klok, op))
    context: dict[str, Any] = {"c": beeld, "stap": gebouwd, "ding": ding, "poging": poging, "nu": op}
    if poging:
        context["fouten"] = _named(gebouwd, poging)
        context["staat_er"] = _in_words(poging.details.get("nu"))
    if slug == "feiten":
        context["groepen"] = list(feiten.groups(beeld))
    if slug == "gezin":
        # What the reader is not shown, he does not write over either.
        weg = frozenset(
            ({"waar_nu"} if beeld.geheim else set()) | (set() if "contact" in beeld.zicht else {"telefoon"})
        )
        context["kinderen"] = [(k, feiten.row_fields("jeugdige", k, weg)) for k in beeld.kinderen]
        context["personen"] = [(p, feiten.row_fields("persoon", p, weg)) for p in beeld.personen]
        if "adres" in beeld.zicht:
            context["adressen"] = [(a, feiten.row_fields("adres", a)) for a in beeld.adressen]
        bekend = {str(rij["id"]) for rij in (*beeld.kinderen, *beeld.personen, *beeld.adressen)}
        context["nieuw_kind"] = feiten.row_fields("jeugdige", {"id": _new_row("jeugdige", bekend, poging)}, weg)
        context["nieuw_mens"] = feiten.row_fields(
            "persoon", {"id": _new_row("persoon", bekend, poging), "rol": ""}, weg
        )
        context["nieuw_adres"] = feiten.row_fields("adres", {"id": _new_row("adres", bekend, poging), "soort": "woont"})
    if poging:
        _type_back(context, poging)
    return context


def _new_row(soort: str, bekend: set[str], poging: Poging | None) -> str:
    """The id for a row that may be added; after a refused attempt the one that was typed at."""
    for naam in poging.getypt if poging else ():
        if naam.startswith(f"w:{soort}.") and naam.count(".") == 2 and naam.split(".")[1] not in bekend:
            return naam.split(".")[1]
    return str(new_id())


def _type_back(context: dict[str, Any], poging: Poging) -> None:
    """Put what was typed back in the fields that keep themselves."""

    def met(velden: list[feiten.Feitveld]) -> list[feiten.Feitveld]:
        return [v._replace(waarde=poging.getypt.get(f"w:{v.pad}", v.waarde)) for v in velden]

    for groep in context.get("groepen", ()):
        groep["velden"] = met(groep["velden"])
    for lijst in ("kinderen", "personen", "adressen"):
        if lijst in context:
            context[lijst] = [(rij, met(velden)) for rij, velden in context[lijst]]
    for nieuw in ("nieuw_kind", "nieuw_mens", "nieuw_adres"):
        if nieuw in context:
            context[nieuw] = met(context[nieuw])


def _named(gebouwd: stappen.Stap, poging: Poging) -> list[Fout]:
    """The faults under the words that stand at their field."""
    labels = {v.naam: v.label for f in gebouwd.formulieren for v in f.velden if v.label}
    return [fout._replace(veld=labels.get(fout.veld) or feiten.label_of_field(fout.veld)) for fout in poging.fouten]


def _in_words(nu: Any) -> str:
    """What stands there now, as a person reads it."""
    if isinstance(nu, Mapping):
        return ", ".join(
            f"{naam.replace('_', ' ')}: {feiten.as_text(waarde)}" for naam, waarde in nu.items() if naam != "versie"
        )
    return feiten.as_text(nu)


def _keep(actor: Actor, casus_id: UUID, pad: str, tekst: str, was: str | None) -> None:
    """Keep one field, when the part it belongs to is in sight. Errors: as `keep_fields.save_field`; `GeenRecht`."""
    op = clock.now()
    if part_of_field(pad) not in show_casus.parts_in_sight(actor, op, casus_id):
        raise GeenRecht(merk="feit.vastleggen")
    if pad in feiten.DOOR_EEN_STAP:
        raise OngeldigeInvoer((pad, gevonden(tekst), _("een besluit in zijn eigen stap; herstellen kan daar ook")))
    words: dict[str, Any] = {}
    if was is not None:
        try:
            words["was"] = json.loads(was)
        except (ValueError, RecursionError):
            raise OngeldigeInvoer((pad, gevonden(was), _("wat er stond toen je het veld opende"))) from None
    keep_fields.save_field(actor, op, casus_id, pad, feiten.from_text(pad, tekst), **words)


@needs("feit", "vastleggen")
@require_POST
def veld(request: HttpRequest, casus_id: UUID) -> JsonResponse:
    """Keep one field as it is typed (a script asks): the time of saving, what stands there now, and which deadlines moved by it."""
    pad, tekst = request.POST.get("pad", ""), request.POST.get("waarde", "")

    def do() -> Mapping[str, Any]:
        with moved() as verschoven:
            _keep(actor_of(request), casus_id, pad, tekst, request.POST.get("was"))
        return {
            "om": f"{lokaal(clock.now()):%H:%M}",
            "was": feiten.now_kept(actor_of(request).regio, pad, tekst),
            "termijnen": moved_in_words(verschoven),
        }

    return run_json(request, do)


@needs("feit", "vastleggen")
@require_POST
@met_weigering
def velden(request: HttpRequest, casus_id: UUID) -> HttpResponse:
    """Keep every field that changed, without script: those that cannot be kept are named, the others are kept."""
    slug = request.POST.get("stap", "feiten")
    slug = slug if slug in ("feiten", "gezin") else "feiten"

    def do() -> None:
        show_casus.parts_in_sight(
            actor_of(request), clock.now(), casus_id
        )  # also when nothing changed: 404 if out of sight
        fouten: list[tuple[str, str, str]] = []
        for naam in request.POST:
            if not naam.startswith("w:"):
                continue
            pad, tekst, was = naam[2:], request.POST.get(naam, ""), request.POST.get("o:" + naam[2:])
            if was is None or tekst.replace("\r\n", "\n") == feiten.as_text(_json(was)):
                continue
            try:
                _keep(actor_of(request), casus_id, pad, tekst, was)
            except OngeldigeInvoer as nee:
                fouten += nee.details["fouten"]
            except Achterhaald as nee:
                fouten.append(
                    (pad, feiten.as_text(nee.details.get("nu")), _("een collega vulde dit net in; kijk en kies"))
                )
        if fouten:
            raise OngeldigeInvoer(*fouten)

    def again(poging: Poging) -> dict[str, Any]:
        actor, beeld = _see(request, casus_id, f"stap {slug}")
        return _step(actor, beeld, slug, "", poging)

    return run(
        request,
        do,
        back=_address(casus_id, slug),
        template="casus/stap.html",
        context=again,
        gelukt=_("Bewaard om %(om)s.") % {"om": f"{lokaal(clock.now()):%H:%M}"},
    )


def _json(ruw: str) -> Any:
    try:
        return json.loads(ruw)
    except (ValueError, RecursionError):
        return None


@needs("notitie", "schrijven")
@require_POST
@met_weigering
def terug(request: HttpRequest, casus_id: UUID, notitie_id: UUID) -> HttpResponse:
    """Take a note, contact or call attempt back with one tap."""
    return run(
        request,
        lambda: withdraw_note(actor_of(request), clock.now(), casus_id, notitie_id),
        back=_address(casus_id) + "#notities",
        gelukt=_("Teruggenomen; het blijft leesbaar."),
    )


@needs("casus", "inzien")
@met_weigering
def ongedaan(request: HttpRequest, casus_id: UUID, gebeurtenis_id: UUID) -> HttpResponse:
    """Take back what was just done by mistake, with one button (POST), or put it right later from the timeline (GET). The
    right is that of the act itself."""
    if request.method != "POST":
        _actor, beeld = _see(request, casus_id, "rechtzetten")
        return render(request, "casus/ongedaan.html", {"c": beeld, "g": _event(beeld, gebeurtenis_id)})

    def back(soort: str) -> str:
        if soort == "melding_geparkeerd":
            return _address(casus_id, "melding")
        naar = request.POST.get("naar", "")
        lokaal_pad = naar.startswith("/") and url_has_allowed_host_and_scheme(naar, allowed_hosts=None)
        return naar if lokaal_pad else _address(casus_id)

    def again(poging: Poging) -> dict[str, Any]:
        _actor, beeld = _see(request, casus_id, "rechtzetten")
        return {"c": beeld, "g": _event(beeld, gebeurtenis_id), "fouten": poging.fouten}

    return run(
        request,
        lambda: undo(actor_of(request), clock.now(), casus_id, gebeurtenis_id, request.POST.get("reden", "")),
        back=back,
        template="casus/ongedaan.html",
        context=again,
        gelukt=_("Ongedaan gemaakt; in de tijdlijn blijft het te lezen."),
    )


def _event(beeld: Casusbeeld, gebeurtenis_id: UUID) -> Mapping[str, Any]:
    """An event of the timeline in sight. Raises Http404 for another."""
    for dag in beeld.tijdlijn:
        for item in dag["items"]:
            if item["id"] == str(gebeurtenis_id):
                return cast("Mapping[str, Any]", item)
    raise Http404
