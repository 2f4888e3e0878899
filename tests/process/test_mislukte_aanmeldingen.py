# SPDX-License-Identifier: EUPL-1.2
"""Failed sign-ins are seen by who watches over the region, and say nothing of what was typed."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.test import Client

from tests.mensen import actor_of, medewerker, organisatie, sign_in
from vangnet.access.models import Logregel, Rol
from vangnet.conf import clock
from vangnet.process.show_failed_signins import TERUG, show_failed_signins
from vangnet.process.weigeringen import GeenRecht

pytestmark = pytest.mark.django_db

NU = datetime.fromisoformat("2024-05-16T22:00:00+02:00")


def attempts() -> None:
    here = medewerker(naam="Noor Peeters", password="een heel lang wachtwoord 7")
    there = medewerker(
        naam="Elders Jansen", organisatie=organisatie(regio="lekstroom"), password="een heel lang wachtwoord 7"
    )
    client = Client(REMOTE_ADDR="203.0.113.7")
    for email in (here.email, there.email, "onbekend-geheim@voorbeeld.test"):
        assert client.post("/aanmelden", {"email": email, "wachtwoord": "geraden-wachtwoord"}).status_code == 400
    assert client.get("/api/v1/casussen", headers={"Authorization": "Bearer vn_" + "x" * 43}).status_code == 401


@pytest.mark.parametrize("rol", [Rol.FG, Rol.BEHEERDER])
def test_who_watches_over_the_region_sees_them(rol: str) -> None:
    with clock.put_at(NU) as time:
        attempts()
        wie = medewerker(rol)
        beeld = show_failed_signins(actor_of(wie), NU)
        assert {(r.wie, r.waarom, r.wat) for r in beeld.regels} == {
            ("Noor Peeters", "wachtwoord", "aanmelden"), ("", "adres onbekend", "aanmelden"),
            ("", "sleutel onbekend", "sleutel van een systeem"),
        }  # fmt: skip
        assert beeld.adressen == 1 and {r.adres for r in beeld.regels} == {"203.0.113.7"}
        client = Client()
        sign_in(client, wie)
        page = client.get("/beheer/aanmeldingen").content.decode()
        assert "Noor Peeters" in page and "203.0.113.7" in page
        for typed in ("geraden-wachtwoord", "onbekend-geheim", "vn_xxx", "Elders Jansen"):
            assert typed not in page
        assert Logregel.objects.filter(handeling="inzien", ding="aanmelding", medewerker_id=wie.pk).count() == 2
        time.advance(TERUG + timedelta(seconds=1))
        assert show_failed_signins(actor_of(wie), clock.now()).regels == ()


def test_nobody_else_does() -> None:
    for rol in Rol.values:
        if rol not in (Rol.FG, Rol.BEHEERDER):
            with pytest.raises(GeenRecht):
                show_failed_signins(actor_of(medewerker(rol)), NU)
