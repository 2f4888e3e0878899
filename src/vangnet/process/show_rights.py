# SPDX-License-Identifier: EUPL-1.2
"""The rights table as a document: who may do what to which thing on which condition, what each part in a casus
shows, and which part shows which field."""

from __future__ import annotations

from collections.abc import Iterator

from vangnet.access.models import Deel, Rol
from vangnet.access.rechten import CASUSROLLEN, IEDEREEN, TABEL
from vangnet.access.zicht import ALLES, PER_DEEL, nood_zicht, zicht

from .show_fields import fields_document

KOP = """<!-- SPDX-License-Identifier: EUPL-1.2 -->
# Wie mag wat

Gemaakt uit `access/rechten.py`, `access/zicht.py` en de `veldzicht.py` naast de modellen met `vangnet rechten --markdown > docs/rechten.md`; een test kijkt of het
klopt. Wat hier niet staat, mag niet. Een recht zegt wat een functie ooit kan doen; of het nu mag, hangt af van de voorwaarde.
Voor een casus is die: je eigen organisatie is er nu bij betrokken. Dat begint met de betrokkenheid en eindigt ermee. Elke blik,
elke wijziging en elke geweigerde poging is een regel in het log.
"""


def rights_document() -> str:
    """The whole document, as Markdown."""
    return "\n".join([KOP, *_rights(), "", *_sight(), "", *fields_document()])


def _rights() -> Iterator[str]:
    yield "## Rechten\n"
    yield "| Ding | Werkwoord | Wie | Voorwaarde | Waarom |"
    yield "|---|---|---|---|---|"
    for recht in TABEL:
        yield f"| {recht.ding} | {recht.werkwoord} | {_who(recht.rollen)} | {recht.voorwaarde} | {recht.reden} |"
    yield "\n## Per functie\n"
    yield "| Functie | Mag |"
    yield "|---|---|"
    for rol in Rol:
        marks = ", ".join(f"`{recht.merk}`" for recht in TABEL if rol in recht.rollen)
        yield f"| {rol.label} | {marks} |"


def _sight() -> Iterator[str]:
    yield "## Wat je van een casus ziet\n"
    yield "Per deel dat je organisatie in de casus heeft. Heeft zij er meer, dan samen; `profiel` (leeftijd en vraag, geen naam) telt"
    yield "alleen als er niets anders is. `kern` is voornaam, letter, leeftijd en gemeente.\n"
    for titel, rollen in _groups():
        yield f"### {titel}\n"
        yield f"Voor: {_who(frozenset(rollen))}.\n"
        yield "| Deel | Ziet |"
        yield "|---|---|"
        for deel in Deel:
            parts = zicht(rollen[0], [deel])
            yield f"| {deel.label} (`{deel.value}`) | {_parts(parts)} |"
        yield ""
    yield "Alle andere functies zien van geen enkele casus iets.\n"
    yield "### Noodtoegang\n"
    yield "Een uur, alleen kijken, voor wie dienst heeft en er niet bij betrokken is (docs/besluiten/0017):"
    yield f"{_parts(nood_zicht(geheim=False, adres_vrij=False))}. Is een adres geheim, dan zonder `contact`; die en het adres komen er pas bij"
    yield "als een tweede persoon ja zegt of er direct levensgevaar is."


def _groups() -> list[tuple[str, list[str]]]:
    """Functions with the same sight together, in the order of the table."""
    groups: dict[tuple[frozenset[str], ...], list[str]] = {}
    for rol in Rol:
        if rol in CASUSROLLEN:
            groups.setdefault(tuple(zicht(rol, [deel]) for deel in PER_DEEL), []).append(rol)
    names = [
        " en ".join(Rol(rol).label for rol in rollen[:2]) + (" en anderen" if len(rollen) > 2 else "")
        for rollen in groups.values()
    ]
    return list(zip(names, groups.values(), strict=True))


def _who(rollen: frozenset[str]) -> str:
    if rollen == IEDEREEN:
        return "iedereen"
    return ", ".join(rol.label for rol in Rol if rol in rollen)


def _parts(parts: frozenset[str]) -> str:
    if parts == ALLES:
        return "alles"
    if not parts:
        return "niets"
    missing = ALLES - parts
    if len(missing) <= 4 and parts <= ALLES:
        return "alles behalve " + ", ".join(sorted(missing))
    return ", ".join(sorted(parts))
