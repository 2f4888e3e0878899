# SPDX-License-Identifier: EUPL-1.2
"""A child whose municipality lies outside the region: what these agreements say of "the access" is not about that one.

The five texts speak only of children of the region itself, and X-12 leaves open which municipality is responsible. That
the child belongs to the municipality where it lives (woonplaatsbeginsel) is the law's, in none of the texts: no rule is
cited for it. The advice says that nothing was agreed, as an open question, wherever it would have named the access.
"""

from __future__ import annotations

from dataclasses import replace

from .advies import Advies
from .omstandigheden import PARTIJEN
from .openvraag import Lezing, OpenVraag
from .tekst import Gegevens, T, Waarde
from .uitspraak import Termijn, Uitspraak

VRAAG = "regie/buiten_regio"
LOKAAL = ("toegang", "toegang_of_gi", "wijkteam", "generalist", "lokaal_team", "save_team", "gemeente")
"""Parties that are those of a municipality of the region."""
NIET_AFGESPROKEN = "niet_afgesproken"
ZEGT = {
    "regie.procesregisseur": T("Wie procesregisseur wordt, is niet afgesproken: {gemeente} ligt buiten deze regio."),
    "regie.nu": T("Wie de regie heeft, is niet afgesproken: {gemeente} ligt buiten deze regio."),
}
"""Statements that name who leads, as they read when that is the access of another region."""
GEKOZEN = T("{dienst} houdt de regie tot een ander haar aanvaardt: dat koos deze regio voor {gemeente}.")
"""The same once the region chose the reading `crisisdienst`."""


def outside_region(advies: Advies, gemeente: str) -> Advies:
    """The advice for a child of `gemeente`, which is not of this region: nobody is named whom no agreement names, and the
    open question is there first. What does not speak of the access stays as it is."""
    lokaal = frozenset(advies.afspraken.partijen.get(partij) or PARTIJEN[partij] for partij in LOKAAL)
    dienst = advies.afspraken.partijen.get("crisisdienst") or PARTIJEN["crisisdienst"]
    inwoners = advies.afspraken.doelgroep.inwoners
    vraag = OpenVraag(
        VRAAG,
        T("{gemeente} ligt buiten deze regio. Wie heeft daar de regie, en wanneer gaat die over? Geen afspraak van deze regio zegt het."),
        {"gemeente": gemeente},
        (
            Lezing("crisisdienst", T("{dienst} houdt de regie tot een ander haar aanvaardt."), {"dienst": dienst}),
            Lezing("andere_regio", T("Zoals de regio van {gemeente} het afsprak: vraag het daar na."), {"gemeente": gemeente}),
        ),
        inwoners.regels if inwoners else advies.afspraken.regio.regels,
        advies.afspraken.keuzes.get(VRAAG),
    )  # fmt: skip
    if vraag.eerst not in {lezing.sleutel for lezing in vraag.lezingen}:
        vraag = vraag._replace(keuze=None)
    return replace(
        advies,
        uitspraken={k: _uitspraak(u, gemeente, lokaal, dienst, vraag) for k, u in advies.uitspraken.items()},
        termijnen={k: _termijn(t, gemeente, lokaal) for k, t in advies.termijnen.items()},
        open_vragen={VRAAG: vraag, **advies.open_vragen},
        vragen=tuple(v for v in advies.vragen if v.veld != "gemeente"),
    )


def _uitspraak(u: Uitspraak, gemeente: str, lokaal: frozenset[str], dienst: str, vraag: OpenVraag) -> Uitspraak:
    if u.sleutel in ZEGT and u.waarde in LOKAAL:
        if vraag.keuze is not None and vraag.eerst == "crisisdienst":
            return u._replace(
                waarde="crisisdienst",
                tekst=GEKOZEN,
                gegevens={"gemeente": gemeente, "dienst": dienst},
                open_vraag=VRAAG,
                lezingen=(("crisisdienst", "crisisdienst"), ("andere_regio", NIET_AFGESPROKEN)),
            )
        return u._replace(
            waarde=NIET_AFGESPROKEN,
            tekst=ZEGT[u.sleutel],
            gegevens={"gemeente": gemeente},
            open_vraag=VRAAG,
            lezingen=(),
        )
    anders = _named(u.gegevens, gemeente, lokaal)
    return u if anders is None else u._replace(gegevens=anders, open_vraag=u.open_vraag or VRAAG)


def _termijn(t: Termijn, gemeente: str, lokaal: frozenset[str]) -> Termijn:
    anders = _named(t.gegevens, gemeente, lokaal)
    return t if anders is None else t._replace(gegevens=anders, open_vraag=t.open_vraag or VRAAG)


def _named(gegevens: Gegevens, gemeente: str, lokaal: frozenset[str]) -> Gegevens | None:
    """The data of a sentence with the municipality in place of the access of the region; None when it is not in it."""
    naam = f"{gemeente} (buiten de regio)"

    def een(waarde: Waarde) -> Waarde:
        if isinstance(waarde, tuple):
            return tuple(naam if deel in lokaal else deel for deel in waarde)
        return naam if isinstance(waarde, str) and waarde in lokaal else waarde

    anders = {sleutel: een(waarde) for sleutel, waarde in gegevens.items()}
    return anders if anders != dict(gegevens) else None
