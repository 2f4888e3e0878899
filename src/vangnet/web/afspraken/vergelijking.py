# SPDX-License-Identifier: EUPL-1.2
"""Two regions side by side for the same facts: one row per point, marked where they differ."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from vangnet.web.afspraken import tijdlijn
from vangnet.web.afspraken.velden import word as word_of
from vangnet.web.afspraken.vertoning import DELEN, DOUBLE, OVERIG, PLAIN
from vangnet.web.templatetags.vangnet import as_moment


def compare(left: Mapping[str, Any], right: Mapping[str, Any], forms: Sequence[str]) -> dict[str, Any]:
    """Rows in the groups of the page. A point that only one region speaks of counts as a difference.

    `forms` are the chosen forms of help, in the order in which the answers number them."""
    groups: dict[str, list[dict[str, Any]]] = {}
    for kind in ("termijnen", "uitspraken"):
        ours, theirs = left.get(kind, {}), right.get(kind, {})
        for key in dict.fromkeys([*ours, *theirs]):
            if key in DOUBLE:
                continue
            one, two = ours.get(key), theirs.get(key)
            row = _row(_subject(key, one or two, forms), kind, one, two, left, right)
            part = (one or two)["onderdeel"]
            title = next((group.titel for group in DELEN if part in group.onderdelen), OVERIG)
            groups.setdefault(title, []).append(row)
    order = [part.titel for part in DELEN] + [OVERIG]
    ordered = [{"titel": _(title), "rijen": groups[title]} for title in order if title in groups]
    rows = [row for group in ordered for row in group["rijen"]]
    silent = sum(row["zwijgt"] for row in rows)
    different = sum(row["anders"] for row in rows) - silent
    text = _("%(anders)s punten verschillen, %(gelijk)s zijn gelijk, en over %(zwijgt)s spreekt maar één van de twee.") % {
        "anders": different, "gelijk": len(rows) - different - silent, "zwijgt": silent,
    }  # fmt: skip
    return {"links": left, "rechts": right, "groepen": ordered, "samenvatting": text}


def _row(subject: str, kind: str, one: Any, two: Any, left: Any, right: Any) -> dict[str, Any]:
    sides = []
    for item, answer in ((one, left), (two, right)):
        text = _text(item, kind) if item else ""
        sides.append({
            "regio": answer["regio"]["naam"], "tekst": text, "strekking": _force(item, kind),
            "regels": item.get("regels", ()) if item else (),
        })  # fmt: skip
    value = "uiterlijk" if kind == "termijnen" else "waarde"
    silent = not one or not two
    differs = silent or (one[value], _force(one, kind)) != (two[value], _force(two, kind))
    word = _("één zwijgt") if silent else _("anders") if differs else _("gelijk")
    icon = "min" if silent else "isniet" if differs else "is"
    return {"onderwerp": subject, "kanten": sides, "anders": differs, "zwijgt": silent, "woord": word, "icoon": icon}


def _force(item: Any, kind: str) -> str:
    """The force to show: a statement that is plainly made needs no word for it, a term does."""
    force = item.get("strekking", "") if item else ""
    return "" if kind == "uitspraken" and force == PLAIN else force


def _subject(key: str, item: Any, forms: Sequence[str]) -> str:
    """What a row is about: the name of a term, else the last words of its key."""
    if item.get("wat"):
        return str(item["wat"])
    parts = key.split(".")[1:]
    if len(parts) > 1 and parts[0].isdecimal() and 0 < int(parts[0]) <= len(forms):
        return word_of(forms[int(parts[0]) - 1])
    words = [word_of(part) for part in parts if not part.isdecimal()]
    return capfirst(", ".join(words)) or key


def _text(item: Mapping[str, Any], kind: str) -> str:
    if kind == "uitspraken":
        return str(item["tekst"])
    last = as_moment(item.get("uiterlijk"))
    if last is None:
        return _("nog zonder dag")
    return tijdlijn.last_moment_in_words(last, last)
