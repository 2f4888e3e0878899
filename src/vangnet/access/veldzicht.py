# SPDX-License-Identifier: EUPL-1.2
"""Per table and column what shows it: the part of a casus that must be in sight, a line of the rights table, or nothing at
all. Here the words and the tables of this room; every other room has its own beside its models (docs/veld-erbij.md).

A column without a row fails `tests/house/test_veldzicht.py`, and the walk of `tests/matrix` looks on every road for what a
row does not promise. The document `docs/rechten.md` is made from it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from .rechten import MERKEN
from .zicht import ALLES, PROFIEL

NOOIT, KENMERK, NAAM = "nooit", "kenmerk", "naam"
WOORDEN: dict[str, str] = {
    NOOIT: "op geen enkel scherm; alleen voor Vangnet zelf",
    KENMERK: "een nummer dat hooguit in een adres staat en niets over iemand zegt",
    NAAM: "naast wat hij deed of waar zijn organisatie meedoet, voor wie dat ziet",
    "niet geheim": "en alleen zolang in de casus geen adres geheim is",
    "op verzoek": "en alleen na een klik die zelf een regel in het log is",
    "niet anoniem": "en alleen als de melder zijn naam wil geven",
    "geen dossier": "en alleen zolang de organisatie meer heeft dan het bewaarde dossier",
    "eigen vraag": "bij de organisatie aan wie het gevraagd is",
    "behandelt": "en alleen bij de organisatie die het verzoek van een gezin behandelt",
    "toen betrokken": "voor wie er nog bij betrokken was toen het gewist werd",
    "eigen nood": "bij wie de noodtoegang opende",
    "eigen dienst": "en alleen bij de dienst die overdroeg",
    "vraag loopt": "en alleen zolang de vraag om een geheim adres openstaat",
    "per feit": "met het onderdeel van het feit zelf (zie onder)",
    "per gebeurtenis": "met het onderdeel van de soort gebeurtenis (zie onder)",
    "per klok": "met `klokken` en het onderdeel van de termijn (zie onder)",
}
"""What a row can say besides the parts of a casus and the lines of the rights table, with its meaning."""
OF, EN = " of ", " + "


class Tabel(NamedTuple):
    """One table: whose rows the database gives to who asks, what the role of the application may do with them, and per
    column what shows it."""

    rijen: str
    """`casus` (who takes part), `casus of nood` (who looks with break-glass too), `regels` (the log), `blokkades`, `eigen
    nood`, `toezicht` (by number), `grafsteen`, or `vrij`: of no casus, or without anything to read."""
    mag: str
    """Of lezen, toevoegen, wijzigen, weghalen."""
    velden: Mapping[str, str]
    """Roads to see a column, with ` of ` between; of each road all words, with ` + ` between."""


Tabellen = Mapping[str, Tabel]
ALLES_MAG = "lezen toevoegen wijzigen weghalen"
BLIJFT = "lezen toevoegen wijzigen"
"""What is kept: the application takes no row of it away; only the role that erases does."""
ALLEEN_ERBIJ = "lezen toevoegen"
ALLEEN_LEZEN = "lezen"


def wegen(rij: str) -> Iterator[frozenset[str]]:
    """The roads to a column: of each the words that must all hold. Raises ValueError for a word that nobody knows."""
    for weg in rij.split(OF):
        woorden = frozenset(weg.split(EN))
        if vreemd := woorden - ALLES - PROFIEL - WOORDEN.keys() - MERKEN.keys():
            raise ValueError(f"{', '.join(sorted(vreemd))}: geen onderdeel, recht of woord van veldzicht")
        yield woorden


def ziet(rij: str, in_zicht: frozenset[str]) -> bool:
    """Whether one of the roads to a column is open for who has these words: parts in sight and what else holds here."""
    return any(weg <= in_zicht for weg in wegen(rij))


WIE_BEHEERT = "medewerker.inzien"
OORDEEL = "noodtoegang.beoordelen"

TABELLEN: Tabellen = {
    "access_organisatie": Tabel("vrij", BLIJFT, {
        "id": KENMERK, "regio": "bellen.inzien", "soort": "bellen.inzien", "naam": NAAM, "gemeente": "bellen.inzien",
        "telefoon": "bellen.inzien of profiel of kern", "telefoon_buiten": "bellen.inzien of profiel of kern",
        "bereikbaar": "bellen.inzien of profiel of kern", "postbus": "organisatie.beheren", "actief": "organisatie.beheren",
    }),
    "access_medewerker": Tabel("vrij", BLIJFT, {
        "id": KENMERK, "password": NOOIT, "last_login": NOOIT, "email": "medewerker.inzien of account.eigen", "naam": NAAM,
        "telefoon": "medewerker.inzien of bellen.inzien of rooster.inzien of bord.inzien",
        "opleiding": "medewerker.inzien of account.eigen",
        "is_active": WIE_BEHEERT, "sessienummer": NOOIT,
    }),
    "access_functie": Tabel("vrij", BLIJFT, {
        "id": KENMERK, "medewerker_id": KENMERK, "organisatie_id": KENMERK, "rol": "medewerker.inzien of account.eigen",
        "van": WIE_BEHEERT, "tot": WIE_BEHEERT,
    }),
    "access_betrokkenheid": Tabel("casus of nood", BLIJFT, {
        "id": NOOIT, "casus_id": KENMERK, "organisatie_id": KENMERK, "medewerker_id": KENMERK, "deel": "kern",
        "van": "regie", "tot": "regie",
    }),
    "access_blokkade": Tabel("blokkades", "lezen toevoegen weghalen", {
        "id": KENMERK, "casus_id": KENMERK, "medewerker_id": KENMERK, "van": "blokkade.leggen of blokkade.beheren",
        "reden": "blokkade.leggen of blokkade.beheren",
    }),
    "access_noodtoegang": Tabel("eigen nood", ALLEEN_LEZEN, {
        "id": KENMERK, "casus_id": KENMERK, "medewerker_id": KENMERK, "organisatie_id": KENMERK, "rol": OORDEEL, "reden": OORDEEL,
        "van": OORDEEL, "tot": f"{OORDEEL} of eigen nood of noodtoegang.bevestigen + vraag loopt", "beeindigd_op": OORDEEL, "levensgevaar": f"{OORDEEL} of eigen nood",
        "adres_gevraagd_op": "noodtoegang.bevestigen + vraag loopt", "adres_reden": f"{OORDEEL} of noodtoegang.bevestigen + vraag loopt", "adres_tweede_id": KENMERK,
        "adres_antwoord": f"{OORDEEL} of eigen nood", "adres_op": OORDEEL, "uiterlijk": OORDEEL, "beoordeeld_door_id": KENMERK,
        "beoordeeld_op": OORDEEL, "oordeel": OORDEEL, "toelichting": OORDEEL,
    }),
    "access_logregel": Tabel("regels", ALLEEN_ERBIJ, {
        "id": KENMERK, "casus_id": KENMERK, "op": "log + log.casus of log.inzien of log.gezin", "medewerker_id": KENMERK,
        "naam": "log + log.casus of log.inzien of log.gezin", "organisatie_id": KENMERK, "rol": "log + log.casus of log.inzien of log.gezin",
        "handeling": "log + log.casus of log.inzien of log.gezin", "ding": "log + log.casus of log.inzien of log.gezin",
        "geslaagd": "log + log.casus of log.inzien", "toelichting": "log + log.casus of log.inzien", "adres": "log.inzien", "verzoek": "log.inzien",
        "doel": "log.inzien", "relatie": "log.inzien", "toestemming": "log.inzien", "noodtoegang_id": "log.inzien",
        "bron": "log.inzien", "nummer": "log.inzien", "vastgelegd_op": "log.inzien",
    }),
    "access_zegel": Tabel("vrij", ALLEEN_LEZEN, dict.fromkeys(
        ("nummer", "op", "van", "tot", "gezien_tot", "aantal", "vorm", "sleutel"), "log.inzien"
    ) | dict.fromkeys(("regels", "vorige", "merk"), NOOIT)),
    "access_zegelcontrole": Tabel("vrij", ALLEEN_LEZEN, {
        "id": KENMERK, "op": "log.inzien", "goed": "log.inzien", "regels": "log.inzien", "zegels": "log.inzien",
        "uitslag": "log.inzien",
    }),
    "access_reservekopie": Tabel("vrij", ALLEEN_LEZEN, dict.fromkeys(
        ("goed", "rijen", "uitslag", "vingerafdruk"), "organisatie.beheren of log.inzien"
    ) | dict.fromkeys(("op", "soort"), "organisatie.beheren of log.inzien of bord.inzien")
      | dict.fromkeys(("id", "vastgelegd_op", "grootte", "tabellen"), NOOIT)),
    "access_sluitingsdag": Tabel("vrij", BLIJFT, {
        "id": KENMERK, "organisatie_id": KENMERK, "door_id": KENMERK, "datum": "bellen.inzien of sluitingsdag.opgeven",
        "gemeld_op": "sluitingsdag.opgeven", "ingetrokken_op": "sluitingsdag.opgeven",
    }),
    "access_aanmeldpoging": Tabel("vrij", ALLES_MAG, dict.fromkeys(("sleutel", "aantal", "laatste", "vast_tot"), NOOIT)),
    "access_uitnodiging": Tabel("vrij", BLIJFT, {
        "id": KENMERK, "medewerker_id": KENMERK, "door_id": KENMERK, "geheim": NOOIT, "op": WIE_BEHEERT,
        "geldig_tot": WIE_BEHEERT, "gebruikt_op": WIE_BEHEERT, "bevestigd_door_id": KENMERK, "bevestigd_op": NOOIT, "afgerond_op": NOOIT,
    }),
    "access_eenmaalcode": Tabel("vrij", BLIJFT, {
        "id": KENMERK, "medewerker_id": KENMERK, "door_id": KENMERK, "geheim": NOOIT, "op": WIE_BEHEERT,
        "geldig_tot": WIE_BEHEERT, "gebruikt_op": WIE_BEHEERT,
    }),
    "access_koppeling": Tabel("vrij", BLIJFT, {
        "id": KENMERK, "organisatie_id": KENMERK, "medewerker_id": KENMERK, "door_id": KENMERK, "naam": NAAM, "begin": NAAM,
        "geheim": NOOIT, "scopes": "koppeling.beheren", "op": "koppeling.beheren", "geldig_tot": "koppeling.beheren",
        "ingetrokken_op": "koppeling.beheren", "gebruikt_op": "koppeling.beheren",
        "bevestigd_door_id": KENMERK, "bevestigd_op": "koppeling.beheren",
    }),
    "access_agendasleutel": Tabel("vrij", BLIJFT, {
        "id": NOOIT, "functie_id": KENMERK, "geheim": NOOIT, "sessienummer": NOOIT, "op": "account.eigen", "geldig_tot": "account.eigen",
        "ingetrokken_op": "account.eigen", "gelezen_op": "account.eigen", "gelogd_op": NOOIT, "ongelogd": "log.inzien",
    }),
    "access_ontvangst": Tabel("vrij", ALLES_MAG, {
        "id": NOOIT, "organisatie_id": KENMERK, "ding": NOOIT, "ding_id": KENMERK, "inhoud": NOOIT,
        "antwoord": "aanbod.beantwoorden of melding.opnemen", "op": NOOIT,
    }),
    "access_tegoed": Tabel("vrij", ALLES_MAG, dict.fromkeys(("sleutel", "over", "op"), NOOIT)),
    "access_proefinstallatie": Tabel("vrij", BLIJFT, dict.fromkeys(("id", "op"), NOOIT)),
    # What comes along with Django and allauth: signing in, and tables that stay empty here.
    "django_session": Tabel("vrij", ALLES_MAG, dict.fromkeys(("session_key", "session_data", "expire_date"), NOOIT)),
    "mfa_authenticator": Tabel("vrij", ALLES_MAG, {
        "id": KENMERK, "user_id": KENMERK, "type": "account.eigen", "data": NOOIT, "created_at": "account.eigen",
        "last_used_at": "account.eigen",
    }),
    "account_emailaddress": Tabel("vrij", BLIJFT, dict.fromkeys(
        ("id", "email", "verified", "primary", "user_id"), NOOIT
    )),
    "account_emailconfirmation": Tabel("vrij", BLIJFT, dict.fromkeys(
        ("id", "created", "sent", "key", "email_address_id"), NOOIT
    )),
    "auth_group": Tabel("vrij", BLIJFT, dict.fromkeys(("id", "name"), NOOIT)),
    "auth_group_permissions": Tabel("vrij", BLIJFT, dict.fromkeys(("id", "group_id", "permission_id"), NOOIT)),
    "auth_permission": Tabel("vrij", BLIJFT, dict.fromkeys(("id", "name", "content_type_id", "codename"), NOOIT)),
    "django_content_type": Tabel("vrij", BLIJFT, dict.fromkeys(("id", "app_label", "model"), NOOIT)),
    "django_migrations": Tabel("vrij", BLIJFT, dict.fromkeys(("id", "app", "name", "applied"), NOOIT)),
}  # fmt: skip
"""The tables of this room, and of what it rests on."""
