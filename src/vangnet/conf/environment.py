# SPDX-License-Identifier: EUPL-1.2
"""Reads settings from the environment and gathers every fault before refusing, so that one start shows them all."""

from __future__ import annotations

import ipaddress
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

TRUE_WORDS = ("1", "ja", "true", "yes", "on", "aan")
FALSE_WORDS = ("", "0", "nee", "false", "no", "off", "uit")
SHORTEST_SECRET_KEY = 50
"""Characters; Django's own deployment check asks the same."""


class OnveiligeInstelling(ImproperlyConfigured):
    """Vangnet start niet: een of meer instellingen ontbreken of zijn onveilig."""

    def __init__(self, faults: list[str]) -> None:
        self.faults = list(faults)
        super().__init__("Vangnet start niet:\n" + "\n".join(f"- {fault}" for fault in self.faults))


def is_loopback(host: str) -> bool:
    """True when `host` (a name or address as in ALLOWED_HOSTS) can only mean this machine."""
    name = host.strip("[]")
    if name == "localhost" or name.endswith(".localhost"):
        return True
    try:
        return ipaddress.ip_address(name).is_loopback
    except ValueError:
        return False


class Environment:
    """The variables of the environment, with the faults found while reading them.

    Each method returns a usable value even when it notes a fault, so that reading goes on and all faults come out
    together in `refuse_if_faulty`.
    """

    def __init__(self, variables: Mapping[str, str]) -> None:
        self._variables = variables
        self.faults: list[str] = []

    def fault(self, variable: str, found: str, expected: str) -> None:
        """Note one fault. `found` must not repeat a secret."""
        self.faults.append(f"{variable}: gevonden {found}; verwacht {expected}.")

    def refuse_if_faulty(self) -> None:
        """Raise `OnveiligeInstelling` with every fault noted so far, if any."""
        if self.faults:
            raise OnveiligeInstelling(self.faults)

    def text(self, variable: str, default: str = "") -> str:
        return self._variables.get(variable, default).strip()

    def words(self, variable: str) -> list[str]:
        """A list written with commas."""
        return [word.strip() for word in self.text(variable).split(",") if word.strip()]

    def flag(self, variable: str) -> bool:
        """Off unless set; any word that is neither yes nor no is a fault."""
        word = self.text(variable).lower()
        if word in TRUE_WORDS:
            return True
        if word not in FALSE_WORDS:
            self.fault(variable, f"'{word}'", "1 (aan) of 0 (uit)")
        return False

    def number(self, variable: str, default: int, *, least: int, most: int) -> int:
        word = self.text(variable)
        if not word:
            return default
        if word.isdecimal() and least <= int(word) <= most:
            return int(word)
        self.fault(variable, f"'{word}'", f"een heel getal van {least} tot en met {most}")
        return default

    def secret_key(self, variable: str, *, ephemeral: str | None = None) -> str:
        """The signing key. `ephemeral` stands in when nothing is set (the demo only)."""
        key = self.text(variable)
        if not key and ephemeral is not None:
            return ephemeral
        if not key:
            self.fault(variable, "niets", f"een geheime sleutel van minstens {SHORTEST_SECRET_KEY} tekens")
        elif len(key) < SHORTEST_SECRET_KEY or len(set(key)) < 5:
            self.fault(
                variable,
                f"een te zwakke sleutel ({len(key)} tekens, {len(set(key))} verschillende)",
                f"minstens {SHORTEST_SECRET_KEY} willekeurige tekens",
            )
        return key

    def hosts(self, variable: str, *, default: list[str], loopback_only_because: str | None) -> list[str]:
        """The host names that may be served.

        `loopback_only_because` is the Dutch reason (such as "DEBUG=1") for which only this machine may be served.
        """
        hosts = self.words(variable) or list(default)
        if not hosts:
            self.fault(variable, "niets", "de namen waaronder Vangnet bereikbaar is, met komma's ertussen")
        for host in hosts:
            if "*" in host or host.startswith("."):
                self.fault(variable, f"'{host}'", "volledige namen, zonder jokerteken")
            elif loopback_only_because and not is_loopback(host):
                self.fault(
                    variable,
                    f"'{host}' terwijl {loopback_only_because}",
                    "alleen localhost, 127.0.0.1 of [::1]",
                )
        return hosts

    def origins(self, variable: str) -> list[str]:
        """Full origins (https://name) whose forms are trusted besides the own host."""
        origins = self.words(variable)
        for origin in origins:
            parts = urlsplit(origin)
            if parts.scheme != "https" or not parts.hostname or "*" in origin:
                self.fault(variable, f"'{origin}'", "https://naam, zonder jokerteken")
        return origins

    def database(self, variable: str, *, pool: int) -> dict[str, Any]:
        """A Django database entry from a PostgreSQL URL (or key=value words), as libpq reads them.

        `pool` is the most connections that one process keeps; 0 turns the pool off.
        """
        url = self.text(variable)
        if not url:
            self.fault(variable, "niets", "postgresql://rol:wachtwoord@machine/database")
            return {}
        try:
            return database_entry(url, pool=pool)
        except ValueError as error:
            self.fault(variable, str(error), "postgresql://rol:wachtwoord@machine/database")
            return {}

    def folder(self, variable: str, default: Path) -> Path:
        word = self.text(variable)
        return Path(word) if word else default

    def existing_folder(self, variable: str, default: Path | None) -> Path | None:
        """A folder to read from; naming one that is not there is a fault."""
        word = self.text(variable)
        if word and not Path(word).is_dir():
            self.fault(variable, f"'{word}'", "een map die er is")
        return Path(word) if word else default


def database_entry(url: str, *, pool: int) -> dict[str, Any]:
    """Translate a PostgreSQL URL into the dictionary that Django's DATABASES asks for.

    Raises ValueError, without repeating the URL (it holds a password), when it is no PostgreSQL URL.
    """
    import psycopg
    from psycopg.conninfo import conninfo_to_dict

    try:
        words = {name: str(value) for name, value in conninfo_to_dict(url).items()}
    except psycopg.Error:
        raise ValueError("een adres dat geen PostgreSQL-adres is") from None
    if not words.get("dbname"):
        raise ValueError("een adres zonder naam van de database")
    entry: dict[str, Any] = {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": words.pop("dbname"),
        "USER": words.pop("user", ""),
        "PASSWORD": words.pop("password", ""),
        "HOST": words.pop("host", ""),
        "PORT": words.pop("port", ""),
        # A statement that comes back is parsed and planned once per connection instead of every time.
        "OPTIONS": {
            "connect_timeout": 10,
            "application_name": "vangnet",
            "server_side_binding": True,
            "prepare_threshold": 3,
            **words,
        },
        "CONN_HEALTH_CHECKS": True,
    }
    if pool:
        entry["OPTIONS"]["pool"] = {"min_size": 1, "max_size": pool, "timeout": 10}
    return entry
