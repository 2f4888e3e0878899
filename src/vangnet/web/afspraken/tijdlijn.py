# SPDX-License-Identifier: EUPL-1.2
"""Day for day: turns the terms of an answer into a drawing (positions in percent) and a list of days.

The drawing is made on the server, so that it is the same on screen, on paper and without script.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils.translation import gettext as _

from vangnet.rules.tekst import AMSTERDAM, dag_in_woorden
from vangnet.web.templatetags.vangnet import as_moment, edge_of, language

ONE_DAY = timedelta(days=1)
MOST_DAYS = 9
"""Days that get a column of their own; what ends after them shares the column "later"."""
FEWEST_DAYS = 5
TEXT_WIDTH = 0.0092
"""Width of one character as a part of the whole lane, on a lane of about 800 pixels."""


@dataclass(frozen=True)
class Dag:
    """One column of the drawing."""

    datum: date
    kop: str
    onder: str
    dicht: bool
    nu: bool


@dataclass(frozen=True)
class Baan:
    """One lane: a bar from its start to its last moment. All positions are texts in percent, for SVG attributes."""

    wat: str
    x: str
    breed: str
    eind: str
    rand: str
    door: bool
    tekst: str
    tekst_x: str
    tekst_dx: str
    anker: str
    open: bool


@dataclass
class Agendadag:
    """One day (or a run of closed days) of the list that a narrow screen shows instead of the drawing."""

    kop: str
    iso: str
    dicht: bool
    onder: str = ""
    punten: list[dict[str, Any]] = field(default_factory=list)


@dataclass(frozen=True)
class Tijdlijn:
    """The drawing, the list and the table of all terms."""

    dagen: list[Dag]
    later: bool
    dicht: list[tuple[str, str]]
    lijnen: list[str]
    nu: str
    banen: list[Baan]
    agenda: list[Agendadag]
    rijen: list[dict[str, Any]]
    randen: list[tuple[str, str]]
    heeft_open: bool
    zonder_dag: list[dict[str, Any]]


def _local(value: date | datetime) -> datetime:
    if isinstance(value, datetime):
        return value.astimezone(AMSTERDAM).replace(tzinfo=None) if value.tzinfo else value
    return datetime.combine(value, time())


def _end(value: date | datetime) -> datetime:
    """Where a bar ends: a moment is itself, a day counts whole."""
    return _local(value) if isinstance(value, datetime) else datetime.combine(value + ONE_DAY, time())


def _percent(part: float) -> str:
    return f"{100 * min(max(part, 0.0), 1.0):.2f}%"


def _short(day: date, *, month: bool) -> str:
    words = dag_in_woorden(day, language(), day.year)
    return words if month else " ".join(words.split(" ")[:2])


def last_moment_in_words(value: date | datetime, reference: date) -> str:
    """`t/m vr 24 mei` for a day, `tot vr 17 mei 23:40` for a moment."""
    if isinstance(value, datetime):
        here = _local(value)
        return _("tot %(moment)s") % {
            "moment": f"{dag_in_woorden(here.date(), language(), reference.year)} {here:%H:%M}"
        }
    return _("t/m %(dag)s") % {"dag": dag_in_woorden(value, language(), reference.year)}


def _kinds(dagen: Sequence[Mapping[str, Any]]) -> dict[date, Mapping[str, Any]]:
    kinds = {}
    for day in dagen:
        parsed = as_moment(day["datum"])
        if parsed is not None:
            kinds[_local(parsed).date()] = day
    return kinds


def _closed(kinds: Mapping[date, Mapping[str, Any]], day: date) -> bool:
    return kinds[day]["soort"] != "werkdag" if day in kinds else day.weekday() >= 5


def _name(kinds: Mapping[date, Mapping[str, Any]], day: date) -> str:
    known = kinds.get(day)
    if known and known.get("naam"):
        return _(str(known["naam"]))
    if known and known["soort"] == "sluitingsdag":
        return _("sluitingsdag")
    return _("weekend") if day.weekday() >= 5 else ""


def build(answer: Mapping[str, Any], numbers: Mapping[str, int], chosen: Collection[str] = ()) -> Tijdlijn | None:
    """Lay out the terms of `answer`; None when there is no moment to start from.

    `numbers` gives each open question (by id) the number under which the page shows it;
    `chosen` are those that the region settled, which are drawn as agreed.
    """
    moment = as_moment(answer.get("moment"))
    if moment is None:
        return None
    start = _local(moment)
    first = start.date()
    kinds = _kinds(answer.get("dagen", ()))
    terms, undated = [], []
    for key, term in answer.get("termijnen", {}).items():
        last = as_moment(term.get("uiterlijk"))
        question = term.get("open_vraag", "")
        settled = question in chosen
        row = {"sleutel": key, "nummer": numbers.get(question, 0), "open": bool(question) and not settled, **term}
        if last is None:
            undated.append(row)
            continue
        begin = as_moment(term.get("begint_op")) or moment
        row["van"], row["tot"] = begin, last
        terms.append(row)
    terms.sort(key=lambda row: (_end(row["tot"]), row["sleutel"]))

    ends = [_end(row["tot"]) for row in terms]
    needed = max([(end - ONE_DAY / 86400).date() for end in ends], default=first) - first
    count = min(max(needed.days + 2, FEWEST_DAYS), MOST_DAYS)
    later = any(end > datetime.combine(first + count * ONE_DAY, time()) for end in ends)
    columns = count + (1 if later else 0)
    origin = datetime.combine(first, time())

    def place(at: datetime) -> float:
        return (at - origin) / ONE_DAY / columns

    days = []
    for index in range(count):
        day = first + index * ONE_DAY
        under = _name(kinds, day)
        if index == 0:
            under = f"{start:%H:%M}" if isinstance(moment, datetime) else under
        month = index == 0 or day.day == 1
        days.append(Dag(day, _short(day, month=month), under, _closed(kinds, day), index == 0))

    return Tijdlijn(
        dagen=days,
        later=later,
        dicht=_tint(days, columns, answer.get("kantoortijd")),
        lijnen=[_percent(index / columns) for index in range(columns)],
        nu=_percent(place(start)),
        banen=[_lane(row, place, columns, count, first) for row in terms],
        agenda=_agenda(terms, kinds, first, start),
        rijen=[_row(row, first) for row in terms],
        randen=_edges(terms),
        heeft_open=any(row["open"] for row in terms),
        zonder_dag=undated,
    )


def _edges(terms: Sequence[Mapping[str, Any]]) -> list[tuple[str, str]]:
    """The forces that occur, hardest first, each with its edge."""
    order = {"vast": 0, "dash": 1, "stip": 2}
    words = {row.get("strekking", "") for row in terms} - {""}
    return sorted(((word, edge_of(word)) for word in words), key=lambda pair: (order[pair[1]], pair[0]))


def _tint(days: Sequence[Dag], columns: int, office: Mapping[str, str] | None) -> list[tuple[str, str]]:
    """The parts that are out of office hours, as (x, width): whole closed days, and evenings and nights if known."""
    parts: list[tuple[float, float]] = []
    hours = None
    if office:
        begin, end = (time.fromisoformat(office[name]) for name in ("van", "tot"))
        hours = ((begin.hour + begin.minute / 60) / 24, (end.hour + end.minute / 60) / 24)
    for index, day in enumerate(days):
        if day.dicht:
            parts.append((index, 1))
        elif hours:
            parts.append((index, hours[0]))
            parts.append((index + hours[1], 1 - hours[1]))
    merged: list[tuple[float, float]] = []
    for begin_at, width in parts:
        if merged and abs(merged[-1][0] + merged[-1][1] - begin_at) < 1e-6:
            merged[-1] = (merged[-1][0], merged[-1][1] + width)
        else:
            merged.append((begin_at, width))
    return [(_percent(begin_at / columns), _percent(width / columns)) for begin_at, width in merged]


def _lane(row: Mapping[str, Any], place: Any, columns: int, count: int, first: date) -> Baan:
    begin, end = max(place(_local(row["van"])), 0.0), place(_end(row["tot"]))
    through = end > count / columns + 1e-9 and count < columns
    right = 1 - 0.25 / columns if through else min(end, 1.0)
    begin = min(begin, right - 0.004)
    text = _when(row, first)
    if row["nummer"]:
        words = _("open vraag %(nummer)s") if row["open"] else _("keuze bij vraag %(nummer)s")
        text += " · " + words % {"nummer": row["nummer"]}
    wide = len(text) * TEXT_WIDTH + 0.02
    if wide <= right - begin:
        text_x, dx, anchor = begin, "8", "start"
    elif right + wide <= 1:
        text_x, dx, anchor = right, "10", "start"
    else:
        text_x, dx, anchor = begin, "-8", "end"
    return Baan(
        wat=row["wat"],
        x=_percent(begin),
        breed=_percent(right - begin),
        eind=_percent(right),
        rand=edge_of(row.get("strekking", "")),
        door=through,
        tekst=text,
        tekst_x=_percent(text_x),
        tekst_dx=dx,
        anker=anchor,
        open=row["open"],
    )


def _when(row: Mapping[str, Any], first: date) -> str:
    """The last moment in words; a meeting is on its day, everything else ends on it."""
    if row["sleutel"] == "rto" and not isinstance(row["tot"], datetime):
        return _("op %(dag)s") % {"dag": dag_in_woorden(row["tot"], language(), first.year)}
    return last_moment_in_words(row["tot"], first)


def _row(row: Mapping[str, Any], first: date) -> dict[str, Any]:
    begin = row["van"]
    begin_text = dag_in_woorden(_local(begin).date(), language(), first.year)
    if isinstance(begin, datetime):
        begin_text += f" {_local(begin):%H:%M}"
    return {**row, "van_tekst": begin_text, "tot_tekst": _when(row, first)}


def _agenda(
    terms: Sequence[Mapping[str, Any]], kinds: Mapping[date, Mapping[str, Any]], first: date, start: datetime
) -> list[Agendadag]:
    """Days on which something ends, in order, with the runs of closed days between them."""
    by_day: dict[date, list[Mapping[str, Any]]] = {first: []}
    for row in terms:
        by_day.setdefault(_local(row["tot"]).date(), []).append(row)
    result: list[Agendadag] = []
    dates = sorted(by_day)
    known_until = max(kinds, default=first)
    for index, day in enumerate(dates):
        entry = Agendadag(
            dag_in_woorden(day, language(), first.year), day.isoformat(), dicht=False,
            onder=_name(kinds, day) if _closed(kinds, day) else "",
        )  # fmt: skip
        if day == first:
            entry.punten.append({"start": True, "tekst": _("Vanaf %(tijd)s.") % {"tijd": f"{start:%H:%M}"}})
        for row in by_day[day]:
            at = f"{_local(row['tot']):%H:%M}" if isinstance(row["tot"], datetime) else ""
            entry.punten.append({
                "start": False, "tekst": row["wat"], "tijd": at, "strekking": row.get("strekking", ""),
                "rand": edge_of(row.get("strekking", "")), "regels": row.get("regels", ()), "nummer": row["nummer"],
                "open": row["open"],
            })  # fmt: skip
        result.append(entry)
        following = dates[index + 1] if index + 1 < len(dates) else day
        gap = [day + step * ONE_DAY for step in range(1, (following - day).days)]
        shut = [one for one in gap if one <= known_until and _closed(kinds, one)]
        if shut and len(gap) <= MOST_DAYS:
            result.append(_closed_run(shut, kinds, first))
    return result


def _closed_run(days: Sequence[date], kinds: Mapping[date, Mapping[str, Any]], first: date) -> Agendadag:
    names = ", ".join(dict.fromkeys(name for name in (_name(kinds, day) for day in days) if name))
    one = dag_in_woorden(days[0], language(), first.year)
    head = one if len(days) == 1 else f"{_short(days[0], month=False)} – {_short(days[-1], month=False)}"
    under = _("dicht: %(namen)s") % {"namen": names}
    return Agendadag(head, days[0].isoformat(), dicht=True, onder=under)
