# SPDX-License-Identifier: EUPL-1.2
"""The walk at the level of the query: every function of the product that shows something of a casus, asked by every function
from every relation, and what came out laid beside the field table."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, fields, is_dataclass
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from tests.matrix.wereld import Casusrijen, Kanarie, Wereld
from tests.web.test_kanarie import NU
from vangnet.access import slot
from vangnet.access.actor import Actor
from vangnet.access.rechten import may
from vangnet.access.weigering import Weigering
from vangnet.process import (
    answer_question,
    block_person,
    break_glass,
    close_casus,
    find_family,
    hand_over_shift,
    morning_list,
    oversee_verzoeken,
    prepare_afschrift,
    presence,
    recompute_clocks,
    search_casus,
    show_agenda,
    show_alarms,
    show_api,
    show_bewaren,
    show_board,
    show_break_glass,
    show_casus,
    show_casus_log,
    show_family_log,
    show_log,
    show_melding,
    show_my_work,
    show_shift,
    show_verzoek,
    take_in_hand,
    who_to_call,
)

MET_NOOD = frozenset({"noodtoegang", "adres met noodtoegang"})
"""Roads of who looks with break-glass."""
OP_VERZOEK = frozenset({"adres", "melding met adres"})
"""Roads on which somebody asks for a secret address, which is a line in the log."""
WOORD = re.compile(r"Qv[A-D][a-z]{4}|\b06\d{8}\b|\b\d{9}\b|\b2026-9\d{4}\b")
MOMENT = re.compile(r"T\d\d:\d\d:\d\d\.(\d{6})")
DAG = re.compile(r"\b\d{4}-\d\d-\d\d\b")


@dataclass
class Uitslag:
    """How many cells were looked at, and what was wrong."""

    cellen: int = 0
    fouten: list[str] = field(default_factory=list)

    def add(self, ander: Uitslag) -> None:
        """Count another part of the walk with this one."""
        self.cellen += ander.cellen
        self.fouten += ander.fouten


def values_in(ding: Any) -> Iterator[Any]:
    """Every value that could be one of ours, however deep."""
    if isinstance(ding, str):
        yield from WOORD.findall(ding)
        yield from (int(m) for m in MOMENT.findall(ding))
        for gevonden in DAG.findall(ding):
            try:
                yield date.fromisoformat(gevonden)
            except ValueError:
                continue
    elif isinstance(ding, datetime):
        yield ding.astimezone(UTC).microsecond
    elif isinstance(ding, date):
        yield ding
    elif is_dataclass(ding) and not isinstance(ding, type):
        for veld in fields(ding):
            yield from values_in(getattr(ding, veld.name))
    elif isinstance(ding, Mapping):
        for naam, waarde in ding.items():
            yield from values_in(naam)
            yield from values_in(waarde)
    elif isinstance(ding, (list, tuple, set, frozenset)):
        for waarde in ding:
            yield from values_in(waarde)


def of_casus(casus: Casusrijen) -> dict[str, Callable[[Actor], Any]]:
    """Every road to one casus."""
    id_, melding = casus.id, UUID(casus.eerste("casework_melding")["id"])
    kiezen, lezen, klaar = (UUID(rij["id"]) for rij in casus.rijen["casework_verzoek"])
    return {
        "casus": lambda a: show_casus.show_casus(a, NU, id_, deel=show_casus.PER_KIND),
        "print": lambda a: show_casus.show_casus(a, NU, id_, deel="print", handeling="printen"),
        "adres": lambda a: show_casus.show_address(a, NU, id_),
        "log": lambda a: show_casus_log.show_casus_log(a, NU, id_),
        "lijst voor het gezin": lambda a: show_family_log.family_log(a, NU, id_, "ouder"),
        "blokkades": lambda a: block_person.show_blocks(a, NU, id_),
        "wat rest": lambda a: close_casus.what_is_left(a, NU, id_),
        "alarmen": lambda a: show_alarms.show_alarms(a, NU, casus_id=id_),
        "op nummer": lambda a: search_casus.find_casus(a, NU, casus.nummer),
        "op kenmerk": lambda a: search_casus.find_casus(a, NU, casus_id=id_),
        "zijn vragen": lambda a: [
            answer_question.read_question(a, NU, UUID(r["id"])) for r in casus.rijen["casework_aanbod"][:1]
        ],
        "bellen": lambda a: who_to_call.who_to_call(a, NU, id_),
        "hartslag": lambda a: presence.look(a, NU, id_),
        "melding": lambda a: show_melding.show_melding(a, NU, melding),
        "melding met adres": lambda a: show_melding.show_melding(a, NU, melding, toon_adres=True),
        "in handen": lambda a: take_in_hand.show_hands(a, NU, id_),
        "verzoeken": lambda a: show_verzoek.show_requests(a, NU, id_),
        "een verzoek": lambda a: [show_verzoek.show_request(a, NU, id_, een) for een in (kiezen, lezen, klaar)],
        "kiezen": lambda a: show_verzoek.show_walk(a, NU, id_, kiezen),
        "lezen": lambda a: show_verzoek.show_reading(a, NU, id_, lezen),
        "afschrift": lambda a: prepare_afschrift.fetch_copy(a, NU, id_, klaar, "papier"),
        "gewist": lambda a: nee.details if (nee := show_bewaren.erased(a, NU, id_)) else None,
        "nagaan": lambda a: show_break_glass.show_review(a, NU, UUID(casus.eerste("access_noodtoegang")["id"])),
        "noodtoegang": lambda a: show_break_glass.look(a, NU, UUID(casus.eerste("access_noodtoegang")["id"])),
        "adres met noodtoegang": lambda a: show_break_glass.show_address(
            a, NU, UUID(casus.eerste("access_noodtoegang")["id"])
        ),
        "eerdere overdracht": lambda a: show_shift.show_earlier(
            a, NU, UUID(casus.eerste("capacity_dienstoverdrachtregel")["overdracht_id"])
        ),
        "koppeling casus": lambda a: show_api.read_casus(a, NU, id_),
        "koppeling gebeurtenissen": lambda a: show_api.list_events(a, NU, id_, hoogstens=500),
        "koppeling besluiten": lambda a: show_api.list_decisions(a, NU, id_, hoogstens=500),
    }


LIJSTEN: dict[str, Callable[[Actor], Any]] = {
    "alarmen": lambda a: show_alarms.show_alarms(a, NU, geweest=True),
    "bord": lambda a: show_board.show_board(a, NU, show_board.Filters(oefening=True, alles=True)),
    "agenda": lambda a: show_agenda.show_agenda(a, NU),
    "overdracht": lambda a: show_shift.show_shift(a, NU),
    "wie overdraagt": lambda a: hand_over_shift.waiting(a, NU),
    "mijn werk": lambda a: show_my_work.show_my_work(a, NU),
    "morgenlijst": lambda a: morning_list.show_morning_list(a, NU, note_look=False),
    "open meldingen": lambda a: show_melding.open_meldingen(a, NU),
    "koppeling casussen": lambda a: show_api.list_casussen(a, NU, hoogstens=500),
    "koppeling klokken": lambda a: show_api.list_clocks(a, NU, hoogstens=500),
    "log van de regio": lambda a: show_log.show_log_page(a, NU, {}),
    "log als bestand": lambda a: show_log.export_log(a, NU, {}),
    "blokkades van de regio": lambda a: block_person.show_blocks_of_region(a, NU),
    "verzoeken van ons": lambda a: show_verzoek.list_requests(a, NU),
    "te wissen bij ons": lambda a: show_verzoek.list_orders(a, NU),
    "verzoeken van de regio": lambda a: oversee_verzoeken.oversee_requests(a, NU),
    "bewaren": lambda a: show_bewaren.show_bewaren(a, NU),
    "noodtoegang van de regio": lambda a: show_break_glass.show_reviews(a, NU),
    "tweede persoon": lambda a: show_break_glass.second_questions(a, NU),
    "eigen noodtoegang": lambda a: break_glass.running(a, NU),
    "termijnen herrekenen": lambda a: recompute_clocks.difference(a, NU),
    "koppeling vragen": lambda a: answer_question.list_questions(a, NU, alleen_open=False, hoogstens=500),
}
"""Every road to many casussen at once."""
GELOPEN = frozenset(
    [
        "answer_question.list_questions",
        "answer_question.read_question",
        "block_person.show_blocks",
        "block_person.show_blocks_of_region",
        "close_casus.what_is_left",
        "break_glass.running",
        "find_family.find_family",
        "hand_over_shift.waiting",
        "oversee_verzoeken.oversee_requests",
        "prepare_afschrift.fetch_copy",
        "show_bewaren.erased",
        "show_bewaren.show_bewaren",
        "show_break_glass.second_questions",
        "show_break_glass.show_review",
        "show_break_glass.show_reviews",
        "show_verzoek.list_orders",
        "show_verzoek.list_requests",
        "show_verzoek.show_reading",
        "show_verzoek.show_request",
        "show_verzoek.show_requests",
        "show_verzoek.show_walk",
        "take_in_hand.show_hands",
        "presence.look",
        "recompute_clocks.difference",
        "search_casus.search_casus",
        "search_casus.find_casus",
        "show_agenda.show_agenda",
        "show_alarms.show_alarms",
        "show_api.list_casussen",
        "show_api.list_events",
        "show_api.list_decisions",
        "show_api.list_clocks",
        "show_board.show_board",
        "show_casus.show_casus",
        "show_casus.show_address",
        "show_casus_log.show_casus_log",
        "show_family_log.family_log",
        "show_log.show_log_page",
        "show_log.show_log",
        "show_log.export_log",
        "show_melding.show_melding",
        "show_melding.open_meldingen",
        "show_my_work.show_my_work",
        "show_shift.show_earlier",
        "show_shift.show_shift",
        "morning_list.show_morning_list",
        "who_to_call.who_to_call",
    ]
)
"""Every function that opens the lock to read and is walked here."""
NIET_GELOPEN: dict[str, str] = {
    "answer_question._find": "deel van read_question", "presence.others": "deel van look en show_casus",
    "presence.leave": "haalt alleen de eigen aanwezigheid weg", "show_casus.parts_in_sight": "geeft alleen namen van onderdelen",
    "show_family_log.leads": "zegt ja of nee", "show_family_log.may_list": "deel van family_log",
    "show_family_log.family_log_of_number": "dezelfde lijst, voor de FG; tests/process/test_logboek.py",
    "show_log.show_line": "één regel van show_log; tests/process/test_logboek.py",
    "show_unusual.show_unusual": "deel van show_log_page", "show_melding.is_author": "zegt ja of nee",
    "show_melding.casus_of": "geeft een kenmerk", "undo.just_done": "alleen wat hij zelf op dit moment deed",
    "show_walk._newest": "de nachtdienst van de demo: een eigen casus", "take_melding._takes_part": "zegt ja of nee",
    "recompute_clocks.open_here": "geeft kenmerken; deel van difference",
    "show_beheer.show_people": "mensen, geen casussen",
    "show_failed_signins.show_failed_signins": "aanmeldingen, geen casussen; tests/process/test_mislukte_aanmeldingen.py",
    "block_person.block_by_number": "schrijft; tests/web/test_blokkade.py",
    "block_person.lift_by_number": "schrijft; tests/web/test_blokkade.py",
    "break_glass.break_glass": "schrijft; tests/process/test_break_glass.py", "break_glass.finish": "schrijft; tests/process/test_break_glass.py",
    "break_glass.answer_second": "schrijft; tests/process/test_break_glass.py", "break_glass.review": "schrijft; tests/process/test_break_glass.py",
    "break_glass.known_elsewhere": "namen van organisaties; tests/process/test_break_glass.py",
    "show_break_glass.count_reviews": "twee aantallen",
    "order_erasure.hold_casus": "schrijft; tests/process/test_bewaren.py", "order_erasure.lift_hold": "schrijft; tests/process/test_bewaren.py",
    "order_erasure.order_erasure": "schrijft; tests/process/test_bewaren.py", "order_erasure.confirm_erasure": "schrijft; tests/process/test_bewaren.py",
    "order_erasure.withdraw_erasure": "schrijft; tests/process/test_bewaren.py",
    "oversee_verzoeken.judge_destruction": "schrijft; tests/process/test_verzoek.py",
}  # fmt: skip
"""The others, with the reason."""
ZOEKBAAR = {
    "casework_casus.nummer": "kern", "casework_jeugdige.achternaam": "kern", "casework_jeugdige.bsn": "gezin",
    "casework_jeugdige.voornaam": "kern", "casework_jeugdige.geboortedatum": "gezin", "casework_persoon.naam": "gezin",
    "casework_persoon.telefoon": "contact", "casework_melding.telefoon": "melding",
}  # fmt: skip
"""Columns that a casus is found by, and the part that must be in sight: who finds it, knows what stands there.
By a surname also who sees its initial only: the parent who calls back is looked for by name."""
BEKEND_AAN = ("bsn", "telefoon", "achternaam")


def answer_of(vraag: Callable[[Actor], Any], actor: Actor) -> Any:
    """What somebody gets to see; None for a refusal. What was written on the way is undone."""
    try:
        with transaction.atomic():
            uit = vraag(actor)
            transaction.set_rollback(True)
            return uit
    except Weigering:
        return None


@contextmanager
def first_lock_alone() -> Iterator[None]:
    """Everything inside sees every row, as if the second lock were not there: what is kept, the filter keeps."""
    was = slot.turn

    def turn(to: tuple[str, str, str]) -> None:
        with connection.cursor() as cursor:
            cursor.execute(f"select {slot.OPEN}", to)
        slot.opened(to)

    slot.turn = turn
    try:
        yield
    finally:
        slot.turn = was


def walk_queries(w: Wereld, wie: Iterable[tuple[str, str]], casussen: Iterable[str], zoek: bool = True) -> Uitslag:
    """Every road of every casus for these people (function, relation). A cell is one value on one road, seen or not."""
    uit, casussen = Uitslag(), list(casussen)
    per_casus = {naam: [k for k in w.kanaries.values() if k.casus == naam] for naam in casussen}
    for rol, relatie in wie:
        actor = w.actoren[rol, relatie]
        gezien: set[Any] = set()
        for naam in casussen:
            for weg, vraag in of_casus(w.casussen[naam]).items():
                gezien |= _look(
                    w,
                    uit,
                    rol,
                    relatie,
                    f"{weg} van {naam}",
                    answer_of(vraag, actor),
                    weg in OP_VERZOEK,
                    weg in MET_NOOD,
                )
            uit.cellen += len(per_casus[naam]) * len(of_casus(w.casussen[naam]))
        for weg, vraag in LIJSTEN.items():
            gezien |= _look(w, uit, rol, relatie, weg, answer_of(vraag, actor), False)
            uit.cellen += sum(map(len, per_casus.values()))
        for naam in casussen:
            for k in per_casus[naam]:
                if k.plek in NIET_TE_ZIEN or k.waarde in gezien or not w.zicht(rol, relatie, naam):
                    continue
                if w.promised(k, rol, relatie, asked=True):
                    uit.fouten.append(f"BELOOFD, NIET GEZIEN {rol} {relatie} {naam}: {k.plek} ({k.rij})")
            if zoek:
                uit.add(_search(w, rol, relatie, w.casussen[naam]))
    return uit


def _look(
    w: Wereld, uit: Uitslag, rol: str, relatie: str, waar: str, antwoord: Any, asked: bool, nood: bool = False
) -> set[Any]:
    gezien = {waarde for waarde in values_in(antwoord) if waarde in w.kanaries}
    for waarde in gezien:
        k = w.kanaries[waarde]
        if not w.promised(k, rol, relatie, asked, nood):
            uit.fouten.append(f"LEK {rol} {relatie}, {waar}: {k.plek} van {k.casus} ({k.rij})")
    return gezien


def _search(w: Wereld, rol: str, relatie: str, casus: Casusrijen) -> Uitslag:
    """A casus is found by what one may see of it, and by nothing else; what is found shows no more than its row says."""
    uit, actor = Uitslag(), w.actoren[rol, relatie]
    te_zien = w.zicht(rol, relatie, casus.naam)
    for k in w.kanaries.values():
        if k.casus != casus.naam or k.plek not in ZOEKBAAR:
            continue
        tekst = f"{k.waarde:%d-%m-%Y}" if isinstance(k.waarde, date) else str(k.waarde)
        antwoord = answer_of(lambda a, tekst=tekst: search_casus.search_casus(a, NU, tekst), actor)
        gevonden = antwoord is not None and casus.id in {v.id for v in antwoord.vondsten}
        uit.cellen += 1
        mag = may(rol, "casus.zoeken") and "kern" in te_zien and ZOEKBAAR[k.plek] in te_zien
        if gevonden and not mag:
            uit.fouten.append(f"LEK {rol} {relatie}, zoeken op {k.plek}: vindt {casus.naam} ({ZOEKBAAR[k.plek]})")
        if mag and not gevonden and not unfindable(k, casus):
            uit.fouten.append(f"BELOOFD, NIET GEZIEN {rol} {relatie}: zoeken op {k.plek} vindt {casus.naam} niet")
        _look(w, uit, rol, relatie, f"zoeken op {k.plek}", antwoord, False)
        veld = k.kolom
        if veld in BEKEND_AAN:
            antwoord = answer_of(lambda a, veld=veld, tekst=tekst: find_family.find_family(a, NU, {veld: tekst}), actor)
            _look(w, uit, rol, relatie, f"herkennen op {k.plek}", antwoord, False)
            uit.cellen += 1
    return uit


def unfindable(k: Kanarie, casus: Casusrijen) -> bool:
    """What is not found although it may be: the first name of a child whose casus is over, or whose file is only kept."""
    return k.kolom == "voornaam"


NIET_TE_ZIEN: dict[str, str] = {
    "casework_aanbod.zichtbaar_vanaf": "alleen zolang de ander de vraag nog niet ziet",
    "casework_rto.reden_andere_dag": "alleen als het RTO later is dan afgesproken",
    "casework_verzoek.uiterlijk": "alleen zolang het verzoek openstaat",
}
"""What a row promises and no road of this world shows, with the reason."""
