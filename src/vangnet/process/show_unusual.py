# SPDX-License-Identifier: EUPL-1.2
"""What in the log looks unusual, for the functionaris gegevensbescherming: one question per rule, each a rule of our own.

A hit is a reason to ask, not a finding: every rule says in words what it counts. It sees across all organisations of the
region, and of a casus learns only whether names sound alike (by the database, which gives no names); part of a page of the log, whose right covers it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, NamedTuple
from uuid import UUID

from django.db import connection

from vangnet.access.actor import Actor
from vangnet.access.models import Functie, Rol
from vangnet.access.slot import asks
from vangnet.casework.klank import klank_van
from vangnet.rules.tekst import T

DAGEN = 7
"""Days looked back when no period was asked."""
LANGST = 366
"""Days looked at in one go."""
PER_REGEL = 25
"""Cases shown of one rule; the rest is counted."""
VEEL = 20
"""Different casussen opened by one person in one hour."""
MISLUKT = 5
"""Failed attempts to sign in or unlock in one hour."""
NACHT = (23, 7)
"""From and until which hour it is night."""
KORTSTE_KLANK = 3
"""A shorter sound says too little."""


class Regelwoorden(NamedTuple):
    """A rule in words: its name on the screen, and what it counts."""

    titel: str
    uitleg: str


REGELS: dict[str, Regelwoorden] = {
    "noodtoegang": Regelwoorden(T("Noodtoegang"), T("Keek in een casus met noodtoegang. Kijk elke keer na.")),
    "dicht": Regelwoorden(
        T("Casus die voor deze persoon dicht is"),
        T("Probeerde een casus te openen die voor hem is dichtgezet, bijvoorbeeld omdat hij familie is. Hij kreeg niets te zien."),
    ),
    "eigen_naam": Regelwoorden(
        T("Eigen achternaam"),
        T("Keek in een casus waarin iemand een achternaam heeft die klinkt als de zijne. Bij een naam die veel voorkomt is dat vaak toeval."),
    ),
    "niet_betrokken": Regelwoorden(
        T("Casus van een ander"),
        T("Probeerde een casus te openen waar zijn organisatie nooit bij betrokken was. Hij kreeg niets te zien."),
    ),
    "na_einde": Regelwoorden(
        T("Na het einde van de rol"),
        T("Keek, of probeerde te kijken, nadat zijn organisatie haar rol in de casus kwijt was. Ook in een dossier dat zij alleen nog bewaart."),
    ),
    "veel": Regelwoorden(T("Veel casussen in een uur"), T("Opende 20 verschillende casussen of meer in één klokuur.")),
    "nacht": Regelwoorden(
        T("'s Nachts zonder dienst"),
        T("Opende een casus tussen 23.00 en 7.00 uur en stond niet op het rooster, met een uur speling. Een crisisdienst of Veilig Thuis zonder rooster in Vangnet telt niet mee."),
    ),
    "geheim_adres": Regelwoorden(T("Geheim adres getoond"), T("Liet een geheim adres op het scherm zien.")),
    "geweigerd": Regelwoorden(T("Geweigerd"), T("Probeerde iets wat niet bij zijn functie hoort. Het gebeurde niet.")),
    "mislukt": Regelwoorden(
        T("Vaak mislukt aanmelden"), T("Aanmelden of ontgrendelen mislukte vijf keer of vaker in één klokuur.")
    ),
    "meegenomen": Regelwoorden(T("Geprint of als bestand"), T("Nam gegevens mee op papier of in een bestand.")),
}  # fmt: skip
"""The rules, those that ask most first."""


@dataclass(frozen=True)
class Geval:
    """One hit: who, which casus (its number; empty when the rule is of no casus), how often, first and last moment."""

    medewerker_id: UUID | None
    wie: str
    organisatie: str
    rol: str
    casus: str
    aantal: int
    eerste: datetime
    laatste: datetime


@dataclass(frozen=True)
class Opvallend:
    """One rule with its hits, the newest first."""

    regel: str
    titel: str
    uitleg: str
    totaal: int
    gevallen: tuple[Geval, ...]

    @property
    def meer(self) -> int:
        """Hits that are not shown."""
        return self.totaal - len(self.gevallen)


@dataclass(frozen=True)
class Opvallendbeeld:
    """The rules with hits in a period, and the names of those without."""

    van: datetime
    tot: datetime
    regels: tuple[Opvallend, ...]
    stil: tuple[str, ...]

    @property
    def totaal(self) -> int:
        """Hits of all rules."""
        return sum(regel.totaal for regel in self.regels)


VAN_CASUSSEN = ("dicht", "eigen_naam", "niet_betrokken", "na_einde")
"""Rules that compare lines with casussen: the database answers those in `vangnet_logvragen`, with numbers of lines only."""
VOORWAARDEN: dict[str, str] = {
    "noodtoegang": "l.geslaagd and l.noodtoegang_id is not null",
    "nacht": """l.geslaagd and l.casus_id is not null
        and (extract(hour from l.op at time zone 'Europe/Amsterdam') >= %(nacht_van)s
             or extract(hour from l.op at time zone 'Europe/Amsterdam') < %(nacht_tot)s)
        and not exists (select from capacity_dienst d where d.medewerker_id = l.medewerker_id
             and d.van - interval '1 hour' <= l.op and d.tot + interval '1 hour' > l.op)
        and (o.soort not in ('crisisdienst', 'veilig_thuis') or exists (select from capacity_dienst d
             where d.organisatie_id = o.id and d.van < l.op + interval '3 days' and d.tot > l.op - interval '3 days'))""",
    "geheim_adres": "l.geslaagd and l.ding = 'adres'",
    "geweigerd": "not l.geslaagd and split_part(l.ding, '.', 1) <> 'account' and l.toelichting <> 'NietBetrokken'",
    "meegenomen": "l.geslaagd and l.handeling in ('printen', 'exporteren', 'uitdraaien')",
} | dict.fromkeys(VAN_CASUSSEN, "l.id = any(%(ids)s)")
"""Per rule which lines it counts: per person and casus."""
PER_UUR: dict[str, tuple[str, str]] = {
    "veel": (
        "l.geslaagd and l.casus_id is not null and l.handeling in ('inzien', 'printen')",
        "count(distinct l.casus_id)",
    ),
    "mislukt": ("not l.geslaagd and l.ding = 'account' and l.handeling in ('aanmelden', 'ontgrendelen')", "count(*)"),
}
"""Rules that count per person and hour: which lines, and what is counted."""
HOOGSTENS_IN_UUR = {"veel": VEEL, "mislukt": MISLUKT}

PER_CASUS = """
select l.medewerker_id, max(l.naam), o.naam, l.rol, l.casus_id, count(*),
       min(l.op), max(l.op), count(*) over ()
  from access_logregel l
  join access_organisatie o on o.id = l.organisatie_id and o.regio = %(regio)s
 where l.op >= %(van)s and l.op < %(tot)s and ({voorwaarde})
 group by l.medewerker_id, o.naam, l.rol, l.casus_id
 order by max(l.op) desc limit %(hooguit)s
"""
IN_EEN_UUR = """
select l.medewerker_id, max(l.naam), o.naam, l.rol, null::uuid, {tel}, min(l.op), max(l.op), count(*) over ()
  from access_logregel l
  join access_organisatie o on o.id = l.organisatie_id and o.regio = %(regio)s
 where l.op >= %(van)s and l.op < %(tot)s and ({voorwaarde})
 group by l.medewerker_id, o.naam, l.rol, date_trunc('hour', l.op)
having {tel} >= %(drempel)s
 order by max(l.op) desc limit %(hooguit)s
"""


@asks
def show_unusual(
    actor: Actor, op: datetime, van: datetime | None = None, tot: datetime | None = None
) -> Opvallendbeeld:
    """What looks unusual in the region from `van` until `tot` (the last week without them). The caller checks the right on
    the log and writes the line of the look."""
    tot = tot or op
    van = max(van or tot - timedelta(days=DAGEN), tot - timedelta(days=LANGST))
    woorden: dict[str, Any] = {
        "regio": actor.regio, "van": van, "tot": tot, "hooguit": PER_REGEL, "nacht_van": NACHT[0], "nacht_tot": NACHT[1],
    }  # fmt: skip
    rijen: dict[str, list[tuple[Any, ...]]] = {}
    with connection.cursor() as cursor:
        cursor.execute("select welke, array_agg(regel_id) from vangnet_logvragen(%s, %s, %s, %s) group by welke",
                       [van, tot, *_sounds(actor.regio)])  # fmt: skip
        van_casussen: dict[str, list[UUID]] = dict(cursor.fetchall())
        for regel in REGELS:
            if regel in VAN_CASUSSEN and regel not in van_casussen:
                continue
            if regel in PER_UUR:
                voorwaarde, tel = PER_UUR[regel]
                vraag = IN_EEN_UUR.format(voorwaarde=voorwaarde, tel=tel)
            else:
                vraag = PER_CASUS.format(voorwaarde=VOORWAARDEN[regel])
            alles = woorden | {"drempel": HOOGSTENS_IN_UUR.get(regel), "ids": van_casussen.get(regel)}
            cursor.execute(vraag, {naam: waarde for naam, waarde in alles.items() if f"%({naam})s" in vraag})
            rijen[regel] = cursor.fetchall()
        casussen = list({rij[4] for een in rijen.values() for rij in een if rij[4]})
        cursor.execute("select id, nummer from vangnet_nummers(%s)", [casussen])
        nummers: dict[UUID, str] = dict(cursor.fetchall())
    namen: dict[str, Any] = dict(Rol.choices)
    gevonden = tuple(
        Opvallend(
            regel,
            *REGELS[regel],
            een[0][-1],
            tuple(
                Geval(
                    wie,
                    naam,
                    huis,
                    str(namen.get(rol, rol)),
                    nummers.get(casus, str(casus)[:8]) if casus else "",
                    *rest,
                )
                for wie, naam, huis, rol, casus, *rest, _ in een
            ),
        )
        for regel, een in rijen.items()
        if een
    )
    met = {een.regel for een in gevonden}
    return Opvallendbeeld(van, tot, gevonden, tuple(w.titel for regel, w in REGELS.items() if regel not in met))


def _sounds(regio: str) -> tuple[list[UUID], list[str]]:
    """Of everybody who works or worked in the region how his surname sounds: all after his first name."""
    namen = dict(Functie.objects.filter(organisatie__regio=regio).values_list("medewerker_id", "medewerker__naam"))
    klanken = {wie: klank_van(naam.partition(" ")[2]) for wie, naam in namen.items()}
    klanken = {wie: klank for wie, klank in klanken.items() if len(klank) >= KORTSTE_KLANK}
    return list(klanken), list(klanken.values())
