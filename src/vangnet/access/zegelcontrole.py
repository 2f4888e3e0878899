# SPDX-License-Identifier: EUPL-1.2
"""Checks the sealed log: walks lines and seals side by side and names every edit, deletion, swap, line put in and cut."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from .zegel import (
    NIETS,
    REGEL,
    VORMEN,
    ZEGELKOLOMMEN,
    Hoofd,
    Meld,
    Sleutels,
    Zegel,
    line_hash,
    one,
    open_window,
    read_lines,
    still_form,
    zegel_of,
)

if TYPE_CHECKING:
    import psycopg

LANGSTE_TRANSACTIE = timedelta(hours=1)
"""Nothing writes the log for longer than this in one transaction. A line that says it was written so long before a seal that
did not see it, was written in later."""
BEWAARD = 1_000
"""Faults of one kind that are kept to name; more are counted."""
BEWAKERS = (
    ("access_logregel", "access_logregel_vast"), ("access_logregel", "access_logregel_heel"),
    ("access_logregel", "access_logregel_nummer"),
    ("access_zegel", "access_zegel_vast"), ("access_zegel", "access_zegel_heel"),
)  # fmt: skip
"""The triggers that keep the tables append-only; one that is gone or off is a fault."""
SOORTEN = {
    "gewijzigd": "gewijzigde regels",
    "verwijderd": "verwijderde regels",
    "verwisseld": "verwisselde regels",
    "ingevoegd": "regels die later zijn ingevoegd",
    "teruggedateerd": "regels met een te oud moment",
    "zegel_weg": "zegels die weg zijn",
    "zegel_anders": "zegels die gewijzigd zijn of met een andere sleutel gemaakt",
    "zegel_los": "zegels die niet aansluiten op het zegel ervoor",
    "afgeknipt": "zegels die wel in het hoofd staan en niet in de database",
    "hoofd_anders": "zegels die in het hoofd anders staan",
    "hoofd_mist": "zegels die niet in het hoofd staan",
    "hoofd_stuk": "regels van het hoofd die geen zegel zijn",
    "onbewaakt": "regels zonder geldig zegel",
    "geen_bewaking": "bewakers van de tabellen die weg zijn of uit staan",
    "geen_nummer": "regels zonder nummer of met een nummer dat twee keer voorkomt",
}
"""The kinds of faults, in words."""


@dataclass
class Controle:
    """What a check found."""

    regels: int = 0
    """Lines under a seal that were looked at."""
    zegels: int = 0
    open_: int = 0
    oudste: float = 0.0
    seconden: float = 0.0
    laatste: Zegel | None = None
    zonder_hoofd: bool = False
    zonder_sleutel: bool = False
    hersteld: list[tuple[int, int, int, str, str]] = field(default_factory=list)
    """Restores that the head tells of: place, first and last seal lost, moment, reason."""
    fouten: dict[str, list[int | str]] = field(default_factory=dict)
    """Per kind (`SOORTEN`) the numbers of lines or seals, at most `BEWAARD`."""
    aantallen: dict[str, int] = field(default_factory=dict)

    @property
    def goed(self) -> bool:
        """Whether nothing is wrong."""
        return not self.aantallen

    def fout(self, soort: str, wat: int | str) -> None:
        """One more fault."""
        self.aantallen[soort] = self.aantallen.get(soort, 0) + 1
        rij = self.fouten.setdefault(soort, [])
        if len(rij) < BEWAARD:
            rij.append(wat)

    def in_woorden(self, hooguit: int = 20) -> list[str]:
        """The faults as sentences, numbers in runs (`12–15`)."""
        uit = []
        for soort, naam in SOORTEN.items():
            if soort in self.aantallen:
                kort = runs(self.fouten[soort])
                rest = "" if len(kort) <= hooguit and self.aantallen[soort] <= BEWAARD else " ..."
                uit.append(f"{naam} ({self.aantallen[soort]}): {', '.join(kort[:hooguit])}{rest}")
        return uit


def runs(nummers: list[int | str]) -> list[str]:
    """Numbers as runs: `4`, `12–15`; words stay as they are."""
    uit = [str(een) for een in nummers if isinstance(een, str)]
    begin = einde = None
    for nummer in sorted({een for een in nummers if isinstance(een, int)}):
        if einde is not None and nummer == einde + 1:
            einde = nummer
            continue
        if begin is not None:
            uit.append(str(begin) if begin == einde else f"{begin}–{einde}")
        begin = einde = nummer
    if begin is not None:
        uit.append(str(begin) if begin == einde else f"{begin}–{einde}")
    return uit


def check(
    link: psycopg.Connection[Any], sleutels: Sleutels | None, hoofd: Hoofd | None, meld: Meld | None = None
) -> Controle:
    """Look at every line and every seal, in one snapshot and in bounded memory. Without keys the marks are not looked at,
    without a head a cut of the end is not seen; the outcome says so. The connection must be in autocommit mode.

    Errors: `ZegelFout` when the head cannot be read."""
    uit = Controle(zonder_hoofd=hoofd is None, zonder_sleutel=sleutels is None)
    begon = time.monotonic()
    still_form(link)
    with link.transaction():
        link.execute("set transaction isolation level repeatable read, read only")
        _Nakijker(link, sleutels, hoofd, uit, meld).run()
    uit.seconden = time.monotonic() - begon
    return uit


def keep_check(link: psycopg.Connection[Any], uit: Controle) -> None:
    """Keep that a check was done, for the screen of the functionaris gegevensbescherming."""
    link.execute(
        "insert into access_zegelcontrole (id, op, goed, regels, zegels, uitslag)"
        " values (gen_random_uuid(), clock_timestamp(), %s, %s, %s, %s)",
        [uit.goed, uit.regels, uit.zegels, "; ".join(uit.in_woorden(3))[:300]],
    )


class _Nakijker:
    """One check: walks seals and lines side by side, by number."""

    def __init__(
        self,
        link: psycopg.Connection[Any],
        sleutels: Sleutels | None,
        hoofd: Hoofd | None,
        uit: Controle,
        meld: Meld | None,
    ) -> None:
        self.link, self.sleutels, self.hoofd, self.uit, self.meld = link, sleutels, hoofd, uit, meld
        self.verwacht: dict[bytes, int] = {}
        self.gevonden: dict[bytes, int] = {}
        self.volledig: datetime | None = None
        """When the last round began whose seals covered everything that was there."""
        self.gezien = 0
        self.tot: int | None = None
        """The line number up to which has been looked; None before the first, which then takes every lower number too."""

    def run(self) -> None:
        self._guards()
        self.totaal = one(self.link, "select count(*) from access_logregel")[0]
        if self.hoofd is not None:
            self.uit.hersteld = self.hoofd.restores(self.sleutels)
        buiten = self.hoofd.seals(self.sleutels) if self.hoofd is not None else iter(())
        self.buiten, self.volgend = buiten, self._next_outside(buiten)
        vorige: Zegel | None = None
        goed = True
        for zegel, inhoud in self._seals():
            goed = self._seal(zegel, inhoud, vorige, goed)
            vorige = zegel
        if vorige is not None and not goed:
            self._unguarded(vorige.tot)
        while self.volgend is not None:
            self.uit.fout("afgeknipt", self.volgend.nummer)
            self.volgend = self._next_outside(self.buiten)
        self.uit.laatste = vorige
        self._swaps()
        self._rest()

    def _seals(self) -> Iterator[tuple[Zegel, bytes]]:
        na = -(2**63)
        while rijen := self.link.execute(
            f"select {ZEGELKOLOMMEN} from access_zegel where nummer > %s order by nummer limit 20".encode(), [na]
        ).fetchall():
            na = rijen[-1][0]
            yield from map(zegel_of, rijen)

    def _seal(self, zegel: Zegel, inhoud: bytes, vorige: Zegel | None, vorige_goed: bool) -> bool:
        """One seal with its lines; returns whether its mark is good."""
        self.uit.zegels += 1
        na = vorige.nummer if vorige else 0
        for weg in range(na + 1, min(zegel.nummer, na + 1 + BEWAARD)):
            self.uit.fout("zegel_weg", weg)
        goed = self.sleutels is None or self.sleutels.herkent(zegel.sleutel, zegel.kop, zegel.merk)
        if not goed:
            self.uit.fout("zegel_anders", zegel.nummer)
        elif zegel.nummer == na + 1 and vorige_goed and zegel.vorige != (vorige.hash if vorige else NIETS):
            self.uit.fout("zegel_los", zegel.nummer)
        self._outside(zegel)
        if goed and zegel.vorm in VORMEN:
            # What it covers begins where it says; what lies between is of a seal that is gone or false.
            self._unguarded(zegel.van - 1)
            self._lines(zegel, inhoud)
        return goed

    def _lines(self, zegel: Zegel, inhoud: bytes) -> None:
        grens = b""
        if self.volledig is not None and self.volledig < zegel.op:
            grens = f"{(self.volledig - LANGSTE_TRANSACTIE).astimezone(UTC):%Y-%m-%d %H:%M:%S}".encode()
        plek, einde, laatste = 0, len(inhoud) - len(inhoud) % REGEL, None
        for nummer, velden in read_lines(self.link, zegel.vorm, self.tot, zegel.tot):
            self.gezien += 1
            if nummer == laatste:
                self.uit.fout("geen_nummer", nummer)
                continue
            laatste = nummer
            while plek < einde and (verwacht := int.from_bytes(inhoud[plek : plek + 8], "big")) < nummer:
                self._gone(verwacht, inhoud[plek + 8 : plek + REGEL])
                plek += REGEL
            if plek >= einde or int.from_bytes(inhoud[plek : plek + 8], "big") != nummer:
                self.uit.fout("ingevoegd", nummer)
                continue
            self._check_line(nummer, velden, inhoud[plek + 8 : plek + REGEL], grens)
            plek += REGEL
            self.uit.regels += 1
            if self.meld and self.gezien % 1000 == 0:
                self.meld(self.gezien, self.totaal)
        for rest in range(plek, einde, REGEL):
            self._gone(int.from_bytes(inhoud[rest : rest + 8], "big"), inhoud[rest + 8 : rest + REGEL])
        self.tot = zegel.tot
        if zegel.tot == zegel.gezien_tot:
            self.volledig = zegel.op

    def _check_line(self, nummer: int, velden: bytes, verwacht: bytes, grens: bytes) -> None:
        gevonden = line_hash(velden)
        if gevonden != verwacht:
            self.uit.fout("gewijzigd", nummer)
            if len(self.verwacht) < BEWAARD * 10:
                self.verwacht[verwacht], self.gevonden[gevonden] = nummer, nummer
        elif grens and velden < grens:
            self.uit.fout("teruggedateerd", nummer)

    def _gone(self, nummer: int, verwacht: bytes) -> None:
        self.uit.fout("verwijderd", nummer)
        if len(self.verwacht) < BEWAARD * 10:
            self.verwacht[verwacht] = nummer

    def _swaps(self) -> None:
        """Lines whose content stands under another number were swapped, not edited."""
        naar = {nummer: self.verwacht[hash_] for hash_, nummer in self.gevonden.items() if hash_ in self.verwacht}
        for nummer in sorted(naar):
            if nummer in self.uit.fouten.get("gewijzigd", ()):
                self.uit.fouten["gewijzigd"].remove(nummer)
                self.uit.aantallen["gewijzigd"] -= 1
                self.uit.fout("verwisseld", nummer)
        if not self.uit.aantallen.get("gewijzigd", 1):
            del self.uit.aantallen["gewijzigd"], self.uit.fouten["gewijzigd"]

    def _unguarded(self, tot: int) -> None:
        """Lines up to `tot` that no good seal covers."""
        if tot <= (self.tot or 0):
            return
        aantal = one(
            self.link,
            "select count(*) from access_logregel where nummer <= %s and (nummer > %s or %s::bigint is null)",
            *(tot, self.tot, self.tot),
        )[0]
        self.gezien += aantal
        if aantal:
            self.uit.fout("onbewaakt", f"{(self.tot or 0) + 1}–{tot}")
            self.uit.aantallen["onbewaakt"] += aantal - 1
        self.tot = tot

    def _outside(self, zegel: Zegel) -> None:
        """The same seal in the head."""
        if self.hoofd is None:
            return
        while self.volgend is not None and self.volgend.nummer < zegel.nummer:
            self.volgend = self._next_outside(self.buiten)
        if self.volgend is None or self.volgend.nummer > zegel.nummer:
            self.uit.fout("hoofd_mist", zegel.nummer)
            return
        if self.volgend.hash != zegel.hash or self.volgend.merk != zegel.merk:
            self.uit.fout("hoofd_anders", zegel.nummer)
        self.volgend = self._next_outside(self.buiten)

    def _next_outside(self, buiten: Iterator[tuple[int, Zegel | None]]) -> Zegel | None:
        for plaats, zegel in buiten:
            if zegel is not None and (
                self.sleutels is None or self.sleutels.herkent(zegel.sleutel, zegel.kop, zegel.merk)
            ):
                return zegel
            self.uit.fout("hoofd_stuk", f"regel {plaats}")
        return None

    def _guards(self) -> None:
        aan = {
            (tabel, naam)
            for tabel, naam, stand in self.link.execute(
                "select tgrelid::regclass::text, tgname, tgenabled::text from pg_trigger where not tgisinternal"
            )
            if stand in ("O", "A")
        }
        for tabel, naam in BEWAKERS:
            if (tabel, naam) not in aan:
                self.uit.fout("geen_bewaking", f"{naam} op {tabel}")

    def _rest(self) -> None:
        """The window that is not sealed yet, and lines that no number reaches."""
        na = self.tot or 0
        self.uit.open_, self.uit.oudste = open_window(self.link, na)
        self.link.execute("set local enable_indexscan = off")
        self.link.execute("set local enable_indexonlyscan = off")
        self.link.execute("set local enable_bitmapscan = off")
        # By the table itself: an index that leaves lines out does not hide them.
        daar, zonder, dubbel = one(
            self.link,
            "select count(*) filter (where nummer <= %s), count(*) filter (where nummer is null),"
            " count(nummer) - count(distinct nummer) from access_logregel",
            na,
        )
        if zonder or dubbel:
            self.uit.fout("geen_nummer", f"{zonder + dubbel} van de tabel")
        if daar != self.gezien:
            self.uit.fout("onbewaakt", f"{abs(daar - self.gezien)} die de index niet kent")
        if self.meld:
            self.meld(self.totaal, self.totaal)
