# SPDX-License-Identifier: EUPL-1.2
"""Those who type, decide and answer while everything falls over. Each keeps a list of what was acknowledged, and asks again, with the same
id, whatever got no answer: as the page does."""

from __future__ import annotations

import random
import re
import threading
import time
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from urllib.parse import urlencode
from uuid import UUID

from vangnet.process.answers import kind_id

from .wereld import GEMEENTE

GEDULD = 180.0
"""Seconds after which a request that is asked again and again counts as never answered."""
OPNIEUW = 0.2
"""Seconds before it is asked again."""
TWEE_UUR = 7200
"""Seconds within which somebody is at the home (huisbezoek.aankomst)."""
CSRF = "a" * 32
NAMEN = ("Milan", "Noor", "Sem", "Yara", "Finn", "Lina")
VORMEN = re.compile(r'action="/alarmen/([0-9a-f-]{36})/ik-heb-het"')


@dataclass
class Werk:
    """One call, and what was acknowledged of it."""

    melding: UUID
    casus: str = ""
    velden: dict[str, list[str]] = field(default_factory=dict)
    """Per field its values as they were acknowledged, each other than the one before."""
    gedaan: list[str] = field(default_factory=list)
    """Events that the acknowledged decisions make."""
    notities: list[str] = field(default_factory=list)
    alarmen: list[str] = field(default_factory=list)
    """Alarms that he has said to have."""
    verstrijkt: float = 0.0
    """By the monotonic clock: when the deadline passes; 0 when he does not wait for it."""
    versie: int = 0


class Beller(threading.Thread):
    """One person at one screen."""

    def __init__(self, poort: int, wie: dict[str, str], kans: random.Random, tempo: float) -> None:
        super().__init__(daemon=True)
        self.wie, self.werken = wie["id"], list[Werk]()
        self.antwoorden: list[tuple[float, float]] = []
        """When each acknowledged request was sent and answered, by the monotonic clock."""
        self.vreemd: list[str] = []
        """Answers that nobody may ever get."""
        self.zonder_antwoord = self.storing = 0
        self.fout: BaseException | None = None
        self.klaar = threading.Event()
        self._poort, self._sessie, self._kans, self._tempo = poort, wie["sessie"], kans, tempo
        self._lijn: HTTPConnection | None = None

    def run(self) -> None:
        straks: list[Werk] = []
        try:
            while not self.klaar.is_set():
                werk = self._call()
                if werk.casus and (len(self.werken) == 1 or self._kans.random() < 0.8):
                    straks.append(werk)  # The others are left alone: their alarms climb the whole ladder.
                for een in [w for w in straks if w.verstrijkt + 1 < time.monotonic()]:
                    straks.remove(een)
                    self._visit(een)
            for een in straks:
                self._visit(een)
        except BaseException as fout:
            self.fout = fout

    # ---- one call, from the first word to the decision ----

    def _call(self) -> Werk:
        """Type the form, field by field, and finish it."""
        kans = self._kans
        werk = Werk(UUID(int=kans.getrandbits(128), version=4))
        self.werken.append(werk)
        kind = f"jeugdige.{kind_id(werk.melding)}."
        antwoorden = [
            ("melding.naam", f"Agent {kans.randrange(1000)}"), ("melding.organisatie_melder", f"Bureau {kans.randrange(1000)}"),
            ("melding.situatie", f"Ruzie in de nacht, {kans.randrange(10**6)}."), (kind + "voornaam", kans.choice(NAMEN)),
            (kind + "achternaam", f"Somers{kans.randrange(1000)}"), ("gemeente", GEMEENTE), ("triage.direct_onveilig", "ja"),
            ("triage.kan_wachten_tot_morgen", "nee"),
        ]  # fmt: skip
        kans.shuffle(antwoorden)
        for naam, waarde in list(antwoorden):  # Some are typed again, later on.
            if naam.startswith("melding.") and kans.random() < 0.5:
                antwoorden.append((naam, f"{waarde} En {kans.randrange(1000)}."))
        eerste = len(self.werken) == 1  # Its deadline passes, whatever chance says of the others.
        over = kans.uniform(-3, 4)
        sinds = str(int(TWEE_UUR - over) if kans.random() < 0.6 or eerste else 0)
        for naam, waarde in antwoorden:
            begin = time.monotonic()
            self._type(werk, naam, waarde, sinds)
            if sinds != "0" and not werk.verstrijkt:
                werk.verstrijkt = begin + max(0.0, over) + 1
            time.sleep(kans.uniform(0, self._tempo))
        uitkomst = "inschatting" if kans.random() < 0.85 or eerste else "consult"
        velden = {"versie": str(werk.versie), "uitkomst": uitkomst, "reden": "Het kan niet wachten."}
        naar = self._do(f"/melding/{werk.melding}", velden)
        casus = re.fullmatch(r"/casus/([0-9a-f-]{36})", naar)
        assert casus, f"a finished call leads to its casus, not to {naar}"
        werk.gedaan += ["melding_begonnen", "melding_afgerond", "triage_besloten"]
        werk.casus = casus[1] if uitkomst == "inschatting" else ""
        return werk

    def _visit(self, werk: Werk) -> None:
        """Answer what sounds, leave, arrive, decide."""
        kans, stap = self._kans, f"/casus/{werk.casus}/stap/"
        if werk.verstrijkt:
            self._answer(werk)
        notitie = str(UUID(int=kans.getrandbits(128), version=4))
        for formulier, gebeurt, velden in (
            ("notitie/notitie", "notitie", {"tekst": f"Gebeld, {kans.randrange(1000)}.", "notitie_id": notitie}),
            ("inschatting/vertrek", "vertrokken", {"wie": "Sanne en Joost"}),
            ("inschatting/aankomst", "aangekomen", {}),
            ("besluit/besluit", "besluit_crisis", {
                "crisis": kans.choice(("ja", "nee")), "reden": "Zoals het er nu is.", "overlegd_met": "Fatima", "tweede_beoordeling": "ja",
            }),
        ):  # fmt: skip
            slug, _, naam = formulier.partition("/")
            self._do(stap + slug, {"formulier": naam, **velden})
            werk.gedaan.append(gebeurt)
            time.sleep(kans.uniform(0, self._tempo))
        werk.notities.append(notitie)

    def _answer(self, werk: Werk) -> None:
        """The deadline has passed: wait for what sounds, and say that he has it."""
        tot = time.monotonic() + GEDULD
        while time.monotonic() < tot:
            _, _, pagina = self._ask("GET", f"/alarmen/casus/{werk.casus}", None, (200,))
            open_ = VORMEN.findall(pagina)
            for alarm in open_:
                status, _, _ = self._ask("POST", f"/alarmen/{alarm}/ik-heb-het", {}, (303, 409))
                if status == 303:  # Else it ended by itself just now: what neared has passed.
                    werk.alarmen.append(alarm)
            if werk.alarmen:
                return
            time.sleep(OPNIEUW)
        raise AssertionError(f"nothing sounds in {werk.casus} though its deadline passed {GEDULD:.0f} s ago")

    # ---- one request ----

    def _type(self, werk: Werk, naam: str, waarde: str, sinds: str) -> None:
        """One answer as the page saves it: with what it knows to stand there."""
        stond = werk.velden.setdefault(naam, [])
        velden = {"naam": naam, "waarde": waarde, "was": stond[-1] if stond else ""}
        if not werk.versie:
            velden["sinds"] = sinds
        _, _, tekst = self._ask("POST", f"/melding/{werk.melding}/veld", velden, (200,), json=True)
        versie = re.search(r'"versie": (\d+)', tekst)
        assert versie, tekst
        werk.versie = int(versie[1])
        if not stond or stond[-1] != waarde:
            stond.append(waarde)

    def _do(self, pad: str, velden: dict[str, str]) -> str:
        return self._ask("POST", pad, velden, (303,))[1]

    def _ask(
        self, wijze: str, pad: str, velden: dict[str, str] | None, goed: tuple[int, ...], json: bool = False
    ) -> tuple[int, str, str]:
        """Ask until it is answered: status, where to, and the text. No answer and 503 are asked again; any other answer than
        the ones that are meant is written down, and asked again too."""
        tot = time.monotonic() + GEDULD
        while time.monotonic() < tot:
            begin = time.monotonic()
            try:
                status, naar, tekst = self._once(wijze, pad, velden, json)
            except (OSError, HTTPException):
                self.zonder_antwoord += 1
                self._hang_up()
            else:
                if status in goed:
                    self.antwoorden.append((begin, time.monotonic()))
                    return status, naar, tekst
                if status == 503:
                    self.storing += 1
                else:
                    zin = re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", tekst.partition("<main")[2] or tekst))
                    self.vreemd.append(f"{wijze} {pad}: {status} {naar} {zin[:300]}")
                    assert len(self.vreemd) < 20, self.vreemd[:5]
            time.sleep(OPNIEUW)
        raise AssertionError(f"never answered: {wijze} {pad}")

    def _once(self, wijze: str, pad: str, velden: dict[str, str] | None, json: bool) -> tuple[int, str, str]:
        if self._lijn is None:
            self._lijn = HTTPConnection("127.0.0.1", self._poort, timeout=15)
        koppen = {"Cookie": f"sessie={self._sessie}; csrf={CSRF}", "X-CSRFToken": CSRF}
        if velden is not None:
            koppen["Content-Type"] = "application/x-www-form-urlencoded"
        if json:
            koppen["Accept"] = "application/json"
        self._lijn.request(wijze, pad, urlencode(velden) if velden is not None else None, koppen)
        antwoord = self._lijn.getresponse()
        tekst = antwoord.read().decode()
        return antwoord.status, antwoord.headers.get("Location", ""), tekst

    def _hang_up(self) -> None:
        if self._lijn is not None:
            self._lijn.close()
        self._lijn = None
