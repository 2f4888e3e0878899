# SPDX-License-Identifier: EUPL-1.2
"""Keep one field of a casus by its path, whichever row or fact it is; never over something that the writer did not see."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from vangnet.access.actor import Actor
from vangnet.casework.klank import cijfers_van, klank_van
from vangnet.casework.models import Adres, Jeugdige, Persoon
from vangnet.casework.velden import WAAR_HET_KIND_IS, delen_van_pad
from vangnet.rules.kalender import lokaal
from vangnet.rules.tekst import T

from .feitsoorten import feitsoorten
from .invoer import RIJVELDEN, Onleesbaar, gevonden, lees_feit, tekst
from .leeftijd import Leeftijd
from .weigeringen import Achterhaald, GeenRecht, OnbekendVeld, OngeldigeInvoer
from .werk import ALTIJD, Werk, working_on

GEMEENTE = ("gemeente", "gemeente_buiten")
"""Where the child belongs by the woonplaatsbeginsel: to a municipality of the region, or said to lie outside it."""
OUDSTE = 130
"""Years: nobody in a family is older."""


def save_field(actor: Actor, op: datetime, casus_id: UUID, pad: str, waarde: Any, was: Any = ALTIJD) -> None:
    """Keep one field of a running casus (see `keep_field`), by somebody who works on it.

    Errors: `OnbekendVeld`, `OngeldigeInvoer`, `Achterhaald`, `NietBetrokken`, `GeenRecht`, `CasusGesloten`."""
    rij = pad.partition(".")[0] in RIJVELDEN or pad in GEMEENTE
    with working_on(actor, casus_id, "gezin.wijzigen" if rij else "feit.vastleggen", op) as werk:
        keep_field(werk, pad, waarde, was)


def keep_field(werk: Werk, pad: str, waarde: Any, was: Any = ALTIJD) -> None:
    """Keep a field by its path: `melding.<veld>`, `jeugdige.<id>.<veld>`, `persoon.<id>.<veld>`, `adres.<id>.<veld>` (a
    new id makes a new row), `gemeente` or `gemeente_buiten` (one of the two), or the path of a fact. `was` is what the writer saw there.

    Nobody writes, or learns what stands, where he does not see: the parts of the field must be in his sight.

    Errors: `OnbekendVeld`, `OngeldigeInvoer`, `Achterhaald`; `GeenRecht` for a field out of sight."""
    if not delen_van_pad(pad, werk.casus.geheim) <= werk.zicht:
        raise GeenRecht(merk="feit.vastleggen", veld=pad)
    soort, _, rest = pad.partition(".")
    if pad == "gemeente":
        _gemeente(werk, waarde, was)
    elif pad == "gemeente_buiten":
        _gemeente_buiten(werk, waarde, was)
    elif soort == "melding" and rest in RIJVELDEN["melding"][1]:
        _rij(werk, werk.d.melding, "melding", rest, pad, waarde, was)
    elif soort in ("jeugdige", "persoon", "adres") and rest.count(".") == 1:
        sleutel, _, veld = rest.partition(".")
        _rij(werk, _row(werk, soort, sleutel, pad), soort, veld, pad, waarde, was)
    elif pad in feitsoorten():
        try:
            gelezen = lees_feit(werk.casus.regio, pad, waarde)
        except Onleesbaar as fout:
            raise OngeldigeInvoer((pad, gevonden(waarde), str(fout))) from None
        werk.fact(pad, gelezen.waarde, was=was if was is ALTIJD else _was_feit(werk, pad, was))
    else:
        raise OnbekendVeld(veld=pad)


def _was_feit(werk: Werk, pad: str, was: Any) -> Any:
    """What the writer saw, as it would be kept: a form shows text."""
    try:
        return lees_feit(werk.casus.regio, pad, was).waarde
    except Onleesbaar:
        return was


def _row(werk: Werk, soort: str, sleutel: str, pad: str) -> Any:
    try:
        id_ = UUID(sleutel)
    except ValueError:
        raise OnbekendVeld(veld=pad) from None
    if soort == "jeugdige":
        for kind in werk.d.jeugdigen:
            if kind.id == id_:
                return kind
        return Jeugdige(id=id_, casus_id=werk.casus.id, volgorde=len(werk.d.jeugdigen) + 1)
    if soort == "persoon":
        for persoon in werk.d.personen:
            if persoon.id == id_:
                return persoon
        return Persoon(id=id_, casus_id=werk.casus.id, rol="anders")
    bekend = next((a for a in werk.rows(Adres) if a.id == id_), None)
    if bekend is None and not werk.casus._state.adding:
        bekend = Adres.objects.filter(id=id_, casus_id=werk.casus.id).first()
    return bekend or Adres(id=id_, casus_id=werk.casus.id)


def _rij(werk: Werk, rij: Any, soort: str, veld: str, pad: str, ruw: Any, was: Any) -> None:
    lezer = RIJVELDEN[soort][1].get(veld)
    if lezer is None:
        raise OnbekendVeld(veld=pad)
    try:
        waarde = lezer(ruw)
        _mogelijk(werk, soort, veld, waarde)
    except Onleesbaar as fout:
        raise OngeldigeInvoer((pad, gevonden(ruw), str(fout))) from None
    staat_er = _staat(rij, veld)
    if was is not ALTIJD and not _gelijk(staat_er, was, lezer) and staat_er != waarde:
        # A secret address is shown on request, with a line in the log: not as a by-product of writing over it.
        dicht = werk.casus.geheim and veld in WAAR_HET_KIND_IS
        raise Achterhaald(veld=pad, nu=None if dicht else _als_json(staat_er))
    nieuw = rij._state.adding
    if staat_er == waarde:
        return  # A row of which nothing is known is no row.
    if isinstance(waarde, Leeftijd):
        rij.leeftijd, rij.leeftijd_duur = waarde
    else:
        setattr(rij, veld, waarde)
    velden = [veld, *_afgeleid(rij, veld)]
    if nieuw and not any(rij is one for one in werk.rows(type(rij))):
        werk.add({"jeugdige": "jeugdigen", "persoon": "personen", "adres": ""}[soort], rij)
    else:
        werk.save(rij, *velden)
    if soort == "adres" and veld == "geheim":
        anders = Adres.objects.filter(casus_id=werk.casus.id, geheim=True).exclude(id=rij.id)
        werk.casus.geheim = bool(waarde) or (not werk.casus._state.adding and anders.exists())


def _staat(rij: Any, veld: str) -> Any:
    """What stands in a field, as its reader gives it."""
    is_leeftijd = isinstance(rij, Jeugdige) and veld == "leeftijd"
    return Leeftijd(rij.leeftijd, rij.leeftijd_duur) if is_leeftijd else getattr(rij, veld)


def _gelijk(staat_er: Any, was: Any, lezer: Any) -> bool:
    try:
        return bool(staat_er == lezer(was))
    except Onleesbaar:
        return False


def _afgeleid(rij: Any, veld: str) -> list[str]:
    """Columns that follow from the one that changed."""
    if veld == "telefoon":
        rij.telefoon_cijfers = cijfers_van(rij.telefoon)
        return ["telefoon_cijfers"]
    if isinstance(rij, Jeugdige) and veld == "leeftijd":
        return ["leeftijd_duur"]
    if isinstance(rij, Jeugdige) and veld == "achternaam":
        rij.klank = klank_van(rij.achternaam)
        return ["klank"]
    if isinstance(rij, Persoon) and veld == "naam":
        rij.klank = klank_van(rij.naam.split()[-1] if rij.naam.split() else "")
        return ["klank"]
    return []


def _mogelijk(werk: Werk, soort: str, veld: str, waarde: Any) -> None:
    """Days that nobody can have."""
    if veld == "geboortedatum" and isinstance(waarde, date):
        vandaag = lokaal(werk.op).date()
        if waarde > vandaag:
            raise Onleesbaar("een dag die geweest is; voor een ongeboren kind vink je dat aan")
        hooguit = 25 if soort == "jeugdige" else OUDSTE
        if vandaag.year - waarde.year > hooguit:
            raise Onleesbaar(f"een geboortedatum van hooguit {hooguit} jaar geleden")
    if veld == "uitgerekend_datum" and isinstance(waarde, date):
        dagen = (waarde - lokaal(werk.op).date()).days
        if not -60 <= dagen <= 300:
            raise Onleesbaar("een uitgerekende datum binnen tien maanden")
    if isinstance(waarde, Leeftijd) and (waarde.jaren or 0) > 25:
        raise Onleesbaar("een leeftijd tot en met 25")


def _gemeente(werk: Werk, ruw: Any, was: Any) -> None:
    from . import current_register

    afspraken = current_register().versie(werk.casus.regio, werk.casus.versie_afspraken)
    naam = str(ruw or "").strip()
    if naam and afspraken and afspraken.gemeenten:
        gemeente = afspraken.gemeente(naam)
        if gemeente is None:
            namen = ", ".join(g.naam for g in afspraken.gemeenten)
            raise OngeldigeInvoer(
                (
                    "gemeente",
                    gevonden(ruw),
                    f"een gemeente van {afspraken.regio.naam}: {namen}. Een gemeente buiten de regio heeft een eigen veld",
                )
            )
        naam = gemeente.naam
    if naam and werk.casus.gemeente_buiten:
        buiten = werk.casus.gemeente_buiten
        raise OngeldigeInvoer(("gemeente", gevonden(ruw), f"één gemeente: haal eerst {buiten} (buiten de regio) weg"))
    if len(naam) > 80:
        raise OngeldigeInvoer(("gemeente", gevonden(ruw), "hooguit 80 tekens"))
    if was is not ALTIJD and werk.casus.gemeente not in (was or "", naam):
        raise Achterhaald(veld="gemeente", nu=werk.casus.gemeente)
    werk.casus.gemeente = naam
    werk.changed()


def _gemeente_buiten(werk: Werk, ruw: Any, was: Any) -> None:
    """The municipality of a child of another region: said outright, never guessed from a name that is not known here."""
    from . import current_register

    afspraken = current_register().versie(werk.casus.regio, werk.casus.versie_afspraken)
    try:
        naam = " ".join(str(tekst(80)(ruw or "")).split())
    except Onleesbaar as fout:
        raise OngeldigeInvoer(("gemeente_buiten", gevonden(ruw), str(fout))) from None
    if naam and afspraken and afspraken.gemeente(naam) is not None:
        hier = afspraken.regio.naam
        raise OngeldigeInvoer(("gemeente_buiten", gevonden(ruw), f"een gemeente buiten {hier}; deze hoort erbij"))
    if naam and werk.casus.gemeente:
        raise OngeldigeInvoer(("gemeente_buiten", gevonden(ruw), f"één gemeente: haal eerst {werk.casus.gemeente} weg"))
    if was is not ALTIJD and werk.casus.gemeente_buiten not in (was or "", naam):
        raise Achterhaald(veld="gemeente_buiten", nu=werk.casus.gemeente_buiten)
    if werk.casus.gemeente_buiten == naam:
        return
    werk.casus.gemeente_buiten = naam
    werk.changed()
    _who_leads_there(werk, bool(naam))


def _who_leads_there(werk: Werk, buiten: bool) -> None:
    """No agreement of the region says who leads for a municipality outside it: finding out is a task for who leads now,
    until it is done or the child belongs here after all."""
    taak = next((t for t in werk.d.taken if t.sleutel == "buiten_regio"), None)
    if buiten and taak is None and werk.d.regie is not None:
        werk.task(
            T("Spreek af wie de regie krijgt: de gemeente van het kind ligt buiten deze regio"),
            werk.d.regie.organisatie_id,
            sleutel="buiten_regio",
            waarom=T("Geen afspraak van deze regio zegt wie daar de regie heeft."),
        )
    elif not buiten and taak is not None and taak.klaar_op is None:
        taak.klaar_op, taak.klaar_door_id = werk.op, werk.actor.medewerker_id
        taak.resultaat = T("Het kind hoort bij een gemeente van deze regio.")
        werk.save(taak, "klaar_op", "klaar_door", "resultaat")
    elif buiten and taak is not None and taak.klaar_op is not None:
        taak.klaar_op, taak.klaar_door_id, taak.resultaat = None, None, ""
        werk.save(taak, "klaar_op", "klaar_door", "resultaat")


def _als_json(waarde: Any) -> Any:
    if isinstance(waarde, Leeftijd):
        return str(waarde)
    return waarde.isoformat() if isinstance(waarde, date) else waarde
