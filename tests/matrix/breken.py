# SPDX-License-Identifier: EUPL-1.2
"""The walk itself put to the proof: a check of the product is taken away, and the walk must notice. Each way of breaking says
what it takes away and on which road it must be seen."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple
from unittest.mock import patch

from django.db import connection, transaction

from tests.matrix.adressen import walk_interface, walk_keys_and_sessions, walk_pages, walk_refusals
from tests.matrix.database import walk_database
from tests.matrix.vragen import Uitslag, first_lock_alone, walk_queries
from tests.matrix.wereld import EERDER, GEBLOKKEERD, GEHEIM, OPEN, VREEMD, Wereld
from vangnet.access import koppelingen, middleware, zicht
from vangnet.access.models import Betrokkenheid, Blokkade, Deel, Koppeling, Rol
from vangnet.process import presence, search_casus, show_api, show_board, show_casus, show_casus_log, show_melding, werk
from vangnet.process.show_board import Strip
from vangnet.web.dienst import views as dienst

CM, PSY, TOEGANG, PLANNER = Rol.CRISISMEDEWERKER, Rol.PSYCHIATER, Rol.TOEGANGSMEDEWERKER, Rol.PLANNER


class Breuk(NamedTuple):
    """One check that is taken away: what it is, how, and the part of the walk that must see it."""

    wat: str
    weg: Callable[[], Any]
    loop: Callable[[Wereld], Uitslag]


def _filter_alone(*wie: tuple[str, str], casus: str = OPEN) -> Callable[[Wereld], Uitslag]:
    def loop(w: Wereld) -> Uitslag:
        with first_lock_alone():
            return walk_queries(w, wie, [casus], zoek=False)

    return loop


def _pages(*wie: tuple[str, str], casus: str = GEHEIM) -> Callable[[Wereld], Uitslag]:
    return lambda w: walk_pages(w, wie, [casus], ["gezin"])


def _searching(*wie: tuple[str, str]) -> Callable[[Wereld], Uitslag]:
    def loop(w: Wereld) -> Uitslag:
        with first_lock_alone():
            return walk_queries(w, wie, [OPEN])

    return loop


@contextmanager
def _sql(weg: str) -> Iterator[None]:
    """The database changed by its superuser, for the length of a walk."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("set constraints all immediate")
            cursor.execute(weg)
            cursor.execute("set constraints all deferred")
        yield
        transaction.set_rollback(True)


def _betrokken_van(einde: bool = True, blokkade: bool = True) -> Any:
    """The filter without one of its two conditions."""

    def gebroken(organisatie_id: Any, medewerker_id: Any, moment: Any) -> Any:
        rijen = Betrokkenheid.objects.filter(organisatie_id=organisatie_id, van__lte=moment)
        if einde:
            rijen = rijen.exclude(tot__lte=moment)
        dicht = Blokkade.objects.filter(medewerker_id=medewerker_id).values("casus_id")
        return rijen.exclude(casus_id__in=dicht) if blokkade else rijen

    return gebroken


@contextmanager
def _filter(**zonder: bool) -> Iterator[None]:
    gebroken = _betrokken_van(**zonder)
    with (
        patch.object(zicht, "betrokken_van", gebroken),
        patch.object(zicht, "_DELEN", lambda o, m, op, c: gebroken(o, m, op).filter(casus_id=c).values_list("deel")),
    ):
        yield


@contextmanager
def _all_parts(*modules: Any) -> Iterator[None]:
    """In these rooms whoever takes part sees everything."""

    def alles(rol: str, delen: Any) -> frozenset[str]:
        return zicht.ALLES if delen else frozenset()

    with patch.multiple(modules[0], zicht=alles):
        if modules[1:]:
            with _all_parts(*modules[1:]):
                yield
        else:
            yield


def _open_addresses() -> Any:
    echt = show_casus.addresses_of
    return patch.object(show_casus, "addresses_of", lambda d, show_secret=False: echt(d, True))


@contextmanager
def _blind_strips() -> Iterator[None]:
    """Two strips of one casus are the same, whoever looks."""
    for kant in (dienst._regel, *(f for f in vars(dienst).values() if hasattr(f, "cache_clear"))):
        kant.cache_clear()
    with (
        patch.object(Strip, "__eq__", lambda een, ander: een.casus_id == ander.casus_id),
        patch.object(Strip, "__hash__", lambda een: hash(een.casus_id)),
    ):
        yield
    for kant in (f for f in vars(dienst).values() if hasattr(f, "cache_clear")):
        kant.cache_clear()


@contextmanager
def _without_session_number() -> Iterator[None]:
    zonder = middleware._asked().replace(" and m.sessienummer = %(nummer)s", "")
    assert zonder != middleware._asked()
    with patch.object(middleware, "_asked", lambda: zonder):
        yield


@contextmanager
def _every_scope() -> Iterator[None]:
    echt = koppelingen._known

    def alles(sleutel: str) -> Koppeling | None:
        gevonden = echt(sleutel)
        if gevonden is not None:
            gevonden.scopes = list(koppelingen.SCOPES)
        return gevonden

    with patch.object(koppelingen, "_known", alles):
        yield


ALLE_DELEN = [(deel,) for deel in (Deel.REGIE, Deel.CRISISHULP)]
BREUKEN: tuple[Breuk, ...] = (
    Breuk("het einde van de betrokkenheid in het filter", lambda: _filter(einde=False), _filter_alone((CM, EERDER))),
    Breuk("de blokkade in het filter", lambda: _filter(blokkade=False), _filter_alone((CM, GEBLOKKEERD))),
    Breuk(
        "het filter van de casuspagina",
        lambda: patch.object(show_casus, "delen_van", lambda *_: frozenset(Deel.values)),
        _filter_alone((CM, VREEMD)),
    ),
    Breuk(
        "het filter van zoeken",
        lambda: patch.object(search_casus, "_in_sight", lambda a, op, ids: dict.fromkeys(ids, zicht.ALLES)),
        _searching((CM, VREEMD)),
    ),
    Breuk(
        "het filter van het bord",
        lambda: patch.object(
            show_board, "lopend",
            lambda *_: {b.casus_id: zicht.Eigen(frozenset({Deel.REGIE}), False) for b in Betrokkenheid.objects.all()},
        ),
        _filter_alone((CM, VREEMD)),
    ),
    Breuk("de onderdelen van de casuspagina", lambda: _all_parts(show_casus), _filter_alone((TOEGANG, Deel.SIGNAAL))),
    Breuk("de onderdelen van de melding", lambda: _all_parts(show_melding), _filter_alone((CM, Deel.SIGNAAL))),
    Breuk("het onderdeel van de lijst wie keek", lambda: _all_parts(show_casus_log), _filter_alone((CM, Deel.DOSSIER), (TOEGANG, Deel.RTO))),
    Breuk(
        "de onderdelen in een koppeling",
        lambda: patch.object(show_api, "parts_in_sight", lambda *_: zicht.ALLES),
        lambda w: walk_interface(w, [Deel.RTO], [OPEN]),
    ),
    Breuk("de onderdelen van de hartslag", lambda: _all_parts(presence), _filter_alone((Rol.FG, Deel.REGIE))),
    Breuk("het geheime adres op de casuspagina", _open_addresses, _filter_alone((CM, Deel.CRISISHULP), casus=GEHEIM)),
    Breuk("het recht aan de poort (needs)", lambda: patch.object(middleware, "may", lambda *_: True), _pages((Rol.FG, Deel.REGIE))),
    Breuk("het recht bij het werk (working_on)", lambda: patch.object(werk, "may", lambda *_: True), lambda w: walk_refusals(w, [(PLANNER, Deel.HULP)], [OPEN])),
    Breuk("het nummer van de sessie", _without_session_number, walk_keys_and_sessions),
    Breuk("de scope van een sleutel", _every_scope, walk_keys_and_sessions),
    Breuk("wie de bewaarde strip mag zien", _blind_strips, _pages((CM, Deel.CRISISHULP), (PSY, Deel.MEEDENKEN))),
    Breuk(
        "de rijbeveiliging van één tabel",
        lambda: _sql("alter table casework_jeugdige disable row level security"),
        lambda w: walk_database(w, [CM], [VREEMD]),
    ),
    Breuk(
        "de regel in de rijbeveiliging",
        lambda: _sql("drop policy deelnemer on casework_notitie; create policy deelnemer on casework_notitie using (true)"),
        lambda w: walk_database(w, [CM], [VREEMD]),
    ),
    Breuk(
        "wie betrokkenheid toevoegt",
        lambda: _sql("drop policy erbij on access_betrokkenheid; create policy erbij on access_betrokkenheid for insert with check (true)"),
        lambda w: walk_database(w, [CM], [VREEMD]),
    ),
    Breuk(
        "dat feiten alleen erbij komen",
        lambda: _sql("alter table casework_feit disable trigger alleen_erbij"),
        lambda w: walk_database(w, [CM], [Deel.REGIE]),
    ),
    Breuk(
        "wat de applicatie met een controle van het log mag",
        lambda: _sql("grant delete on access_zegelcontrole to vangnet_app; alter table access_zegelcontrole disable trigger user"),
        lambda w: walk_database(w, [CM], [Deel.REGIE]),
    ),
    Breuk(
        "het onderdeel in zicht bij het werk",
        lambda: patch.object(werk, "DELEN_BIJ", {}),
        lambda w: walk_refusals(w, [(CM, Deel.RTO)], [OPEN]),
    ),
)  # fmt: skip
"""Every check that is taken away in turn."""
SNEL = (0, 5, 10, 13, 16)
"""Those that run with every test: one of each kind."""


def caught(w: Wereld, breuk: Breuk) -> str:
    """The first fault that the walk sees with this check taken away; empty when it sees none."""
    with transaction.atomic():
        with breuk.weg():
            uit = breuk.loop(w)
        transaction.set_rollback(True)
    return next((f for f in uit.fouten if f.startswith(("LEK", "STATUS", "SPOOR"))), "")
