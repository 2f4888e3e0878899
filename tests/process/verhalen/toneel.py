# SPDX-License-Identifier: EUPL-1.2
"""The stage on which a story is played: its people, its clock, and what was expected against what is so."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any, NoReturn
from uuid import UUID, uuid4

import pytest
import tomli

from tests.mensen import actor_of, medewerker, organisatie
from vangnet.access.actor import Actor
from vangnet.access.models import Betrokkenheid, Logregel, Organisatie
from vangnet.access.weigering import Weigering
from vangnet.casework.models import Casus, Gebeurtenis, Inzet
from vangnet.clocks.models import Klok
from vangnet.process.advise_dossier import advise_dossier
from vangnet.process.dossier import Dossier, read_dossier
from vangnet.process.hand_over_procesregie import answer_offer
from vangnet.process.klokken import laatste_dag
from vangnet.process.plan_rto import Aanwezig, Rtoverslag, answer_invitation, plan_rto
from vangnet.process.take_melding import begin_melding, finish_melding
from vangnet.rules.advies import Advies
from vangnet.rules.kalender import lokaal
from vangnet.rules.openvraag import OpenVraag

MAP = Path(__file__).resolve().parent
SLEUTEL = {
    "Zuid-Limburg": "zuid-limburg",
    "Noord- en Midden-Limburg": "noord-en-midden-limburg",
    "Lekstroom": "lekstroom",
    "Friesland": "friesland",
    "Haaglanden": "haaglanden",
}


@lru_cache(maxsize=1)
def verhalen() -> dict[str, dict[str, Any]]:
    """The stories by their number."""
    regels = (MAP / "verhalen.jsonl").read_text(encoding="utf-8").splitlines()
    return {v["id"]: v for v in map(json.loads, regels)}


@lru_cache(maxsize=1)
def nog_niet() -> dict[str, Any]:
    """Per story which expectations wait for later work, each with the key of its reason; and the reasons."""
    return tomli.loads((MAP / "nog_niet.toml").read_text(encoding="utf-8"))


def verwachtingen(verhaal: Mapping[str, Any]) -> dict[str, str]:
    """Every expectation of a story by a code: `0.2` (step, number), `0.z1` (who must not see), `k1` (a clock at the end)."""
    uit: dict[str, str] = {}
    for n, stap in enumerate(verhaal["stappen"]):
        for m, v in enumerate(stap["verwacht"]):
            uit[f"{n}.{m}"] = f"{v['soort']}: {v['tekst']}"
        for m, z in enumerate(stap.get("ziet_niet", ())):
            uit[f"{n}.z{m}"] = f"ziet niet: {z}"
    for m, k in enumerate(verhaal["slot"]["klokken"]):
        uit[f"k{m}"] = f"klok: {k['klok']} {k['uitkomst']}"
    return uit


@dataclass
class Toneel:
    """A story while it is played."""

    verhaal: Mapping[str, Any]
    op: datetime = field(init=False)
    gezien: set[str] = field(default_factory=set)
    casus_id: UUID = field(default_factory=uuid4)
    _mensen: dict[str, Actor] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.alle = verwachtingen(self.verhaal)
        self.regio = SLEUTEL[self.verhaal["regio"]]
        self.stap(0)

    # ---- who and when -----------------------------------------------------------------------------------------------

    def organisatie(self, soort: str, naam: str, gemeente: str = "") -> Organisatie:
        """An organisation of this region, made once."""
        bestaand = Organisatie.objects.filter(regio=self.regio, naam=naam).first()
        return bestaand or organisatie(soort, naam=naam, regio=self.regio, gemeente=gemeente, telefoon="045 555 01 00")

    def mens(self, naam: str, rol: str, bij: Organisatie, **woorden: Any) -> Actor:
        """Somebody of the story in his function, made once."""
        if naam not in self._mensen:
            self._mensen[naam] = actor_of(medewerker(rol, bij, naam=naam, **woorden))
        return self._mensen[naam]

    def stap(self, nummer: int) -> datetime:
        """On to a step of the story: its moment is the moment now."""
        self.op = datetime.fromisoformat(self.verhaal["stappen"][nummer]["op"])
        return self.op

    def om(self, uur: int, minuut: int = 0) -> datetime:
        """Another time on the day of this step."""
        self.op = self.op.replace(hour=uur, minute=minuut)
        return self.op

    def na(self, **duur: float) -> datetime:
        """Some time later in this step."""
        self.op += timedelta(**duur)
        return self.op

    # ---- the record -------------------------------------------------------------------------------------------------

    @property
    def d(self) -> Dossier:
        """The record as it is now."""
        dossier = read_dossier(self.casus_id)
        assert dossier is not None
        return dossier

    def advies(self, kind: int = 0) -> Advies:
        """What the agreements say now, for the first child or another."""
        d = self.d
        gevonden, fouten = advise_dossier(d, self.op, d.kinderen[kind] if d.kinderen else None)
        assert gevonden is not None, fouten
        return gevonden

    @property
    def regie(self) -> str:
        """Who leads now."""
        d = self.d
        return d.naam(d.regie.organisatie_id) if d.regie else ""

    def kind(self, nummer: int = 0) -> UUID:
        """A child of the casus."""
        return self.d.kinderen[nummer].id

    def persoon(self, rol: str) -> UUID:
        """Somebody of the family by his part in it."""
        return next(p.id for p in self.d.mensen if p.rol == rol)

    def aanbod(self, soort: str) -> Any:
        """The last question of a kind."""
        return [b for b in self.d.aanbiedingen if b.soort == soort][-1]

    def inzet(self, vorm: str) -> Inzet:
        """The last inzet of a form."""
        return [i for i in self.d.inzetten if i.vorm == vorm][-1]

    def klok(self, sleutel: str) -> Klok:
        """The newest clock whose key begins so; a key `inzet.<vorm>.einde` is looked up by the form."""
        delen = sleutel.split(".")
        if delen[0] == "inzet" and len(delen) == 3:
            sleutel = f"inzet.{self.inzet(delen[1]).id}.{delen[2]}"
        gevonden = [
            k
            for k in Klok.objects.filter(casus_id=self.casus_id).order_by("begonnen_op")
            if k.sleutel.startswith(sleutel)
        ]
        assert gevonden, (sleutel, [k.sleutel for k in Klok.objects.filter(casus_id=self.casus_id)])
        return gevonden[-1]

    def klokken(self) -> list[str]:
        """The keys of the clocks that run."""
        return [k.sleutel for k in self.d.klokken if k.geeindigd_op is None]

    def gebeurd(self, soort: str) -> list[Gebeurtenis]:
        """The events of a kind, in order."""
        return list(Gebeurtenis.objects.filter(casus_id=self.casus_id, soort=soort).order_by("gebeurd_op", "id"))

    def logregels(self, **zoek: Any) -> int:
        """How many lines of the log are like this."""
        return Logregel.objects.filter(**zoek).count()

    # ---- the call ---------------------------------------------------------------------------------------------------

    def bel(
        self,
        actor: Actor,
        velden: Mapping[str, Any],
        uitkomst: str = "",
        reden: str = "",
        duur: int = 5,
        **woorden: Any,
    ) -> None:
        """A call: begun now, its fields kept, and what it leads to (nothing yet when empty)."""
        self.melding_id = uuid4()
        self.casus_id = begin_melding(actor, self.op, self.melding_id, velden, **woorden).casus_id
        if uitkomst:
            finish_melding(actor, self.na(minutes=duur), self.melding_id, uitkomst, reden)

    def gezin(self, **extra: Any) -> dict[str, Any]:
        """The fields of the children and parents that the story names."""
        uit: dict[str, Any] = {}
        for p in self.verhaal["personen"]:
            rol = p["rol"].split(" ")[0]
            if rol == "jeugdige":
                pad = f"jeugdige.{uuid4()}"
                voor, _, achter = p["naam"].partition(" ")
                uit |= {
                    f"{pad}.voornaam": voor,
                    f"{pad}.achternaam": achter,
                    f"{pad}.geboortedatum": p["geboren"],
                    f"{pad}.bsn": p["bsn"],
                }
                if p.get("sector") in ("J&O", "LVB", "GGZ"):
                    uit[f"{pad}.sector"] = p["sector"]
                uit.setdefault("gemeente", p["gemeente"])
                if straat := p.get("geheim_adres"):
                    adres = f"adres.{uuid4()}"
                    uit |= {f"{adres}.straat": straat, f"{adres}.geheim": True}
            elif rol in ("moeder", "vader", "partner", "oma"):
                pad = f"persoon.{uuid4()}"
                uit[f"{pad}.rol"] = {"partner": "partner_van_ouder"}.get(rol, rol)
                uit[f"{pad}.naam"] = p["naam"]
                if "gezag" in p:
                    uit[f"{pad}.gezag"] = "ja" if p["gezag"] else "nee"
                if p.get("taal"):
                    uit[f"{pad}.taal"] = p["taal"]
                if p.get("gevaar"):
                    uit[f"{pad}.gevaar"] = True
        return {k: v for k, v in (uit | extra).items() if v is not None}

    def rto(
        self, actor: Actor, wanneer: datetime, *organisaties: Organisatie, reden: str = "", weg: tuple[str, ...] = ()
    ) -> UUID:
        """Plan the meeting with these organisations and everybody of the family but those whose part is in `weg`."""
        genodigden: list[dict[str, Any]] = [{"organisatie_id": o.id} for o in organisaties]
        genodigden += [{"persoon_id": p.id} for p in self.d.mensen if p.rol not in weg]
        return plan_rto(actor, self.op, self.casus_id, wanneer, "Bij de dienst", genodigden, reden)

    def komt(self, actor: Actor, komt: str = "ja") -> None:
        """The organisation of this person answers its invitation."""
        genodigde = [g for g in self.d.genodigden if g.organisatie_id == actor.organisatie_id][-1]
        answer_invitation(actor, self.op, self.casus_id, genodigde.id, komt)

    def verslag(self, bij: Organisatie | None, er: bool = True, **woorden: Any) -> Rtoverslag:
        """A full report, with everybody there and for the perspective; `woorden` change it."""
        aanwezigen = [
            Aanwezig(g.id, er or bij is None or g.organisatie_id != bij.id, steunt_perspectief=True)
            for g in self.d.genodigden
        ]
        standaard: dict[str, Any] = {
            "perspectief": "Wonen bij moeder, met afspraken over bezoek.",
            "veiligheidsplan": "Bij ruzie eerst een uur naar de buren.",
            "doelen": ["Samen afspreken hoe laat het kind thuis is."],
            "procesregisseur_id": bij.id if bij else None,
            "procesregisseur_naam": "de procesregisseur",
            "procesregisseur_aanwezig": er,
            "aanwezigen": aanwezigen,
        }
        return Rtoverslag(**(standaard | woorden))

    def overnemen(self, actor: Actor, aanvaard: bool = True, reden: str = "", **woorden: Any) -> None:
        """Answer the open offer of the lead."""
        answer_offer(actor, self.op, self.casus_id, self.aanbod("regie").id, aanvaard, reden, **woorden)

    def overnemen_op(self, actor: Actor, uur: int, minuut: int) -> None:
        """The open offer of the lead is accepted at this hour of the day."""
        self.op = max(self.op, self.op.replace(hour=uur, minute=minuut))
        self.overnemen(actor)

    # ---- what was expected ------------------------------------------------------------------------------------------

    def ok(self, code: str, klopt: Any, wat: object = "") -> None:
        """An expectation is met: `klopt` is true."""
        assert code in self.alle, f"{self.verhaal['id']} heeft geen verwachting {code}"
        assert klopt, f"{self.verhaal['id']} {code} {self.alle[code]} | {wat}"
        self.gezien.add(code)

    def regels(self, code: str) -> tuple[str, ...]:
        """The rules of an expectation, without those of our own promises."""
        n, _, m = code.partition(".")
        return tuple(
            r
            for r in self.verhaal["stappen"][int(n)]["verwacht"][int(m)]["regels"]
            if not r.startswith(("PROD", "ARCH", "VEIL"))
        )

    def zegt(self, code: str, sleutel: str, waarde: object = ..., kind: int = 0) -> None:
        """The agreements say this now, under this key, citing a rule of the expectation."""
        advies = self.advies(kind)
        u = advies.uitspraken.get(sleutel)
        self.ok(code, u is not None, f"{sleutel} niet in {sorted(advies.uitspraken)}")
        assert u is not None
        if waarde is not ...:
            self.ok(code, u.waarde == waarde, f"{sleutel} = {u.waarde!r}")
        self.ok(code, set(u.regels) & set(self.regels(code)), f"{sleutel}: {u.regels}")

    def citeert(self, code: str) -> None:
        """Some point of the advice, or a question that it asks, cites a rule of the expectation."""
        a = self.advies()
        genoemd = {
            r
            for ding in (*a.uitspraken.values(), *a.termijnen.values(), *a.open_vragen.values(), *a.vragen)
            for r in ding.regels
        }
        self.ok(code, genoemd & set(self.regels(code)), sorted(genoemd))

    def open_vraag(self, code: str, begin: str = "") -> OpenVraag:
        """The advice names this as an open question, with two readings at least, citing a rule of the expectation."""
        advies = self.advies()
        for q in advies.open_vragen.values():
            if (begin and q.id.startswith(begin)) or (not begin and set(q.regels) & set(self.regels(code))):
                self.ok(code, len(q.lezingen) >= 2, q)
                return q
        self._fout(code, sorted(advies.open_vragen))

    def loopt(self, code: str, sleutel: str, uiterlijk: str = "", strekking: str = "") -> Klok:
        """A clock runs, until this day or moment."""
        klok = self.klok(sleutel)
        self.ok(code, klok.geeindigd_op is None, (klok.uitkomst, klok.sleutel))
        if uiterlijk:
            self.ok(code, tot(klok) == uiterlijk, (tot(klok), klok.sleutel))
        if strekking:
            self.ok(code, klok.strekking.startswith(strekking), klok.strekking)
        return klok

    def stopte(self, code: str, sleutel: str, uitkomst: str = "gehaald") -> Klok:
        """A clock ended so."""
        klok = self.klok(sleutel)
        self.ok(code, klok.uitkomst == uitkomst, (klok.uitkomst, klok.sleutel, klok.uiterlijk, klok.geeindigd_op))
        return klok

    def weigert(self, code: str, wat: type[Weigering] | tuple[type[Weigering], ...], doe: Any) -> Weigering:
        """The system says no."""
        with pytest.raises(wat) as gevangen:
            doe()
        self.ok(code, True)
        return gevangen.value

    def leidt(self, code: str, naam: str) -> None:
        """Exactly one organisation leads, and it is this one."""
        leiders = Betrokkenheid.objects.filter(casus_id=self.casus_id, deel="regie", tot__isnull=True)
        self.ok(code, [b.organisatie.naam for b in leiders] == [naam], [b.organisatie.naam for b in leiders])

    def ziet_niet(self, code: str, actor: Actor, *kanaries: str) -> None:
        """Nothing that this person can open, list or search shows these words; without words: not the casus at all."""
        from tests.process.verhalen.ogen import alles_wat_iemand_ziet

        blik = alles_wat_iemand_ziet(actor, self.casus_id, self.op)
        if not kanaries:
            self.ok(code, blik.dicht, blik.tekst[:400])
        for woord in kanaries:
            self.ok(code, woord.casefold() not in blik.tekst.casefold(), woord)

    def sluit(self) -> dict[str, str]:
        """At the end: every expectation was checked or waits with a reason; returns those that wait."""
        wacht = dict(nog_niet().get(self.verhaal["id"], {}))
        redenen = nog_niet()["redenen"]
        assert set(wacht) <= set(self.alle), sorted(set(wacht) - set(self.alle))
        assert set(wacht.values()) <= set(redenen), sorted(set(wacht.values()) - set(redenen))
        dubbel = sorted(self.gezien & set(wacht))
        assert not dubbel, f"{self.verhaal['id']}: gecheckt en toch 'nog niet': {dubbel}"
        stil = {c: t for c, t in self.alle.items() if c not in self.gezien and c not in wacht}
        assert not stil, f"{self.verhaal['id']}: niet gecheckt en niet op de lijst:\n" + "\n".join(
            f"  {c} {t}" for c, t in stil.items()
        )
        return wacht

    def _fout(self, code: str, wat: object) -> NoReturn:
        pytest.fail(f"{self.verhaal['id']} {code} {self.alle[code]} | {wat}")


def tot(klok: Klok) -> str:
    """Until when a clock runs: a day, or a moment on the clock in the Netherlands."""
    return laatste_dag(klok).isoformat() if klok.hele_dag else lokaal(klok.uiterlijk).isoformat()


def dag(tekst: str) -> date:
    """A day of a story."""
    return date.fromisoformat(tekst)


def gesloten(casus_id: UUID) -> str:
    """How a casus ended; empty while it is open."""
    return str(Casus.objects.values_list("uitkomst", flat=True).get(id=casus_id))


def alle_codes() -> Iterator[tuple[str, str, str]]:
    """Every expectation of every story: story, code, text."""
    for id_, verhaal in verhalen().items():
        for code, tekst in verwachtingen(verhaal).items():
            yield id_, code, tekst
