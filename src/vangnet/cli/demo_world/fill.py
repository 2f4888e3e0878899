# SPDX-License-Identifier: EUPL-1.2
"""Fill a region of the demo: its world, an ordinary evening, and a year that went before; all or nothing per region."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, time, timedelta
from random import Random
from typing import Any

from django.db import transaction

from vangnet.rules.kalender import lokaal
from vangnet.rules.tekst import AMSTERDAM

from .casussen import WAAROM_LATER, Filler, Plan, werkdag_na
from .names import Namen
from .world import REGIOS, Wereld, build_world, exists, lees

ZAAD = 20240401
"""The same seed gives the same families."""
AANTAL = {"zuid-limburg": 60, "noord-en-midden-limburg": 25, "lekstroom": 25}
"""How many casussen a region gets."""
PROEFSYSTEEM = "Proefsysteem"
"""How the system is called whose key the demo makes."""
Meld = Callable[[str, int, int], None]
"""Tells how far it is: region, how many are done, of how many."""


def fill_region(regio: str, nu: datetime, meld: Meld) -> int:
    """Make everything of one region in one transaction; returns how many casussen. A region that is there stays as it is:
    0. The database is marked as one of the demo, so that people sign in with one click."""
    from vangnet.access.accounts import mark_as_demo

    if exists(regio):
        return 0
    with transaction.atomic():
        kies = Random(ZAAD + REGIOS.index(regio))
        wereld = build_world(regio, nu)
        filler = Filler(wereld, Namen(lees("namen"), kies), lees("aanleidingen"), kies, nu)
        totaal = AANTAL[regio]
        gedaan = 0
        for maak in (*_past(filler, totaal - len(list(_evening(filler)))), *_evening(filler)):
            maak()
            gedaan += 1
            meld(regio, gedaan, totaal)
        _handed_over(wereld, nu)
        _keeping(wereld, nu)
        _waiting_key(wereld, nu)
        mark_as_demo(nu)
    return gedaan


def _keeping(wereld: Wereld, nu: datetime) -> None:
    """Something to see for who watches over keeping: a hold on the oldest dossier of a secret address, and an order to erase
    that waits for a second person. The oldest calls are past their term of a year by themselves."""
    from vangnet.access.slot import asking
    from vangnet.casework.models import Casus
    from vangnet.process.order_erasure import hold_casus, order_erasure

    fg, beheerder = wereld.met_rol("fg")[0], wereld.met_rol("beheerder")[0]
    dicht = Casus.objects.filter(regio=wereld.regio, gesloten_op__isnull=False, besluit_crisis_op__isnull=False)
    with asking(wereld.actoren[wereld.dienst.id][0], nu):
        nummers = list(dicht.order_by("-geheim", "begonnen_op").values_list("nummer", flat=True)[:2])
    if len(nummers) == 2:
        hold_casus(fg, nu, nummers[0], "Een klacht loopt nog", "Klachtencommissie Jeugd (verzonnen)")
        order_erasure(beheerder, nu, nummers[1], "verzoek", "Brief van de moeder, samen met de jongere")


GEZEGD = (
    "De ouders bellen zelf als het vannacht weer misgaat; ze hebben ons nummer.",
    "School weet nog van niets. Niet bellen voor de ouders het zelf verteld hebben.",
)
OVER_DE_DIENST = "Rustig na het eten. De dienstauto staat op plek 4 en is getankt."
"""What was said at the change of shift of the demo; all of it made up."""


def _handed_over(wereld: Wereld, nu: datetime) -> None:
    """The last change of shift, handed over and received. The rows are written as they were then: the use case signs for now
    only, and the casussen of the demo have gone on since."""
    from vangnet.access.slot import asking
    from vangnet.capacity.models import Dienst, Dienstoverdracht, Dienstoverdrachtregel
    from vangnet.casework.models import Casus, Gebeurtenis

    from .world import DIENSTEN

    vandaag = lokaal(nu).date()
    wissels = [datetime.combine(vandaag - timedelta(days=dag), van, AMSTERDAM) for dag in (0, 1) for van, _ in DIENSTEN]
    wissel = max(een for een in wissels if een <= nu - timedelta(minutes=30))
    mensen = {a.medewerker_id: a for a in wereld.actoren[wereld.dienst.id]}
    wacht = Dienst.objects.filter(organisatie_id=wereld.dienst.id, taak="voorwacht")
    gever, ontvanger = (mensen[wacht.get(**wanneer).medewerker_id] for wanneer in ({"tot": wissel}, {"van": wissel}))
    getekend, ontvangen = wissel - timedelta(minutes=6), wissel + timedelta(minutes=3)
    versies: dict[str, list[tuple[Any, int]]] = {}
    for kant, wie, op in (("geeft", gever, getekend), ("neemt", ontvanger, ontvangen)):
        with asking(wie, op):
            toen = Casus.objects.filter(begonnen_op__lte=op, gesloten_op__isnull=True, oefening=False).order_by(
                "begonnen_op"
            )
            versies[kant] = [
                (c.id, max(c.versie - Gebeurtenis.objects.filter(casus_id=c.id, ingevoerd_op__gt=op).count(), 1))
                for c in toen
            ]
    with asking(gever, getekend):
        overdracht = Dienstoverdracht.objects.create(
            organisatie_id=wereld.dienst.id, gever_id=gever.medewerker_id, getekend_op=getekend,
            sinds=wissel - timedelta(hours=8), opmerking=OVER_DE_DIENST,
        )  # fmt: skip
        Dienstoverdrachtregel.objects.bulk_create(
            Dienstoverdrachtregel(
                overdracht=overdracht, casus_id=casus_id, kant="geeft", versie=versie,
                opmerking=GEZEGD[n] if n < len(GEZEGD) else "",
            )
            for n, (casus_id, versie) in enumerate(versies["geeft"])
        )  # fmt: skip
    with asking(ontvanger, ontvangen):
        overdracht.ontvanger_id, overdracht.ontvangen_op = ontvanger.medewerker_id, ontvangen
        overdracht.save(update_fields=["ontvanger", "ontvangen_op"])
        Dienstoverdrachtregel.objects.bulk_create(
            Dienstoverdrachtregel(overdracht=overdracht, casus_id=casus_id, kant="neemt", versie=versie)
            for casus_id, versie in versies["neemt"]
        )


def _waiting_key(wereld: Wereld, nu: datetime) -> None:
    """A key that the administrator made an hour ago, and that waits for the coordinator of the service to say yes."""
    from vangnet.access import koppelingen

    door, op = wereld.met_rol("beheerder")[0], nu - timedelta(hours=1)
    scopes = ["melding.opnemen", "bellen.inzien"]
    koppelingen.create(door, op, wereld.dienst.id, "Telefooncentrale", scopes, op + koppelingen.STANDAARD)


def make_key(regio: str, nu: datetime) -> str:
    """A key for a system of the crisis service of a region of the demo, with every scope; an earlier one ends. Returns the
    key. The caller has seen that this database is one of the demo."""
    from vangnet.access import koppelingen
    from vangnet.access.models import Koppeling, Organisatie

    dienst = Organisatie.objects.get(regio=regio, soort="crisisdienst")
    with transaction.atomic():
        for oud in Koppeling.objects.filter(organisatie=dienst, naam=PROEFSYSTEEM, ingetrokken_op__isnull=True):
            koppelingen.revoke(None, nu, oud.pk)
        tot = nu + koppelingen.STANDAARD
        return koppelingen.create(None, nu, dienst.pk, PROEFSYSTEEM, koppelingen.SCOPES, tot).sleutel


def _evening(f: Filler) -> Iterator[Callable[[], object]]:
    """What is open now: a strip in every stage, with the turns that such a service knows."""
    nu = f.nu
    gisteren = _gisteren(nu, 20, 40)
    klein = f.w.regio != "zuid-limburg"

    def plan(**woorden: Any) -> Callable[[], object]:
        return lambda: f.loop(Plan(**woorden))

    def terug(**duur: float) -> datetime:
        return nu - timedelta(**duur)

    morgen = datetime.combine(werkdag_na(nu), time(15, 30), AMSTERDAM)
    yield plan(begin=terug(minutes=7), tot="geparkeerd", aanleiding="ruzie")
    # Where a region agreed two hours for the visit, the first alarm goes off soon after the demo began.
    yield plan(begin=terug(minutes=117), tot="onderweg", aanleiding="klappen_verteld")
    yield plan(begin=terug(minutes=95), tot="ter_plaatse", aanleiding="schoolverzuim", melder="ouder")
    yield plan(begin=terug(minutes=190), tot="crisis", aanleiding="weggelopen")
    yield plan(begin=gisteren, tot="rto_gepland", aanleiding="moeder_ziek", rto_op=morgen, rto_reden="Moeder mag morgen bellen vanuit het ziekenhuis.")  # fmt: skip
    yield plan(begin=terug(days=12, hours=3), tot="vervolg", aanleiding="ruzie")
    yield plan(begin=terug(days=4, hours=6), tot="regie", aanleiding="weggelopen", bijzonder="regie_open")
    yield plan(begin=terug(days=6, hours=2), tot="vervolg", aanleiding="op_de_groep", route=4, bijzonder="vervolg_vast")
    yield lambda: f.kort(_vanavond(nu), "acute_hulp", f.teksten["verwijzingen"]["teksten"][0])
    if klein:
        return
    yield plan(begin=terug(minutes=3), tot="getypt", aanleiding="geschrokken")
    yield plan(begin=terug(minutes=33), tot="gebeld", aanleiding="scheiding", bijzonder="geen_gehoor")
    yield plan(
        begin=terug(days=1, hours=16),
        tot="hulp",
        aanleiding="geschrokken",
        geheim=True,
        gemeente="Sittard-Geleen",
        bijzonder="verzoek",
    )
    yield plan(begin=terug(hours=15), tot="hulp", aanleiding="ruzie", vorm="noodbed", bijzonder="geen_gehoor")
    yield plan(begin=terug(days=4, hours=1), tot="rto_gepland", aanleiding="klappen_verteld", rto_op=morgen, rto_reden=WAAROM_LATER, bijzonder="rto_laat")  # fmt: skip
    yield plan(begin=terug(days=3, hours=9), tot="rto_gepland", aanleiding="baby", vorm="ambulante_spoedhulp", ongeboren=True, rto_op=morgen, rto_reden="Moeder heeft vandaag controle; de verloskundige kan morgen.")  # fmt: skip
    yield plan(begin=terug(days=2, hours=5), tot="hulp", aanleiding="moeder_ziek", kinderen=3, gemeente="Meerssen")
    yield plan(
        begin=terug(days=5, hours=4),
        tot="regie",
        aanleiding="somber",
        bijzonder="regie_geweigerd",
        gemeente="Maastricht",
    )
    yield plan(begin=terug(days=9, hours=2), tot="vervolg", aanleiding="scheiding", regie_naar="gi")
    yield plan(begin=terug(days=21), tot="hulp_klaar", aanleiding="somber")
    yield plan(begin=terug(minutes=40), tot="gebeld", aanleiding="baby", oefening=True)


def _past(f: Filler, aantal: int) -> Iterator[Callable[[], object]]:
    """The year before: mostly ordinary ends, oldest first."""
    kies = f.kies
    dagen = sorted((kies.randint(50, 360) for _ in range(aantal)), reverse=True)
    soorten = sorted(f.aanleidingen)
    for n, dag in enumerate(dagen):
        # The first ones are more than a year old: of calls that became nothing the term is over.
        begin = _hour(f.nu - timedelta(days=dag + (80 if n < 4 else 0)), kies)
        soort = soorten[n % len(soorten)]
        match n % 10:
            case 0:
                yield _short(f, begin, "consult", "consulten")
            case 3:
                yield _short(f, begin, "verwijzing", "verwijzingen")
            case 7 if n % 20 == 7:
                yield _short(f, begin, "niet_bediend", "niet_bediend")
            case 5 | 9:
                yield _course(f, Plan(begin=begin, tot="gesloten", aanleiding=soort, crisis=False))
            case _:
                gi = "gi" if n % 12 == 4 else "toegang"
                geheim = soort == "geschrokken" and n % 3 == 0
                yield _course(f, Plan(begin=begin, tot="gesloten", aanleiding=soort, regie_naar=gi, geheim=geheim))


def _short(f: Filler, begin: datetime, uitkomst: str, teksten: str) -> Callable[[], object]:
    tekst = f.kies.choice(f.teksten[teksten]["teksten"])
    return lambda: f.kort(begin, uitkomst, tekst)


def _course(f: Filler, plan: Plan) -> Callable[[], object]:
    return lambda: f.loop(plan)


def _hour(moment: datetime, kies: Random) -> datetime:
    """A likely hour of a day: crises come in the afternoon and evening, and some in the night."""
    uur = kies.choice((1, 3, 9, 11, 13, 15, 16, 17, 18, 19, 20, 21, 22, 23))
    return datetime.combine(lokaal(moment).date(), time(uur, kies.randrange(0, 60, 5)), AMSTERDAM)


def _gisteren(nu: datetime, uur: int, minuut: int) -> datetime:
    return datetime.combine(lokaal(nu).date() - timedelta(days=1), time(uur, minuut), AMSTERDAM)


def _vanavond(nu: datetime) -> datetime:
    """The last evening hour that has passed."""
    wanneer = datetime.combine(lokaal(nu).date(), time(18, 25), AMSTERDAM)
    return wanneer if wanneer < nu - timedelta(minutes=20) else wanneer - timedelta(days=1)
