# SPDX-License-Identifier: EUPL-1.2
"""Pictures."""
from datetime import datetime
import pytest
from tests.mensen import medewerker, organisatie, sign_in
from vangnet.conf import clock
NACHT = datetime.fromisoformat("2024-05-16T23:06:00+02:00")
pytestmark = pytest.mark.django_db(transaction=True)
def test_foto(new_page, live_server):
    with clock.put_at(NACHT):
        ik = medewerker("crisismedewerker", organisatie("crisisdienst", naam="Crisishulp Jeugd"), naam="Iris Custers")
        page = new_page(viewport={"width": 1440, "height": 1000})
        page.on("request", lambda r: print("REQ", r.method, r.url, (r.post_data or "")[:300]) if r.method=="POST" else None)
        page.on("response", lambda r: print("RES", r.status, r.url) if r.request.method=="POST" else None)
        page.on("console", lambda m: print("CON", m.text))
        page.goto(live_server.url + "/gezond")
        sign_in(page, ik)
        page.goto("/melding/nieuw")
        page.locator("#vraag-2").get_by_label("Ja", exact=True).check()
        page.wait_for_timeout(1000)
        page.get_by_text("Anders besluiten").click()
        page.get_by_label("Verwijzen").check()
        page.evaluate("window.addEventListener('submit', (e) => console.log('submit', e.submitter && e.submitter.value, e.defaultPrevented))")
        page.evaluate("window.addEventListener(`click`, (e) => console.log(`click`, e.target.outerHTML.slice(0,80), e.defaultPrevented)); window.addEventListener(`submit`, (e) => console.log(`submit-cap`, e.submitter && e.submitter.value, e.defaultPrevented), true)"); page.get_by_role("button", name="Besluit zo").click()
        page.wait_for_timeout(3000)
        page.screenshot(path="/tmp/foto/anders.png")
