# SPDX-License-Identifier: EUPL-1.2
"""Reads days and times as people type them, and says in one sentence what was expected when it cannot."""

from __future__ import annotations

import re
from datetime import date, datetime, time

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as N_

from vangnet.rules.tekst import AMSTERDAM

MONTHS = (
    ("januari", "january"), ("februari", "february"), ("maart", "march"), ("april", "april"), ("mei", "may"),
    ("juni", "june"), ("juli", "july"), ("augustus", "august"), ("september", "september"), ("oktober", "october"),
    ("november", "november"), ("december", "december"),
)  # fmt: skip
WEEKDAYS = (("ma", "mo"), ("di", "tu"), ("wo", "we"), ("do", "th"), ("vr", "fr"), ("za", "sa"), ("zo", "su"))
FULL = (
    N_("maandag"), N_("dinsdag"), N_("woensdag"), N_("donderdag"), N_("vrijdag"), N_("zaterdag"), N_("zondag"),
)  # fmt: skip
EARLIEST, LATEST = 2010, 2100


class NietTeLezen(ValueError):
    """Dit is niet te lezen; de tekst zegt wat wel kan."""


def read_day(text: str) -> date:
    """A day from `17-05-2024`, `2024-05-17`, `17 mei 2024`, with or without a weekday in front.

    Raises `NietTeLezen` when it is no day, or when the weekday does not belong to it.
    """
    words = text.strip().lower().replace(",", " ").split()
    weekday = None
    if words and words[0][0].isalpha():
        weekday = next((n for n, names in enumerate(WEEKDAYS) if words[0].startswith(names)), None)
        if weekday is None:
            raise NietTeLezen(_("een dag, zoals 17-05-2024 of vr 17 mei 2024"))
        words = words[1:]
    rest = " ".join(words)
    numbers = _numbers(rest)
    if numbers is None:
        raise NietTeLezen(_("een dag, zoals 17-05-2024 of vr 17 mei 2024"))
    year, month, number = numbers
    if not EARLIEST <= year <= LATEST:
        raise NietTeLezen(_("een jaar vanaf %(eerste)s") % {"eerste": EARLIEST})
    try:
        day = date(year, month, number)
    except ValueError:
        raise NietTeLezen(_("een dag die bestaat; %(dag)s staat niet op de kalender") % {"dag": rest}) from None
    if weekday is not None and day.weekday() != weekday:
        raise NietTeLezen(
            _("een weekdag die bij de datum hoort; %(dag)s is een %(weekdag)s")
            % {"dag": f"{day:%d-%m-%Y}", "weekdag": _(FULL[day.weekday()])}
        )
    return day


def _numbers(text: str) -> tuple[int, int, int] | None:
    if match := re.fullmatch(r"(\d{4})-(\d{1,2})-(\d{1,2})", text):
        return int(match[1]), int(match[2]), int(match[3])
    if match := re.fullmatch(r"(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4})", text):
        return int(match[3]), int(match[2]), int(match[1])
    if match := re.fullmatch(r"(\d{1,2}) ([a-z]{3,9})\.? (\d{4})", text):
        for number, names in enumerate(MONTHS, start=1):
            if any(name.startswith(match[2]) for name in names) or (match[2] == "mrt" and number == 3):
                return int(match[3]), number, int(match[1])
    return None


def read_time(text: str) -> time:
    """A time from `21:40`, `21.40`, `2140` or `9`. Raises `NietTeLezen` when it is none."""
    match = re.fullmatch(r"(\d{1,2})(?:[:.hu ]?(\d{2}))?(?::\d{2})?", text.strip().lower().removesuffix(" uur"))
    if match and int(match[1]) < 24 and int(match[2] or 0) < 60:
        return time(int(match[1]), int(match[2] or 0))
    raise NietTeLezen(_("een tijd van 00:00 tot en met 23:59, zoals 21:40"))


def moment_of(day: date, at: time) -> datetime:
    """The moment in the Netherlands. In the doubled hour of autumn it is the first one (summer time).

    Raises `NietTeLezen` for a time that the clock skips in spring.
    """
    moment = datetime.combine(day, at, tzinfo=AMSTERDAM)
    if datetime.fromtimestamp(moment.timestamp(), AMSTERDAM).replace(tzinfo=None) != moment.replace(tzinfo=None):
        raise NietTeLezen(_("een tijd die bestaat; in deze nacht gaat de klok van 02:00 naar 03:00"))
    return moment


def read_moment(text: str) -> datetime:
    """A moment from a day and a time with a space or T between them. Raises `NietTeLezen` when it is none."""
    clean = text.strip()
    if match := re.fullmatch(r"(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2})(?::\d{2})?(?:Z|[+-]\d{2}:\d{2})?", clean):
        try:
            parsed = datetime.fromisoformat(clean)
        except ValueError:
            parsed = None
        if parsed is not None and parsed.tzinfo is not None and EARLIEST <= parsed.year <= LATEST:
            return parsed.astimezone(AMSTERDAM)
        return moment_of(read_day(match[1]), read_time(match[2]))
    day, gap, at = clean.rpartition(" ")
    if not gap:
        raise NietTeLezen(_("een dag en een tijd, zoals 17-05-2024 23:10"))
    return moment_of(read_day(day), read_time(at))
