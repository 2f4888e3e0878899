# SPDX-License-Identifier: EUPL-1.2
"""The facts and the family as fields that keep themselves: what each is called, which rules stand behind it, and how what
was typed becomes a value."""

from __future__ import annotations

import ast
import inspect
import json
import re
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from functools import lru_cache
from typing import Any, NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as N_

from vangnet.process.feitsoorten import feitsoorten
from vangnet.process.invoer import PERSOONSROLLEN, Onleesbaar, lees_feit
from vangnet.process.show_casus import Casusbeeld
from vangnet.process.show_casus_gezin import ROLNAAM
from vangnet.process.show_casus_werk import part_of_field
from vangnet.rules import situatie
from vangnet.web.afspraken.velden import LABELS, word
from vangnet.web.casus.formulieren import invulmoment

REGELNUMMER = re.compile(r"\b[A-Z]{2,3}-\d+\b")

EIGEN: Mapping[str, str] = {
    "melding.terugbellen_gewenst": N_("Wil de melder teruggebeld worden?"),
    "melding.verwezen_naar": N_("Verwezen naar"),
    "melding.doorgeleid_naar": N_("Doorgeleid naar"),
    "melding.vervolg_consult": N_("Wat is er in het consult geadviseerd?"),
    "melding.gevoelig": N_("Gevoelig: waar moet een collega op letten?"),
    "melding.volwassene_casus": N_("Casus van de volwassene elders"),
    "triage.toelichting": N_("Toelichting bij de triage"),
    "triage.denkt_mee": N_("Wie denkt mee?"),
    "triage.tweede_persoon": N_("Tweede persoon bij de triage"),
    "inschatting.wie": N_("Wie gaat?"),
    "inschatting.wie_mee": N_("Wie gaat mee?"),
    "inschatting.waarom_mee": N_("Waarom iemand anders mee dan afgesproken?"),
    "inschatting.gevaar_aan_de_deur": N_("Gevaar aan de deur"),
    "inschatting.terug_verwacht_op": N_("Terug verwacht"),
    "inschatting.bel_als_niet_terug": N_("Wie bellen als de werker niet terug is?"),
    "inschatting.terug_op": N_("Weer weg bij het gezin"),
    "inschatting.bevindingen": N_("Bevindingen"),
    "inschatting.reden": N_("Waarom dit besluit?"),
    "vervolg.wat": N_("Wat is er na de crisis nodig?"),
    "vervolg.aanbieder": N_("Wie geeft de vervolghulp?"),
    "vervolg.beschikking_op": N_("Dag van de beschikking"),
    "vervolg.aangemeld_op": N_("Aangemeld bij een tafel"),
    "vervolg.terugkoppeling_professionals_op": N_("Professionals ingelicht"),
    "vervolg.warme_overdracht_op": N_("Warme overdracht"),
    "afsluiting.veiligheid_hersteld": N_("Is de veiligheid hersteld?"),
    "afsluiting.perspectief_duidelijk": N_("Is het perspectief duidelijk?"),
    "afsluiting.wie_heeft_richting": N_("Wie heeft de richting in handen?"),
    "afsluiting.toelichting": N_("Toelichting bij het afsluiten"),
    "oefening.uitleg": N_("Uitleg bij de oefening"),
}
"""What our own facts are called; those of the rules have their name there."""
GROEPNAAM: Mapping[str, str] = {
    "melding": N_("Melding"), "jeugdige": N_("Jeugdige"), "betrokken": N_("Wie al betrokken is"), "triage": N_("Triage"),
    "inschatting": N_("Inschatting"), "afweging": N_("Afweging van hulp"), "vervolg": N_("Vervolg"),
    "overdracht": N_("Overdracht"), "afsluiting": N_("Afsluiting"), "oefening": N_("Oefening"),
}  # fmt: skip
DOOR_EEN_STAP = frozenset(
    {
        "triage.uitkomst", "triage.besloten_op", "inschatting.vertrek_op", "inschatting.op", "inschatting.crisis",
        "inschatting.besloten_op", "inschatting.besloten_door", "inschatting.terug_op", "vervolg.bepaald_op",
    }
)  # fmt: skip
"""Facts that a decision writes; they are put right with Herstellen, not typed over here."""


class Feitveld(NamedTuple):
    """One field that keeps itself: its path, words, kind, choices, value as text, and what stands there as JSON."""

    pad: str
    label: str
    soort: str
    keuzes: tuple[tuple[str, str], ...]
    waarde: str
    was: str
    regels: tuple[str, ...] = ()
    waarom: str = ""
    hint: str = ""

    @property
    def id(self) -> str:
        """The id of the field on the page."""
        return "f-" + self.pad.replace(".", "-")


@lru_cache(maxsize=1)
def _handleiding() -> dict[str, str]:
    """The docstring of every fact of `Situatie`, by path: the published manual, which names its rules."""
    uit: dict[str, str] = {}
    for klasse in ast.parse(inspect.getsource(situatie)).body:
        if not isinstance(klasse, ast.ClassDef):
            continue
        naam = ""
        for regel in klasse.body:
            if isinstance(regel, ast.AnnAssign) and isinstance(regel.target, ast.Name):
                naam = regel.target.id
            elif naam and isinstance(regel, ast.Expr) and isinstance(regel.value, ast.Constant):
                uit[f"{klasse.name.lower()}.{naam}"] = str(regel.value.value)
                naam = ""
    return uit


def label_van(pad: str) -> str:
    """What a fact is called: its own question, else the sentence of the manual without its rule numbers."""
    bekend = EIGEN.get(pad) or LABELS.get(pad)
    if bekend:
        return _(bekend)
    zin = re.sub(r"\s*\([^()]*[A-Z]{2,3}-\d+[^()]*\)", "", _handleiding().get(pad, "")).strip().rstrip(".")
    return zin or pad.rpartition(".")[2].replace("_", " ").capitalize()


def label_of_field(pad: str) -> str:
    """What any field is called: a fact, or a column of a child, person or address."""
    soort, _punt, rest = pad.partition(".")
    vorm = {"jeugdige": KIND, "persoon": PERSOON, "adres": ADRES}.get(soort, ())
    for naam, label, _kind, _keuzes in vorm:
        if rest.count(".") == 1 and rest.endswith("." + naam):
            return _(label)
    return label_van(pad) if pad in feitsoorten() else pad.replace("_", " ")


def regels_van(pad: str) -> tuple[str, ...]:
    """The rules that the manual names for a fact."""
    return tuple(REGELNUMMER.findall(_handleiding().get(pad, "")))


def groups(beeld: Casusbeeld) -> Iterator[dict[str, Any]]:
    """First what the advice still asks, then every other fact in sight by group; each group says how much is filled in."""
    gevraagd = [
        q for q in beeld.advies.get("vragen", ()) if q["veld"] in feitsoorten() and q["veld"] not in DOOR_EEN_STAP
    ]
    if gevraagd:
        velden = [
            veld(beeld, q["veld"])._replace(label=q["vraag"], waarom=q["waarom"], regels=tuple(q["regels"]))
            for q in gevraagd
        ]
        yield {
            "sleutel": "vragen",
            "naam": _("Wat de afspraken nu vragen"),
            "velden": velden,
            "open": True,
            "gevuld": 0,
        }
    over = {q["veld"] for q in gevraagd} | DOOR_EEN_STAP
    per: dict[str, list[Feitveld]] = {}
    for pad in feitsoorten():
        if (
            pad not in over
            and part_of_field(pad) in beeld.zicht
            and (beeld.oefening or not pad.startswith("oefening."))
        ):
            per.setdefault(pad.partition(".")[0], []).append(veld(beeld, pad))
    for groep, velden in per.items():
        gevuld = sum(1 for v in velden if v.waarde)
        yield {
            "sleutel": groep,
            "naam": _(GROEPNAAM.get(groep, groep)),
            "velden": velden,
            "open": False,
            "gevuld": gevuld,
        }


def veld(beeld: Casusbeeld, pad: str) -> Feitveld:
    """The field of one fact."""
    soort = feitsoorten()[pad]
    ruw = beeld.feiten.get(pad)
    keuzes: tuple[tuple[str, str], ...] = ()
    kind = soort.soort
    if kind in ("keuze", "antwoord") or (kind == "getal" and soort.keuzes):
        keuzes = tuple((w, word(w)) for w in soort.keuzes)
        kind = "keuze"
    elif kind == "janee":
        keuzes, kind = (("ja", _("Ja")), ("nee", _("Nee"))), "keuze"
    hint = {"lijst": _("Komma's ertussen."), "tabel": _("Per regel: wat, dubbele punt, waarom.")}.get(kind, "")
    return Feitveld(pad, label_van(pad), kind, keuzes, as_text(ruw), json.dumps(ruw), regels_van(pad), hint=hint)


def as_text(ruw: Any) -> str:
    """A kept value as a form shows it."""
    if ruw is None:
        return ""
    if isinstance(ruw, bool):
        return "ja" if ruw else "nee"
    if isinstance(ruw, list):
        return ", ".join(str(een) for een in ruw)
    if isinstance(ruw, Mapping):
        return "\n".join(f"{naam}: {waarde}" for naam, waarde in ruw.items())
    if isinstance(ruw, date):
        return ruw.isoformat()
    if isinstance(ruw, str) and "T" in ruw and re.match(r"\d{4}-\d{2}-\d{2}T", ruw):
        try:
            return invulmoment(datetime.fromisoformat(ruw))
        except (ValueError, OverflowError):
            return ruw  # A text that only looks like a moment.
    return str(ruw)


def from_text(pad: str, tekst: str) -> Any:
    """What was typed in a field of a fact as the record takes it: a list for commas, a table for lines."""
    soort = feitsoorten().get(pad)
    if soort is not None and soort.soort == "lijst":
        return [een.strip() for een in tekst.split(",") if een.strip()] or None
    if soort is not None and soort.soort == "tabel":
        regels = (regel.partition(":") for regel in tekst.splitlines() if regel.strip())
        return {naam.strip(): waarom.strip() for naam, _dubbel, waarom in regels} or None
    return tekst


def now_kept(regio: str, pad: str, tekst: str) -> str:
    """What stands in a field after this was kept, as JSON, for the next time; of a field of a row the text itself."""
    if pad not in feitsoorten():
        return json.dumps(tekst)
    try:
        return json.dumps(lees_feit(regio, pad, from_text(pad, tekst)).waarde)
    except Onleesbaar:
        return json.dumps(tekst)


KIND: tuple[tuple[str, str, str, tuple[tuple[str, str], ...]], ...] = (
    ("voornaam", N_("Voornaam"), "tekst", ()),
    ("achternaam", N_("Achternaam"), "tekst", ()),
    ("geboortedatum", N_("Geboortedatum"), "dagtekst", ()),
    ("leeftijd", N_("Leeftijd, als de dag onbekend is"), "tekst", ()),
    ("ongeboren", N_("Nog niet geboren"), "keuze", (("ja", N_("Ja")), ("nee", N_("Nee")))),
    ("uitgerekend_datum", N_("Uitgerekend op"), "dagtekst", ()),
    ("bsn", N_("BSN"), "tekst", ()),
    (
        "geslacht", N_("Geslacht"), "keuze",
        (("meisje", N_("Meisje")), ("jongen", N_("Jongen")), ("anders", N_("Anders")), ("onbekend", N_("Weet niet"))),
    ),
    ("sector", N_("Waar ligt de vraag vooral?"), "keuze", (("J&O", "J&O"), ("LVB", "LVB"), ("GGZ", "GGZ"))),
    ("waar_nu", N_("Waar is het kind nu?"), "tekst", ()),
)  # fmt: skip
PERSOON: tuple[tuple[str, str, str, tuple[tuple[str, str], ...]], ...] = (
    ("rol", N_("Wie is dit?"), "lijst", tuple((rol, ROLNAAM.get(rol, rol)) for rol in PERSOONSROLLEN)),
    ("naam", N_("Naam"), "tekst", ()),
    ("telefoon", N_("Telefoon"), "tel", ()),
    ("gezag", N_("Gezag?"), "keuze", (("ja", N_("Ja")), ("nee", N_("Nee")), ("onbekend", N_("Weet niet")))),
    ("woont_thuis", N_("Woont waar het kind woont?"), "keuze", (("ja", N_("Ja")), ("nee", N_("Nee")))),
    ("gevaar", N_("Is deze persoon een gevaar?"), "keuze", (("ja", N_("Ja")), ("nee", N_("Nee")))),
    ("geboortedatum", N_("Geboortedatum"), "dagtekst", ()),
    ("organisatie", N_("Organisatie"), "tekst", ()),
    ("taal", N_("Tolk nodig: welke taal?"), "tekst", ()),
    ("opmerking", N_("Opmerking"), "tekst", ()),
)
ADRES: tuple[tuple[str, str, str, tuple[tuple[str, str], ...]], ...] = (
    ("soort", N_("Welk adres?"), "keuze", (("woont", N_("Woonadres")), ("nu", N_("Hier is het kind nu")))),
    ("straat", N_("Straat en nummer"), "tekst", ()),
    ("postcode", N_("Postcode"), "tekst", ()),
    ("plaats", N_("Plaats"), "tekst", ()),
    ("geheim", N_("Geheim adres?"), "keuze", (("ja", N_("Ja")), ("nee", N_("Nee")))),
)


def row_fields(soort: str, rij: Mapping[str, Any], weg: frozenset[str] = frozenset()) -> list[Feitveld]:
    """The fields of a child, person or address without those in `weg`; a secret address has none to type over but its
    mark."""
    vorm = {"jeugdige": KIND, "persoon": PERSOON, "adres": ADRES}[soort]
    uit = []
    for naam, label, kind, keuzes in vorm:
        if naam in weg or (soort == "adres" and rij.get("geheim") and naam in ("straat", "postcode", "plaats")):
            continue
        ruw = rij.get("leeftijd_ingevuld" if (soort, naam) == ("jeugdige", "leeftijd") else naam)
        waarde = ruw.strftime("%d-%m-%Y") if isinstance(ruw, date) else as_text(ruw)
        if kind == "keuze" and ruw is False and naam in ("ongeboren", "gevaar", "geheim"):
            waarde = "nee"
        vertaald = tuple((w, _(n) if n else n) for w, n in keuzes)
        uit.append(Feitveld(f"{soort}.{rij['id']}.{naam}", _(label), kind, vertaald, waarde, json.dumps(waarde)))
    return uit
