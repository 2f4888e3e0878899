# SPDX-License-Identifier: EUPL-1.2
"""A secret address goes nowhere: words that occur only in it are looked for on every page, in every answer, in the log, in
the output of the program and in every table, for every function and every part that an organisation can have.

`TOEGESTAAN` says where they may be found; everything else is a leak.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.conf import settings
from django.db import connection, transaction
from django.test import Client
from django.urls import get_resolver

from tests.api.sleutels import Asker, key_of
from tests.house.test_rechten import addresses, closed_operations, fill, sound_alarm
from tests.mensen import SOORT_VAN, actor_of, medewerker, organisatie, sign_in
from tests.process.test_show_casus import NACHT
from vangnet.access import log
from vangnet.access.actor import Actor
from vangnet.access.models import Betrokkenheid, Deel, Logregel, Medewerker, Organisatie, Rol, Soort
from vangnet.access.zicht import delen, zicht
from vangnet.casework.models import Casus, Inzet, Notitie
from vangnet.conf import clock
from vangnet.process.break_glass import answer_second, ask_address, break_glass, read_request
from vangnet.process.dispatch_inschatting import arrive, decide_crisis, depart
from vangnet.process.hand_over_shift import hand_over
from vangnet.process.plan_rto import plan_rto
from vangnet.process.prepare_afschrift import choose_passages, release_copy
from vangnet.process.show_shift import show_shift
from vangnet.process.show_verzoek import show_reading, show_walk
from vangnet.process.stapsoorten import STAPPEN
from vangnet.process.start_crisiszorg import begin_inzet, choose_inzet, inform_parents
from vangnet.process.take_melding import begin_melding, finish_melding, save_fields
from vangnet.process.take_verzoek import judge_asker, register_request
from vangnet.process.werk import working_on
from vangnet.web.casus.verzoek import label

pytestmark = pytest.mark.django_db

NU = NACHT + timedelta(hours=14)

STRAAT, POSTCODE, PLAATS = "Kwikstaartsteeg 8317", "6491 QZ", "Wielewaaldorp"
HUIS, OPVANG, STRAKS = "Huize Goudvink", "Stichting Nachtegaal", "Tante Putter"
OVERLEG, TOEN = "Zaal Boomklever", "Vluchthuis Roodborst"
SCHOOL, BIJ_JUF = "Basisschool Zilverreiger", "Haalt hem op bij de IJsvogel."
"""What is kept with somebody who is no family: those in the casus work with it, break-glass does not show it."""
ADRES = (
    "Kwikstaart", "8317", "6491", "Wielewaal", "Goudvink", "Nachtegaal", "Boomklever", "Roodborst", "Putter",
)  # fmt: skip
"""The canaries: street, house number, postcode, place, the house where the child stays, who runs it, where the meeting is,
where the child was at the call, and where it goes next."""
TELEFOON = ("0455590417", "45 559 04 17", "559 04 17")
"""The number of that house, kept with the person who shelters the child."""

TOEGESTAAN: frozenset[tuple[str, str]] = frozenset()
"""Who (a key of `Wereld.wie`) may find an address with a GET at which URL name: nobody, nowhere. The address in full comes
by a POST of its own, which is a line in the log (`test_the_address_is_shown_to_the_few`)."""

TABELLEN = {
    "casework_adres", "casework_inzet", "casework_rto", "casework_melding", "casework_jeugdige", "casework_versie",
    "casework_feit", "casework_gebeurtenis",
}  # fmt: skip
"""The tables that may hold it: the record itself, its history and its events. Each is behind the second lock."""


@dataclass
class Wereld:
    """One casus with a secret address, and who looks at it."""

    casus_id: UUID
    melding_id: UUID
    kind_id: UUID
    inzet_id: UUID
    wie: dict[str, Medewerker] = field(default_factory=dict)
    """By function, or by part: `gast` (jeugdbeschermer, invited), `eerder` (was involved), `vreemd` (never was)."""
    huis: dict[str, Organisatie] = field(default_factory=dict)
    ids: dict[str, Any] = field(default_factory=dict)
    nood: dict[str, UUID] = field(default_factory=dict)
    """By who looks with break-glass: his."""
    verzoek: dict[str, UUID] = field(default_factory=dict)
    """Requests of which the copy waits for a second reader (`lezen`), and was released (`klaar`)."""


@pytest.fixture(scope="module")
def wereld(django_db_setup: None, django_db_blocker: Any) -> Iterator[Wereld]:
    """Made once, undone at the end."""
    with django_db_blocker.unblock(), clock.put_at(NU), transaction.atomic():
        yield make_world()
        transaction.set_rollback(True)


def make_world() -> Wereld:
    huis = {soort: organisatie(soort, naam=f"{soort} hier") for soort in Soort.values}
    wie = {rol: medewerker(rol, huis[SOORT_VAN[Rol(rol)]]) for rol in Rol.values}
    wie["eerder"] = medewerker("planner", organisatie("zorgaanbieder", naam="Was er eerder"))
    huis_vreemd = organisatie("crisisdienst", naam="Andere dienst")
    wie["vreemd"] = medewerker("crisismedewerker", huis_vreemd)
    wie["gast"] = medewerker("jeugdbeschermer", organisatie("gi", naam="GI te gast"))
    wie["gevraagd"] = medewerker("planner", organisatie("zorgaanbieder", naam="Alleen gevraagd"))
    wie["signaal"] = medewerker("toegangsmedewerker", organisatie("toegang", naam="Toegang elders", gemeente="Vaals"))
    ik = actor_of(wie[Rol.CRISISMEDEWERKER])
    melding, kind, oma, juf, adres = (uuid4() for _ in range(5))
    casus_id = begin_melding(ik, NACHT, melding, {f"jeugdige.{kind}.voornaam": "Milan"}).casus_id
    save_fields(
        ik,
        NACHT,
        melding,
        {
            f"jeugdige.{kind}.achternaam": "Verhulst",
            f"jeugdige.{kind}.geboortedatum": "02-03-2010",
            f"jeugdige.{kind}.waar_nu": HUIS,
            f"persoon.{oma}.rol": "oma",
            f"persoon.{oma}.naam": "Oma Verhulst",
            f"persoon.{oma}.telefoon": "045 559 04 17",
            f"persoon.{juf}.rol": "school",
            f"persoon.{juf}.naam": "Juf Loes",
            f"persoon.{juf}.organisatie": SCHOOL,
            f"persoon.{juf}.opmerking": BIJ_JUF,
            f"adres.{adres}.straat": STRAAT,
            f"adres.{adres}.postcode": POSTCODE,
            f"adres.{adres}.plaats": PLAATS,
            f"adres.{adres}.geheim": "ja",
            "melding.waar_nu": TOEN,
            "gemeente": "Heerlen",
            "melding.melder": "politie",
            "melding.situatie": "Vader en zoon vechten.",
            "betrokken.gi": "geen",
            "triage.direct_onveilig": "ja",
        },
    )
    finish_melding(ik, NACHT, melding, "inschatting")
    depart(ik, NACHT + timedelta(minutes=10), casus_id, "Noor Peeters")
    arrive(ik, NACHT + timedelta(minutes=30), casus_id)
    decide_crisis(ik, NACHT + timedelta(minutes=50), casus_id, True, "Ze kunnen niet samen in huis.", "Fatima")
    inzet = choose_inzet(
        ik, NACHT + timedelta(minutes=55), casus_id, "residentieel", kind, aanbieder_naam=OPVANG, plaats=HUIS,
        gesproken_met="Karim", reden="Thuis kan niet.", overwogen={"ambulant": "Te onveilig.", "netwerk": "Er is niemand.", "noodbed": "Vol.", "pleegzorg": "Vol."},
    )  # fmt: skip
    inform_parents(ik, NACHT + timedelta(minutes=58), casus_id, inzet, "Karin en Dennis")
    begin_inzet(ik, NACHT + timedelta(hours=2), casus_id, inzet)
    choose_inzet(
        ik, NACHT + timedelta(hours=2, minutes=5), casus_id, "netwerkpleegzorg", kind, aanbieder_naam=STRAKS, plaats=HUIS,
        gesproken_met="Karim", reden="Rustiger plek.",
    )  # fmt: skip
    plan_rto(
        ik, NACHT + timedelta(hours=3), casus_id, NU + timedelta(hours=3), OVERLEG, reden_andere_dag="Eerder kan niet."
    )
    w = Wereld(casus_id, melding, kind, inzet, wie, huis)
    with working_on(ik, casus_id, "aanbod.doen", NU - timedelta(hours=2)) as werk:
        w.ids["aanbod_id"] = werk.ask("hulp", huis[Soort.ZORGAANBIEDER].pk, "Kun je helpen?").id
        werk.ask("hulp", actor_of(wie["gevraagd"]).organisatie_id, "Kun je helpen?")
        werk.ask("signaal", actor_of(wie["signaal"]).organisatie_id, "Pak je dit op?")
        werk.involve(huis[Soort.ZORGAANBIEDER].pk, Deel.HULP)
        werk.involve(huis[Soort.TAFEL].pk, Deel.MEEDENKEN)
        werk.involve(huis[Soort.VEILIG_THUIS].pk, Deel.VERVOLG)
        werk.involve(huis[Soort.GI].pk, Deel.VERVOLG)
        werk.involve(actor_of(wie["gast"]).organisatie_id, Deel.RTO)
        taak = werk.task("Bel school", huis[Soort.TOEGANG].pk)
        assert taak is not None
        w.ids["taak_id"] = taak.id
    with working_on(ik, casus_id, "regie.overdragen", NU - timedelta(hours=1)) as werk:
        werk.pass_regie(huis[Soort.TOEGANG].pk)
        w.ids["gebeurtenis_id"] = werk.event("contact", gegevens={"met": "school"}).id
    Betrokkenheid.objects.create(
        casus_id=casus_id, organisatie_id=actor_of(wie["eerder"]).organisatie_id, deel=Deel.HULP,
        van=NACHT, tot=NU - timedelta(hours=1),
    )  # fmt: skip
    notitie = Notitie(
        casus_id=casus_id, gebeurd_op=NU, ingevoerd_op=NU, door_id=ik.medewerker_id, namens_id=ik.organisatie_id,
        tekst="Rustige nacht.",
    )  # fmt: skip
    notitie.save()
    zij = actor_of(wie[Rol.TOEGANGSMEDEWERKER])  # Who leads now, and so answers a request of the family.
    w.ids["verzoek_id"] = register_request(zij, NU, casus_id, "afschrift", oma)
    judge_asker(zij, NU, casus_id, w.ids["verzoek_id"], "bewijs", True, "Oma heeft een machtiging.")
    _copies(w, zij, oma)
    log.note(ik, "inzien", "casus", NU, casus_id)
    w.ids["nood_id"] = w.ids["vraag_id"] = uuid4()
    for naam in NOOD:
        w.wie[naam] = medewerker("crisismedewerker", huis_vreemd)
        vraag = read_request(Casus.objects.get(id=casus_id).nummer, "De broer belt en zij neemt niet op.")
        w.nood[naam] = break_glass(actor_of(w.wie[naam]), NU, vraag, "code", uuid4())
    ask_address(actor_of(w.wie["nood vrij"]), NU, w.nood["nood vrij"], "Ik moet er nu naartoe.", levensgevaar=False)
    answer_second(actor_of(wie[Rol.PSYCHIATER]), NU, w.nood["nood vrij"], ja=True, bevestigd="code")
    gezien = show_shift(ik, NU, note_look=False).gezien
    w.ids["overdracht_id"] = hand_over(ik, NU, uuid4(), gezien, {casus_id: "Oma belt om acht uur."})
    w.ids["alarm_id"] = sound_alarm(casus_id, huis[Soort.CRISISDIENST])
    assert Inzet.objects.get(id=inzet).plaats == HUIS
    assert Casus.objects.get(id=casus_id).geheim
    w.ids |= {
        "casus_id": casus_id, "melding_id": melding, "notitie_id": notitie.pk,
        "regel_id": Logregel.objects.filter(casus_id=casus_id).latest("op").pk, "sleutel": "zuid-limburg",
        "nummer": "ZL-63", "geheim": "onbekend", "soort": "casussen", "organisatie_id": huis[Soort.CRISISDIENST].pk,
        "medewerker_id": wie[Rol.CRISISMEDEWERKER].pk, "dienst_id": uuid4(), "koppeling_id": uuid4(), "dag_id": uuid4(), "opdracht_id": uuid4(), "bericht_id": uuid4(), "uitnodiging_id": uuid4(),
    }  # fmt: skip
    return w


def _copies(w: Wereld, een: Actor, vrager: UUID) -> None:
    """A copy that waits for its second reader, and one that was released."""
    for stap in ("lezen", "klaar"):
        w.verzoek[stap] = verzoek = register_request(een, NU, w.casus_id, "afschrift", vrager)
        judge_asker(een, NU, w.casus_id, verzoek, "bewijs", True, "Oma heeft een machtiging.")
        wandeling = show_walk(een, NU, w.casus_id, verzoek, label).wandeling
        keuzes = {e.passage.sleutel: (e.passage.vingerafdruk, e.keuze) for e in wandeling.passages}
        choose_passages(een, NU, w.casus_id, verzoek, keuzes, klaarleggen=True, label=label)
    twee = actor_of(medewerker(een.rol, w.huis[Soort.TOEGANG]))
    gelezen = show_reading(twee, NU, w.casus_id, verzoek, label).gelezen
    release_copy(twee, NU, w.casus_id, verzoek, gelezen, label)


ALGEMEEN = ("bron", "bronnen", "regio", "regios", "regioverschil", "afspraken", "gezond")
"""Pages about the agreements only: crawled once."""
DUBBEL = frozenset({Rol.PSYCHIATER, Rol.MEDEWERKER_VEILIG_THUIS})
"""Who sees the same parts as another here: every URL, but one step."""


def pages(w: Wereld, ruim: bool, algemeen: bool, wie: str = "") -> Iterator[tuple[str, str]]:
    """Every URL with the casus filled in, by name; with `ruim` every step of it, with `algemeen` what is of no casus."""
    nummer = Casus.objects.values_list("nummer", flat=True).get(id=w.casus_id)
    for adres in addresses(get_resolver()):
        if adres.naam == "afmelden" or adres.route.startswith("proef") or (adres.naam in ALGEMEEN and not algemeen):
            continue
        slugs = (list(STAPPEN) if ruim else ["gezin"]) if adres.naam == "casus_stap" else [""]
        for slug in slugs:
            ids = w.ids | {"nood_id": w.nood.get(wie, next(iter(w.nood.values())))}
            woorden = {naam: slug if naam == "slug" else ids[naam] for naam in adres.woorden}
            yield adres.naam or adres.route, fill(adres, woorden)
    casus = f"/casus/{w.casus_id}"
    for stap, naam in (("lezen", "lezen"), ("klaar", "afschrift"), ("klaar", "bestand")):
        yield f"verzoek_{naam}", f"{casus}/verzoek/{w.verzoek[stap]}/{naam}"
    if ruim:
        for slug in ("inzet", "slaapplek", "inzet_einde", "inzet_begin", "rto"):
            for ding in (w.kind_id, w.inzet_id):
                yield "casus_stap", f"{casus}/stap/{slug}?ding={ding}"
    yield from (
        ("zoeken", "/zoeken?q=Milan"), ("zoeken", f"/zoeken?q={nummer}"), ("bellen", f"/bellen?casus={w.casus_id}"),
        ("casus_wie_keek", f"{casus}/wie-keek?voor=ouder"), ("beheer_log", f"/beheer/log?casus={nummer}"),
        ("beheer_log_bestand", f"/beheer/log/bestand?casus={nummer}"),
        ("beheer_log_gezin", f"/beheer/log/gezin?casus={nummer}&voor=ouder"),
        ("melding_bekend", f"/melding/{w.melding_id}/bekend?achternaam=Verhulst&voornaam=Milan&geboren=02-03-2010"),
        ("fout", f"/casus/{uuid4()}"), ("fout", "/bestaat-niet"),
    )  # fmt: skip


def found(tekst: str, woorden: tuple[str, ...]) -> list[str]:
    """The canaries in a text, each with what stands around it."""
    return [tekst[max(0, tekst.find(w) - 60) : tekst.find(w) + 40] for w in woorden if w in tekst]


NOOD = ("nood", "nood vrij")
"""Who looks with break-glass: with the address shut, and with it released by a second person."""
ZIET = {
    Rol.TOEGANGSMEDEWERKER: {"verzoek", "verzoek_kiezen", "verzoek_lezen", "verzoek_afschrift", "verzoek_bestand", "verzoeken"},
    Rol.CRISISMEDEWERKER: {"noodtoegang", "noodtoegang_vragen"}, "nood": {"noodtoegang_kind"}, "nood vrij": {"noodtoegang_kind"},
    Rol.PSYCHIATER: {"noodtoegang_vragen"}, Rol.BEHEERDER: {"beheer_bewaren"},
    Rol.FG: {"beheer_bewaren", "beheer_noodtoegang", "beheer_noodtoegang_een", "beheer_verzoeken"},
}  # fmt: skip
"""Pages that somebody must really have seen, and not a refusal in their place."""
WIE = [*Rol.values, "eerder", "vreemd", "gast", "gevraagd", "signaal", *NOOD]


@pytest.mark.parametrize("wie", WIE)
def test_no_page_names_a_secret_address(wie: str, wereld: Wereld, caplog: pytest.LogCaptureFixture) -> None:
    client = Client(raise_request_exception=False)
    sleutel = sign_in(client, wereld.wie[wie])
    actor = actor_of(wereld.wie[wie])
    ziet = zicht(actor.rol, delen(actor, wereld.casus_id, NU))
    lekken, gelukt, gezien = [], 0, set()
    with caplog.at_level(logging.INFO):
        for naam, pad in pages(wereld, bool(ziet) and wie not in DUBBEL, wie == Rol.CRISISMEDEWERKER, wie):
            client.cookies[settings.SESSION_COOKIE_NAME] = sleutel
            with transaction.atomic():
                answer = client.get(pad)
                tekst = b"".join(answer.streaming_content) if answer.streaming else answer.content
                transaction.set_rollback(True)
            tekst = tekst.decode("utf-8", "replace") + str(dict(answer.headers))
            gelukt += answer.status_code == 200
            gezien |= {naam} if answer.status_code == 200 else set()
            assert answer.status_code < 500, pad
            if (wie, naam) not in TOEGESTAAN:
                lekken += [f"{pad}: {plek!r}" for plek in found(tekst, ADRES)]
            if "contact" not in ziet and wie != "nood vrij":
                lekken += [f"{pad}: {plek!r}" for plek in found(tekst, TELEFOON)]
    lekken += [f"uitvoer: {plek!r}" for plek in found(caplog.text, ADRES + TELEFOON)]
    assert not lekken, "\n".join(lekken)
    assert gelukt > (20 if "gezin" in ziet and wie not in DUBBEL else 5), "the crawl must really have seen pages"
    assert ZIET.get(wie, set()) <= gezien
    if wie in NOOD:
        kind = client.get(f"/noodtoegang/{wereld.nood[wie]}").content.decode()
        assert "Milan" in kind
        assert "Juf Loes" in kind
        # Where the school is, who leads and who helps say in which part of the region the child is.
        gebied = (
            "Zilverreiger",
            "IJsvogel",
            *(f"{soort} hier" for soort in Soort.values if soort != Soort.CRISISDIENST),
        )
        assert bool(found(kind, gebied)) == (wie == "nood vrij")
        assert f"{Soort.CRISISDIENST} hier" in kind
    if "gezin" in ziet:
        assert "Milan" in client.get(f"/casus/{wereld.casus_id}").content.decode()


@pytest.mark.parametrize(
    "soort", [Soort.CRISISDIENST, Soort.TOEGANG, Soort.GI, Soort.VEILIG_THUIS, Soort.ZORGAANBIEDER]
)
def test_no_answer_of_the_interface_names_it(soort: str, wereld: Wereld) -> None:
    asker, welk = Asker(key_of(wereld.huis[soort])), {"casussen": "casus_id", "meldingen": "melding_id"}
    lekken, gelukt = [], 0
    for h in closed_operations():
        if h.methode != "GET":
            continue
        pad = h.pad.replace("{id}", str(wereld.ids[welk.get(h.pad.split("/")[3], "aanbod_id")]))
        answer = asker.get(pad)
        gelukt += answer.status_code == 200
        lekken += [f"{pad}: {plek!r}" for plek in found(answer.content.decode(), ADRES)]
    assert not lekken, "\n".join(lekken)
    assert gelukt


def test_the_address_is_shown_to_the_few(wereld: Wereld) -> None:
    """By a POST that is a line in the log: who needs to go there, and nobody else. The warning stands beside it."""
    zien, dicht = [], []
    for wie in WIE:
        client = Client()
        sign_in(client, wereld.wie[wie])
        pad = f"/noodtoegang/{wereld.nood[wie]}/adres" if wie in NOOD else f"/casus/{wereld.casus_id}/adres"
        answer = client.post(pad)
        tekst = answer.content.decode()
        (zien if STRAAT in tekst else dicht).append(wie)
        if STRAAT in tekst:
            assert "niet noemen, ook niet bevestigen" in tekst
            assert "no-store" in answer["Cache-Control"]
        else:
            assert answer.status_code in ((400,) if wie in NOOD else (403, 404))
            assert not found(tekst, ADRES)
    assert set(zien) == {Rol.CRISISMEDEWERKER, Rol.COORDINATOR, Rol.TOEGANGSMEDEWERKER, "nood vrij"}
    for wie in set(zien) - {*NOOD}:
        client = Client()
        sign_in(client, wereld.wie[wie])
        for pad in ("", "/stap/gezin", "/print"):
            tekst = client.get(f"/casus/{wereld.casus_id}{pad}").content.decode()
            assert "niet noemen, ook niet bevestigen" in tekst, pad


def test_no_table_but_the_record_holds_it(wereld: Wereld) -> None:
    """The strip of the board, events, clocks, offers, tasks, the log, sessions: nothing kept beside the record has it."""
    lekken = []
    for tabel in connection.introspection.table_names():
        if tabel in TABELLEN:
            continue
        with connection.cursor() as cursor:
            cursor.execute(f'select t::text from "{tabel}" t')
            tekst = "\n".join(rij[0] for rij in cursor.fetchall())
        lekken += [f"{tabel}: {plek!r}" for plek in found(tekst, ADRES)]
    assert not lekken, "\n".join(lekken)


def test_what_is_refused_does_not_reach_the_output(wereld: Wereld, caplog: pytest.LogCaptureFixture) -> None:
    client = Client(raise_request_exception=False)
    sign_in(client, wereld.wie[Rol.CRISISMEDEWERKER])
    ik, adres = f"/casus/{wereld.casus_id}", uuid4()
    with caplog.at_level(logging.INFO), transaction.atomic():
        for pad, velden in (
            (f"{ik}/veld", {"pad": f"adres.{adres}.postcode", "waarde": PLAATS}),
            (f"{ik}/veld", {"pad": STRAAT, "waarde": STRAAT}),
            (f"{ik}/velden", {f"w:adres.{adres}.postcode": PLAATS, f"o:adres.{adres}.postcode": '""'}),
            (f"{ik}/stap/slaapplek", {"formulier": "slaapplek", "plaats": HUIS, "jeugdige": PLAATS}),
            (f"/melding/{wereld.melding_id}/veld", {"plek.postcode": PLAATS}),
            ("/zoeken", {"q": STRAAT}),
        ):
            assert client.post(pad, velden).status_code < 500, pad
        regels = "\n".join(str(r) for r in Logregel.objects.values_list())
        transaction.set_rollback(True)
    assert not found(caplog.text + regels, ADRES)
