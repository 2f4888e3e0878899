# SPDX-License-Identifier: EUPL-1.2
"""The night shift of the demo: ten steps through one casus, each ticked when the record shows that it was done.

Only for a database that the demo made. The casus is the newest one of the region of the walk that began after the filling;
of it nothing is told but its number and which steps are done.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from vangnet.access.accounts import is_demo
from vangnet.access.actor import Actor
from vangnet.access.middleware import actor_for
from vangnet.access.models import Functie, Proefinstallatie
from vangnet.access.slot import asks
from vangnet.casework.models import Casus
from vangnet.rules.tekst import T

from .acties import regie_is_over
from .dossier import Dossier, read_dossier

REGIO = "zuid-limburg"
WERKER, REGISSEUR = "crisismedewerker", "toegangsmedewerker"
GEMEENTE = "Heerlen"


@dataclass(frozen=True)
class Stap:
    """One step of the walk: what to do and why (templates), as whom, which form of the casus (`stap`; empty for the page
    itself), whether it is done, and whether it is the first one that is not."""

    nummer: int
    wat: str
    hoe: str
    rol: str
    stap: str = ""
    klaar: bool = False
    nu: bool = False


@dataclass(frozen=True)
class Loop:
    """The walk as far as it went."""

    stappen: tuple[Stap, ...]
    casus_id: UUID | None
    nummer: str
    werker_id: UUID | None
    werker: str
    regisseur_id: UUID | None
    regisseur: str
    melding_id: UUID | None

    @property
    def klaar(self) -> int:
        """How many steps are done."""
        return sum(stap.klaar for stap in self.stappen)


@dataclass(frozen=True)
class _Plan:
    wat: str
    hoe: str
    rol: str
    stap: str
    klaar: Callable[[Dossier], bool]


def _over(d: Dossier) -> bool:
    """Whether the lead has passed, also once the casus is closed and nobody leads it."""
    return regie_is_over(d) or (d.casus.gesloten_op is not None and d.gehouden_rto is not None)


PLAN: tuple[_Plan, ...] = (
    _Plan(
        T("Begin een melding"),
        T("Een moeder uit Heerlen belt: haar zoon Jesse (14) staat na een ruzie buiten en wil niet naar binnen. Typ de voornaam."),
        WERKER, "melding", lambda d: any(k.voornaam for k in d.kinderen),
    ),
    _Plan(
        T("Maak de melding af"),
        T("Vul Heerlen in, wie belt, en dat er geen GI bij het gezin betrokken is. Het voorstel staat ernaast. Kies: naar het gezin."),
        WERKER, "melding", lambda d: d.waarde("triage.uitkomst") == "crisis",
    ),
    _Plan(
        T("Vertrek"),
        T("Leg vast wie gaat en hoe laat je terug bent. Ben je dan niet terug, dan belt een collega."),
        WERKER, "inschatting", lambda d: d.feit("inschatting.vertrek_op") is not None,
    ),
    _Plan(
        T("Je bent er"),
        T("Leg vast dat je bij het gezin bent."),
        WERKER, "inschatting", lambda d: d.feit("inschatting.op") is not None,
    ),
    _Plan(
        T("Besluit: crisis"),
        T("Schrijf met wie je overlegde en waarom. Zonder dit besluit begint er geen crisishulp."),
        WERKER, "besluit", lambda d: d.waarde("inschatting.crisis") is True,
    ),
    _Plan(
        T("Kies de lichtste hulp die past"),
        T("Jesse kan thuis slapen als er morgen iemand komt. Kies bijvoorbeeld Families First."),
        WERKER, "inzet", lambda d: bool(d.hulp),
    ),
    _Plan(
        T("Vertel hoe lang het duurt, en begin"),
        T("Eerst horen de ouders hoe lang deze hulp hooguit duurt. Dan leg je vast dat ze begonnen is. De klok loopt."),
        WERKER, "inzet_begin", lambda d: any(i.ouders_geinformeerd_op and i.van for i in d.hulp),
    ),
    _Plan(
        T("Plan het RTO en nodig Toegang Heerlen uit"),
        T("Het voorstel is de dag die is afgesproken. Voor deze oefening plan je het straks, vandaag; schrijf als reden: oefening."),
        WERKER, "rto", lambda d: bool(d.rtos),
    ),
    _Plan(
        T("Leg het RTO vast"),
        T("Perspectief, een veiligheidsplan van één regel, en wie procesregisseur wordt: Toegang Heerlen, en die was erbij. Dan gaat de regie over."),
        WERKER, "rto_verslag", _over,
    ),
    _Plan(
        T("Rond af als procesregisseur"),
        T("Leg als crisismedewerker vast dat de hulp klaar is en waar Jesse slaapt. Meld je dan aan bij Toegang Heerlen. De casus staat in Mijn werk. Bepaal het vervolg en sluit de casus."),
        REGISSEUR, "afsluiten", lambda d: d.casus.gesloten_op is not None and d.casus.uitkomst == "afgesloten",
    ),
)  # fmt: skip
"""The ten steps; nothing of it is an agreement."""


def show_walk(op: datetime) -> Loop | None:
    """The walk as the record shows it now; None in any database that the demo did not make."""
    if not is_demo():
        return None
    werker, regisseur = _person(WERKER), _person(REGISSEUR)
    d = _newest(actor_for(werker), op) if werker else None
    af = [d is not None and plan.klaar(d) for plan in PLAN]
    eerste = next((n for n, klaar in enumerate(af) if not klaar), len(af))
    stappen = tuple(
        Stap(n, plan.wat, plan.hoe, plan.rol, _form(plan, d), klaar, n - 1 == eerste)
        for n, (plan, klaar) in enumerate(zip(PLAN, af, strict=True), 1)
    )
    return Loop(
        stappen,
        d.casus.id if d else None,
        d.casus.nummer if d else "",
        werker.medewerker_id if werker else None,
        werker.medewerker.naam if werker else "",
        regisseur.medewerker_id if regisseur else None,
        regisseur.medewerker.naam if regisseur else "",
        d.melding.id if d else None,
    )


@asks
def _newest(actor: Actor, op: datetime) -> Dossier | None:
    """The newest casus of this service that the demo did not make."""
    sinds = Proefinstallatie.objects.values_list("op", flat=True).get()
    casus = Casus.objects.filter(regio=REGIO, begonnen_op__gt=sinds).order_by("-begonnen_op").first()
    return read_dossier(casus.id) if casus else None


def _form(plan: _Plan, d: Dossier | None) -> str:
    """The form of a step now: the parents first hear how long help lasts, then it is written down that it began."""
    if plan.stap == "inzet_begin" and d is not None and not any(i.ouders_geinformeerd_op for i in d.hulp):
        return "ouders"
    return plan.stap


def _person(rol: str) -> Functie | None:
    """The first person of the walk's region with this function; of an access, that of its municipality."""
    gevonden = Functie.objects.filter(rol=rol, organisatie__regio=REGIO, tot__isnull=True).select_related("medewerker")
    if rol == REGISSEUR:
        gevonden = gevonden.filter(organisatie__gemeente=GEMEENTE)
    return gevonden.order_by("id").first()
