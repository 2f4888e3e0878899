# SPDX-License-Identifier: EUPL-1.2
"""What goes on beside the way of a casus: tasks, questions to others, notes, contacts, consent, clocks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from django.utils.translation import gettext as _

from vangnet.conf.identifiers import new_id
from vangnet.process.record_consent import ANTWOORDEN, HOE
from vangnet.process.take_in_hand import show_hands
from vangnet.web.casus.formulieren import Formulier, Stap, Veld, janee, moment_veld, reden_veld
from vangnet.web.templatetags.vangnet import dag as in_woorden

from .bouw import Bouw, kies, open_vraag


def toestemming(b: Bouw) -> Stap:
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


def taak(b: Bouw) -> Stap:
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


def aanbod(b: Bouw) -> Stap:
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
        Veld("organisatie", _("Aan wie?"), "lijst", kies(b.organisaties(), _("kies een organisatie")), verplicht=True),
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
            antwoord, *rest = open_vraag(a)
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


def antwoord(b: Bouw) -> Stap:
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


def notitie(b: Bouw) -> Stap:
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


def contact(b: Bouw) -> Stap:
    velden = (
        _persoonveld(b),
        Veld("met", _("Of: naam"), hooguit=120),
        Veld("tekst", _("Wat is er besproken?"), "lang", hooguit=20_000),
        _derden(b),
        moment_veld(),
        Veld("notitie_id", "", "verborgen", waarde=str(new_id())),
    )
    return Stap("contact", "", (Formulier("contact", _("Bewaar"), velden),))


def belpoging(b: Bouw) -> Stap:
    velden = (
        _persoonveld(b),
        Veld("met", _("Of: naam"), hooguit=120),
        moment_veld(),
        Veld("notitie_id", "", "verborgen", waarde=str(new_id())),
    )
    return Stap("belpoging", "", (Formulier("belpoging", _("Geen gehoor"), velden),))


def termijn(b: Bouw) -> Stap:
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


def los(slug: str, template: str) -> Callable[[Bouw], Stap]:
    return lambda b: Stap(slug, "", los=template)


def in_handen(b: Bouw) -> Stap:
    """Who of the own organisation has the casus in hand: take it, or give it to a colleague."""
    handen = show_hands(b.actor, b.op, b.beeld.id)
    van_mij = handen.wie_id == b.actor.medewerker_id
    formulieren = []
    if not van_mij:
        formulieren.append(Formulier("ik", _("Ik neem deze casus"), titel=_("Zelf in handen nemen")))
    if handen.collegas:
        formulieren.append(
            Formulier(
                "collega",
                _("Geef aan deze collega"),
                (
                    Veld(
                        "wie",
                        _("Wie neemt het over?"),
                        "lijst",
                        (("", _("kies een collega")), *((str(id_), naam) for id_, naam in handen.collegas)),
                        verplicht=True,
                    ),
                ),
                _("Aan een collega geven"),
                licht=not van_mij,
            )
        )
    nu = (
        _("%(wie)s heeft deze casus nu in handen.") % {"wie": handen.wie}
        if handen.wie
        else _("Niemand heeft deze casus nu in handen.")
    )
    regie = (
        _("De regie blijft bij %(organisatie)s.") % {"organisatie": b.beeld.regie["naam"]}
        if b.beeld.regie["naam"]
        else ""
    )
    return Stap("in_handen", "", tuple(formulieren), uitleg=f"{nu} {regie}".strip())
