"""A red answer of each tier in a browser, with scripts and without."""

from __future__ import annotations

import pytest

from screening.models import Protocol, Response, SafetyAlert
from tests import patients
from tests.browser.conftest import Opens, press
from tests.browser.test_accessible import log_in

REDS = [
    ("safe-a", "asq-1", "yes", "a"),
    ("safe-b", "safe-now", "not-sure", "b"),
    ("safe-b", "safe-now", "hurt", "c"),
]


@pytest.mark.parametrize("scripts", [True, False])
@pytest.mark.parametrize(("page", "question", "red", "tier"), REDS)
def test_help_is_shown_the_alert_is_right_and_the_answer_stays(
    clinic: str,
    tab: Opens,
    page: str,
    question: str,
    red: str,
    tier: str,
    scripts: bool,
) -> None:
    calm = {} if page == "safe-a" else patients.ASQ_CALM
    draft = patients.draft(Protocol.objects.current(), **calm)
    phone = tab(java_script_enabled=scripts)
    log_in(phone.context, clinic, draft)
    phone.goto(f"{clinic}/page/{page}/")
    phone.locator(f"[name={question}][value={red}]").check()
    press(phone.get_by_role("button", name="Continue", exact=True).last)
    assert phone.url == f"{clinic}/help-now/"
    assert phone.locator("h1").inner_text() == "Thank you for telling us"
    assert phone.get_by_role("link", name="Call 988").first.is_visible()
    assert SafetyAlert.objects.get().tier == tier
    for name in ("Go on", "Stop for now"):
        assert phone.get_by_role("button", name=name, exact=True).last.is_visible()
    press(phone.get_by_role("button", name="Go on", exact=True).last)
    phone.goto(f"{clinic}/page/{page}/")
    assert phone.locator(f"[name={question}][value={red}]").is_checked()
    assert Response.objects.get().answers[question] == red
    # It was shown; it is not shown again.
    press(phone.get_by_role("button", name="Continue", exact=True).last)
    assert not phone.url.endswith("/help-now/")
