"""A lead lowers a threshold, sees who flips, has it countersigned, and publishes."""

from __future__ import annotations

import re

from django.conf import settings
from django.test import Client
from playwright.sync_api import BrowserContext
from playwright.sync_api import Page as Tab

from screening.models import Protocol, Response, Role, SafetyAlert
from screening.services import answering
from screening.services.protocol import replaying
from tests import patients
from tests.browser.axe import violations
from tests.browser.conftest import DESK, PHONE, Opens, press
from tests.browser.test_accessible import log_in
from tests.services.journey.test_following import NEW_RULE, newer

SEVERE = "p01-two-antidepressants-failed"


def sign_in(context: BrowserContext, clinic: str, role: Role, name: str) -> None:
    # Checking and publishing are heavy, and a test's machine may be busy.
    context.set_default_timeout(60_000)
    client = Client()
    client.force_login(patients.person(role, name=name))
    cookie = client.cookies[settings.SESSION_COOKIE_NAME]
    context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": clinic}])


def moderate(protocol: Protocol) -> Response:
    """Send a golden patient's answers with a PHQ-9 of 12 and little that is hard."""
    answers = patients.answers_of(SEVERE)
    low = {f"phq9-{n}": "more-than-half-the-days" for n in range(1, 7)}
    rest = {f"phq9-{n}": "not-at-all" for n in range(7, 10)}
    easy = {"func-home": 2, "func-work": 2, "func-study": 2, "small-tasks": ["none"]}
    begun = answering.begin(protocol=protocol, answers={})
    answering.save_page(begun.pk, answers=answers | low | rest | easy)
    return answering.submit(begun.pk, send_key=begun.send_key)


def press_button(tab: Tab, name: str) -> None:
    press(tab.get_by_role("button", name=name).first)


def test_a_lead_lowers_a_threshold_and_publishes_it(clinic: str, tab: Opens) -> None:
    before = Protocol.objects.current()
    sent = [moderate(before) for _ in range(3)]
    begun = patients.draft(before)
    desk, second, phone = tab(DESK), tab(PHONE), tab()
    sign_in(desk.context, clinic, Role.LEAD, "cedar")
    sign_in(second.context, clinic, Role.REVIEWER, "ash")
    log_in(phone.context, clinic, begun)
    home = f"{clinic}/staff/protocol/draft/"
    found = lower_the_threshold(desk, home)
    found += look_round(desk, home)
    found += give_reasons(desk)
    found += try_on_the_past(desk, home, [each.reference for each in sent])
    found += sign_and_publish(desk, second, home)
    assert Protocol.objects.current().version == "1.1.0"
    meet_a_newer_rule(phone, clinic, begun)
    finish(phone, clinic, begun)
    begun.refresh_from_db()
    assert (begun.status, begun.protocol) == ("completed", before)
    assert found == []


def lower_the_threshold(desk: Tab, home: str) -> list[str]:
    desk.goto(home)
    found = violations(desk)
    press_button(desk, "Start a draft")
    desk.goto(f"{home}change/criterion/trd-severity/")
    found += violations(desk)
    for box in desk.locator("input[name$=answer]").all():
        if box.input_value() == "15":
            box.fill("10")
    press_button(desk, "Save in the draft")
    assert "at least 15 becomes at least 10" in desk.inner_text("main")
    return found + violations(desk)


def look_round(desk: Tab, home: str) -> list[str]:
    """Open every other room of the draft, as somebody new to it would."""
    found = []
    for room in (
        *("list/criterion/", "add/criterion/?to=safety", "add/medicine/"),
        *("list/text/", "change/text/help-first/", "change/item/help-with/"),
        *("files/", "file/protocol.toml/", "preview/"),
    ):
        desk.goto(home + room)
        found += violations(desk)
    desk.goto(home)
    return found


def give_reasons(desk: Tab) -> list[str]:
    desk.goto(f"{desk.url}people/at/trd-severity-phq9-total-9/")
    assert "just below 10" in desk.inner_text("h1")
    found = violations(desk)
    press(desk.get_by_role("link", name="Golden patients"))
    found += violations(desk)
    while desk.get_by_label("Why is this right?").count():
        desk.get_by_label("Why is this right?").first.fill("Moderate depression too.")
        press_button(desk, "Give this reason")
    return found


def try_on_the_past(desk: Tab, home: str, references: list[str]) -> list[str]:
    desk.goto(f"{home}replay/")
    press_button(desk, "Try the draft on all past responses")
    run = replaying.waiting()
    assert run is not None
    found = violations(desk)
    replaying.go_on(run)
    desk.reload()
    text = desk.inner_text("main")
    assert "3 of 3 would come out otherwise" in re.sub(r"\s+", " ", text)
    assert all(reference in text for reference in references)
    return found + violations(desk)


def sign_and_publish(desk: Tab, second: Tab, home: str) -> list[str]:
    desk.goto(home)
    press_button(desk, "Propose this version")
    second.goto(home)
    found = violations(second)
    press_button(second, "Countersign this version")
    desk.reload()
    press_button(desk, "Publish version")
    desk.wait_for_url(f"{home.removesuffix('draft/')}")
    desk.goto(home)
    press(desk.get_by_role("link", name="Why it was published (version 1.1.0)"))
    text = desk.inner_text("main")
    assert "Countersigned by ash" in re.sub(r"\s+", " ", text)
    assert "at least 15 becomes at least 10" in text
    assert "Moderate depression too." in text
    assert "3 of 3 would have come out otherwise" in re.sub(r"\s+", " ", text)
    return found + violations(desk)


def meet_a_newer_rule(phone: Tab, clinic: str, begun: Response) -> None:
    """Somebody who began before is asked the old questions, and alarms by new rules."""
    newer(Protocol.objects.current().document(), NEW_RULE)
    slug = begun.protocol.engine.page_of["phq9-1"].slug
    answers = patients.answers_of(SEVERE)
    before = {name: answers[name] for name in answers if name != "phq9-1"}
    answering.save_page(begun.pk, answers=before)
    phone.goto(f"{clinic}/page/{slug}/")
    phone.locator("[name=phq9-1][value=nearly-every-day]").check()
    press_button(phone, "Continue")
    assert phone.url.endswith("/help-now/")
    assert SafetyAlert.objects.get(response=begun).details["by_version"] == "99.0.0"


def finish(phone: Tab, clinic: str, begun: Response) -> None:
    """Send what was begun before the new version was there."""
    phone.goto(f"{clinic}/page/about-you/")
    assert phone.url.endswith("/page/about-you/")
    answering.save_page(begun.pk, answers=patients.answers_of(SEVERE))
    phone.goto(f"{clinic}/check/")
    press_button(phone, "Send")
