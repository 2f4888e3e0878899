# SPDX-License-Identifier: EUPL-1.2
"""Help: which form and where, the parents told, its beginning and end, and where a child sleeps."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from vangnet.conf.identifiers import new_id
from vangnet.web.casus.formulieren import Formulier, Stap, Veld, moment_veld, reden_veld

from .bouw import Bouw, hulpnaam, kies

LICHTER = ("ambulant", "netwerk", "noodbed", "pleegzorg")


def _plekvelden(b: Bouw) -> list[Veld]:
    aanbieders = b.organisaties("zorgaanbieder", "crisisdienst")
    return [
        Veld(
            "aanbieder",
            _("Wie geeft de hulp?"),
            "lijst",
            (
                ("", _("Kies een organisatie, of vul hieronder in")),
                (str(b.actor.organisatie_id), b.actor.organisatie),
                *kies(aanbieders),
            ),
        ),
        Veld(
            "aanbieder_naam",
            _("Of: iemand uit het netwerk, of een aanbieder die er niet bij staat"),
            hooguit=120,
        ),
        Veld("plaats", _("Waar?"), hint=_("Plaats of huis; geen geheim adres."), hooguit=120),
        Veld(
            "gesproken_met",
            _("Per telefoon geregeld: met wie sprak je?"),
            hint=_("Met een naam doet de aanbieder meteen mee; zonder krijgt hij de vraag op zijn scherm."),
            hooguit=120,
        ),
        Veld("tot_wanneer", _("Tot en met welke dag is de plek toegezegd?"), "dag"),
    ]


def _vormveld(b: Bouw) -> Veld:
    keuzes = tuple((vorm, naam) for g in b.kenmerk("groepen") or () for vorm, naam in g["vormen"])
    return Veld("vorm", _("Welke hulp?"), "keuze", keuzes or b.beeld.vormen, verplicht=True)


def _lichter(b: Bouw, groepen: Sequence[Mapping[str, Any]]) -> list[Veld]:
    redenen = b.beeld.feiten.get("afweging.redenen") or {}
    return [
        Veld(
            f"overwogen.{g['groep']}",
            _("Waarom niet: %(groep)s?") % {"groep": g["naam"]},
            waarde=str(redenen.get(g["groep"], "")) if isinstance(redenen, Mapping) else "",
            groep=_("Waarom niet lichter? (nodig voor je een zwaardere vorm kiest)")
            if b.kenmerk("vraagt_lichter")
            else _("Waarom niet lichter?"),
        )
        for g in groepen
        if g["groep"] in LICHTER
    ]


def inzet(b: Bouw) -> Stap:
    groepen = b.kenmerk("groepen") or ()
    velden = [
        b.kinderen(gezin=True),
        _vormveld(b),
        *_lichter(b, groepen),
        *_plekvelden(b),
        reden_veld(_("Waarom deze hulp?"), _("Nodig als je afwijkt van het voorstel.")),
        moment_veld(_("Wanneer is het besloten?")),
        Veld("inzet_id", "", "verborgen", waarde=str(new_id())),
        b.versie,
    ]
    return Stap(
        "inzet",
        "",
        (Formulier("inzet", _("Kies deze hulp"), tuple(velden)),),
        tuple(
            b.uitspraken(
                "inzet.na_besluit",
                "inzet.eerst",
                "inzet.onder_12",
                "inzet.combinatie",
                "inzet.aanbieder",
                "regie.ambulant_door",
            )
        ),
        los="casus/stap_inzet.html",
        extra={
            "groepen": groepen,
            "lichter_nodig": bool(b.kenmerk("vraagt_lichter")),
            "kinderen": [(k["id"], k["naam"], k["leeftijd_zin"]) for k in b.beeld.kinderen]
            if b.beeld.advies_per_kind
            else [],
            "voor": b.ding,
            "hulp": [i for i in b.beeld.hulp if i["stand"] != "beeindigd"],
        },
    )


def ouders(b: Bouw) -> Stap:
    velden = (
        b.hulp(("gekozen", "loopt"), _("Over welke hulp?")),
        Veld("wie", _("Wie heb je het verteld?"), waarde=_ouders_namen(b), hooguit=120),
        moment_veld(_("Wanneer?")),
    )
    zinnen = [
        {"tekst": i["ouders_zin"], "regels": i["ouders_regels"], "waarom": hulpnaam(i), "strekking": i["strekking"]}
        for i in b.beeld.hulp
        if i["ouders_zin"] and i["stand"] != "beeindigd"
    ]
    return Stap("ouders", "", (Formulier("ouders", _("Verteld"), velden),), tuple(zinnen))


def _ouders_namen(b: Bouw) -> str:
    namen = [p["naam"] or p["rolnaam"] for p in b.beeld.personen if p["gezag"] == "ja"]
    return " en ".join(namen)[:120]


def begin(b: Bouw) -> Stap:
    begin = Formulier(
        "begin",
        _("Begonnen"),
        (
            b.hulp(("gekozen",), _("Welke hulp is begonnen?")),
            moment_veld(_("Wanneer begon het?")),
            *(
                (
                    reden_veld(
                        _("Wisten de ouders nog niet hoe lang het duurt? Waarom begin je toch?"),
                        _("Alleen nodig in dat geval."),
                    ),
                )
                if b.kenmerk("ouders_horen")
                else ()
            ),
        ),
        _("De hulp is begonnen"),
    )
    verval = Formulier(
        "verval",
        _("Gaat niet door"),
        (b.hulp(("gekozen",), _("Welke hulp gaat niet door?")), reden_veld(_("Waarom niet?"), verplicht=True)),
        _("De hulp gaat niet door"),
        dicht=True,
        licht=True,
    )
    if not any(i["stand"] == "gekozen" for i in b.beeld.hulp):
        return Stap("inzet_begin", "", uitleg=_("Er is geen hulp gekozen die nog moet beginnen."))
    return Stap("inzet_begin", "", (begin, verval), tuple(b.uitspraken("inzet.na_besluit")))


def einde(b: Bouw) -> Stap:
    if not any(i["stand"] == "loopt" for i in b.beeld.hulp):
        return Stap("inzet_einde", "", uitleg=_("Er loopt nu geen hulp."))
    einde = Formulier(
        "einde",
        _("Beëindig"),
        (
            b.hulp(("loopt",), _("Welke hulp is klaar?")),
            reden_veld(_("Hoe eindigt het?"), _("Bijvoorbeeld: terug naar huis met hulp.")),
            moment_veld(_("Wanneer eindigde het?")),
        ),
        _("De hulp is klaar"),
    )
    verhuis = Formulier(
        "verhuis",
        _("Verplaats"),
        (
            b.hulp(("loopt",), _("Welke hulp stopt?")),
            _vormveld(b),
            *_plekvelden(b),
            *_lichter(b, b.kenmerk("groepen") or ()),
            reden_veld(_("Waarom naar een andere plek of vorm?"), verplicht=True),
            moment_veld(_("Wanneer?")),
            Veld("inzet_id", "", "verborgen", waarde=str(new_id())),
            b.versie,
        ),
        _("Het kind gaat naar een andere vorm of plek"),
        _("Het een stopt en het ander begint op hetzelfde moment."),
        dicht=True,
    )
    return Stap("inzet_einde", "", (einde, verhuis))


def slaapplek(b: Bouw) -> Stap:
    plekken = [p["naam"] or p["rolnaam"] for p in b.beeld.personen if p["rol"] in ("oma", "opa", "familie", "netwerk")]
    voorbeelden = ", ".join([_("thuis"), *(_("bij %(wie)s") % {"wie": naam} for naam in plekken[:3])])
    velden = (
        b.kinderen(),
        Veld(
            "waar",
            _("Waar slaapt het kind vannacht?"),
            verplicht=True,
            hint=_("Bijvoorbeeld: %(v)s.") % {"v": voorbeelden},
            hooguit=200,
        ),
        moment_veld(_("Sinds wanneer?")),
    )
    return Stap(
        "slaapplek",
        "",
        (Formulier("slaapplek", _("Vastleggen"), velden),),
        uitleg=_("Van een kind in crisis weten we altijd waar het is. Verblijft het bij een aanbieder, kies dan hulp."),
    )
