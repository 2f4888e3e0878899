# SPDX-License-Identifier: EUPL-1.2
"""The board in words: names and ages, where a child sleeps, the next step, and the lane of the next 24 hours."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from vangnet.casework.stand import STANDEN
from vangnet.process.beeld import leesbaar
from vangnet.process.duty import TAKEN, Wacht
from vangnet.process.leeftijd import in_woorden as in_duur
from vangnet.process.show_board import Bord, Punt, Strip
from vangnet.rules.kalender import lokaal
from vangnet.rules.tekst import dag_in_woorden, in_woorden
from vangnet.web.domein import translated
from vangnet.web.klokken import show_clock
from vangnet.web.signalen import signal_state
from vangnet.web.templatetags.vangnet import as_moment, language

LANEN = 5
"""Rows of the lane of the next 24 hours; what does not fit is counted."""
TEKENS_PER_UUR = 9
"""Characters of small text in one hour of the lane on a wide screen."""


@dataclass(frozen=True)
class Plek:
    """Where one child is tonight."""

    soort: str
    icoon: str
    wat: str
    onder: str
    rood: bool = False


@dataclass(frozen=True, eq=False)
class Regel:
    """One strip in words. The same one is given again as long as nothing of it changes, so it can be a key."""

    strip: Strip
    naam: str
    leeftijd: str
    plekken: tuple[Plek, ...]
    stap: str
    onder_stap: str
    stand: str
    klok: Mapping[str, Any] | None
    nog_klokken: int
    toestand: str
    begonnen: str
    """Of an open call: who took it, and how long ago."""
    bel: str
    terug: str
    """When who is at the door should have been back."""


@dataclass(frozen=True)
class Blok:
    """One text in the lane: its first and last column, its row, and which side it hangs on."""

    tijd: str
    tekst: str
    van: int
    tot: int
    rij: int
    soort: str
    rechts: bool


@dataclass(frozen=True)
class Etmaal:
    """The next 24 hours: the heads of the hours, what is tinted, and the texts."""

    koppen: tuple[tuple[int, str], ...]
    vakken: tuple[tuple[int, int], ...]
    blokken: tuple[Blok, ...]
    rijen: int
    meer: int
    onbekend: bool
    """Whether nobody laid down the office hours for some of it."""


def strip_in_words(s: Strip, nu: datetime) -> Regel:
    """A strip in the reader's language at moment `nu`."""
    klok = show_clock(s.klok, nu)
    if klok:
        klok = {**klok, "wat": translated(klok["wat"])}
    toestand = s.toestand or (klok["toestand"] if klok else "")
    naam, leeftijd = names(s)
    stap, onder = _step(s, nu)
    return Regel(
        s,
        naam,
        leeftijd,
        tuple(_place(plek, s, nu) for plek in s.vannacht or ()),
        stap,
        onder,
        translated(STANDEN.get(s.stand, "")),
        klok,
        max(len(s.klokken) - 1, 0),
        toestand,
        taken_by(s.melding, nu) if s.melding else "",
        s.bel or _("de collega aan de deur"),
        _moment(s.niet_terug, nu) if s.niet_terug else "",
    )


def names(s: Strip) -> tuple[str, str]:
    """The names of the children and their ages, as one reads them: "Jesse en Fleur M.", "9 en 11"."""
    kinderen = list(s.kinderen)
    if s.profiel or not any(k["naam"] for k in kinderen):
        wie = ngettext("Kind", "Kinderen", len(kinderen) or 1) if s.profiel else _("Naam nog niet bekend")
    else:
        voor = [k["naam"] or _("naam onbekend") for k in kinderen]
        achter = {naam.rpartition(" ")[2] for naam in voor}
        if len(voor) > 1 and len(achter) == 1 and all(" " in naam for naam in voor):
            voor = [naam.rpartition(" ")[0] for naam in voor[:-1]] + voor[-1:]
        wie = _join(voor)
    return wie, _join([age for age in (_age(k) for k in kinderen) if age])


def _join(delen: Sequence[str]) -> str:
    if len(delen) < 2:
        return "".join(delen)
    return _("%(eerst)s en %(laatst)s") % {"eerst": ", ".join(delen[:-1]), "laatst": delen[-1]}


def _age(kind: Mapping[str, Any]) -> str:
    if kind.get("ongeboren"):
        return _("ongeboren")
    return in_duur(kind.get("duur") or "", lambda zin, gegevens: translated(zin).format(**gegevens), kort=True)


def _place(plek: Mapping[str, Any], s: Strip, nu: datetime) -> Plek:
    if plek["soort"] == "verblijf":
        naam = translated(plek.get("vormnaam") or plek["vorm"].replace("_", " "))
        wat = f"{naam}, {plek['waar']}" if plek["waar"] else naam
        sinds = _("sinds %(dag)s") % {"dag": _day(plek["sinds"], nu)} if plek.get("sinds") else ""
        return Plek("verblijf", "bed", wat[:1].upper() + wat[1:], sinds)
    if plek["soort"] == "thuis":
        waar = plek["waar"] or (_("Plaats geheim") if s.geheim else _("Thuis"))
        return Plek("thuis", "huis", waar[:1].upper() + waar[1:], "")
    if not s.slaapt_onbekend:
        return Plek("onbekend", "vraag", _("Niet vastgelegd"), "")
    onder = _("kies vannacht een plek") if plek.get("nodig") else ""
    return Plek("onbekend", "let", _("Nog niet bekend"), onder, rood=True)


def _day(moment: str | None, nu: datetime) -> str:
    gelezen = as_moment(moment)
    if gelezen is None:
        return ""
    dag = lokaal(gelezen).date() if isinstance(gelezen, datetime) else gelezen
    return dag_in_woorden(dag, language(), lokaal(nu).year)


def _step(s: Strip, nu: datetime) -> tuple[str, str]:
    """The next thing to do, and below it where things stand."""
    wat = ""
    if s.stap:
        wat = in_woorden(s.stap["wat"], leesbaar(s.stap["gegevens"]), language(), lokaal(nu).year, translated)
    onder = translated(STANDEN.get(s.stand, ""))
    if onder == wat:
        onder = ""
    if s.op_bezoek and s.vertrokken_op:
        tijd = f"{lokaal(s.vertrokken_op):%H:%M}"
        onder = _("%(stand)s, weg sinds %(tijd)s") % {"stand": onder, "tijd": tijd}
        if s.wie:
            onder += f" · {s.wie}"
    return wat, onder


def taken_by(melding: Mapping[str, Any], nu: datetime) -> str:
    """Who took an open call, and how long ago: "Iris Custers, 9 min geleden"."""
    gaps = {"door": melding["door"], "tijd": minutes_ago(melding["op"], nu)}
    if nu - datetime.fromisoformat(melding["op"]) < timedelta(minutes=1):
        return _("%(door)s, net") % gaps
    return _("%(door)s, %(tijd)s geleden") % gaps


def minutes_ago(begon: str, nu: datetime) -> str:
    """How long ago, in words: "9 min", "2 u 05"."""
    minuten = max(int((nu - datetime.fromisoformat(begon)).total_seconds() // 60), 0)
    if minuten < 60:
        return _("%(m)s min") % {"m": minuten}
    if minuten < 24 * 60:
        return _("%(u)s u %(m)02d") % {"u": minuten // 60, "m": minuten % 60}
    dagen = minuten // (24 * 60)
    return ngettext("%(n)s dag", "%(n)s dagen", dagen) % {"n": dagen}


def sentence(bord: Bord) -> list[tuple[str, str]]:
    """The counts as a sentence: per part the number that stands out, and the rest."""
    uit = [
        (ngettext("%(n)s casus", "%(n)s casussen", bord.open) % {"n": bord.open}, _("open")),
        (str(bord.bezig), _("nu bezig")),
    ]
    if bord.laat:
        uit.append((str(bord.laat), _("te laat")))
    return uit


def shift_title(nu: datetime) -> str:
    """The day in full, and which part of it: "Donderdag 16 mei, avond"."""
    hier = lokaal(nu)
    dagen = (
        _("maandag"), _("dinsdag"), _("woensdag"), _("donderdag"), _("vrijdag"), _("zaterdag"), _("zondag"),
    )  # fmt: skip
    deel = (
        _("nacht") if hier.hour < 7 else _("ochtend") if hier.hour < 12 else _("middag") if hier.hour < 17
        else _("avond") if hier.hour < 23 else _("nacht")
    )  # fmt: skip
    dag = dag_in_woorden(hier.date(), language(), hier.year).partition(" ")[2]
    woord = dagen[hier.weekday()]
    return f"{woord[:1].upper()}{woord[1:]} {dag}, {deel}"


def stands(bord: Bord) -> list[tuple[str, str]]:
    """The stands to choose from: those in which a casus stands now."""
    return [(stand, translated(STANDEN[stand])) for stand in bord.standen]


def until(bord: Bord) -> str:
    """Until which day what is due asks a decision."""
    return dag_in_woorden(bord.besluit_tot, language(), lokaal(bord.op).year)


def tasks() -> dict[str, str]:
    """What somebody has duty as, in the reader's language."""
    return {sleutel: translated(naam) for sleutel, naam in TAKEN.items()}


def duty_rows(wachten: Iterable[Wacht], nu: datetime) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Who has duty now, and who comes next, each with the words beside the name."""
    woorden = tasks()
    nu_rijen, straks = [], []
    for w in wachten:
        taak = woorden.get(w.taak, w.taak)
        tijd = _hour(w.tot if w.nu else w.van, nu)
        zin = _("%(taak)s tot %(tijd)s") if w.nu else _("%(taak)s vanaf %(tijd)s")
        rij = {
            "naam": w.naam,
            "telefoon": w.telefoon,
            "bel": dialled(w.telefoon),
            "onder": zin % {"taak": taak, "tijd": tijd},
        }
        (nu_rijen if w.nu else straks).append(rij)
    return nu_rijen, straks


def _hour(moment: datetime, nu: datetime) -> str:
    hier = lokaal(moment)
    if hier.date() == lokaal(nu).date():
        return f"{hier:%H:%M}"
    return f"{dag_in_woorden(hier.date(), language(), hier.year).split(' ')[0]} {hier:%H:%M}"


def dialled(nummer: str) -> str:
    """A phone number as a tel: address takes it."""
    return "".join(teken for teken in nummer if teken.isdecimal() or teken == "+")


def rto_rows(bord: Bord) -> list[dict[str, Any]]:
    """The meetings of today and tomorrow, by day."""
    dagen: dict[Any, list[dict[str, Any]]] = defaultdict(list)
    vandaag = lokaal(bord.op).date()
    for s in bord.rtos:
        if s.rto is None:
            continue
        op = lokaal(datetime.fromisoformat(s.rto["gepland_op"]))
        komen = ""
        if s.rto["genodigd"]:
            komen = _("%(komen)s van %(genodigd)s komen") % s.rto
        dagen[op.date()].append({
            "tijd": f"{op:%H:%M}", "wie": names(s)[0], "strip": s, "gehouden": bool(s.rto["gehouden_op"]), "komen": komen,
        })  # fmt: skip
    return [
        {
            "kop": (_("Vandaag") if dag == vandaag else _("Morgen, %(dag)s"))
            % {"dag": dag_in_woorden(dag, language(), dag.year)},
            "rijen": rijen,
        }
        for dag, rijen in sorted(dagen.items())
    ]


def signal_rows(bord: Bord) -> list[dict[str, Any]]:
    """The signals that wait, by the moment on which the other sees them, each with what became of it."""
    per: dict[datetime, list[Any]] = defaultdict(list)
    for s in bord.signalen:
        per[s.vanaf].append(
            {
                "s": s,
                "staat": signal_state(s.vanaf, s.gelezen_op, s.gelezen_door, s.opgepakt_op, s.opgepakt_door, bord.op),
            }
        )
    return [
        {"kop": _("sinds %(moment)s") % {"moment": _moment(op, bord.op)} if op <= bord.op else _moment(op, bord.op),
         "rijen": rijen}
        for op, rijen in sorted(per.items())
    ]  # fmt: skip


def _moment(op: datetime, nu: datetime) -> str:
    hier = lokaal(op)
    return f"{dag_in_woorden(hier.date(), language(), lokaal(nu).year)} {hier:%H:%M}"


def day_lane(bord: Bord) -> Etmaal:
    """The lane: hours, tint, and texts stacked so that none lies over another."""
    uren = bord.uren
    koppen = []
    for n, uur in enumerate(uren, 1):
        hier = lokaal(uur.begin)
        if n == 1 or hier.hour % 3 == 0:
            koppen.append((n, str(hier.hour)))
    vakken: list[tuple[int, int]] = []
    for n, uur in enumerate(uren, 1):
        if uur.kantoor is False:
            if vakken and vakken[-1][1] == n:
                vakken[-1] = (vakken[-1][0], n + 1)
            else:
                vakken.append((n, n + 1))
    blokken, meer = _stack(bord, _grouped(bord.punten))
    rijen = max((b.rij for b in blokken), default=2)
    return Etmaal(tuple(koppen), tuple(vakken), tuple(blokken), rijen, meer, any(u.kantoor is None for u in uren))


def _grouped(punten: Iterable[Punt]) -> list[Punt]:
    """Signals of the same moment become one text with their number."""
    uit: list[Punt] = []
    signalen: dict[datetime, int] = defaultdict(int)
    for p in punten:
        if p.soort != "signaal":
            uit.append(p)
            continue
        signalen[p.op] += 1
        if signalen[p.op] == 1:
            uit.append(p)
    return [
        replace(p, wat=ngettext("%(n)s signaal", "%(n)s signalen", signalen[p.op]) % {"n": signalen[p.op]}, wie="")
        if p.soort == "signaal"
        else p
        for p in uit
    ]


def _stack(bord: Bord, punten: Iterable[Punt]) -> tuple[list[Blok], int]:
    begin = bord.uren[0].begin
    bezet: dict[int, list[tuple[int, int]]] = defaultdict(list)
    uit: list[Blok] = []
    meer = 0
    woorden = tasks()
    for p in punten:
        tijd = "" if p.hele_dag else f"{lokaal(p.op):%H:%M}"
        tekst = {
            "nu": _("nu"),
            "dienst": _("%(wie)s begint, %(taak)s") % {"wie": p.wie, "taak": woorden.get(p.wat, p.wat).lower()},
            "rto": _("RTO %(wie)s") % {"wie": p.wie},
            "dag": _("Laatste dag: %(wat)s, %(wie)s") % {"wat": translated(p.wat), "wie": p.wie},
            "klok": f"{translated(p.wat)}, {p.wie}",
        }.get(p.soort, p.wat)
        kolom = min(int((p.op - begin) / timedelta(hours=1)), 23) + 1
        breed = max(-(-(len(tijd) + len(tekst) + 3) // TEKENS_PER_UUR), 1)
        rechts = kolom + breed > 25
        van, tot = (max(kolom + 1 - breed, 1), kolom + 1) if rechts else (kolom, kolom + breed)
        if van == 1 and rechts:
            tot = max(tot, 2)
        for rij in range(2, 2 + LANEN):
            if all(tot <= v or van >= t for v, t in bezet[rij]):
                bezet[rij].append((van, tot))
                uit.append(Blok(tijd, tekst, van, min(tot, 25), rij, p.soort, rechts))
                break
        else:
            meer += 1
    return uit, meer


def end_of_duty(w: Wacht) -> str:
    """When a duty ends: the hour, with the day when that is another one than it began on."""
    begin, eind = lokaal(w.van), lokaal(w.tot)
    if begin.date() == eind.date():
        return f"{eind:%H:%M}"
    return f"{dag_in_woorden(eind.date(), language(), eind.year).split(' ')[0]} {eind:%H:%M}"
