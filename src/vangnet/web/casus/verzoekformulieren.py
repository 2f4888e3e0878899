# SPDX-License-Identifier: EUPL-1.2
"""The forms of a request, by where it stands; and the walk through the file as its page draws it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from vangnet.process.prepare_afschrift import GEVEN, Keuzestand
from vangnet.process.show_verzoek import Verzoekbeeld, Wandelbeeld
from vangnet.process.verzoek import BESLUITWOORD, IDENTITEIT
from vangnet.web.casus.formulieren import Formulier, Veld, janee
from vangnet.web.handelen import Fout, Poging

NA_BESLUIT = frozenset({"afmaken", "klaar", "fg"})


def build(b: Verzoekbeeld, poging: Poging | None = None) -> list[Formulier]:
    """What can be done now, the next first; after a refused attempt with what was typed and what was wrong with it."""
    forms = list(_forms(b))
    bedoeld = poging.getypt.get("formulier", "") if poging else ""
    return [
        replace(f, velden=tuple(v.met(poging) for v in f.velden), dicht=False) if f.sleutel == bedoeld else f
        for f in forms
    ]


def named(forms: Iterable[Formulier], poging: Poging | None) -> list[Fout]:
    """The faults under the words that stand at their field."""
    labels = {v.naam: v.label for f in forms for v in f.velden if v.label}
    return [fout._replace(veld=labels.get(fout.veld, fout.veld)) for fout in poging.fouten] if poging else []


def _forms(b: Verzoekbeeld) -> Iterable[Formulier]:
    v = b.v
    if b.stand in ("nagaan", "kiezen", "besluiten") and (not v["besluit"] or v["fg_akkoord"] is False):
        yield Formulier(
            "identiteit",
            _("Leg vast"),
            (
                Veld(
                    "identiteit", _("Hoe weet je wie vraagt?"), "keuze", tuple((k, _(w)) for k, w in IDENTITEIT.items()),
                    v["identiteit"], verplicht=True,
                ),
                janee(
                    "mag", _("Mag deze persoon dit vragen?"), {True: "ja", False: "nee"}.get(v["mag_vragen"], ""), verplicht=True
                ),
                Veld(
                    "reden", _("Waarom wel of niet?"), "lang", waarde=v["mag_reden"], verplicht=True, hooguit=300,
                    hint=_("Gezag, leeftijd, machtiging. Onder twaalf vraagt wie gezag heeft, vanaf zestien de jeugdige zelf. Zo leest Vangnet de Jeugdwet (paragraaf 7.3); twijfel je, vraag de FG."),
                ),
            ),
            _("Wie vraagt, en mag dat?"),
            dicht=b.stand != "nagaan",
        )  # fmt: skip
    if b.stand not in NA_BESLUIT:
        yield _decision(b)
    if b.stand == "afmaken":
        yield Formulier(
            "klaar",
            _("Verzoek is beantwoord"),
            (Veld("hoe", _("Hoe kwam het antwoord bij de vrager?"), verplicht=True, hint=_("Meegegeven na legitimatie, aangetekend gestuurd."), hooguit=300),),
            _("Geef het antwoord"),
        )  # fmt: skip
    if v["soort"] in ("correctie", "aanvulling") and not v["verklaring"]:
        yield Formulier(
            "verklaring",
            _("Voeg de verklaring toe"),
            (Veld("verklaring", _("In de woorden van de vrager"), "lang", verplicht=True, hooguit=20_000),),
            _("Eigen verklaring bij het dossier"),
            _("Wie een correctie niet krijgt, mag zijn eigen verklaring laten toevoegen. Wie het dossier leest, leest die ook."),
            dicht=v["soort"] == "correctie" and v["besluit"] != "geweigerd",
        )  # fmt: skip
    if b.stand not in NA_BESLUIT and v["verlengd_op"] is None and v["soort"] != "vernietiging":
        yield Formulier(
            "verleng",
            _("Verleng met twee maanden"),
            (Veld("reden", _("Waarom duurt het langer?"), "lang", verplicht=True, hooguit=300, hint=_("De vrager krijgt dit te lezen, binnen de eerste maand.")),),
            _("Termijn verlengen"),
            _("Eén keer, hooguit twee maanden: AVG artikel 12 lid 3."),
            dicht=True,
            licht=True,
        )  # fmt: skip


def _decision(b: Verzoekbeeld) -> Formulier:
    v = b.v
    alleen_nee = b.met_afschrift or v["mag_vragen"] is not True
    woorden = ["geweigerd", "ingetrokken"] if alleen_nee else ["toegewezen", "geweigerd", "ingetrokken"]
    if not alleen_nee and v["soort"] != "vernietiging":
        woorden.insert(1, "gedeeltelijk")
    velden = [
        Veld("was", "", "verborgen", waarde=v["besluit"]),
        Veld(
            "besluit", _("Besluit"), "keuze", tuple((w, _(BESLUITWOORD[w]).capitalize()) for w in woorden), verplicht=True
        ),
        Veld("grond", _("Bij weigeren: op welke grond?"), "lijst", (("", _("kies")), *((k, _(w)) for k, w in b.gronden))),
        Veld("reden", _("Toelichting"), "lang", hooguit=4000, hint=_("Bij weigeren: wat de vrager te lezen krijgt, binnen een maand. Zeg ook dat die kan klagen bij de Autoriteit Persoonsgegevens en naar de rechter kan (AVG artikel 12 lid 4). Bij correctie: wat er nu anders staat.")),
    ]  # fmt: skip
    if b.herstellen:
        velden.append(Veld("hersteld_met", _("Hersteld met"), "lijst", (("", _("niet in de lijst")), *b.herstellen)))
    uitleg = ""
    if v["soort"] == "vernietiging":
        uitleg = _(
            "Daarna leest de functionaris gegevensbescherming het besluit: op nummer en grond, zonder dossier. Dat is een keuze van Vangnet."
        )
    elif b.met_afschrift:
        uitleg = _(
            "Geven doe je hierboven: kies per passage, en laat een tweede lezen. Hier weiger je het hele verzoek."
        )
    titel = _("Weigeren of intrekken") if alleen_nee else _("Besluit")
    return Formulier(
        "besluit", _("Leg het besluit vast"), tuple(velden), titel, uitleg,
        dicht=b.stand in ("kiezen", "lezen", "nagaan"), licht=alleen_nee,
    )  # fmt: skip


@dataclass(frozen=True)
class Keuzeregel:
    """A passage with its choice, as a field."""

    stand: Keuzestand
    naam: str
    """The name of the field: the passage and the fingerprint of what stands there."""
    id: str
    keuze: str
    fout: str = ""


def walk(b: Wandelbeeld, poging: Poging | None = None) -> list[tuple[str, list[Keuzeregel]]]:
    """The passages under their headings; after a refused attempt with what was chosen."""
    koppen: dict[str, list[Keuzeregel]] = {}
    for n, stand in enumerate(b.wandeling.passages):
        p = stand.passage
        naam = f"k:{p.sleutel}:{p.vingerafdruk}"
        fout = poging.bij.get(f"{p.kop}: {p.naam}") if poging else None
        woorden = _("Gevonden: %(gevonden)s. Verwacht: %(verwacht)s.") % fout._asdict() if fout else ""
        keuze = poging.getypt.get(naam, stand.keuze) if poging else stand.keuze
        if p.nooit and keuze == GEVEN:
            keuze = "veiligheid"
        koppen.setdefault(p.kop, []).append(Keuzeregel(stand, naam, f"k{n}", keuze, woorden))
    return list(koppen.items())
