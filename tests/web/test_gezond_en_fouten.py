# SPDX-License-Identifier: EUPL-1.2
"""The sign of life, and the calm pages for when something goes wrong."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest
from django.db import OperationalError
from django.test import Client, RequestFactory

from vangnet.web import fouten

if TYPE_CHECKING:
    from playwright.sync_api import Page


@pytest.mark.django_db
def test_healthy(client: Client) -> None:
    answer = client.get("/gezond")
    assert answer.status_code == 200
    assert answer.json() == {"status": "goed", "database": "goed"}
    assert "no-store" in answer["Cache-Control"]


@pytest.mark.django_db
def test_not_healthy_without_a_database(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def down(*words: object) -> None:
        raise OperationalError("down")

    monkeypatch.setattr("django.db.backends.postgresql.base.DatabaseWrapper.cursor", down)
    answer = client.get("/gezond")
    assert answer.status_code == 503
    assert answer.json() == {"status": "storing", "database": "antwoordt niet"}


def test_only_asking_is_allowed(client: Client) -> None:
    assert client.post("/gezond").status_code == 405


@pytest.mark.django_db
def test_every_answer_carries_the_strict_policy(client: Client) -> None:
    for path in ("/gezond", "/niet-hier"):
        policy = client.get(path)["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "frame-ancestors 'none'" in policy
        assert "unsafe" not in policy


@pytest.mark.parametrize(
    ("page", "status", "words"),
    [
        (lambda request: fouten.onbegrepen(request, Exception()), 400, "niet te lezen"),
        (lambda request: fouten.geen_toegang(request, Exception()), 403, "geen toegang"),
        (lambda request: fouten.niet_gevonden(request, Exception()), 404, "Deze pagina is er niet"),
        (fouten.storing, 500, "Er ging iets mis"),
        (fouten.formulier_verlopen, 403, "formulier is verlopen"),
    ],
)
@pytest.mark.parametrize("broken_template", [False, True])
def test_each_page_says_what_and_what_now(
    page: Callable[..., Any], status: int, words: str, broken_template: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    if broken_template:

        def crash(*words: object) -> str:
            raise RuntimeError

        monkeypatch.setattr(fouten, "render_to_string", crash)
    answer = page(RequestFactory().get("/x"))
    assert answer.status_code == status
    assert words in answer.content.decode()


@pytest.mark.django_db(transaction=True)
def test_the_page_for_what_is_not_there(page: Page, axe: Callable[[Page], None]) -> None:
    answer = page.goto("/niet-hier")
    assert answer is not None
    assert answer.status == 404
    page.get_by_role("heading", name="Deze pagina is er niet").wait_for()
    assert page.locator("html").get_attribute("lang") == "nl"
    axe(page)
