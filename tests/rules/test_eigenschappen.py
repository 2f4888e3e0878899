# SPDX-License-Identifier: EUPL-1.2
"""What holds for every situation in every region, tried on made-up ones. VANGNET_PROEVEN=2000 tries longer."""

from __future__ import annotations

import copy
import json
import os
import string
from dataclasses import asdict
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.rules.situaties import situaties
from vangnet.policy.bronnen import WORTEL
from vangnet.policy.fouten import Ongeldig
from vangnet.policy.register import Register
from vangnet.process.give_advice import advise, register
from vangnet.process.present_advice import DAGEN_IN_BEELD, Antwoord, present
from vangnet.rules.advies import VOLGORDE, Advies
from vangnet.rules.bron import Strekking
from vangnet.rules.openvraag import OpenVraag
from vangnet.rules.uitspraak import gekozen

REG = register()
MET_KEUZES = register(eigen=WORTEL / "demo" / "regios")
"""The same regions with the choices, closing days and triage table of the demo."""
STREKKINGEN = {*Strekking.__args__, ""}  # type: ignore[attr-defined]
_LANG = os.environ.get("VANGNET_PROEVEN", "")
PROEVEN = settings(
    max_examples=int(_LANG or 30),
    derandomize=not _LANG,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much],
)


def zonder_tegenspraak(feiten: dict[str, Any], reg: Register = REG) -> tuple[dict[str, Any], Advies]:
    """The advice for these facts, less those that the refusals name: at most a few rounds are needed."""
    feiten = copy.deepcopy(feiten)
    for _ in range(40):
        try:
            return feiten, advise(feiten, reg)
        except Ongeldig as fout:
            assert all(f.waar and f.gevonden and f.verwacht for f in fout.fouten), fout
            for f in fout.fouten:
                deel, _, veld = f.waar.partition(".")
                if deel in ("regio", "(alles)"):
                    raise
                tak = feiten.get(deel)
                if isinstance(tak, dict) and veld.partition(".")[0] in tak:
                    del tak[veld.partition(".")[0]]
                else:
                    feiten.pop(deel, None)
    raise AssertionError("steeds nieuwe tegenspraken")


def controleer(advies: Advies) -> Antwoord:
    """Everything that must hold for one advice and for the answer made of it."""
    dingen = [*advies.uitspraken.values(), *advies.termijnen.values()]
    for sleutel, ding in [*advies.uitspraken.items(), *advies.termijnen.items()]:
        assert ding.sleutel == sleutel
        assert ding.onderdeel in VOLGORDE, sleutel
        assert ding.strekking in STREKKINGEN, (sleutel, ding.strekking)
        assert ding.regels, f"{sleutel} noemt geen regel"
        assert set(ding.regels) <= set(REG.bronnen.regels), sleutel
        if ding.open_vraag:
            assert ding.open_vraag in advies.open_vragen, f"{sleutel} hangt aan een vraag die niet gesteld is"
            lezingen = {x.sleutel for x in advies.open_vragen[ding.open_vraag].lezingen}
            assert {k for k, _ in ding.lezingen} <= lezingen, sleutel
        else:
            assert not ding.lezingen, sleutel
    for t in advies.termijnen.values():
        if t.lezingen:
            eerst = advies.open_vragen[t.open_vraag].eerst
            assert t.uiterlijk in [w for _, w in t.lezingen], f"{t.sleutel} rekent met geen van de lezingen"
            if eerst in dict(t.lezingen):
                assert t.uiterlijk == gekozen(eerst, t.lezingen), f"{t.sleutel} rekent niet met {eerst}"
    for q in advies.open_vragen.values():
        assert len({x.sleutel for x in q.lezingen}) == len(q.lezingen), q.id
        # Without readings it is a gap that only the region can fill, and nothing may be computed with it.
        assert q.eerst in {x.sleutel for x in q.lezingen} if q.lezingen else q.eerst == "", q.id
        assert q.regels and set(q.regels) <= set(REG.bronnen.regels), q.id
        assert REG.is_open_vraag(q.id), q.id
    for v in advies.vragen:
        assert v.regels and set(v.regels) <= set(REG.bronnen.regels), v.veld
    assert set(advies.regels) <= set(REG.bronnen.regels)
    antwoord = present(advies, REG.bronnen)
    assert json.loads(json.dumps(asdict(antwoord), allow_nan=False))
    zinnen = [antwoord.kop, antwoord.kop_uitleg]
    zinnen += [z for u in antwoord.uitspraken.values() for z in (u.tekst, u.waarom)]
    zinnen += [z for t in antwoord.termijnen.values() for z in (t.wat, t.waarom, t.eigenaar_naam)]
    zinnen += [z for q in antwoord.open_vragen for z in (q.vraag, *(x.tekst for x in q.lezingen))]
    zinnen += [z for v in antwoord.vragen for z in (v.vraag, v.waarom)]
    for zin in zinnen:
        assert "{" not in zin.replace("{haakjes}", ""), f"een gat bleef open: {zin}"
        assert "None" not in zin, f"een leeg gat: {zin}"
    assert all(u.tekst for u in antwoord.uitspraken.values())
    assert len(antwoord.dagen) == (DAGEN_IN_BEELD if advies.moment else 0)
    assert len(dingen) == len(antwoord.uitspraken) + len(antwoord.termijnen)
    return antwoord


@pytest.mark.parametrize("regio", sorted(REG.versies))
@given(data=st.data())
@PROEVEN
def test_elk_advies_klopt(regio: str, data: st.DataObject) -> None:
    reg = data.draw(st.sampled_from([REG, REG, MET_KEUZES]), label="register")
    for a in reg.versies[regio]:
        feiten, advies = zonder_tegenspraak(data.draw(situaties(a), label="feiten"), reg)
        controleer(advies)
        vragen: list[OpenVraag] = [q for q in advies.open_vragen.values() if q.lezingen]
        vragen = [q for q in vragen if q.lezingen]
        if vragen:
            # Whatever is chosen, the choice is acted on, and the advice stays whole.
            keuzes = {q.id: data.draw(st.sampled_from([x.sleutel for x in q.lezingen]), label=q.id) for q in vragen}
            anders = advise({**feiten, "keuzes": keuzes}, reg)
            controleer(anders)
            for id_, q in anders.open_vragen.items():
                if id_ in keuzes:
                    assert q.eerst == keuzes[id_]


@pytest.mark.parametrize("regio", sorted(REG.versies))
@given(data=st.data())
@PROEVEN
def test_een_feit_erbij_of_weg_laat_nooit_iets_vastlopen(regio: str, data: st.DataObject) -> None:
    feiten = data.draw(situaties(REG.versies[regio][-1]), label="feiten")
    weg = data.draw(st.sampled_from([k for k in feiten if k != "regio"] or ["regio"]))
    feiten.pop(weg)
    feiten["regio"] = regio
    controleer(zonder_tegenspraak(feiten)[1])


rommel = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(string.printable, max_size=20)),
    lambda kind: st.one_of(
        st.lists(kind, max_size=4),
        st.dictionaries(st.sampled_from([*advise.__annotations__, "regio", "melding", "op", "inzet", "vorm"]), kind, max_size=5),
    ),
    max_leaves=20,
)  # fmt: skip


@given(ding=st.one_of(st.binary(max_size=200), st.text(max_size=200), rommel.map(json.dumps)))
@settings(PROEVEN, max_examples=int(_LANG or 300))
def test_rommel_wordt_geweigerd_en_loopt_nergens_vast(ding: bytes | str) -> None:
    with pytest.raises(Ongeldig) as fout:
        advise(ding, REG)
    assert all(f.waar and f.gevonden and f.verwacht for f in fout.value.fouten)


@pytest.mark.parametrize("regio", sorted(REG.versies))
@given(data=st.data())
@settings(PROEVEN, max_examples=int(_LANG or 30))
def test_alle_fouten_komen_tegelijk(regio: str, data: st.DataObject) -> None:
    """Spoil several facts of a good situation: the refusal names each of them."""
    feiten, _ = zonder_tegenspraak(data.draw(situaties(REG.versies[regio][-1]), label="feiten"))
    plekken = [(deel, veld) for deel, tak in feiten.items() if isinstance(tak, dict) for veld in tak]
    plekken = [p for p in plekken if p[0] not in ("verrekening", "sluitingsdagen", "meting", "keuzes")]
    plekken = [p for p in plekken if p[1] != "redenen"]  # any words will do there
    if not plekken:
        return
    stuk = data.draw(st.lists(st.sampled_from(plekken), min_size=1, max_size=4, unique=True), label="stuk")
    for deel, veld in stuk:
        feiten[deel][veld] = {"geen": "feit"}
    with pytest.raises(Ongeldig) as fout:
        advise(feiten, REG)
    genoemd = {f.waar for f in fout.value.fouten}
    for deel, veld in stuk:
        assert any(w == f"{deel}.{veld}" or w.startswith(f"{deel}.{veld}.") for w in genoemd), (deel, veld, genoemd)
