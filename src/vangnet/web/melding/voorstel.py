# SPDX-License-Identifier: EUPL-1.2
"""What stands beside the form of a call: the proposal with its reason, what is still to be asked, and what is agreed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as N_

from vangnet.process.feitsoorten import feitsoorten
from vangnet.process.present_advice import as_data, present
from vangnet.process.propose_outcome import Uitkomstvoorstel
from vangnet.process.show_melding import Meldingbeeld
from vangnet.rules.tekst import T, in_woorden
from vangnet.web.afspraken.velden import word
from vangnet.web.afspraken.vertoning import symbol
from vangnet.web.domein import registry, translated
from vangnet.web.melding.formulier import id_of
from vangnet.web.templatetags.vangnet import language

KNOPPEN = {
    "inschatting": N_("Naar inschatting"),
    "acute_hulp": N_("Acute hulp regelen"),
    "consult": N_("Rond af als consult"),
    "verwijzing": N_("Verwijs"),
    "doorgeleid": N_("Leid door"),
}
GAAN = (
    "toegang.leeftijd", "toegang.medisch", "huisbezoek.gaat", "huisbezoek.crisisdienst", "huisbezoek.koppel",
    "huisbezoek.toegang", "huisbezoek.gi", "huisbezoek.veilig_thuis", "huisbezoek.zorgaanbieder",
)  # fmt: skip
NU = (
    "melding.bestaande_zorg", "melding.intramuraal", "melding.volwassene", "melding.overleg_vooraf", "melding.zorgmelding",
    "triage.samen_besloten", "triage.tabel", "triage.definitie", "triage.besluit", "triage.beoordeel", "melding.signaal",
    "melding.terugkoppeling", "vervolg.doorgeleiding", "vervolg.doorgeleiding_betaler",
)  # fmt: skip
BIJ_CRISIS = ("rto.dag", "inzet.na_besluit", "inzet.eerst", "regie.nu")
"""What is worth knowing during a call, in this order; the rest of the advice comes with the casus."""
ZONDER_BEZOEK = frozenset({"acute_hulp", "consult", "verwijzing"})
EERST = 6
LATER = ("inschatting.", "afweging.", "vervolg.", "rto.", "overdracht.", "inzet.", "kpi.", "melding.op")
"""Questions of the advice that no caller can answer."""


class Nog(NamedTuple):
    """A question still to be asked: where it is answered, or the answers to give on the spot."""

    vraag: str
    waarom: str
    anker: str = ""
    naam: str = ""
    opties: tuple[tuple[str, str], ...] = ()
    regels: tuple[str, ...] = ()


def panel(beeld: Meldingbeeld) -> dict[str, Any]:
    """All that the template of the proposal needs."""
    if beeld.advies is None:
        return {
            "beeld": beeld,
            "kop": _("De antwoorden spreken elkaar tegen"),
            "fouten": beeld.fouten,
            "nog": [],
            "punten": [],
        }
    taal = language()
    vertaal = T if taal == "nl" else translated
    antwoord = as_data(present(beeld.advies, registry().bronnen, taal, vertaal))
    v = beeld.voorstel
    nog = list(_nog(beeld, antwoord))
    punten = list(_punten(beeld, antwoord))
    getoond = {p["sleutel"] for p in punten}
    return {
        "beeld": beeld,
        "voorstel": v,
        "kop": vertaal(v.kop) if v else _kop(beeld),
        "waarom": in_woorden(v.waarom, v.gegevens, taal, beeld.begonnen_op.year, vertaal) if v else _waarom(nog),
        "regels": v.regels if v else (),
        "knop": _(KNOPPEN[v.uitkomst]) if v else "",
        "nog": nog[:3],
        "nog_meer": nog[3:],
        "punten": punten[:EERST],
        "punten_meer": punten[EERST:],
        "open_vragen": [_open(q) for q in antwoord["open_vragen"] if getoond & set(q["raakt"])],
        "door_regels": _door(beeld),
        "regio": antwoord["regio"],
        "afspraken": antwoord["afspraken"],
        "fouten": beeld.fouten,
    }


def _kop(beeld: Meldingbeeld) -> str:
    w = beeld.waarden
    if not w.get("triage.direct_onveilig"):
        return _("Vraag eerst: is iemand nu in gevaar?")
    if not w.get("triage.kan_wachten_tot_morgen"):
        return _("Vraag nu: kan het wachten tot morgen?")
    return _("De afspraken noemen hier geen weg: jij besluit")


def _waarom(nog: list[Nog]) -> str:
    return nog[0].waarom if nog else ""


def _nog(beeld: Meldingbeeld, antwoord: Mapping[str, Any]) -> Iterator[Nog]:
    """What is still to be asked: danger and waiting first, then by the weight that the rules give, then ours."""
    w, klaar = beeld.waarden, beeld.beantwoord
    if not klaar[1]:
        yield Nog(_("Is iemand nu in gevaar?"), _("Dit bepaalt of jullie nu gaan."), "vraag-2")
    if not klaar[5]:
        yield Nog(_("Kan het wachten tot morgen?"), _("Wat kan er gebeuren als jullie niets doen?"), "vraag-6")
    gehad = {"triage.direct_onveilig", "triage.kan_wachten_tot_morgen"}
    for vraag in antwoord["vragen"]:
        pad = vraag["veld"]
        if pad in gehad or pad.startswith(LATER) or beeld.feiten.get(pad) not in (None, ""):
            continue
        gehad.add(pad)
        if een := _vraag(beeld, vraag):
            yield een
    if not w.get("gemeente") and not w.get("gemeente_buiten") and "gemeente" not in gehad:
        yield Nog(
            _("In welke gemeente staat het kind ingeschreven?"),
            _("Die bepaalt welke toegang erbij hoort."),
            id_of("gemeente"),
        )
    if not klaar[7]:
        yield Nog(_("Wie heeft het gezag?"), _("Nodig voor toestemming."), "vraag-8")


ANKERS = {
    "melding.melder": "vraag-1", "betrokken.gi": "vraag-7", "betrokken.zorgaanbieder": "vraag-7",
    "betrokken.veilig_thuis": "vraag-7", "triage.anders_dan_gisteren": id_of("triage.anders_dan_gisteren"),
    "gemeente": id_of("gemeente"),
}  # fmt: skip


def _vraag(beeld: Meldingbeeld, vraag: Mapping[str, Any]) -> Nog | None:
    pad, zin, waarom, regels = vraag["veld"], vraag["vraag"], vraag["waarom"], tuple(vraag["regels"])
    if pad.startswith("jeugdige.leeftijd") or pad.startswith("jeugdige.geboortedatum"):
        return Nog(zin, waarom, id_of(f"jeugdige.{beeld.kinderen[0].id}.geboren"), regels=regels)
    if pad == "betrokken.gi":
        opties = (("beschikking", _("Met beschikking")), ("vrijwillig", _("Vrijwillig")), ("geen", _("Nee")))
        return Nog(zin, waarom, "", pad, opties, regels)
    if pad in ANKERS:
        return (
            None
            if pad == "melding.melder" and beeld.waarden.get("wie")
            else Nog(zin, waarom, ANKERS[pad], regels=regels)
        )
    if pad == "jeugdige.sector":
        naam = f"jeugdige.{beeld.kinderen[0].id}.sector"
        return Nog(zin, waarom, "", naam, tuple((s, s) for s in ("J&O", "LVB", "GGZ")), regels)
    soort = feitsoorten().get(pad)
    if soort is None:
        return None
    if soort.soort in ("antwoord", "keuze"):
        return Nog(zin, waarom, "", pad, tuple((k, word(k)) for k in soort.keuzes), regels)
    if soort.soort == "janee":
        return Nog(zin, waarom, "", pad, (("ja", _("Ja")), ("nee", _("Nee"))), regels)
    if soort.soort == "moment":
        return Nog(zin, waarom, "", pad, (), regels)
    return None


def _punten(beeld: Meldingbeeld, antwoord: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    v: Uitkomstvoorstel | None = beeld.voorstel
    gezegd = antwoord["uitspraken"]
    zonder = v is not None and v.uitkomst in ZONDER_BEZOEK
    gehoord: set[str] = set()
    termijn = antwoord["termijnen"].get("huisbezoek.aankomst")
    if termijn and not zonder:
        wat = _("%(wat)s: uiterlijk %(dan)s") % {"wat": termijn["wat"], "dan": termijn["uiterlijk_tekst"] or "?"}
        yield {
            **termijn,
            "sleutel": "huisbezoek.aankomst",
            "tekst": wat,
            "icoon": "klok",
            "klasse": "",
            "nummer": 0,
            "gekozen": False,
        }
    for sleutel in (*(() if zonder else GAAN), *NU, *(() if zonder else BIJ_CRISIS)):
        u = gezegd.get(sleutel)
        if u is None or (sleutel == "triage.besluit" and "huisbezoek.crisisdienst" in gezegd and not zonder):
            continue
        if u["waarde"] == "nog_niet_bekend":
            continue  # What is still to be asked says the same, better.
        icoon, klasse = symbol(u["waarde"], u["onderdeel"], u["open_vraag"])
        tekst = _("Bij crisis: %(wat)s") % {"wat": u["tekst"]} if sleutel == "rto.dag" else u["tekst"]
        yield {
            **u,
            "sleutel": sleutel,
            "tekst": tekst,
            "waarom": "" if u["waarom"] in gehoord else u["waarom"],
            "icoon": icoon,
            "klasse": klasse,
            "nummer": 0,
            "gekozen": False,
            "strekking": "" if u["strekking"] == "zonder voorbehoud" else u["strekking"],
        }
        gehoord.add(u["waarom"])
    if not zonder and (ouders := _ouders(beeld)):
        yield ouders


def _ouders(beeld: Meldingbeeld) -> dict[str, Any] | None:
    """What parents hear before help begins, where the region agreed so (ZL-26, ZL-27)."""
    assert beeld.advies is not None
    zinnen: dict[str, None] = {}
    regels: dict[str, None] = {}
    for vorm in beeld.advies.afspraken.zorg.vormen:
        if vorm.ouders_horen:
            zinnen[_(vorm.ouders_horen.waarde)] = None
            regels.update(dict.fromkeys(vorm.ouders_horen.regels))
    if not zinnen:
        return None
    return {
        "sleutel": "inzet.ouders", "tekst": _("Vertel de ouder hoe lang hulp duurt, vóór die begint."), "icoon": "info", "klasse": "",
        "nummer": 0, "gekozen": False, "strekking": "maximaal", "regels": list(regels), "waarom": " ".join(z[:1].upper() + z[1:] for z in zinnen),
        "open_vraag": "",
    }  # fmt: skip


def _door(beeld: Meldingbeeld) -> tuple[str, ...]:
    """The rules about passing on to an official; empty where the region agreed nothing (ZL-117..119)."""
    assert beeld.advies is not None
    vervolg = beeld.advies.afspraken.vervolg
    door = vervolg.doorgeleiding if vervolg else None
    return (*door.buiten_kantoortijd.regels, *door.betaler.regels, *door.functionaris.regels) if door else ()


def _open(vraag: Mapping[str, Any]) -> dict[str, Any]:
    lezingen = [{**lezing, "geldig": lezing["sleutel"] == vraag["eerst"]} for lezing in vraag["lezingen"]]
    lezingen.sort(key=lambda lezing: not lezing["geldig"])
    return {**vraag, "lezingen": lezingen}
