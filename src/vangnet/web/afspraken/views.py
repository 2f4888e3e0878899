# SPDX-License-Identifier: EUPL-1.2
"""The page "Wat zeggen de afspraken?": read only, keeps nothing, and its address is the whole question."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from vangnet.access.declare import public
from vangnet.policy.fouten import Fout, Ongeldig
from vangnet.web import domein
from vangnet.web.afspraken import formulier, invoer, vergelijking, vertoning, voorbeelden
from vangnet.web.afspraken.velden import MAIN, OFTEN, feiten, word
from vangnet.web.bronnen import index

REASON = "De afspraken van een regio zijn openbaar en de pagina kent geen gezin; zij bewaart niets."


@public(REASON)
@require_safe
@vary_on_headers("HX-Request", "Cookie")
def show(request: HttpRequest) -> HttpResponse:
    """Answer the facts in the address: the whole page, or for htmx only the answer and what it changes in the form."""
    asked = invoer.read(request.GET)
    regions = domein.regions()
    context: dict[str, Any] = {"voorbeelden": voorbeelden.examples({one["sleutel"] for one in regions})}
    chosen = asked.een("regio")
    if chosen:
        _answer(request.GET, asked, context)
    context |= {
        "formulier": formulier.build(asked, regions, chosen),
        "samenvatting": formulier.summary(asked, regions, chosen),
        "fouten": asked.fouten,
        "onbekend": asked.onbekend,
        "anderen": _others(request.GET, regions, chosen) if context.get("antwoord") else [],
        "andere_regio": _region_changed(request, chosen),
    }
    partial = request.headers.get("HX-Request") == "true"
    template = "afspraken/deel.html" if partial else "afspraken/pagina.html"
    return render(request, template, context, status=400 if asked.fouten else 200)


def _answer(query: QueryDict, asked: invoer.Invoer, context: dict[str, Any]) -> None:
    """Ask the domain, for one region or for two; the faults that it finds join those of the form."""
    other = asked.een("vergelijk")
    try:
        answer = domein.answer(asked.feiten)
    except Ongeldig as error:
        asked.fouten += [
            fault for fault in _faults(error.fouten) if fault.veld not in {one.veld for one in asked.fouten}
        ]
        return
    if asked.fouten:
        return
    if other:
        facts = {**asked.feiten, "regio": other}
        facts.pop("gemeente", None)
        try:
            second = domein.answer(facts)
        except Ongeldig as error:
            asked.fouten += [
                replace(fault, veld="vergelijk", label=_("Vergelijk met")) for fault in _faults(error.fouten)
            ]
            return
        context["vergelijking"] = vergelijking.compare(answer, second, _chosen_forms(asked))
        context["vergelijking"]["zonder"] = invoer.address(query, {"vergelijk": None})
    context |= vertoning.present(answer)
    context["bronlijst"] = index.short(context["regels"])
    context["vragen"] = _questions(query, answer)
    context["vragen_rest"] = max(len(context["vragen"]) - 3, 0)
    _try_readings(query, context["open_vragen"])


def _chosen_forms(asked: invoer.Invoer) -> list[str]:
    return [one["vorm"] for one in asked.feiten.get("inzet", [])]


def _faults(faults: Sequence[Fout]) -> list[invoer.Fout]:
    """Faults of the domain, each at the field of the form that it concerns."""
    known = feiten()
    own = {"regio": _("Regio"), "gemeente": _("Gemeente"), "dag": _("Dag van de melding"), "vorm": _("Welke hulp?")}
    own |= {"lezing": _("Lezing om te proberen")}
    result = []
    for fault in faults:
        name = {"melding.op": "dag", "moment": "dag"}.get(fault.waar, fault.waar)
        first = fault.waar.partition(".")[0]
        name = {"inzet": "vorm", "keuzes": "lezing"}.get(first, name)
        label = own.get(name) or (known[name].label if name in known else fault.waar)
        found = fault.gevonden[1:-1] if fault.gevonden[:1] == "'" == fault.gevonden[-1:] else fault.gevonden
        # The rules speak of true and false; the form of ja and nee.
        expected = fault.verwacht.replace("true", _("ja")).replace("false", _("nee"))
        result.append(invoer.Fout(name, label, found, expected))
    return result


def _questions(query: QueryDict, answer: Mapping[str, Any]) -> list[dict[str, Any]]:
    """What to ask next: every answer is a link to this page with that fact filled in, or points to its field."""
    known = feiten()
    result = []
    for question in answer.get("vragen", ()):
        path = question["veld"]
        choices = []
        if path in known and known[path].soort in ("keuze", "janee"):
            given = {str(one["waarde"]): one["tekst"] for one in question.get("keuzes", ())}
            values = [value for value in known[path].keuzes if value != "onbekend"]
            choices = [
                {"tekst": given.get(value, word(value)), "adres": invoer.address(query, {path: value})}
                for value in values
            ]
        field = "dag" if path == "melding.op" else "vorm" if path == "inzet" else path
        in_form = field in ("dag", "vorm", "gemeente") or field in MAIN or field in OFTEN
        result.append({**question, "keuzes": choices, "anker": invoer.field_id(field) if in_form else ""})
    return result


def _try_readings(query: QueryDict, questions: list[dict[str, Any]]) -> None:
    """Give every reading that is not in force a link that calculates with it."""
    for question in questions:
        others = [text for text in query.getlist("lezing") if text.partition(":")[0] != question["id"]]
        question["adres_zonder"] = invoer.address(query, {"lezing": others or None})
        for reading in question["lezingen"]:
            reading["adres"] = invoer.address(query, {"lezing": [*others, f"{question['id']}:{reading['sleutel']}"]})


def _others(query: QueryDict, regions: Sequence[Mapping[str, Any]], chosen: str) -> list[dict[str, str]]:
    """The regions to compare with."""
    return [
        {"naam": one["naam"], "adres": invoer.address(query, {"vergelijk": one["sleutel"]})}
        for one in regions
        if one["sleutel"] != chosen
    ]


def _region_changed(request: HttpRequest, chosen: str) -> bool:
    """True when the page that asks still shows another region, so that its list of municipalities must be replaced."""
    before = QueryDict(urlsplit(request.headers.get("HX-Current-URL", "")).query)
    return before.get("regio", "") != chosen
