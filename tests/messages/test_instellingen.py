# SPDX-License-Identifier: EUPL-1.2
"""The roads that messages leave by are read once, every fault is named, and no password is repeated in one."""

from __future__ import annotations

from pathlib import Path

import pytest

from vangnet.conf import kanalen
from vangnet.conf.environment import Environment
from vangnet.conf.kanalen import Mailserver


def mail(url: str, van: str = "vangnet@dienst.example") -> tuple[Mailserver | None, list[str]]:
    e = Environment({"VANGNET_MAIL": url, "VANGNET_MAIL_VAN": van})
    return kanalen.mail_server(e, "VANGNET_MAIL", "VANGNET_MAIL_VAN"), e.faults


def test_a_mail_server() -> None:
    server, faults = mail("smtp://dienst:ge%40heim@mail.example")
    assert not faults and server == Mailserver(
        "mail.example", 587, "starttls", "vangnet@dienst.example", "dienst", "ge@heim"
    )
    assert "ge@heim" not in repr(server)
    assert mail("smtp://mail.example?tls=meteen")[0] == Mailserver(
        "mail.example", 465, "meteen", "vangnet@dienst.example"
    )
    assert mail("smtp://127.0.0.1:2525?tls=geen")[0] == Mailserver("127.0.0.1", 2525, "geen", "vangnet@dienst.example")
    assert mail("", "") == (None, [])


@pytest.mark.parametrize(
    "url",
    [
        "smtp://w:GEHEIM@mail.example?tls=geen", "http://w:GEHEIM@mail.example", "smtp://w:GEHEIM@", "smtp://w:GEHEIM@mail.example:poort",
        "smtp://w:GEHEIM@mail.example/GEHEIM", "smtp://w:GEHEIM@mail.example?tls=soms", "smtp://:GEHEIM@mail.example", "smtp://w:GEHEIM@mail.example?GEHEIM",
        "smtp://w:GEHEIM@mail.example?x=GEHEIM", "smtp://[w:GEHEIM@mail.example",
    ],
)  # fmt: skip
def test_a_mail_server_that_is_none_is_a_fault_without_its_password(url: str) -> None:
    server, faults = mail(url)
    assert server is None and len(faults) == 1 and "VANGNET_MAIL" in faults[0] and "GEHEIM" not in faults[0]


@pytest.mark.parametrize(
    ("url", "van"), [("smtp://mail.example", ""), ("smtp://mail.example", "a b@c"), ("", "vangnet@dienst.example")]
)
def test_a_server_and_a_sender_come_together(url: str, van: str) -> None:
    assert len(mail(url, van)[1]) == 1


def gateways(tmp_path: Path, tekst: str) -> tuple[dict[str, kanalen.Seinpoort], list[str]]:
    (tmp_path / "sein.toml").write_text(tekst)
    e = Environment({"VANGNET_SEIN": str(tmp_path / "sein.toml")})
    return kanalen.gateways(e, "VANGNET_SEIN"), e.faults


def test_a_gateway_per_region(tmp_path: Path) -> None:
    poorten, faults = gateways(
        tmp_path, '[zuid-limburg]\nurl = "https://sms.example/in?x=1"\nsleutel_bestand = "sleutel"\nwijze = "sms"\n'
    )
    assert not faults
    assert poorten == {"zuid-limburg": kanalen.Seinpoort("https://sms.example/in?x=1", tmp_path / "sleutel", "sms")}


@pytest.mark.parametrize(
    ("regels", "bij"),
    [
        ('url = "http://sms.example"\nsleutel_bestand = "s"', "url"), ('url = "https://w:GEHEIM@sms.example"\nsleutel_bestand = "s"', "url"),
        ('url = "https://sms.example"', "sleutel_bestand"), ('url = "https://sms.example"\nsleutel_bestand = "s"\nwijze = "duif"', "wijze"),
        ('url = "https://sms.example"\nsleutel_bestand = "s"\nsleutel = "GEHEIM"', "sleutel"), ('url = 3\nsleutel_bestand = "s"', "url"),
        ('url = "https://sms.example/\\n"\nsleutel_bestand = "s"', "url"), ('url = "file:///etc/passwd"\nsleutel_bestand = "s"', "url"),
    ],
)  # fmt: skip
def test_a_fault_in_the_file_names_its_place(tmp_path: Path, regels: str, bij: str) -> None:
    poorten, faults = gateways(tmp_path, f"[zuid-limburg]\n{regels}\n")
    assert not poorten and len(faults) == 1
    assert faults[0].startswith(f"VANGNET_SEIN, [zuid-limburg], {bij}:") and "GEHEIM" not in faults[0]


@pytest.mark.parametrize("tekst", ["[", 'zuid-limburg = "https://sms.example"', '["../elders"]\nurl = "https://a.nl"'])
def test_a_file_that_is_no_list_of_gateways(tmp_path: Path, tekst: str) -> None:
    poorten, faults = gateways(tmp_path, tekst)
    assert not poorten and len(faults) == 1


@pytest.mark.parametrize(
    ("adres", "goed"),
    [
        ("https://vangnet.example", True),
        ("https://vangnet.example/", True),
        ("http://localhost:8420", True),
        ("http://vangnet.example", False),
        ("https://vangnet.example/pad", False),
        ("vangnet", False),
    ],
)
def test_where_people_find_this_installation(adres: str, goed: bool) -> None:
    e = Environment({"VANGNET_ADRES": adres})
    assert kanalen.own_address(e, "VANGNET_ADRES", ["ander.example"], local=False) == adres.rstrip("/")
    assert (not e.faults) == goed
    assert (
        kanalen.own_address(Environment({}), "VANGNET_ADRES", ["ander.example"], local=False) == "https://ander.example"
    )
