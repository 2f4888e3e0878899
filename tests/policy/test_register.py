# SPDX-License-Identifier: EUPL-1.2
"""Policy files: every fault is named, all at once; versions hold until superseded."""

from datetime import datetime
from pathlib import Path

import pytest

from vangnet.policy.bronnen import WORTEL, lees_bronnen
from vangnet.policy.fouten import Fout, OnbekendeRegio, Ongeldig, VoorEersteVersie
from vangnet.policy.register import lees_bestand, lees_register, lees_tabel

GOED = (WORTEL / "regios" / "zuid-limburg" / "2024-01-01.toml").read_text(encoding="utf-8")


def _fouten(tmp_path: Path, tekst: str, naam: str = "2024-01-01.toml") -> list[Fout]:
    map_ = tmp_path / "zuid-limburg"
    map_.mkdir(exist_ok=True)
    pad = map_ / naam
    pad.write_text(tekst, encoding="utf-8")
    fouten: list[Fout] = []
    lees_bestand(pad, lees_bronnen(), fouten)
    return fouten


def test_the_shipped_file_has_no_faults(tmp_path: Path) -> None:
    assert _fouten(tmp_path, GOED) == []


@pytest.mark.parametrize(
    ("van", "naar", "waar", "gevonden"),
    [
        ('tijdvak = { waarde', 'tijdvlak = { waarde', "rto.tijdvlak", "onbekende sleutel"),
        ('strekking = "in de regel"', 'strekking = "meestal"', "rto.dag.strekking", "'meestal'"),
        ('regels = ["ZL-35", "ZL-63"]', 'regels = ["ZL-35", "ZL-630"]', "rto.dag.regels", "'ZL-630'"),
        ('regels = ["ZL-35", "ZL-63"]', "regels = []", "rto.dag.regels", "geen bron"),
        ('regels = ["ZL-35", "ZL-63"] }', "}", "rto.dag.regels", "niets"),
        ('tot = "17:00"', 'tot = "25:00"', "kantoortijd.tot", "'25:00'"),
        ('tot = "17:00"', 'tot = "08:00"', "kantoortijd.tot", "08:00"),
        ("aantal = 4", "aantal = 0", "zorg.vormen.1.duur.waarde.aantal", "0"),
        ('cbs = "0917"', 'cbs = "917"', "gemeenten.6.cbs", "'917'"),
        ('"Vaals", "Voerendaal"]', '"Vaals", "Venlo"]', "sluitingsdagen.gemeenten.waarde", "'Venlo'"),
        ('waarde = "01-31"', 'waarde = "02-31"', "sluitingsdagen.gemeld_uiterlijk.waarde", "'02-31'"),
        ("geldig_vanaf = 2024-01-01", "geldig_vanaf = 2024-04-01", "regio.geldig_vanaf", "2024-04-01"),
        ('bron = "zl-2024"', 'bron = "zl-2042"', "regio.bron", "'zl-2042'"),
        ('"1.2" = {', '"1.9" = {', "checklist.1.9", "'1.9'"),
        ('keuze = "regionaal"', 'keuze = "landelijk"', "checklist.1.2.keuze", "'landelijk'"),
    ],
)  # fmt: skip
def test_each_fault_is_named(tmp_path: Path, van: str, naar: str, waar: str, gevonden: str) -> None:
    assert van in GOED
    fouten = _fouten(tmp_path, GOED.replace(van, naar, 1))
    treffers = [f for f in fouten if f.waar == waar and gevonden in f.gevonden]
    assert treffers, [str(f) for f in fouten]
    assert treffers[0].verwacht and treffers[0].bestand.endswith("zuid-limburg/2024-01-01.toml")


def test_all_faults_come_at_once(tmp_path: Path) -> None:
    stuk = GOED.replace('tot = "17:00"', 'tot = "laat"').replace('strekking = "in de regel"', 'strekking = "x"')
    stuk = stuk.replace('["ZL-48"]', '["ZL-999"]', 1)
    assert {f.waar for f in _fouten(tmp_path, stuk)} >= {
        "kantoortijd.tot",
        "rto.dag.strekking",
        "huisbezoek.besluit_crisis.regels",
    }


def test_broken_toml_and_wrong_bytes_are_named(tmp_path: Path) -> None:
    assert [f.verwacht for f in _fouten(tmp_path, "[regio\n")] == ["geldige TOML"]
    pad = tmp_path / "zuid-limburg" / "2024-01-01.toml"
    pad.write_bytes(b"\xff\xfe")
    fouten: list[Fout] = []
    lees_bestand(pad, lees_bronnen(), fouten)
    assert [f.verwacht for f in fouten] == ["een tekstbestand in UTF-8"]


def _twee_versies(tmp_path: Path, einde_eerste: str) -> Path:
    map_ = tmp_path / "regios" / "zuid-limburg"
    map_.mkdir(parents=True)
    (map_ / "2024-01-01.toml").write_text(
        GOED.replace("bronjaar = 2024\n", f"bronjaar = 2024\ngeldig_tot = {einde_eerste}\n"), encoding="utf-8"
    )
    (map_ / "2025-01-01.toml").write_text(
        GOED.replace("geldig_vanaf = 2024-01-01", "geldig_vanaf = 2025-01-01"), encoding="utf-8"
    )
    return map_.parent


def test_overlapping_validity_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Ongeldig) as fout:
        lees_register(_twee_versies(tmp_path, "2025-06-01"))
    assert [f.waar for f in fout.value.fouten] == ["regio.geldig_tot"]


def test_a_version_holds_its_whole_year_and_until_the_next(tmp_path: Path) -> None:
    reg = lees_register(_twee_versies(tmp_path, "2024-12-01"))

    def versie(moment: str) -> str:
        return str(reg.op("zuid-limburg", datetime.fromisoformat(moment)).regio.geldig_vanaf)

    assert versie("2024-01-01T00:00:00+01:00") == "2024-01-01"  # before the text's own month, within its year
    assert versie("2024-12-31T23:59:59+01:00") == "2024-01-01"  # past its stated end, not yet superseded
    assert versie("2024-12-31T23:00:00+00:00") == "2025-01-01"  # midnight in the Netherlands
    assert versie("2031-05-05T12:00:00+02:00") == "2025-01-01"
    with pytest.raises(VoorEersteVersie):
        reg.op("zuid-limburg", datetime.fromisoformat("2023-12-31T23:59:59+01:00"))
    with pytest.raises(OnbekendeRegio):
        reg.op("atlantis", None)


TABEL = """
sleutel = "t"
naam = "t"
herkomst = "proef"
uitkomsten = ["ga", "wacht"]
vragen = [
  { sleutel = "direct_onveilig", vraag = "Onveilig?", antwoorden = ["ja", "nee"], regels = ["ICJ-11"] },
  { sleutel = "onhoudbaar", vraag = "Onhoudbaar?", antwoorden = ["ja", "nee"], regels = ["ICJ-11"] },
]
"""


@pytest.mark.parametrize(
    ("rijen", "gevonden"),
    [
        ([("ga", {"direct_onveilig": ["ja"]})], "een gat: geen rij voor direct_onveilig=nee"),
        ([("ga", {}), ("wacht", {"onhoudbaar": ["ja"]})], "overlapt met rij 1"),
        ([("ga", {}), ("wacht", {"direct_onveilig": []})], "een dode rij: geen combinatie komt hier"),
        ([("vlucht", {})], "vlucht"),
        ([("ga", {"regen": ["ja"]})], "regen"),
        ([("ga", {"onhoudbaar": ["misschien"]})], "misschien"),
    ],
)
def test_faults_in_a_decision_table_are_named(
    tmp_path: Path, rijen: list[tuple[str, dict[str, list[str]]]], gevonden: str
) -> None:
    pad = tmp_path / "t.toml"
    delen = [
        f'[[rijen]]\nuitkomst = "{u}"\nwaarom = "w"\nals = {{ {", ".join(f"{k} = {v}" for k, v in als.items())} }}\n'
        for u, als in rijen
    ]
    pad.write_text(TABEL + "\n".join(delen), encoding="utf-8")
    fouten: list[Fout] = []
    lees_tabel(pad, lees_bronnen(), fouten)
    assert any(gevonden in f.gevonden for f in fouten), [str(f) for f in fouten]


def test_choices_of_the_demo_load_and_the_shipped_regions_choose_nothing() -> None:
    kaal = lees_register(WORTEL / "regios")
    assert [
        a.regio.sleutel for v in kaal.versies.values() for a in v if a.keuzes or a.vaststelling or a.sluitingslijsten
    ] == []
    demo = lees_register(WORTEL / "regios", WORTEL / "demo" / "regios").versies["zuid-limburg"][-1]
    assert demo.vaststelling is not None and demo.vaststelling.fictief
    assert all(k.fictief for k in demo.keuzes.values())
