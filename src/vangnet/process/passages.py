# SPDX-License-Identifier: EUPL-1.2
"""The file of a family cut into passages, each with what happens to it unless somebody chooses otherwise.

Written against the parent who asks for the file to find where the child or the other parent is. What says where somebody is,
is no passage at all while an address is secret; the rest of what could betray is left out until a person
gives it, and what another text repeats of a secret place is found and stays (`whereabouts`).
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from vangnet.casework.gebeurtenissen import SOORTEN
from vangnet.casework.models import Adres, Gebeurtenis, Jeugdige, Notitie, Persoon, Verzoek
from vangnet.casework.velden import onderdeel_van
from vangnet.clocks.veldzicht import deel_van_klok
from vangnet.rules.kalender import lokaal
from vangnet.rules.tekst import T, dag_in_woorden

from .acties import GEVRAAGD, vormnaam
from .dossier import Dossier
from .feitsoorten import feitsoorten
from .record_consent import ANTWOORDEN
from .show_casus_gezin import ROLNAAM
from .show_casus_verloop import event_in_words
from .verteller import Verteller
from .verzoek import asker_of
from .whereabouts import Geheimen

Label = Callable[[str], str]
"""What a field is called, by its path."""


@dataclass(frozen=True)
class Grond:
    """Why a passage is left out, and whether the copy says that something was left out there."""

    naam: str
    te_zien: bool


GRONDEN_WEG: dict[str, Grond] = {
    "ander": Grond(T("Gaat over iemand anders"), True),
    "melder": Grond(T("Zegt wie er belde"), False),
    "veiligheid": Grond(T("Kan het kind of een ander in gevaar brengen"), False),
    "plek": Grond(T("Zegt waar iemand is, woont of naar school gaat"), False),
    "contact": Grond(T("Telefoonnummer of ander contact"), False),
    "werk": Grond(T("Gaat over het werk tussen organisaties"), False),
}
"""Grounds to leave a passage out. Where saying so would betray something, nothing is said: that somebody called, that there
is another place, how many others there are."""


@dataclass(frozen=True)
class Passage:
    """One passage: where it stands, what it is called, what it says, and the ground on which it is left out unless somebody
    gives it (empty: it is given)."""

    sleutel: str
    kop: str
    naam: str
    tekst: str
    grond: str = ""
    dag: date | None = None
    nooit: bool = False
    """It repeats something of a secret place: never given by this road."""

    @property
    def vingerafdruk(self) -> str:
        """Changes when what it says changes."""
        return hashlib.sha256("\0".join((self.naam, self.tekst, str(self.dag or ""))).encode()).hexdigest()


ZONDER_VRAAG = frozenset({"melding_begonnen", "aangekomen", "rto_gehouden"})
"""Events of which the sentence has no gaps: it names nobody and no place."""
NOOIT_EEN_PASSAGE = ("verzoek_", "gesloten_voor", "weer_open_voor", "wissen_", "contact", "belpoging", "notitie")
"""Events that are about the work itself, or stand among the notes already: no passages."""
FEITKOPPEN = {
    "melding": T("De melding"), "triage": T("De triage"), "inschatting": T("De inschatting"), "afweging": T("De keuze van hulp"),
    "vervolg": T("Het vervolg"), "afsluiting": T("Het vervolg"), "overdracht": T("Het vervolg"),
    "betrokken": T("Wie al betrokken was"), "jeugdige": T("De jeugdige"),
}  # fmt: skip
"""Under which heading a fact stands, by the first word of its path."""


WIE_WERKT = frozenset(
    {
        "inschatting.wie", "inschatting.wie_mee", "inschatting.waarom_mee", "inschatting.bel_als_niet_terug",
        "inschatting.gevaar_aan_de_deur", "triage.denkt_mee", "triage.tweede_persoon", "afsluiting.wie_heeft_richting",
    }
)  # fmt: skip
"""Facts about who did the work, and what awaited them at the door."""


@dataclass(frozen=True)
class Bron:
    """What passages are made from: the casus, what is not in its dossier, who asks, and the parts in sight of who walks."""

    d: Dossier
    verzoek: Verzoek
    te_zien: frozenset[str]
    adressen: tuple[Adres, ...]
    geheimen: Geheimen
    """What gives a secret place away; empty where no address is secret."""
    notities: tuple[Notitie, ...]
    gebeurtenissen: tuple[Gebeurtenis, ...]
    label: Label

    @property
    def vrager(self) -> Persoon | Jeugdige | None:
        """Who asks, when that is somebody of the casus."""
        return asker_of(self.d, self.verzoek)

    @property
    def streng(self) -> bool:
        """Whether even what is ordinarily given waits for a choice: an address is secret, or who asks is a danger or
        nobody of the casus."""
        wie = self.vrager
        return self.d.casus.geheim or wie is None or bool(getattr(wie, "gevaar", False))

    def over_kind(self, kind: Jeugdige) -> str:
        """The ground on which what is ordinary about a child is left out; empty when this asker may have it."""
        wie = self.vrager
        if isinstance(wie, Jeugdige):
            return "" if wie.id == kind.id else "ander"
        if isinstance(wie, Persoon) and wie.gezag == "ja" and not wie.gevaar:
            return ""
        return "veiligheid"

    def gewoon(self) -> str:
        """The ground for what is ordinary about the casus as a whole."""
        return "veiligheid" if self.streng or any(self.over_kind(k) for k in self.d.kinderen) else ""


def passages_of(bron: Bron) -> list[Passage]:
    """The file as passages, in the order in which it is read. What is whereabouts is not among them while an address is
    secret; a text that repeats such a place is, and is never given."""
    uit = []
    for p in _all(bron):
        if not p.tekst.strip():
            continue
        if p.grond == "plek" and bron.d.casus.geheim:
            continue
        nooit = bron.geheimen.in_text(f"{p.naam} {p.tekst} {_day(p.dag)}")
        # Where an address is secret even "about somebody else" says too much, unless a person finds it does not.
        grond = "veiligheid" if (nooit and not p.grond) or (bron.streng and p.grond == "ander") else p.grond
        uit.append(Passage(p.sleutel, p.kop, p.naam, p.tekst, grond, p.dag, nooit))
    return uit


def _all(b: Bron) -> Iterator[Passage]:
    zien = b.te_zien
    if "gezin" in zien:
        yield from _children(b)
        yield from _people(b)
    if "melding" in zien:
        yield from _calls(b)
    yield from _facts(b)
    if "inzet" in zien:
        yield from _help(b)
    if "rto" in zien:
        yield from _meetings(b)
    if "toestemming" in zien:
        yield from _consent(b)
    if "tijdlijn" in zien:
        yield from _events(b)
    if "notities" in zien:
        yield from _notes(b)
    yield from _statements(b)
    if "adres" in zien:
        yield from _addresses(b)
    if "regie" in zien:
        yield from _between(b)


def _children(b: Bron) -> Iterator[Passage]:
    meer = len(b.d.kinderen) > 1
    for n, k in enumerate(b.d.kinderen, 1):
        kop, grond = T("De jeugdige"), b.over_kind(k)
        achter = f" ({n})" if meer else ""
        leeftijd = b.d.leeftijd(k)
        for veld, naam, tekst, reden in (
            ("voornaam", T("Voornaam"), k.voornaam, grond),
            ("achternaam", T("Achternaam"), k.achternaam, grond),
            ("geboren", T("Geboren"), _day(k.geboortedatum), grond),
            (
                "leeftijd",
                T("Leeftijd bij de melding"),
                "" if leeftijd is None or k.geboortedatum else f"{leeftijd}",
                grond,
            ),
            ("uitgerekend", T("Uitgerekend"), _day(k.uitgerekend_datum), grond or "veiligheid"),
            ("geslacht", T("Geslacht"), k.geslacht, grond),
            ("bsn", T("Burgerservicenummer"), k.bsn, grond or "veiligheid"),
            ("sector", T("Soort hulp"), k.sector, grond or "veiligheid"),
            ("waar_nu", T("Waar het kind was"), k.waar_nu, "plek"),
        ):
            yield Passage(f"kind.{k.id}.{veld}", kop, naam + achter, tekst, reden)


def _people(b: Bron) -> Iterator[Passage]:
    for p in sorted(b.d.mensen, key=lambda p: p.id != b.verzoek.persoon_id):
        zelf = p.id == b.verzoek.persoon_id
        kop = T("Wie het vraagt") if zelf else T("Andere mensen")
        grond = "" if zelf else "ander"
        rol = str(ROLNAAM.get(p.rol, p.rol))
        gezag = {"ja": T("gezag"), "nee": T("geen gezag"), "onbekend": T("gezag onbekend")}.get(p.gezag, "")
        for veld, naam, tekst, reden in (
            ("rol", T("Wie"), ", ".join(w for w in (p.naam, rol, gezag) if w), grond),
            ("geboren", T("Geboren"), _day(p.geboortedatum), grond),
            ("taal", T("Taal"), p.taal, grond),
            ("woont", T("Woont waar het kind woont"), {True: T("ja"), False: T("nee")}.get(p.woont_thuis, ""), "plek"),
            ("organisatie", T("School of organisatie"), p.organisatie, "plek"),
            ("telefoon", T("Telefoon"), p.telefoon, "contact"),
            ("gevaar", T("Gevaar"), T("staat als gevaar in het dossier") if p.gevaar else "", "veiligheid"),
            ("opmerking", T("Opmerking"), p.opmerking, "veiligheid"),
        ):
            yield Passage(f"persoon.{p.id}.{veld}", kop, naam, tekst, reden)


def _calls(b: Bron) -> Iterator[Passage]:
    for m in b.d.meldingen:
        kop, dag = T("De melding"), lokaal(m.op).date()
        for veld, naam, tekst, grond in (
            ("melder", T("Wie meldde"), m.melder.replace("_", " "), "melder"),
            ("naam", T("Naam van de melder"), "" if m.anoniem else m.naam, "melder"),
            ("organisatie", T("Organisatie van de melder"), m.organisatie_melder, "melder"),
            ("telefoon", T("Telefoon van de melder"), m.telefoon, "melder"),
            ("situatie", T("Wat er gemeld is"), m.situatie, "ander"),
            ("vraag", T("Waar om gevraagd werd"), m.vraag.replace("_", " "), "melder"),
            ("waar_nu", T("Waar het kind was"), m.waar_nu, "plek"),
        ):
            yield Passage(f"melding.{m.id}.{veld}", kop, naam, tekst, grond, dag)
    if b.d.casus.gemeente or b.d.casus.gemeente_buiten:
        # With a secret address the municipality is whereabouts, and no passage (`passages_of`).
        yield Passage(
            "casus.gemeente", T("De melding"), T("Gemeente"), b.d.casus.gemeente or b.d.casus.gemeente_buiten, "plek"
        )


def _facts(b: Bron) -> Iterator[Passage]:
    soorten = feitsoorten()
    for f in sorted(b.d.feiten, key=lambda f: f.veld):
        groep = f.veld.partition(".")[0]
        soort = soorten.get(f.veld)
        if f.waarde is None or soort is None or soort.soort == "moment" or groep not in FEITKOPPEN:
            continue  # Moments stand on the timeline, as days.
        if onderdeel_van(f.veld) not in b.te_zien:
            continue
        vast = soort.soort in ("keuze", "antwoord", "janee", "getal")
        if f.veld in WIE_WERKT:
            grond = "werk"
        elif groep == "melding":
            grond = "melder"
        elif groep == "betrokken" or "aanbieder" in f.veld or "gemeente" in f.veld:
            grond = "plek"
        elif not vast:
            grond = "ander"
        else:
            grond = b.gewoon()
        yield Passage(f"feit.{f.veld}", FEITKOPPEN[groep], b.label(f.veld), _value(f.waarde), grond)


def _help(b: Bron) -> Iterator[Passage]:
    for i in b.d.hulp:
        kind = next((k for k in b.d.kinderen if k.id == i.jeugdige_id), None)
        grond = b.gewoon() or (b.over_kind(kind) if kind else "")
        kop, dag = T("De hulp"), lokaal(i.van or i.besloten_op).date()
        overwogen = "; ".join(f"{vormnaam(None, vorm)}: {waarom}" for vorm, waarom in dict(i.overwogen or {}).items())
        for veld, naam, tekst, reden in (
            ("vorm", T("Hulp"), vormnaam(None, i.vorm), grond),
            ("tot", T("Tot en met"), _day(lokaal(i.tot).date() if i.tot else None), grond),
            ("aanbieder", T("Wie de hulp gaf"), b.d.naam(i.aanbieder_id) or i.aanbieder_naam, "plek"),
            ("plaats", T("Waar"), i.plaats, "plek"),
            ("gesproken_met", T("Met wie is gebeld"), i.gesproken_met, "plek"),
            ("overwogen", T("Wat is overwogen"), overwogen, "ander"),
            ("reden_einde", T("Waarom het stopte"), i.reden_einde, "ander"),
        ):
            yield Passage(f"inzet.{i.id}.{veld}", kop, naam, tekst, reden, dag)


def _meetings(b: Bron) -> Iterator[Passage]:
    for r in b.d.rtos:
        kop, dag = T("Het overleg (RTO)"), lokaal(r.gehouden_op or r.gepland_op).date()
        gasten = ", ".join(g.naam for g in b.d.genodigden if g.rto_id == r.id)
        for veld, naam, tekst, grond in (
            ("doelen", T("Doelen"), _value(list(r.doelen or ())), b.gewoon()),
            ("perspectief", T("Perspectief"), r.perspectief, "ander"),
            ("veiligheidsplan", T("Veiligheidsplan"), r.veiligheidsplan, "ander"),
            ("waar", T("Waar"), r.waar, "plek"),
            ("genodigden", T("Wie was gevraagd"), gasten, "plek"),
            ("regie", T("Procesregisseur"), r.procesregisseur_naam, "plek"),
            ("andere_dag", T("Waarom een andere dag"), r.reden_andere_dag, "ander"),
            ("op_afstand", T("Waarom op afstand"), r.reden_op_afstand, "ander"),
            ("vervallen", T("Waarom het niet doorging"), r.reden_vervallen, "ander"),
        ):
            yield Passage(f"rto.{r.id}.{veld}", kop, naam, tekst, grond, dag)


def _consent(b: Bron) -> Iterator[Passage]:
    for t in b.d.toestemmingen:
        if t.vervallen_op is not None:
            continue
        zelf = (t.persoon_id or t.jeugdige_id) in (b.verzoek.persoon_id, b.verzoek.jeugdige_id) and b.vrager is not None
        kop = T("Toestemming")
        dag, antwoord = lokaal(t.op).date(), str(ANTWOORDEN.get(t.antwoord, t.antwoord))
        yield Passage(f"toestemming.{t.id}", kop, T("Antwoord"), antwoord, "" if zelf else "ander", dag)
        yield Passage(f"toestemming.{t.id}.uitleg", kop, T("Toelichting"), t.toelichting, "ander", dag)


def _events(b: Bron) -> Iterator[Passage]:
    v = Verteller("nl", lokaal(b.d.casus.begonnen_op).year, T)
    terug = {g.corrigeert_id for g in b.gebeurtenissen if g.corrigeert_id}
    for g in b.gebeurtenissen:
        soort = SOORTEN.get(g.soort)
        if soort is None or soort.onderdeel not in b.te_zien or g.soort.startswith(NOOIT_EEN_PASSAGE) or g.id in terug:
            continue
        kop = T("Besluiten") if soort.besluit else T("Wat er gebeurde")
        dag = lokaal(g.gebeurd_op).date()
        grond = (
            b.gewoon()
            if g.soort in ZONDER_VRAAG
            else "plek"
            if soort.onderdeel in ("inzet", "rto", "regie")
            else "werk"
        )
        naam = T("Besluit") if soort.besluit else T("Gebeurtenis")
        yield Passage(f"gebeurtenis.{g.id}", kop, naam, event_in_words(g, v), grond, dag)
        if g.reden:
            yield Passage(f"gebeurtenis.{g.id}.reden", kop, T("Waarom"), g.reden, "ander", dag)


def _notes(b: Bron) -> Iterator[Passage]:
    terug = {g.corrigeert_id for g in b.gebeurtenissen if g.corrigeert_id}
    weg = {g.gegevens.get("notitie") for g in b.gebeurtenissen if g.id in terug}
    for n in b.notities:
        if str(n.id) in weg:
            continue
        dag, kop = lokaal(n.gebeurd_op).date(), T("Aantekeningen en contact")
        yield Passage(
            f"notitie.{n.id}", kop, T("Aantekening"), n.tekst, "ander" if n.over_derden else "veiligheid", dag
        )
        yield Passage(f"notitie.{n.id}.met", kop, T("Contact met"), n.met, "ander", dag)


def _statements(b: Bron) -> Iterator[Passage]:
    for v in b.d.verzoeken:
        if v.verklaring:
            zelf = b.vrager is not None and (v.persoon_id, v.jeugdige_id) == (
                b.verzoek.persoon_id,
                b.verzoek.jeugdige_id,
            )
            dag = lokaal(v.ontvangen_op).date()
            yield Passage(
                f"verklaring.{v.id}",
                T("Verklaringen"),
                T("In eigen woorden"),
                v.verklaring,
                "" if zelf else "veiligheid",
                dag,
            )


def _addresses(b: Bron) -> Iterator[Passage]:
    for a in b.adressen:
        tekst = ", ".join(w for w in (a.straat, f"{a.postcode} {a.plaats}".strip()) if w)
        if not a.geheim:
            yield Passage(f"adres.{a.id}", T("Adressen"), T("Adres"), tekst, "plek")


def _between(b: Bron) -> Iterator[Passage]:
    kop = T("Tussen organisaties")
    for a in b.d.aanbiedingen:
        dag = lokaal(a.gedaan_op).date()
        gevraagd = f"{b.d.naam(a.aan_organisatie_id)}: {GEVRAAGD.get(a.soort, a.soort)}"
        yield Passage(f"aanbod.{a.id}", kop, T("Gevraagd aan"), gevraagd, "plek", dag)
        yield Passage(f"aanbod.{a.id}.tekst", kop, T("Vraag"), a.tekst, "werk", dag)
        yield Passage(f"aanbod.{a.id}.reden", kop, T("Antwoord"), a.reden, "werk", dag)
    if "taken" in b.te_zien:
        for t in b.d.taken:
            yield Passage(
                f"taak.{t.id}", kop, T("Taak"), " ".join(w for w in (t.wat, t.waarom, t.resultaat) if w), "werk"
            )
    for k in b.d.klokken:
        if {"klokken", deel_van_klok(k.sleutel)} <= b.te_zien and k.reden:
            yield Passage(f"klok.{k.id}", kop, T("Reden bij een termijn"), k.reden, "werk")


def _day(dag: date | None) -> str:
    return dag_in_woorden(dag) if dag else ""


def _value(waarde: Any) -> str:
    if isinstance(waarde, bool):
        return T("ja") if waarde else T("nee")
    if isinstance(waarde, list):
        return "; ".join(_value(een) for een in waarde)
    if isinstance(waarde, dict):
        return "; ".join(f"{naam}: {_value(een)}" for naam, een in waarde.items())
    if isinstance(waarde, datetime | date):
        return _day(waarde if not isinstance(waarde, datetime) else lokaal(waarde).date())
    return str(waarde).replace("_", " ") if isinstance(waarde, str) and " " not in waarde else str(waarde)
