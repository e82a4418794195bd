"""Sixty hostile texts in all that is stored: no page of the desk runs any of them."""

from __future__ import annotations

import pytest
from django.test import Client

from screening.models import Protocol, QueueView, Response, Role, Staff
from screening.services import answering, reviewing
from screening.services.desk import assigning, disagreeing, telling
from screening.services.safety import owning
from tests import patients
from tests.browser.axe import violations
from tests.browser.conftest import DESK, Opens, press
from tests.browser.test_desk import sit_down

RUN = "window.ran=1"
TAGS = ("img src=x onerror", "svg onload", "body onload", "iframe onload")
MORE_TAGS = ("details open ontoggle", "video src=x onerror", "input autofocus onfocus")
BEFORE = ("", '">', "'>", "</textarea>", "</title>", "-->", "</script>")
PAYLOADS = [
    *(f"{before}<{tag}={RUN}>" for before in BEFORE for tag in (*TAGS, *MORE_TAGS)),
    *(f"{before}<script>{RUN}</script>" for before in BEFORE),
    f"javascript:{RUN}//",
    f'" onmouseover="{RUN}" autofocus onfocus="{RUN}',
    "{{ 7|add:7 }}{% debug %}",
    f"<a href=javascript:{RUN}>x</a>",
    f"<meta http-equiv=refresh content='0;url=javascript:{RUN}'>",
    "<base href=//elsewhere.invalid/><link rel=stylesheet href=//elsewhere.invalid/>",
    f"\u202e<script>{RUN}</script>\u0000<img src=x onerror={RUN}>",
]
ALL = " ".join(PAYLOADS).replace("\u0000", "")


def hostile_case(staff: Staff) -> Response:
    """Write every payload wherever somebody can write."""
    protocol = Protocol.objects.current()
    answers = patients.answers_of("p54-clonazepam-and-lamotrigine")
    answers |= patients.ASQ_CALM | {"asq-3": "yes", "asq-5": "no"}
    answers["contact-ok"] = ["call", "email"]
    texts = [i.link_id for i in protocol.engine.item.values() if i.type == "text"]
    answers |= dict.fromkeys(texts, ALL)
    answers["medicines"] = [
        {"md-name": " ".join(PAYLOADS[place::8]), "md-daily-mg": 5, "md-use": "regular"}
        for place in range(8)
    ]
    response = patients.sent_with(protocol, answers)
    alert = response.alerts.first()
    owning.record_contact(
        alert.pk, by=staff, how="phone", outcome="no-answer", note=ALL
    )
    decided = {"decision": "ask-for-more", "reason": "records-needed", "note": ALL}
    decided |= {"overrules": "in-the-note"}
    reviewing.sign(response.pk, by=staff, version=response.version, **decided)
    for place, criterion in enumerate(response.protocol.engine.criteria):
        why = PAYLOADS[place % len(PAYLOADS)]
        disagreeing.disagree(response.pk, by=staff, criterion=criterion.code, why=why)
    telling.tell(response, by=staff, how="phone", text="<img src=x onerror=window.ran>")
    client = Client()
    client.force_login(staff)
    client.post(f"/staff/case/{response.pk}/note/", {"note": ALL[:4000]})
    for place, payload in enumerate(PAYLOADS):
        named = {"name": payload[:40].replace("\u0000", ""), "filters": f"due={place}"}
        QueueView.objects.create(owner=staff, **named)
    return response


def test_there_are_sixty_payloads() -> None:
    assert len(set(PAYLOADS)) >= 60


def test_nothing_that_was_written_ever_runs(clinic: str, tab: Opens) -> None:
    desk = sit_down(tab(DESK), clinic, Role.LEAD)
    lead = Staff.objects.get(username="ash")
    lead.first_name = "<img src=x onerror=window.ran=1>"
    lead.save()
    response = hostile_case(lead)
    draft = answering.begin(protocol=response.protocol, answers=patients.CALM)
    answering.save_page(draft.pk, answers={"asq-3": "yes", "full-name": ALL})
    dialogs: list[str] = []
    desk.on("dialog", lambda dialog: dialogs.append(dialog.message))
    case, alert = f"case/{response.pk}/", f"alert/{response.alerts.first().pk}/"
    pages = ("", "?view=decided", f"?signed={response.pk}", case, f"{case}basis/")
    for path in (*pages, f"case/{draft.pk}/", alert, "safety/", "opened/", "doing/"):
        desk.goto(f"{clinic}/staff/{path}")
        assert desk.evaluate("window.ran") is None, path
    desk.goto(f"{clinic}/staff/{case}")
    assert desk.locator("text=onerror").count() > 0
    desk.goto(f"{clinic}/staff/find/")
    desk.fill("#name", ALL[:150])
    press(desk.get_by_role("button", name="Find"))
    assert desk.evaluate("window.ran") is None and dialogs == []


@pytest.mark.parametrize(
    "path", ["?view=decided", "find/", "opened/", "doing/", "{case}", "{case}basis/"]
)
def test_the_newer_pages_of_the_desk_are_accessible(
    clinic: str, tab: Opens, path: str
) -> None:
    desk = sit_down(tab(DESK), clinic, Role.LEAD)
    lead = Staff.objects.get(username="ash")
    response = patients.sent(Protocol.objects.current())
    version, reason = response.version, "criteria-fit"
    said = {"decision": "offer-consultation", "reason": reason, "version": version}
    reviewing.sign(response.pk, by=lead, **said)
    desk.goto(f"{clinic}/staff/" + path.format(case=f"case/{response.pk}/"))
    for summary in desk.locator(".act summary, .assign summary").all():
        summary.click()
    desk.evaluate("scrollTo(0, document.body.scrollHeight)")
    assert violations(desk) == []


def test_the_page_that_asks_for_a_reason_is_accessible(clinic: str, tab: Opens) -> None:
    desk = sit_down(tab(DESK), clinic)
    response = patients.sent(Protocol.objects.current())
    birch = patients.person(name="birch")
    assigning.assign(response.pk, to=birch, by=birch)
    desk.goto(f"{clinic}/staff/case/{response.pk}/")
    assert violations(desk) == []


def test_a_note_is_kept_and_there_again_after_the_tab_is_gone(
    clinic: str, tab: Opens
) -> None:
    desk = sit_down(tab(DESK), clinic)
    response = patients.sent(Protocol.objects.current())
    address = f"{clinic}/staff/case/{response.pk}/"
    desk.goto(address)
    desk.fill("#note", "Half a thought")
    desk.locator("#kept", has_text="Kept").wait_for()
    desk.goto("about:blank")
    desk.goto(address)
    assert desk.input_value("#note") == "Half a thought"


def test_whoever_rests_is_warned_and_may_stay(clinic: str, tab: Opens) -> None:
    desk = sit_down(tab(DESK), clinic)
    desk.clock.install()
    desk.goto(f"{clinic}/staff/")
    desk.clock.fast_forward("27:00")
    assert not desk.locator("#idle").is_visible()
    desk.clock.fast_forward("01:30")
    desk.locator("#idle", has_text="signed out in 2 minutes").wait_for()
    desk.get_by_role("button", name="Stay signed in").click()
    desk.locator("#idle").wait_for(state="hidden")
