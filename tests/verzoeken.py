# SPDX-License-Identifier: EUPL-1.2
"""A casus of which the father asks for the file, with the people who handle that; and a canary in every text of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from django.db import models

from tests.mensen import actor_of, medewerker, organisatie
from tests.process.test_show_casus import NACHT
from vangnet.access.actor import Actor
from vangnet.access.models import Medewerker, Organisatie
from vangnet.casework.gebeurtenissen import SOORTEN
from vangnet.casework.models import (
    Aanbod,
    Adres,
    Casus,
    Feit,
    Gebeurtenis,
    Genodigde,
    Inzet,
    Jeugdige,
    Melding,
    Notitie,
    Persoon,
    Rto,
    Taak,
    Toestemming,
    Verzoek,
)
from vangnet.process.dispatch_inschatting import arrive, decide_crisis, depart
from vangnet.process.feitsoorten import feitsoorten
from vangnet.process.prepare_afschrift import choose_passages, release_copy
from vangnet.process.show_verzoek import show_reading, show_walk
from vangnet.process.take_melding import begin_melding, finish_melding, save_fields
from vangnet.process.take_verzoek import judge_asker, register_request
from vangnet.process.write_note import write_note

NU = NACHT + timedelta(days=20)
GEZAG = "Vader heeft gezag; in het register nagekeken."


@dataclass
class Zaak:
    """The casus, its people, and who works on the request."""

    huis: Organisatie
    een: Actor
    twee: Actor
    mens_een: Medewerker
    mens_twee: Medewerker
    casus_id: UUID
    kind: UUID
    vader: UUID
    moeder: UUID
    adres: UUID
    kanaries: dict[str, str] = field(default_factory=dict)
    """Per canary where it was put (`persoon.naam`)."""

    def vraagt(self, soort: str = "afschrift", wie: UUID | None = None, **woorden: Any) -> UUID:
        """A request, by the father unless said otherwise."""
        return register_request(self.een, NU, self.casus_id, soort, wie or self.vader, **woorden)

    def beoordeeld(self, soort: str = "afschrift", wie: UUID | None = None) -> UUID:
        """A request of somebody who may ask."""
        verzoek = self.vraagt(soort, wie)
        judge_asker(self.een, NU, self.casus_id, verzoek, "bewijs", True, GEZAG)
        return verzoek

    def kies(self, verzoek: UUID, wie: Actor | None = None, klaar: bool = True, **anders: str) -> None:
        """The first hand: what is proposed everywhere, but `anders` for passages whose key ends with that word."""
        wie = wie or self.een
        keuzes = {}
        for e in show_walk(wie, NU, self.casus_id, verzoek).wandeling.passages:
            eigen = next((k for eind, k in anders.items() if e.passage.sleutel.endswith(eind)), e.keuze)
            keuzes[e.passage.sleutel] = (e.passage.vingerafdruk, eigen)
        choose_passages(wie, NU, self.casus_id, verzoek, keuzes, klaarleggen=klaar)

    def geef_vrij(self, verzoek: UUID, wie: Actor | None = None, op: datetime = NU) -> None:
        """The second hand: reads and releases."""
        wie = wie or self.twee
        release_copy(wie, op, self.casus_id, verzoek, show_reading(wie, op, self.casus_id, verzoek).gelezen)

    def rij(self, verzoek: UUID) -> Verzoek:
        """The request as it stands."""
        return Verzoek.objects.get(id=verzoek)


def zaak(geheim: bool = False, naam: str = "Crisishulp Jeugd") -> Zaak:
    """A casus in which crisis was decided, led by the crisis service, with two of its workers."""
    huis = organisatie("crisisdienst", naam=naam)
    organisatie("toegang", naam=f"Toegang Heerlen bij {naam}", gemeente="Heerlen")
    mens_een = medewerker("crisismedewerker", huis, naam="Noor Peeters")
    mens_twee = medewerker("coordinator", huis, naam="Cora Tweede")
    een, twee = actor_of(mens_een), actor_of(mens_twee)
    melding, kind, moeder, vader, adres = (uuid4() for _ in range(5))
    casus_id = begin_melding(een, NACHT, melding, {f"jeugdige.{kind}.voornaam": "Milan"}).casus_id
    velden = {
        f"jeugdige.{kind}.achternaam": "Verhulst", f"jeugdige.{kind}.geboortedatum": "02-03-2010",
        f"jeugdige.{kind}.waar_nu": "Bij Riet",
        f"persoon.{moeder}.rol": "moeder", f"persoon.{moeder}.naam": "Karin Oudenhuis",
        f"persoon.{moeder}.telefoon": "06 12345678", f"persoon.{moeder}.gezag": "ja",
        f"persoon.{vader}.rol": "vader", f"persoon.{vader}.naam": "Dennis Verhulst", f"persoon.{vader}.gezag": "ja",
        f"adres.{adres}.straat": "Kastanjelaan 12", f"adres.{adres}.plaats": "Wielewaaldorp", f"adres.{adres}.postcode": "6491 QZ",
        f"adres.{adres}.geheim": "ja" if geheim else "nee",
        "gemeente": "Heerlen", "melding.melder": "netwerk", "melding.naam": "Buurvrouw Jolanda",
        "melding.situatie": "Vader en zoon vechten.", "betrokken.gi": "geen", "triage.direct_onveilig": "ja",
    }  # fmt: skip
    save_fields(een, NACHT, melding, velden)
    finish_melding(een, NACHT, melding, "inschatting")
    depart(een, NACHT + timedelta(minutes=10), casus_id, "Noor Peeters")
    arrive(een, NACHT + timedelta(minutes=30), casus_id)
    decide_crisis(een, NACHT + timedelta(minutes=50), casus_id, True, "Ze kunnen niet samen in huis.", "Fatima")
    write_note(een, NACHT + timedelta(hours=1), casus_id, "Moeder belde: ze is veilig.")
    return Zaak(huis, een, twee, mens_een, mens_twee, casus_id, kind, vader, moeder, adres)


VAST = frozenset(
    {
        "rol", "gezag", "soort", "sleutel", "vorm", "bsn", "postcode", "vraag", "melder", "kanaal", "uitkomst", "antwoord",
        "klank", "telefoon_cijfers", "leeftijd_duur", "geslacht", "sector", "wijze", "regio", "nummer", "komt", "voor",
        "telefoon", "veld",
    }
)  # fmt: skip
"""Columns with words of a fixed list, or of a form of their own: filled by hand below."""


def fill_with_canaries(z: Zaak) -> None:
    """One more row of every kind, and in every text of the casus a word that stands nowhere else."""
    c, ik, huis, op = z.casus_id, z.een.medewerker_id, z.huis.pk, NACHT + timedelta(hours=3)
    rto = Rto.objects.create(casus_id=c, gepland_op=op, gehouden_op=op, doelen=[_word(z, "rto.doelen")])
    Genodigde.objects.create(rto=rto, casus_id=c, naam="")
    Persoon.objects.create(casus_id=c, rol="school")
    inzet = Inzet(
        casus_id=c, vorm="ambulant", besloten_op=op, van=op, overwogen={"netwerk": _word(z, "inzet.overwogen")}
    )
    inzet.save()
    wie = {"van_organisatie_id": huis, "aan_organisatie_id": huis, "gedaan_door_id": ik, "gedaan_op": op}
    Aanbod.objects.create(casus_id=c, soort="overig", zichtbaar_vanaf=op, **wie)
    Taak.objects.create(casus_id=c, voor_id=huis, wat="")
    for persoon in (z.vader, z.moeder):
        Toestemming.objects.create(casus_id=c, persoon_id=persoon, antwoord="ja", op=op, door_id=ik)
    regel = {"casus_id": c, "gebeurd_op": op, "ingevoerd_op": op, "door_id": ik, "namens_id": huis}
    Notitie.objects.create(soort="contact", over_derden=True, **regel)
    for veld, soort in feitsoorten().items():
        if soort.soort in ("tekst", "lijst") and not Feit.objects.filter(casus_id=c, veld=veld).exists():
            woord = _word(z, f"feit.{veld}")
            Feit.objects.create(veld=veld, waarde=[woord] if soort.soort == "lijst" else woord, **regel)
    for soort_ in SOORTEN:
        Gebeurtenis.objects.create(soort=soort_, gegevens=_Gaten(z, soort_), reden=_word(z, f"{soort_}.reden"), **regel)
    for model in (Casus, Melding, Jeugdige, Persoon, Adres, Inzet, Rto, Genodigde, Aanbod, Taak, Toestemming, Notitie):
        for rij in model.objects.filter(**{"id" if model is Casus else "casus_id": c}):
            for veld in model._meta.concrete_fields:
                if isinstance(veld, models.CharField | models.TextField) and veld.name not in VAST and not veld.choices:
                    van = ".vader" if rij.pk == z.vader else ""
                    setattr(rij, veld.name, _word(z, f"{model.__name__.lower()}{van}.{veld.name}")[: veld.max_length])
            rij.save()
    for n, rij in enumerate(Persoon.objects.filter(casus_id=c)):
        nummer = f"06 5559{n:04d}"
        z.kanaries[nummer] = "persoon.telefoon"
        Persoon.objects.filter(pk=rij.pk).update(telefoon=nummer)
    Melding.objects.filter(casus_id=c).update(telefoon="045 5550 777")
    z.kanaries["045 5550 777"] = "melding.telefoon"


def _word(z: Zaak, waar: str) -> str:
    woord = f"Zq{len(z.kanaries):04d}x"
    z.kanaries[woord] = waar
    return woord


class _Gaten(dict[str, str]):
    """For every gap in the sentence of an event a canary."""

    def __init__(self, z: Zaak, soort: str) -> None:
        import string

        zinnen = (SOORTEN[soort].tekst, *SOORTEN[soort].met.values())
        gaten = {naam for zin in zinnen for _, naam, _, _ in string.Formatter().parse(zin) if naam}
        super().__init__({naam: _word(z, f"{soort}.{naam}") for naam in gaten})
