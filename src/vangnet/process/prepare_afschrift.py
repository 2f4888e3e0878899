# SPDX-License-Identifier: EUPL-1.2
"""The copy of a file in two hands: one walks it and chooses, another reads what who asks will get, and releases or sends back.

What comes out is exactly what the second read. What came in after the walk is not in it, and a secret place never is: that
is asked once more of the whole copy before it is released.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from vangnet.access import log
from vangnet.access.actor import Actor
from vangnet.access.models import Organisatie, Soort
from vangnet.access.rechten import may
from vangnet.access.slot import asks
from vangnet.access.zicht import delen, zicht
from vangnet.casework.models import Adres, Afschrift, Gebeurtenis, Notitie, Passagekeuze, Verzoek, Verzoekbesluit
from vangnet.rules.kalender import lokaal
from vangnet.rules.tekst import T, dag_in_woorden

from .besluit import Lezer
from .dossier import Dossier, read_dossier
from .passages import GRONDEN_WEG, Bron, Label, Passage, passages_of
from .show_family_log import SOORTNAMEN
from .verzoek import (
    MET_AFSCHRIFT,
    GeheimBlijftGeheim,
    NietAanJullie,
    TweedePersoonNodig,
    asker_of,
    handler_of,
    number_of_request,
    request_of,
    role_of_asker,
    told_of,
)
from .weigeringen import Achterhaald, AlGedaan, GeenRecht, NietBetrokken, NogNietKlaar, OngeldigeInvoer
from .werk import Werk, working_on
from .whereabouts import secrets_of

VOORBEREIDEN, VRIJGEVEN = "verzoek.voorbereiden", "verzoek.vrijgeven"
GEVEN = "geven"
VORMEN = ("papier", "bestand")
"""In which form a copy is fetched: a page to print, or a file for machines (AVG article 20 asks that of what was given)."""


def plain(pad: str) -> str:
    """The name of a field where no screen gives it a better one."""
    return pad.rpartition(".")[2].replace("_", " ").capitalize()


@dataclass(frozen=True)
class Keuzestand:
    """A passage on the walk: what stands for it now, and what may be chosen."""

    passage: Passage
    keuze: str
    """`geven`, or a key of `GRONDEN_WEG`: what was chosen, else what is proposed."""
    gekozen: bool
    """Whether somebody chose it, for the text as it is now."""
    nieuw: bool
    """Whether it came in, or changed, after the walk."""


@dataclass(frozen=True)
class Wandeling:
    """The whole walk through the file for one request."""

    passages: tuple[Keuzestand, ...]
    geheim: int
    """How many places are kept out of it altogether."""
    buiten_zicht: tuple[str, ...]
    """Parts of the file that this organisation does not see, and that are not in the copy."""

    @property
    def open(self) -> int:
        """How many passages nobody chose for."""
        return sum(1 for p in self.passages if not p.gekozen)


PARTS = {"melding": T("de melding"), "triage": T("de triage"), "adres": T("adressen"), "notities": T("aantekeningen")}
"""Parts that an organisation may not see, as it reads them."""


def walk_of(d: Dossier, v: Verzoek, te_zien: frozenset[str], keuzes: Iterable[Passagekeuze], label: Label) -> Wandeling:
    """The walk of a request: reads addresses, notes and events beside the dossier. Who asks has been checked."""
    bron = _bron(d, v, te_zien, label)
    per = {k.sleutel: k for k in keuzes}
    uit = []
    for p in passages_of(bron):
        k = per.get(p.sleutel)
        geldt = k is not None and k.vingerafdruk == p.vingerafdruk
        keuze = (GEVEN if k.geven else k.grond) if k is not None and geldt else p.grond or GEVEN
        if p.nooit and keuze == GEVEN:
            keuze = "veiligheid"
        uit.append(Keuzestand(p, keuze, geldt, bool(per) and not geldt))
    geheim = sum(1 for a in bron.adressen if a.geheim or d.casus.geheim)
    return Wandeling(tuple(uit), geheim, tuple(naam for deel, naam in PARTS.items() if deel not in te_zien))


def _bron(d: Dossier, v: Verzoek, te_zien: frozenset[str], label: Label) -> Bron:
    casus = d.casus.id
    return Bron(
        d, v, te_zien, tuple(Adres.objects.filter(casus_id=casus).order_by("id")), secrets_of(d, asker_of(d, v)),
        tuple(Notitie.objects.filter(casus_id=casus).order_by("gebeurd_op", "id")),
        tuple(Gebeurtenis.objects.filter(casus_id=casus).order_by("gebeurd_op", "ingevoerd_op", "id")), label,
    )  # fmt: skip


def copy_of(d: Dossier, v: Verzoek, wandeling: Wandeling, dag: datetime, huis: str) -> dict[str, Any]:
    """The copy as who asks gets it: headings with what is given, and where it betrays nothing that something was left out,
    once under its heading. Days, no times; no ids, not who wrote it down, nothing that says how much was left out."""
    koppen: dict[str, dict[str, Any]] = {}
    weg: dict[str, list[str]] = {}
    for een in wandeling.passages:
        p = een.passage
        if een.gekozen and een.keuze == GEVEN and not p.nooit:
            regel = {"wat": p.naam, "inhoud": p.tekst} | ({"dag": dag_in_woorden(p.dag)} if p.dag else {})
            koppen.setdefault(p.kop, {"kop": p.kop, "regels": [], "weggelaten": []})["regels"].append(regel)
        elif een.gekozen and GRONDEN_WEG[een.keuze].te_zien and not p.nooit:
            weg.setdefault(p.kop, [])
            if een.keuze not in weg[p.kop]:
                weg[p.kop].append(een.keuze)
    volgorde = list(dict.fromkeys(e.passage.kop for e in wandeling.passages))
    for kop, gronden in weg.items():
        deel = koppen.setdefault(kop, {"kop": kop, "regels": [], "weggelaten": []})
        deel["weggelaten"] = [f"{T('Hier is iets weggelaten')}: {GRONDEN_WEG[g].naam.lower()}." for g in gronden]
    return {
        "soort": T("Afschrift van het dossier"),
        "verzoek": number_of_request(d, v),
        "voor": role_of_asker(d, v),
        "gemaakt": dag_in_woorden(lokaal(dag).date()),
        "door": huis,
        "delen": [koppen[kop] for kop in volgorde if kop in koppen],
    }


def fingerprint(inhoud: Mapping[str, Any]) -> str:
    """Of a copy: what the second reader read is what is released."""
    return hashlib.sha256(json.dumps(inhoud, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def house_of(d: Dossier, organisatie_id: UUID) -> str:
    """Who made the copy, as it may stand on it: with a secret address only what kind of organisation, for the name of an
    access or an institution says in which place it works."""
    naam, soort = Organisatie.objects.values_list("naam", "soort").get(id=organisatie_id)
    return str(SOORTNAMEN.get(Soort(soort), "")) if d.casus.geheim else str(naam)


@contextmanager
def _refusals_logged(actor: Actor, op: datetime, casus_id: UUID, merk: str) -> Iterator[Werk]:
    """Working on the casus, where an attempt to give a secret or to release one's own choice leaves a line in the log, though
    everything else is undone: somebody must be able to see that it was tried."""
    try:
        with working_on(actor, casus_id, merk, op, open_only=False) as werk:
            yield werk
    except (TweedePersoonNodig, GeheimBlijftGeheim) as nee:
        log.note(actor, "geweigerd", merk, op, casus_id, geslaagd=False, toelichting=nee.code)
        raise


# ---- the first hand -------------------------------------------------------------------------------------------------


def choose_passages(
    actor: Actor,
    op: datetime,
    casus_id: UUID,
    verzoek_id: UUID,
    keuzes: Mapping[str, tuple[str, str]],
    klaarleggen: bool = False,
    label: Label = plain,
) -> None:
    """Keep what is done with passages: per key the fingerprint of the text that was read, and `geven` or a ground. With
    `klaarleggen` the walk is done and a second person is asked to read.

    Errors: `OngeldigeInvoer` naming the passage (unknown, changed since it was read, no such choice);
    `GeheimBlijftGeheim` when a text that repeats a secret place is given; `NogNietKlaar` while it is not clear who asks, or,
    with `klaarleggen`, a passage waits for a choice; `AlGedaan` when it lies ready already; those of `request_of`."""
    with _refusals_logged(actor, op, casus_id, VOORBEREIDEN) as werk:
        verzoek = _in_preparation(werk, verzoek_id)
        if verzoek.aangeboden_op is not None:
            raise AlGedaan()
        bestaand = {k.sleutel: k for k in Passagekeuze.objects.filter(verzoek_id=verzoek_id)}
        wandeling = walk_of(werk.d, verzoek, werk.zicht, bestaand.values(), label)
        per = {e.passage.sleutel: e.passage for e in wandeling.passages}
        lezer = Lezer()
        for sleutel, (vingerafdruk, keuze) in keuzes.items():
            p = per.get(sleutel)
            if p is None:
                lezer.fout("passage", sleutel[:80], T("een passage van dit dossier"))
            elif p.vingerafdruk != vingerafdruk:
                lezer.fout(
                    f"{p.kop}: {p.naam}", T("een andere tekst"), T("de tekst die er nu staat: lees hem nog eens")
                )
            elif keuze != GEVEN and keuze not in GRONDEN_WEG:
                lezer.fout(f"{p.kop}: {p.naam}", keuze[:40], T("geven, of een reden om weg te laten"))
            elif keuze == GEVEN and p.nooit:
                raise GeheimBlijftGeheim(waar=f"{p.kop}: {p.naam}")
        lezer.klaar()
        for sleutel, (vingerafdruk, keuze) in keuzes.items():
            _keep_choice(werk, verzoek, bestaand.get(sleutel), sleutel, vingerafdruk, keuze)
        if klaarleggen:
            if nog := [e for e in wandeling.passages if not e.gekozen and e.passage.sleutel not in keuzes]:
                raise NogNietKlaar(
                    wat=T("Kies eerst bij iedere passage: er zijn er nog {n} zonder keuze.").format(n=len(nog))
                )
            verzoek.aangeboden_op, verzoek.aangeboden_door_id, verzoek.teruggestuurd = op, actor.medewerker_id, ""
            werk.save(verzoek, "aangeboden_op", "aangeboden_door", "teruggestuurd")
            werk.event("verzoek_aangeboden", gegevens=told_of(werk.d, verzoek))


def _keep_choice(
    werk: Werk, verzoek: Verzoek, oud: Passagekeuze | None, sleutel: str, vingerafdruk: str, keuze: str
) -> None:
    geven, grond = keuze == GEVEN, "" if keuze == GEVEN else keuze
    if oud is None:
        werk.add(
            "",
            Passagekeuze(
                casus_id=werk.casus.id, verzoek_id=verzoek.id, sleutel=sleutel, vingerafdruk=vingerafdruk, geven=geven,
                grond=grond, door_id=werk.actor.medewerker_id, op=werk.op,
            ),
        )  # fmt: skip
    elif (oud.vingerafdruk, oud.geven, oud.grond) != (vingerafdruk, geven, grond):
        oud.vingerafdruk, oud.geven, oud.grond = vingerafdruk, geven, grond
        oud.door_id, oud.op = werk.actor.medewerker_id, werk.op
        werk.save(oud, "vingerafdruk", "geven", "grond", "door", "op")


def _in_preparation(werk: Werk, verzoek_id: UUID) -> Verzoek:
    """A request that a copy is made for. Errors: `NogNietKlaar`, `AlGedaan`, those of `request_of`."""
    verzoek = request_of(werk, verzoek_id)
    if verzoek.soort not in MET_AFSCHRIFT:
        raise NogNietKlaar(wat=T("Bij dit verzoek hoort geen afschrift."))
    if verzoek.besluit:
        raise AlGedaan()
    if verzoek.mag_vragen is not True or not verzoek.identiteit:
        raise NogNietKlaar(wat=T("Ga eerst na wie vraagt en of die dit mag vragen."))
    return verzoek


# ---- the second hand ------------------------------------------------------------------------------------------------


def chosen_by(verzoek: Verzoek, keuzes: Iterable[Passagekeuze]) -> frozenset[UUID]:
    """Everybody who had a hand in the choice: none of them releases."""
    mensen = {k.door_id for k in keuzes}
    return frozenset(mensen | ({verzoek.aangeboden_door_id} if verzoek.aangeboden_door_id else set()))


def send_back(actor: Actor, op: datetime, casus_id: UUID, verzoek_id: UUID, reden: str) -> None:
    """The second reader sends it back, with what must be looked at; the choices stay. Who chose may take it back too.

    Errors: `OngeldigeInvoer` naming `reden`; `AlGedaan` when nothing lies ready; those of `request_of`."""
    with _refusals_logged(actor, op, casus_id, VRIJGEVEN) as werk:
        verzoek = _in_preparation(werk, verzoek_id)
        if verzoek.aangeboden_op is None:
            raise AlGedaan()
        lezer = Lezer()
        waarom = lezer.tekst("reden", reden, 300, T("wat er nog eens bekeken moet worden"))
        lezer.klaar()
        verzoek.aangeboden_op, verzoek.aangeboden_door_id, verzoek.teruggestuurd = None, None, waarom
        werk.save(verzoek, "aangeboden_op", "aangeboden_door", "teruggestuurd")
        werk.event("verzoek_terug", gegevens=told_of(werk.d, verzoek, reden=waarom), reden=waarom)


def release_copy(
    actor: Actor, op: datetime, casus_id: UUID, verzoek_id: UUID, gelezen: str, label: Label = plain
) -> None:
    """Release the copy that was read (`gelezen`: its fingerprint). What it holds is kept as it is from now on.

    Errors: `TweedePersoonNodig` for whoever chose or laid it ready; `NogNietKlaar` when nothing lies ready;
    `Achterhaald` when the copy is another than was read; `GeheimBlijftGeheim` when it repeats a secret place; `AlGedaan`;
    those of `request_of`."""
    with _refusals_logged(actor, op, casus_id, VRIJGEVEN) as werk:
        verzoek = _in_preparation(werk, verzoek_id)
        if verzoek.aangeboden_op is None or verzoek.aangeboden_door_id is None:
            raise NogNietKlaar(wat=T("Er ligt nog niets klaar om vrij te geven."))
        keuzes = list(Passagekeuze.objects.filter(verzoek_id=verzoek_id))
        if actor.medewerker_id in chosen_by(verzoek, keuzes):
            raise TweedePersoonNodig()
        wandeling = walk_of(werk.d, verzoek, werk.zicht, keuzes, label)
        inhoud = copy_of(werk.d, verzoek, wandeling, verzoek.aangeboden_op, house_of(werk.d, actor.organisatie_id))
        if fingerprint(inhoud) != gelezen:
            raise Achterhaald(veld="afschrift")
        _nothing_secret(werk.d, verzoek, inhoud)
        werk.add(
            "",
            Afschrift(
                casus_id=casus_id, verzoek_id=verzoek.id, inhoud=inhoud, voorbereid_door_id=verzoek.aangeboden_door_id,
                vrijgegeven_door_id=actor.medewerker_id, vrijgegeven_op=op,
            ),
        )  # fmt: skip
        alles = all(e.keuze == GEVEN and e.gekozen for e in wandeling.passages) and not wandeling.geheim
        verzoek.besluit = Verzoekbesluit.TOEGEWEZEN if alles else Verzoekbesluit.GEDEELTELIJK
        verzoek.besloten_door_id, verzoek.besloten_op = actor.medewerker_id, op
        werk.save(verzoek, "besluit", "besloten_door", "besloten_op")
        werk.event("verzoek_vrijgegeven", gegevens=told_of(werk.d, verzoek))


def _nothing_secret(d: Dossier, verzoek: Verzoek, inhoud: Mapping[str, Any]) -> None:
    """The last look, at the whole copy, whatever way something came into it. Raises `GeheimBlijftGeheim`."""
    geheimen = secrets_of(d, asker_of(d, verzoek))
    if geheimen.in_text(str(inhoud["door"])):
        raise GeheimBlijftGeheim(waar=T("Gemaakt door"))
    for deel in inhoud["delen"]:
        for regel in deel["regels"]:
            if geheimen.in_text(" ".join(str(w) for w in regel.values())):
                raise GeheimBlijftGeheim(waar=f"{deel['kop']}: {regel['wat']}")


# ---- what comes out -------------------------------------------------------------------------------------------------


@asks
def fetch_copy(actor: Actor, op: datetime, casus_id: UUID, verzoek_id: UUID, vorm: str) -> dict[str, Any]:
    """The copy that was released, for who hands it over: each time is a line in the log. It ends when the part in the casus
    does.

    Errors: `NietBetrokken`, `GeenRecht`, `NietAanJullie`, `NogNietKlaar` while it was not released; `OngeldigeInvoer` for
    another form; `GeheimBlijftGeheim` when an address in it became secret since."""
    d, _ = open_for(actor, op, casus_id, "verzoek.behandelen")
    if vorm not in VORMEN:
        raise OngeldigeInvoer(("vorm", vorm[:40], ", ".join(VORMEN)))
    if actor.organisatie_id != handler_of(d):
        raise NietAanJullie()
    afschrift = Afschrift.objects.filter(casus_id=casus_id, verzoek_id=verzoek_id).first()
    if afschrift is None:
        raise NogNietKlaar(wat=T("Er is nog geen afschrift vrijgegeven."))
    # An address can become secret between releasing and handing over: then this copy does not leave any more.
    _nothing_secret(d, next(v for v in d.verzoeken if v.id == verzoek_id), afschrift.inhoud)
    handeling = "printen" if vorm == "papier" else "exporteren"
    nummer = str(afschrift.inhoud.get("verzoek", ""))
    log.note(actor, handeling, "verzoek", op, casus_id, toelichting=f"afschrift {nummer} als {vorm}")
    return dict(afschrift.inhoud)


def open_for(actor: Actor, op: datetime, casus_id: UUID, merk: str) -> tuple[Dossier, frozenset[str]]:
    """The dossier and the parts in sight, for who may do this in this casus now; inside `asking` of the caller. A refusal is
    a line in the log. Errors: `NietBetrokken`, `GeenRecht`."""
    in_delen = delen(actor, casus_id, op)
    te_zien = zicht(actor.rol, in_delen)
    d = read_dossier(casus_id) if te_zien else None
    nee = NietBetrokken() if d is None else None if may(actor.rol, merk) and "log" in te_zien else GeenRecht(merk=merk)
    if d is None or nee is not None:
        fout = nee or NietBetrokken()
        log.note(actor, "geweigerd", merk, op, casus_id, geslaagd=False, toelichting=fout.code, relatie=in_delen)
        raise fout
    return d, te_zien
