# SPDX-License-Identifier: EUPL-1.2
"""The forms of each step, built from what the reader sees of the casus: the proposal on top, then what he decides."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from vangnet.access.actor import Actor
from vangnet.conf.identifiers import new_id
from vangnet.process.ask_organisation import Mogelijk, who_can_be_asked
from vangnet.process.block_person import show_blocks
from vangnet.process.close_casus import what_is_left
from vangnet.process.record_consent import ANTWOORDEN, HOE
from vangnet.process.search_casus import find_casus
from vangnet.process.show_casus import Casusbeeld
from vangnet.process.stapsoorten import STAPPEN
from vangnet.rules.tekst import AMSTERDAM
from vangnet.web.casus.formulieren import Formulier, Stap, Veld, janee, moment_veld, reden_veld
from vangnet.web.domein import translated
from vangnet.web.handelen import Poging
from vangnet.web.templatetags.vangnet import dag as in_woorden
from vangnet.web.templatetags.vangnet import language

VERSIE = "versie"


@dataclass(frozen=True)
class Bouw:
    """What a step is built from."""

    beeld: Casusbeeld
    actor: Actor
    op: datetime
    ding: str = ""
    """The id of the row that the step is opened for, where the address names one."""

    def uitspraken(self, *sleutels: str) -> list[Mapping[str, Any]]:
        """Points of the advice by key, or by the beginning of their key when it ends with a dot."""
        alle = self.beeld.advies.get("uitspraken", {})
        uit = []
        for sleutel in sleutels:
            if sleutel.endswith("."):
                uit += [u for k, u in alle.items() if k.startswith(sleutel) and u not in uit]
            elif sleutel in alle and alle[sleutel] not in uit:
                uit.append(alle[sleutel])
        return uit

    def waarde(self, sleutel: str) -> Any:
        """The value of a point of the advice; None when it says nothing."""
        return self.beeld.advies.get("uitspraken", {}).get(sleutel, {}).get("waarde")

    def kenmerk(self, naam: str) -> Any:
        """Something the agreements of this region have or have not."""
        return self.beeld.advies.get("kenmerken", {}).get(naam)

    def feit(self, pad: str) -> str:
        """A fact as text; empty when it is not known or not in sight."""
        waarde = self.beeld.feiten.get(pad)
        return "" if waarde is None else "ja" if waarde is True else "nee" if waarde is False else str(waarde)

    @property
    def versie(self) -> Veld:
        """The version on which this form is opened."""
        return Veld(VERSIE, "", "verborgen", waarde=str(self.beeld.versie))

    def kinderen(self, gezin: bool = False) -> Veld:
        """Which child; with `gezin` also the whole family."""
        keuzes = [(str(k["id"]), str(k["naam"])) for k in self.beeld.kinderen]
        if gezin:
            keuzes.insert(0, ("", _("Het hele gezin")))
        eerste = str(self.beeld.kinderen[0]["id"]) if keuzes and self.beeld.kinderen else ""
        eerste = self.ding if self.ding and any(id_ == self.ding for id_, _naam in keuzes) else eerste
        return Veld("jeugdige", _("Voor wie?"), "keuze", tuple(keuzes), eerste if keuzes else "")

    def hulp(self, stand: Sequence[str], label: str) -> Veld:
        """Which form of help of those that are `gekozen`, `loopt` or `beeindigd`."""
        keuzes = [(str(i["id"]), _hulpnaam(i)) for i in self.beeld.hulp if i["stand"] in stand]
        return Veld(
            "inzet", label, "keuze", tuple(keuzes), self.ding or (keuzes[0][0] if keuzes else ""), verplicht=True
        )

    def organisaties(self, *soorten: str) -> list[Mogelijk]:
        """Organisations that can be asked, without one's own."""
        return [o for o in who_can_be_asked(self.actor, soorten) if o.id != self.actor.organisatie_id]


def _hulpnaam(i: Mapping[str, Any]) -> str:
    wie = i["aanbieder"]
    return f"{i['vormnaam']}, {i['kind']}" + (f" ({wie})" if wie else "")


def _kies(organisaties: Sequence[Mogelijk], leeg: str = "") -> tuple[tuple[str, str], ...]:
    kop = ((("", leeg),) if leeg else ()) if organisaties or leeg else ()
    return (*kop, *((str(o.id), o.naam) for o in organisaties))


def build(
    slug: str, beeld: Casusbeeld, actor: Actor, op: datetime, ding: str = "", poging: Poging | None = None
) -> Stap:
    """The step as its page draws it; after a refused attempt with what was typed and what was wrong with it."""
    voor = _for_child(beeld, ding, poging) if slug == "inzet" else ""
    b = Bouw(replace(beeld, advies=beeld.advies_per_kind[voor]) if voor else beeld, actor, op, voor or ding)
    stap = BOUWERS[slug](b)
    klok = next((a["klok"] for a in beeld.te_doen if a["stap"] == slug and a["klok"]), None)
    stap = replace(stap, naam=stap.naam or _(STAPPEN[slug].naam), klok=stap.klok or klok)
    if poging is not None:
        bedoeld = poging.getypt.get("formulier", "")
        stap = replace(
            stap,
            formulieren=tuple(
                replace(f, velden=tuple(v.met(poging) for v in f.velden), dicht=False) if f.sleutel == bedoeld else f
                for f in stap.formulieren
            ),
        )
    return stap


def _for_child(beeld: Casusbeeld, ding: str, poging: Poging | None) -> str:
    """The child that help is chosen for, when there are several: whom the form was sent for, whom the address names, else
    the first that has none."""
    if not beeld.advies_per_kind:
        return ""
    gevraagd = (poging.getypt.get("jeugdige", "") if poging else "", ding)
    met_hulp = {str(i["jeugdige_id"]) for i in beeld.hulp if i["stand"] != "beeindigd"}
    zonder = (kind for kind in beeld.advies_per_kind if kind not in met_hulp)
    eerste = next(iter(beeld.advies_per_kind))
    return next((kind for kind in gevraagd if kind in beeld.advies_per_kind), next(zonder, eerste))


def _melding(b: Bouw) -> Stap:
    return Stap("melding", "", los="casus/stap_melding.html")


def _triage(b: Bouw) -> Stap:
    keuzes = (
        ("inschatting", _("Crisis: naar het gezin")),
        ("acute_hulp", _("Acute hulp: kan wachten tot morgen")),
        ("consult", _("Consult: advies gegeven, geen casus")),
        ("verwijzing", _("Verwezen")),
        ("doorgeleid", _("Doorgeleid naar een bevoegde functionaris")),
        ("geen_crisis", _("Geen crisis")),
        ("niet_bediend", _("Kan niet worden bediend")),
    )
    naar = {"crisis": "inschatting", "acute_hulp": "acute_hulp", "geen_crisis": "geen_crisis", "consult": "consult"}
    gezegd = b.waarde("triage.besluit") or b.waarde("triage.definitie") or b.waarde("melding.uitkomst")
    velden = (
        Veld("uitkomst", _("Wat besluit je?"), "keuze", keuzes, naar.get(str(gezegd), ""), verplicht=True),
        reden_veld(_("Waarom?"), _("Nodig als je afwijkt van het voorstel.")),
        moment_veld(),
        b.versie,
    )
    return Stap(
        "triage",
        "",
        (Formulier("triage", _("Besluit vastleggen"), velden),),
        tuple(
            b.uitspraken("triage.besluit", "triage.definitie", "melding.uitkomst", "melding.verwijs_naar", "triage.")
        ),
    )


def _terugbellen(b: Bouw) -> Stap:
    m = b.beeld.meldingen[0] if b.beeld.meldingen else {}
    wie = str(m.get("naam") or m.get("organisatie") or "")
    velden = (
        Veld("met", _("Met wie?"), waarde=wie, hooguit=120),
        janee("bereikt", _("Bereikt?"), "ja"),
        Veld("tekst", _("Wat is er gezegd?"), "lang", hooguit=2000),
        moment_veld(),
    )
    return Stap(
        "terugbellen",
        "",
        (Formulier("terugbellen", _("Vastleggen"), velden),),
        tuple(b.uitspraken("melding.terugkoppeling", "melding.terugbellen", "melding.teruggebeld")),
        extra={"bel": [(wie or _("de melder"), m["telefoon"])] if m.get("telefoon") else []},
    )


def _meedenken(b: Bouw) -> Stap:
    velden = (
        Veld("wie", _("Wie denkt mee?"), waarde=b.actor.naam, hooguit=120),
        Veld("wat", _("Wat is het advies?"), "lang", verplicht=True, hooguit=2000),
        moment_veld(),
    )
    return Stap("meedenken", "", (Formulier("meedenken", _("Vastleggen"), velden),), tuple(b.uitspraken("triage.")))


def _inschatting(b: Bouw) -> Stap:
    hier = b.beeld.stand
    vertrek = Formulier(
        "vertrek",
        _("Vertrek vastleggen"),
        (
            Veld("wie", _("Wie gaat?"), waarde=b.feit("inschatting.wie") or b.actor.naam, verplicht=True),
            Veld("wie_mee", _("Wie gaat mee?"), waarde=b.feit("inschatting.wie_mee")),
            Veld(
                "waarom_mee",
                _("Gaat er iemand anders mee dan afgesproken? Waarom?"),
                waarde=b.feit("inschatting.waarom_mee"),
            ),
            Veld(
                "terug_verwacht_op",
                _("Wanneer ben je terug?"),
                "moment",
                hint=_("Ben je er dan niet, dan belt een collega."),
            ),
            Veld(
                "bel_als_niet_terug",
                _("Wie bellen als je niet terug bent?"),
                waarde=b.feit("inschatting.bel_als_niet_terug"),
            ),
            Veld(
                "gevaar",
                _("Is er gevaar bekend aan de deur?"),
                "lang",
                waarde=b.feit("inschatting.gevaar_aan_de_deur"),
                hint=_("Hond, wapen, eerder geweld. Eigen afspraak van Vangnet; staat in geen bron."),
                hooguit=1000,
            ),
            moment_veld(_("Wanneer ben je vertrokken?")),
        ),
        _("Vertrek"),
        dicht=hier not in ("inschatting", "morgen", "triage"),
    )
    aankomst = Formulier(
        "aankomst",
        _("Ik ben er"),
        (moment_veld(_("Wanneer kwam je aan?")),),
        _("Aankomst"),
        dicht=hier not in ("onderweg", "inschatting"),
    )
    weg = Formulier(
        "weg",
        _("Ik ben veilig weg"),
        (
            Veld(
                "bevindingen",
                _("Wat trof je aan?"),
                "lang",
                waarde=b.feit("inschatting.bevindingen"),
                hint=_("Kort mag; aanvullen kan later."),
                hooguit=8000,
            ),
            moment_veld(_("Wanneer ging je weg?")),
        ),
        _("Weer weg"),
        dicht=hier in ("inschatting", "onderweg", "triage", "morgen"),
    )
    volgorde = {"onderweg": (aankomst, vertrek, weg)}.get(hier, (vertrek, aankomst, weg))
    if b.feit("inschatting.op"):
        volgorde = (weg, aankomst, vertrek)
    return Stap("inschatting", "", volgorde, tuple(b.uitspraken("huisbezoek.mee", "huisbezoek.")))


def _besluit(b: Bouw) -> Stap:
    door = (
        ("crisisdienst", _("De crisisdienst")),
        ("veilig_thuis", _("Veilig Thuis")),
        ("toegang", _("De toegang")),
        ("gi", _("De GI")),
        ("zorgaanbieder", _("Een zorgaanbieder")),
    )
    velden = [
        janee("crisis", _("Is het crisis?"), b.feit("inschatting.crisis"), verplicht=True),
        Veld("overlegd_met", _("Met wie overlegde je?"), hint=_("Gedragswetenschapper, psychiater, collega.")),
        reden_veld(_("Waarom?"), _("Eén of twee zinnen; dit leest iedereen die na je komt."), verplicht=True),
    ]
    if b.kenmerk("tweede_beoordeling"):
        velden.append(
            Veld(
                "tweede_beoordeling",
                _("Heeft het koppel voor de tweede keer beoordeeld en de triagist gebeld?"),
                "keuze",
                (("ja", _("Ja")), ("nee", _("Nee")), ("onbekend", _("Weet ik niet"))),
                b.feit("inschatting.tweede_beoordeling"),
                regels=("FRL-16",),
            )
        )
    velden += [
        Veld(
            "besloten_door",
            _("Wie besloot?"),
            "lijst",
            door,
            b.feit("inschatting.besloten_door") or "crisisdienst",
            hint=_("Besloot een ander dan afgesproken, schrijf dat dan bij waarom."),
        ),
        moment_veld(_("Wanneer is het besloten?")),
        b.versie,
    ]
    return Stap(
        "besluit",
        "",
        (Formulier("besluit", _("Besluit vastleggen"), tuple(velden)),),
        tuple(
            b.uitspraken(
                "huisbezoek.besluit",
                "huisbezoek.tweede_beoordeling",
                "triage.definitie",
                "triage.beoordeel",
                "toegang.aanleiding",
                "huisbezoek.deskundige",
                "inzet.na_besluit",
            )
        ),
        uitleg=""
        if b.kenmerk("definitie")
        else _("De afspraken van deze regio noemen geen vaste kenmerken van crisis. Weeg zelf en schrijf op waarom."),
    )


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
                *_kies(aanbieders),
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


def _inzet(b: Bouw) -> Stap:
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


def _ouders(b: Bouw) -> Stap:
    velden = (
        b.hulp(("gekozen", "loopt"), _("Over welke hulp?")),
        Veld("wie", _("Wie heb je het verteld?"), waarde=_ouders_namen(b), hooguit=120),
        moment_veld(_("Wanneer?")),
    )
    zinnen = [
        {"tekst": i["ouders_zin"], "regels": i["ouders_regels"], "waarom": _hulpnaam(i), "strekking": i["strekking"]}
        for i in b.beeld.hulp
        if i["ouders_zin"] and i["stand"] != "beeindigd"
    ]
    return Stap("ouders", "", (Formulier("ouders", _("Verteld"), velden),), tuple(zinnen))


def _ouders_namen(b: Bouw) -> str:
    namen = [p["naam"] or p["rolnaam"] for p in b.beeld.personen if p["gezag"] == "ja"]
    return " en ".join(namen)[:120]


def _begin(b: Bouw) -> Stap:
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


def _einde(b: Bouw) -> Stap:
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


def _slaapplek(b: Bouw) -> Stap:
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


def _toestemming(b: Bouw) -> Stap:
    return Stap(
        "toestemming",
        "",
        los="casus/stap_toestemming.html",
        extra={
            "antwoorden": [(w, _(naam)) for w, naam in ANTWOORDEN.items()],
            "hoe": [(w, _(w).capitalize()) for w in HOE],
            "gezag_bekend": any(p["gezag"] == "ja" for p in b.beeld.personen),
        },
        uitleg=" ".join(dict.fromkeys(b.beeld.wie_beslist)),
    )


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


def _rto(b: Bouw) -> Stap:
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


def _rto_verslag(b: Bouw) -> Stap:
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
            (("", _("niemand gekozen")), wij, *_kies(kandidaten)),
            groep=onbekend,
        ),
        Veld("perspectief_uiterlijk", _("Wanneer weten we het?"), "moment", groep=onbekend),
        Veld("vervolg", _("Vervolg in woorden"), "lang", hooguit=2000),
        Veld(
            "procesregisseur",
            _("Wie wordt procesregisseur?"),
            "lijst",
            (("", _("nog niet bepaald")), wij, *_kies(kandidaten)),
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


def _regie(b: Bouw) -> Stap:
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
        "organisatie", _("Aan wie?"), "lijst", _kies(kandidaten, _("kies een organisatie")), eerste, verplicht=True
    )
    open_ = [a for a in b.beeld.aanbiedingen if a["soort"] == "regie" and not a["antwoord"]]
    formulieren: list[Formulier] = []
    for a in open_:
        formulieren += list(_open_vraag(a))
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


def _open_vraag(a: Mapping[str, Any]) -> Iterator[Formulier]:
    """The forms for a question that is still open: the answer heard by phone, and taking it back."""
    vast = Veld("aanbod", "", "verborgen", waarde=str(a["id"]))
    yield Formulier(
        "telefoon",
        _("Leg het antwoord vast"),
        (
            vast,
            janee("aanvaard", _("Zei %(wie)s ja?") % {"wie": a["aan"]}, verplicht=True),
            Veld("naam", _("Wie sprak je?"), verplicht=True, hooguit=120),
            Veld("telefoon", _("Terugbelnummer"), "tel", verplicht=True, hooguit=30),
            reden_veld(_("Bij nee: waarom niet?")),
            moment_veld(_("Wanneer sprak je?")),
        ),
        _("%(wie)s antwoordt per telefoon") % {"wie": a["aan"]},
        _("Gevraagd: %(wat)s.") % {"wat": a["wat"]},
    )
    yield Formulier(
        "terug", _("Trek de vraag in"), (vast, reden_veld(_("Waarom?"))), _("Vraag intrekken"), dicht=True, licht=True
    )


def _vervolg(b: Bouw) -> Stap:
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


def _terugkoppeling(b: Bouw) -> Stap:
    namen = ", ".join(
        p["naam"] or p["rolnaam"] for p in b.beeld.personen if p["rol"] in ("huisarts", "school", "hulpverlener")
    )
    velden = (
        Veld("aan", _("Wie heb je ingelicht?"), waarde=namen[:300], verplicht=True),
        moment_veld(),
    )
    return Stap("terugkoppeling", "", (Formulier("terugkoppeling", _("Vastleggen"), velden, regels=("CL-11",)),))


def _afsluiten(b: Bouw) -> Stap:
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


def _heropenen(b: Bouw) -> Stap:
    velden = (reden_veld(_("Waarom heropen je deze casus?"), verplicht=True),)
    return Stap(
        "heropenen",
        "",
        (Formulier("heropenen", _("Heropen"), velden),),
        uitleg=_("De regie gaat terug naar wie haar het laatst had."),
    )


def _taak(b: Bouw) -> Stap:
    taken = [t for t in b.beeld.taken if not t["klaar_op"] and t["van_mij"]]
    taken.sort(key=lambda t: t["id"] != b.ding)
    formulieren = tuple(
        Formulier(
            "taak",
            _("Gedaan"),
            (
                Veld("taak", "", "verborgen", waarde=str(t["id"])),
                Veld("resultaat", _("Wat kwam eruit?"), hint=_("Mag leeg blijven.")),
            ),
            str(t["wat"]),
            str(t["waarom"]),
            regels=tuple(t["regels"]),
        )
        for t in taken
    )
    uitleg = "" if taken else _("Er staat geen taak open voor jouw organisatie.")
    return Stap("taak", _("Taken"), formulieren, uitleg=uitleg)


def _aanbod(b: Bouw) -> Stap:
    soorten = (
        ("meegaan", _("Meegaan op inschatting")),
        ("hulp", _("Hulp geven")),
        ("signaal", _("Een signaal oppakken")),
        ("rto", _("Naar het RTO komen")),
        ("vervolg", _("Vervolghulp geven")),
        ("overig", _("Iets anders")),
    )
    velden = [
        Veld("soort", _("Wat vraag je?"), "lijst", soorten, "overig" if b.beeld.stand == "morgen" else "meegaan"),
        Veld("organisatie", _("Aan wie?"), "lijst", _kies(b.organisaties(), _("kies een organisatie")), verplicht=True),
        Veld(
            "tekst",
            _("Je vraag"),
            "lang",
            hint=_("De ander ziet leeftijd en gemeente, geen namen. Schrijf die ook niet."),
            hooguit=500,
        ),
        Veld("uiterlijk", _("Antwoord uiterlijk"), "moment", hint=_("Leeg: geen uiterste moment.")),
        Veld(
            "wijze",
            _("Hoe?"),
            "keuze",
            (("scherm", _("Op het scherm")), ("telefoon", _("Al ja gezegd per telefoon"))),
            "scherm",
        ),
        Veld("naam", _("Per telefoon: wie sprak je?"), hooguit=120),
        Veld("telefoon", _("Per telefoon: terugbelnummer"), "tel", hooguit=30),
    ]
    formulieren = [Formulier("aanbod", _("Vraag"), tuple(velden), _("Vraag een organisatie"))]
    for a in b.beeld.aanbiedingen:
        if not a["antwoord"] and a["van_mij"] and a["soort"] != "regie":
            antwoord, *rest = _open_vraag(a)
            hier = bool(b.ding) and b.ding in (str(a["id"]), str(a.get("inzet_id") or ""))
            if hier:  # Who came to write down this answer finds it first, and open.
                formulieren.insert(0, antwoord)
                formulieren += [replace(f, dicht=True) for f in rest]
            else:
                formulieren += [replace(f, dicht=True) for f in (antwoord, *rest)]
    return Stap(
        "aanbod",
        "",
        tuple(formulieren),
        tuple(b.uitspraken("melding.acute_hulp_door", "melding.signaal", "huisbezoek.mee")),
    )


def _antwoord(b: Bouw) -> Stap:
    open_ = [a for a in b.beeld.aanbiedingen if a["voor_mij"] and not a["antwoord"]]
    formulieren = tuple(
        Formulier(
            "antwoord",
            _("Antwoord"),
            (
                Veld("aanbod", "", "verborgen", waarde=str(a["id"])),
                janee("aanvaard", _("Neem je dit aan?"), verplicht=True),
                reden_veld(_("Bij nee: waarom niet?"), _("De vrager moet weten hoe hij verder kan.")),
            ),
            _("%(van)s vraagt: %(wat)s") % a,
            str(a["tekst"]),
            regels=tuple(a["regels"]),
        )
        for a in open_
    )
    return Stap(
        "antwoord", "", formulieren, uitleg="" if open_ else _("Er staat geen vraag voor jouw organisatie open.")
    )


def _persoonveld(b: Bouw) -> Veld:
    keuzes = tuple((str(p["id"]), " ".join(x for x in (p["naam"], f"({p['rolnaam']})") if x)) for p in b.beeld.personen)
    return Veld("persoon", _("Met wie?"), "lijst", (("", _("iemand anders, hieronder")), *keuzes), b.ding)


def _derden(b: Bouw) -> Veld:
    return Veld(
        "over_derden",
        _("Gaat over iemand anders dan het kind"),
        "vink",
        hint=_("Blijft weg uit wat het gezin later leest, en uit de print."),
    )


def _notitie(b: Bouw) -> Stap:
    velden = (
        Veld("tekst", _("Wat wil je vastleggen?"), "lang", verplicht=True, hooguit=20_000),
        _derden(b),
        moment_veld(),
        Veld("notitie_id", "", "verborgen", waarde=str(new_id())),
    )
    formulieren = [Formulier("notitie", _("Bewaar"), velden)]
    eigen = [n for n in b.beeld.notities if n["van_mij"] and not n["terug"]]
    if eigen:
        keuzes = tuple((str(n["id"]), f"{in_woorden(n['op'])}: {(n['tekst'] or n['met'])[:60]}") for n in eigen[:20])
        formulieren.append(
            Formulier(
                "terug",
                _("Neem terug"),
                (Veld("notitie", _("Welke?"), "lijst", keuzes, b.ding), reden_veld(_("Waarom?"))),
                _("Een aantekening terugnemen"),
                _("Ze blijft leesbaar, doorgestreept."),
                dicht=True,
                licht=True,
            )
        )
    return Stap("notitie", "", tuple(formulieren))


def _contact(b: Bouw) -> Stap:
    velden = (
        _persoonveld(b),
        Veld("met", _("Of: naam"), hooguit=120),
        Veld("tekst", _("Wat is er besproken?"), "lang", hooguit=20_000),
        _derden(b),
        moment_veld(),
        Veld("notitie_id", "", "verborgen", waarde=str(new_id())),
    )
    return Stap("contact", "", (Formulier("contact", _("Bewaar"), velden),))


def _belpoging(b: Bouw) -> Stap:
    velden = (
        _persoonveld(b),
        Veld("met", _("Of: naam"), hooguit=120),
        moment_veld(),
        Veld("notitie_id", "", "verborgen", waarde=str(new_id())),
    )
    return Stap("belpoging", "", (Formulier("belpoging", _("Geen gehoor"), velden),))


def _termijn(b: Bouw) -> Stap:
    klokken = [*b.beeld.klokken, *(k for k in b.beeld.klokken_klaar if k["uitkomst"] == "te_laat")]
    keuzes = tuple((str(k["id"]), f"{k['wat']} ({in_woorden(k['laatste_dag'])})") for k in klokken)
    if not keuzes:
        return Stap("termijn", "", uitleg=_("Er loopt geen termijn en er is er geen te laat gehaald."))
    eerste = b.ding or keuzes[0][0]
    reden = next((str(k["reden"]) for k in klokken if k["id"] == eerste), "")
    velden = (
        Veld("klok", _("Welke termijn?"), "keuze", keuzes, eerste, verplicht=True),
        Veld("reden", _("Waarom werd of wordt het later?"), "lang", waarde=reden, verplicht=True),
    )
    return Stap(
        "termijn", "", (Formulier("termijn", _("Bewaar"), velden),), uitleg=_("De termijn zelf verandert niet; je reden staat erbij.")
    )  # fmt: skip


def _los(slug: str, template: str) -> Callable[[Bouw], Stap]:
    return lambda b: Stap(slug, "", los=template)


def _herstel(b: Bouw) -> Stap:
    momenten = [
        ("melding", _("De melding")),
        ("vertrek", _("Vertrek naar het gezin")),
        ("aankomst", _("Aankomst bij het gezin")),
        ("besluit_crisis", _("Het besluit crisis")),
        ("rto", _("Het RTO")),
    ]
    for i in b.beeld.hulp:
        if i["van"]:
            momenten.append((f"inzet_van:{i['id']}", _("Begin van %(wat)s") % {"wat": _hulpnaam(i)}))
        if i["tot"]:
            momenten.append((f"inzet_tot:{i['id']}", _("Einde van %(wat)s") % {"wat": _hulpnaam(i)}))
    gemeenten = (("", _("kies een gemeente")), *((naam, naam) for naam in b.kenmerk("gemeenten") or ()))
    reden = reden_veld(_("Waarom?"), verplicht=True)
    kinderen = b.kinderen()
    *bevestig, zoek = _samenvoegen(b, reden)
    formulieren = [
        *bevestig,
        Formulier(
            "moment",
            _("Herstel het moment"),
            (
                Veld("soort", _("Wat gebeurde op een ander moment?"), "lijst", tuple(momenten)),
                Veld("moment", _("Het juiste moment"), "moment", verplicht=True),
                reden,
            ),
            _("Verkeerd moment"),
        ),
        Formulier(
            "gemeente",
            _("Herstel de gemeente"),
            (
                Veld("gemeente", _("De juiste gemeente"), "lijst", gemeenten, b.beeld.gemeente),
                Veld(
                    "gemeente_buiten",
                    _("Of: een gemeente buiten de regio"),
                    waarde=b.beeld.gemeente_buiten,
                    hint=_("Geen afspraak van deze regio zegt wie daar de regie heeft; dat wordt een open vraag."),
                    hooguit=80,
                ),
                reden,
            ),
            _("Verkeerde gemeente"),
            _("Sluitingsdagen, toegang en termijnen worden opnieuw bepaald."),
            dicht=True,
        ),
        Formulier(
            "kind", _("Haal dit kind eraf"), (kinderen, reden), _("Kind hoort hier niet"), dicht=True, licht=True
        ),
        zoek,
    ]
    if len(b.beeld.kinderen) > 1:
        formulieren.append(
            Formulier(
                "splits", _("Splits"), (kinderen, reden), _("Dit kind hoort in een eigen casus"), dicht=True, licht=True
            )
        )
    return Stap(
        "herstel", "", tuple(formulieren), uitleg=_("Niets wordt gewist: de oude versie blijft, met wie het herstelde en waarom.")
    )  # fmt: skip


def _samenvoegen(b: Bouw, reden: Veld) -> Iterator[Formulier]:
    """Two casussen that are one: first find the other by its number, then join, with its name in sight."""
    ander = None
    if b.ding and not any(str(k["id"]) == b.ding for k in b.beeld.kinderen):
        ander = find_casus(b.actor, b.op, casus_id=UUID(b.ding), taal=language(), vertaal=translated)
    if ander is not None and ander.id != b.beeld.id:
        wie = ", ".join(deel for deel in (ander.nummer, ander.wie) if deel)
        yield Formulier(
            "samen",
            _("Voeg samen met %(nummer)s") % {"nummer": ander.nummer},
            (Veld("in_casus", "", "verborgen", waarde=str(ander.id)), reden),
            _("Is dit dezelfde crisis? %(wie)s") % {"wie": wie},
            _("Deze casus sluit; kinderen en mensen gaan mee naar %(nummer)s. Wat hier staat blijft leesbaar.")
            % {"nummer": ander.nummer},
        )
    yield Formulier(
        "zoek_samen",
        _("Zoek de andere casus"),
        (Veld("nummer", _("Nummer van de andere casus"), hint=_("Zoals 2026-00012."), verplicht=True, hooguit=20),),
        _("Twee casussen zijn er één"),
        _("Je ziet eerst welke casus het is. Er verandert nog niets."),
        dicht=True,
        licht=True,
    )


def _blokkade(b: Bouw) -> Stap:
    gezien = show_blocks(b.actor, b.op, b.beeld.id)
    collegas = tuple((str(id_), naam) for id_, naam in gezien.collegas)
    over = (("", _("kies een collega")), *collegas)
    ik = Formulier(
        "ik",
        _("Sluit deze casus voor mij"),
        (
            reden_veld(
                _("Waarom?"),
                _("Een paar woorden: familie, buren, een vriend. Je coördinator leest dit."),
                verplicht=True,
            ),
            Veld(
                "overnemer",
                _("Wie neemt het over?"),
                "lijst",
                over,
                hint=_("Jij hebt deze casus in handen of hebt als enige dienst. Bel je collega eerst.")
                if gezien.neemt_over
                else _("Mag leeg blijven."),
                verplicht=gezien.neemt_over,
            ),
        ),
        _("Ik ken dit gezin"),
        _(
            "Je ziet de casus daarna niet meer: niet op het bord, niet bij zoeken. Alleen een coördinator opent haar weer."
        ),
        dicht=gezien.mag_leggen,
    )
    if not gezien.mag_leggen:
        return Stap("blokkade", "", (ik,))
    formulieren = [
        Formulier(
            "collega",
            _("Sluit voor deze collega"),
            (
                Veld("wie", _("Voor wie?"), "lijst", over, verplicht=True),
                reden_veld(_("Waarom?"), _("Een paar woorden, zonder het gezin te beschrijven."), verplicht=True),
                Veld(
                    "overnemer",
                    _("Wie neemt het over?"),
                    "lijst",
                    (*over, (str(b.actor.medewerker_id), b.actor.naam)),
                    hint=_("Nodig als deze collega de casus in handen heeft of als enige dienst heeft."),
                ),
            ),
            _("Een collega kent dit gezin"),
            _("De collega ziet de casus meteen niet meer, ook niet in een pagina die al open staat."),
        ),
    ]
    if gezien.blokkades:
        formulieren.append(
            Formulier(
                "open",
                _("Open weer"),
                (
                    Veld(
                        "wie",
                        _("Voor wie?"),
                        "keuze",
                        tuple(
                            (str(r.id), _("%(naam)s, gesloten sinds %(dag)s: %(reden)s")
                            % {"naam": r.naam, "dag": in_woorden(r.van), "reden": r.reden})
                            for r in gezien.blokkades
                        ),
                        verplicht=True,
                    ),
                ),
                _("Gesloten voor"),
                licht=True,
            )
        )  # fmt: skip
    return Stap("blokkade", _("Wie deze casus niet mag zien"), (*formulieren, ik))


BOUWERS: Mapping[str, Callable[[Bouw], Stap]] = {
    "melding": _melding, "triage": _triage, "terugbellen": _terugbellen, "meedenken": _meedenken,
    "inschatting": _inschatting, "besluit": _besluit, "inzet": _inzet, "ouders": _ouders, "inzet_begin": _begin,
    "inzet_einde": _einde, "slaapplek": _slaapplek, "toestemming": _toestemming, "rto": _rto,
    "rto_verslag": _rto_verslag, "regie": _regie, "vervolg": _vervolg, "terugkoppeling": _terugkoppeling,
    "afsluiten": _afsluiten, "heropenen": _heropenen, "taak": _taak, "aanbod": _aanbod, "antwoord": _antwoord,
    "notitie": _notitie, "contact": _contact, "belpoging": _belpoging, "termijn": _termijn,
    "feiten": _los("feiten", "casus/stap_feiten.html"), "gezin": _los("gezin", "casus/stap_gezin.html"),
    "herstel": _herstel, "blokkade": _blokkade,
}  # fmt: skip
"""Per step what builds it."""


def is_id(ruw: str) -> bool:
    """Whether this is the id of something."""
    try:
        UUID(ruw)
    except ValueError:
        return False
    return True
