# SPDX-License-Identifier: EUPL-1.2
"""Before there is help: the call, the triage, thinking along, going to the home, and whether it is a crisis."""

from __future__ import annotations

from django.utils.translation import gettext as _

from vangnet.web.casus.formulieren import Formulier, Stap, Veld, janee, moment_veld, reden_veld

from .bouw import Bouw


def melding(b: Bouw) -> Stap:
    return Stap("melding", "", los="casus/stap_melding.html")


def triage(b: Bouw) -> Stap:
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


def terugbellen(b: Bouw) -> Stap:
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


def meedenken(b: Bouw) -> Stap:
    velden = (
        Veld("wie", _("Wie denkt mee?"), waarde=b.actor.naam, hooguit=120),
        Veld("wat", _("Wat is het advies?"), "lang", verplicht=True, hooguit=2000),
        moment_veld(),
    )
    return Stap("meedenken", "", (Formulier("meedenken", _("Vastleggen"), velden),), tuple(b.uitspraken("triage.")))


def inschatting(b: Bouw) -> Stap:
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


def besluit(b: Bouw) -> Stap:
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
