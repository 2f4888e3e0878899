# SPDX-License-Identifier: EUPL-1.2
"""A calendar as another program reads it (RFC 5545), in UTC. Its texts are always Dutch and always the same: what is in
somebody's calendar may stand on the server of a stranger, and on a screen in a train."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import UTC, timedelta
from uuid import NAMESPACE_URL, UUID, uuid5

from icalendar import Calendar, Event

from vangnet.process.show_agenda import Agendapunt

KOP = {
    "termijn": "Vangnet: termijn loopt af",
    "streefnorm": "Vangnet: streefnorm loopt af",
    "rto": "Vangnet: RTO",
    "dienst": "Vangnet: dienst",
    "taak": "Vangnet: taak",
}
UITLEG = {
    "termijn": "Dan is een afgesproken termijn voorbij. Welke, en voor wie, staat in Vangnet.",
    "streefnorm": "Dan is een streefnorm voorbij: iets om naar te streven, geen harde grens. Welke, en voor wie, staat in Vangnet.",
    "rto": "Een rondetafeloverleg. Voor wie en waar staat in Vangnet. Het einde is niet bekend; een uur is een schatting van Vangnet.",
    "dienst": "Je staat in het rooster.",
    "taak": "Dan moet een taak klaar zijn. Welke, en voor wie, staat in Vangnet.",
}
BESCHRIJVING = (
    "Wat je in Vangnet te doen hebt, zonder namen, nummers of plaatsen. Een agenda kijkt soms pas na uren opnieuw: wat nu geldt,"
    " staat in Vangnet zelf, en wat klaar is of niet doorgaat, verdwijnt hier vanzelf. Deel deze agenda met niemand."
)
KWARTIER = timedelta(minutes=15)
"""How long a moment looks in a calendar: the block ends at the moment itself."""
UUR = timedelta(hours=1)


def calendar_of(punten: Iterable[Agendapunt], adres: Callable[[Agendapunt], str]) -> bytes:
    """The calendar as bytes, the same for the same points. `adres` gives the page where somebody who signs in reads more."""
    kalender = Calendar()
    for naam, waarde in (
        ("prodid", "-//Vangnet//Agenda//NL"), ("version", "2.0"), ("calscale", "GREGORIAN"), ("x-wr-calname", "Vangnet"),
        ("x-wr-caldesc", BESCHRIJVING), ("x-published-ttl", "PT15M"),
    ):  # fmt: skip
        kalender.add(naam, waarde)
    kalender.add("refresh-interval", timedelta(minutes=15), parameters={"VALUE": "DURATION"})
    for punt in punten:
        kalender.add_component(_event(punt, adres(punt)))
    return kalender.to_ical()


def uid_of(soort: str, id_: UUID) -> str:
    """The identifier of one thing, the same for as long as it is there; it does not say which row it is."""
    return f"{uuid5(NAMESPACE_URL, f'vangnet:{soort}:{id_}')}@vangnet"


def _event(punt: Agendapunt, adres: str) -> Event:
    een = Event()
    soort = "termijn" if punt.soort == "streefnorm" else punt.soort  # One clock, whatever its force is called now.
    een.add("uid", uid_of(soort, punt.id))
    gewijzigd = punt.gewijzigd_op.astimezone(UTC).replace(microsecond=0)
    een.add("dtstamp", gewijzigd)
    een.add("last-modified", gewijzigd)
    een.add("sequence", punt.versie)
    een.add("summary", KOP[punt.soort])
    een.add("description", f"{UITLEG[punt.soort]}\n{adres}")
    een.add("url", adres)
    een.add("class", "PRIVATE")
    een.add("status", "CONFIRMED")
    een.add("transp", "OPAQUE" if punt.soort in ("rto", "dienst") else "TRANSPARENT")
    if punt.dag is not None:
        een.add("dtstart", punt.dag)
        een.add("dtend", punt.dag + timedelta(days=1))
        return een
    begin, eind = punt.begin, punt.eind
    if punt.soort == "rto":
        eind = begin + UUR
    elif eind is None:
        begin, eind = begin - KWARTIER, begin
    een.add("dtstart", begin.astimezone(UTC).replace(microsecond=0))
    een.add("dtend", eind.astimezone(UTC).replace(microsecond=0))
    return een
