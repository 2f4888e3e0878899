# SPDX-License-Identifier: EUPL-1.2
"""The walk at the level of the address: every URL of the URLconf with the ids of every casus, every form of every step, and
every operation of the interface. What a page says is laid beside the field table; what is refused, is refused with the right
status and leaves no trace but a line in the log."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import timedelta
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.db import connection, transaction
from django.test import Client
from django.urls import get_resolver

from tests.api.sleutels import Asker
from tests.house.test_rechten import Adres, addresses, closed_operations, fill
from tests.matrix.vragen import WOORD, Uitslag
from tests.matrix.wereld import EERDER, GEBLOKKEERD, LETTER, OPEN, Casusrijen, Wereld
from tests.mensen import sign_in
from tests.web.test_kanarie import NU
from vangnet.access import koppelingen
from vangnet.access.declare import OPENBAAR
from vangnet.access.models import Deel, Functie, Medewerker, Organisatie, Rol, Soort
from vangnet.access.rechten import may
from vangnet.process.show_fields import field_table
from vangnet.process.stapsoorten import OOK_PROFIEL, STAPPEN
from vangnet.web.casus.doen import DADEN

NIET = {"afmelden": "beëindigt de eigen aanmelding", "proefstap": "de nachtdienst van de demo: een eigen casus"}
"""Addresses that are not walked, with the reason."""
SPOOR = frozenset({"access_logregel", "django_session", "access_tegoed"})
"""Tables in which a refusal may leave something: its line in the log, and what asking costs."""
VAN_EEN_CASUS = frozenset({"casus_id", "melding_id"})
OP_VERZOEK = frozenset({"casus_adres", "melding_adres"})
ANDERE_NAAM = {"nood_id": "access_noodtoegang", "vraag_id": "access_noodtoegang", "opdracht_id": "casework_wisopdracht"}
"""Words in an address that are another than the name of their table."""


def every_address() -> list[Adres]:
    """The closed addresses of the screens."""
    return [
        a
        for a in addresses(get_resolver())
        if a.merk != OPENBAAR and a.naam not in NIET and not a.route.startswith("proef")
    ]


def filled(w: Wereld, casus: Casusrijen, relatie: str, adres: Adres) -> str:
    """An address with what it asks for: of this casus where it can be. A word that nobody knows fails and says where."""
    woorden = {}
    for naam in adres.woorden:
        if naam == "slug":
            woorden[naam] = "{slug}"
        else:
            woorden[naam] = _value(w, casus, relatie, naam, adres.route)
    return fill(adres, woorden)


def _value(w: Wereld, casus: Casusrijen, relatie: str, naam: str, waar: str) -> Any:
    if naam == "casus_id":
        return casus.id
    if naam == "aanbod_id":
        eigen = [r for r in casus.rijen["casework_aanbod"] if r["aan_organisatie_id"] == str(w.huizen[relatie].pk)]
        return (eigen or casus.rijen["casework_aanbod"])[0]["id"]
    if naam in ANDERE_NAAM:
        return casus.eerste(ANDERE_NAAM[naam])["id"]
    for kamer in ("casework", "clocks", "access", "capacity"):
        rijen = casus.rijen.get(f"{kamer}_{naam.removesuffix('_id')}")
        if naam.endswith("_id") and rijen:
            return rijen[0]["id"]
    assert naam in w.ids, f"{waar}: geef in tests/web/test_kanarie.py (make_world, ids) een waarde voor '{naam}'"
    return w.ids[naam]


def walk_pages(w: Wereld, wie: Iterable[tuple[str, str]], casussen: Iterable[str], stappen: Iterable[str]) -> Uitslag:
    """Every page for these people. A cell is one value that could stand on one page."""
    uit, casussen, stappen = Uitslag(), list(casussen), list(stappen)
    teksten = {n: sum(isinstance(k.waarde, str) for k in w.kanaries.values() if k.casus == n) for n in LETTER}
    for rol, relatie in wie:
        client, sleutel = _client(w, rol, relatie)
        gezien: set[str] = set()
        for naam in casussen:
            te_zien = w.zicht(rol, relatie, naam)
            for adres in every_address():
                if not VAN_EEN_CASUS & adres.woorden.keys() and naam != casussen[0]:
                    continue
                pad = filled(w, w.casussen[naam], relatie, adres)
                paden = (
                    [pad.replace("{slug}", slug) for slug in (stappen if te_zien else stappen[:1])]
                    if "{slug}" in pad
                    else [pad]
                )
                if "verzoek_id" in adres.woorden:
                    een_voor_een = [str(r["id"]) for r in w.casussen[naam].rijen["casework_verzoek"]]
                    paden = [een.replace(een_voor_een[0], dit) for een in paden for dit in een_voor_een]
                if adres.naam in VRAAGT:
                    paden += [f"{pad}?{vraag}" for vraag in _questions(w, naam)]
                for een in paden:
                    status, tekst = _asked(client, sleutel, "GET", een)
                    uit.cellen += teksten[naam]
                    goed = refused_with(adres, een.rpartition("/")[2], "GET", rol, te_zien)
                    if status >= 500 or (goed and status not in goed | {405}):
                        uit.fouten.append(
                            f"STATUS {rol} {relatie}, GET {_route(adres, een)} van {naam}: {status}, niet {sorted(goed)}"
                        )
                    for waarde in set(WOORD.findall(tekst)) & w.kanaries.keys():
                        gezien.add(waarde)
                        if not w.promised(w.kanaries[waarde], rol, relatie) and waarde not in een:
                            k = w.kanaries[waarde]
                            uit.fouten.append(
                                f"LEK {rol} {relatie}, GET {_route(adres, een)}: {k.plek} van {k.casus} ({k.rij})"
                            )
        uit.fouten += [
            f"BELOOFD, NIET OP EEN PAGINA {rol} {relatie} {k.casus}: {k.plek} ({k.rij})"
            for k in w.kanaries.values()
            if isinstance(k.waarde, str) and k.casus in casussen and k.waarde not in gezien
            and k.plek not in NIET_OP_EEN_PAGINA and w.promised(k, rol, relatie)
        ]  # fmt: skip
    return uit


VRAAGT = frozenset({"zoeken", "bellen", "beheer_log", "beheer_log_gezin"})


def _questions(w: Wereld, naam: str) -> list[str]:
    casus = w.casussen[naam]
    kind = casus.eerste("casework_jeugdige")
    return [
        f"q={casus.nummer}",
        f"q={kind['voornaam']}",
        f"q={kind['bsn']}",
        f"casus={casus.id}",
        f"casus={casus.nummer}&voor=ouder",
    ]


NIET_OP_EEN_PAGINA: dict[str, str] = {
    "access_noodtoegang.adres_reden": "bij wie nakijkt pas als het antwoord er is; bij de tweede persoon zolang de vraag loopt",
    "casework_verzoek.teruggestuurd": "alleen zolang de eerste opnieuw kiest",
    "access_logregel.toelichting": "de lijst van wie keek zegt het in eigen woorden",
    "casework_aanbod.reden": "het antwoord zelf staat in de tijdlijn",
    "casework_aanbod.beantwoord_door": "alleen van een signaal dat is opgepakt; bij een ander antwoord staat het in de tijdlijn",
    "casework_aanbod.tekst": "alleen bij wie het gevraagd is, en zolang de vraag openstaat",
    "casework_feit.waarde": "uitleg van een oefening, alleen in een oefening",
    "casework_inzet.overwogen": "alleen bij het kiezen van hulp, en dan leeg",
    "casework_rto.procesregisseur_naam": "alleen via een koppeling",
    "casework_rto.reden_andere_dag": "alleen als het RTO later is dan afgesproken",
    "casework_taak.resultaat": "alleen van een taak die klaar is",
    "casework_taak.wat": "alleen bij wie haar moet doen of de tijdlijn ziet",
    "casework_taak.waarom": "alleen bij wie haar moet doen of de tijdlijn ziet",
    "casework_jeugdige.bsn": "alleen in het formulier van wie het gezin mag wijzigen",
    "casework_jeugdige.geslacht": "alleen in het formulier van wie het gezin mag wijzigen",
    "casework_jeugdige.waar_nu": "alleen zolang geen hulp zegt waar het kind slaapt, of in het formulier",
}
"""What a row promises and these pages do not say, with the reason; the walk at the level of the query sees it."""


def walk_refusals(w: Wereld, wie: Iterable[tuple[str, str]], casussen: Iterable[str]) -> Uitslag:
    """Every POST of people who may not: refused, with the right status, and nothing in the database is another than it was.
    A cell is one POST."""
    uit = Uitslag()
    for rol, relatie in wie:
        client, sleutel = _client(w, rol, relatie)
        was = fingerprint()  # Every attempt is undone, so this stays what it was.
        for naam in casussen:
            te_zien = w.zicht(rol, relatie, naam)
            for adres, pad, velden in _posts(w, w.casussen[naam], relatie):
                if not (goed := refused_with(adres, velden.get("stap", ""), "POST", rol, te_zien)):
                    continue
                with transaction.atomic():
                    client.cookies[settings.SESSION_COOKIE_NAME] = sleutel
                    answer = client.post(pad, velden)
                    anders = {tabel for tabel, stand in fingerprint().items() if stand != was[tabel]}
                    transaction.set_rollback(True)
                uit.cellen += 1
                waar = f"POST {_route(adres, pad)} {velden.get('formulier', '')}"
                if answer.status_code not in goed | {405}:
                    uit.fouten.append(
                        f"STATUS {rol} {relatie}, {waar} van {naam}: {answer.status_code}, niet {sorted(goed)}"
                    )
                if anders - SPOOR:
                    uit.fouten.append(f"SPOOR {rol} {relatie}, {waar}: {', '.join(sorted(anders - SPOOR))} veranderde")
                for waarde in set(WOORD.findall(answer.content.decode("utf-8", "replace"))) & w.kanaries.keys():
                    k = w.kanaries[waarde]
                    if not w.promised(k, rol, relatie) and waarde not in str(velden):
                        uit.fouten.append(f"LEK {rol} {relatie}, {waar}: {k.plek} van {k.casus} ({k.rij})")
    return uit


def walk_interface(w: Wereld, relaties: Iterable[str], casussen: Iterable[str]) -> Uitslag:
    """Every read of the interface with the key of every organisation. A cell is one value that could stand in one answer."""
    uit, casussen = Uitslag(), list(casussen)
    for relatie in relaties:
        huis = w.huizen[relatie]
        if relatie == GEBLOKKEERD or huis.soort == Soort.REGIO:
            continue
        rol = koppelingen.ROL_VAN[huis.soort]
        with transaction.atomic():
            tot = NU + timedelta(days=9)
            asker = Asker(
                koppelingen.create(
                    None, NU, huis.pk, f"Proef {relatie}", koppelingen.scopes_for(huis.soort), tot
                ).sleutel
            )
            for naam in casussen:
                for h in closed_operations():
                    if h.methode != "GET":
                        continue
                    soort = {"casussen": "casus_id", "meldingen": "melding_id", "aanbiedingen": "aanbod_id"}.get(
                        h.pad.split("/")[3], ""
                    )
                    pad = (
                        h.pad.replace("{id}", str(_value(w, w.casussen[naam], relatie, soort, h.pad)))
                        if soort
                        else h.pad
                    )
                    answer = asker.get(pad)
                    uit.cellen += len(w.kanaries) // len(LETTER)
                    if answer.status_code >= 500:
                        uit.fouten.append(f"FOUT {relatie}, GET {h.pad}: {answer.status_code}")
                    if "{id}" in h.pad and not w.zicht(rol, relatie, naam) and answer.status_code not in (403, 404):
                        uit.fouten.append(f"LEK {relatie}, GET {h.pad} van {naam}: {answer.status_code}, niet 404")
                    for waarde in set(WOORD.findall(answer.content.decode())) & w.kanaries.keys():
                        if not w.promised(w.kanaries[waarde], rol, relatie):
                            k = w.kanaries[waarde]
                            uit.fouten.append(f"LEK koppeling {relatie}, GET {h.pad}: {k.plek} van {k.casus} ({k.rij})")
            transaction.set_rollback(True)
    return uit


def walk_keys_and_sessions(w: Wereld) -> Uitslag:
    """A key with one scope opens nothing else; a session of which the number was raised, the function ended or the
    organisation stopped, opens nothing. A cell is one question."""
    uit, huis = Uitslag(), w.huizen[Deel.CRISISHULP]
    with transaction.atomic():
        tot = NU + timedelta(days=9)
        asker = Asker(koppelingen.create(None, NU, huis.pk, "Eén ding", ["bellen.inzien"], tot).sleutel)
        for h in closed_operations():
            if h.methode == "GET":
                status = asker.get(h.pad.replace("{id}", str(w.casussen[OPEN].id))).status_code
                uit.cellen += 1
                if (status == 403) == (h.merk == "bellen.inzien"):
                    uit.fouten.append(f"STATUS koppeling met bellen.inzien, GET {h.pad}: {status}")
        transaction.set_rollback(True)
    wie = w.mensen[Rol.CRISISMEDEWERKER, Deel.CRISISHULP]
    for naam, einde in {
        "sessienummer": lambda: Medewerker.objects.filter(pk=wie.pk).update(sessienummer=99),
        "functie": lambda: Functie.objects.filter(medewerker=wie).update(tot=NU),
        "medewerker": lambda: Medewerker.objects.filter(pk=wie.pk).update(is_active=False),
        "organisatie": lambda: Organisatie.objects.filter(pk=huis.pk).update(actief=False),
    }.items():
        with transaction.atomic():
            client, sleutel = _client(w, Rol.CRISISMEDEWERKER, Deel.CRISISHULP)
            einde()
            status, _tekst = _asked(client, sleutel, "GET", f"/casus/{w.casussen[OPEN].id}")
            uit.cellen += 1
            if status != 302:
                uit.fouten.append(f"STATUS sessie na einde van {naam}: {status}, niet 302 naar aanmelden")
            transaction.set_rollback(True)
    return uit


def _client(w: Wereld, rol: str, relatie: str) -> tuple[Client, str]:
    client = Client(raise_request_exception=False)
    return client, sign_in(client, w.mensen[rol, relatie])


def _asked(client: Client, sleutel: str, methode: str, pad: str) -> tuple[int, str]:
    client.cookies[settings.SESSION_COOKIE_NAME] = sleutel
    with transaction.atomic():
        answer = client.generic(methode, pad)
        tekst = b"".join(answer.streaming_content) if answer.streaming else answer.content
        transaction.set_rollback(True)
    return answer.status_code, tekst.decode("utf-8", "replace") + str(dict(answer.headers))


def refused_with(adres: Adres, slug: str, methode: str, rol: str, te_zien: frozenset[str]) -> set[int]:
    """By the tables: with which status somebody is refused; empty when he is not, or not before anything was read."""
    if not may(rol, adres.merk or ""):
        return {403}
    if not VAN_EEN_CASUS & adres.woorden.keys() or adres.naam in ZONDER_CASUS:
        return set()
    if not te_zien:
        return {404} if methode == "GET" else {403, 404}
    stap = STAPPEN.get(slug)
    if stap and not (may(rol, stap.merk) and (stap.onderdeel in te_zien or slug in OOK_PROFIEL)):
        return {403, 404}
    return set()


ZONDER_CASUS = frozenset({"melding_bekend"})
"""Addresses that answer whoever takes calls, whatever the id in them."""


def _route(adres: Adres, pad: str) -> str:
    return f"/{adres.route}" + (f" ({pad.rpartition('/')[2]})" if "slug" in adres.woorden else "")


def _posts(w: Wereld, casus: Casusrijen, relatie: str) -> Iterator[tuple[Adres, str, dict[str, Any]]]:
    """Every address that can be sent to, and every form of every step, filled in as somebody would."""
    velden = _body(w, casus)
    for adres in every_address():
        pad = filled(w, casus, relatie, adres)
        if "{slug}" not in pad:
            yield adres, pad, velden
            continue
        for slug, formulier in DADEN:
            yield adres, pad.replace("{slug}", slug), velden | {"formulier": formulier, "stap": slug}


def _body(w: Wereld, casus: Casusrijen) -> dict[str, Any]:
    """A filled form: one value per name that some form has."""
    kind, klok, taak = (casus.eerste(t) for t in ("casework_jeugdige", "clocks_klok", "casework_taak"))
    morgen = f"{NU + timedelta(days=1):%Y-%m-%dT%H:%M}"
    ids = {
        "jeugdige": kind["id"], "wie_id": kind["id"], "kind": kind["id"], "inzet": casus.eerste("casework_inzet")["id"],
        "rto": casus.eerste("casework_rto")["id"], "taak": taak["id"], "klok": klok["id"],
        "aanbod": casus.eerste("casework_aanbod")["id"], "organisatie": str(w.huizen[EERDER].pk), "notitie_id": str(uuid4()),
        "naar": str(w.huizen[EERDER].pk), "wie": kind["id"], "casus": str(casus.id), "reden_voeg": "x", "medewerker": str(w.ids["medewerker_id"]),
    }  # fmt: skip
    woorden = {
        "uitkomst": "inschatting", "crisis": "ja", "antwoord": "ja", "vorm": "ambulante_spoedhulp", "soort": "overig",
        "reden": "Het moet.", "tekst": "Een regel.", "inhoud": "Een regel.", "met": "school",
        "gepland_op": morgen, "waar": "Hier", "pad": "triage.toelichting", "waarde": "lek", "was": '""',
        "w:triage.toelichting": "lek", "o:triage.toelichting": '""', "naam": "Iemand", "toelichting": "Een regel.",
        "email": "nieuw@voorbeeld.test", "rol": "planner", "telefoon": "0612345678", "wat": "Bel school",
        "veiligheid_hersteld": "ja", "perspectief_duidelijk": "ja", "melding.situatie": "lek", "versie": "1",
        "nummer": casus.nummer, "voor": "hulp", "hoe": "mondeling", "wijze": "scherm", "moment": morgen, "bevindingen": "Een regel.",
    }  # fmt: skip
    return ids | woorden


def fingerprint() -> dict[str, tuple[int, int]]:
    """Of every table how many rows it has and what they are, so that a change of one word shows."""
    with connection.cursor() as cursor:
        cursor.execute(" union all ".join(
            f"select '{t}', count(*), coalesce(sum(hashtextextended(t::text, 0)), 0) from {t} t" for t in field_table()
        ))  # fmt: skip
        return {tabel: (int(n), int(som)) for tabel, n, som in cursor.fetchall()}
