# SPDX-License-Identifier: EUPL-1.2
"""What is to be done in a casus now, and why: worked out from the record and the advice, most urgent first.

Each action names the organisation that must act, the step where it is done, the rules behind it and the clock it falls
under. The board shows the first, the casus page all of them, Mijn werk those of the own organisation.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from vangnet.access.models import Soort
from vangnet.access.zicht import PER_DEEL
from vangnet.casework.models import VERBLIJFSVORMEN, Inzet, Jeugdige, Taak
from vangnet.casework.stand import Verloop, stand
from vangnet.rules.advies import Advies
from vangnet.rules.tekst import T, Waarde
from vangnet.rules.uitspraak import Termijn

from .advise_dossier import advise_dossier
from .dossier import Dossier, hulp_in_volgorde
from .geheim import provider_of


@dataclass(frozen=True)
class Actie:
    """One thing to do. `wat` and `waarom` are sentences with {names} of `gegevens`; `stap` is the form where it is done."""

    sleutel: str
    wat: str
    stap: str
    voor: UUID | None
    waarom: str = ""
    regels: tuple[str, ...] = ()
    klok: str = ""
    """The key of the clock it falls under (`Klok.sleutel`); empty when the agreements give no term."""
    gegevens: Mapping[str, Waarde] = field(default_factory=dict)
    ding: str = ""
    """The id of the row it is about, where there is one."""


PARTICULIER = frozenset({"", "ouder", "jeugdige", "netwerk", "burger"})
"""Who calls and is no professional: to hear how it goes on is promised to professionals in the family only (CL-11)."""


def verloop_van(d: Dossier) -> Verloop:
    """What has happened in a casus, as far as its stand follows from it."""
    return Verloop(
        melding_af=d.melding.afgerond_op is not None,
        triage=d.waarde("triage.uitkomst") or "",
        vertrokken=d.feit("inschatting.vertrek_op") is not None,
        aangekomen=d.feit("inschatting.op") is not None,
        crisis=d.waarde("inschatting.crisis"),
        hulp_loopt=any(i.van is not None and i.tot is None for i in d.hulp),
        hulp_gekozen=bool(d.hulp),
        hulp_wacht=any(i.van is None for i in d.hulp),
        hulp_geweest=any(i.tot is not None for i in d.hulp),
        overleg_gehouden=d.gehouden_rto is not None or regie_is_over(d),
        vervolg_bepaald=d.feit("vervolg.route") is not None or d.feit("vervolg.bepaald_op") is not None,
        opgepakt=any(b.antwoord == "aanvaard" and b.soort != "meegaan" for b in d.aanbiedingen) or regie_is_over(d),
        gesloten=d.casus.gesloten_op is not None,
    )


def stand_van(d: Dossier) -> str:
    """The stand of a casus: a key of `casework.stand.STANDEN`."""
    return stand(verloop_van(d))


def regie_is_over(d: Dossier) -> bool:
    """Whether another organisation than the crisis service leads now."""
    return d.regie is not None and d.regie.organisatie_id != d.dienst_id


def slaapplek(d: Dossier, kind: Jeugdige) -> tuple[str, Inzet | None]:
    """Where a child is tonight: `verblijf` with the form of stay that runs, `thuis` with what was written, or
    `onbekend` once crisis was decided and nobody wrote where."""
    for i in reversed(d.hulp):
        if i.vorm in VERBLIJFSVORMEN and i.van is not None and i.tot is None and i.jeugdige_id in (None, kind.id):
            return "verblijf", i
    if kind.waar_nu:
        return "thuis", None
    return "onbekend", None


def _slaapplek_onbekend(d: Dossier) -> list[Jeugdige]:
    return [k for k in d.kinderen if slaapplek(d, k)[0] == "onbekend"]


def acties(d: Dossier, advies: Advies | None, moment: datetime) -> list[Actie]:
    """Everything that is to be done now, in the order of the work; what has a clock keeps its place, the page sorts."""
    if d.casus.gesloten_op is not None:
        return []
    verwacht = d.waarde("inschatting.terug_verwacht_op")
    te_lang_weg = verwacht is not None and verwacht <= moment
    return [
        *(_terug(d) if te_lang_weg else ()),
        *_meldwerk(d, advies),
        *_ter_plaatse(d, advies),
        *_hulp(d, advies, moment),
        *(() if te_lang_weg else _terug(d)),
        *_taken(d, geschil=True),
        *_overleg(d, advies),
        *_slot(d, advies),
        *_taken(d, geschil=False),
        *_verzoeken(d),
        *_antwoorden(d, moment),
    ]


def _zegt(advies: Advies | None, sleutel: str) -> Waarde:
    uitspraak = advies.uitspraken.get(sleutel) if advies else None
    return uitspraak.waarde if uitspraak else None


def _regels(advies: Advies | None, sleutel: str) -> tuple[str, ...]:
    ding = (advies.uitspraken.get(sleutel) or advies.termijnen.get(sleutel)) if advies else None
    return ding.regels if ding else ()


def _meldwerk(d: Dossier, advies: Advies | None) -> Iterator[Actie]:
    dienst = d.dienst_id
    hier = stand_van(d)
    if hier == "melding":
        wat = T("Neem de geparkeerde melding op") if d.melding.geparkeerd_op else T("Maak de melding af")
        yield Actie("melding", wat, "melding", dienst)
    if hier == "triage":
        yield Actie(
            "triage",
            T("Besluit de triage"),
            "triage",
            dienst,
            T("Consult, verwijzing, acute hulp of naar het gezin: kies, met de reden als je afwijkt."),
            _regels(advies, "triage.definitie") or _regels(advies, "melding.uitkomst"),
        )
    moet_bellen = d.waarde("melding.terugbellen_gewenst") or _loopt(d, advies, "melding.terugbellen")
    if moet_bellen and d.feit("melding.teruggebeld_op") is None:
        yield Actie(
            "terugbellen",
            T("Bel de melder terug"),
            "terugbellen",
            dienst,
            T("De melder wil weten wat er gebeurt."),
            _regels(advies, "melding.terugkoppeling")
            or _regels(advies, "melding.terugbellen")
            or (() if d.melding.melder in PARTICULIER else ("CL-11",)),
            "melding.terugbellen",
        )
    eigen = advies.gemeente.naam if advies and advies.gemeente else ""
    naar = {"wie": eigen or (not d.casus.geheim and d.casus.gemeente_buiten) or T("de toegang")}
    signaal = next((b for b in d.aanbiedingen if b.soort == "signaal" and b.antwoord in ("", "aanvaard")), None)
    door = _regels(advies, "melding.acute_hulp_door")  # Only where the region knows it (ICJ-14) is it an agreement.
    if hier == "morgen":
        yield Actie(
            "morgen",
            T("Regel de acute hulp met {wie}"),
            "aanbod",
            dienst,
            T("Het kan wachten tot morgen, niet langer.")
            if door
            else T("Zo is bij de triage besloten. De afspraken van deze regio kennen dit besluit niet."),
            door,
            "melding.signaal",
            naar,
        )
    elif signaal is None and _loopt(d, advies, "melding.signaal") and hier != "melding":
        yield Actie(
            "signaal",
            T("Geef het signaal door aan {wie}"),
            "aanbod",
            dienst,
            T("Er staat geen organisatie klaar om het te ontvangen: bel, of vraag het een ander."),
            _regels(advies, "melding.signaal"),
            "melding.signaal",
            {"wie": advies.termijnen["melding.signaal"].gegevens.get("wie", naar["wie"]) if advies else naar["wie"]},
        )
    if _loopt(d, advies, "triage.contact_aanbieder") and hier not in ("melding", "triage"):
        yield Actie(
            "contact_aanbieder",
            T("Laat de aanbieder contact opnemen met het gezin"),
            "feiten",
            dienst,
            T("Leg vast wanneer dat was."),
            _regels(advies, "triage.contact_aanbieder"),
            "triage.contact_aanbieder",
        )


def _ter_plaatse(d: Dossier, advies: Advies | None) -> Iterator[Actie]:
    dienst = d.dienst_id
    hier = stand_van(d)
    besluit = Actie(
        "besluit",
        T("Besluit: crisis of niet"),
        "besluit",
        dienst,
        T("Met wie je overlegde en waarom. Zonder dit besluit begint er geen crisishulp."),
        _regels(advies, "huisbezoek.besluit")
        or _regels(advies, "inzet.na_besluit")
        or _regels(advies, "triage.beoordeel"),
    )
    match hier:
        case "inschatting" if _zegt(advies, "huisbezoek.crisisdienst") == "gaat_niet_mee":
            yield besluit
        case "inschatting" if _zorgpad(d) and not _zegt(advies, "huisbezoek.koppel"):
            pass  # The provider of the zorgpad starts; nobody of the service has to go (FRL-12).
        case "inschatting":
            yield Actie(
                "vertrek",
                T("Vertrek naar het gezin"),
                "inschatting",
                dienst,
                advies.uitspraken["huisbezoek.mee"].tekst if _zegt(advies, "huisbezoek.mee") and advies else "",
                _regels(advies, "huisbezoek.crisisdienst") or _regels(advies, "huisbezoek.gaat"),
                "huisbezoek.aankomst",
                dict(advies.uitspraken["huisbezoek.mee"].gegevens)
                if _zegt(advies, "huisbezoek.mee") and advies
                else {},
            )
        case "onderweg":
            yield Actie("aankomst", T("Leg vast dat je er bent"), "inschatting", dienst, "", (), "huisbezoek.aankomst")
        case "ter_plaatse":
            yield besluit
    if d.waarde("inschatting.crisis"):
        for kind in _slaapplek_onbekend(d):
            yield Actie(
                "slaapplek",
                T("Leg vast waar {kind} vannacht is"),
                "slaapplek",
                d.regie.organisatie_id if d.regie else dienst,
                T("Van een kind in crisis weten we altijd waar het is."),
                gegevens={"kind": kind.voornaam or T("het kind")},
                ding=str(kind.id),
            )


def _terug(d: Dossier) -> Iterator[Actie]:
    """Who is at the door says so when he has left; ours, in no source."""
    if d.feit("inschatting.op") and d.feit("inschatting.terug_verwacht_op") and d.feit("inschatting.terug_op") is None:
        yield Actie(
            "terug",
            T("Meld dat je veilig weg bent"),
            "inschatting",
            d.dienst_id,
            T("Eigen afspraak van Vangnet voor wie aan de deur staat; staat in geen bron."),
        )


def punten_per_hulp(d: Dossier, advies: Advies | None, moment: datetime) -> dict[UUID, tuple[Advies, str]]:
    """Per form of help the advice that speaks of it and the key under which it does (`inzet.2`). Each child has an advice
    of its own: `advies` is that of the first child, and speaks of its help and of that of the whole family."""
    uit: dict[UUID, tuple[Advies, str]] = {}
    if advies is None:
        return uit
    for kind in [None, *d.kinderen[1:]]:
        hulp = hulp_in_volgorde(d, kind)
        if all(i.id in uit for i in hulp):
            continue
        van_kind = advies if kind is None else advise_dossier(d, moment, kind)[0]
        for nummer, i in enumerate(hulp, 1):
            if van_kind is not None:
                uit.setdefault(i.id, (van_kind, f"inzet.{nummer}"))
    return uit


def _hulp(d: Dossier, advies: Advies | None, moment: datetime) -> Iterator[Actie]:
    dienst = d.dienst_id
    hier = stand_van(d)
    zorgpad = _zorgpad(d) and not d.hulp
    traject = next((s for s in ("traject.einde", "traject.uiterlijk") if _loopt(d, advies, s)), "")
    start = "inzet.start" if _loopt(d, advies, "inzet.start") else ""
    if hier == "hulp_kiezen" or (zorgpad and hier in ("inschatting", "onderweg", "ter_plaatse")):
        yield Actie(
            "inzet",
            T("Kies de lichtste hulp die past"),
            "inzet",
            dienst,
            T("Eerst thuis of in het netwerk; een bed alleen als het moet. Leg vast waarom lichter niet kon.")
            if advies and advies.afspraken.zorg.treden
            else T(
                "Licht voor zwaar is een keuze van Vangnet: de afspraken noemen geen volgorde, en weigeren er niets op."
            ),
            _regels(advies, "inzet.eerst") or _regels(advies, "inzet.na_besluit"),
            traject or start,
        )
    for kind in _geweigerd(d) if hier not in ("hulp_kiezen", "inschatting", "onderweg", "ter_plaatse") else ():
        yield Actie(
            "inzet",
            T("Kies andere hulp voor {kind}"),
            "inzet",
            dienst,
            T("De aanbieder die gevraagd was, zei nee."),
            _regels(advies, "inzet.eerst") or _regels(advies, "inzet.na_besluit"),
            traject or start,
            {"kind": kind.voornaam or T("het kind")},
            str(kind.id),
        )
    punten = punten_per_hulp(d, advies, moment)
    kinderen = {k.id: k.voornaam or str(T("het kind")) for k in d.kinderen} if len(d.kinderen) > 1 else {}
    for i in d.hulp:
        if i.tot is not None:
            continue
        over, punt = punten.get(i.id, (None, ""))
        termijnen: Mapping[str, Termijn] = over.termijnen if over else {}
        vorm: dict[str, Waarde] = {"vorm": vormnaam(advies, i.vorm)}
        een = i.jeugdige_id in kinderen
        if i.jeugdige_id in kinderen:
            vorm["kind"] = kinderen[i.jeugdige_id]
        geeft = any(b.organisatie_id == i.aanbieder_id and b.deel == "hulp" and b.tot is None for b in d.betrokkenheden)
        wie = i.aanbieder_id if geeft else dienst
        if i.ouders_geinformeerd_op is None and _zegt(over, f"{punt}.ouders"):
            yield Actie(
                "ouders",
                T("Vertel de ouders hoe lang {vorm} voor {kind} hooguit duurt")
                if een
                else T("Vertel de ouders hoe lang {vorm} hooguit duurt"),
                "ouders",
                dienst,
                T("Dat moet gezegd zijn voor de hulp begint."),
                _regels(over, f"{punt}.ouders"),
                f"inzet.{i.id}.start",
                vorm,
                str(i.id),
            )
        if any(b.inzet_id == i.id and b.soort == "hulp" and b.antwoord == "" for b in d.aanbiedingen):
            yield Actie(
                "antwoord_hulp",
                T("Bel {wie}: er is nog geen antwoord op de vraag om {vorm}"),
                "aanbod",
                dienst,
                T("Tot het ja is, begint deze hulp niet."),
                _regels(over, f"{punt}.vorm"),
                f"inzet.{i.id}.start",
                vorm | {"wie": provider_of(d, i)},
                str(i.id),
            )
        elif i.van is None:
            yield Actie(
                "begin",
                T("Leg vast dat {vorm} voor {kind} begonnen is") if een else T("Leg vast dat {vorm} begonnen is"),
                "inzet_begin",
                wie,
                "",
                _regels(over, f"{punt}.vorm"),
                f"inzet.{i.id}.start",
                vorm,
                str(i.id),
            )
        else:
            yield Actie(
                "einde",
                T("Rond {vorm} voor {kind} op tijd af") if een else T("Rond {vorm} op tijd af"),
                "inzet_einde",
                wie,
                "",
                _regels(over, f"{punt}.einde") or _regels(advies, traject),
                traject if f"{punt}.einde" not in termijnen and traject else f"inzet.{i.id}.einde",
                vorm,
                str(i.id),
            )
        for sleutel, wat, stap in (
            (
                "wijkteam",
                T("Betrek het lokale team bij het vervolg van {vorm} voor {kind}")
                if een
                else T("Betrek het lokale team bij het vervolg van {vorm}"),
                "aanbod",
            ),
            (
                "perspectief",
                T("Leg vast waar {kind} na {vorm} heen gaat")
                if een
                else T("Leg vast waar het kind na {vorm} heen gaat"),
                "vervolg",
            ),
        ):
            termijn = termijnen.get(f"{punt}.{sleutel}")
            zonder = over.uitspraken.get(f"{punt}.{sleutel}") if over and sleutel == "wijkteam" else None
            if getattr(i, HIERVOOR[sleutel]) is not None or i.van is None:
                continue
            if termijn is not None and termijn.uiterlijk:
                yield Actie(sleutel, wat, stap, dienst, "", termijn.regels, f"inzet.{i.id}.{sleutel}", vorm, str(i.id))
            elif zonder is not None and zonder.waarde in ("zo_snel_mogelijk", "zonder_termijn"):  # LEK-34, LEK-40.
                yield Actie(sleutel, wat, stap, dienst, zonder.tekst, zonder.regels, "", vorm, str(i.id))
    if d.hulp and d.waarde("inschatting.crisis"):
        if not any(p.gezag == "ja" for p in d.mensen):
            yield Actie(
                "gezag",
                T("Leg vast wie het gezag heeft"),
                "gezin",
                dienst,
                T("Anders wordt niemand van de ouders om toestemming gevraagd."),
                ("X-36",),
            )
        for wie_, naam in wie_moet_instemmen(d):
            yield Actie(
                "toestemming",
                T("Vraag {wie} om toestemming, of leg een andere grond vast"),
                "toestemming",
                dienst,
                T("De afspraken zwijgen over toestemming; wie gezag heeft of twaalf is, heeft er een stem in."),
                ("X-36",),
                gegevens={"wie": naam},
                ding=str(wie_),
            )


def _geweigerd(d: Dossier) -> list[Jeugdige]:
    """The children whose last chosen help was refused by who was asked, and who have no other."""
    nee = {b.inzet_id for b in d.aanbiedingen if b.soort == "hulp" and b.antwoord == "geweigerd"}
    uit = []
    for kind in d.kinderen:
        eigen = [i for i in d.inzetten if i.jeugdige_id in (None, kind.id)]
        if eigen and all(i.vervallen_op is not None for i in eigen) and eigen[-1].id in nee:
            uit.append(kind)
    return uit


HIERVOOR = {"wijkteam": "wijkteam_betrokken_op", "perspectief": "perspectief_op"}
"""Which moment of a form of help ends the clock of that name."""


def wie_moet_instemmen(d: Dossier) -> list[tuple[UUID, str]]:
    """Who has a say and has not been asked: those with authority, and a child of twelve or older (X-36)."""
    gevraagd = {t.persoon_id or t.jeugdige_id for t in d.toestemmingen if t.voor == "hulp" and t.vervallen_op is None}
    uit = [(p.id, p.naam or p.rol) for p in d.mensen if p.gezag == "ja"]
    uit += [(k.id, k.voornaam or str(T("het kind"))) for k in d.kinderen if (d.leeftijd(k) or 0) >= 12]
    return [(id_, naam) for id_, naam in uit if id_ not in gevraagd]


def _overleg(d: Dossier, advies: Advies | None) -> Iterator[Actie]:
    """The meeting and the lead, by what moves it in this region (`overgang_regie`)."""
    if advies is None:
        return
    nu = _zegt(advies, "regie.nu")
    if d.waarde("inschatting.crisis") is not True and not d.hulp and nu != "generalist":
        return
    a = advies.afspraken
    regie = d.regie.organisatie_id if d.regie else d.dienst_id
    if a.rto and ("rto" in advies.termijnen or "rto.dag" in advies.uitspraken) and d.gehouden_rto is None:
        if d.rto is None:
            yield Actie(
                "rto_plannen", T("Plan het RTO"), "rto", regie, T("Met wie erbij hoort, op de dag die is afgesproken."),
                _regels(advies, "rto.dag") or _regels(advies, "rto"), "rto",
            )  # fmt: skip
        else:
            yield Actie(
                "rto_houden", T("Houd het RTO van {op} en leg het vast"), "rto_verslag", regie,
                T("Perspectief, veiligheidsplan en wie procesregisseur wordt."),
                _regels(advies, "rto.verslag") or _regels(advies, "rto.dag"), "rto", {"op": d.rto.gepland_op},
            )  # fmt: skip
    if a.regie is None or regie_is_over(d):
        return
    if a.regie.overgang_regie == "veilig" and d.waarde("inschatting.veiligheidsrisico") is None and d.hulp:
        yield Actie(
            "veilig", T("Leg vast of er nog een veiligheidsrisico is"), "feiten", regie,
            T("Zonder risico draag je over; met risico blijf je."), a.regie.regels,
        )  # fmt: skip
    open_aanbod = any(b.soort == "regie" and b.antwoord == "" for b in d.aanbiedingen)
    # By acceptance it can pass at any time; it is only work to do once the child has help.
    eerst_hulp = a.regie.overgang_regie == "aanvaarding" and not any(i.van for i in d.hulp)
    if not regie_wacht_op(d, advies) and not open_aanbod and not eerst_hulp:
        overgang = advies.uitspraken.get("regie.overgang")
        yield Actie(
            "regie",
            T("Draag de regie over"),
            "regie",
            d.dienst_id,
            T("Keuze van Vangnet: de bron zwijgt. De leiding gaat over door aanvaarding.")
            if a.regie.overgang_regie == "aanvaarding"
            else overgang.tekst
            if overgang
            else "",
            _regels(advies, "regie.overgang") or _regels(advies, "regie.nu"),
            "regie.overname",
            dict(overgang.gegevens) if overgang else {},
        )


def regie_wacht_op(d: Dossier, advies: Advies) -> str:
    """What must happen before the lead passes in this region, as a sentence; empty when nothing holds it, also where it
    passes by acceptance alone."""
    a = advies.afspraken.regie
    if a is None or _zegt(advies, "regie.nu") not in ("crisisdienst", None):
        return ""
    match a.overgang_regie:
        case "rto" if d.gehouden_rto is None:
            return T("Houd eerst het RTO: daar gaat de regie over.")
        case "vervolg_bepaald" if d.feit("vervolg.bepaald_op") is None:
            return T("Bepaal eerst het vervolg: dan gaat de regie over.")
        case "veilig" if not (
            d.waarde("vervolg.veilig_genoeg") is True or d.waarde("inschatting.veiligheidsrisico") is False
        ):
            return T("Leg eerst vast dat er geen veiligheidsrisico meer is: dan gaat de zaak over.")
        case "termijn" if not any(i.van for i in d.hulp) and d.feit("inschatting.op") is None:
            return T("Er was nog geen interventie om over te nemen.")
    return ""


def toegang_beslist(d: Dossier, advies: Advies | None) -> UUID | None:
    """The access that determines what follows (CIT-23), where the agreements say so and exactly one takes part that sees
    the follow-up; None where who leads determines it: also once the lead has passed, and for a municipality outside the
    region (X-19)."""
    if _zegt(advies, "regie.vervolg_door") != "toegang" or regie_is_over(d) or d.casus.gemeente_buiten:
        return None
    delen = [b for b in d.betrokkenheden if b.tot is None and "vervolg" in PER_DEEL.get(b.deel, ())]
    wie = {b.organisatie_id for b in delen if d.soorten.get(b.organisatie_id) == Soort.TOEGANG}
    return wie.pop() if len(wie) == 1 else None


def _slot(d: Dossier, advies: Advies | None) -> Iterator[Actie]:
    hier = stand_van(d)
    verloop = verloop_van(d)
    regie = d.regie.organisatie_id if d.regie else d.dienst_id
    zonder_rto = advies is not None and advies.afspraken.rto is None
    if not verloop.vervolg_bepaald and (hier == "vervolg" or (hier == "hulp" and zonder_rto)):
        yield Actie(
            "vervolg", T("Bepaal het vervolg"), "vervolg", toegang_beslist(d, advies) or regie,
            T("Wat er na de crisis nodig is, en wie dat geeft."),
            _regels(advies, "vervolg.route") or _regels(advies, "regie.vervolg_door"), "vervolg.klaar",
        )  # fmt: skip
    if verloop.vervolg_bepaald and _loopt(d, advies, "vervolg.klaar") and d.feit("vervolg.start_op") is None:
        yield Actie(
            "vervolg_start", T("Leg vast wanneer de vervolghulp begint"), "vervolg", regie, "",
            _regels(advies, "vervolg.klaar"), "vervolg.klaar",
        )  # fmt: skip
    for sleutel in ("vervolg.itw", "vervolg.gikj", "vervolg.aanmelden"):
        al = ("vervolg.aangemeld_op",) if sleutel == "vervolg.aanmelden" else (f"vervolg.aangemeld_{sleutel[8:]}_op",)
        if _loopt(d, advies, sleutel) and not any(d.feit(veld) for veld in al):
            bij = advies.termijnen[sleutel].gegevens.get("bij") if advies else ""
            yield Actie(
                "aanmelden", T("Meld aan bij {bij}"), "vervolg", regie, "", _regels(advies, sleutel), sleutel,
                {"bij": bij or T("ITW-ZL of GIK-J")}, sleutel,
            )  # fmt: skip
    if _loopt(d, advies, "vervolg.expertteam") and d.feit("vervolg.gevraagd_op") is None:
        yield Actie(
            "expertteam", T("Vraag het Expertteam"), "vervolg", regie, "", _regels(advies, "vervolg.expertteam"),
            "vervolg.expertteam",
        )  # fmt: skip
    if verloop.vervolg_bepaald and d.waarde("vervolg.beschikking_nodig") and not d.feit("vervolg.beschikking_op"):
        yield Actie(
            "beschikking", T("Regel de beschikking achteraf"), "vervolg", regie, "",
            _regels(advies, "vervolg.beschikking") or ("CL-06",), "vervolg.beschikking",
        )  # fmt: skip
    na_overleg = d.gehouden_rto is not None or verloop.vervolg_bepaald
    if d.hulp and na_overleg and d.feit("vervolg.terugkoppeling_professionals_op") is None:
        yield Actie(
            "terugkoppeling", T("Laat de professionals in het gezin weten hoe het verder gaat"), "terugkoppeling", regie,
            "", ("CL-11",),
        )  # fmt: skip
    open_regie = any(b.soort == "regie" and b.antwoord == "" for b in d.aanbiedingen)
    if hier in ("afronden", "geen_crisis") and not open_regie:
        yield Actie(
            "afsluiten", T("Sluit de casus af"), "afsluiten", regie,
            T("Is de veiligheid hersteld, is het perspectief duidelijk, wie heeft de richting in handen?"),
        )  # fmt: skip


def _antwoorden(d: Dossier, moment: datetime) -> Iterator[Actie]:
    """What another organisation was asked and has not answered: for that organisation, from when it can see it."""
    for aanbod in d.aanbiedingen:
        if aanbod.antwoord == "" and aanbod.zichtbaar_vanaf <= moment:
            yield Actie(
                "antwoord", T("Antwoord op de vraag: {wat}"), "antwoord", aanbod.aan_organisatie_id, "",
                tuple(aanbod.regels), KLOK_BIJ_VRAAG.get(aanbod.soort, ""), {"wat": GEVRAAGD[aanbod.soort]}, str(aanbod.id),
            )  # fmt: skip


GEVRAAGD: dict[str, str] = {
    "regie": T("de regie overnemen"),
    "rto": T("naar het RTO komen"),
    "hulp": T("hulp geven"),
    "meegaan": T("meegaan naar het gezin"),
    "signaal": T("het signaal oppakken"),
    "vervolg": T("vervolghulp geven"),
    "overig": T("meedenken"),
}
"""What is asked, by the kind of question (`Vraagsoort`), as a sentence goes on with it."""
KLOK_BIJ_VRAAG = {"signaal": "melding.signaal", "regie": "regie.overname"}


def _zorgpad(d: Dossier) -> bool:
    """Whether the triage settled the help already, in a region where it need not wait for the decision (FRL-12)."""
    return d.casus.inzet_voor_besluit and d.waarde("triage.zorgpad_vast") is True


def _loopt(d: Dossier, advies: Advies | None, sleutel: str) -> bool:
    """Whether the agreements set a moment for this and it has not been done."""
    from .klokken import gehaald

    termijn = advies.termijnen.get(sleutel) if advies else None
    return termijn is not None and termijn.uiterlijk is not None and sleutel not in gehaald(d)


def open_geschil(d: Dossier) -> bool:
    """Whether another refused the lead and nobody settled it yet."""
    return any(t.klaar_op is None and _over_regie(d, t) for t in d.taken)


def _over_regie(d: Dossier, taak: Taak) -> bool:
    """Whether a task is to settle that the lead was refused; as long as it stands, the first to do after the child."""
    return any(b.soort == "regie" and taak.sleutel == f"geschil.{b.id}" for b in d.aanbiedingen)


def _taken(d: Dossier, geschil: bool) -> Iterator[Actie]:
    for taak in d.taken:
        if taak.klaar_op is None and _over_regie(d, taak) is geschil:
            yield Actie("taak", taak.wat, "taak", taak.voor_id, taak.waarom, tuple(taak.regels), "", {}, str(taak.id))


def _verzoeken(d: Dossier) -> Iterator[Actie]:
    """What the family asked about its file: for who leads now, whoever took it in."""
    from .klokken import REQUEST_CLOCK

    for v in d.verzoeken:
        if v.klaar_op is None:
            yield Actie(
                "verzoek", REQUEST_CLOCK[v.soort], "verzoek", d.regie.organisatie_id if d.regie else d.dienst_id,
                T("Een wettelijke termijn, geen afspraak van de regio."), (), f"verzoek.{v.id}", {}, str(v.id),
            )  # fmt: skip


def vormnaam(advies: Advies | None, vorm: str) -> str:
    """The name of a form of help in the words of the region, without its capital where it stands inside a sentence."""
    if advies:
        for v in advies.afspraken.zorg.vormen:
            if v.vorm == vorm:
                return v.naam
    return vorm.replace("_", " ")
