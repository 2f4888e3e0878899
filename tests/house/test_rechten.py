# SPDX-License-Identifier: EUPL-1.2
"""Every URL with every function: what the table gives is given, what it does not give is refused, and nothing ever breaks.

The world is small: one region with every function, and for each organisation a casus in which it takes part, one in which it
did before, and one in which it never did. The URLs come from the resolver; a URL whose mark is no line of the table, or whose
arguments nobody names here, fails.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from types import SimpleNamespace
from typing import Any, NamedTuple
from uuid import UUID, uuid4

import pytest
from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import URLResolver, get_resolver, path

from tests.house.sources import ROOT
from tests.house.test_toegang import is_ninja_root, ninja_path_view
from tests.mensen import SOORT_VAN, actor_of, functie, medewerker, organisatie, sign_in
from vangnet.access import koppelingen, log
from vangnet.access.declare import OPENBAAR, declare, toegang_of
from vangnet.access.models import (
    Betrokkenheid,
    Deel,
    Koppeling,
    Logregel,
    Medewerker,
    Organisatie,
    Rol,
    Sluitingsdag,
    Soort,
)
from vangnet.access.rechten import CASUSROLLEN, DIENST, MERKEN, REGIEVOEREND, REGIO, TABEL, may
from vangnet.access.zicht import zicht, zichtbaar
from vangnet.api.urls import api
from vangnet.capacity.models import Dienst, Dienstoverdracht
from vangnet.casework.models import Casus, Gebeurtenis, Notitie
from vangnet.clocks.models import Alarm, Klok, Waarschuwing
from vangnet.conf import clock
from vangnet.process.break_glass import ask_address, break_glass, read_request
from vangnet.process.keep_fields import save_field
from vangnet.process.show_rights import rights_document
from vangnet.process.stapsoorten import STAPPEN
from vangnet.process.take_melding import begin_melding
from vangnet.process.take_verzoek import register_request
from vangnet.process.werk import working_on

pytestmark = pytest.mark.django_db

NU = datetime.fromisoformat("2024-05-17T21:00:00+02:00")
EIGEN, EERDER, ANDER = "eigen", "eerder", "ander"

DEEL_VAN: dict[str, str] = {
    Soort.CRISISDIENST: Deel.REGIE,
    Soort.TOEGANG: Deel.REGIE,
    Soort.GI: Deel.REGIE,
    Soort.VEILIG_THUIS: Deel.REGIE,
    Soort.ZORGAANBIEDER: Deel.HULP,
    Soort.TAFEL: Deel.MEEDENKEN,
}
"""The part in which each kind of organisation takes part in its own casus."""


class Adres(NamedTuple):
    """One URL: its route, its name, its mark, and its arguments with their converters."""

    route: str
    naam: str
    merk: str | None
    woorden: dict[str, str]


@dataclass
class Gezien:
    """A casus of the world with what hangs on it."""

    id: UUID
    melding_id: UUID
    notitie_id: UUID
    aanbod_id: UUID = field(default_factory=uuid4)
    """Something that was asked of the organisation."""
    taak_id: UUID = field(default_factory=uuid4)
    gebeurtenis_id: UUID = field(default_factory=uuid4)
    """Something on the timeline."""
    verzoek_id: UUID = field(default_factory=uuid4)
    """Something that the family asked about its file."""
    alarm_id: UUID = field(default_factory=uuid4)
    """A deadline that the organisation was warned about."""


@dataclass
class Wereld:
    """Everybody, and per organisation the three casussen."""

    mensen: dict[str, Medewerker] = field(default_factory=dict)
    collega: dict[str, Medewerker] = field(default_factory=dict)
    casussen: dict[tuple[str, str], Gezien] = field(default_factory=dict)
    """By function and variant."""
    dagen: dict[str, UUID] = field(default_factory=dict)
    huis: dict[str, UUID] = field(default_factory=dict)
    """Per function the organisation."""
    toegang: Organisatie | None = None
    dienst_id: UUID | None = None
    """A line of the roster of the crisis service."""
    overdracht_id: UUID | None = None
    """A hand-over of the crisis service that waits."""
    koppeling_id: UUID | None = None
    """A key of the crisis service."""
    regel_id: UUID | None = None
    """A line of the log."""
    nood: dict[str, UUID] = field(default_factory=dict)
    """Per function a break-glass of its own that runs; for the others one of a colleague, which asks for an address."""
    uitnodiging_id: UUID | None = None
    """An invitation that waits for a second person."""


def addresses(resolver: Any, prefix: str = "") -> Iterator[Adres]:
    """Every URL outside the programming interface, which is public and walked by its own tests."""
    for entry in resolver.url_patterns:
        route = prefix + str(entry.pattern)
        if route.startswith(("api/", "^api")):
            continue
        if isinstance(entry, URLResolver):
            yield from addresses(entry, route)
        elif ninja_path_view(entry.callback) is None and not is_ninja_root(entry.callback):
            woorden = {naam: type(c).__name__ for naam, c in entry.pattern.converters.items()}
            yield Adres(route, entry.name or "", toegang_of(entry.callback), woorden)


ALLE = list(addresses(get_resolver()))
BESLOTEN = [a for a in ALLE if a.merk != OPENBAAR]
VAN_EEN_CASUS = frozenset({"casus_id", "melding_id", "alarm_id"})
"""Arguments that say which casus: with one of these the condition of the table is betrokkenheid."""
VERZOEKEN = ("verzoek", "verzoek_kiezen", "verzoek_lezen", "verzoek_afschrift", "verzoek_bestand")
ONDERDEEL = {
    "casus_adres": "adres",
    "casus_log": "log",
    "alarm_bevestigen": "klokken",
    "alarmen_casus": "klokken",
} | dict.fromkeys(VERZOEKEN, "log")
"""Pages of a casus that show one part, which must be in sight."""
ZONDER_FORMULIER = frozenset({"casus_stap", "verzoek"})
"""A form that is sent names itself; with an empty body it is none, and 404 is right."""


def values(adres: Adres, wereld: Wereld, rol: str, variant: str) -> Iterator[dict[str, Any]]:
    """What to fill in; for an argument that is not known here the test fails."""
    casus = wereld.casussen.get((rol, variant)) or wereld.casussen[(Rol.CRISISMEDEWERKER, ANDER)]
    eigen = wereld.toegang.pk if wereld.toegang and rol == Rol.BEHEERDER else wereld.huis.get(rol)
    bekend: dict[str, Any] = {
        "casus_id": casus.id,
        "melding_id": casus.melding_id,
        "notitie_id": casus.notitie_id,
        "aanbod_id": casus.aanbod_id,
        "taak_id": casus.taak_id,
        "gebeurtenis_id": casus.gebeurtenis_id,
        "verzoek_id": casus.verzoek_id,
        "medewerker_id": wereld.collega[rol].pk,
        "regel_id": wereld.regel_id or uuid4(),
        "organisatie_id": eigen,
        "dienst_id": wereld.dienst_id,
        "overdracht_id": wereld.overdracht_id,
        "koppeling_id": wereld.koppeling_id,
        "nood_id": wereld.nood.get(rol) or wereld.nood.get("", uuid4()),
        "vraag_id": wereld.nood.get("", uuid4()),
        "uitnodiging_id": wereld.uitnodiging_id or uuid4(),
        "dag_id": wereld.dagen.get(rol) or wereld.dagen[Rol.BEHEERDER],
        "soort": "organisaties" if rol == Rol.BEHEERDER else "casussen",
        "opdracht_id": uuid4(),
        "bericht_id": uuid4(),
        "alarm_id": casus.alarm_id,
        "sleutel": "zuid-limburg",
        "nummer": "ZL-63",
        "geheim": "onbekend",
    }
    woorden = {}
    for naam in adres.woorden:
        if naam == "slug" and adres.naam == "casus_stap":
            continue
        assert naam in bekend, f"{adres.route}: geef in tests/house/test_rechten.py een waarde voor '{naam}'"
        woorden[naam] = bekend[naam]
    if adres.naam == "casus_stap":
        # One page with some thirty forms: every function opens a third of them, every form is opened by three.
        for slug in list(STAPPEN)[list(Rol.values).index(rol) % 3 :: 3]:
            yield {**woorden, "slug": slug}
    else:
        yield woorden


def fill(adres: Adres, woorden: dict[str, Any]) -> str:
    """The URL with its arguments."""
    uit = adres.route
    for naam, waarde in woorden.items():
        for converter in ("uuid:", "slug:", "str:", "int:", "path:", ""):
            uit = uit.replace(f"<{converter}{naam}>", str(waarde))
    assert "<" not in uit, uit
    return f"/{uit}"


@pytest.fixture(scope="module")
def wereld(django_db_setup: None, django_db_blocker: Any) -> Iterator[Wereld]:
    """The world, made once in one transaction that is undone at the end."""
    with django_db_blocker.unblock(), clock.put_at(NU), transaction.atomic():
        yield make_world()
        transaction.set_rollback(True)


def make_world() -> Wereld:
    w = Wereld()
    huizen: dict[str, Organisatie] = {}
    for rol in Rol:
        soort = SOORT_VAN[rol]
        if soort not in huizen:
            huizen[soort] = organisatie(soort, naam=f"{soort} hier")
        w.mensen[rol] = medewerker(rol, huizen[soort])
        w.collega[rol] = medewerker(rol, huizen[soort])
        w.huis[rol] = huizen[soort].pk
    w.toegang = organisatie("toegang", naam="Toegang Vaals", gemeente="Vaals")
    elders = medewerker("crisismedewerker", organisatie("crisisdienst", naam="Andere dienst"))
    dienst = w.mensen[Rol.CRISISMEDEWERKER]
    w.dienst_id = Dienst.objects.create(
        organisatie=huizen[Soort.CRISISDIENST], medewerker=dienst, taak="voorwacht", van=NU, tot=NU + timedelta(hours=8)
    ).pk
    w.overdracht_id = Dienstoverdracht.objects.create(
        organisatie=huizen[Soort.CRISISDIENST], gever=w.collega[Rol.CRISISMEDEWERKER], getekend_op=NU, sinds=NU
    ).pk
    log.note(actor_of(dienst), "inzien", "bord", NU)
    w.regel_id = Logregel.objects.latest("op").pk
    later = NU + timedelta(days=30)
    w.koppeling_id = koppelingen.create(
        None, NU, huizen[Soort.CRISISDIENST].pk, "Telefoon", ["bellen.inzien"], later
    ).id
    per_huis: dict[tuple[str, str], Gezien] = {}
    for soort, huis in huizen.items():
        if soort not in DEEL_VAN:
            continue
        per_huis[(soort, EIGEN)] = eigen = make_casus(dienst)
        deel = DEEL_VAN[soort]
        if soort != Soort.CRISISDIENST:
            with working_on(actor_of(dienst), eigen.id, "regie.overdragen", NU) as werk:
                if deel == Deel.REGIE:
                    werk.pass_regie(huis.pk)
                else:
                    werk.involve(huis.pk, deel)
        with working_on(actor_of(dienst), eigen.id, "aanbod.doen", NU) as werk:
            eigen.aanbod_id = werk.ask("hulp", huis.pk, "Kun je helpen?").id
            taak = werk.task("Bel school", huis.pk)
        assert taak is not None
        eigen.taak_id = taak.id
        eigen.alarm_id = sound_alarm(eigen.id, huis)
        per_huis[(soort, ANDER)] = make_casus(elders)
        per_huis[(soort, EERDER)] = eerder = make_casus(elders)
        Betrokkenheid.objects.create(
            casus_id=eerder.id,
            organisatie=huis,
            deel=Deel.HULP,
            van=NU - timedelta(days=2),
            tot=NU - timedelta(hours=1),
        )
    for rol in Rol:
        for variant in (EIGEN, EERDER, ANDER):
            if (SOORT_VAN[rol], variant) in per_huis:
                casus = per_huis[(SOORT_VAN[rol], variant)]
                notitie = write_note(casus.id, w.mensen[rol]) if variant == EIGEN else casus.notitie_id
                w.casussen[(rol, variant)] = replace(casus, notitie_id=notitie)
    ander = per_huis[(Soort.CRISISDIENST, ANDER)].id
    save_field(actor_of(elders), NU, ander, f"adres.{uuid4()}.geheim", "ja")
    nummer = Casus.objects.get(id=ander).nummer
    for rol, wie in (
        (Rol.CRISISMEDEWERKER, dienst),
        (Rol.COORDINATOR, w.mensen[Rol.COORDINATOR]),
        ("", w.collega[Rol.COORDINATOR]),
    ):
        vraag = read_request(nummer, "De broer belt en zij neemt niet op.")
        w.nood[rol] = break_glass(actor_of(wie), NU, vraag, "code", uuid4())
    ask_address(actor_of(w.collega[Rol.COORDINATOR]), NU, w.nood[""], "Ik moet er nu naartoe.", levensgevaar=False)
    for rol, huis in ((Rol.TOEGANGSMEDEWERKER, huizen[Soort.TOEGANG]), (Rol.BEHEERDER, w.toegang)):
        w.dagen[rol] = Sluitingsdag.objects.create(
            organisatie=huis, datum=date(2024, 6, 6), gemeld_op=date(2024, 1, 20), door=w.mensen[Rol.BEHEERDER]
        ).pk
    return w


def make_casus(wie: Medewerker) -> Gezien:
    melding = uuid4()
    begonnen = begin_melding(
        actor_of(wie),
        NU - timedelta(days=3),
        melding,
        {"gemeente": "Heerlen", "melding.melder": "politie", "triage.direct_onveilig": "ja"},
    )
    casus = Gezien(begonnen.casus_id, melding, write_note(begonnen.casus_id, wie))
    casus.verzoek_id = register_request(actor_of(wie), NU, casus.id, "afschrift", None, "Iemand met een machtiging")
    casus.gebeurtenis_id = Gebeurtenis.objects.get(casus_id=casus.id, soort="melding_begonnen").pk
    return casus


def sound_alarm(casus_id: UUID, huis: Organisatie) -> UUID:
    """A deadline of this casus that passed, and about which this organisation was warned."""
    klok = Klok.objects.create(
        casus_id=casus_id, sleutel="proef.laat", wat="Iets", begonnen_op=NU, uiterlijk=NU, eigenaar="crisisdienst"
    )
    alarm = Alarm.objects.create(casus_id=casus_id, klok=klok, soort="verstreken", moment=NU, op=NU, ladder="uur")
    Waarschuwing.objects.create(
        casus_id=casus_id, alarm=alarm, sport=0, op=NU, wie="eigenaar", organisatie=huis, wegen=["scherm"]
    )
    return alarm.pk


def write_note(casus_id: UUID, wie: Medewerker) -> UUID:
    """A note by this person, for his organisation."""
    bij = actor_of(wie).organisatie_id
    notitie = Notitie(casus_id=casus_id, gebeurd_op=NU, ingevoerd_op=NU, door=wie, namens_id=bij, tekst="Een regel.")
    notitie.save()
    return notitie.pk


@pytest.fixture(autouse=True)
def quiet() -> Iterator[None]:
    """A thousand refusals are what is asked for here; their log lines with tracebacks cost more than the refusals."""
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)


@contextmanager
def undone() -> Iterator[None]:
    """Whatever is asked changes nothing for the next."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def expected(adres: Adres, rol: str, variant: str, woorden: dict[str, Any]) -> str:
    """By the table: `ja`, `nee` (403) or `onvindbaar` (404)."""
    assert adres.merk is not None
    if not may(rol, adres.merk):
        return "nee"
    if not VAN_EEN_CASUS & adres.woorden.keys() or MERKEN[adres.merk].voorwaarde == REGIO:
        return "ja"
    if variant != EIGEN:
        return "onvindbaar"
    stap = STAPPEN.get(woorden.get("slug", ""))
    onderdeel = stap.onderdeel if stap else ONDERDEEL.get(adres.naam, "kern")
    in_zicht = onderdeel in zicht(rol, [DEEL_VAN[SOORT_VAN[Rol(rol)]]])
    return "ja" if in_zicht and (stap is None or may(rol, stap.merk)) else "nee of onvindbaar"


def fault_in(verwacht: str, methode: str, status: int, adres: Adres) -> bool:
    if status >= 500:
        return True
    if verwacht == "nee":
        return status != 403
    if status == 405:
        return False
    if verwacht in ("onvindbaar", "nee of onvindbaar"):
        # 400 for an empty form tells nothing of a casus: it is the same for one that does not exist.
        goed = {404} | ({403} if verwacht != "onvindbaar" else set()) | ({400} if methode == "POST" else set())
        return status not in goed
    if methode == "POST" and adres.naam in ZONDER_FORMULIER:
        return status == 403
    return status in (401, 403, 404)


@pytest.mark.parametrize("rol", Rol.values)
def test_every_url_answers_every_function_as_the_table_says(rol: str, wereld: Wereld, client: Client) -> None:
    sleutel = sign_in(client, wereld.mensen[rol])
    client.raise_request_exception = False
    mis = []
    for adres in BESLOTEN:
        assert adres.merk in MERKEN, f"{adres.route}: merk {adres.merk} staat niet in de rechtentabel"
        varianten = (EIGEN, EERDER, ANDER) if VAN_EEN_CASUS & adres.woorden.keys() else (EIGEN,)
        if not may(rol, adres.merk):
            varianten = (EIGEN,)
        for variant in varianten:
            gekozen = list(values(adres, wereld, rol, variant))
            if variant != EIGEN or not may(rol, adres.merk):
                gekozen = gekozen[:1]
            for woorden in gekozen:
                verwacht = expected(adres, rol, variant, woorden)
                # A step that is sent with an empty body names no form, whichever step it is: asked once.
                eerste = woorden is gekozen[0]
                for methode in ("GET", "POST") if eerste else ("GET",):
                    with undone():
                        client.cookies[settings.SESSION_COOKIE_NAME] = sleutel
                        status = client.generic(methode, fill(adres, woorden)).status_code
                    if fault_in(verwacht, methode, status, adres):
                        mis.append(f"{methode} {fill(adres, woorden)} ({variant}): {status}, verwacht {verwacht}")
    assert not mis, "\n".join(mis)


def test_nobody_signed_in_gets_nowhere_and_breaks_nothing(wereld: Wereld, client: Client) -> None:
    client.raise_request_exception = False
    mis = []
    for adres in ALLE:
        for woorden in list(values(adres, wereld, Rol.COORDINATOR, EIGEN))[:1]:
            for methode in ("GET", "POST"):
                with undone():
                    antwoord = client.generic(methode, fill(adres, woorden))
                ergens = str(antwoord.headers.get("Location", ""))
                if antwoord.status_code >= 500 and adres.route != "gezond":
                    mis.append(f"{methode} /{adres.route}: {antwoord.status_code}")
                elif adres.merk != OPENBAAR and not ergens.startswith("/aanmelden") and antwoord.status_code != 401:
                    mis.append(f"{methode} /{adres.route}: {antwoord.status_code}, verwacht: eerst aanmelden")
    assert not mis, "\n".join(mis)


@pytest.mark.parametrize("rol", Rol.values)
def test_a_query_finds_what_the_table_gives(rol: str, wereld: Wereld) -> None:
    """The same at the level of the query: the one filter of lists, search and print."""
    ids = set(Casus.objects.filter(id__in=zichtbaar(actor_of(wereld.mensen[rol]), NU)).values_list("id", flat=True))
    if rol not in CASUSROLLEN:
        assert not ids
        return
    assert wereld.casussen[(rol, EIGEN)].id in ids
    assert wereld.casussen[(rol, EERDER)].id not in ids
    assert wereld.casussen[(rol, ANDER)].id not in ids


class Handeling(NamedTuple):
    """One operation of the interface that asks for a key."""

    methode: str
    pad: str
    merk: str


def closed_operations() -> list[Handeling]:
    """Every operation of the interface but the open ones."""
    return [
        Handeling(methode, f"/api/v1{pad}", str(toegang_of(een.view_func)))
        for pad, bij in api.default_router.path_operations.items()
        for een in bij.operations
        for methode in een.methods
        if toegang_of(een.view_func) != OPENBAAR
    ]


LICHAAM: dict[str, dict[str, Any]] = {
    "/api/v1/meldingen/{id}": {},
    "/api/v1/aanbiedingen/{id}/antwoord": {"antwoord": "aanvaard", "besloten_door": "B. Jansen"},
}
"""What is sent to an operation that writes; one without a line here fails."""
WELK_ID = {"casussen": "id", "meldingen": "melding_id", "aanbiedingen": "aanbod_id"}
"""Which id of a casus of the world a path takes, by its first word; a path that is not here fails."""
ONDERDEEL_VAN = {"gebeurtenissen": "tijdlijn", "besluiten": "tijdlijn"}
"""Operations on a casus that show one part, which must be in sight."""


def expected_of_key(h: Handeling, scope: str, soort: str, variant: str) -> set[int]:
    """By the scopes and the table: what a key may be answered."""
    if h.merk != scope or scope not in koppelingen.scopes_for(soort):
        return {403}
    if "{id}" not in h.pad:
        return {200}
    if h.methode == "PUT" and "meldingen" in h.pad:
        return {409}  # whoever it is of, it is there already: nothing of it is told
    if variant != EIGEN:
        return {404}
    onderdeel = ONDERDEEL_VAN.get(h.pad.rpartition("/")[2])
    if onderdeel and onderdeel not in zicht(koppelingen.ROL_VAN[soort], [DEEL_VAN[soort]]):
        return {403}
    return {200}


@pytest.mark.parametrize("soort", list(DEEL_VAN))
def test_every_operation_answers_every_scope_as_the_table_says(soort: str, wereld: Wereld, client: Client) -> None:
    client.raise_request_exception = False
    rol = koppelingen.ROL_VAN[soort]
    mis = []
    with undone():
        for scope in koppelingen.SCOPES:
            sleutel = koppelingen.create(None, NU, wereld.huis[rol], scope, [], NU + timedelta(days=9))
            Koppeling.objects.filter(pk=sleutel.id).update(
                scopes=[scope]
            )  # also one that does not fit the organisation
            for h in closed_operations():
                for variant in (EIGEN, EERDER, ANDER) if "{id}" in h.pad and h.merk == scope else (EIGEN,):
                    casus = wereld.casussen[(rol, variant)]
                    pad = h.pad.replace("{id}", str(getattr(casus, WELK_ID.get(h.pad.split("/")[3], "id"))))
                    lichaam = json.dumps(LICHAAM[h.pad]) if h.methode == "PUT" else ""
                    with undone():
                        status = client.generic(
                            h.methode,
                            pad,
                            lichaam,
                            "application/json",
                            headers={"Authorization": f"Bearer {sleutel.sleutel}"},
                        ).status_code
                    goed = expected_of_key(h, scope, soort, variant)
                    if status not in goed:
                        mis.append(f"{h.methode} {h.pad} met {scope} ({soort}, {variant}): {status}, verwacht {goed}")
    assert not mis, "\n".join(mis)


def test_the_matrix_knows_every_operation_of_the_interface() -> None:
    handelingen = closed_operations()
    assert {h.merk for h in handelingen} == set(koppelingen.SCOPES) <= MERKEN.keys()
    for h in handelingen:
        assert h.methode == "GET" or h.pad in LICHAAM, f"{h.pad}: geef een lichaam in LICHAAM"
        assert "{id}" not in h.pad or h.pad.split("/")[3] in WELK_ID, f"{h.pad}: zeg in WELK_ID welk id"


def test_an_address_without_a_line_in_the_table_is_found() -> None:
    @declare("casus.opeten", "no such right")
    def wrong(request: HttpRequest) -> HttpResponse:
        return HttpResponse()

    gevonden = list(addresses(SimpleNamespace(url_patterns=[path("x/<uuid:iets>", wrong)])))
    assert gevonden == [Adres("x/<uuid:iets>", "", "casus.opeten", {"iets": "UUIDConverter"})]
    assert gevonden[0].merk not in MERKEN
    with pytest.raises(AssertionError, match="'iets'"):
        list(values(gevonden[0], Wereld(collega=dict.fromkeys(Rol, SimpleNamespace(pk=1)), casussen={(Rol.CRISISMEDEWERKER, ANDER): Gezien(*3 * [uuid4()])}, dagen={Rol.BEHEERDER: uuid4()}), Rol.FG, EIGEN))  # fmt: skip


def test_an_administrator_the_fg_and_policy_have_no_casus() -> None:
    for rol in (Rol.BEHEERDER, Rol.FG, Rol.BELEIDSMEDEWERKER):
        assert not any(may(rol, merk) for merk in MERKEN if merk.startswith(("casus.", "melding.", "gezin.", "feit.")))
        assert all(zicht(rol, [deel]) == frozenset() for deel in Deel)


def test_the_table_is_sound() -> None:
    assert len(MERKEN) == len(TABEL), "no line twice"
    assert DIENST | REGIEVOEREND <= CASUSROLLEN
    for recht in TABEL:
        assert recht.rollen
        assert recht.rollen <= set(Rol)
        assert recht.voorwaarde
        assert recht.reden.endswith(".")


def test_a_function_that_ended_gives_nothing(wereld: Wereld, client: Client) -> None:
    with undone():
        wie = wereld.collega[Rol.CRISISMEDEWERKER]
        extra = functie(wie, Rol.COORDINATOR, van=NU - timedelta(days=9), tot=NU - timedelta(minutes=1))
        sign_in(client, wie, extra)
        assert client.get("/beheer").status_code == 302


def test_the_document_is_of_today() -> None:
    text = (ROOT / "docs" / "rechten.md").read_text(encoding="utf-8")
    assert text == rights_document(), "voer uit: vangnet rechten --markdown > docs/rechten.md"
