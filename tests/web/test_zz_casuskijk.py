import pytest
from datetime import timedelta
from tests.web.test_casus import *
from tests.process.test_show_casus import NACHT

pytestmark = pytest.mark.django_db(transaction=True)

def test_kijk(new_page, axe):
    with clock.put_at(NACHT + timedelta(hours=13)):
        client, person, id_ = scene()
        walk_to("hulp", actor_of(person), id_)
        write_note(actor_of(person), NACHT+timedelta(hours=2), id_, "Moeder maakt zich zorgen over de relatie met haar broer.", over_derden=True)
        for name, words in (("breed", {"viewport": {"width": 1440, "height": 1000}}), ("mob", {"viewport": {"width": 390, "height": 844}}), ("donker", {"viewport": {"width": 1440, "height": 1000}, "color_scheme": "dark"})):
            page = new_page(**words)
            page.goto("/afspraken")
            sign_in(page, person)
            for slug in ("", "/stap/inzet", "/stap/feiten", "/stap/gezin", "/stap/toestemming", "/stap/rto", "/stap/rto_verslag", "/stap/inschatting","/stap/regie") if name != "donker" else ("", "/stap/inzet"):
                page.goto(f"/casus/{id_}{slug}")
                page.wait_for_timeout(200)
                page.screenshot(path=f"/tmp/casus-{name}{slug.replace('/', '-')}.png", full_page=True)
                try:
                    axe(page)
                except AssertionError as fout:
                    print(name, slug, fout)
