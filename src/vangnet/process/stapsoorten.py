# SPDX-License-Identifier: EUPL-1.2
"""The steps of a casus: per form what it is called, which right it asks, and which part must be in sight."""

from __future__ import annotations

from typing import NamedTuple

from vangnet.rules.tekst import T


class Stapsoort(NamedTuple):
    """One step: its name, the mark of the rights table, the part of `access.zicht` it is about, the words on its button,
    and which groups of the advice it is decided by."""

    naam: str
    merk: str
    onderdeel: str
    knop: str
    advies: tuple[str, ...] = ()


STAPPEN: dict[str, Stapsoort] = {
    "melding": Stapsoort(T("Melding"), "melding.opnemen", "melding", T("Naar de melding"), ("melding.", "toegang.")),
    "triage": Stapsoort(T("Triage"), "triage.besluiten", "triage", T("Besluit…"), ("toegang.", "triage.", "melding.")),
    "terugbellen": Stapsoort(
        T("Melder terugbellen"), "notitie.schrijven", "melding", T("Gebeld…"), ("melding.terugkoppeling",)
    ),
    "meedenken": Stapsoort(T("Meedenken"), "triage.meedenken", "triage", T("Denk mee…"), ("triage.",)),
    "inschatting": Stapsoort(
        T("Naar het gezin"), "inschatting.doen", "inschatting", T("Leg vast…"), ("huisbezoek.", "traject.")
    ),
    "besluit": Stapsoort(
        T("Crisis of niet"),
        "inschatting.doen",
        "inschatting",
        T("Besluit…"),
        ("inzet.na_besluit", "huisbezoek.besluit", "triage.definitie", "triage.beoordeel", "toegang.aanleiding"),
    ),
    "inzet": Stapsoort(T("Hulp kiezen"), "inzet.besluiten", "inzet", T("Kies…"), ("inzet.",)),
    "ouders": Stapsoort(T("Ouders vertellen hoe lang"), "inzet.besluiten", "inzet", T("Verteld…"), ("inzet.",)),
    "inzet_begin": Stapsoort(T("Hulp begonnen"), "inzet.uitvoeren", "inzet", T("Begonnen…"), ("inzet.",)),
    "inzet_einde": Stapsoort(T("Hulp beëindigen"), "inzet.uitvoeren", "inzet", T("Einde…"), ("inzet.", "traject.")),
    "slaapplek": Stapsoort(T("Waar is het kind vannacht"), "inzet.besluiten", "gezin", T("Leg vast…")),
    "toestemming": Stapsoort(T("Toestemming"), "toestemming.vastleggen", "toestemming", T("Vraag…")),
    "rto": Stapsoort(T("RTO plannen"), "rto.plannen", "rto", T("Plan…"), ("rto", "sluitingsdagen.")),
    "rto_verslag": Stapsoort(T("RTO vastleggen"), "rto.houden", "rto", T("Verslag…"), ("rto", "regie.")),
    "regie": Stapsoort(T("Regie overdragen"), "regie.overdragen", "regie", T("Draag over…"), ("regie.",)),
    "vervolg": Stapsoort(T("Vervolg"), "vervolg.regelen", "vervolg", T("Regel…"), ("vervolg.", "geld.")),
    "terugkoppeling": Stapsoort(T("Professionals inlichten"), "vervolg.regelen", "vervolg", T("Ingelicht…")),
    "afsluiten": Stapsoort(T("Afsluiten"), "casus.afsluiten", "regie", T("Sluit af…"), ("traject.", "vervolg.")),
    "taak": Stapsoort(T("Taak"), "taak.afronden", "taken", T("Gedaan…")),
    "aanbod": Stapsoort(
        T("Vraag aan een organisatie"), "aanbod.doen", "regie", T("Vraag…"), ("melding.", "huisbezoek.")
    ),
    "antwoord": Stapsoort(T("Antwoord op een vraag"), "aanbod.beantwoorden", "kern", T("Antwoord…")),
    "notitie": Stapsoort(T("Aantekening"), "notitie.schrijven", "notities", T("Schrijf…")),
    "contact": Stapsoort(T("Contact"), "notitie.schrijven", "notities", T("Contact…")),
    "belpoging": Stapsoort(T("Gebeld, geen gehoor"), "notitie.schrijven", "notities", T("Geen gehoor")),
    "termijn": Stapsoort(T("Reden bij een termijn"), "feit.vastleggen", "klokken", T("Reden…")),
    "feiten": Stapsoort(T("Feiten"), "feit.vastleggen", "kern", T("Vul in…")),
    "gezin": Stapsoort(T("Gezin"), "gezin.wijzigen", "gezin", T("Wijzig…")),
    "in_handen": Stapsoort(T("Wie heeft deze casus in handen"), "casus.nemen", "kern", T("Neem over…")),
    "herstel": Stapsoort(T("Herstellen"), "casus.herstellen", "kern", T("Herstel…")),
    "blokkade": Stapsoort(T("Ik ken dit gezin"), "blokkade.zelf", "kern", T("Sluit af…")),
    "verzoek": Stapsoort(T("Verzoek van het gezin"), "verzoek.opnemen", "log", T("Verzoek…")),
    "heropenen": Stapsoort(T("Heropenen"), "casus.afsluiten", "regie", T("Heropen…")),
}
"""Every step, by the last word of its address."""
OOK_PROFIEL = frozenset({"antwoord"})
"""Steps for who was asked something and sees no more than a profile yet."""
DELEN_BIJ: dict[str, frozenset[str]] = {
    merk: frozenset(s.onderdeel for s in STAPPEN.values() if s.merk == merk)
    for merk in {s.merk for naam, s in STAPPEN.items() if naam not in OOK_PROFIEL}
}
"""By mark of the rights table the parts of which one must be in sight for who does it: nobody decides on what he is not
shown. A mark that no step has is checked by its use case."""
OOK_GESLOTEN = frozenset({"heropenen"})
"""Steps of a closed casus."""
ALTIJD = frozenset({"blokkade", "verzoek"})
"""Steps of a casus that runs and of one that is closed."""
