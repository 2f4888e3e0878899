# SPDX-License-Identifier: EUPL-1.2
"""By which roads messages leave, read from the environment: the mail server, and per region the gateway for text messages and
calls. No fault repeats a password; what travels to another machine travels encrypted."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

from .environment import Environment, is_loopback

TLS = ("starttls", "meteen", "geen")
WIJZEN = ("sms", "spraak")
VORM_MAIL = "smtp://naam:wachtwoord@machine:poort?tls=starttls (of tls=meteen; tls=geen alleen naar deze machine zelf)"
_AFZENDER = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9.-]+")
_REGIO = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


@dataclass(frozen=True)
class Mailserver:
    """Where mail is handed over, and from whom it comes."""

    machine: str
    poort: int
    tls: str
    """starttls, meteen (from the first byte) or geen."""
    van: str
    naam: str = field(default="", repr=False)
    wachtwoord: str = field(default="", repr=False)


@dataclass(frozen=True)
class Seinpoort:
    """The gateway of one region."""

    url: str
    sleutel_bestand: Path
    """Holds the secret that messages are signed with; only the process that sends reads it."""
    wijze: str
    """sms or spraak, passed on; empty leaves it to the gateway."""


def own_address(environment: Environment, variable: str, hosts: list[str], *, local: bool) -> str:
    """Where people find this installation: https://name, without a path; else the first name that it is served under."""
    adres = environment.text(variable).rstrip("/")
    if not adres:
        return f"{'http' if local else 'https'}://{hosts[0]}" if hosts else ""
    fault = _url_fault(adres, path=False)
    if fault:
        environment.fault(variable, fault, "https://naam, zonder pad")
    return adres


def mail_server(environment: Environment, variable: str, sender: str) -> Mailserver | None:
    """The mail server, None when there is none. With a server a sender is needed, and the other way round."""
    url, van = environment.text(variable), environment.text(sender)
    if not url and not van:
        return None
    if not _AFZENDER.fullmatch(van):
        environment.fault(sender, f"'{van}'" if van else "niets", "het adres waar mail van Vangnet vandaan komt")
    if not url:
        environment.fault(variable, "niets", VORM_MAIL)
        return None
    try:
        parts = urlsplit(url)
        poort = parts.port
        keuzes = dict(parse_qsl(parts.query, keep_blank_values=True, strict_parsing=bool(parts.query)))
    except ValueError:
        environment.fault(variable, "een adres dat geen mailserver aanwijst", VORM_MAIL)
        return None
    tls = keuzes.pop("tls", "starttls")
    fault = ""
    if parts.scheme != "smtp" or not parts.hostname or parts.path not in ("", "/") or parts.fragment or keuzes:
        fault = "een adres dat geen mailserver aanwijst"
    elif tls not in TLS:
        fault = "een onbekende keuze bij tls"
    elif tls == "geen" and not is_loopback(parts.hostname):
        fault = "tls=geen naar een andere machine"
    elif bool(parts.username) != bool(parts.password):
        fault = "een naam zonder wachtwoord, of andersom"
    if fault:
        environment.fault(variable, fault, VORM_MAIL)
        return None
    return Mailserver(
        parts.hostname or "",
        poort or (465 if tls == "meteen" else 587),
        tls,
        van,
        unquote(parts.username or ""),
        unquote(parts.password or ""),
    )


def gateways(environment: Environment, variable: str) -> dict[str, Seinpoort]:
    """Per region its gateway, from a TOML file with a table per region."""
    word = environment.text(variable)
    if not word:
        return {}
    path = Path(word)
    try:
        tabellen = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError):
        environment.fault(
            variable, f"'{word}', niet te lezen", "een TOML-bestand met per regio een poort (docs/beheer.md)"
        )
        return {}
    except tomllib.TOMLDecodeError as fout:
        environment.fault(variable, f"'{word}', geen TOML ({fout})", "per regio een tabel met url en sleutel_bestand")
        return {}
    uit = {}
    for regio, tabel in tabellen.items():
        poort = _gateway(environment, f"{variable}, [{regio}]", regio, tabel, path.parent)
        if poort is not None:
            uit[regio] = poort
    return uit


def _gateway(environment: Environment, waar: str, regio: str, tabel: object, bij: Path) -> Seinpoort | None:
    if not _REGIO.fullmatch(regio) or not isinstance(tabel, dict):
        environment.fault(waar, "geen tabel met de sleutel van een regio", "[zuid-limburg] met url en sleutel_bestand")
        return None
    heel = True
    for naam in sorted(tabel.keys() - {"url", "sleutel_bestand", "wijze"}):
        environment.fault(f"{waar}, {naam}", "een onbekend woord", "url, sleutel_bestand of wijze")
        heel = False
    url, bestand, wijze = (tabel.get(naam, "") for naam in ("url", "sleutel_bestand", "wijze"))
    if fault := _url_fault(url, path=True) if isinstance(url, str) else "geen tekst":
        environment.fault(f"{waar}, url", fault, "https://machine/pad (http alleen naar deze machine zelf)")
        heel = False
    if not isinstance(bestand, str) or not bestand:
        environment.fault(f"{waar}, sleutel_bestand", "niets", "het bestand met de sleutel")
        heel = False
    if wijze != "" and wijze not in WIJZEN:
        environment.fault(f"{waar}, wijze", f"'{wijze}'", " of ".join(WIJZEN))
        heel = False
    return Seinpoort(url, bij / bestand, wijze) if heel else None


def _url_fault(url: str, *, path: bool) -> str:
    """What is wrong with an address, without repeating it; empty when nothing is."""
    try:
        parts = urlsplit(url)
        _ = parts.port
    except ValueError:
        return "geen adres"
    if (
        parts.scheme not in ("http", "https")
        or not parts.hostname
        or not url.isascii()
        or not url.isprintable()
        or " " in url
    ):
        return "geen adres"
    if parts.username or parts.password or parts.fragment:
        return "een adres met een naam, wachtwoord of # erin"
    if parts.scheme == "http" and not is_loopback(parts.hostname):
        return "http naar een andere machine"
    if not path and (parts.path or parts.query):
        return "een adres met een pad"
    return ""
