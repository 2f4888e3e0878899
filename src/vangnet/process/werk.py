# SPDX-License-Identifier: EUPL-1.2
"""Working on one casus: check access, lock and load, ask the rules; then write rows, events, clocks and the strip of the
board in one transaction. Every use case that changes a casus goes through `working_on`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, connection
from django.db.models import Model

from vangnet.access import log
from vangnet.access.actor import Actor
from vangnet.access.models import Betrokkenheid, Deel, Logregel, Organisatie
from vangnet.access.rechten import may
from vangnet.access.slot import asking
from vangnet.access.zicht import delen, zicht
from vangnet.casework.gebeurtenissen import SOORTEN
from vangnet.casework.models import Aanbod, Casus, Feit, Gebeurtenis, Inzet, Jeugdige, Melding, Rto, Taak
from vangnet.clocks.models import Klok
from vangnet.conf.rows import insert_rows, update_rows
from vangnet.policy.fouten import Fout
from vangnet.rules.advies import Advies
from vangnet.rules.tekst import in_woorden

from . import current_register
from .advise_dossier import advise_dossier
from .beeld import strip
from .closing_days import STEMPEL
from .dossier import Dossier, read_dossier
from .klokken import VERANDERLIJK, is_request, keep_clocks, keep_request_clocks, standen
from .stapsoorten import DELEN_BIJ
from .verschoven import tell_moved
from .weigeringen import (
    Achterhaald,
    AlGedaan,
    CasusGesloten,
    CrisisNietBesloten,
    DubbelBed,
    GeenRecht,
    NietBetrokken,
    Weigering,
)

ALTIJD = object()
"""For `was`: do not check what stood there."""

VOEDT = frozenset({Melding, Jeugdige, Inzet, Rto})
"""Rows that an advice follows from, besides facts and the municipality: when one changes it is asked anew."""

BEGINT = (Betrokkenheid, Inzet)
"""Rows of which the database allows one at a time."""

MET_DE_REGIE = frozenset({"gezinsplan", "vervolg.bij_overdracht", "vervolg.aanbieder"})
"""Tasks of the procesregisseur, whoever that is: they go along when the lead passes (ZL-81, ZL-83, ZL-91)."""
WEIGERING_BIJ: dict[str, type[Weigering]] = {
    "een_bed_tegelijk": DubbelBed,
    "inzet_na_besluit": CrisisNietBesloten,
    "een_regieaanbod_open": AlGedaan,
    "een_rto_gepland": AlGedaan,
    "feit_niet_ongezien_vervangen": Achterhaald,
    "taak_eenmaal": AlGedaan,
    "casework_melding_pkey": AlGedaan,
    "casework_jeugdige_pkey": AlGedaan,
    "casework_persoon_pkey": AlGedaan,
    "casework_adres_pkey": AlGedaan,
    "casework_verzoek_pkey": AlGedaan,
}
"""What the worker reads when an invariant of the database says no."""


class Werk:
    """A casus under work, inside its transaction. Change its rows through it; at the end everything that follows is kept."""

    def __init__(self, actor: Actor, op: datetime, dossier: Dossier, in_delen: frozenset[str]) -> None:
        self.actor, self.op, self.d, self.delen = actor, op, dossier, in_delen
        self.zicht = zicht(actor.rol, in_delen)
        self._events: list[Gebeurtenis] = []
        self._new: dict[type[Model], list[Any]] = {}
        self._dirty: dict[UUID, tuple[Any, set[str]]] = {}
        self._advies: tuple[Advies | None, list[Fout]] | None = None
        self._anderen: dict[UUID, tuple[Advies | None, list[Fout]]] = {}
        self._log: Logregel | None = None

    def logged(self, handeling: str, ding: str) -> None:
        """The line of the log that goes with this work, in the same transaction."""
        self._log = log.line(self.actor, handeling, ding, self.op, self.casus.id, relatie=self.delen)

    @property
    def casus(self) -> Casus:
        return self.d.casus

    @property
    def advies(self) -> Advies | None:
        """What the agreements say now, for the first child; None when the facts cannot be read together."""
        if self._advies is None:
            self._advies = advise_dossier(self.d, self.op)
        return self._advies[0]

    def changed(self) -> None:
        """Forget the advice: a fact or row has changed."""
        self._advies = None
        self._anderen.clear()

    def voorstel(self, sleutel: str, advies: Advies | None = None) -> dict[str, Any] | None:
        """What the agreements propose under a key now, as it is kept beside a decision; None when they say nothing.
        `advies` is that of another child than the first."""
        advies = advies or self.advies
        uitspraak = advies.uitspraken.get(sleutel) if advies else None
        if advies is None or uitspraak is None:
            return None
        jaar = self.op.year
        from .present_advice import plat

        return {
            "sleutel": sleutel,
            "waarde": plat(uitspraak.waarde),
            "tekst": in_woorden(uitspraak.tekst, uitspraak.gegevens, "nl", jaar, str),
            "strekking": uitspraak.strekking,
            "regels": list(uitspraak.regels),
            "versie": advies.afspraken.regio.geldig_vanaf.isoformat(),
        }

    def event(
        self,
        soort: str,
        gebeurd_op: datetime | None = None,
        gegevens: Mapping[str, Any] | None = None,
        voorstel: Mapping[str, Any] | None = None,
        afgeweken: bool = False,
        reden: str = "",
        regels: tuple[str, ...] | list[str] = (),
        corrigeert: UUID | None = None,
    ) -> Gebeurtenis:
        """Note what happened; kept with the rest. `gegevens` fill the sentence of its kind in `casework.gebeurtenissen`."""
        assert soort in SOORTEN, soort
        gebeurtenis = Gebeurtenis(
            casus_id=self.casus.id,
            soort=soort,
            gebeurd_op=gebeurd_op or self.op,
            ingevoerd_op=self.op,
            door_id=self.actor.medewerker_id,
            namens_id=self.actor.organisatie_id,
            gegevens=dict(gegevens or {}),
            voorstel=dict(voorstel) if voorstel else None,
            afgeweken=afgeweken,
            reden=reden,
            regels=list(regels) or list((voorstel or {}).get("regels", ())),
            corrigeert_id=corrigeert,
        )
        self._events.append(gebeurtenis)
        return gebeurtenis

    def fact(self, veld: str, waarde: Any, gebeurd_op: datetime | None = None, was: Any = ALTIJD) -> None:
        """Keep a fact (a value as JSON knows it; moments as ISO text), or take it back with None. The same value again
        changes nothing. Errors: `Achterhaald` when `was` is given and something else stands there."""
        bestaand = next((f for f in self.d.feiten if f.veld == veld), None)
        staat_er = bestaand.waarde if bestaand else None
        if was is not ALTIJD and staat_er != was and staat_er != waarde:
            raise Achterhaald(veld=veld, nu=staat_er, door_id=bestaand.door_id if bestaand else None)
        if staat_er == waarde:
            return
        feit = Feit(
            casus_id=self.casus.id,
            veld=veld,
            waarde=waarde,
            gebeurd_op=gebeurd_op or self.op,
            ingevoerd_op=self.op,
            door_id=self.actor.medewerker_id,
            namens_id=self.actor.organisatie_id,
            vorige_id=bestaand.id if bestaand else None,
        )
        self._new.setdefault(Feit, []).append(feit)
        self.d.feiten = [f for f in self.d.feiten if f.veld != veld] + [feit]
        self.changed()

    def save(self, rij: Any, *velden: str) -> None:
        """Keep `velden` of a row of the casus; written with the rest at the end. A new row goes through `add`."""
        if not rij._state.adding:
            self._dirty.setdefault(rij.id, (rij, set()))[1].update(velden)
        if type(rij) in VOEDT:
            self.changed()

    def add(self, lijst: str, rij: Any) -> Any:
        """Keep a new row and put it in its list of the dossier (`inzetten`, `rtos`, ...; empty for a kind that is not in
        it, such as addresses and notes)."""
        self._new.setdefault(type(rij), []).append(rij)
        if lijst:
            getattr(self.d, lijst).append(rij)
        if type(rij) in VOEDT:
            self.changed()
        return rij

    def rows(self, soort: type[Model]) -> list[Any]:
        """The rows of a kind that were added in this work."""
        return self._new.get(soort, [])

    def flush(self) -> None:
        """Write what was added and changed, in few statements. Errors of the database become refusals: `DubbelBed`,
        `CrisisNietBesloten`, `AlGedaan`."""
        try:
            if self._events:
                self._new[Gebeurtenis] = self._events
                self._events = []
            nieuw, self._new = self._new, {}
            begint = {soort: nieuw.pop(soort) for soort in BEGINT if soort in nieuw}
            changed = [(rij, _attnames(rij, velden)) for rij, velden in self._dirty.values()]
            self._dirty.clear()
            # First what is only added: the own part may end here, and with it the right to write. Then what ends, before
            # what begins: else two would lead, or a child would sleep in two beds, at once.
            insert_rows(nieuw)
            update_rows(changed)
            insert_rows(begint)
        except IntegrityError as fout:
            diag = getattr(fout.__cause__, "diag", None)
            weigering = WEIGERING_BIJ.get(getattr(diag, "constraint_name", None) or "")
            if weigering is None:
                raise
            raise weigering() from None

    def involve(
        self, organisatie_id: UUID, deel: str, van: datetime | None = None, medewerker_id: UUID | None = None
    ) -> None:
        """Let an organisation take part, from a moment on; nothing happens when it already does in this part."""
        for b in self.d.betrokkenheden:
            if b.organisatie_id == organisatie_id and b.deel == deel and b.tot is None:
                return
        self.add(
            "betrokkenheden",
            Betrokkenheid(
                casus_id=self.casus.id,
                organisatie_id=organisatie_id,
                medewerker_id=medewerker_id,
                deel=deel,
                van=van or self.op,
            ),
        )
        self._name(organisatie_id)

    def release(self, organisatie_id: UUID, deel: str, tot: datetime | None = None) -> None:
        """End the part of an organisation; its rights end with it."""
        for b in self.d.betrokkenheden:
            if b.organisatie_id == organisatie_id and b.deel == deel and b.tot is None:
                b.tot = max(tot or self.op, b.van)
                self.save(b, "tot")

    def pass_regie(
        self, organisatie_id: UUID, medewerker_id: UUID | None = None, reden: str = "", afgeweken: bool = False
    ) -> None:
        """The lead passes, now: the giver keeps its part in the help (or its file), the taker leads. One event."""
        huidig = self.d.regie
        if huidig is not None and huidig.organisatie_id == organisatie_id:
            return
        van_id = huidig.organisatie_id if huidig else None
        if huidig is not None:
            huidig.tot = max(self.op, huidig.van)
            self.save(huidig, "tot")
            if huidig.organisatie_id == self.d.dienst_id:
                self.involve(huidig.organisatie_id, Deel.CRISISHULP)
            else:
                self.involve(huidig.organisatie_id, Deel.VERVOLG)
        self.involve(organisatie_id, Deel.REGIE, medewerker_id=medewerker_id)
        for deel in (Deel.SIGNAAL, Deel.AANBOD, Deel.RTO):
            self.release(organisatie_id, deel)
        for aanbod in self.d.aanbiedingen:  # Who leads has taken up the signal: nothing is left to answer.
            if aanbod.soort == "signaal" and aanbod.antwoord == "" and aanbod.aan_organisatie_id == organisatie_id:
                aanbod.antwoord, aanbod.beantwoord_op = "aanvaard", self.op
                self.save(aanbod, "antwoord", "beantwoord_op")
        for taak in self.d.taken:  # What is the procesregisseur's to do goes along with the lead.
            if taak.sleutel in MET_DE_REGIE and taak.klaar_op is None and taak.voor_id == van_id:
                taak.voor_id = organisatie_id
                self.save(taak, "voor")
        self.event(
            "regie_over",
            gegevens={
                "naar": self.d.naam(organisatie_id),
                "van": self.d.naam(van_id),
                "versie": self.casus.versie + 1,
            },
            voorstel=self.voorstel("regie.procesregisseur") or self.voorstel("regie.overgang"),
            afgeweken=afgeweken,
            reden=reden,
        )
        for inzet in self.d.hulp:
            if inzet.overgedragen_op is None:
                inzet.overgedragen_op = self.op
                self.save(inzet, "overgedragen_op")

    def ask(self, soort: str, organisatie_id: UUID, tekst: str, **velden: Any) -> Aanbod:
        """Ask another organisation something; it sees a profile and the question until it accepts."""
        velden.setdefault("zichtbaar_vanaf", self.op)
        aanbod = Aanbod(
            casus_id=self.casus.id,
            soort=soort,
            van_organisatie_id=self.actor.organisatie_id,
            aan_organisatie_id=organisatie_id,
            gedaan_op=self.op,
            gedaan_door_id=self.actor.medewerker_id,
            tekst=tekst,
            **velden,
        )
        self.add("aanbiedingen", aanbod)
        self.involve(organisatie_id, Deel.SIGNAAL if soort == "signaal" else Deel.AANBOD, van=aanbod.zichtbaar_vanaf)
        return aanbod

    def task(self, wat: str, voor: UUID, sleutel: str = "", **velden: Any) -> Taak | None:
        """Give an organisation a task; one with a key is given once in a casus."""
        if sleutel and any(t.sleutel == sleutel for t in self.d.taken):
            return None
        taak: Taak = self.add("taken", Taak(casus_id=self.casus.id, wat=wat, voor_id=voor, sleutel=sleutel, **velden))
        self._name(voor)
        return taak

    def close(self, uitkomst: str, op: datetime | None = None) -> None:
        """Close the casus: every part ends, open offers are withdrawn, the crisis service keeps the file. A signal that
        was promised still arrives: who must take it up keeps that part, and its clock runs on."""
        moment = max(op or self.op, self.casus.begonnen_op)
        self.casus.gesloten_op, self.casus.uitkomst = moment, uitkomst
        wacht = {b.aan_organisatie_id for b in self.d.aanbiedingen if b.soort == "signaal" and b.antwoord == ""}
        for b in self.d.betrokkenheden:
            if b.tot is None and not (b.deel == Deel.SIGNAAL and b.organisatie_id in wacht):
                b.tot = max(moment, b.van)
                self.save(b, "tot")
        for aanbod in self.d.aanbiedingen:
            if aanbod.antwoord == "" and aanbod.soort != "signaal":
                aanbod.antwoord, aanbod.beantwoord_op = "ingetrokken", self.op
                self.save(aanbod, "antwoord", "beantwoord_op")
        self.add(
            "betrokkenheden",
            Betrokkenheid(casus_id=self.casus.id, organisatie_id=self.d.dienst_id, deel=Deel.DOSSIER, van=moment),
        )

    def _name(self, organisatie_id: UUID) -> None:
        if organisatie_id not in self.d.namen:
            naam, soort = Organisatie.objects.values_list("naam", "soort").get(id=organisatie_id)
            self.d.namen[organisatie_id], self.d.soorten[organisatie_id] = naam, soort

    def adviezen(self) -> dict[Jeugdige | None, Advies | None]:
        """What the agreements say now, per child."""
        eerste, *anderen = self.d.kinderen or [None]
        for kind in anderen:
            if kind.id not in self._anderen:
                self._anderen[kind.id] = advise_dossier(self.d, self.op, kind)
        return {eerste: self.advies} | {kind: self._anderen[kind.id][0] for kind in anderen}

    @property
    def tegenspraken(self) -> int:
        """How many contradictions the advice ran into, for the children it was asked for."""
        eerste = self._advies[1] if self._advies else []
        return len(eerste) + sum(len(fouten) for _, fouten in self._anderen.values())

    def keep(self) -> None:
        """What follows from the change: events, clocks, the strip on the board, the number of the version."""
        was = standen(self.d)
        adviezen = self.adviezen()
        for klok in keep_clocks(self.d, adviezen, self.op, closed=self.casus.gesloten_op is not None):
            self.save(klok, *VERANDERLIJK)
        for klok in keep_request_clocks(self.d, self.op):
            self.save(klok, *VERANDERLIJK)
        tell_moved(was, self.d, self.zicht)
        eerste = next(iter(adviezen.values()))
        lopend = [k for k in self.d.klokken if k.geeindigd_op is None and not is_request(k)]
        self.casus.volgende_klok_op = min((k.uiterlijk for k in lopend), default=None)
        self.casus.beeld = strip(self.d, eerste, self.op)
        self.casus.gewijzigd_op = self.op
        self.casus.versie += 1
        self._new.setdefault(Klok, []).extend(k for k in self.d.klokken if k._state.adding)
        if self._log is not None:
            self._new[Logregel] = [self._log]
        if self.casus._state.adding:
            # Before its rows: they hang on the casus, and on who takes part in it.
            insert_rows({Casus: [self.casus], Betrokkenheid: self._new.pop(Betrokkenheid, [])})
        else:
            self.save(self.casus, *(f.name for f in Casus._meta.concrete_fields if not f.primary_key))
        self.flush()


def _attnames(rij: Model, velden: Iterable[str]) -> set[str]:
    return {rij._meta.get_field(veld).attname for veld in velden}


@contextmanager
def working_on(actor: Actor, casus_id: UUID, merk: str, op: datetime, open_only: bool = True) -> Iterator[Werk]:
    """Work on a casus as `actor`, for the right `merk` (`inzet.besluiten`), at moment `op`, under a lock on its row.

    Errors: `GeenRecht` (also when what it is about is out of this person's sight), `NietBetrokken` (also for a casus that does not exist: nothing is given away),
    `CasusGesloten`; each leaves a line in the log, though everything else is undone."""
    ding, _, werkwoord = merk.partition(".")
    try:
        if not may(actor.rol, merk):
            raise GeenRecht(merk=merk)
        with asking(actor, op, work=True):
            with connection.cursor() as cursor:
                cursor.execute("select from casework_casus where id = %s for update", [casus_id])
                bestaat = cursor.rowcount == 1
            in_delen = delen(actor, casus_id, op) if bestaat else frozenset()
            if in_delen <= {Deel.AANBOD} and merk != "aanbod.beantwoorden":
                in_delen = frozenset()  # Who is only asked something answers that, and touches nothing else.
            dossier = read_dossier(casus_id) if in_delen else None
            if dossier is None:
                raise NietBetrokken(casus=str(casus_id))
            if open_only and dossier.casus.gesloten_op is not None:
                raise CasusGesloten()
            werk = Werk(actor, op, dossier, in_delen)
            if (nodig := DELEN_BIJ.get(merk)) and werk.zicht.isdisjoint(nodig):
                raise GeenRecht(merk=merk)
            yield werk
            werk.logged(werkwoord, ding)
            werk.keep()
    except (GeenRecht, NietBetrokken) as nee:
        log.note(actor, "geweigerd", merk, op, casus_id, geslaagd=False, toelichting=nee.code)
        raise


def start_casus(
    actor: Actor,
    op: datetime,
    casus_id: UUID,
    begonnen_op: datetime,
    gemeente: str = "",
    oefening: bool = False,
    melding_id: UUID | None = None,
) -> Werk:
    """A new casus, led from its first moment by the organisation of the actor; inside `asking` of the caller, who
    adds the melding (`melding_id`, when the client made it) and then calls `keep`. Raises `AlGedaan` when that melding
    exists already, and `policy.fouten.OnbekendeRegio` for a region without agreements."""
    afspraken = current_register().op(actor.regio, begonnen_op)
    with connection.cursor() as cursor:
        cursor.execute(
            f"select nextval('casework_nummer'), {STEMPEL.format(regio='%s')}"
            " where not exists (select from casework_melding where id = %s)",
            [actor.regio, melding_id],
        )
        rij = cursor.fetchone()
    if rij is None:
        raise AlGedaan()
    nummer, sluiting = rij
    casus = Casus(
        id=casus_id,
        regio=actor.regio,
        nummer=f"{begonnen_op.year}-{nummer:05d}",
        begonnen_op=begonnen_op,
        versie_afspraken=afspraken.regio.geldig_vanaf,
        gemeente=gemeente,
        oefening=oefening,
        inzet_voor_besluit=afspraken.zorg.na_besluit is None,
        gewijzigd_op=op,
        versie=0,
    )
    namen = {actor.organisatie_id: actor.organisatie, actor.medewerker_id: actor.naam}
    dossier = Dossier(casus, namen=namen, sluiting=sluiting)
    werk = Werk(actor, op, dossier, frozenset({Deel.REGIE}))
    werk.involve(actor.organisatie_id, Deel.REGIE, van=begonnen_op, medewerker_id=actor.medewerker_id)
    return werk
