# SPDX-License-Identifier: EUPL-1.2
"""Putting right: moments, municipality, children, two casussen that are one, and who may not see it."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

from django.utils.translation import gettext as _

from vangnet.process.block_person import show_blocks
from vangnet.process.search_casus import find_casus
from vangnet.web.casus.formulieren import Formulier, Stap, Veld, reden_veld
from vangnet.web.domein import translated
from vangnet.web.templatetags.vangnet import dag as in_woorden
from vangnet.web.templatetags.vangnet import language

from .bouw import Bouw, hulpnaam


def herstel(b: Bouw) -> Stap:
    momenten = [
        ("melding", _("De melding")),
        ("vertrek", _("Vertrek naar het gezin")),
        ("aankomst", _("Aankomst bij het gezin")),
        ("besluit_crisis", _("Het besluit crisis")),
        ("rto", _("Het RTO")),
    ]
    for i in b.beeld.hulp:
        if i["van"]:
            momenten.append((f"inzet_van:{i['id']}", _("Begin van %(wat)s") % {"wat": hulpnaam(i)}))
        if i["tot"]:
            momenten.append((f"inzet_tot:{i['id']}", _("Einde van %(wat)s") % {"wat": hulpnaam(i)}))
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


def blokkade(b: Bouw) -> Stap:
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
