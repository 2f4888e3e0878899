# SPDX-License-Identifier: EUPL-1.2
"""The page of what the demo received: there in the demo only, and it puts the gateway in a mood."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from vangnet.access.accounts import mark_as_demo
from vangnet.conf import clock
from vangnet.messages import proef


def test_it_is_not_there_outside_the_demo(client: Client, tmp_path: Path, settings: Any, db: None) -> None:
    assert client.get("/proef/post").status_code == 404
    settings.VANGNET_PROEFPOST = tmp_path
    assert client.get("/proef/post").status_code == 404
    mark_as_demo(clock.now())
    assert client.get("/proef/post").status_code == 200
    settings.DEMO = False
    assert client.get("/proef/post").status_code == 404


@pytest.mark.django_db(transaction=True)
def test_what_came_in_stands_there_newest_first(
    new_page: Callable[..., Any], axe: Callable[[Any], None], tmp_path: Path, settings: Any
) -> None:
    settings.VANGNET_PROEFPOST = tmp_path
    mark_as_demo(clock.now())
    nu = clock.real_milliseconds()
    proef.keep(
        tmp_path,
        f"{nu - 5}-000001.json",
        b'{"id": "01", "naar": "+31612345678", "soort": "alarm", "tekst": "Kijk op <b>Vangnet</b>", "goed": true}',
    )
    proef.keep(
        tmp_path,
        f"{nu}-000002.eml",
        b"To: wacht@dienst.example\r\nSubject: Vangnet: er wacht iets op je\r\nMessage-ID: <02@x>\r\n\r\nKijk in Vangnet\r\n",
    )
    page = new_page(viewport={"width": 390, "height": 900})
    page.goto("/proef/post")
    rijen = page.locator("ul.vn-vel > li").all_inner_texts()
    assert "wacht@dienst.example" in rijen[0] and "+31612345678" in rijen[1] and "<b>Vangnet</b>" in rijen[1]
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    axe(page)
    page.screenshot(path="/tmp/post-proef-390.png", full_page=True)
    page.get_by_label("Zegt niets terug").check()
    page.get_by_role("button", name="Zet de poort zo").click()
    page.wait_for_load_state()
    assert proef.mood(tmp_path) == proef.HANGT and page.get_by_label("Zegt niets terug").is_checked()


def test_a_mood_is_one_of_a_few(client: Client, tmp_path: Path, settings: Any, db: None) -> None:
    settings.VANGNET_PROEFPOST = tmp_path
    mark_as_demo(clock.now())
    assert client.post("/proef/post", {"stemming": "../kwaad"}).status_code == 404
    assert proef.mood(tmp_path) == proef.NEEMT and not list(tmp_path.iterdir())
