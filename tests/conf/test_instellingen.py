# SPDX-License-Identifier: EUPL-1.2
"""Unsafe settings are refused, all at once, in words that say what to do."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest

from vangnet.conf.environment import Environment, OnveiligeInstelling, database_entry, is_loopback

KEY = "k9Xv2mQ7pL4wR8tZ1nB6cF3hJ5sD0gAeYuIoPqWrTyUiOpAsDfGh"
SAFE = {
    "SECRET_KEY": KEY,
    "ALLOWED_HOSTS": "vangnet.example.nl",
    "DATABASE_URL": "postgresql://vangnet_app:geheim@db.example.nl/vangnet?sslmode=verify-full",
}
ASK = """
import json
from vangnet.conf import settings as s
names = ["DEBUG", "SECURE_SSL_REDIRECT", "SECURE_HSTS_SECONDS", "SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE",
         "CSRF_COOKIE_NAME", "ALLOWED_HOSTS", "LANGUAGE_CODE", "USE_TZ"]
from django.utils.module_loading import import_string
hasher = import_string(s.PASSWORD_HASHERS[0])
print(json.dumps({name: getattr(s, name) for name in names} | {
    "csp": s.CONTENT_SECURITY_POLICY["DIRECTIVES"],
    "hashers": s.PASSWORD_HASHERS,
    "argon2": [hasher.algorithm, hasher.time_cost, hasher.memory_cost],
}))
"""


def load(variables: dict[str, str]) -> subprocess.CompletedProcess[str]:
    """Load the real settings in a process that has only these variables."""
    return subprocess.run(
        [sys.executable, "-c", ASK],
        env={"PATH": os.environ["PATH"]} | variables,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize(
    ("change", "variable", "expected"),
    [
        ({"SECRET_KEY": ""}, "SECRET_KEY", "gevonden niets"),
        ({"SECRET_KEY": "kort"}, "SECRET_KEY", "te zwakke sleutel (4 tekens"),
        ({"SECRET_KEY": "a" * 60}, "SECRET_KEY", "te zwakke sleutel"),
        ({"ALLOWED_HOSTS": ""}, "ALLOWED_HOSTS", "gevonden niets"),
        ({"ALLOWED_HOSTS": "*"}, "ALLOWED_HOSTS", "zonder jokerteken"),
        ({"ALLOWED_HOSTS": ".example.nl"}, "ALLOWED_HOSTS", "zonder jokerteken"),
        ({"DEBUG": "1"}, "ALLOWED_HOSTS", "terwijl DEBUG=1"),
        ({"VANGNET_DEMO": "1"}, "ALLOWED_HOSTS", "terwijl VANGNET_DEMO=1"),
        ({"DEBUG": "misschien"}, "DEBUG", "gevonden 'misschien'"),
        ({"DATABASE_URL": ""}, "DATABASE_URL", "gevonden niets"),
        ({"DATABASE_URL": "mysql://x/y"}, "DATABASE_URL", "geen PostgreSQL-adres"),
        ({"DATABASE_URL": "postgresql://x"}, "DATABASE_URL", "zonder naam van de database"),
        ({"VANGNET_DATABASE_POOL": "veel"}, "VANGNET_DATABASE_POOL", "een heel getal van 0 tot en met 200"),
        ({"VANGNET_LOGNIVEAU": "alles"}, "VANGNET_LOGNIVEAU", "DEBUG, INFO, WARNING of ERROR"),
        ({"VANGNET_VERTROUWDE_OORSPRONG": "http://a.nl"}, "VANGNET_VERTROUWDE_OORSPRONG", "https://naam"),
    ],
)
def test_an_unsafe_setting_is_refused(change: dict[str, str], variable: str, expected: str) -> None:
    done = load(SAFE | change)
    assert done.returncode != 0
    lines = [line for line in done.stderr.splitlines() if line.startswith(f"- {variable}: ")]
    assert len(lines) == 1, done.stderr
    assert expected in lines[0]


def test_all_faults_come_together_and_no_secret_is_repeated() -> None:
    secret = "postgresql//heelgeheim"
    done = load({"SECRET_KEY": "dit-is-geheim", "ALLOWED_HOSTS": "*", "DATABASE_URL": secret})
    assert [line.split(":")[0] for line in done.stderr.splitlines() if line.startswith("- ")] == [
        "- SECRET_KEY",
        "- ALLOWED_HOSTS",
        "- DATABASE_URL",
    ]
    assert "dit-is-geheim" not in done.stderr
    assert "heelgeheim" not in done.stderr


def test_production_is_strict() -> None:
    done = load(SAFE)
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert found["DEBUG"] is False
    assert found["SECURE_SSL_REDIRECT"] is True
    assert found["SECURE_HSTS_SECONDS"] >= 365 * 24 * 3600
    assert found["SESSION_COOKIE_SECURE"] is True
    assert found["CSRF_COOKIE_SECURE"] is True
    assert found["CSRF_COOKIE_NAME"].startswith("__Host-")
    assert found["LANGUAGE_CODE"] == "nl"
    assert found["USE_TZ"] is True
    assert found["csp"]["default-src"] == ["'none'"]
    assert "unsafe" not in json.dumps(found["csp"])
    assert found["hashers"] == ["django.contrib.auth.hashers.Argon2PasswordHasher"]
    algorithm, time_cost, memory_cost = found["argon2"]
    assert algorithm == "argon2"
    assert time_cost >= 2, "passes over the memory per password"
    assert memory_cost >= 19 * 1024, "KiB per password; less is too cheap to guess"


def test_the_demo_serves_this_machine_only() -> None:
    done = load({"VANGNET_DEMO": "1", "DATABASE_URL": SAFE["DATABASE_URL"]})
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["ALLOWED_HOSTS"] == ["localhost", "127.0.0.1", "[::1]"]


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "127.9.9.9", "[::1]", "::1", "a.localhost"])
def test_loopback(host: str) -> None:
    assert is_loopback(host)


@pytest.mark.parametrize("host", ["0.0.0.0", "10.0.0.1", "localhost.example.nl", "vangnet.nl", "[::]", "*"])
def test_not_loopback(host: str) -> None:
    assert not is_loopback(host)


def test_a_database_address_is_read_as_libpq_does() -> None:
    entry = database_entry("postgresql://rol:w%40chtwoord@/vangnet?host=%2Frun%2Fpg&sslmode=require", pool=7)
    assert (entry["NAME"], entry["USER"], entry["PASSWORD"], entry["HOST"]) == (
        "vangnet",
        "rol",
        "w@chtwoord",
        "/run/pg",
    )
    assert entry["OPTIONS"]["sslmode"] == "require"
    assert entry["OPTIONS"]["pool"]["max_size"] == 7
    assert "pool" not in database_entry("postgresql://rol@/vangnet", pool=0)["OPTIONS"]


def test_faults_are_gathered() -> None:
    environment = Environment({"A": "x", "B": "y"})
    environment.number("A", 1, least=0, most=2)
    environment.flag("B")
    with pytest.raises(OnveiligeInstelling) as refusal:
        environment.refuse_if_faulty()
    assert len(refusal.value.faults) == 2
