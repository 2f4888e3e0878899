# SPDX-License-Identifier: EUPL-1.2
"""Stories walked in a real browser, by the forms that people use: the main line of four of the twelve."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import TYPE_CHECKING, Any

import pytest

from tests.mensen import medewerker, organisatie, sign_in
from vangnet.access.models import Betrokkenheid, Medewerker
from vangnet.casework.models import Aanbod, Casus, Genodigde, Inzet, Jeugdige, Persoon, Rto
from vangnet.conf import clock

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.django_db(transaction=True)


class Scherm:
    """One browser that people of one region use in turn, each at his own moment."""

    def __init__(self, page: Page, regio: str, gemeente: str) -> None:
        self.page, self.regio, self.gemeente = page, regio, gemeente
        self.dienst = organisatie("crisisdienst", regio=regio, naam="De crisisdienst", telefoon="0455550100")
        self.toegang = organisatie("toegang", regio=regio, naam=f"Toegang {gemeente}", gemeente=gemeente)
        self.aanbieder = organisatie("zorgaanbieder", regio=regio, naam="De Linde")
        self.maud = medewerker("crisismedewerker", self.dienst, naam="Maud Proef", opleiding="HBO+")
        self.ilse = medewerker("toegangsmedewerker", self.toegang, naam="Ilse Proef")
        page.goto("/gezond")

    @property
    def casus(self) -> Casus:
        return Casus.objects.order_by("nummer").latest("nummer")

    @property
    def regie(self) -> str:
        """The one organisation that leads now; fails when it is not exactly one."""
        return Betrokkenheid.objects.get(casus_id=self.casus.id, deel="regie", tot__isnull=True).organisatie.naam

    @contextmanager
    def als(self, wie: Medewerker, op: str) -> Iterator[None]:
        """Somebody, at a moment on the clock in the Netherlands."""
        with clock.put_at(datetime.fromisoformat(op)):
            self.page.goto("/gezond")  # What the page of who was here before still asks, ends with that page.
            sign_in(self.page, wie)
            yield

    def bel(self, antwoorden: dict[str, str], uitkomst: str = "inschatting", reden: str = "") -> None:
        """Take a call with the form: each answer is kept as it is typed; then what it leads to."""
        self.page.goto("/melding/nieuw")
        form = self.page.locator("form:has([name='melding.naam'])").first
        for naam, waarde in antwoorden.items():
            self._vul(form, naam, waarde)
        self.page.locator("#inhoud").click(position={"x": 2, "y": 2})
        from playwright.sync_api import expect

        expect(self.page.get_by_text("Alles bewaard").first).to_be_visible()
        knop = self.page.locator(f"button[name=uitkomst][value={uitkomst}]").first
        if knop.count() == 0 or not knop.is_visible():
            self.page.locator("details:has([name=anders]) > summary").first.click()
            self.page.locator(f"[name=anders][value={uitkomst}]").first.check()
            if reden:
                self.page.locator("[name=reden]").first.fill(reden)
            knop = self.page.locator("button[name=uitkomst][value=anders]").first
        knop.click()
        self.page.wait_for_url("**/casus/**")

    def doe(self, slug: str, formulier: str, ding: str = "", **velden: str) -> None:
        """Send one form of one step, as a person does; it must be taken."""
        self.page.goto(f"/casus/{self.casus.id}/stap/{slug}" + (f"?ding={ding}" if ding else ""))
        forms = self.page.locator(f"form:has(input[name=formulier][value={formulier}])")
        wie = velden.get("wie", "")
        own = (
            forms.filter(has=self.page.locator(f"input[type=hidden][value='{wie}']")) if wie.count("-") == 4 else forms
        )
        form = own.first
        form.evaluate(
            "f => { f.querySelectorAll('details').forEach(d => d.open = true);"
            " for (let d = f.closest('details'); d; d = d.parentElement.closest('details')) d.open = true; }"
        )
        knop = form.locator("button").last
        for naam, waarde in velden.items():
            if form.locator(f"button[name='{naam}']").count():
                knop = form.locator(f"button[name='{naam}'][value='{waarde}']")
            else:
                self._vul(form, naam, waarde)
        with self.page.expect_response(lambda answer: answer.request.method == "POST") as sent:
            knop.click()
        assert sent.value.status in (204, 303), f"{slug}/{formulier}: {sent.value.status} {sent.value.text()[-1500:]}"
        self.page.wait_for_load_state()

    def _vul(self, form: Any, naam: str, waarde: str) -> None:
        velden = form.locator(f"[name='{naam}']")
        soort = velden.first.evaluate("e => e.tagName === 'SELECT' ? 'select' : e.type")
        if soort in ("radio", "checkbox"):
            form.locator(f"[name='{naam}'][value='{waarde}']").check(force=True)
        elif soort == "select":
            velden.first.select_option(waarde)
        elif soort != "hidden":
            velden.first.fill(waarde)


@pytest.fixture
def scherm(new_page: Callable[..., Page]) -> Callable[[str, str], Scherm]:
    return lambda regio, gemeente: Scherm(new_page(viewport={"width": 1280, "height": 900}), regio, gemeente)


def kind_veld(scherm: Scherm, naam: str) -> str:
    """The field of the first child on the form of the call."""
    found = scherm.page.locator(f"[name^='jeugdige.'][name$='.{naam}']").first.get_attribute("name")
    assert found
    return found


def gezin(scherm: Scherm, geboren: str, **meer: str) -> dict[str, str]:
    """The answers of a call, with the names that the form gives its fields."""
    scherm.page.goto("/melding/nieuw")
    return {
        "wie": "ouder",
        "melding.naam": "Anouk Dorneveld",
        "melding.telefoon": "0455550177",
        "triage.direct_onveilig": "ja",
        "gemeente": scherm.gemeente,
        "melding.situatie": "Na een heftige ruzie durft hij niet naar binnen.",
        "triage.kan_wachten_tot_morgen": "nee",
        "hulp": "geen",
        "gezag": "moeder",
    } | meer


def id_of(soort: type[Any], **welke: Any) -> str:
    return str(soort.objects.filter(**welke).latest("id").id)


def test_v01_a_night_away_and_the_lead_passes_at_the_rto(scherm: Callable[[str, str], Scherm]) -> None:
    s = scherm("zuid-limburg", "Heerlen")
    with s.als(s.maud, "2024-06-11T02:15:00+02:00"):
        s.bel(gezin(s, "02-03-2010"))
        assert s.regie == "De crisisdienst"
        s.doe("inschatting", "vertrek", wie="Maud en een collega")
    with s.als(s.maud, "2024-06-11T03:20:00+02:00"):
        s.doe("inschatting", "aankomst")
        s.doe("besluit", "besluit", crisis="ja", reden="Eén nacht buiten de situatie lost de crisis op.")
        s.doe(
            "inzet", "inzet", vorm="noodbed", aanbieder=str(s.aanbieder.id), gesproken_met="planner",
            reden="Eén nacht is genoeg.",
        )  # fmt: skip
        bed = id_of(Inzet, vorm="noodbed")
        s.doe("ouders", "ouders", bed, wie="moeder")
        moeder = id_of(Persoon, rol="moeder")
        s.doe("toestemming", "toestemming", moeder, wie=moeder, antwoord="ja", hoe="mondeling")
        s.doe("inzet_begin", "begin", bed)
        s.doe("rto", "rto", gepland_op="2024-06-11T15:00", waar="Stadskantoor", organisatie=str(s.toegang.id))
    with s.als(s.ilse, "2024-06-11T09:20:00+02:00"):
        s.page.goto("/mijn-werk")
        s.page.get_by_role("button", name="Ja, wij komen").first.click()
        s.page.locator(".vn-bericht", has_text="Je antwoord staat vast").wait_for()
        assert Aanbod.objects.get(soort="rto", aan_organisatie=s.toegang).antwoord == "aanvaard"
    with s.als(s.maud, "2024-06-11T16:00:00+02:00"):
        s.doe("inzet_einde", "einde", bed, reden="De nacht is voorbij.")
        gast = Genodigde.objects.get(organisatie=s.toegang)
        s.doe(
            "rto_verslag", "verslag", id_of(Rto), perspectief="Hij woont bij moeder.", veiligheidsplan="Moeder belt bij ruzie.",
            doelen="Rust in huis", route="1", procesregisseur=str(s.toegang.id), procesregisseur_aanwezig="ja",
            **{f"aanwezig.{gast.id}": "ja"},
        )  # fmt: skip
        assert s.regie == "Toegang Heerlen", "the lead passes at the RTO (ZL-79)"


def test_v04_the_address_that_nobody_may_name(scherm: Callable[[str, str], Scherm]) -> None:
    s = scherm("zuid-limburg", "Kerkrade")
    with s.als(s.maud, "2025-03-04T11:10:00+01:00"):
        antwoorden = gezin(s, "05-05-2015")
        antwoorden |= {"plek.straat": "Kanarielaan 7", "plek.postcode": "6460 ZZ", "plek.plaats": "Kanariestad"}
        s.bel(antwoorden | {"plek.geheim": "ja"})
        assert s.casus.geheim
        page = s.page
        assert "Kanarie" not in page.content()
        page.get_by_role("button", name="Toon").first.click()
        page.get_by_text("Kanarielaan 7").wait_for()
        page.goto(f"/casus/{s.casus.id}/print")
        assert "Kanarie" not in page.content()
        page.goto("/dienst")
        assert "Kanarie" not in page.content()
        s.doe("inschatting", "vertrek", wie="Maud en een collega")
    with s.als(s.ilse, "2025-03-04T12:10:00+01:00"):
        s.page.goto(f"/casus/{s.casus.id}")
        s.page.get_by_role("heading", name="Deze casus kun je niet openen").wait_for()
        assert "Kanarie" not in s.page.content()


def test_v12_first_a_consult_then_a_question_that_can_wait(scherm: Callable[[str, str], Scherm]) -> None:
    s = scherm("noord-en-midden-limburg", "Venlo")
    with s.als(s.maud, "2026-02-02T10:30:00+01:00"):
        s.page.goto("/melding/nieuw")
        s.bel({"wie": "school", "melding.vraag": "consult", "melding.situatie": "Een mentor vraagt raad."}, "consult")
        consult = s.casus
        assert (consult.uitkomst, consult.gesloten_op is not None) == ("consult", True)
        assert not Betrokkenheid.objects.filter(casus_id=consult.id, deel="regie", tot__isnull=True).exists()
    with s.als(s.maud, "2026-02-05T13:30:00+01:00"):
        s.bel(
            gezin(s, "02-03-2012") | {"triage.direct_onveilig": "nee", "triage.kan_wachten_tot_morgen": "ja"},
            "acute_hulp",
        )
        assert s.casus.id != consult.id
        assert s.casus.beeld["stand"] == "morgen"
        assert s.regie == "De crisisdienst"


def test_v15_when_home_does_not_hold_after_all(scherm: Callable[[str, str], Scherm]) -> None:
    s = scherm("lekstroom", "Nieuwegein")
    with s.als(s.maud, "2026-01-06T09:40:00+01:00"):
        s.bel(gezin(s, "02-03-2011"))
        s.doe("inschatting", "vertrek", wie="Maud")
        s.doe("inschatting", "aankomst")
        s.doe("besluit", "besluit", crisis="ja", reden="Rust nodig, thuis kan met hulp.")
        s.doe(
            "inzet",
            "inzet",
            vorm="ambulant",
            aanbieder=str(s.aanbieder.id),
            gesproken_met="planner",
            reden="Thuis eerst.",
        )
        thuis = id_of(Inzet, vorm="ambulant")
        s.doe("inzet_begin", "begin", thuis)
        s.doe("slaapplek", "slaapplek", id_of(Jeugdige), waar="thuis bij moeder")
        assert s.casus.beeld["vannacht"][0]["waar"] == "thuis bij moeder"
        s.doe("regie", "aanbod", organisatie=str(s.toegang.id), tekst="De leiding gaat over door aanvaarding.")
        assert s.regie == "De crisisdienst", "until it is accepted the giver keeps the lead"
    with s.als(s.ilse, "2026-01-06T15:00:00+01:00"):
        s.page.goto("/mijn-werk")
        s.page.get_by_role("button", name="Ja, wij nemen over").first.click()
        s.page.locator(".vn-bericht", has_text="Je antwoord staat vast").wait_for()
        assert s.regie == "Toegang Nieuwegein"
