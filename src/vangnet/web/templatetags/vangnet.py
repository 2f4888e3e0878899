# SPDX-License-Identifier: EUPL-1.2
"""Small parts that every screen uses: symbols, links to sources, the force of an agreement, days and moments."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from django import template
from django.conf import settings
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import get_language, gettext

from vangnet.access.rechten import may
from vangnet.rules.tekst import AMSTERDAM, dag_in_woorden
from vangnet.web import menu as main_menu
from vangnet.web import opnieuw as again

register = template.Library()

EDGES = {"maximaal": "vast", "minimaal": "vast", "zonder voorbehoud": "vast", "streefnorm": "dash"}
"""Force of an agreement to the edge that shows it; every other force is dotted."""


def edge_of(strekking: str) -> str:
    """`vast` (solid), `dash` or `stip` (dotted): how hard an agreement is, as an edge."""
    return EDGES.get(strekking, "stip")


@register.simple_tag
@lru_cache(maxsize=256)
def icoon(naam: str) -> SafeString:
    """A symbol of the sprite. Decoration only: a word always stands beside it."""
    return format_html('<svg class="vn-i" aria-hidden="true"><use href="#i-{}"/></svg>', naam)


@register.simple_tag(takes_context=True)
def menu(context: dict[str, Any]) -> list[dict[str, Any]]:
    """The entries of the main menu for who asks, the current one marked."""
    request = context.get("request")
    actor = getattr(request, "actor", None)
    return main_menu.entries(request.path if request else "", actor.rol if actor else "")


@register.simple_tag(takes_context=True)
def mag(context: dict[str, Any], merk: str) -> bool:
    """Whether the function of who asks can ever do this; nobody signed in can nothing."""
    actor = getattr(context.get("request"), "actor", None)
    return actor is not None and may(actor.rol, merk)


@register.simple_tag(takes_context=True)
def hoort_alarmen(context: dict[str, Any]) -> bool:
    """Whether alarms sound for who sits behind this page, also while his session is locked."""
    aanwezig = getattr(context.get("request"), "aanwezig", None)
    return aanwezig is not None and not aanwezig.voorlopig and may(aanwezig.actor.rol, "alarm.inzien")


@register.simple_tag(takes_context=True)
def opnieuw(context: dict[str, Any], toon: bool = True) -> SafeString:
    """The form that could not be taken, ready to be sent again; empty when nothing was sent. `toon` shows what was typed."""
    return again.form(context.get("request"), toon)


@register.simple_tag
def slotminuten() -> int:
    """After how many idle minutes a page locks itself."""
    return int(settings.VANGNET_SLOT_MINUTEN)


@register.simple_tag
def bron(regel: str) -> SafeString:
    """A link to one rule: opens the source drawer, and is a page of its own without script."""
    return _source_link(regel, gettext("Bron"))


@lru_cache(maxsize=2048)
def _source_link(regel: str, word: str) -> SafeString:
    return format_html(
        '<a class="vn-bron" href="{}"><span class="vn-zien">{} </span>{}</a>',
        reverse("bron", args=[regel]),
        word,
        regel,
    )


@register.simple_tag
def bronnen(regels: Iterable[str]) -> SafeString:
    """Links to all rules behind one line."""
    return _source_links(tuple(regels), gettext("Bron"))


@lru_cache(maxsize=4096)
def _source_links(regels: tuple[str, ...], word: str) -> SafeString:
    links = SafeString(" ").join(_source_link(regel, word) for regel in regels)
    return format_html('<span class="vn-bronnen">{}</span>', SafeString(links)) if links else SafeString("")


@register.simple_tag
def strekking(woord: str) -> SafeString:
    """The force of an agreement: its word, in the edge that belongs to it."""
    return _force(woord, gettext(woord)) if woord else SafeString("")


@lru_cache(maxsize=256)
def _force(woord: str, in_words: str) -> SafeString:
    return format_html('<span class="vn-strekking vn-strekking--{}">{}</span>', edge_of(woord), in_words)


@register.simple_tag
def punt(ding: Mapping[str, Any]) -> SafeString:
    """One line of an answer. Written here and not as a template: an answer has fifty of them, and an include costs
    more than all the rest of a line."""
    mark = SafeString("")
    if ding["nummer"]:
        word = gettext("keuze bij vraag %(nummer)s") if ding["gekozen"] else gettext("open vraag %(nummer)s")
        edge = "" if ding["gekozen"] else " is-vraag"
        mark = format_html(
            ' <a class="vn-merkje{}" href="#ov{}">{}</a>', edge, ding["nummer"], word % {"nummer": ding["nummer"]}
        )
    return format_html(
        '<li class="vn-punt {}{}">{}<p>{} {}{}</p>{}{}</li>',
        ding["klasse"],
        " is-veel" if len(ding["regels"]) > 2 else "",
        icoon(ding["icoon"]),
        capfirst(ding["tekst"]),
        strekking(ding["strekking"]),
        mark,
        bronnen(ding["regels"]),
        format_html('<p class="vn-waarom">{}</p>', ding["waarom"]) if ding["waarom"] else "",
    )


@register.simple_tag
def bronregels(regels: Iterable[Mapping[str, str]]) -> SafeString:
    """The rows of the table of sources behind an answer."""
    return format_html_join(
        "\n",
        '<tr><td class="vn-nb">{}</td><td>{}</td><td class="vn-stil vn-alleen-breed">{}</td></tr>',
        ((bron(one["id"]), one["tekst"], one["sectie"]) for one in regels),
    )


@register.simple_tag
def klok(k: Mapping[str, Any] | None) -> SafeString:
    """A clock (`web.klokken.show_clock`): rest, force, what and when, and how far it has run. Nothing for no clock."""
    if not k:
        return SafeString("")
    return format_html(
        '<div class="vn-klok {}"><p class="vn-klok__rest">{} <span data-klok="{}" data-dag="{}" data-strekking="{}">{}</span>'
        '{}</p><p class="vn-klok__wat">{} · {}{}</p><svg class="vn-klok__balk" viewBox="0 0 100 4"'
        ' preserveAspectRatio="none" aria-hidden="true"><rect width="100" height="4"/><rect width="{}" height="4"/></svg>'
        "</div>",
        k["toestand"],
        icoon("let" if k["laat"] else "klok"),
        k["uiterlijk"],
        int(k["hele_dag"]),
        k["strekking"],
        k["rest"],
        strekking("" if k["strekking"] == "zonder voorbehoud" else k["strekking"]),
        k["wat"],
        k["moment"],
        f" · {gettext('reden vastgelegd')}" if k["reden"] else "",
        k["balk"],
    )


@register.filter
def terugweg(message: Any) -> dict[str, str] | None:
    """The way back that comes with a sentence after an act (`web.handelen.run`): casus, event and page; None without."""
    if not (tags := message.extra_tags or "").startswith("ongedaan:"):
        return None
    casus_id, gebeurtenis_id, naar = tags.removeprefix("ongedaan:").split(":", 2)
    return {"casus": casus_id, "gebeurtenis": gebeurtenis_id, "naar": naar}


def language() -> str:
    """The language of the reader, as the rules know it."""
    return "en" if (get_language() or "nl").startswith("en") else "nl"


@register.filter
def dag(waarde: date | datetime | str | None) -> str:
    """`vr 17 mei 2024`, for a day, a moment or an ISO text of either; a moment also gets its time."""
    parsed = as_moment(waarde)
    if parsed is None:
        return ""
    if isinstance(parsed, datetime):
        here = parsed.astimezone(AMSTERDAM) if parsed.tzinfo else parsed
        return f"{dag_in_woorden(here.date(), language())} {here:%H:%M}"
    return dag_in_woorden(parsed, language())


@register.filter
def iso(waarde: date | datetime | str | None) -> str:
    """The value for the datetime attribute of <time>."""
    parsed = as_moment(waarde)
    return parsed.isoformat() if parsed else ""


def as_moment(waarde: date | datetime | str | None) -> date | datetime | None:
    """A day or moment from what an answer holds; None when it is neither."""
    if waarde is None or isinstance(waarde, date):
        return waarde
    try:
        return date.fromisoformat(waarde) if len(waarde) == 10 else datetime.fromisoformat(waarde)
    except ValueError:
        return None
