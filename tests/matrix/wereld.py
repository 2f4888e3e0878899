# SPDX-License-Identifier: EUPL-1.2
"""The world of the access matrix: four casussen in which every column holds a value of its own, an organisation in every
relation to them, and in each of those a person of every function.

It begins with the casus of `tests.web.test_kanarie`, adds what that does not have, and copies it four times: an open one, one
with a secret address, a closed one, and one of which nobody here is part. A new table or column comes along by itself; a
table of which the first casus has no row fails and says where to make one.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from itertools import count
from typing import Any, NamedTuple
from uuid import UUID, uuid4

from django.db import connection

from tests.mensen import actor_of, medewerker, organisatie
from tests.web.test_kanarie import NU, make_world
from vangnet.access import log
from vangnet.access.actor import Actor
from vangnet.access.models import Betrokkenheid, Blokkade, Deel, Medewerker, Organisatie, Rol
from vangnet.access.rechten import MERKEN, may
from vangnet.access.veldzicht import NOOIT, ziet
from vangnet.access.zicht import nood_zicht, zicht
from vangnet.capacity.models import Dienstoverdracht
from vangnet.casework.gebeurtenissen import SOORTEN
from vangnet.casework.klank import cijfers_van, klank_van
from vangnet.casework.models import Aanwezigheid, Feit, Gebeurtenis, Genodigde, Notitie, Rto, Toestemming
from vangnet.clocks.models import Alarm, Klok, Waarschuwing
from vangnet.clocks.veldzicht import KLOKDEEL
from vangnet.process.advise_dossier import advise_dossier
from vangnet.process.beeld import strip
from vangnet.process.dossier import read_dossier
from vangnet.process.feitsoorten import feitsoorten
from vangnet.process.show_fields import exact, field_table

OPEN, GEHEIM, GESLOTEN, ELDERS = "open", "geheim", "gesloten", "elders"
LETTER = {OPEN: "A", GEHEIM: "B", GESLOTEN: "C", ELDERS: "D"}
EERDER, VREEMD, GEBLOKKEERD = "eerder", "vreemd", "geblokkeerd"
RELATIES: tuple[str, ...] = (*Deel.values, EERDER, VREEMD, GEBLOKKEERD)
"""What the organisation of somebody is in the casussen: each part, was involved before, never was; and a person who may
not see them although his organisation leads."""
WIE_NOOD, NU_NOOD = (Rol.CRISISMEDEWERKER, VREEMD), GEHEIM
"""Who looks, or looked, at each casus with break-glass, and the one where his hour still runs."""
NA_SLUITING = {Deel.DOSSIER, Deel.SIGNAAL}
"""Parts that last in a closed casus: the file that is kept, and a signal that still waits."""
SOORT_BIJ = {
    Deel.REGIE: "toegang", Deel.CRISISHULP: "crisisdienst", Deel.INSCHATTING: "veilig_thuis", Deel.MEEDENKEN: "tafel",
    Deel.SIGNAAL: "toegang", Deel.RTO: "gi", Deel.HULP: "zorgaanbieder", Deel.VERVOLG: "zorgaanbieder",
    Deel.AANBOD: "zorgaanbieder", Deel.DOSSIER: "crisisdienst", EERDER: "gi", VREEMD: "crisisdienst",
}  # fmt: skip

WOORD_KOLOMMEN: dict[str, str] = {
    "casework_casus": "regio uitkomst", "casework_melding": "melder kanaal vraag uitkomst telefoon_cijfers",
    "casework_jeugdige": "klank leeftijd_duur sector", "casework_persoon": "rol klank telefoon_cijfers gezag",
    "casework_adres": "soort", "casework_feit": "veld", "casework_inzet": "vorm", "casework_genodigde": "komt",
    "casework_aanbod": "soort antwoord wijze", "casework_taak": "sleutel", "casework_toestemming": "voor antwoord hoe",
    "casework_notitie": "soort", "casework_gebeurtenis": "soort", "casework_versie": "tabel", "access_betrokkenheid": "deel",
    "clocks_klok": "sleutel strekking eigenaar open_vraag uitkomst",
    "clocks_alarm": "soort ladder einde", "clocks_waarschuwing": "wie wegen mist",
    "access_noodtoegang": "rol adres_antwoord oordeel", "casework_verzoek": "soort identiteit besluit grond",
    "casework_passagekeuze": "sleutel vingerafdruk grond", "casework_bewaarstop": "regio",
    "casework_wisopdracht": "regio grond opgedragen_rol", "casework_grafsteen": "regio soort grond",
    "capacity_dienstoverdrachtregel": "kant",
}  # fmt: skip
"""Columns that hold a word which the program reads: they keep it, and have no value of their own to look for."""
GEEN_DAG = {("casework_casus", "versie_afspraken")}
TOEZICHT = ("access_noodtoegang", "casework_bewaarstop", "casework_wisopdracht", "casework_grafsteen")
ZONDER_CASUS = frozenset({"vrij", "eigen organisatie"})
"""Kinds of rows that carry no casus."""
OVERDRACHT = ("capacity_dienstoverdrachtregel",)
VERZOEK = ("casework_verzoek", "casework_passagekeuze", "casework_afschrift")
ONAANGERAAKT = {
    "access_logregel",
    "access_blokkade",
    "access_betrokkenheid",
    "casework_versie",
    *TOEZICHT,
    *VERZOEK,
    *OVERDRACHT,
}
"""Tables that are not copied: their rows are made anew."""


class Kanarie(NamedTuple):
    """One value that stands in one column of one row of one casus, and what shows it."""

    casus: str
    tabel: str
    kolom: str
    waarde: Any
    rij: str
    """What shows it, as `access.veldzicht` says."""
    aan: UUID | None = None
    """The organisation that was asked, where the row is a question."""

    @property
    def plek(self) -> str:
        return f"{self.tabel}.{self.kolom}"


@dataclass
class Casusrijen:
    """One copy: its id, its rows, and the ids of what hangs on it."""

    naam: str
    id: UUID
    nummer: str
    rijen: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    anoniem: bool = False

    @property
    def geheim(self) -> bool:
        return bool(self.rijen["casework_casus"][0]["geheim"])

    def eerste(self, tabel: str) -> dict[str, Any]:
        return self.rijen[tabel][0]


@dataclass
class Wereld:
    """Everything that is walked."""

    casussen: dict[str, Casusrijen] = field(default_factory=dict)
    huizen: dict[str, Organisatie] = field(default_factory=dict)
    """By relation."""
    mensen: dict[tuple[str, str], Medewerker] = field(default_factory=dict)
    actoren: dict[tuple[str, str], Actor] = field(default_factory=dict)
    """By function and relation."""
    kanaries: dict[Any, Kanarie] = field(default_factory=dict)
    """By value."""
    ids: dict[str, Any] = field(default_factory=dict)
    """What an address can ask for that is of no casus, by its name there."""

    def delen(self, relatie: str, casus: str) -> frozenset[str]:
        """The parts that a relation has in a casus, as the world was made; not as the product reads it."""
        if relatie not in Deel.values or casus == ELDERS:
            return frozenset()
        return frozenset({relatie}) if casus != GESLOTEN or relatie in NA_SLUITING else frozenset()

    def zicht(self, rol: str, relatie: str, casus: str) -> frozenset[str]:
        """The parts in sight by the table of `access.zicht`."""
        return zicht(rol, self.delen(relatie, casus))

    def promised(self, k: Kanarie, rol: str, relatie: str, asked: bool = False, nood: bool = False) -> bool:
        """Whether a row says that somebody sees this value; `asked`: on the road on which a secret is asked for; `nood`: on
        that of his own break-glass."""
        te_zien = self.zicht(rol, relatie, k.casus)
        casus = self.casussen[k.casus]
        van_hem = (rol, relatie) == WIE_NOOD and k.casus == NU_NOOD
        if nood and van_hem:
            te_zien = nood_zicht(casus.geheim, adres_vrij=False)
        geldt = {
            "niet geheim": not casus.geheim, "op verzoek": asked, "niet anoniem": not casus.anoniem,
            "eigen vraag": bool(te_zien) and k.aan == self.huizen[relatie].pk,
            # Of a closed casus the service that took the call answers; here another house keeps the file, so nobody does.
            "behandelt": relatie == Deel.REGIE and k.casus != GESLOTEN,
            "toen betrokken": relatie == EERDER,
            "eigen nood": (rol, relatie) == WIE_NOOD,
            "eigen dienst": relatie == Deel.CRISISHULP,
            "vraag loopt": k.casus == NU_NOOD and not van_hem and relatie != GEBLOKKEERD,
        }  # fmt: skip
        woorden = te_zien | {merk for merk in MERKEN if may(rol, merk)}
        return ziet(k.rij, woorden | {woord for woord, zo in geldt.items() if zo})


_TEKENS = "bdfghjklmprt"
_KLINKERS = "aeiou"


def word(letter: str, n: int) -> str:
    """A word of six letters that occurs nowhere else: `Qv`, the casus, and its number."""
    een, rest = divmod(n, 60 * 60)
    twee, drie = divmod(rest, 60)
    assert een == 0, "meer dan 3600 teksten in een casus: maak het woord langer"
    lettergreep = [_TEKENS[x // 5] + _KLINKERS[x % 5] for x in (twee, drie)]
    return f"Qv{letter}{''.join(lettergreep)[:4]}"[:7]


def make_matrix() -> Wereld:
    """The whole world, inside the transaction of the caller."""
    w = Wereld()
    eerst = make_world()
    w.ids = eerst.ids
    _people(w)
    w.ids["overdracht_id"] = _hand_over(w)
    base = eerst.casus_id
    with _without_triggers():
        _extra_rows(base)
        rijen = {t: _rows(t, base) for t in _tables() if t not in ONAANGERAAKT}
        leeg = [t for t, r in rijen.items() if not r]
        assert not leeg, f"geen rij in de eerste casus: maak er een in tests/matrix/wereld.py (_extra_rows) van {leeg}"
        for naam in LETTER:
            _copy(w, naam, base, rijen)
        _relations(w)
    _log_lines(w)
    for casus in w.casussen.values():  # Rows that somebody could try to add, to let himself in or to shut another out.
        wie = w.actoren[Rol.CRISISMEDEWERKER, VREEMD]
        nieuw = {"id": str(uuid4()), "casus_id": str(casus.id), "van": NU.isoformat()}
        bij = {"organisatie_id": str(wie.organisatie_id), "deel": "hulp", "medewerker_id": None, "tot": None}
        casus.rijen["access_betrokkenheid"] = [nieuw | bij]
        casus.rijen["access_blokkade"] = [nieuw | {"medewerker_id": str(wie.medewerker_id), "reden": "Kent het gezin"}]
    for casus in w.casussen.values():
        d = read_dossier(casus.id)
        assert d is not None
        beeld = strip(d, advise_dossier(d, NU)[0], NU)
        with connection.cursor() as cursor, _without_triggers():
            cursor.execute("update casework_casus set beeld = %s where id = %s", [json.dumps(beeld), casus.id])
    return w


@contextmanager
def _without_triggers() -> Iterator[None]:
    """Rows are put in as they are: no history, no checks over rows. Only the superuser of the tests may."""
    with connection.cursor() as cursor:
        cursor.execute("set local session_replication_role = replica")
        yield
        cursor.execute("set local session_replication_role = origin")


def _tables() -> list[str]:
    return [naam for naam, tabel in field_table().items() if tabel.rijen not in ZONDER_CASUS]


def _rows(tabel: str, casus_id: UUID) -> list[dict[str, Any]]:
    welke = "id" if tabel == "casework_casus" else "casus_id"
    with connection.cursor() as cursor:
        cursor.execute(f"select to_jsonb(t)::text from {tabel} t where {welke} = %s", [casus_id])
        return [json.loads(rij) for (rij,) in cursor.fetchall()]


def _people(w: Wereld) -> None:
    for relatie in RELATIES:
        if relatie == GEBLOKKEERD:
            w.huizen[relatie] = w.huizen[Deel.REGIE]
        else:
            w.huizen[relatie] = organisatie(
                SOORT_BIJ[relatie], naam=f"Huis {relatie}", telefoon="045 111 22 33", gemeente=""
            )
        for rol in Rol.values:
            w.mensen[rol, relatie] = wie = medewerker(rol, w.huizen[relatie], naam=f"{rol} {relatie}")
            w.actoren[rol, relatie] = actor_of(wie)


def _extra_rows(casus_id: UUID) -> None:
    """What the first casus does not have yet, by the models: one of everything that can be on record."""
    d = read_dossier(casus_id)
    assert d is not None
    wie, bij, mens = d.melding.opgenomen_door_id, d.dienst_id, d.mensen[0]
    door: dict[str, Any] = {"gebeurd_op": NU, "ingevoerd_op": NU, "door_id": wie, "namens_id": bij}
    Toestemming.objects.create(
        casus_id=casus_id, persoon=mens, antwoord="ja", hoe="mondeling", op=NU, door_id=wie, toelichting="x"
    )
    assert d.rto is not None
    Genodigde.objects.create(casus_id=casus_id, rto=d.rto, naam="x", persoon=mens)
    Rto.objects.filter(id=d.rto.id).update(
        perspectief="x", veiligheidsplan="x", doelen=["x"], procesregisseur_naam="x", reden_andere_dag="x"
    )
    Aanwezigheid.objects.create(
        casus_id=casus_id, medewerker_id=wie, onderdeel="x", gezien_op=NU - timedelta(seconds=5)
    )
    Notitie.objects.create(casus_id=casus_id, soort="contact", tekst="x", met="x", **door)
    bekend = {f.veld for f in d.feiten}
    for pad, soort in feitsoorten().items():
        if pad not in bekend and soort.soort == "tekst":
            Feit.objects.create(casus_id=casus_id, veld=pad, waarde="x", **door)
    for soort, s in SOORTEN.items():
        gaten = dict.fromkeys(re.findall(r"{(\w+)}", s.tekst + "".join(s.met.values())), "x")
        Gebeurtenis.objects.create(
            casus_id=casus_id, soort=soort, gegevens=gaten, reden="x", afgeweken=True,
            voorstel={"sleutel": "x", "tekst": "x", "strekking": "moet", "regels": [], "versie": "2024-01-01"}, **door,
        )  # fmt: skip
    for woord in KLOKDEEL:
        Klok.objects.create(
            casus_id=casus_id, sleutel=f"{woord}.proef", wat="x", begonnen_op=NU - timedelta(hours=1),
            uiterlijk=NU + timedelta(hours=2), strekking="moet", eigenaar="crisisdienst", reden="x",
        )  # fmt: skip
    klok = Klok.objects.create(
        casus_id=casus_id, sleutel="overig.proef", wat="x", begonnen_op=NU - timedelta(hours=2), uiterlijk=NU - timedelta(hours=1),
        strekking="moet", eigenaar="crisisdienst", reden="x",
    )  # fmt: skip
    alarm = Alarm.objects.create(
        casus_id=casus_id, klok=klok, soort="verstreken", moment=klok.uiterlijk, op=NU, ladder="uur", sport=1,
        einde="bevestigd", einde_op=NU, door_id=wie,
    )  # fmt: skip
    Waarschuwing.objects.create(
        casus_id=casus_id,
        alarm=alarm,
        sport=0,
        op=NU,
        wie="eigenaar",
        organisatie_id=bij,
        medewerker_id=wie,
        wegen=["scherm"],
    )


def _copy(w: Wereld, naam: str, base: UUID, bron: dict[str, list[dict[str, Any]]]) -> None:
    """A casus like the first with ids and values of its own."""
    nummers = {
        str(rij["id"]): str(uuid4()) for rijen in bron.values() for rij in rijen if isinstance(rij.get("id"), str)
    }
    patroon = re.compile("|".join(map(re.escape, nummers)))
    kopie = {
        tabel: json.loads(patroon.sub(lambda m: nummers[m.group()], json.dumps(rijen))) for tabel, rijen in bron.items()
    }
    casus = Casusrijen(naam, UUID(nummers[str(base)]), f"2026-9{ord(LETTER[naam]):04}", kopie)
    w.casussen[naam] = casus
    rij = casus.eerste("casework_casus")
    rij |= {"nummer": casus.nummer, "gemeente": "Heerlen" if naam == OPEN else "", "geheim": naam == GEHEIM}
    rij["gemeente_buiten"] = "" if naam == OPEN else "x"
    if naam == GESLOTEN:
        rij |= {"gesloten_op": (NU - timedelta(hours=1)).isoformat(), "uitkomst": "afgesloten"}
    for melding in kopie["casework_melding"]:
        melding |= {
            "naam": "x",
            "organisatie_melder": "x",
            "telefoon": "x",
            "waar_nu": "x",
            "opgenomen_bij_id": str(w.huizen[Deel.CRISISHULP].pk),
        }
    for kind in kopie["casework_jeugdige"]:
        kind |= {"bsn": "x", "geslacht": "x", "waar_nu": "x"}
    for mens in kopie["casework_persoon"]:
        mens |= {"organisatie": "x", "taal": "x", "opmerking": "x", "geboortedatum": "2000-01-01"}
    for adres in kopie["casework_adres"]:
        adres["geheim"] = naam == GEHEIM
    for inzet in kopie["casework_inzet"]:
        inzet |= {
            "overwogen": {"ambulant": "x"},
            "gesproken_met": "x",
            "plaats": "x",
            "aanbieder_id": None,
            "tot_wanneer": "2000-01-01",
        }
        inzet["aanbieder_naam"] = "x"
    for feit in kopie["casework_feit"]:
        if feitsoorten()[feit["veld"]].soort == "tekst":
            feit["waarde"] = "x"
    for taak in kopie["casework_taak"]:
        taak |= {"waarom": "x", "resultaat": "x", "voor_id": str(w.huizen[Deel.REGIE].pk)}
    kopie["casework_aanbod"] = [_question(w, casus, relatie) for relatie in (Deel.AANBOD, Deel.SIGNAAL, Deel.HULP)]
    kopie["casework_versie"] = [
        {"id": 900000 + ord(LETTER[naam]), "tabel": "casework_jeugdige", "rij_id": str(uuid4()), "casus_id": str(casus.id), "was": {"x": "x"}, "op": NU.isoformat(), "door_id": None}
    ]  # fmt: skip
    kopie |= _requests(w, casus) | _oversight(w, casus) | _handed_over(w, casus)
    _own_values(w, casus)
    for tabel, rijen in kopie.items():
        _insert(tabel, rijen)


def _question(w: Wereld, casus: Casusrijen, relatie: str) -> dict[str, Any]:
    wie = w.actoren[Rol.CRISISMEDEWERKER, Deel.CRISISHULP]
    return {
        "id": str(uuid4()), "casus_id": str(casus.id), "soort": "signaal" if relatie == Deel.SIGNAAL else "hulp",
        "van_organisatie_id": str(wie.organisatie_id), "aan_organisatie_id": str(w.huizen[relatie].pk),
        "gedaan_op": NU.isoformat(), "gedaan_door_id": str(wie.medewerker_id), "tekst": "x", "regels": [],
        "zichtbaar_vanaf": (NU - timedelta(hours=1)).isoformat(), "uiterlijk": (NU + timedelta(hours=9)).isoformat(),
        "inzet_id": None, "rto_id": None, "antwoord": "geweigerd" if relatie == Deel.HULP else "", "wijze": "scherm",
        "beantwoord_op": NU.isoformat(), "beantwoord_door": "x", "reden": "x", "post_op": None, "gelezen_op": NU.isoformat(),
        "gelezen_door_id": None,
    }  # fmt: skip


def _requests(w: Wereld, casus: Casusrijen) -> dict[str, list[dict[str, Any]]]:
    """A request of the family in each of its stages: being walked, being read, done; with a choice and the copy."""
    een, twee = (str(w.mensen[rol, Deel.REGIE].pk) for rol in (Rol.TOEGANGSMEDEWERKER, Rol.CRISISMEDEWERKER))
    bij, nu = str(w.huizen[Deel.REGIE].pk), NU.isoformat()
    leeg: dict[str, Any] = {"casus_id": str(casus.id), "verzoek_id": None}

    def verzoek(n: int, **meer: Any) -> dict[str, Any]:
        tijden = dict.fromkeys(("ontvangen_op", "uiterlijk", "ingevoerd_op", "beoordeeld_op", "verlengd_op"), nu)
        woorden = dict.fromkeys(("vrager", "wat", "verlengd_reden", "mag_reden", "teruggestuurd", "verklaring"), "x")
        rest = dict.fromkeys(
            ("persoon_id", "jeugdige_id", "aangeboden_op", "aangeboden_door_id", "besloten_door_id", "besloten_op", "fg_akkoord",
             "hersteld_met_id", "fg_door_id", "fg_op", "klaar_op", "klaar_door_id")
        ) | dict.fromkeys(("besluit", "grond", "reden", "fg_reden", "klaar_hoe"), "")  # fmt: skip
        return tijden | woorden | rest | {
            "id": str(uuid4()), "casus_id": str(casus.id), "volgnummer": n, "soort": "afschrift", "identiteit": "bewijs",
            "mag_vragen": True, "opgenomen_door_id": een, "opgenomen_bij_id": bij, "beoordeeld_door_id": een,
        } | meer  # fmt: skip

    klaar = {
        "besluit": "toegewezen", "grond": "", "reden": "x", "besloten_op": nu, "besloten_door_id": een, "fg_akkoord": True,
        "fg_op": nu, "fg_reden": "x", "klaar_op": nu, "klaar_hoe": "x", "klaar_door_id": een,
    }  # fmt: skip
    kiezen, lezen = verzoek(1), verzoek(2, aangeboden_op=nu, aangeboden_door_id=een)
    af = verzoek(3, aangeboden_op=nu, aangeboden_door_id=een, **klaar)
    inhoud = {
        "soort": "x", "verzoek": "x", "voor": "x", "gemaakt": "x", "door": "x",
        "delen": [{"kop": "x", "regels": [{"wat": "x", "inhoud": "x"}], "weggelaten": ["x"]}],
    }  # fmt: skip
    return {
        "casework_verzoek": [kiezen, lezen, af],
        "casework_passagekeuze": [
            leeg | {"id": str(uuid4()), "verzoek_id": af["id"], "sleutel": "proef", "vingerafdruk": "proef", "geven": True,
                    "grond": "", "door_id": een, "op": nu}
        ],
        "casework_afschrift": [
            leeg | {"id": str(uuid4()), "verzoek_id": af["id"], "inhoud": inhoud, "voorbereid_door_id": een,
                    "vrijgegeven_door_id": twee, "vrijgegeven_op": nu}
        ],
    }  # fmt: skip


def _hand_over(w: Wereld) -> UUID:
    """A change of shift at the crisis service, received, so that another may be open."""
    gever, ontvanger = (w.mensen[rol, Deel.CRISISHULP] for rol in (Rol.COORDINATOR, Rol.CRISISMEDEWERKER))
    return Dienstoverdracht.objects.create(
        organisatie=w.huizen[Deel.CRISISHULP], gever=gever, getekend_op=NU - timedelta(days=1), ontvanger=ontvanger,
        ontvangen_op=NU - timedelta(hours=20), sinds=NU - timedelta(days=2),
    ).pk  # fmt: skip


def _handed_over(w: Wereld, casus: Casusrijen) -> dict[str, list[dict[str, Any]]]:
    """What the crisis service said about the casus then."""
    return {
        "capacity_dienstoverdrachtregel": [{
            "id": str(uuid4()), "casus_id": str(casus.id), "overdracht_id": str(w.ids["overdracht_id"]), "kant": "geeft",
            "versie": 1, "opmerking": "x",
        }]
    }  # fmt: skip


def _oversight(w: Wereld, casus: Casusrijen) -> dict[str, list[dict[str, Any]]]:
    """What is said about the casus to who watches over it: somebody looked with break-glass, a hold, an order to erase, and
    a tombstone (as if it were gone: of a casus that is, nothing else would be left to look for)."""
    wie, fg, beheer = (str(w.mensen[rol, VREEMD].pk) for rol in (WIE_NOOD[0], Rol.FG, Rol.BEHEERDER))
    van = NU - timedelta(days=1 + ord(LETTER[casus.naam]))
    onder = {"casus_id": str(casus.id), "regio": w.huizen[VREEMD].regio, "nummer": "x"}
    nu = NU.isoformat()
    loopt = (
        {
            "van": (NU - timedelta(minutes=5)).isoformat(), "tot": (NU + timedelta(minutes=55)).isoformat(), "beeindigd_op": None,
            "adres_gevraagd_op": nu, "adres_tweede_id": None, "adres_antwoord": "", "adres_op": None, "beoordeeld_door_id": None,
            "beoordeeld_op": None, "oordeel": "", "toelichting": "",
        }
        if casus.naam == NU_NOOD
        else {}
    )  # fmt: skip
    return {
        "access_noodtoegang": [{
            "id": str(uuid4()), "casus_id": str(casus.id), "medewerker_id": wie, "organisatie_id": str(w.huizen[VREEMD].pk),
            "rol": Rol.CRISISMEDEWERKER, "reden": "x", "van": van.isoformat(), "tot": (van + timedelta(hours=1)).isoformat(),
            "beeindigd_op": (van + timedelta(minutes=30)).isoformat(), "levensgevaar": False,
            "adres_gevraagd_op": (van + timedelta(minutes=5)).isoformat(), "adres_reden": "x", "adres_tweede_id": beheer,
            "adres_antwoord": "ja", "adres_op": (van + timedelta(minutes=6)).isoformat(), "uiterlijk": "2000-01-01",
            "beoordeeld_door_id": fg, "beoordeeld_op": nu, "oordeel": "terecht", "toelichting": "x",
        } | loopt],
        "casework_bewaarstop": [onder | {
            "id": str(uuid4()), "reden": "x", "gevraagd_door": "x", "op": nu, "door_id": fg, "opgeheven_op": None,
            "opgeheven_door_id": None,
        }],
        "casework_wisopdracht": [onder | {
            "id": str(uuid4()), "grond": "rechter", "reden": "x", "verzoek_id": None, "opgedragen_op": nu,
            "opgedragen_door_id": fg, "opgedragen_rol": "fg", "bevestigd_op": nu, "bevestigd_door_id": beheer,
            "ingetrokken_op": None, "ingetrokken_door_id": None,
        }],
        "casework_grafsteen": [onder | {
            "soort": "dossier", "grond": "termijn", "beleid": "2000-01-01", "gewist_op": nu, "rijen": {"casework_casus": 1},
            "opdracht_id": None, "verzoek_id": None, "opgedragen_door": None, "bevestigd_door": None, "uitgevoerd_door": "x",
            "met": None, "organisaties": [str(w.huizen[EERDER].pk)],
        }],
    }  # fmt: skip


def _types() -> dict[tuple[str, str], tuple[str, int]]:
    with connection.cursor() as cursor:
        cursor.execute(
            "select table_name, column_name, data_type, coalesce(character_maximum_length, 9999)"
            " from information_schema.columns where table_schema = current_schema()"
        )
        return {(t, k): (soort, lang) for t, k, soort, lang in cursor.fetchall()}


def _own_values(w: Wereld, casus: Casusrijen) -> None:
    """Put a value of its own in every column that holds a text, a number to call, a day or a moment."""
    soorten, letter = _types(), LETTER[casus.naam]
    tekst, dag, moment, cijfers = count(), count(), count(100_000 + 200_000 * (ord(letter) - 65)), count(1)

    def new(tabel: str, rij: dict[str, Any], kolom: str, waarde: Any) -> Any:
        aan = UUID(rij["aan_organisatie_id"]) if tabel == "casework_aanbod" else None
        k = Kanarie(casus.naam, tabel, kolom, waarde, NOOIT if oud else exact(tabel, kolom, rij), aan)
        assert waarde not in w.kanaries, waarde
        w.kanaries[waarde] = k
        return waarde

    def text(tabel: str, rij: dict[str, Any], kolom: str) -> str:
        if kolom == "telefoon":
            return str(new(tabel, rij, kolom, f"06{ord(letter):02}{next(cijfers):06}"))
        if kolom == "bsn":
            return str(new(tabel, rij, kolom, _bsn(ord(letter) * 100 + next(cijfers))))
        return str(new(tabel, rij, kolom, word(letter, next(tekst))))

    def deep(tabel: str, rij: dict[str, Any], kolom: str, wat: Any) -> Any:
        if isinstance(wat, dict):
            return {
                k: v if k in ("sleutel", "strekking", "versie", "regels") else deep(tabel, rij, kolom, v)
                for k, v in wat.items()
            }
        if isinstance(wat, list):
            return [deep(tabel, rij, kolom, v) for v in wat]
        return text(tabel, rij, kolom) if wat == "x" else wat

    for tabel, rijen in casus.rijen.items():
        woorden = WOORD_KOLOMMEN.get(tabel, "").split()
        verouderd = {rij.get("vorige_id") for rij in rijen}
        for rij in rijen:
            oud = tabel == "casework_feit" and rij["id"] in verouderd
            for kolom, waarde in rij.items():
                soort, lang = soorten[tabel, kolom]
                if waarde in (None, "") or kolom in woorden:
                    continue
                if (tabel, kolom) == ("casework_casus", "nummer"):
                    new(tabel, rij, kolom, waarde)
                elif kolom == "gemeente" and tabel == "casework_casus":
                    continue
                elif soort in ("character varying", "text"):
                    assert lang >= 7 or kolom == "postcode", f"{tabel}.{kolom}: te kort; noem haar in WOORD_KOLOMMEN"
                    rij[kolom] = text(tabel, rij, kolom)
                elif soort == "date" and (tabel, kolom) not in GEEN_DAG:
                    jaar = 2009 if tabel == "casework_jeugdige" else 1971
                    eigen = date(jaar, 1, 1) + timedelta(days=(ord(letter) - 65) * 40 + next(dag))
                    rij[kolom] = str(new(tabel, rij, kolom, eigen))
                elif soort == "timestamp with time zone":
                    eigen = datetime.fromisoformat(waarde).astimezone(UTC).replace(microsecond=next(moment))
                    new(tabel, rij, kolom, eigen.microsecond)
                    rij[kolom] = eigen.isoformat()
                elif soort == "jsonb" and kolom != "beeld":
                    rij[kolom] = deep(tabel, rij, kolom, waarde)
            if "klank" in rij:
                rij["klank"] = klank_van(rij.get("achternaam") or rij.get("naam") or "")
            if "telefoon_cijfers" in rij:
                rij["telefoon_cijfers"] = cijfers_van(rij["telefoon"] or "")


def _bsn(n: int) -> str:
    """A number that passes the eleven test, as found from `n` on."""
    for poging in range(99900000 + n * 11, 99999999):
        romp = f"{poging:08}"
        rest = sum(int(c) * g for c, g in zip(romp, range(9, 1, -1), strict=True)) % 11
        if rest < 10:
            return f"{romp}{rest}"
    raise AssertionError(n)


def _insert(tabel: str, rijen: list[dict[str, Any]]) -> None:
    with connection.cursor() as cursor:
        for rij in rijen:
            cursor.execute(
                f"insert into {tabel} select * from jsonb_populate_record(null::{tabel}, %s::jsonb)", [json.dumps(rij)]
            )


def _relations(w: Wereld) -> None:
    """Who takes part in what, from when until when; and the persons who may not look."""
    rijen, begin = [], NU - timedelta(days=2)
    for casus in w.casussen.values():
        if casus.naam == ELDERS:
            vreemd = organisatie("crisisdienst", naam="Nergens bij")
            rijen.append(Betrokkenheid(casus_id=casus.id, organisatie=vreemd, deel=Deel.REGIE, van=begin))
            continue
        for deel in Deel.values:
            tot = NU - timedelta(hours=1) if casus.naam == GESLOTEN and deel not in NA_SLUITING else None
            rijen.append(Betrokkenheid(casus_id=casus.id, organisatie=w.huizen[deel], deel=deel, van=begin, tot=tot))
        weg = NU - timedelta(hours=3)
        rijen += [
            Betrokkenheid(casus_id=casus.id, organisatie=w.huizen[EERDER], deel=deel, van=begin, tot=weg)
            for deel in (Deel.HULP, Deel.CRISISHULP)
        ]
    Betrokkenheid.objects.bulk_create(rijen)
    Blokkade.objects.bulk_create(
        Blokkade(casus_id=casus.id, medewerker=w.mensen[rol, GEBLOKKEERD], van=NU, reden="Kent het gezin")
        for casus in w.casussen.values() for rol in Rol.values
    )  # fmt: skip


def _log_lines(w: Wereld) -> None:
    """One line of the log of each casus, with a word of its own."""
    for casus in w.casussen.values():
        waarde = word(LETTER[casus.naam], 3599)
        log.note(w.actoren[Rol.CRISISMEDEWERKER, VREEMD], "inzien", "casus", NU, casus.id, toelichting=waarde)
        rij = exact("access_logregel", "toelichting", {})
        w.kanaries[waarde] = Kanarie(casus.naam, "access_logregel", "toelichting", waarde, rij)
