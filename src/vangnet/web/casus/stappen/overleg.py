# SPDX-License-Identifier: EUPL-1.2
"""The round-table meeting, who leads after it, what follows, and closing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, time
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from vangnet.conf.identifiers import new_id
from vangnet.process.ask_organisation import Mogelijk
from vangnet.process.close_casus import what_is_left
from vangnet.rules.tekst import AMSTERDAM
from vangnet.web.casus.formulieren import Formulier, Stap, Veld, janee, moment_veld, reden_veld
from vangnet.web.domein import translated
from vangnet.web.templatetags.vangnet import dag as in_woorden

from .bouw import Bouw, kies, open_vraag


def _dag_van(waarde: Any) -> date | None:
    try:
        return date.fromisoformat(str(waarde)[:10]) if waarde else None
    except ValueError:
        return None


def _genodigdevelden(b: Bouw) -> list[Veld]:
    kinderen = [
        f"{k['voornaam']} ({_('jeugdige')})" for k in b.beeld.kinderen if (k["leeftijd"] or 0) >= 12 and k["voornaam"]
    ]
    erbij = "" if b.beeld.rto and not b.beeld.rto["gehouden_op"] else "\n".join(kinderen)
    return [Veld("anderen", _("Anderen"), "lang", waarde=erbij, hint=_("Eén naam per regel."), hooguit=2000)]


def rto(b: Bouw) -> Stap:
    r = b.beeld.rto
    voorstellen = tuple(b.uitspraken("rto.dag", "rto.tijdvak", "rto.genodigden", "rto.al_betrokken", "rto."))
    voorstellen += tuple(b.uitspraken("rto"))
    dag = _dag_van(b.waarde("rto.dag"))
    gevraagd = b.organisaties()
    extra: dict[str, Any] = {"organisaties": gevraagd, "dag": dag}
    if r is None or r["gehouden_op"]:
        voorgesteld = f"{datetime.combine(dag, time(15, 30), AMSTERDAM):%Y-%m-%dT%H:%M}" if dag else ""
        velden = [
            Veld(
                "gepland_op",
                _("Wanneer?"),
                "moment",
                waarde=voorgesteld,
                hint=_("Afgesproken dag: %(dag)s.") % {"dag": in_woorden(dag)} if dag else "",
                verplicht=True,
            ),
            Veld("reden_andere_dag", _("Een andere dag? Waarom?"), hint=_("Alleen nodig als je van de dag afwijkt.")),
            Veld("waar", _("Waar?"), hooguit=200),
            *_genodigdevelden(b),
            Veld("rto_id", "", "verborgen", waarde=str(new_id())),
            b.versie,
        ]
        bij = {"toegang", "gi"} if "toegang" in str(b.waarde("rto.genodigden")) else set()
        extra["aangevinkt"] = [
            str(o.id)
            for o in gevraagd
            if (o.soort in bij and o.gemeente == b.beeld.gemeente)
            or str(o.id) in {x["id"] for x in b.beeld.organisaties}
        ]
        return Stap(
            "rto", "", (Formulier("rto", _("Plan het RTO"), tuple(velden)),), voorstellen, los="casus/stap_rto.html", extra=extra
        )  # fmt: skip
    vast = Veld("rto", "", "verborgen", waarde=str(r["id"]))
    verzet = Formulier(
        "verzet",
        _("Verzet het RTO"),
        (
            vast,
            Veld("gepland_op", _("Nieuw moment"), "moment", verplicht=True),
            Veld("waar", _("Waar?"), waarde=str(r["waar"]), hooguit=200),
            reden_veld(_("Waarom verzet je het?"), _("Nodig als het niet de afgesproken dag is.")),
        ),
        _("Verzetten"),
        dicht=True,
    )
    vervalt = Formulier(
        "vervalt", _("Zeg af"), (vast, reden_veld(_("Waarom gaat het niet door?"), verplicht=True)), _("Afzeggen"),
        dicht=True, licht=True,
    )  # fmt: skip
    nodig = Formulier("nodig", _("Nodig uit"), (vast, *_genodigdevelden(b)), _("Nog iemand uitnodigen"), dicht=True)
    extra["aangevinkt"] = [str(g["organisatie_id"]) for g in r["genodigden"] if g["organisatie_id"]]
    return Stap("rto", _("RTO"), (nodig, verzet, vervalt), voorstellen, los="casus/stap_rto.html", extra=extra)


def rto_verslag(b: Bouw) -> Stap:
    r = b.beeld.rto
    if r is None or r["gehouden_op"]:
        return Stap("rto_verslag", "", uitleg=_("Er is geen RTO gepland dat nog gehouden moet worden."))
    kandidaten = b.organisaties("toegang", "gi", "veilig_thuis", "crisisdienst", "zorgaanbieder")
    voorgesteld = str(b.waarde("regie.procesregisseur") or "")
    soort = (
        "gi" if voorgesteld == "gi" else "toegang" if voorgesteld in ("toegang", "toegang_of_gi", "lokaal_team") else ""
    )
    eerste = next(
        (str(o.id) for o in kandidaten if o.soort == soort and (soort != "toegang" or o.gemeente == b.beeld.gemeente)),
        "",
    )
    routes = b.kenmerk("routes") or ()
    wij = (str(b.actor.organisatie_id), b.actor.organisatie)
    onbekend, verder = _("Perspectief nog onbekend: wie zoekt het uit, en tot wanneer?"), _("Doelen, route en overleg")
    # What has to be said tonight stands in the open; the rest is folded away until somebody wants it.
    velden = [
        Veld("rto", "", "verborgen", waarde=str(r["id"])),
        Veld(
            "veiligheidsplan",
            _("Veiligheidsplan"),
            "lang",
            hint=_("Voor het eerste RTO is één regel genoeg."),
            regels=("ZL-70",) if b.beeld.regio == "zuid-limburg" else (),
            hooguit=4000,
        ),
        Veld(
            "perspectief_bekend",
            _("Is het perspectief bekend?"),
            "keuze",
            (("ja", _("Ja")), ("nee", _("Nog onbekend"))),
            "ja",
        ),
        Veld(
            "perspectief",
            _("Perspectief: waar groeit het kind op, en wat is daarvoor nodig?"),
            "lang",
            hint=""
            if b.waarde("rto.verslag")
            else _("Eén zin is genoeg. Dat het in het verslag staat, vraagt Vangnet; geen afspraak."),
            hooguit=4000,
        ),
        Veld(
            "perspectief_eigenaar",
            _("Wie zoekt het uit?"),
            "lijst",
            (("", _("niemand gekozen")), wij, *kies(kandidaten)),
            groep=onbekend,
        ),
        Veld("perspectief_uiterlijk", _("Wanneer weten we het?"), "moment", groep=onbekend),
        Veld("vervolg", _("Vervolg in woorden"), "lang", hooguit=2000),
        Veld(
            "procesregisseur",
            _("Wie wordt procesregisseur?"),
            "lijst",
            (("", _("nog niet bepaald")), wij, *kies(kandidaten)),
            eerste,
        ),
        Veld("procesregisseur_naam", _("Naam van de procesregisseur"), hooguit=120),
        janee("procesregisseur_aanwezig", _("Was de procesregisseur erbij?")),
    ]
    erbij = ngettext("Wie was erbij? (%(n)s genodigde)", "Wie was erbij? (%(n)s genodigden)", len(r["genodigden"]))
    velden += [
        Veld(
            f"aanwezig.{g['id']}",
            str(g["naam"]),
            "keuze",
            (("ja", _("Was er")), ("op_afstand", _("Op afstand")), ("nee", _("Was er niet"))),
            {"ja": "ja", "op_afstand": "op_afstand"}.get(g["komt"], ""),
            groep=erbij % {"n": len(r["genodigden"])},
        )
        for g in r["genodigden"]
    ]
    velden.append(
        Veld(
            "reden_op_afstand",
            _("Deed iemand op afstand mee? Waarom?"),
            regels=("ZL-37",) if b.beeld.regio == "zuid-limburg" else (),
            groep=erbij % {"n": len(r["genodigden"])},
        )
    )
    velden.append(Veld("doelen", _("Doelen"), "lang", hint=_("Eén per regel."), hooguit=4000, groep=verder))
    if routes:
        velden.append(
            Veld(
                "route",
                _("Route na de crisis"),
                "lijst",
                (("", _("nog niet bepaald")), *((str(n), f"{n}. {naam}") for n, naam in routes)),
                groep=verder,
            )
        )
    velden += [
        replace(janee("nieuw_overleg_nodig", _("Is er nog een overleg nodig?")), groep=verder),
        replace(moment_veld(_("Wanneer was het?")), groep=verder),
        b.versie,
    ]
    return Stap(
        "rto_verslag",
        "",
        (Formulier("verslag", _("Leg het RTO vast"), tuple(velden)),),
        tuple(
            b.uitspraken(
                "rto.verslag",
                "rto.agenda",
                "rto.doel",
                "regie.overgang",
                "regie.procesregisseur",
                "rto.op_afstand",
                "rto.gezinsplan",
            )
        ),
    )


def regie(b: Bouw) -> Stap:
    voorstellen = tuple(b.uitspraken("regie.nu", "regie.procesregisseur", "regie.overgang", "regie."))
    if not b.beeld.regie["van_mij"]:
        zin = _("Alleen %(wie)s heeft nu de regie en kan haar overdragen.") % {"wie": b.beeld.regie["naam"]}
        return Stap("regie", "", voorstellen=voorstellen, uitleg=zin)
    kandidaten = b.organisaties("toegang", "gi", "veilig_thuis", "crisisdienst")
    naar = str(b.waarde("regie.procesregisseur") or "")
    soort = {"gi": "gi", "veilig_thuis": "veilig_thuis"}.get(naar, "toegang" if naar else "")
    eerste = next(
        (str(o.id) for o in kandidaten if o.soort == soort and (soort != "toegang" or o.gemeente == b.beeld.gemeente)),
        "",
    )
    wie = Veld(
        "organisatie", _("Aan wie?"), "lijst", kies(kandidaten, _("kies een organisatie")), eerste, verplicht=True
    )
    open_ = [a for a in b.beeld.aanbiedingen if a["soort"] == "regie" and not a["antwoord"]]
    formulieren: list[Formulier] = []
    for a in open_:
        formulieren += list(open_vraag(a))
    if not open_:
        formulieren.append(
            Formulier(
                "aanbod",
                _("Vraag de regie over te nemen"),
                (
                    wie,
                    Veld("tekst", _("Wat moet de ander weten?"), "lang", hooguit=500),
                    Veld("uiterlijk", _("Antwoord uiterlijk"), "moment", hint=_("Leeg: geen uiterste moment.")),
                ),
                _("Vraag"),
                _("Tot de ander ja zegt, houd jij de regie."),
            )
        )
    if b.kenmerk("overgang_regie") != "aanvaarding":
        formulieren.append(
            Formulier(
                "nu",
                _("De regie gaat nu over"),
                (wie, reden_veld(_("Waarom nu, of waarom een ander dan voorgesteld?")), b.versie),
                _("Zonder vraag, omdat de afgesproken gebeurtenis er is"),
                dicht=True,
            )
        )
    return Stap("regie", "", tuple(formulieren), voorstellen, extra={"bel": _belregels(kandidaten, soort, b)})


def _belregels(kandidaten: Sequence[Mogelijk], soort: str, b: Bouw) -> list[tuple[str, str]]:
    return [
        (o.naam, o.telefoon)
        for o in kandidaten
        if o.telefoon and o.soort == soort and (soort != "toegang" or o.gemeente == b.beeld.gemeente)
    ][:3]


def vervolg(b: Bouw) -> Stap:
    routes = b.kenmerk("routes") or ()
    velden: list[Veld] = []
    if routes:
        velden.append(
            Veld(
                "route",
                _("Welke route?"),
                "keuze",
                tuple((str(n), f"{n}. {naam}") for n, naam in routes),
                b.feit("vervolg.route"),
            )
        )
    velden += [
        Veld(
            "wat",
            _("Wat is er na de crisis nodig?"),
            "lang",
            waarde=b.feit("vervolg.wat"),
            verplicht=True,
            hooguit=2000,
        ),
        Veld("aanbieder", _("Wie geeft dat?"), waarde=b.feit("vervolg.aanbieder")),
        Veld("start_op", _("Wanneer begint het?"), "moment", hint=_("Mag in de toekomst liggen.")),
        janee("beschikking_nodig", _("Moet er nog een beschikking komen?"), b.feit("vervolg.beschikking_nodig")),
        Veld(
            "terug_naar_huis",
            _("Kan het kind binnen een week naar huis of netwerk?"),
            "keuze",
            (("zeker", _("Zeker")), ("twijfel", _("Twijfel")), ("nee", _("Nee"))),
            b.feit("vervolg.terug_naar_huis"),
        ),
        reden_veld(),
        moment_veld(_("Wanneer is het bepaald?")),
        b.versie,
    ]
    formulieren = [Formulier("vervolg", _("Leg het vervolg vast"), tuple(velden), _("Het vervolg"))]
    formulieren.append(
        Formulier(
            "beschikking",
            _("Leg vast"),
            (Veld("datum", _("Dag van de beschikking"), "dag", verplicht=True),),
            _("Beschikking achteraf"),
            dicht=b.feit("vervolg.beschikking_nodig") != "ja" or bool(b.feit("vervolg.beschikking_op")),
            regels=("CL-06",),
        )
    )
    tafels = [(w, naam) for w, naam in (("itw", _("ITW")), ("gikj", _("GIK-J"))) if b.kenmerk(w)]
    if tafels:
        formulieren.append(
            Formulier(
                "aanmelden",
                _("Leg de aanmelding vast"),
                (
                    Veld("tafel", _("Waar aangemeld?"), "keuze", tuple(tafels), verplicht=True),
                    reden_veld(_("Waarom?")),
                    moment_veld(),
                ),
                _("Aanmelden bij een tafel"),
                dicht=True,
            )
        )
    formulieren.append(
        Formulier(
            "warm",
            _("Leg de overdracht vast"),
            (
                Veld("met", _("Met wie?"), verplicht=True),
                janee("procesregisseur_erbij", _("Was de procesregisseur erbij?")),
                moment_veld(),
            ),
            _("Warme overdracht"),
            dicht=True,
        )
    )
    if b.kenmerk("expertteam"):
        formulieren.append(
            Formulier(
                "expertteam",
                _("Leg de vraag vast"),
                (
                    Veld(
                        "wat",
                        _("Wat vraag je?"),
                        "keuze",
                        (("ondersteuning", _("Ondersteuning")), ("bindend_advies", _("Bindend advies"))),
                        verplicht=True,
                    ),
                    reden_veld(_("Waarom?"), naam="waarom", verplicht=True),
                    janee("via_crisisdienst", _("Loopt de vraag via de crisisdienst?")),
                    moment_veld(),
                ),
                _("Expertteam"),
                dicht=True,
            )
        )
    return Stap("vervolg", "", tuple(formulieren), tuple(b.uitspraken("vervolg.", "regie.vervolg_door")))


def terugkoppeling(b: Bouw) -> Stap:
    namen = ", ".join(
        p["naam"] or p["rolnaam"] for p in b.beeld.personen if p["rol"] in ("huisarts", "school", "hulpverlener")
    )
    velden = (
        Veld("aan", _("Wie heb je ingelicht?"), waarde=namen[:300], verplicht=True),
        moment_veld(),
    )
    return Stap("terugkoppeling", "", (Formulier("terugkoppeling", _("Vastleggen"), velden, regels=("CL-11",)),))


def afsluiten(b: Bouw) -> Stap:
    rest = what_is_left(b.actor, b.op, b.beeld.id)
    velden = (
        janee(
            "veiligheid",
            _("Is de veiligheid hersteld?"),
            b.feit("afsluiting.veiligheid_hersteld"),
            True,
            verplicht=True,
        ),
        janee(
            "perspectief",
            _("Is het perspectief duidelijk?"),
            b.feit("afsluiting.perspectief_duidelijk"),
            True,
            verplicht=True,
        ),
        Veld(
            "richting",
            _("Wie heeft vanaf nu de richting in handen?"),
            waarde=b.feit("afsluiting.wie_heeft_richting"),
            verplicht=True,
        ),
        Veld("toelichting", _("Toelichting"), "lang", hint=_("Nodig bij een ander antwoord dan ja."), hooguit=2000),
        moment_veld(_("Wanneer is het afgerond?")),
        b.versie,
    )
    return Stap(
        "afsluiten",
        "",
        () if rest else (Formulier("afsluiten", _("Sluit de casus af"), velden),),
        tuple(b.uitspraken("vervolg.uitstroom")),
        uitleg="" if rest else _("Na het afsluiten ziet alleen de crisisdienst het dossier nog. Heropenen kan."),
        extra={
            "rest": [translated(zin) for zin in rest],
            "open": [a["wat"] for a in b.beeld.te_doen if a["stap"] != "afsluiten"] if not rest else [],
        },
    )


def heropenen(b: Bouw) -> Stap:
    velden = (reden_veld(_("Waarom heropen je deze casus?"), verplicht=True),)
    return Stap(
        "heropenen",
        "",
        (Formulier("heropenen", _("Heropen"), velden),),
        uitleg=_("De regie gaat terug naar wie haar het laatst had."),
    )
