# SPDX-License-Identifier: EUPL-1.2
"""The first day: organisations, telephone numbers and running casussen come in from a list (CSV), all or nothing.

A dry run names every fault by row and column and says what would be made. Doing it twice makes nothing double: an
organisation is known by its name, a casus by `kenmerk`, the key that it had on the list.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, NamedTuple, get_args
from uuid import NAMESPACE_URL, UUID, uuid5

from django.db import transaction
from django.db.models import Q

from vangnet.access.actor import Actor
from vangnet.access.log import note
from vangnet.access.middleware import actor_for
from vangnet.access.models import Functie, Organisatie, Soort
from vangnet.access.rechten import may
from vangnet.access.weigering import Weigering
from vangnet.policy.fouten import Ongeldig
from vangnet.rules.afspraken import Afspraken
from vangnet.rules.kalender import lokaal
from vangnet.rules.situatie import Vorm
from vangnet.rules.tekst import T, dag_in_woorden

from . import current_register
from .dispatch_inschatting import arrive, decide_crisis
from .dossier import casussen_van
from .invoer import RIJVELDEN, Lezer, Onleesbaar, gevonden, moment, tekst
from .leeftijd import ONBEKEND
from .manage_organisations import VELDEN as ORGANISATIEVELDEN
from .manage_organisations import check_organisation, save_organisation
from .manage_people import NUMMER
from .plan_rto import plan_rto
from .start_crisiszorg import begin_inzet, choose_inzet
from .take_melding import register_melding
from .weigeringen import GeenRecht, OngeldigeInvoer
from .werk import Werk, working_on

MERK = "gegevens.invoeren"
GROOTSTE = 900_000
"""Bytes of a list on the screen; the command line takes `MEESTE_RIJEN` whatever their size."""
MEESTE_RIJEN = 5_000
STAP = 25
"""After how many rows the progress is told."""
NAAMRUIMTE = uuid5(NAMESPACE_URL, "vangnet:eerste-dag")


class Kolom(NamedTuple):
    """One column of a list: its name, whether it must be filled, an example, and what belongs in it."""

    naam: str
    verplicht: bool
    voorbeeld: str
    uitleg: str


class Lijst(NamedTuple):
    """One kind of list: what it is called, which right it needs besides, and its columns."""

    naam: str
    merk: str
    wat: str
    kolommen: tuple[Kolom, ...]


class Rijfout(NamedTuple):
    """One fault: row as a spreadsheet counts (the header is row 1), column, what was found, what is expected."""

    rij: int
    kolom: str
    gevonden: str
    verwacht: str


@dataclass(frozen=True)
class Rij:
    """One row that can be brought in: its number, what happens (nieuw, wijzigt, al), in words, and its values."""

    nummer: int
    gebeurt: str
    wat: str
    waarden: Mapping[str, Any]


@dataclass(frozen=True)
class Plan:
    """What a list would do, and everything that is wrong with it. With a fault nothing is done."""

    soort: str
    lijst: str
    """The name of the list, for the timeline."""
    tekst: str
    """The list as it was read, to be sent again."""
    rijen: tuple[Rij, ...] = ()
    fouten: tuple[Rijfout, ...] = ()

    def tel(self, gebeurt: str) -> int:
        """How many rows do this."""
        return sum(r.gebeurt == gebeurt for r in self.rijen)

    @property
    def nieuw(self) -> int:
        return self.tel("nieuw")

    @property
    def wijzigt(self) -> int:
        return self.tel("wijzigt")

    @property
    def al(self) -> int:
        return self.tel("al")


@dataclass
class Voortgang:
    """How far it is. At the end `klaar`, or `fouten` and then nothing was made."""

    gedaan: int
    totaal: int
    klaar: bool = False
    fouten: list[Rijfout] = field(default_factory=list)


LIJSTEN: dict[str, Lijst] = {
    "organisaties": Lijst(
        T("Organisaties"),
        "organisatie.beheren",
        T("Welke organisaties er zijn, met hun nummers. Een naam die er al is, wordt bijgewerkt."),
        (
            Kolom("naam", True, "Toegang Heerlen", T("Zoals mensen haar noemen; eenmaal per regio")),
            Kolom("soort", True, "toegang", f"Eén van {', '.join(Soort.values)}"),
            Kolom("gemeente", False, "Heerlen", T("Alleen bij een toegang")),
            Kolom("telefoon", False, "045 123 45 67", T("Het gewone nummer")),
            Kolom("telefoon_buiten", False, "045 765 43 21", T("Het nummer buiten kantoortijd")),
            Kolom("bereikbaar", False, "ma t/m vr 8.30-17.00", T("Wanneer het gewone nummer wordt opgenomen, in woorden")),
            Kolom("postbus", False, "toegang@voorbeeld.nl", T("E-mail van de organisatie, niet van een mens")),
        ),
    ),
    "telefoonlijst": Lijst(
        T("Telefoonlijst"),
        "organisatie.beheren",
        T("Nummers bij organisaties die er al zijn. Een lege cel laat staan wat er staat."),
        (
            Kolom("naam", True, "Toegang Heerlen", T("Een organisatie die er al is")),
            Kolom("telefoon", False, "045 123 45 67", T("Het gewone nummer")),
            Kolom("telefoon_buiten", False, "045 765 43 21", T("Het nummer buiten kantoortijd")),
            Kolom("bereikbaar", False, "ma t/m vr 8.30-17.00", T("Wanneer het gewone nummer wordt opgenomen, in woorden")),
        ),
    ),
    "casussen": Lijst(
        T("Lopende casussen"),
        "melding.opnemen",
        T("Wat er nu loopt. Elke casus begint op zijn eigen moment; in de tijdlijn staat dat hij is overgenomen."),
        (
            Kolom("kenmerk", True, "2024-118", T("Het nummer op jullie lijst; daaraan herkent Vangnet de casus")),
            Kolom("melding_op", True, "17-05-2024 21:40", T("Wanneer gebeld werd")),
            Kolom("gemeente", True, "Heerlen", T("Een gemeente van de regio")),
            Kolom("voornaam", False, "Milan", ""),
            Kolom("achternaam", False, "Verhulst", ""),
            Kolom("geboortedatum", False, "02-03-2010", ""),
            Kolom("leeftijd", False, "", T("Als de geboortedatum niet bekend is")),
            Kolom("geslacht", False, "jongen", T("meisje, jongen, anders of onbekend")),
            Kolom("bsn", False, "", T("Mag later")),
            Kolom("melder", False, "politie", T("Wie belde, in een woord van Vangnet")),
            Kolom("situatie", False, "Ruzie thuis, kan vannacht niet blijven", T("Wat er speelt")),
            Kolom("waar_nu", False, "bij oma", T("Waar het kind nu is")),
            Kolom("ouder", False, "Ilse Verhulst", T("Naam van een ouder")),
            Kolom("ouder_telefoon", False, "06 12 34 56 78", ""),
            Kolom("besluit_crisis_op", False, "17-05-2024 23:30", T("Wanneer besloten is dat het een crisis is; leeg als dat nog moet")),
            Kolom("aankomst_op", False, "17-05-2024 22:50", T("Aankomst bij het gezin; leeg: het moment van het besluit")),
            Kolom("vorm", False, "ambulante_spoedhulp", T("De vorm van hulp die loopt, in een woord of naam van de regio")),
            Kolom("aanbieder", False, "Zorggroep De Beek", T("Wie de hulp geeft")),
            Kolom("hulp_vanaf", False, "18-05-2024 01:00", T("Wanneer de hulp begon")),
            Kolom("rto_op", False, "22-05-2024 10:00", T("Het geplande rondetafeloverleg")),
            Kolom("regie", False, "", T("Als een andere organisatie nu de regie heeft: welke")),
        ),
    ),
}  # fmt: skip


def allowed_lists(actor: Actor) -> dict[str, Lijst]:
    """The lists that this person may bring in: an administrator no casussen, since he sees no family."""
    if not may(actor.rol, MERK):
        return {}
    return {soort: lijst for soort, lijst in LIJSTEN.items() if may(actor.rol, lijst.merk)}


def actor_by_address(email: str, soort: str, op: datetime) -> Actor:
    """For the command line: the person with this address, in the running function that may bring in this list.

    Errors: `GeenRecht` when he has none, or is not known."""
    functies = Functie.objects.select_related("medewerker", "organisatie").filter(
        Q(tot__isnull=True) | Q(tot__gt=op),
        medewerker__email__iexact=email.strip(),
        medewerker__is_active=True,
        organisatie__actief=True,
        van__lte=op,
    )
    for functie in functies.order_by("van", "id"):
        actor = actor_for(functie)
        if soort in allowed_lists(actor):
            return actor
    raise GeenRecht(merk=MERK)


def template_of(soort: str) -> str:
    """An empty list with its header and one row as an example, for a spreadsheet (with `;`)."""
    kolommen = LIJSTEN[soort].kolommen
    uit = io.StringIO()
    schrijf = csv.writer(uit, delimiter=";", lineterminator="\r\n")
    schrijf.writerow(k.naam for k in kolommen)
    schrijf.writerow(k.voorbeeld for k in kolommen)
    return uit.getvalue()


def plan_list(actor: Actor, op: datetime, soort: str, inhoud: bytes | str, lijst: str = "") -> Plan:
    """Read a list and say what it would do. Makes nothing.

    Errors: `GeenRecht`; `OngeldigeInvoer` when it is no list at all."""
    if soort not in LIJSTEN:
        raise OngeldigeInvoer(("soort", gevonden(soort), ", ".join(LIJSTEN)))
    if soort not in allowed_lists(actor):
        raise GeenRecht(merk=LIJSTEN[soort].merk)
    ruw = decode(inhoud)
    rijen, fouten = _read(soort, ruw)
    naam = " ".join(lijst.split())[:80] or LIJSTEN[soort].naam.lower()
    if fouten and not rijen:
        return Plan(soort, naam, ruw, (), tuple(fouten))
    weeg = {"organisaties": _organisaties, "telefoonlijst": _telefoonlijst, "casussen": _casussen}[soort]
    goed, meer = weeg(actor, op, rijen)
    alle = sorted([*fouten, *meer], key=lambda f: f.rij)
    return Plan(soort, naam, ruw, tuple(goed), tuple(alle))


def carry_out(actor: Actor, op: datetime, plan: Plan) -> Iterator[Voortgang]:
    """Do what a plan says, all or nothing, and tell after every few rows how far it is. The last word is `klaar`, or the
    faults that the work itself ran into; then nothing was made. Whoever stops listening undoes it.

    Errors: `GeenRecht`."""
    if plan.soort not in allowed_lists(actor):
        raise GeenRecht(merk=MERK)
    if plan.fouten:
        yield Voortgang(0, len(plan.rijen), fouten=list(plan.fouten))
        return
    doe: Callable[[Actor, datetime, Plan, Rij], None]
    doe = _keep_casus if plan.soort == "casussen" else _keep_organisation
    werk = [rij for rij in plan.rijen if rij.gebeurt != "al"]
    stand = Voortgang(0, len(werk))
    with transaction.atomic():
        for rij in werk:
            try:
                with transaction.atomic():
                    doe(actor, op, plan, rij)
            except (Weigering, Ongeldig) as nee:
                stand.fouten += _als_rijfouten(rij, nee)
            stand.gedaan += 1
            if stand.gedaan % STAP == 0 and not stand.fouten:
                yield Voortgang(stand.gedaan, stand.totaal)
        if stand.fouten:
            transaction.set_rollback(True)
        else:
            wat = f"{plan.soort}: {plan.nieuw} nieuw, {plan.wijzigt} gewijzigd"
            note(actor, "toevoegen", "gegevens", op, toelichting=wat)
    stand.klaar = not stand.fouten
    yield stand


# ---- reading -------------------------------------------------------------------------------------------------------


def decode(inhoud: bytes | str) -> str:
    """The text of a list: UTF-8 with or without BOM, UTF-16 with BOM, or Windows-1252 as spreadsheets write it.

    Errors: `OngeldigeInvoer` for what is no text."""
    if isinstance(inhoud, str):
        ruw = inhoud.removeprefix("\ufeff")
    else:
        try:
            ruw = inhoud.decode("utf-16" if inhoud[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig")
        except UnicodeDecodeError:
            try:
                ruw = inhoud.decode("cp1252")
            except UnicodeDecodeError:
                raise OngeldigeInvoer(("bestand", "tekens die geen tekst zijn", "een CSV-bestand (tekst)")) from None
    if "\x00" in ruw:
        raise OngeldigeInvoer(
            ("bestand", "een bestand dat geen tekst is", "een CSV-bestand; sla een spreadsheet op als CSV")
        )
    if not ruw.strip():
        raise OngeldigeInvoer(("bestand", "niets", "een lijst met een kopregel en minstens één rij"))
    return ruw


def _read(soort: str, ruw: str) -> tuple[list[tuple[int, dict[str, str]]], list[Rijfout]]:
    """The rows by column, each with its number, and what is wrong with the header or the shape."""
    kop = next((regel for regel in ruw.splitlines() if regel.strip()), "")
    teken = max(";,\t", key=kop.count) if any(t in kop for t in ";,\t") else ";"
    kolommen = LIJSTEN[soort].kolommen
    fouten: list[Rijfout] = []
    rijen: list[tuple[int, dict[str, str]]] = []
    namen: list[str] = []
    lezer = csv.reader(io.StringIO(ruw, newline=""), delimiter=teken, strict=True)
    nummer = 0
    try:
        for cellen in lezer:
            nummer += 1
            if not any(c.strip() for c in cellen):
                continue
            if not namen:
                namen = [re.sub(r"[\s-]+", "_", c.strip().casefold()) for c in cellen]
                fouten += _kopfouten(namen, kolommen, nummer)
                if any(f.kolom != "" for f in fouten):
                    return [], fouten
                continue
            if len(cellen) > len(namen) and any(c.strip() for c in cellen[len(namen) :]):
                fouten.append(Rijfout(nummer, "", f"{len(cellen)} cellen", f"{len(namen)} cellen, zoals in de kop"))
                continue
            if len(rijen) == MEESTE_RIJEN:
                fouten.append(Rijfout(nummer, "", "nog meer rijen", f"hooguit {MEESTE_RIJEN} rijen; splits de lijst"))
                return [], fouten
            rijen.append((nummer, {n: c.strip() for n, c in zip(namen, cellen, strict=False) if n}))
    except csv.Error as fout:
        fouten.append(Rijfout(nummer + 1, "", f"een rij die niet te lezen is ({fout})", "cellen met ; of , ertussen"))
        return [], fouten
    if not rijen and not fouten:
        fouten.append(Rijfout(nummer or 1, "", "geen rijen", "minstens één rij onder de kop"))
    for n, cellen_ in rijen:
        fouten += [
            Rijfout(n, k.naam, "niets", k.uitleg or "een waarde")
            for k in kolommen
            if k.verplicht and not cellen_.get(k.naam)
        ]
    return rijen, fouten


def _kopfouten(namen: list[str], kolommen: tuple[Kolom, ...], nummer: int) -> Iterator[Rijfout]:
    bekend = [k.naam for k in kolommen]
    for naam in namen:
        if naam and naam not in bekend:
            yield Rijfout(nummer, naam, "een onbekende kolom", f"één van {', '.join(bekend)}")
        elif naam and namen.count(naam) > 1:
            yield Rijfout(nummer, naam, "deze kolom tweemaal", "elke kolom eenmaal")
    for kolom in kolommen:
        if kolom.verplicht and kolom.naam not in namen:
            yield Rijfout(nummer, kolom.naam, "niets", f"een kolom {kolom.naam}")


def _als_rijfouten(rij: Rij, nee: Weigering | Ongeldig) -> list[Rijfout]:
    if isinstance(nee, Ongeldig):
        return [Rijfout(rij.nummer, f.waar, f.gevonden, f.verwacht) for f in nee.fouten]
    if fouten := nee.details.get("fouten"):
        return [Rijfout(rij.nummer, *fout) for fout in fouten]
    return [Rijfout(rij.nummer, "", rij.wat, nee.zin())]


# ---- organisations and numbers -------------------------------------------------------------------------------------


def _bestaand(regio: str) -> dict[str, Organisatie]:
    return {o.naam.casefold(): o for o in Organisatie.objects.filter(regio=regio)}


def _organisaties(
    actor: Actor, op: datetime, rijen: list[tuple[int, dict[str, str]]]
) -> tuple[list[Rij], list[Rijfout]]:
    er_is = _bestaand(actor.regio)
    goed: list[Rij] = []
    fouten: list[Rijfout] = []
    gezien: dict[str, int] = {}
    toegangen: dict[str, int] = {}
    for nummer, cellen in rijen:
        naam = " ".join(cellen.get("naam", "").split())
        sleutel = naam.casefold()
        if not naam:
            continue
        if sleutel in gezien:
            fouten.append(
                Rijfout(nummer, "naam", gevonden(naam), f"een naam die niet ook in rij {gezien[sleutel]} staat")
            )
            continue
        gezien[sleutel] = nummer
        rij = er_is.get(sleutel)
        vol = {veld: cellen.get(veld) or (getattr(rij, veld) if rij else "") for veld in ORGANISATIEVELDEN}
        waarden, mis = check_organisation(actor.regio, vol, rij)
        fouten += [
            Rijfout(nummer, *fout) for fout in mis if cellen.get(fout[0]) or fout[1] != "niets" or fout[0] == "gemeente"
        ]
        gemeente = waarden.get("gemeente", "").casefold()
        if gemeente and not mis and toegangen.setdefault(gemeente, nummer) != nummer:
            fouten.append(
                Rijfout(
                    nummer,
                    "gemeente",
                    gevonden(waarden["gemeente"]),
                    f"een gemeente die niet ook in rij {toegangen[gemeente]} staat",
                )
            )
        if mis:
            continue
        anders = [v for v in ORGANISATIEVELDEN if rij is not None and getattr(rij, v) != waarden[v]]
        gebeurt = "nieuw" if rij is None else "wijzigt" if anders else "al"
        wat = waarden["naam"] if gebeurt != "wijzigt" else f"{waarden['naam']}: {', '.join(anders)}"
        goed.append(Rij(nummer, gebeurt, wat, {"id": rij.pk if rij else None, **waarden}))
    return goed, fouten


def _telefoonlijst(
    actor: Actor, op: datetime, rijen: list[tuple[int, dict[str, str]]]
) -> tuple[list[Rij], list[Rijfout]]:
    er_is = _bestaand(actor.regio)
    goed: list[Rij] = []
    fouten: list[Rijfout] = []
    gezien: dict[str, int] = {}
    for nummer, cellen in rijen:
        naam = " ".join(cellen.get("naam", "").split())
        rij = er_is.get(naam.casefold())
        if not naam:
            continue
        if rij is None:
            fouten.append(Rijfout(nummer, "naam", gevonden(naam), "een organisatie van deze regio; voer die eerst in"))
            continue
        if gezien.setdefault(naam.casefold(), nummer) != nummer:
            fouten.append(
                Rijfout(nummer, "naam", gevonden(naam), f"een naam die niet ook in rij {gezien[naam.casefold()]} staat")
            )
            continue
        mis = [
            Rijfout(nummer, veld, gevonden(cellen[veld]), "een telefoonnummer, zoals 045 123 45 67")
            for veld in ("telefoon", "telefoon_buiten")
            if cellen.get(veld) and not NUMMER.fullmatch(cellen[veld])
        ]
        if len(cellen.get("bereikbaar", "")) > 200:
            mis.append(Rijfout(nummer, "bereikbaar", gevonden(cellen["bereikbaar"]), "hooguit 200 tekens"))
        fouten += mis
        if mis:
            continue
        staat = {veld: getattr(rij, veld) for veld in ORGANISATIEVELDEN}
        nieuw = {v: " ".join(cellen[v].split()) for v in ("telefoon", "telefoon_buiten", "bereikbaar") if cellen.get(v)}
        anders = [veld for veld, waarde in nieuw.items() if staat[veld] != waarde]
        wat = f"{rij.naam}: {', '.join(anders)}" if anders else rij.naam
        goed.append(Rij(nummer, "wijzigt" if anders else "al", wat, {"id": rij.pk, **staat, **nieuw}))
    return goed, fouten


def _keep_organisation(actor: Actor, op: datetime, plan: Plan, rij: Rij) -> None:
    velden = {naam: str(rij.waarden[naam]) for naam in ORGANISATIEVELDEN}
    save_organisation(actor, op, rij.waarden["id"], velden)


# ---- running casussen ----------------------------------------------------------------------------------------------


def melding_id_of(actor: Actor, kenmerk: str) -> UUID:
    """The id of the melding that a key on the list of this organisation stands for; always the same one."""
    return uuid5(NAAMRUIMTE, f"{actor.organisatie_id}:{kenmerk.strip().casefold()}")


def _casussen(actor: Actor, op: datetime, rijen: list[tuple[int, dict[str, str]]]) -> tuple[list[Rij], list[Rijfout]]:
    register = current_register()
    er_is = _bestaand(actor.regio)
    ids = {melding_id_of(actor, c["kenmerk"]): c["kenmerk"] for _, c in rijen if c.get("kenmerk")}
    al = casussen_van(ids).keys()
    goed: list[Rij] = []
    fouten: list[Rijfout] = []
    gezien: dict[UUID, int] = {}
    for nummer, cellen in rijen:
        kenmerk = cellen.get("kenmerk", "")
        mis: list[Rijfout] = []
        waarden = _cellen(nummer, cellen, mis)
        melding_id = melding_id_of(actor, kenmerk)
        if kenmerk and gezien.setdefault(melding_id, nummer) != nummer:
            mis.append(
                Rijfout(
                    nummer, "kenmerk", gevonden(kenmerk), f"een kenmerk dat niet ook in rij {gezien[melding_id]} staat"
                )
            )
        afspraken = None
        if waarden.get("melding_op"):
            try:
                afspraken = register.op(actor.regio, waarden["melding_op"])
            except Ongeldig as nee:
                mis += [Rijfout(nummer, "melding_op", f.gevonden, f.verwacht) for f in nee.fouten]
        mis += _volgorde(nummer, cellen, waarden, op)
        if afspraken is not None:
            mis += _bij_regio(nummer, cellen, waarden, afspraken)
        waarden["regie"] = er_is.get(" ".join(cellen.get("regie", "").split()).casefold())
        if cellen.get("regie") and waarden["regie"] is None:
            mis.append(Rijfout(nummer, "regie", gevonden(cellen["regie"]), "een organisatie van deze regio"))
        fouten += mis
        if mis or not kenmerk or not cellen.get("gemeente") or not waarden.get("melding_op"):
            continue
        aanbieder = er_is.get(" ".join(cellen.get("aanbieder", "").split()).casefold())
        waarden |= {"melding_id": melding_id, "kenmerk": kenmerk, "aanbieder_org": aanbieder}
        gebeurt = "al" if melding_id in al else "nieuw"
        goed.append(Rij(nummer, gebeurt, kenmerk, waarden))
    return goed, fouten


def _lezers() -> dict[str, Lezer]:
    kind, persoon, melding = (RIJVELDEN[soort][1] for soort in ("jeugdige", "persoon", "melding"))
    return {
        **{naam: kind[naam] for naam in ("voornaam", "achternaam", "geboortedatum", "leeftijd", "geslacht", "bsn", "waar_nu")},
        **{naam: melding[naam] for naam in ("melder", "situatie")},
        "ouder": persoon["naam"], "ouder_telefoon": persoon["telefoon"], "kenmerk": tekst(80), "aanbieder": tekst(120),
        **dict.fromkeys(("melding_op", "besluit_crisis_op", "aankomst_op", "hulp_vanaf", "rto_op"), moment_op_lijst),
    }  # fmt: skip


def moment_op_lijst(ruw: str) -> datetime | None:
    """A moment as people write it in a list: 17-05-2024 21:40, 17/5/2024 21.40, or as `invoer.moment`."""
    delen = re.fullmatch(
        r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})[ T,]+(\d{1,2})[:.](\d{2})(?::\d{2})?( uur)?", ruw.strip()
    )
    if delen:
        d, m, j, u, min_ = (int(x) for x in delen.groups()[:5])
        ruw = f"{j:04}-{m:02}-{d:02}T{u:02}:{min_:02}"
    elif not re.search(r"\d[T ]\d", ruw.strip()):
        raise Onleesbaar("een moment met dag en tijd, zoals 17-05-2024 21:40")
    try:
        return moment(ruw)
    except Onleesbaar as fout:
        if "bestaat" in str(fout) or "tussen" in str(fout):
            raise
        raise Onleesbaar("een moment zoals 17-05-2024 21:40") from None


def _cellen(nummer: int, cellen: dict[str, str], mis: list[Rijfout]) -> dict[str, Any]:
    """The cells of a casus as values; faults go into `mis`."""
    uit: dict[str, Any] = dict(cellen)
    lezers = _lezers()
    for naam, ruw in cellen.items():
        lezer = lezers.get(naam)
        if lezer is None or not ruw:
            continue
        try:
            uit[naam] = lezer(ruw.casefold() if naam in ("melder", "geslacht") else ruw)
        except Onleesbaar as fout:
            mis.append(Rijfout(nummer, naam, gevonden(ruw), str(fout)))
            uit[naam] = None
    return uit


def _volgorde(nummer: int, cellen: dict[str, str], waarden: dict[str, Any], op: datetime) -> Iterator[Rijfout]:
    """What has been cannot lie ahead, and each step comes after the one before it."""
    vorige: tuple[str, datetime] | None = None
    for naam in ("melding_op", "aankomst_op", "besluit_crisis_op", "hulp_vanaf"):
        waarde = waarden.get(naam)
        if not isinstance(waarde, datetime):
            continue
        if waarde > op:
            yield Rijfout(nummer, naam, gevonden(cellen[naam]), "een moment dat geweest is")
        elif vorige and waarde < vorige[1]:
            yield Rijfout(nummer, naam, gevonden(cellen[naam]), f"een moment na {vorige[0]} ({cellen[vorige[0]]})")
        else:
            vorige = (naam, waarde)
    begin, rto = waarden.get("melding_op"), waarden.get("rto_op")
    if isinstance(rto, datetime) and isinstance(begin, datetime) and not begin < rto < op + timedelta(days=365):
        yield Rijfout(nummer, "rto_op", gevonden(cellen["rto_op"]), "een moment na de melding, binnen een jaar")
    for naam, nodig in (
        ("vorm", "besluit_crisis_op"),
        ("hulp_vanaf", "vorm"),
        ("aanbieder", "vorm"),
        ("aankomst_op", "besluit_crisis_op"),
        ("rto_op", "besluit_crisis_op"),
        ("regie", "besluit_crisis_op"),
    ):
        if cellen.get(naam) and not cellen.get(nodig):
            yield Rijfout(nummer, nodig, "niets", f"een waarde, want {naam} is ingevuld")


def _bij_regio(nummer: int, cellen: dict[str, str], waarden: dict[str, Any], afspraken: Afspraken) -> Iterator[Rijfout]:
    """The municipality and the form of help, in the words of the region."""
    if naam := cellen.get("gemeente"):
        gemeente = afspraken.gemeente(naam)
        if gemeente is not None:
            waarden["gemeente"] = gemeente.naam
        elif afspraken.gemeenten:
            yield Rijfout(nummer, "gemeente", gevonden(naam), f"een gemeente van {afspraken.regio.naam}")
    if vorm := cellen.get("vorm"):
        namen = {v.naam.casefold(): v.vorm for v in afspraken.zorg.vormen}
        gekozen = namen.get(vorm.casefold(), vorm.casefold().replace(" ", "_"))
        eigen = [v.vorm for v in afspraken.zorg.vormen] or list(get_args(Vorm))
        if gekozen not in eigen:
            yield Rijfout(nummer, "vorm", gevonden(vorm), f"één van {', '.join(eigen)}")
        waarden["vorm"] = gekozen


def _keep_casus(actor: Actor, op: datetime, plan: Plan, rij: Rij) -> None:
    """One running casus, step by step through the use cases, each at its own moment."""
    w = rij.waarden
    uit_lijst = f"Overgenomen uit {plan.lijst}."

    def merk(werk: Werk) -> None:
        werk.event("overgenomen", op, {"dag": dag_in_woorden(lokaal(op).date()), "lijst": plan.lijst})

    kind = uuid5(w["melding_id"], "kind")
    velden: dict[str, Any] = {
        f"jeugdige.{kind}.{naam}": w[naam]
        for naam in ("voornaam", "achternaam", "geboortedatum", "leeftijd", "geslacht", "bsn", "waar_nu")
        if w.get(naam) not in (None, "", ONBEKEND)
    }
    if not velden:
        velden[f"jeugdige.{kind}.geslacht"] = "onbekend"
    if w.get("ouder") or w.get("ouder_telefoon"):
        ouder = uuid5(w["melding_id"], "ouder")
        velden |= {
            f"persoon.{ouder}.naam": w.get("ouder") or "",
            f"persoon.{ouder}.telefoon": w.get("ouder_telefoon") or "",
        }
    velden |= {f"melding.{naam}": w[naam] for naam in ("melder", "situatie") if w.get(naam)}
    velden["gemeente"] = w["gemeente"]
    begonnen = register_melding(
        actor, op, w["melding_id"], velden, "inschatting", reden=uit_lijst, gemeld_op=w["melding_op"], ook=merk
    )
    casus, besluit = begonnen.casus_id, w.get("besluit_crisis_op")
    if besluit is None:
        return
    arrive(actor, op, casus, gebeurd_op=w.get("aankomst_op") or besluit)
    decide_crisis(actor, op, casus, True, uit_lijst, gebeurd_op=besluit)
    if w.get("vorm"):
        aanbieder = w["aanbieder_org"]
        hulp = choose_inzet(
            actor,
            op,
            casus,
            w["vorm"],
            kind,
            aanbieder_id=aanbieder.pk if aanbieder else None,
            aanbieder_naam="" if aanbieder else w.get("aanbieder") or "",
            gesproken_met=plan.lijst if aanbieder else "",
            overwogen=dict.fromkeys(("ambulant", "netwerk", "noodbed", "pleegzorg"), uit_lijst),
            reden=uit_lijst,
            gebeurd_op=besluit,
            inzet_id=uuid5(w["melding_id"], "hulp"),
        )
        if w.get("hulp_vanaf"):
            begin_inzet(actor, op, casus, hulp, reden=uit_lijst, gebeurd_op=w["hulp_vanaf"])
    if w.get("rto_op"):
        plan_rto(actor, op, casus, w["rto_op"], reden_andere_dag=uit_lijst, rto_id=uuid5(w["melding_id"], "rto"))
    if w["regie"] is not None and w["regie"].pk != actor.organisatie_id:
        with working_on(actor, casus, "regie.overdragen", op) as werk:
            werk.pass_regie(w["regie"].pk, reden=uit_lijst)
