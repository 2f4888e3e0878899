# SPDX-License-Identifier: EUPL-1.2
"""The extra days on which a small municipality may be closed: who may, how many, told in time, how many in a row
(ZL-39..43; X-07)."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from .afspraken import Afspraken, Gemeente
from .bron import Regels
from .kalender import langste_reeks
from .omstandigheden import kalender_van
from .situatie import Situatie, Sluitingsopgave
from .tekst import T
from .uitspraak import Opsteller


class Sluiting(NamedTuple):
    """The closing days that hold, and those that hold only under one reading of an open question."""

    dagen: frozenset[date] = frozenset()
    onzeker: frozenset[date] = frozenset()
    vraag: str = ""
    vervalt: str = ""
    """De lezing waarbij de onzekere dagen niet tellen; daarmee wordt gerekend."""
    geldt: str = ""


def sluiting(s: Situatie, a: Afspraken, g: Gemeente | None, o: Opsteller) -> Sluiting:
    """The closing days of this municipality: the announced lists, and a list in the situation as far as it holds."""
    dagen = frozenset(
        dag
        for lijst in a.sluitingslijsten
        if g and lijst.gemeente.casefold() == g.naam.casefold()
        for dag in lijst.dagen
    )
    if s.sluitingsdagen is None:
        return Sluiting(dagen)
    opgave = frozenset(s.sluitingsdagen.dagen)
    if a.sluitingsdagen is None:
        o.open(
            "X-07/geen_recht",
            T("Deze regio sprak niets af over sluitingsdagen. Tellen ze?"),
            {
                "tellen_niet": T("Nee: de gemeente is er op elke werkdag."),
                "tellen": T("Ja, als de regio ze aanvaardt."),
            },
            a.regio.regels,
        )
        return Sluiting(dagen)
    if g is None:
        o.vraag(
            "gemeente",
            T("Voor welke gemeente zijn deze sluitingsdagen?"),
            T("Alleen kleinere gemeenten hebben ze."),
            a.sluitingsdagen.gemeenten.regels,
            99,
        )
        return Sluiting(dagen)
    eerder = any(x.jaar == s.sluitingsdagen.jaar and x.gemeente == g.naam for x in a.sluitingslijsten)
    oordeel, twijfel = _oordeel(s.sluitingsdagen, a, g, eerder, o)
    if oordeel == "aanvaard":
        return Sluiting(dagen | opgave)
    if oordeel == "hangt_af" and twijfel:
        return Sluiting(dagen, opgave - dagen, *twijfel)
    return Sluiting(dagen)


def _oordeel(
    opgave: Sluitingsopgave, a: Afspraken, g: Gemeente, eerder: bool, o: Opsteller
) -> tuple[str, tuple[str, str, str] | None]:
    """Judge a list by every condition and say so: the verdict, and the first open question it hangs on with the reading
    that lets it lapse and the reading that lets it stand."""
    regel = a.sluitingsdagen
    assert regel is not None
    gronden: dict[str, Regels] = {}
    twijfels: list[tuple[str, str, str]] = []

    def weeg(id: str, vervalt: str, geldt: str, grond: str, regels: Regels) -> None:
        """What an open question (already named) means for the list: chosen by the region, or still in doubt."""
        keuze = o.open_vragen[id].keuze
        if keuze is None:
            twijfels.append((id, vervalt, geldt))
        elif keuze.lezing == vervalt:
            gronden[grond] = regels

    if g.naam not in regel.gemeenten.waarde:
        gronden["gemeente"] = regel.gemeenten.regels
        o.zeg(
            "sluitingsdagen.gemeente",
            "geen_recht",
            T("{gemeente} staat niet op de lijst van gemeenten met sluitingsdagen."),
            regel.gemeenten.regels,
            gemeente=g.naam,
        )
    elif opgave.jaar not in regel.voor_jaren:
        o.open(
            "X-07/ander_jaar",
            T("Mag {gemeente} ook in {jaar} sluitingsdagen opgeven? De lijst is van {lijstjaar}."),
            {
                "niet_bevestigd": T("Nee, pas als de regio {jaar} bevestigt."),
                "zelfde_afspraak": T("Ja: dezelfde gemeenten, uiterlijk op dezelfde dag van het jaar."),
            },
            regel.gemeenten.regels,
            gemeente=g.naam,
            jaar=opgave.jaar,
            lijstjaar=max(regel.voor_jaren),
        )
        weeg("X-07/ander_jaar", "niet_bevestigd", "zelfde_afspraak", "jaar", regel.gemeenten.regels)
    aantal = len(set(opgave.dagen))
    if aantal > regel.hoogstens.waarde:
        gronden["aantal"] = regel.hoogstens.regels
        o.zeg(
            "sluitingsdagen.aantal",
            aantal,
            T("{aantal} dagen opgegeven; het mogen er hooguit {mag} zijn."),
            regel.hoogstens.regels,
            aantal=aantal,
            mag=regel.hoogstens.waarde,
        )
    _op_tijd(opgave, regel.gemeld_uiterlijk.waarde, regel.gemeld_uiterlijk.regels, eerder, gronden, o)
    for id, vervalt, geldt in (
        ("X-07/wijzigen", "niet_toegestaan", "in_overleg"),
        ("X-07/voor_uiterste_dag", "niet_toegestaan", "toegestaan"),
    ):
        if id in o.open_vragen:
            weeg(
                id,
                vervalt,
                geldt,
                "te_laat_gemeld" if id == "X-07/wijzigen" else "te_vroeg",
                regel.gemeld_uiterlijk.regels,
            )
    kalender = kalender_van(a)
    zonder, met = (langste_reeks(frozenset(opgave.dagen), kalender, mee) for mee in (False, True))
    mag = regel.aaneengesloten.waarde
    if zonder > mag:
        gronden["te_lang"] = regel.aaneengesloten.regels
    elif met > mag:
        o.open(
            "X-07/feestdagen",
            T("Tellen feestdagen mee in de reeks van hooguit {mag} dagen?"),
            {
                "tellen_mee": T("Ja: dan is de reeks {met} dagen, te lang."),
                "tellen_niet_mee": T("Nee: dan is de reeks {zonder} dagen."),
            },
            regel.aaneengesloten.regels,
            mag=mag,
            met=met,
            zonder=zonder,
        )
        weeg("X-07/feestdagen", "tellen_mee", "tellen_niet_mee", "te_lang", regel.aaneengesloten.regels)
    in_twijfel = "X-07/feestdagen" in [t[0] for t in twijfels]
    if in_twijfel or "te_lang" in gronden:
        o.zeg(
            "sluitingsdagen.reeks",
            met if in_twijfel or zonder <= mag else zonder,
            T("{met} dagen achter elkaar niet beschikbaar, of {zonder} zonder de feestdagen; hooguit {mag} mag.")
            if in_twijfel
            else T("{reeks} dagen achter elkaar niet beschikbaar; hooguit {mag} mag, weekend meegeteld."),
            regel.aaneengesloten.regels,
            open_vraag="X-07/feestdagen" if in_twijfel else "",
            lezingen=(("tellen_mee", met), ("tellen_niet_mee", zonder)) if in_twijfel else (),
            zonder=zonder,
            met=met,
            reeks=zonder if zonder > mag else met,
            mag=mag,
        )
    alle = tuple(
        dict.fromkeys(
            regel.gemeenten.regels
            + regel.hoogstens.regels
            + regel.gemeld_uiterlijk.regels
            + regel.aaneengesloten.regels
        )
    )
    if gronden:
        if gronden.keys() <= {"aantal", "te_lang"}:
            o.open(
                "X-07/te_lang",
                T("Een deel van de opgave past niet. Vervalt alles, of alleen wat te veel is?"),
                {
                    "helemaal": T("De hele opgave vervalt."),
                    "alleen_te_veel": T("Alleen de dagen te veel vervallen; de gemeente zegt welke."),
                },
                tuple(dict.fromkeys(r for regels in gronden.values() for r in regels)),
            )
        o.zeg(
            "sluitingsdagen.oordeel",
            "geweigerd",
            T("De opgave past niet bij de afspraken: {gronden}."),
            tuple(dict.fromkeys(r for regels in gronden.values() for r in regels)),
            gronden=tuple(GRONDEN[n] for n in gronden),
        )
        return "geweigerd", None
    if twijfels:
        vraag, vervalt, geldt = twijfels[0]
        o.zeg(
            "sluitingsdagen.oordeel",
            "hangt_af",
            T("Of de opgave geldt, hangt af van een open vraag. Tot die beslist is, tellen de dagen niet."),
            o.open_vragen[vraag].regels,
            open_vraag=vraag,
            lezingen=((vervalt, "geweigerd"), (geldt, "aanvaard" if len(twijfels) == 1 else "hangt_af")),
        )
        return "hangt_af", twijfels[0]
    if opgave.gemeld_op is None:
        o.zeg(
            "sluitingsdagen.oordeel",
            "nog_niet_bekend",
            T("Of de opgave geldt, hangt af van de dag waarop zij is doorgegeven."),
            regel.gemeld_uiterlijk.regels,
        )
        return "nog_niet_bekend", None
    o.zeg(
        "sluitingsdagen.oordeel",
        "aanvaard",
        T("De opgave van {gemeente} past bij de afspraken."),
        alle,
        gemeente=g.naam,
    )
    return "aanvaard", None


def _op_tijd(
    opgave: Sluitingsopgave, grens_md: str, regels: Regels, eerder: bool, gronden: dict[str, Regels], o: Opsteller
) -> None:
    """Told on the last day at the latest (that day counts); a change to an earlier list, and days before the last day,
    are not spoken of."""
    maand, dag = (int(x) for x in grens_md.split("-"))
    grens = date(opgave.jaar, maand, dag)
    if opgave.gemeld_op is None:
        o.vraag(
            "sluitingsdagen.gemeld_op",
            T("Wanneer gaf de gemeente de dagen door?"),
            T("Er is een uiterste dag voor de opgave."),
            regels,
            90,
        )
    elif opgave.gemeld_op > grens:
        o.zeg(
            "sluitingsdagen.gemeld",
            "te_laat",
            T("Doorgegeven op {op}; dat moest uiterlijk op {grens}."),
            regels,
            op=opgave.gemeld_op,
            grens=grens,
        )
        if eerder:
            o.open(
                "X-07/wijzigen",
                T("De gemeente gaf al eerder dagen op. Mag zij na {grens} nog wijzigen?"),
                {"niet_toegestaan": T("Nee."), "in_overleg": T("Ja, in overleg met de crisisdienst.")},
                regels,
                grens=grens,
            )
        else:
            gronden["te_laat_gemeld"] = regels
    elif any(d <= grens for d in opgave.dagen):
        o.open(
            "X-07/voor_uiterste_dag",
            T("Mag een sluitingsdag op of vóór {grens} liggen?"),
            {"niet_toegestaan": T("Nee."), "toegestaan": T("Ja, als hij van tevoren is doorgegeven.")},
            regels,
            grens=grens,
        )


GRONDEN = {
    "gemeente": T("de gemeente heeft er geen recht op"),
    "jaar": T("voor dit jaar is niets afgesproken"),
    "aantal": T("te veel dagen"),
    "te_laat_gemeld": T("te laat doorgegeven"),
    "te_vroeg": T("een dag ligt voor de uiterste dag van doorgeven"),
    "te_lang": T("te lang achter elkaar"),
}
