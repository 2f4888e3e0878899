# SPDX-License-Identifier: EUPL-1.2
"""A small world to send things to, who sends them, and what they send: pages are opened, the forms on them are filled in almost
right, and beside that addresses, JSON and files that nobody asked for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from html.parser import HTMLParser
from random import Random
from typing import Any
from urllib.parse import urlencode, urlsplit
from uuid import UUID, uuid4

from django.db import connection
from django.test import Client

from tests.api.sleutels import key_of
from tests.house.test_rechten import ALLE, Adres, closed_operations
from tests.house.test_toegang import views
from tests.invoer.waarden import TALEN, Fields, as_form, as_multipart, files, odd, spoil, spoiled_json
from tests.mensen import SOORT_VAN, actor_of, medewerker, organisatie, sign_in
from tests.process.test_show_casus import NACHT
from tests.web.test_slechte_invoer import NAMEN, World
from vangnet.access import accounts
from vangnet.access.models import Medewerker, Organisatie, Rol, Soort
from vangnet.access.rechten import may
from vangnet.casework.models import Casus
from vangnet.process.break_glass import break_glass, read_request
from vangnet.process.stapsoorten import STAPPEN
from vangnet.process.take_verzoek import judge_asker, register_request

NIEMAND = "niemand"
OOK = (
    "naam", "waarde", "was", "pad", "versie", "oefening", "uitkomst", "antwoord", "reden", "email", "rol", "organisatie", "telefoon", "next", "terug",
    "gemeente", "soort", "van", "tot", "dag", "wie", "taal", "q", "zoek", "nummer", "casus", "stap", "tekst", "bsn", "blad", "handeling", "voor",
    "functie", "doe", "formulier", "scopes", "wachtwoord", "nogmaals", "code", "id", "pk", "csrfmiddlewaretoken", "__proto__", "_method", "bij",
)  # fmt: skip
"""Names of fields and keys in an address that some page knows, or none does."""
VELDEN = [*OOK, *NAMEN]
ANDERS = ("PUT", "DELETE", "PATCH", "OPTIONS", "HEAD", "TRACE", "BREW")
OVERAL = ("/afmelden", "/slot", "/taal")
"""Forms that stand on every page."""
TABEL_VAN = {
    "aanbod": "casework_aanbod",
    "dag": "access_sluitingsdag",
    "dienst": "capacity_dienst",
    "regel": "access_logregel",
    "nood": "access_noodtoegang",
    "vraag": "access_noodtoegang",
    "opdracht": "casework_wisopdracht",
}
HOOFDEN = (
    {}, {}, {}, {"HX-Request": "true"}, {"Accept": "application/json"}, {"Accept-Language": "en"}, {"Accept-Language": "x" * 5000}, {"X-Achtergrond": "1"},
    {"Sec-Fetch-Dest": "empty"}, {"Cookie": "sessie=<xss-7f3a>; taal=<xss-7f3a>; csrf=x"}, {"X-Forwarded-For": "<xss-7f3a>"}, {"Referer": "//xss-7f3a.example"},
    {"HX-Current-URL": "javascript:xss-7f3a"}, {"Content-Encoding": "gzip"}, {"Range": "bytes=0-99999999999,-5"}, {"If-Modified-Since": "gisteren"},
)  # fmt: skip


@dataclass
class Vraag:
    """One request: who, how, where, with what."""

    wie: str
    methode: str
    pad: str
    naam: str
    """The name of the address, for reports."""
    lichaam: bytes = b""
    soort: str = "application/x-www-form-urlencoded"
    hoofden: dict[str, str] = field(default_factory=dict)

    def __str__(self) -> str:
        return (
            f"{self.methode} {self.pad[:200]} als {self.wie}, {self.soort[:60]}, {self.hoofden}: {self.lichaam[:600]!r}"
        )


class _Forms(HTMLParser):
    """The forms of a page as they would be sent, untouched."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.forms: list[tuple[str, str, Fields]] = []
        self._select: tuple[str, list[str]] | None = None
        self._text: str | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        a = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.forms.append((a.get("action", ""), a.get("method", "get").upper(), []))
        if not self.forms:
            return
        fields, naam = self.forms[-1][2], a.get("name", "")
        if tag == "input" and naam:
            fields.append((naam, a.get("value", "on" if a.get("type") == "checkbox" else "")))
        elif tag == "button" and naam:
            fields.append((naam, a.get("value", "")))
        elif tag == "select" and naam:
            self._select = (naam, [])
        elif tag == "option" and self._select:
            self._select[1].append(a.get("value", ""))
        elif tag == "textarea" and naam:
            fields.append((naam, "Een regel."))

    def handle_endtag(self, tag: str) -> None:
        if tag == "select" and self._select and self.forms:
            naam, keuzes = self._select
            self.forms[-1][2].append((naam, keuzes[-1] if keuzes else ""))
            self._select = None


class Invoerwereld(World):
    """Two casussen with help running, everybody of the region, keys of three organisations, an open invitation, a request of the
    family, and an hour of break-glass that runs."""

    def __init__(self) -> None:
        super().__init__()
        huis: dict[str, Organisatie] = {
            Soort.CRISISDIENST: Organisatie.objects.get(id=self.ik.organisatie_id),
            Soort.TOEGANG: self.toegang,
            Soort.ZORGAANBIEDER: Organisatie.objects.get(naam="De Linde"),
        }
        self.mensen: dict[str, Medewerker] = {}
        for rol in Rol:
            soort = SOORT_VAN[rol]
            huis[soort] = huis.get(soort) or organisatie(soort, naam=f"{soort} hier")
            self.mensen[rol] = medewerker(rol, huis[soort], password="een-lang-wachtwoord")
        self.mensen[Rol.CRISISMEDEWERKER] = Medewerker.objects.get(pk=self.ik.medewerker_id)
        beheer = actor_of(self.mensen[Rol.BEHEERDER])
        _wie, self.uitnodiging = accounts.invite(
            beheer, huis[Soort.GI].pk, Rol.JEUGDBESCHERMER, "nieuw@voorbeeld.test", "Nieuw", NACHT + timedelta(hours=1)
        )
        self.sleutels = {
            f"sleutel {soort}": key_of(huis[soort])
            for soort in (Soort.CRISISDIENST, Soort.TOEGANG, Soort.ZORGAANBIEDER)
        } | {"sleutel onzin": "vn_" + "x" * 43, "sleutel kapot": "\u00ff <xss-7f3a>"}
        op = NACHT + timedelta(minutes=52)
        verzoek = register_request(self.ik, op, self.id, "afschrift", None, "Iemand met een machtiging")
        judge_asker(self.ik, op, self.id, verzoek, "bewijs", True, "Er is een machtiging.")
        van_een_ander = Casus.objects.get(id=self.ander_id).nummer
        break_glass(self.ik, op, read_request(van_een_ander, "De broer belt en zij neemt niet op."), "code", uuid4())
        self.ids = self._all_ids()
        self.iedereen = [NIEMAND, *Rol.values]
        self.melding_id = str(self.melding(self.id))

    def _all_ids(self) -> dict[str, list[str]]:
        """Of every table with ids some of them, by its name."""
        uit: dict[str, list[str]] = {}
        with connection.cursor() as cursor:
            cursor.execute(
                "select table_name from information_schema.columns where table_schema = 'public' and column_name = 'id'"
                " and data_type = 'uuid' order by 1"
            )
            for (tabel,) in cursor.fetchall():
                cursor.execute(f'select id::text from "{tabel}" order by id limit 12')
                uit[tabel] = [row[0] for row in cursor.fetchall()]
        return {tabel: ids for tabel, ids in uit.items() if ids}

    @property
    def alle_ids(self) -> list[str]:
        """Every id that is known."""
        return [een for ids in self.ids.values() for een in ids]

    def fill(self, kies: Random, adres: Adres, goed: float) -> str:
        """The address with arguments: with chance `goed` for each of them one that is there, else one of others or odd."""
        pad = adres.route
        for naam, soort in adres.woorden.items():
            pad = pad.replace(_place(pad, naam), self._argument(kies, naam, soort, kies.random() < goed))
        return "/" + pad

    def _argument(self, kies: Random, naam: str, soort: str, goed: bool) -> str:
        if "UUID" in soort:
            if goed and naam == "casus_id":
                return str(self.id)
            if goed and naam == "melding_id":
                return self.melding_id
            stam = naam.removesuffix("_id")
            tabel = TABEL_VAN.get(stam) or next((t for t in self.ids if t.endswith(f"_{stam}")), "")
            if goed and tabel in self.ids:
                return kies.choice(self.ids[tabel])
            return kies.choice([*self.alle_ids, str(UUID(int=kies.getrandbits(128)))])
        bekend = {
            "slug": list(STAPPEN), "soort": ["mensen", "organisaties", "casussen", "telefoon"], "sleutel": ["zuid-limburg", "lekstroom"],
            "nummer": ["ZL-63", "ICJ-17"], "geheim": [self.uitnodiging],
        }  # fmt: skip
        if goed and naam in bekend:
            return kies.choice(bekend[naam])
        return urlencode({"": odd(kies, self.alle_ids)[:200].encode("utf-8", "surrogatepass")})[1:] or "x"


def _place(pad: str, naam: str) -> str:
    begin = next(b for b in (f"<uuid:{naam}>", f"<slug:{naam}>", f"<str:{naam}>", f"<path:{naam}>", f"<int:{naam}>", f"<{naam}>") if b in pad)  # fmt: skip
    return begin


def send(wereld: Invoerwereld, clients: dict[str, Client], vraag: Vraag) -> Any:
    """The answer; a fault of ours comes back as a page."""
    client = clients.setdefault(vraag.wie, Client(raise_request_exception=False))
    client.cookies.clear()
    if vraag.wie in wereld.mensen:
        sign_in(client, Medewerker.objects.get(pk=wereld.mensen[vraag.wie].pk))  # as he stands now
    hoofden = dict(vraag.hoofden)
    if vraag.wie in wereld.sleutels:
        hoofden["Authorization"] = f"Bearer {wereld.sleutels[vraag.wie]}"
    pad, _, vraagdeel = vraag.pad.partition("?")
    return client.generic(vraag.methode, pad, vraag.lichaam, vraag.soort, headers=hoofden, QUERY_STRING=vraagdeel)


def questions(wereld: Invoerwereld, kies: Random, clients: dict[str, Client]) -> Iterator[tuple[Vraag, Any]]:
    """Without end: a request and its answer."""
    ronden = (_forms, _forms, _forms, _forms, _loose, _loose, _json)
    while True:
        for vraag in kies.choice(ronden)(wereld, kies):
            answer = send(wereld, clients, vraag)
            yield vraag, answer
            if vraag.methode == "GET" and answer.status_code < 500 and "html" in answer.headers.get("Content-Type", ""):
                for volgende in _from_page(wereld, kies, vraag, answer):
                    yield volgende, send(wereld, clients, volgende)


def _forms(wereld: Invoerwereld, kies: Random) -> Iterator[Vraag]:
    """A page that this person may mostly open; what is on it is sent by `_from_page`."""
    adres = kies.choice([a for a in ALLE if a.naam == "casus_stap"] * 30 + ALLE)
    wie = _asker(wereld, kies, adres, 0.9)
    yield Vraag(wie, "GET", wereld.fill(kies, adres, 0.93), adres.naam)


def _asker(wereld: Invoerwereld, kies: Random, adres: Adres, goed: float) -> str:
    """Who asks this address: with chance `goed` somebody whose function may, else anybody, or nobody."""
    mag = [rol for rol in Rol.values if adres.merk is not None and may(rol, adres.merk)]
    return kies.choice(mag if mag and kies.random() < goed else wereld.iedereen)


def _from_page(wereld: Invoerwereld, kies: Random, vraag: Vraag, answer: Any) -> Iterator[Vraag]:
    page = _Forms()
    page.feed((answer.getvalue() if answer.streaming else answer.content).decode("utf-8", "replace"))
    forms = [f for f in page.forms if f[2] and (f[0] not in OVERAL or kies.random() < 0.03)]
    for action, method, fields in kies.sample(forms, min(len(forms), 5)):
        pad = urlsplit(action or vraag.pad).path or "/"
        sent = spoil(kies, fields, wereld.alle_ids, VELDEN)
        # Of buttons with the same name a browser sends one.
        if method == "GET":
            yield Vraag(vraag.wie, "GET", f"{pad}?{as_form(sent).decode()}", vraag.naam)
            continue
        body, soort = as_form(sent), "application/x-www-form-urlencoded"
        if any(naam == "bestand" for naam, _ in fields) or kies.random() < 0.08:
            body, soort = as_multipart(kies, sent, files(kies))
        yield Vraag(vraag.wie, "POST", pad, vraag.naam, body, soort, dict(kies.choice(HOOFDEN)))


def _loose(wereld: Invoerwereld, kies: Random) -> Iterator[Vraag]:
    """Any address, by any method, with whatever."""
    adres = kies.choice(ALLE)
    for _ in range(4):
        wie, pad = _asker(wereld, kies, adres, 0.6), wereld.fill(kies, adres, 0.7)
        fields = [(kies.choice(VELDEN), odd(kies, wereld.alle_ids)) for _ in range(kies.choice((0, 3, 9, 25)))]
        if kies.random() < 0.3:
            pad += (
                "?"
                + as_form([(n, w[:300]) for n, w in fields[:9]]).decode()
                + kies.choice(("", "&", "&&=", "%", "%zz", "&a[]=1&a[b]=2", ";x"))
            )
        methode = kies.choice(
            ("POST", "POST", "POST", "GET", "PUT", "DELETE", "PATCH", "OPTIONS", "HEAD", "TRACE", "BREW")
        )
        body, soort = as_form(fields), "application/x-www-form-urlencoded"
        keus = kies.random()
        if keus < 0.15:
            body, soort = as_multipart(kies, fields, files(kies))
        elif keus < 0.3:
            body, soort = (
                kies.choice((b"\xff\x00{[%zz&=&;", b"", b"a=b" * 9, b"--x\r\n\r\n", b"{}")),
                kies.choice(TALEN),
            )
        elif keus < 0.4:
            body, soort = spoiled_json(kies, dict(fields), wereld.alle_ids), "application/json"
        yield Vraag(
            wie,
            methode,
            pad,
            adres.naam,
            b"" if methode in ("GET", "HEAD") else body,
            soort,
            dict(kies.choice(HOOFDEN)),
        )


GOED: dict[str, Any] = {
    "/api/v1/meldingen/{id}": {
        "gemeente": "Heerlen",
        "melder": "politie",
        "situatie": "Ruzie thuis.",
        "kinderen": [{"voornaam": "Milan"}],
    },
    "/api/v1/aanbiedingen/{id}/antwoord": {"antwoord": "aanvaard", "besloten_door": "B. Jansen"},
    "/api/v1/adviezen": {
        "regio": "zuid-limburg",
        "moment": "2024-05-16T21:52:00+02:00",
        "melder": "politie",
        "betrokken": {"gi": "geen"},
    },
}
"""What is almost right for an operation that takes a body."""


def _json(wereld: Invoerwereld, kies: Random) -> Iterator[Vraag]:
    """Any operation of the interface."""
    open_ = [(route.partition(" ")[0], "/" + route.partition(" ")[2]) for route, _ in views_of_the_interface()]
    for _ in range(4):
        methode, sjabloon = kies.choice([(h.methode, h.pad) for h in closed_operations()] * 2 + open_)
        sjabloon = sjabloon.replace("<", "{").replace(">", "}")
        argument = wereld._argument(
            kies, "casus_id" if kies.random() < 0.7 else "aanbod_id", "UUID", kies.random() < 0.8
        )
        if kies.random() < 0.15:
            argument = wereld._argument(kies, "x", "str", False)
        pad = sjabloon.replace("{id}", argument).replace("{sleutel}", kies.choice(("zuid-limburg", argument)))
        if "^" in pad:
            continue
        if methode != "GET" and kies.random() < 0.1:
            methode = kies.choice(("GET", "DELETE", "PATCH", "POST", "OPTIONS"))
        if kies.random() < 0.4:
            pad += "?" + as_form([(kies.choice(("sinds", "na", "aantal", "stand", "q", "cursor", *OOK[:5])), odd(kies, wereld.alle_ids)[:300]) for _ in range(2)]).decode()  # fmt: skip
        body = spoiled_json(kies, GOED.get(sjabloon, {}), wereld.alle_ids) if methode not in ("GET", "HEAD") else b""
        soort = "application/json" if kies.random() < 0.9 else kies.choice(TALEN)
        yield Vraag(kies.choice([*wereld.sleutels, NIEMAND, Rol.CRISISMEDEWERKER, *list(wereld.sleutels)[:3]]), methode, pad, sjabloon, body, soort, dict(kies.choice(HOOFDEN)))  # fmt: skip


def views_of_the_interface() -> list[tuple[str, Any]]:
    """Every open operation with its method."""
    from django.urls import get_resolver

    return [(route, view) for route, view in views(get_resolver()) if " api/" in route]
