# SPDX-License-Identifier: EUPL-1.2
"""Two regions side by side for the same facts: one row per point, marked where they differ."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from vangnet.web.afspraken import tijdlijn
from vangnet.web.afspraken.vertoning import DELEN, OVERIG
from vangnet.web.templatetags.vangnet import as_moment


def compare(left: Mapping[str, Any], right: Mapping[str, Any]) -> dict[str, Any]:
    """Rows in the groups of the page. A point that only one region speaks of counts as a difference."""
    groups: dict[str, list[dict[str, Any]]] = {}
    for kind in ("termijnen", "uitspraken"):
        ours, theirs = left.get(kind, {}), right.get(kind, {})
        for key in dict.fromkeys([*ours, *theirs]):
            one, two = ours.get(key), theirs.get(key)
            row = _row(key, kind, one, two, left, right)
            part = (one or two)["onderdeel"]
            title = next((group.titel for group in DELEN if part in group.onderdelen), OVERIG)
            groups.setdefault(title, []).append(row)
    order = [part.titel for part in DELEN] + [OVERIG]
    ordered = [{"titel": _(title), "rijen": groups[title]} for title in order if title in groups]
    rows = [row for group in ordered for row in group["rijen"]]
    different = sum(row["anders"] for row in rows)
    if different:
        text = ngettext(
            "Op %(aantal)s van de %(alle)s punten verschilt het.",
            "Op %(aantal)s van de %(alle)s punten verschillen ze.",
            different,
        ) % {"aantal": different, "alle": len(rows)}
    else:
        text = _("Voor deze feiten zeggen beide regio's hetzelfde.")
    return {"links": left, "rechts": right, "groepen": ordered, "samenvatting": text}


def _row(key: str, kind: str, one: Any, two: Any, left: Any, right: Any) -> dict[str, Any]:
    sides = []
    for item, answer in ((one, left), (two, right)):
        text = _text(item, kind) if item else ""
        sides.append({
            "regio": answer["regio"]["naam"], "tekst": text, "strekking": item.get("strekking", "") if item else "",
            "regels": item.get("regels", ()) if item else (),
        })  # fmt: skip
    value = "uiterlijk" if kind == "termijnen" else "waarde"
    if not one or not two:
        differs = True
        word = _("alleen %(regio)s") % {"regio": (left if one else right)["regio"]["naam"]}
    else:
        differs = (one[value], one.get("strekking", "")) != (two[value], two.get("strekking", ""))
        word = _("anders") if differs else _("gelijk")
    subject = (one or two).get("wat") or key.partition(".")[2].replace("_", " ").replace(".", ", ") or key
    return {"onderwerp": subject, "kanten": sides, "anders": differs, "woord": word}


def _text(item: Mapping[str, Any], kind: str) -> str:
    if kind == "uitspraken":
        return str(item["tekst"])
    last = as_moment(item.get("uiterlijk"))
    if last is None:
        return _("nog zonder dag")
    return tijdlijn.last_moment_in_words(last, last)
