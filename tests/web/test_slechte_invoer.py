# SPDX-License-Identifier: EUPL-1.2
"""Whatever is posted wherever, by whoever: never our fault (5xx), always a page with a sentence, and nothing doubled."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from random import Random
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from tests.mensen import actor_of, medewerker, organisatie, sign_in
from tests.process.test_show_casus import NACHT, casus
from tests.web.test_casus import walk_to
from vangnet.access.models import Betrokkenheid, Deel, Medewerker, Organisatie
from vangnet.casework.models import Adres
from vangnet.conf import clock
from vangnet.process.dossier import read_dossier
from vangnet.process.feitsoorten import feitsoorten
from vangnet.process.hand_over_procesregie import offer_regie
from vangnet.process.invoer import RIJVELDEN
from vangnet.process.keep_fields import save_field
from vangnet.process.plan_rto import plan_rto
from vangnet.process.take_melding import save_fields
from vangnet.process.weigeringen import Achterhaald, GeenRecht
from vangnet.process.write_note import write_note
from vangnet.web.casus import doen
from vangnet.web.casus.doen import DADEN

pytestmark = pytest.mark.django_db

LELIJK = (
    "", " ", "\x00", "a\x00b", "x" * 25_000, "9" * 400, "👶🏽🚑", "\u202egnagtiu\u202c",
    "' or 1=1; drop table casework_casus; --", "<script>alert(1)</script>", "{{ 7*7 }}{% debug %}", "%s %(a)s {0} {naam}",
    "29-02-2023", "2023-02-29", "2024-03-31T02:30", "0001-01-01T00:00", "9999-12-31T23:59", "0001-01-01T00:00+14:00",
    "9999-12-31T23:59:59-14:00", "2024-05-16T21:52:00+99:00", "1900-01-01T00:00+23:59", "123456789", "-1", "1e9", "NaN", "Infinity", "٣", "²", "ja", "nee", "on",
    "2024-05-16T22:10", "2024-W20-4", "2024-05-16T22", "20240516T221000Z", "null", "[]", '{"a": 1}', '"\\u0000"', "[" * 5_000,
    "00000000-0000-0000-0000-000000000000", "g" * 36, "../../etc/passwd", "a.b.c.d", ".", "\r\nSet-Cookie: a=b",
)  # fmt: skip
"""Nasty values; each is posted in many places, by a fixed seed."""


def routes(resolver: Any = None, voor: str = "") -> Iterator[tuple[str, str]]:
    """Every address with a name: its template and its name."""
    for een in (resolver or get_resolver()).url_patterns:
        if isinstance(een, URLResolver):
            yield from routes(een, voor + str(een.pattern))
        elif isinstance(een, URLPattern):
            yield voor + str(een.pattern), een.name or ""


NIET = frozenset(
    {
        "afmelden",
        "slot",
        "proef",
        "account_functie",
        "account_weg",
        "account_wachtwoord",
        "account_sleutel",
        "account_app",
    }
)
"""Addresses that sign out, lock or change who is asking: the rooms of signing in try those themselves."""
NAMEN = tuple(sorted(set(re.findall(
    r"""p\.(?:tekst|moment|moment_moet|dag|dag_moet|id|id_moet|ids|janee|janee_moet|getal)\("(\w+)"\)""",
    Path(doen.__file__).read_text(encoding="utf-8"),
))))  # fmt: skip
"""Every field that a step reads."""
RIJEN = frozenset({
    "inzet", "inzet_id", "jeugdige", "rto", "rto_id", "genodigde", "aanbod", "taak", "klok", "wie", "notitie", "notitie_id", "persoon",
})  # fmt: skip
"""Fields that name a row of the casus."""


class World:
    """Two casussen with help running: one that the reader works on, and one of others, whose rows are tried as well."""

    def __init__(self) -> None:
        self.toegang = organisatie("toegang", naam="Toegang Heerlen", gemeente="Heerlen", telefoon="045 555 01 30")
        organisatie("zorgaanbieder", naam="De Linde", telefoon="045 555 01 40")
        self.ik, self.id = casus()
        self.ander, self.ander_id = casus(organisatie("crisisdienst", naam="Een andere dienst"))
        for wie, id_ in ((self.ik, self.id), (self.ander, self.ander_id)):
            walk_to("hulp", wie, id_)
            op = NACHT + timedelta(minutes=50)
            plan_rto(
                wie, op, id_, NACHT + timedelta(days=1, hours=12), "Gemeentehuis", [{"naam": "Oma"}], "Morgen kan."
            )
            write_note(wie, op, id_, "De buurvrouw past op.")
        offer_regie(self.ik, NACHT + timedelta(minutes=51), self.id, self.toegang.id, "Neem je het over?")
        self.eigen, self.vreemd = self.ids(self.id), self.ids(self.ander_id)

    def ids(self, casus_id: UUID) -> list[str]:
        """The ids of everything in a casus."""
        d = read_dossier(casus_id)
        assert d is not None
        rijen = (d.inzetten, d.rtos, d.aanbiedingen, d.taken, d.klokken, d.jeugdigen, d.personen, d.meldingen)
        return [str(casus_id), *(str(rij.id) for lijst in rijen for rij in lijst)]

    def melding(self, casus_id: UUID) -> UUID:
        """The call that began a casus."""
        d = read_dossier(casus_id)
        assert d is not None
        return d.melding.id

    def client(self, wie: Any) -> Client:
        """Signed in; a fault of ours comes back as a page, as it would on a phone."""
        client = Client(raise_request_exception=False)
        sign_in(client, Medewerker.objects.get(id=wie.medewerker_id))
        return client

    def stand(self) -> Any:
        """The other casus as it stands, to compare."""
        d = read_dossier(self.ander_id)
        assert d is not None
        feiten = {f.veld: f.waarde for f in d.feiten}
        return (
            d.casus.versie,
            feiten,
            [(i.id, i.van, i.tot) for i in d.inzetten],
            len(d.betrokkenheden),
        )


@pytest.fixture
def world() -> Iterator[World]:
    """An hour after the call."""
    with clock.put_at(NACHT + timedelta(hours=1)):
        yield World()


def check(answer: Any, wat: Any) -> None:
    """No fault of ours, and a page that says something in a sentence."""
    text = answer.content.decode("utf-8", "replace")
    assert answer.status_code < 500, (wat, answer.status_code, text[:600])
    if answer.status_code >= 400 and answer.status_code not in (405,):
        assert re.search(r"[A-Z][^<>]{12,}[.?]", text), (wat, answer.status_code, text[:400])
    html = answer.headers.get("Content-Type", "").startswith("text/html")
    assert not (html and "<script>alert" in text) and "{{ 7*7 }}" not in answer.headers.get("Location", ""), wat


def paths(world: World, kies: Random) -> Iterator[str]:
    """Every address under which something can be sent: with my own ids, those of others, and made-up ones."""
    for sjabloon, naam in routes():
        if naam in NIET or "static" in sjabloon or sjabloon.startswith("api"):
            continue
        for bron in (world.eigen, world.vreemd, [str(uuid4())]):
            eigen = world.eigen[0] if bron is world.eigen else bron[0]
            pad = sjabloon.replace("<uuid:casus_id>", eigen)
            pad = re.sub(r"<uuid:\w+>", lambda _m, uit=bron: kies.choice(uit), pad)
            pad = re.sub(r"<slug:\w+>", lambda _m: kies.choice(("mensen", "organisaties", "x" * 90)), pad)
            yield "/" + re.sub(r"<\w+:\w+>", "onzin", pad)
            if pad == sjabloon:
                break


@pytest.mark.parametrize("rol", ["crisismedewerker", "toegangsmedewerker"])
def test_no_address_falls_over_what_is_sent(world: World, rol: str) -> None:
    kies = Random(f"adressen {rol}")
    bij = {"toegangsmedewerker": world.toegang, "crisismedewerker": Organisatie.objects.get(id=world.ik.organisatie_id)}
    client = world.client(actor_of(medewerker(rol, bij.get(rol))))
    velden = ("naam", "waarde", "was", "pad", "versie", "oefening", "gemeld_op", "sinds", "uitkomst", "antwoord", "doe", "reden", "email",
              "rol", "organisatie", "telefoon", "gemeente", "soort", "lijst", "van", "tot", "dag", "datum", "wie", "taal", "terug", "q",
              "aanvaard", "resultaat", "nummer", "casus", "stap", "tekst", "bsn", "voornaam", "achternaam", "geboren", "begin", "einde", "dag_tot")  # fmt: skip
    voor = world.stand()
    for pad in paths(world, kies):
        for _ in range(1):
            sent = {n: [kies.choice(LELIJK) for _ in range(kies.choice((1, 1, 3)))] for n in kies.sample(velden, 22)}
            check(client.post(pad, sent), (pad, sent))
        check(
            client.get(
                pad, {n: kies.choice(LELIJK)[:300] for n in kies.sample(velden, 9)} | {"q": kies.choice(LELIJK)[:300]}
            ),
            pad,
        )
        kinds = (
            "application/json",
            "text/plain",
            "multipart/form-data; boundary=x",
            "application/x-www-form-urlencoded; charset=utf-7",
        )
        check(client.generic("POST", pad, b"\xff\x00{[%zz&=&;", kies.choice(kinds)), pad)
        check(client.generic(kies.choice(("PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "BREW")), pad), pad)
    assert world.stand() == voor


@pytest.mark.parametrize("rol", ["crisismedewerker", "toegangsmedewerker"])
def test_no_step_falls_over_what_is_sent(world: World, rol: str) -> None:
    kies = Random(f"stappen {rol}")
    client = world.client(world.ik if rol == "crisismedewerker" else actor_of(medewerker(rol, world.toegang)))
    voor = world.stand()
    for casus_id in (world.id, world.ander_id):
        for slug, formulier in DADEN:
            for ronde in (1, 2):
                ids, sent = [*world.eigen, *world.vreemd, *LELIJK], {}
                for naam in kies.sample(NAMEN, len(NAMEN) if ronde else 8):
                    sent[naam] = kies.choice((kies.choice(LELIJK), kies.choice(ids), kies.choice(ids), "ja"))
                sent |= {
                    f"{kies.choice(('aanwezig', 'steunt', 'overwogen'))}.{kies.choice(ids)[:60]}": kies.choice(LELIJK)
                }
                if ronde == 2:  # Nothing wrong but the rows: those of another casus.
                    sent |= {n: kies.choice(world.vreemd) for n in NAMEN if n in RIJEN} | {"reden": "Zo is het beter."}
                answer = client.post(f"/casus/{casus_id}/stap/{slug}", sent | {"formulier": formulier})
                check(answer, (slug, formulier, sent))
                if casus_id == world.ander_id:
                    assert answer.status_code in (400, 403, 404), (slug, answer.status_code)
    assert world.stand() == voor


@pytest.mark.parametrize("rol", ["crisismedewerker", "toegangsmedewerker"])
def test_no_field_falls_over_what_is_typed(world: World, rol: str) -> None:
    kies = Random(f"velden {rol}")
    client = world.client(world.ik if rol == "crisismedewerker" else actor_of(medewerker(rol, world.toegang)))
    voor = world.stand()
    paden = [*feitsoorten(), "gemeente", "wie", "waar", "hulp", "gezag", "plek.straat", "plek.geheim", *LELIJK]
    for soort, (_, velden) in RIJVELDEN.items():
        paden += [f"{soort}.{id_}.{v}" for v in velden for id_ in (kies.choice(world.eigen), kies.choice(world.vreemd))]
        paden += [f"{soort}.{v}" for v in velden]
    melding = world.melding(world.id)
    for pad in kies.sample(paden, 70):
        for waarde in kies.sample(LELIJK, 1):
            was = {"was": kies.choice(LELIJK)} if kies.random() < 0.5 else {}
            check(client.post(f"/casus/{world.id}/veld", {"pad": pad, "waarde": waarde} | was), (pad, waarde, was))
            check(client.post(f"/casus/{world.id}/velden", {f"w:{pad}": waarde, f"o:{pad}": "null"}), (pad, waarde))
            check(client.post(f"/melding/{melding}/veld", {"naam": pad, "waarde": waarde} | was), (pad, waarde, was))
        check(client.post(f"/melding/{uuid4()}/veld", {"naam": pad, "waarde": waarde}), (pad, waarde))
    assert world.stand() == voor


def test_too_much_is_refused_in_a_sentence(world: World) -> None:
    client = world.client(world.ik)
    for sent in ({"tekst": "x" * 1_200_000}, {f"veld{n}": "1" for n in range(1_200)}):
        answer = client.post(f"/casus/{world.id}/stap/notitie", sent | {"formulier": "notitie"})
        assert answer.status_code in (400, 413)
        check(answer, "veel")


def test_a_fault_in_a_list_that_was_tampered_with_is_told_at_its_place(world: World) -> None:
    """Nobody picks these from a list; a script sends them. The page says all the same what was found and what is expected."""
    beheer = world.client(actor_of(medewerker("beheerder")))
    collega = medewerker("crisismedewerker", Organisatie.objects.get(id=world.ik.organisatie_id))
    sent = {"naam": "A", "email": "a@b.nl", "rol": "koning", "opleiding": "MAVO", "organisatie": str(world.toegang.id)}
    for pad, verwacht in (
        ("wijzigen", "MBO, HBO, HBO+ of WO, of leeg"), ("functie", "bij Toegang Heerlen: Toegangsmedewerker"),
    ):  # fmt: skip
        answer = beheer.post(f"/beheer/mensen/{collega.pk}/{pad}", sent)
        assert answer.status_code == 400
        assert verwacht in answer.content.decode()
    assert "MBO, HBO, HBO+ of WO, of leeg" in beheer.post("/beheer/uitnodigen", sent).content.decode()
    melding = world.melding(world.id)
    assert "gevonden niets" in world.client(world.ik).post(f"/melding/{melding}/voeg", {}).content.decode()


def test_what_stands_out_of_sight_is_not_told_by_writing_over_it(world: World) -> None:
    """A conflict says what stands there: only to who may see that field at all."""
    gi = organisatie("gi", naam="GI Zuid")
    wie = actor_of(medewerker("jeugdbeschermer", gi))
    Betrokkenheid.objects.create(casus_id=world.id, organisatie=gi, deel=Deel.VERVOLG, van=NACHT)
    d = read_dossier(world.id)
    assert d is not None
    adres = Adres.objects.get(casus_id=world.id)
    op = NACHT + timedelta(hours=1)
    for pad in (
        "melding.situatie", "triage.direct_onveilig", f"adres.{adres.id}.straat", f"persoon.{d.mensen[0].id}.telefoon",
        f"adres.{uuid4()}.straat", "inschatting.bevindingen",
    ):  # fmt: skip
        with pytest.raises(GeenRecht) as nee:
            save_field(wie, op, world.id, pad, "iets anders", was="een gok")
        assert "Kastanje" not in str(nee.value.details)
    save_field(world.ik, op, world.id, f"adres.{adres.id}.geheim", "ja")
    with pytest.raises(GeenRecht):
        save_field(wie, op, world.id, "gemeente", "Kerkrade", was="Brunssum")
    with pytest.raises(GeenRecht):
        save_field(wie, op, world.id, f"jeugdige.{d.kinderen[0].id}.waar_nu", "thuis", was="weg")
    with pytest.raises(Achterhaald) as conflict:
        save_field(world.ik, op, world.id, f"adres.{adres.id}.straat", "Elders 1", was="een gok")
    assert conflict.value.details["nu"] is None


def test_the_author_of_a_call_still_reads_what_stands(world: World) -> None:
    with pytest.raises(Achterhaald) as conflict:
        save_fields(
            world.ik, NACHT + timedelta(hours=1), world.melding(world.id), {"melding.situatie": "Rustig."},
            {"melding.situatie": "Iets"},
        )  # fmt: skip
    assert conflict.value.details["nu"] == "Vader en zoon vechten."


@pytest.mark.parametrize(
    "tekst", ["9999-12-31T23:59:59-14:00", "0001-01-01T00:00+14:00", "2024-05-16Tafel", "2023-02-29"]
)
def test_a_text_that_looks_like_a_moment_spoils_no_page(world: World, tekst: str) -> None:
    """It was kept as text; the page of the facts must open ever after, also when a colleague writes something else."""
    client = world.client(world.ik)
    for pad in ("melding.verwezen_naar", "inschatting.bevindingen", "melding.naam"):
        save_field(world.ik, NACHT + timedelta(hours=1), world.id, pad, tekst)
        check(client.post(f"/casus/{world.id}/veld", {"pad": pad, "waarde": "anders", "was": '"iets"'}), pad)
        melding = f"/melding/{world.melding(world.id)}"
        check(client.post(f"{melding}/veld", {"naam": pad, "waarde": "anders", "was": "iets"}), pad)
    for formulier in ("contact", "belpoging"):
        check(
            client.post(f"/casus/{world.id}/stap/{formulier}", {"formulier": formulier, "met": tekst, "tekst": tekst}),
            formulier,
        )
    for rest in ("", "/print", "/stap/feiten", "/stap/gezin", "/stap/inschatting", "/stap/herstel"):
        assert client.get(f"/casus/{world.id}{rest}").status_code == 200, rest
