# SPDX-License-Identifier: EUPL-1.2
"""Work the clocks of open casussen out anew after something changed that is no fact of a casus: the region's choices, its holidays,
closing days, the ladder. First the difference, then, when a person says so, the clocks themselves.

Nothing is kept about what still has to be done: whoever asks gets it worked out. Every casus is a transaction of its own, so what
was cut off goes on where it stopped. A casus keeps the version of the agreements under which it began; it moves to a newer one only
when that is asked for (docs/besluiten/0012).
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice
from uuid import UUID

from django.db import connection

from vangnet.access.actor import Actor
from vangnet.access.log import note
from vangnet.access.models import Deel, Functie, Rol
from vangnet.access.rechten import may
from vangnet.access.slot import asking, asks
from vangnet.access.weigering import Weigering
from vangnet.access.zicht import lopend
from vangnet.casework.gebeurtenissen import HERREKEND_IN
from vangnet.casework.models import Casus, Jeugdige
from vangnet.clocks.models import Klok
from vangnet.clocks.veldzicht import deel_van_klok
from vangnet.policy.fouten import Ongeldig
from vangnet.rules.advies import Advies
from vangnet.rules.tekst import waarde_in_woorden

from . import current_register
from .advise_dossier import advise_children
from .besluit import Lezer
from .dossier import Dossier, read_dossiers
from .klokken import VERANDERLIJK, ZICHTBAAR, Verschil, keep_clocks, standen, verschillen, wake_anew
from .weigeringen import GeenRecht
from .werk import working_on

MERK = "termijn.herrekenen"
BIJ = frozenset({Deel.REGIE, Deel.CRISISHULP})
"""The parts of the crisis service whose coordinator works the clocks out anew: it leads, or keeps its part in the help."""
SAMEN = 100
"""Casussen that are read in one statement."""
NIEMAND = UUID(int=0)

Adviseer = Callable[[], tuple[dict[Jeugdige | None, Advies | None], int]]


@dataclass(frozen=True)
class Casusverschil:
    """What would change, or changed, in the clocks of one casus."""

    casus_id: UUID
    nummer: str
    verschillen: tuple[Verschil, ...] = ()
    versie: date | None = None
    """The version of the agreements that it keeps."""
    naar: date | None = None
    """The newer version that it moves to; None when it stays."""
    kan_niet: str = ""
    """tegenspraak: its facts contradict each other, so its clocks run on as they are. versie: its facts do not fit the newer version,
    so it keeps its own."""

    @property
    def zichtbaar(self) -> tuple[Verschil, ...]:
        """What somebody notices: deadlines that move, begin, lapse or end."""
        return tuple(v for v in self.verschillen if v.soort in ZICHTBAAR)

    @property
    def stil(self) -> int:
        """How many clocks only get other rules, words, or another moment to warn."""
        return len(self.verschillen) - len(self.zichtbaar)

    @property
    def verandert(self) -> bool:
        """Whether there is anything to write."""
        return bool(self.verschillen or self.naar)


@dataclass(frozen=True)
class Telling:
    """How much would change, without saying where."""

    casussen: int = 0
    """Open casussen that were looked at."""
    anders: int = 0
    """Of them those in which a deadline changes."""
    termijnen: int = 0
    """Deadlines that change."""


@dataclass(frozen=True)
class Herrekend:
    """How far the work is."""

    gedaan: int
    totaal: int
    een: Casusverschil | None = None
    """The casus that was done last; None when that one failed."""
    fout: str = ""
    """Why that one was left as it was: the sentence of a refusal."""


def _anew(
    d: Dossier, op: datetime, adviseer: Adviseer, naar: date | None
) -> tuple[Casusverschil, list[Klok], list[Klok]]:
    """Bring the clocks of a casus in step, in memory: the difference, the clocks that changed, and those of which only the moment
    to look at them did."""
    was, eigen, voor = standen(d), d.casus.versie_afspraken, d.casus.inzet_voor_besluit
    adviezen, mis = adviseer()
    kan_niet = "" if any(adviezen.values()) else "tegenspraak"
    if naar is not None and naar > eigen and not kan_niet:
        afspraken = current_register().versie(d.casus.regio, naar)
        assert afspraken is not None
        d.casus.versie_afspraken, d.casus.inzet_voor_besluit = naar, afspraken.zorg.na_besluit is None
        nieuw, fouten = adviseer()
        if fouten > mis or not all(nieuw.values()):
            d.casus.versie_afspraken, d.casus.inzet_voor_besluit, kan_niet = eigen, voor, "versie"
            adviseer()
        else:
            adviezen = nieuw
    anders = keep_clocks(d, adviezen, op)
    wekken = wake_anew(d, op)
    nu = d.casus.versie_afspraken
    uit = Casusverschil(
        d.casus.id, d.casus.nummer, tuple(verschillen(was, d)), eigen, nu if nu != eigen else None, kan_niet
    )
    return uit, anders, wekken


def _batches(ids: Iterable[UUID], n: int = SAMEN) -> Iterator[list[UUID]]:
    rest = iter(ids)
    while groep := list(islice(rest, n)):
        yield groep


def _newest(regio: str, op: datetime) -> date:
    """The first day of the version that a casus would get that began now.

    Errors: `OnbekendeRegio`, `VoorEersteVersie`."""
    return current_register().op(regio, op).regio.geldig_vanaf


def _differences(ids: Iterable[UUID], op: datetime, nieuwste: bool) -> Iterator[Casusverschil]:
    """Per open casus in sight what would change, by number within each batch."""
    for groep in _batches(ids):
        for d in read_dossiers(groep):
            if d.casus.gesloten_op is None:
                naar = _newest(d.casus.regio, op) if nieuwste else None
                yield _anew(d, op, lambda d=d: advise_children(d, op), naar)[0]


@asks
def open_here(actor: Actor, op: datetime) -> list[UUID]:
    """The open casussen of which this coordinator may work the clocks out anew, by number.

    Errors: `GeenRecht`."""
    if not may(actor.rol, MERK):
        raise GeenRecht(merk=MERK)
    mijn = [casus_id for casus_id, eigen in lopend(actor, op).items() if eigen.delen & BIJ]
    rijen = Casus.objects.filter(id__in=mijn, gesloten_op=None)
    return list(rijen.order_by("nummer").values_list("id", flat=True))


@asks
def difference(
    actor: Actor, op: datetime, casus_ids: Sequence[UUID] | None = None, nieuwste: bool = False
) -> list[Casusverschil]:
    """What would change in the open casussen of this coordinator, or in these of them; writes nothing but a line in the log.

    Errors: `GeenRecht`."""
    mag = open_here(actor, op)
    gevraagd = mag if casus_ids is None else [i for i in mag if i in set(casus_ids)]
    uit = list(_differences(gevraagd, op, nieuwste))
    note(actor, "inzien", "termijn", op, toelichting=f"verschil van {len(uit)} casussen")
    return uit


def recompute(actor: Actor, op: datetime, casus_id: UUID, nieuwste: bool = False, reden: str = "") -> Casusverschil:
    """Work the clocks of one casus out anew, in the name of who does it, and say on its timeline what moved and why; returns what
    changed. With `nieuwste` the casus moves to the newest agreements of its region first.

    Errors: `OngeldigeInvoer` for a reason that is too long; those of `working_on`."""
    lezer = Lezer()
    waarom = lezer.tekst("reden", reden, 300)
    lezer.klaar()
    with working_on(actor, casus_id, MERK, op) as werk:
        if werk.delen.isdisjoint(BIJ):
            raise GeenRecht(merk=MERK)

        def adviseer() -> tuple[dict[Jeugdige | None, Advies | None], int]:
            werk.changed()
            return werk.adviezen(), werk.tegenspraken

        naar = _newest(werk.casus.regio, op) if nieuwste else None
        uit, anders, wekken = _anew(werk.d, op, adviseer, naar)
        for klok in anders:
            werk.save(klok, *VERANDERLIJK)
        for klok in wekken:
            werk.save(klok, "wek_op")
        _tell(werk.event, uit, waarom)
    return uit


def _tell(event: Callable[..., object], uit: Casusverschil, waarom: str) -> None:
    if uit.naar is not None:
        gegevens = {"dag": uit.naar.isoformat(), "van": uit.versie.isoformat() if uit.versie else "", "reden": waarom}
        event("afspraken_nieuwer", gegevens=gegevens, reden=waarom)
    for deel in HERREKEND_IN:
        hier = [v for v in uit.zichtbaar if deel_van_klok(v.sleutel) == deel]
        if hier:
            event(
                f"herrekend_{deel}",
                gegevens={
                    "wat": "; ".join(map(in_words, hier)),
                    "reden": waarom,
                    "termijnen": [_plain(v) for v in hier],
                },
                reden=waarom,
                regels=tuple(dict.fromkeys(regel for v in hier for regel in v.regels)),
            )


def in_words(v: Verschil) -> str:
    """A difference as it is kept on the timeline: what, was, becomes."""
    was, wordt = (waarde_in_woorden(x) if x else "" for x in (v.was, v.wordt))
    zin = {
        "verschuift": f"was {was}, is nu {wordt}",
        "begint": f"nieuw, uiterlijk {wordt}",
        "vervalt": f"vervalt, was {was}",
    }.get(v.soort, f"gedaan, was {was}")
    return f"{v.wat}: {zin}"


def _plain(v: Verschil) -> dict[str, str]:
    return {
        "sleutel": v.sleutel,
        "was": v.was.isoformat() if v.was else "",
        "wordt": v.wordt.isoformat() if v.wordt else "",
    }


def recompute_all(
    actor: Actor, nu: Callable[[], datetime], casus_ids: Sequence[UUID], nieuwste: bool = False, reden: str = ""
) -> Generator[Herrekend, None, None]:
    """The same for many, each in a transaction of its own: one that is refused holds up no other. Only casussen in which something
    changes are touched; `nu` gives each its own moment. Whoever stops listening stops it between two casussen; asking again goes on with what is left.

    Errors: `GeenRecht`, `OngeldigeInvoer`, before anything was done."""
    lezer = Lezer()
    lezer.tekst("reden", reden, 300)
    lezer.klaar()
    werk = [v for v in difference(actor, nu(), casus_ids, nieuwste) if v.verandert]
    yield Herrekend(0, len(werk))
    for nummer, een in enumerate(werk, 1):
        try:
            yield Herrekend(nummer, len(werk), recompute(actor, nu(), een.casus_id, nieuwste, reden))
        except (Weigering, Ongeldig) as nee:
            fout = nee.zin() if isinstance(nee, Weigering) else type(nee).__name__
            yield Herrekend(nummer, len(werk), een, fout)


def difference_of_region(
    regio: str,
    op: datetime,
    gemeente: str = "",
    nieuwste: bool = False,
    voortgang: Callable[[int, int], None] | None = None,
) -> list[Casusverschil]:
    """What would change in every open casus of a region, or of one municipality: for the operator of the installation, who reads
    numbers of casussen and deadlines, and of no family. Looks across organisations, each casus in the name of who leads it; the
    names of what moves are those of the agreements."""
    per: dict[UUID, list[UUID]] = {}
    with connection.cursor() as cursor:
        cursor.execute("select casus_id, organisatie_id from vangnet_open_casussen(%s, %s, %s)", [regio, gemeente, op])
        for casus_id, organisatie_id in cursor.fetchall():
            per.setdefault(organisatie_id, []).append(casus_id)
    totaal, uit = sum(map(len, per.values())), []
    for organisatie_id, ids in per.items():
        for groep in _batches(ids):
            with asking(Actor(NIEMAND, "", organisatie_id, "", "", "", regio), op):
                uit += _differences(groep, op, nieuwste)
            if voortgang is not None:
                voortgang(len(uit), totaal)
    return sorted(uit, key=lambda v: v.nummer)


def count_changes(regio: str, op: datetime, gemeente: str = "") -> Telling:
    """How many deadlines of open casussen would change, as a number: for who files closing days and sees none of those casussen."""
    alle = difference_of_region(regio, op, gemeente)
    anders = [v for v in alle if v.zichtbaar]
    return Telling(len(alle), len(anders), sum(len(v.zichtbaar) for v in anders))


def coordinator(regio: str, email: str, op: datetime) -> Actor | None:
    """The coordinator of a crisis service in this region with this address, as who the command acts; None when there is none."""
    functie = (
        Functie.objects.select_related("medewerker", "organisatie")
        .filter(medewerker__email__iexact=email.strip(), medewerker__is_active=True, rol=Rol.COORDINATOR)
        .filter(organisatie__regio=regio, van__lte=op)
        .exclude(tot__lte=op)
        .order_by("van")
        .first()
    )
    if functie is None:
        return None
    m, o = functie.medewerker, functie.organisatie
    return Actor(m.id, m.naam, o.id, o.naam, o.soort, functie.rol, o.regio, o.gemeente)
