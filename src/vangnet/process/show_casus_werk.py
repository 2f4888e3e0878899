# SPDX-License-Identifier: EUPL-1.2
"""Of a casus the work: clocks, what to do now, what the agreements say, help, the meeting, questions and tasks."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from vangnet.access.actor import Actor
from vangnet.access.models import Medewerker, Organisatie
from vangnet.access.rechten import may
from vangnet.casework.models import VERBLIJFSVORMEN, Inzet
from vangnet.casework.velden import onderdeel_van
from vangnet.clocks.models import Klok
from vangnet.clocks.veldzicht import deel_van_klok
from vangnet.rules.advies import Advies
from vangnet.rules.kalender import lokaal
from vangnet.rules.omstandigheden import PARTIJEN
from vangnet.rules.tekst import T
from vangnet.rules.zorg import GROEPNAAM
from vangnet.rules.zorgvorm import GROEPEN

from . import current_register
from .acties import Actie, acties, punten_per_hulp, vormnaam
from .beeld import klok_als_data
from .dossier import Dossier
from .geheim import provider_of
from .give_advice import gemeenten_op
from .klokken import laatste_dag, waits_with
from .present_advice import as_data, present
from .stapsoorten import STAPPEN
from .verteller import Verteller

ALLEEN_EIGEN = frozenset({"antwoord", "taak"})
"""Steps that only the organisation does for which they are."""
EIGEN_KEUZE = frozenset({"inzet.start"})
"""Clocks of which the agreements give the term to another: that the service watches it is Vangnet's choice."""


ADVIESDEEL = {
    "sluitingsdagen": "kern", "toegang": "kern", "melding": "melding", "triage": "triage", "huisbezoek": "inschatting",
    "traject": "inzet", "inzet": "inzet", "rto": "rto", "regie": "regie", "vervolg": "vervolg", "geld": "vervolg",
    "segment": "vervolg",
}  # fmt: skip
"""The part with which a point of the advice is seen, by the first word of its key."""


def part_of_field(pad: str) -> str:
    """The part of a casus that a field belongs to, by its path; of a path that is no field: `kern`."""
    eerste = pad.partition(".")[0]
    if pad in ("gemeente", "gemeente_buiten") or (pad.count(".") == 2 and eerste in ("jeugdige", "persoon")):
        return "gezin"
    if eerste == "adres":
        return "adres"
    try:
        return onderdeel_van(pad)
    except KeyError:
        return "kern"


MINUUT = len("2024-05-16 21:52")
"""Readings of a term that are the same to the minute are shown as one."""


OPPAKKEN = T(
    "De afspraken zeggen op welke dag een signaal gaat, niet wanneer het wordt opgepakt. Dat het diezelfde dag is, is een keuze van Vangnet."
)


def klokken_of(d: Dossier, advies: Advies | None, te_zien: frozenset[str], v: Verteller) -> list[dict[str, Any]]:
    """The clocks that run and those that ended, of the parts in sight."""
    if "klokken" not in te_zien:
        return []
    partijen = advies.afspraken.partijen if advies else {}
    namen = {k.id: k.voornaam for k in d.kinderen} if len(d.kinderen) > 1 else {}
    per_inzet = {str(i.id): (vormnaam(advies, i.vorm), namen.get(i.jeugdige_id, "")) for i in d.inzetten}
    uit = []
    for k in d.klokken:
        woorden = k.sleutel.split(".")
        if deel_van_klok(k.sleutel) not in te_zien:
            continue
        wat = v.zin(k.wat)
        bij = waits_with(d, k) if k.geeindigd_op is None else None
        over = per_inzet.get(woorden[1], ()) if len(woorden) > 2 else ()
        uit.append(
            klok_als_data(k)
            | {
                "id": str(k.id),
                "wat": wat,
                "vorm": ", ".join(deel for deel in over if deel and deel.casefold() not in wat.casefold()),
                "wie": d.naam(bij) if bij else partijen.get(k.eigenaar) or v.zin(PARTIJEN.get(k.eigenaar, k.eigenaar)),
                "loopt": k.geeindigd_op is None,
                "laatste_dag": laatste_dag(k),
                "uitkomst": k.uitkomst,
                "geeindigd_op": k.geeindigd_op,
                "waarom": v.zin(OPPAKKEN) if bij else _ours(k, advies, v),
                **(_planned(d, k) if k.sleutel == "rto" else {}),
                "lezingen": dict(k.lezingen) if len({w[:MINUUT] for w in k.lezingen.values()}) > 1 else {},
            }
        )
    return uit


def _ours(klok: Klok, advies: Advies | None, v: Verteller) -> str:
    """Why a clock runs where that is a choice of Vangnet and no agreement; empty for any other."""
    termijn = advies.termijnen.get(klok.sleutel) if advies else None
    if termijn is None or klok.sleutel not in EIGEN_KEUZE or klok.geeindigd_op is not None:
        return ""
    return v.zin(termijn.waarom, termijn.gegevens)


def _planned(d: Dossier, klok: Klok) -> dict[str, Any]:
    """Beside the agreed day of the meeting: when it is planned, whether that is later, and why."""
    rto = d.rto
    if rto is None or rto.gehouden_op is not None:
        return {}
    later = lokaal(rto.gepland_op).date() > laatste_dag(klok)
    return {
        "gepland_op": rto.gepland_op,
        "gepland_later": later,
        "reden": klok.reden or (rto.reden_andere_dag if later else ""),
    }


def te_doen_of(
    d: Dossier,
    advies: Advies | None,
    actor: Actor,
    op: datetime,
    te_zien: frozenset[str],
    klokken: list[dict[str, Any]],
    v: Verteller,
) -> tuple[dict[str, Any], ...]:
    """What to do now, the most urgent first, with whether the reader may do it."""
    if "taken" not in te_zien:
        return ()
    per_sleutel = {k["sleutel"]: k for k in klokken if k["loopt"]}
    ruim = "tijdlijn" in te_zien
    uit: list[dict[str, Any]] = []
    for a in acties(d, advies, op):
        van_mij = a.voor == actor.organisatie_id
        soort = STAPPEN.get(a.stap)
        if soort is None or soort.onderdeel not in te_zien or not (van_mij or ruim):
            continue
        uit.append(_actie(d, a, actor, van_mij, per_sleutel, v))
    uit.sort(key=lambda a: not a["van_mij"])
    return tuple(uit)


def _actie(
    d: Dossier, a: Actie, actor: Actor, van_mij: bool, klokken: Mapping[str, dict[str, Any]], v: Verteller
) -> dict[str, Any]:
    soort = STAPPEN[a.stap]
    return {
        "sleutel": a.sleutel,
        "wat": v.zin(a.wat, a.gegevens),
        "waarom": v.zin(a.waarom, a.gegevens),
        "stap": a.stap,
        "ding": a.ding,
        "knop": v.zin(soort.knop),
        "voor": d.naam(a.voor),
        "van_mij": van_mij,
        "mag": may(actor.rol, soort.merk) and (van_mij or a.stap not in ALLEEN_EIGEN),
        "regels": list(a.regels),
        "klok": klokken.get(a.klok),
    }


def advies_of(d: Dossier, advies: Advies | None, te_zien: frozenset[str], v: Verteller) -> dict[str, Any]:
    """What the agreements say now, of the parts in sight."""
    if advies is None:
        return {}
    data = as_data(
        present(advies, current_register().bronnen, v.taal, v.vertaal, rto_bekend=bool(d.rto or d.gehouden_rto))
    )
    assert isinstance(data, dict)

    def in_zicht(sleutel: str) -> bool:
        return ADVIESDEEL.get(sleutel.partition(".")[0], "kern") in te_zien

    data["uitspraken"] = {k: u for k, u in data["uitspraken"].items() if in_zicht(k)}
    data["termijnen"] = {k: u for k, u in data["termijnen"].items() if in_zicht(k)}
    data["vragen"] = [q for q in data["vragen"] if part_of_field(q["veld"]) in te_zien]
    data["open_vragen"] = [
        q for q in data["open_vragen"] if not q["raakt"] or any(in_zicht(sleutel) for sleutel in q["raakt"])
    ]
    a = advies.afspraken
    data["kenmerken"] = {
        "rto": a.rto is not None,
        "regie": a.regie is not None,
        "definitie": a.triage.definitie is not None or a.doelgroep.aanleiding is not None,
        "tweede_beoordeling": bool(a.huisbezoek.tweede_beoordeling),
        "vraagt_lichter": bool(a.zorg.treden),
        "ouders_horen": any(f.ouders_horen is not None for f in a.zorg.vormen),
        "overgang_regie": a.regie.overgang_regie if a.regie else "",
        "routes": [(r.nummer, v.zin(r.naam)) for r in a.vervolg.routes],
        "itw": a.vervolg.itw is not None,
        "gikj": a.vervolg.gikj is not None,
        "expertteam": a.vervolg.expertteam is not None,
        "warme_overdracht": a.vervolg.warme_overdracht is not None,
        "gemeenten": [g.naam for g in gemeenten_op(a, lokaal(d.casus.begonnen_op).date())],
        "groepen": _groepen(advies, v),
    }
    return data


def _groepen(advies: Advies, v: Verteller) -> list[dict[str, Any]]:
    """The groups of forms of help from light to heavy, each with its forms, whether it is allowed, and why."""
    uit = []
    for groep in GROEPEN:
        vormen = [(f.vorm, v.zin(f.naam)) for f in advies.afspraken.zorg.vormen if f.groep == groep]
        if not vormen:
            continue
        u = advies.uitspraken.get(f"inzet.{groep}")
        uit.append(
            {
                "groep": groep,
                "naam": v.zin(GROEPNAAM[groep]),
                "vormen": vormen,
                "waarde": str(u.waarde) if u else "",
                "tekst": v.zin(u.tekst, u.gegevens) if u else "",
                "waarom": v.zin(u.waarom, u.gegevens) if u else "",
                "strekking": u.strekking if u else "",
                "regels": list(u.regels) if u else [],
            }
        )
    return uit


def hulp_of(d: Dossier, advies: Advies | None, op: datetime, v: Verteller) -> tuple[dict[str, Any], ...]:
    """The forms of help, side by side or in sequence, with their terms."""
    klokken = {k.sleutel: k for k in d.klokken}
    namen = {k.id: k.voornaam for k in d.kinderen}
    punten = punten_per_hulp(d, advies, op)
    return tuple(
        _vorm(d, i, klokken.get(f"inzet.{i.id}.einde"), *punten.get(i.id, (advies, "")), namen, v) for i in d.hulp
    )


def _vorm(
    d: Dossier,
    i: Inzet,
    klok: Klok | None,
    advies: Advies | None,
    punt: str,
    namen: Mapping[UUID, str],
    v: Verteller,
) -> dict[str, Any]:
    ouders = advies.uitspraken.get(f"{punt}.ouders") if advies else None
    vorm = advies.uitspraken.get(f"{punt}.vorm") if advies else None
    wie = v.zin(provider_of(d, i))
    return {
        "id": str(i.id),
        "vorm": i.vorm,
        "vormnaam": v.zin(vormnaam(advies, i.vorm)),
        "kind": namen.get(i.jeugdige_id, "") if i.jeugdige_id else v.zin(T("het hele gezin")),
        "jeugdige_id": i.jeugdige_id,
        "aanbieder": wie,
        "aanbieder_id": i.aanbieder_id,
        "plaats": "" if d.casus.geheim else i.plaats,
        "gesproken_met": i.gesproken_met,
        "besloten_op": i.besloten_op,
        "van": i.van,
        "tot": i.tot,
        "tot_wanneer": i.tot_wanneer,
        "reden_einde": i.reden_einde,
        "ouders_geinformeerd_op": i.ouders_geinformeerd_op,
        "ouders_zin": v.zin(ouders.tekst, ouders.gegevens) if ouders else "",
        "ouders_regels": list(ouders.regels) if ouders else [],
        "vorm_zin": v.zin(vorm.tekst, vorm.gegevens) if vorm else "",
        "uiterlijk": laatste_dag(klok) if klok else None,
        "strekking": klok.strekking if klok else "",
        "regels": list(klok.regels) if klok else list(vorm.regels) if vorm else [],
        "open_vraag": klok.open_vraag if klok else "",
        "te_laat": bool(klok and klok.uitkomst == "te_laat"),
        "verblijf": i.vorm in VERBLIJFSVORMEN,
        "overwogen": dict(i.overwogen or {}),
        "stand": "beeindigd" if i.tot else "loopt" if i.van else "gekozen",
    }


def rto_of(d: Dossier, v: Verteller) -> dict[str, Any] | None:
    """The round-table meeting: planned or held, who comes, what came of it."""
    r = d.rto
    if r is None:
        return None
    return {
        "id": str(r.id),
        "gepland_op": r.gepland_op,
        "waar": "" if d.casus.geheim else r.waar,
        "gehouden_op": r.gehouden_op,
        "perspectief": r.perspectief,
        "perspectief_bekend": r.perspectief_bekend,
        "veiligheidsplan": r.veiligheidsplan,
        "doelen": list(r.doelen or ()),
        "procesregisseur": r.procesregisseur_naam,
        "procesregisseur_organisatie": d.naam(r.procesregisseur_organisatie_id),
        "genodigden": [
            {
                "id": str(g.id),
                "naam": g.naam,
                "organisatie_id": g.organisatie_id,
                "persoon_id": g.persoon_id,
                "komt": g.komt,
                "aanwezig": g.aanwezig,
            }
            for g in d.genodigden
            if g.rto_id == r.id
        ],
    }


VRAAGNAAM = {
    "regie": T("de regie overnemen"), "rto": T("naar het RTO komen"), "hulp": T("hulp geven"),
    "meegaan": T("meegaan op inschatting"), "signaal": T("een signaal oppakken"), "vervolg": T("vervolghulp geven"),
    "overig": T("een vraag"),
}  # fmt: skip


def aanbiedingen_of(d: Dossier, actor: Actor, v: Verteller, own_only: bool) -> tuple[dict[str, Any], ...]:
    """What was asked of other organisations and what they said; with `own_only` that of the reader alone."""
    lezers = {a.gelezen_door_id for a in d.aanbiedingen if a.gelezen_door_id}
    mensen = dict(Medewerker.objects.filter(id__in=lezers).values_list("id", "naam")) if lezers else {}
    namen = dict(
        Organisatie.objects.filter(
            id__in={a.van_organisatie_id for a in d.aanbiedingen} | {a.aan_organisatie_id for a in d.aanbiedingen}
        ).values_list("id", "naam")
    )
    return tuple(
        {
            "id": str(a.id),
            "soort": a.soort,
            "wat": v.zin(VRAAGNAAM.get(a.soort, a.soort)),
            "van": namen.get(a.van_organisatie_id, ""),
            "aan": namen.get(a.aan_organisatie_id, ""),
            "aan_id": a.aan_organisatie_id,
            "tekst": v.zin(a.tekst),
            "gedaan_op": a.gedaan_op,
            "uiterlijk": a.uiterlijk,
            "antwoord": a.antwoord,
            "reden": a.reden,
            "beantwoord_op": a.beantwoord_op,
            "voor_mij": a.aan_organisatie_id == actor.organisatie_id,
            "van_mij": a.van_organisatie_id == actor.organisatie_id,
            "regels": list(a.regels),
            "inzet_id": str(a.inzet_id or ""),
            "zichtbaar_vanaf": None if own_only else a.zichtbaar_vanaf,  # Who is only asked something learns no more.
            "gelezen_op": a.gelezen_op,
            "beantwoord_door": a.beantwoord_door,
            "opgepakt_op": a.beantwoord_op if a.antwoord == "aanvaard" else None,
            "gelezen_door": mensen.get(a.gelezen_door_id, ""),
        }
        for a in d.aanbiedingen
        if not own_only or a.aan_organisatie_id == actor.organisatie_id
    )


def taken_of(d: Dossier, actor: Actor) -> tuple[dict[str, Any], ...]:
    """The tasks, with whether they are of the reader's organisation."""
    return tuple(
        {
            "id": str(t.id),
            "wat": t.wat,
            "waarom": t.waarom,
            "voor": d.naam(t.voor_id),
            "van_mij": t.voor_id == actor.organisatie_id,
            "uiterlijk": t.uiterlijk,
            "klaar_op": t.klaar_op,
            "resultaat": t.resultaat,
            "regels": list(t.regels),
        }
        for t in d.taken
    )
