# SPDX-License-Identifier: EUPL-1.2
"""What is to be done in a casus now, and why: worked out from the record and the advice, most urgent first.

Each action names the organisation that must act, the step where it is done, the rules behind it and the clock it falls
under. The board shows the first, the casus page all of them, Mijn werk those of the own organisation.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from vangnet.casework.models import VERBLIJFSVORMEN, Inzet, Jeugdige
from vangnet.casework.stand import Verloop, stand
from vangnet.rules.advies import Advies
from vangnet.rules.tekst import T, Waarde

if TYPE_CHECKING:
    from .dossier import Dossier


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
        hulp_geweest=any(i.tot is not None for i in d.hulp),
        overleg_gehouden=d.gehouden_rto is not None or regie_is_over(d),
        vervolg_bepaald=d.feit("vervolg.route") is not None or d.feit("vervolg.bepaald_op") is not None,
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
    return [
        *_meldwerk(d, advies),
        *_ter_plaatse(d, advies),
        *_hulp(d, advies),
        *_overleg(d, advies),
        *_slot(d, advies),
        *_taken(d),
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
    if d.waarde("melding.terugbellen_gewenst") and d.feit("melding.teruggebeld_op") is None:
        yield Actie(
            "terugbellen",
            T("Bel de melder terug"),
            "terugbellen",
            dienst,
            T("De melder wil weten wat er gebeurt."),
            _regels(advies, "melding.terugkoppeling") or ("CL-11",),
            "melding.terugbellen",
        )
    if hier == "morgen":
        yield Actie(
            "morgen",
            T("Regel de acute hulp met {wie}"),
            "aanbod",
            dienst,
            T("Het kan wachten tot morgen, niet langer."),
            _regels(advies, "melding.acute_hulp_door") or ("ICJ-14",),
            "melding.signaal",
            {"wie": advies.gemeente.naam if advies and advies.gemeente else T("de toegang")},
        )


def _ter_plaatse(d: Dossier, advies: Advies | None) -> Iterator[Actie]:
    dienst = d.dienst_id
    match stand_van(d):
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
            yield Actie(
                "besluit",
                T("Besluit: crisis of niet"),
                "besluit",
                dienst,
                T("Met wie je overlegde en waarom. Zonder dit besluit begint er geen crisishulp."),
                _regels(advies, "huisbezoek.besluit") or _regels(advies, "inzet.na_besluit"),
            )
    if d.feit("inschatting.op") and d.feit("inschatting.terug_verwacht_op") and d.feit("inschatting.terug_op") is None:
        yield Actie(
            "terug",
            T("Meld dat je veilig weg bent"),
            "inschatting",
            dienst,
            T("Eigen afspraak van Vangnet voor wie aan de deur staat; staat in geen bron."),
        )
    if d.waarde("inschatting.crisis"):
        for kind in _slaapplek_onbekend(d):
            yield Actie(
                "slaapplek",
                T("Leg vast waar {kind} vannacht is"),
                "slaapplek",
                dienst,
                T("Van een kind in crisis weten we altijd waar het is."),
                gegevens={"kind": kind.voornaam or T("het kind")},
                ding=str(kind.id),
            )


def _hulp(d: Dossier, advies: Advies | None) -> Iterator[Actie]:
    from .dossier import hulp_in_volgorde

    dienst = d.dienst_id
    if stand_van(d) == "hulp_kiezen":
        yield Actie(
            "inzet",
            T("Kies de lichtste hulp die past"),
            "inzet",
            dienst,
            T("Eerst thuis of in het netwerk; een bed alleen als het moet. Leg vast waarom lichter niet kon."),
            _regels(advies, "inzet.eerst") or _regels(advies, "inzet.na_besluit"),
        )
    nummers = {i.id: n for n, i in enumerate(hulp_in_volgorde(d, None), 1)}
    for i in d.hulp:
        if i.tot is not None:
            continue
        vorm = vormnaam(advies, i.vorm)
        if i.ouders_geinformeerd_op is None and _zegt(advies, f"inzet.{nummers.get(i.id)}.ouders"):
            yield Actie(
                "ouders",
                T("Vertel de ouders hoe lang {vorm} hooguit duurt"),
                "ouders",
                dienst,
                T("Dat moet gezegd zijn voor de hulp begint."),
                _regels(advies, f"inzet.{nummers.get(i.id)}.ouders"),
                f"inzet.{i.id}.start",
                {"vorm": vorm},
                str(i.id),
            )
        if i.van is None:
            yield Actie(
                "begin",
                T("Leg vast dat {vorm} begonnen is"),
                "inzet_begin",
                i.aanbieder_id or dienst,
                "",
                _regels(advies, f"inzet.{nummers.get(i.id)}.vorm"),
                f"inzet.{i.id}.start",
                {"vorm": vorm},
                str(i.id),
            )
        else:
            yield Actie(
                "einde",
                T("Rond {vorm} op tijd af"),
                "inzet_einde",
                i.aanbieder_id or dienst,
                "",
                _regels(advies, f"inzet.{nummers.get(i.id)}.einde"),
                f"inzet.{i.id}.einde",
                {"vorm": vorm},
                str(i.id),
            )
    if d.hulp and d.waarde("inschatting.crisis"):
        for wie, naam in wie_moet_instemmen(d):
            yield Actie(
                "toestemming",
                T("Vraag {wie} om toestemming, of leg een andere grond vast"),
                "toestemming",
                dienst,
                T("De afspraken zwijgen over toestemming; wie gezag heeft of twaalf is, heeft er een stem in."),
                ("X-36",),
                gegevens={"wie": naam},
                ding=str(wie),
            )


def wie_moet_instemmen(d: Dossier) -> list[tuple[UUID, str]]:
    """Who has a say and has not been asked: those with authority, and a child of twelve or older (X-36)."""
    gevraagd = {t.persoon_id or t.jeugdige_id for t in d.toestemmingen if t.voor == "hulp"}
    uit = [(p.id, p.naam or p.rol) for p in d.mensen if p.gezag == "ja"]
    uit += [(k.id, k.voornaam or str(T("het kind"))) for k in d.kinderen if (d.leeftijd(k) or 0) >= 12]
    return [(id_, naam) for id_, naam in uit if id_ not in gevraagd]


def _overleg(d: Dossier, advies: Advies | None) -> Iterator[Actie]:
    """The meeting and the lead, by what moves it in this region (`overgang_regie`)."""
    if d.waarde("inschatting.crisis") is not True and not d.hulp:
        return
    if advies is None:
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
                "rto_houden", T("Houd het RTO en leg het vast"), "rto_verslag", regie,
                T("Perspectief, veiligheidsplan en wie procesregisseur wordt."),
                _regels(advies, "rto.verslag") or _regels(advies, "rto.dag"), "rto",
            )  # fmt: skip
    if a.regie and not regie_is_over(d):
        open_aanbod = next((b for b in d.aanbiedingen if b.soort == "regie" and b.antwoord == ""), None)
        nu = _zegt(advies, "regie.nu")
        mag = d.gehouden_rto is not None or nu not in (None, "crisisdienst") or a.regie.overgang_regie not in ("rto",)
        if mag and open_aanbod is None:
            overgang = advies.uitspraken.get("regie.overgang")
            yield Actie(
                "regie",
                T("Draag de regie over"),
                "regie",
                d.dienst_id,
                overgang.tekst if overgang else "",
                _regels(advies, "regie.overgang") or _regels(advies, "regie.nu"),
                "regie.overname",
                dict(overgang.gegevens) if overgang else {},
            )


def _slot(d: Dossier, advies: Advies | None) -> Iterator[Actie]:
    hier = stand_van(d)
    regie = d.regie.organisatie_id if d.regie else d.dienst_id
    if hier == "vervolg" and not verloop_van(d).vervolg_bepaald:
        yield Actie(
            "vervolg", T("Bepaal het vervolg"), "vervolg", regie, T("Wat er na de crisis nodig is, en wie dat geeft."),
            _regels(advies, "vervolg.route") or _regels(advies, "regie.vervolg_door"), "vervolg.klaar",
        )  # fmt: skip
    if (
        verloop_van(d).vervolg_bepaald
        and d.waarde("vervolg.beschikking_nodig")
        and not d.feit("vervolg.beschikking_op")
    ):
        yield Actie(
            "beschikking", T("Regel de beschikking achteraf"), "vervolg", regie, "",
            _regels(advies, "vervolg.beschikking") or ("CL-06",), "vervolg.beschikking",
        )  # fmt: skip
    if d.hulp and d.gehouden_rto and d.feit("vervolg.terugkoppeling_professionals_op") is None:
        yield Actie(
            "terugkoppeling", T("Laat de professionals in het gezin weten hoe het verder gaat"), "terugkoppeling", regie,
            "", ("CL-11",),
        )  # fmt: skip
    if hier in ("afronden", "geen_crisis"):
        yield Actie(
            "afsluiten", T("Sluit de casus af"), "afsluiten", regie,
            T("Is de veiligheid hersteld, is het perspectief duidelijk, wie heeft de richting in handen?"),
        )  # fmt: skip


def _taken(d: Dossier) -> Iterator[Actie]:
    for taak in d.taken:
        if taak.klaar_op is None:
            yield Actie("taak", taak.wat, "taak", taak.voor_id, taak.waarom, tuple(taak.regels), "", {}, str(taak.id))


def vormnaam(advies: Advies | None, vorm: str) -> str:
    """The name of a form of help in the words of the region, without its capital where it stands inside a sentence."""
    if advies:
        for v in advies.afspraken.zorg.vormen:
            if v.vorm == vorm:
                return v.naam
    return vorm.replace("_", " ")
