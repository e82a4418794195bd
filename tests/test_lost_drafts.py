"""What a patient sends when the draft is gone, sent or refused is never lost unsaid."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.template.loader import render_to_string
from django.test import Client

from screening.models import Protocol, Response, Role, SafetyAlert
from screening.services import answering
from screening.services.upkeep import erasing, retaining
from screening.views.access import DRAFT, own_draft
from tests import patients

LATE = "We could not save the page you sent last."
TELL = "Then we cannot get it here."


def holding(response: Response) -> Client:
    client = Client()
    session = client.session
    session[DRAFT] = str(response.pk)
    session.save()
    return client


@pytest.fixture
def draft(protocol: Protocol) -> Response:
    return patients.draft(protocol, **patients.ASQ_CALM)


def test_without_a_draft_tell_us_now_says_that_it_cannot(protocol: Protocol) -> None:
    client = Client()
    assert client.get("/help-now/")["Location"] == "/help/#us"
    assert TELL in client.get("/help/").text


def test_after_sending_tell_us_now_does_not_look_heard(protocol: Protocol) -> None:
    answers = patients.answers_of("p01-two-antidepressants-failed")
    response = patients.draft(protocol, **answers)
    client = holding(response)
    client.post("/send/", {"send_key": str(response.send_key)})
    landed = client.post("/help-now/", {"action": "not-safe"})
    assert landed["Location"] == "/help/?late=yes#us"
    assert "We could not save what you sent last." in client.get("/help/?late=yes").text


def test_a_page_that_is_refused_says_that_it_is_not_saved(draft: Response) -> None:
    strict = Client(enforce_csrf_checks=True)
    shown = strict.post("/page/safe-b/", {"safe-now": "no"})
    assert shown.status_code == 403
    assert "we could not save it." in shown.text and "988" in shown.text


@pytest.mark.parametrize("slug", patients.JOURNEYS.values())
def test_a_page_sent_after_everything_was_sent_says_so(
    protocol: Protocol, slug: str
) -> None:
    """A second tab may still hold a page of questions."""
    response = patients.draft(protocol, **patients.answers_of(slug))
    client = holding(response)
    client.post("/send/", {"send_key": str(response.send_key)})
    assert LATE not in client.get("/sent/").text
    shown = client.post("/page/safe-b/", {"safe-now": "no"}, follow=True)
    assert shown.redirect_chain[-1][0] == "/sent/?late=yes"
    assert LATE in shown.text and "988" in shown.text


def test_a_button_that_only_goes_on_loses_nothing(protocol: Protocol) -> None:
    landed = Client().post("/help-now/", {"action": "go-on"})
    assert landed["Location"] == "/resume/"


def test_a_page_sent_after_the_session_ended_says_so(protocol: Protocol) -> None:
    client = Client()
    shown = client.post("/page/safe-a/", {"asq-1": "yes"}, follow=True)
    assert LATE in shown.text and "988" in shown.text
    assert LATE not in client.get("/resume/").text


def test_a_page_sent_late_on_a_tablet_says_so(protocol: Protocol) -> None:
    tablet = Client()
    tablet.force_login(patients.person(Role.FRONT_DESK))
    tablet.post("/staff/tablet/", {"action": "begin"})
    shown = tablet.post("/page/safe-a/", {"asq-1": "yes"}, follow=True)
    assert shown.redirect_chain[-1][0] == "/cleared/?late=yes"
    assert LATE in shown.text


def test_a_red_page_is_saved_though_an_earlier_page_lacks_an_answer(
    draft: Response,
) -> None:
    client = holding(draft)
    answering.save_page(draft.pk, answers={}, cleared=["full-name"])
    assert client.get("/page/safe-b/")["Location"] == "/page/about-you/"
    landed = client.post("/page/safe-b/", {"safe-now": "no"})
    assert landed["Location"] == "/help-now/"
    assert SafetyAlert.objects.get().tier == "c"


def test_consent_taken_back_saves_nothing_and_goes_not_on(draft: Response) -> None:
    said = {"consent-questionnaire": "false", "who-answers": "helped"}
    shown = holding(draft).post("/page/start/", said)
    assert "You said no" in shown.text and "988" in shown.text
    kept = Response.objects.get(pk=draft.pk)
    assert kept.answers == draft.answers and kept.version == draft.version


def test_a_draft_in_this_browser_is_offered_first(draft: Response) -> None:
    offered = 'class="button" href="/check/">Go on with my answers'
    assert offered in holding(draft).get("/").text
    assert offered not in Client().get("/").text


@pytest.mark.parametrize("path", ["/help/", "/no-such-page/"])
def test_a_page_beside_the_way_leads_back_to_the_answers(
    draft: Response, path: str
) -> None:
    assert 'href="/check/">Go on with my answers' in holding(draft).get(path).text


@own_draft
def erased_meanwhile(request: HttpRequest, response: Response) -> HttpResponse:
    erasing.erase(response.reference)
    answering.save_page(response.pk, answers={})
    return HttpResponse()


@own_draft
def sent_meanwhile(request: HttpRequest, response: Response) -> HttpResponse:
    answering.submit(response.pk, send_key=response.send_key)
    answering.save_page(response.pk, answers={})
    return HttpResponse()


@pytest.mark.parametrize("view", [erased_meanwhile, sent_meanwhile])
def test_a_page_whose_draft_goes_while_it_is_saved_leads_back(
    protocol: Protocol, view: Callable[[HttpRequest], HttpResponseBase]
) -> None:
    answers = patients.answers_of("p01-two-antidepressants-failed")
    client = holding(patients.draft(protocol, **answers))
    request = client.get("/check/").wsgi_request
    assert view(request)["Location"] == "/resume/"


def test_the_way_out_says_that_it_takes_a_code_to_come_back(draft: Response) -> None:
    told = "opens another site at once. You need your code to come back."
    assert told in holding(draft).get("/help-now/").text
    assert "opens another site at once." in Client().get("/privacy/").text


def test_a_code_is_said_to_live_as_long_as_its_answers(draft: Response) -> None:
    for path in ("/code/", "/stop/"):
        shown = holding(draft).get(path).text
        days = retaining.KEPT.days
        assert f"we delete your answers {days} days after your last page" in shown
        assert "We keep them if you told us that you may be in danger." in shown


def test_too_many_tries_are_told_how_long_to_wait() -> None:
    shown = render_to_string("429.html")
    assert "Please wait 1 hour" in shown and "wait 1 day, or call us" in shown


def test_the_front_desk_is_named_among_those_who_see_something() -> None:
    assert "our front desk may see your name" in Client().get("/privacy/").text


PAUSES = {
    "stop": "/stop/",
    "code": "/code/",
    "back": "/page/phq9-a/",
    "help": "/help/?page=safe-a",
    "privacy": "/privacy/?page=safe-a",
    "contact": "/contact/?page=safe-a",
}


@pytest.mark.parametrize("pause", PAUSES)
def test_a_pause_saves_what_is_ticked_and_asks_for_no_more(
    protocol: Protocol, pause: str
) -> None:
    client = holding(patients.draft(protocol))
    said = {"phq9-1": "not-at-all", "action": pause}
    assert f'name="action" value="{pause}"' in client.get("/page/phq9-a/").text
    client.post("/page/phq9-a/", said | {"phq9-1": "several-days"})
    assert (
        client.post("/page/safe-a/", {"asq-2": "no", "action": pause})["Location"]
        == PAUSES[pause]
    )
    assert Response.objects.get().answers["asq-2"] == "no"
    assert Response.objects.get().answers["phq9-1"] == "several-days"


def test_a_red_answer_alerts_and_helps_before_a_pause(draft: Response) -> None:
    client = holding(draft)
    landed = client.post("/page/safe-b/", {"safe-now": "no", "action": "stop"})
    assert landed["Location"] == "/help-now/"
    assert SafetyAlert.objects.get().tier == "c"
    went = client.post("/help-now/", {"action": "go-on"})
    assert went["Location"] == "/page/safe-b/"


@pytest.mark.parametrize("place", ["/help/", "/privacy/", "/contact/"])
def test_a_page_beside_the_questions_leads_back_to_them_and_nowhere_else(
    place: str,
) -> None:
    """Without the `db` fixture a query would fail this test."""
    client = Client()
    assert 'href="/page/safe-a/"' in client.get(f"{place}?page=safe-a").text
    for forged in ("//evil.invalid", "../staff", "safe-a/?row=1", ""):
        shown = client.get(place, {"page": forged}).text
        assert "/page/" not in shown and "evil" not in shown


def test_who_says_no_to_us_and_wants_help_gets_help(draft: Response) -> None:
    slug = draft.protocol.engine.pages[0].slug
    said = {"consent-questionnaire": "false", "action": "help"}
    assert holding(draft).post(f"/page/{slug}/", said)["Location"] == "/help/"


def test_whoever_wants_help_gets_it_though_the_draft_is_gone(draft: Response) -> None:
    client = Client()
    said = {"asq-1": "no", "action": "help"}
    landed = client.post("/page/safe-a/", said)
    assert landed["Location"] == "/help/?late=yes#us"


def test_enter_goes_on_and_does_not_stop(draft: Response) -> None:
    """A browser presses the first button of the questions that it meets."""
    shown = holding(draft).get("/page/safe-b/").text
    first = shown.index('value="continue"')
    assert first < min(shown.index(f'value="{pause}"') for pause in PAUSES)
