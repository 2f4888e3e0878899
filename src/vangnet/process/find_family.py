# SPDX-License-Identifier: EUPL-1.2
"""Is this family known: while somebody is on the phone, and without telling more than he may know.

One narrow function reads across all casussen of a region. A casus that the own organisation takes part in comes back with
a first name, age and number; of any other only who leads it, to call. No address, no reason, no name ever leaves it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.db import connection

from vangnet.access import log
from vangnet.access.actor import Actor
from vangnet.access.rechten import may
from vangnet.casework.klank import cijfers_van, klank_van
from vangnet.casework.models import Melding
from vangnet.rules.kalender import lokaal

from .invoer import Onleesbaar, burgerservicenummer, geboren
from .weigeringen import GeenRecht

MERK = "gezin.herkennen"
MINSTE_CIJFERS = 8
MINSTE_KLANK = 2
HOOGUIT = 5


@dataclass(frozen=True)
class Bekend:
    """A casus that may be of this family."""

    sterk: bool
    """Whether more than the sound of a surname fits."""
    waaraan: tuple[str, ...]
    """What fits: bsn, geboren, telefoon, klank."""
    casus_id: UUID | None = None
    nummer: str = ""
    naam: str = ""
    """First name and initial."""
    leeftijd: int | None = None
    gesloten_op: datetime | None = None
    bel: str = ""
    """The organisation to call, for a casus that is not for the own organisation to see."""
    telefoon: str = ""

    @property
    def lopend(self) -> bool:
        """Whether it is a running casus that the own organisation takes part in."""
        return self.casus_id is not None and self.gesloten_op is None


class Zoekvraag(NamedTuple):
    """What was typed, made comparable; empty where it was not, or not enough."""

    bsn: str = ""
    cijfers: str = ""
    geboren: date | None = None
    voornaam: str = ""
    klank: str = ""


def find_family(actor: Actor, op: datetime, getypt: Mapping[str, str], melding_id: UUID | None = None) -> list[Bekend]:
    """Casussen of the region that may be of the family of `getypt` (bsn, telefoon, voornaam, achternaam, geboren), the
    surest first, without that of the call itself. Every search is a line in the log, without what was typed.

    Errors: `GeenRecht`."""
    if not may(actor.rol, MERK):
        raise GeenRecht(merk=MERK)
    vraag = _vraag(getypt)
    if not any((vraag.bsn, vraag.cijfers, vraag.geboren and vraag.voornaam, vraag.klank)):
        return []
    eigen = Melding.objects.filter(id=melding_id).values_list("casus_id", flat=True).first() if melding_id else None
    rijen = _zoek(actor, op, vraag, eigen)
    log.note(actor, "zoeken", "gezin", op, toelichting=", ".join(n for n in Zoekvraag._fields if getattr(vraag, n)))
    gezien: set[Any] = set()
    uit: list[Bekend] = []
    for rij in rijen:
        een = _bekend(rij, op)
        sleutel = een.casus_id or een.bel
        if sleutel not in gezien and len(uit) < HOOGUIT:
            gezien.add(sleutel)
            uit.append(een)
    return uit


def _vraag(getypt: Mapping[str, str]) -> Zoekvraag:
    try:
        bsn = burgerservicenummer(getypt.get("bsn", ""))
    except Onleesbaar:
        bsn = ""
    try:
        dag = geboren(getypt.get("geboren", ""))[0]
    except Onleesbaar:
        dag = None
    cijfers = cijfers_van(getypt.get("telefoon", "")[:60])
    klank = klank_van(getypt.get("achternaam", "")[:80])
    return Zoekvraag(
        bsn,
        cijfers if len(cijfers) >= MINSTE_CIJFERS else "",
        dag,
        getypt.get("voornaam", "").strip()[:80].casefold(),
        klank if len(klank) >= MINSTE_KLANK else "",
    )


# Each arm of the union uses one index. What it returns is all that ever leaves this function.
ZOEK = """
with treffer as (
  select casus_id, id as jeugdige_id, 'bsn' as waaraan from casework_jeugdige
   where %(bsn)s <> '' and bsn = %(bsn)s and vervallen_op is null
  union select casus_id, id, 'geboren' from casework_jeugdige
   where geboortedatum = %(geboren)s and %(voornaam)s <> '' and lower(voornaam) = %(voornaam)s and vervallen_op is null
  union select casus_id, null, 'telefoon' from casework_melding
   where %(cijfers)s <> '' and telefoon_cijfers <> '' and telefoon_cijfers = %(cijfers)s and melder in ('ouder', 'jeugdige', 'netwerk', '')
  union select casus_id, null, 'telefoon' from casework_persoon
   where %(cijfers)s <> '' and telefoon_cijfers <> '' and telefoon_cijfers = %(cijfers)s and vervallen_op is null
     and rol in ('moeder', 'vader', 'stiefouder', 'partner_van_ouder', 'pleegouder', 'broer', 'zus', 'oma', 'opa', 'familie', 'netwerk')
  union select casus_id, id, 'klank' from casework_jeugdige
   where %(klank)s <> '' and klank <> '' and klank = %(klank)s and vervallen_op is null
),
kandidaat as (
  select t.casus_id, array_agg(distinct t.waaraan) as waaraan, min(t.jeugdige_id::text)::uuid as jeugdige_id,
         max(case t.waaraan when 'bsn' then 8 when 'geboren' then 4 when 'telefoon' then 4 else 1 end) as kracht
    from treffer t group by t.casus_id
),
mag as (
  select k.*, c.nummer, c.begonnen_op, c.gesloten_op, c.geheim, exists (
      select from access_betrokkenheid b where b.casus_id = k.casus_id and b.organisatie_id = %(organisatie)s
         and b.deel not in ('aanbod', 'signaal') and b.van <= %(op)s and (b.tot is null or b.tot > %(op)s)) as te_zien
    from kandidaat k join casework_casus c on c.id = k.casus_id
   where c.regio = %(regio)s and not c.oefening and c.uitkomst not in ('vergissing', 'gevoegd')
     and c.id is distinct from %(eigen)s
     and not exists (select from access_blokkade x where x.casus_id = c.id and x.medewerker_id = %(medewerker)s)
)
select m.te_zien, m.waaraan, m.kracht,
       case when m.te_zien then m.casus_id end, case when m.te_zien then m.nummer end,
       case when m.te_zien then j.voornaam end, case when m.te_zien then left(j.achternaam, 1) end,
       case when m.te_zien then j.geboortedatum end, case when m.te_zien then j.leeftijd end,
       case when m.te_zien then m.begonnen_op end, case when m.te_zien then m.gesloten_op end,
       case when not m.te_zien then o.naam end,
       case when not m.te_zien then coalesce(nullif(o.telefoon_buiten, ''), o.telefoon) end
  from mag m
  left join casework_jeugdige j on j.id = coalesce(m.jeugdige_id,
       (select id from casework_jeugdige e where e.casus_id = m.casus_id and e.vervallen_op is null order by volgorde limit 1))
  left join access_organisatie o on o.id = (
       select b.organisatie_id from access_betrokkenheid b join access_organisatie w on w.id = b.organisatie_id
        where b.casus_id = m.casus_id and b.tot is null
          and (b.deel = 'regie' and not m.geheim
               or b.deel = 'dossier' and not exists (select from access_betrokkenheid r where r.casus_id = m.casus_id and r.deel = 'regie' and r.tot is null)
               or m.geheim and w.soort = 'crisisdienst')
        order by b.deel = 'regie' desc limit 1)
 where m.te_zien or m.kracht > 1 and o.id is not null
 order by m.kracht desc, m.gesloten_op is not null, m.begonnen_op desc
 limit 25
"""
"""Of a secret address not even the municipality may show: there the crisis service is named, not the access that leads.
A surname that sounds alike is too little to say that another organisation knows a family."""


def _zoek(actor: Actor, op: datetime, vraag: Zoekvraag, eigen: UUID | None) -> list[tuple[Any, ...]]:
    """The one statement that reads over the bounds of betrokkenheid; later it becomes a function of the database."""
    with connection.cursor() as cursor:
        cursor.execute(
            ZOEK,
            {
                "bsn": vraag.bsn, "cijfers": vraag.cijfers, "geboren": vraag.geboren, "voornaam": vraag.voornaam,
                "klank": vraag.klank, "regio": actor.regio, "organisatie": actor.organisatie_id,
                "medewerker": actor.medewerker_id, "eigen": eigen, "op": op,
            },
        )  # fmt: skip
        return cursor.fetchall()


def _bekend(rij: tuple[Any, ...], op: datetime) -> Bekend:
    te_zien, waaraan, kracht, casus_id, nummer, voor, letter, dag, jaren, begonnen, gesloten, bel, telefoon = rij
    if not te_zien:
        return Bekend(kracht > 1, tuple(waaraan), bel=bel or "", telefoon=telefoon or "")
    if dag is not None:
        nu = lokaal(op).date()
        jaren = nu.year - dag.year - ((nu.month, nu.day) < (dag.month, dag.day))
    elif jaren is not None and begonnen is not None:
        jaren += lokaal(op).year - lokaal(begonnen).year
    naam = f"{voor} {letter.upper()}." if voor and letter else voor or (f"{letter.upper()}." if letter else "")
    return Bekend(kracht > 1, tuple(waaraan), casus_id, nummer, naam, jaren, gesloten)
