"""The pages for somebody in danger: what each says, how plainly, and the way out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import time
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.http import HttpRequest
from django.test import Client
from django.utils import timezone

from screening.engine.reading_grade import grade, sentences, words
from screening.models import Protocol, Response, SafetyAlert
from screening.services import promises
from screening.services.journey import resuming
from screening.views import errors
from screening.views.access import DRAFT
from tests import patients
from tests.patient_words import medicine_words
from tests.test_words import CRISIS_GRADE, REFUSED_WORD, SENTENCE

TIERS = {"a": {"asq-3": "yes"}, "b": {"safe-now": "not-sure"}, "c": {"safe-now": "no"}}
TAG = re.compile(r"<(?:/?(?:a|b|bdi|span)\b)[^>]*>")
BLOCK = re.compile(r"<svg.*?</svg>|<[^>]+>", re.DOTALL)
NEUTRAL = "https://www.wikipedia.org/"


@pytest.fixture
def somebody(protocol: Protocol) -> Response:
    return patients.draft(protocol, **patients.ASQ_CALM)


def holding(response: Response) -> Client:
    client = Client()
    session = client.session
    session[DRAFT] = str(response.pk)
    session.save()
    return client


def told(page: str) -> str:
    """Return what is read of a page, one line a block."""
    body = page.partition("<body")[2].partition(">")[2]
    lines = (" ".join(line.split()) for line in BLOCK.split(TAG.sub("", body)))
    return "\n".join(unescape(line) for line in lines if line.strip())


def is_plain(text: str) -> bool:
    long = [part for part in sentences(text) if len(words(part)) > SENTENCE]
    refused = REFUSED_WORD.findall(text)
    assert (long, refused) == ([], [])
    # Labels of a word or two would flatter the page.
    prose = "\n".join(line for line in text.split("\n") if len(words(line)) > 4)
    return max(grade(each, medicine_words()) for each in (text, prose)) <= CRISIS_GRADE


def keeping_hours(settings: Any, *, open_now: bool) -> None:
    """Keep the clinic open at all hours, or closed today, whenever this runs."""
    today = promises.local(timezone.now()).date()
    changed = {"on_call": "", "holidays": [today]}
    if open_now:
        always = {"opens": time.min, "closes": time.max}
        changed = {"holidays": [], "hours": dict.fromkeys(promises.DAYS, always)}
    settings.CLINIC = settings.CLINIC | changed


def pages(response: Response, folder: Path) -> Iterator[tuple[str, str]]:
    for tier, red in TIERS.items():
        alarmed = patients.draft(response.protocol, **patients.ASQ_CALM | red)
        yield f"tier {tier}", holding(alarmed).get("/help-now/").text
    yield "nothing red", holding(response).get("/help-now/").text
    yield "help", Client().get("/help/").text
    call_command("render_help", str(folder / "help.html"), verbosity=0)
    yield "static help", (folder / "help.html").read_text()
    yield "503", errors.unavailable(HttpRequest()).content.decode()
    yield "500", errors.server_error(HttpRequest()).content.decode()
    yield "404", errors.not_found(HttpRequest()).content.decode()
    yield "start", Client().get("/").text


@pytest.mark.parametrize("open_now", [True, False])
def test_a_page_for_somebody_in_danger_is_read_at_grade_five(
    somebody: Response, settings: Any, tmp_path: Path, open_now: bool
) -> None:
    keeping_hours(settings, open_now=open_now)
    shown = {name: told(page) for name, page in pages(somebody, tmp_path)}
    assert [name for name, text in shown.items() if not is_plain(text)] == []
    numbers = ("988", "911", "555-0142")
    assert [n for n, text in shown.items() if numbers[0] not in text] == []
    assert [n for n, text in shown.items() if numbers[1] not in text] == []
    assert ("No one looks at your answers before" in shown["start"]) is not open_now
    assert ("We are closed now." in shown["tier c"]) is not open_now


def test_no_page_on_medicines_lets_anybody_stop_one(protocol: Protocol) -> None:
    pages = [p for p in protocol.engine.pages if p.slug.startswith("medicines")]
    said = [f"{p.intro} {' '.join(item.help for item in p.items)}" for p in pages]
    assert sum("Do not stop or change any medicine" in text for text in said) >= 2


def test_a_box_for_own_words_says_that_nobody_reads_it_at_once(
    protocol: Protocol,
) -> None:
    """A name or a place is no place to cry out; whatever asks for a story is."""
    asked = [i for page in protocol.engine.pages for i in page.items]
    stories = {i.link_id for i in asked if "at once" in i.help}
    assert len(stories) >= 5
    assert [i.link_id for i in asked if i.link_id in stories and i.type != "text"] == []


def test_opening_a_help_page_raises_nothing(somebody: Response) -> None:
    client = holding(somebody)
    assert "tell us now" in client.get("/help/").text
    shown = client.get("/help-now/").text
    assert "Do you want us to call you?" in shown and "Thank you" not in shown
    assert not SafetyAlert.objects.exists()


@pytest.mark.parametrize("tap, tier", [("call-me", "b"), ("not-safe", "c")])
def test_one_tap_on_it_does(somebody: Response, tap: str, tier: str) -> None:
    client = holding(somebody)
    client.post("/help-now/", {"action": tap})
    assert SafetyAlert.objects.get().tier == tier
    shown = client.get("/help-now/").text
    assert "Thank you for telling us" in shown
    assert ("You asked us to call you." in shown) is (tap == "call-me")


def test_help_leads_back_to_the_first_question_without_an_answer(
    somebody: Response,
) -> None:
    client = holding(somebody)
    went = client.post("/help-now/", {"action": "go-on"})
    assert went["Location"] == "/page/safe-b/"


def test_after_going_on_an_old_place_is_forgotten(somebody: Response) -> None:
    client = holding(somebody)
    client.post("/page/safe-b/", {"safe-now": "no"})
    first = client.post("/help-now/", {"action": "go-on"})["Location"]
    client.post("/page/safe-b/", {"safe-now": "yes"})
    assert first != "/page/safe-b/"
    patients_page = client.post("/help-now/", {"action": "go-on"})["Location"]
    assert patients_page == first


@pytest.mark.parametrize(
    "path", ["/page/safe-a/", "/page/safe-b/", "/help-now/", "/help/"]
)
def test_a_page_on_safety_can_be_left_quickly_and_the_draft_stays(
    somebody: Response, path: str
) -> None:
    client = holding(somebody)
    shown = client.get(path).text
    assert 'href="/leave/"' in shown and "Hide this site now" in shown
    assert client.get("/leave/")["Location"] == NEUTRAL
    assert DRAFT not in client.session
    code = Response.objects.get(pk=somebody.pk).document["resume_code"]
    found = resuming.find(code=code, birth_date=somebody.answers["birth-date"])
    assert found == somebody


def test_the_pages_on_abuse_and_on_safety_can_be_left_quickly(
    protocol: Protocol,
) -> None:
    pages = {page.slug for page in protocol.engine.pages if page.leave_quickly}
    assert pages == {
        *("safe-a", "safe-b", "phq9-b"),
        *("trauma-a", "trauma-b", "trauma-c"),
    }
