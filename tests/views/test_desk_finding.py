"""Cases found again: by clear columns in views, by name or reference by an index."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from screening.models import AuditEvent, Protocol, Response, Staff
from screening.services import answering, reviewing
from screening.services.desk import assigning, finding
from screening.views.desk import queue_filters, queue_page
from tests import patients
from tests.views.desk import case_text, clinician, text

pytestmark = pytest.mark.django_db

CALM = patients.answers_of("p01-two-antidepressants-failed")
ADA = CALM | {"full-name": "Ada  Quill", "birth-date": "1984-05-01"}
DECIDED = {"decision": "ask-for-more", "reason": "records-needed"}


@pytest.fixture
def desk() -> Client:
    return clinician()


def decide(response: Response) -> None:
    by = Staff.objects.get(username="ash")
    reviewing.sign(response.pk, by=by, version=response.version, **DECIDED)


def keys(page: Any) -> list[Any]:
    return [row["key"] for group in page.context["groups"] for row in group["rows"]]


def seen(desk: Client, view: str) -> list[Any]:
    return keys(desk.get("/staff/", {"view": view}))


@pytest.fixture
def cases(desk: Client, protocol: Protocol) -> dict[str, Response]:
    ash = Staff.objects.get(username="ash")
    found = {name: patients.sent(protocol) for name in ("mine", "late", "decided")}
    found["urgent"] = patients.sent(protocol, "p45-thoughts-of-suicide-now")
    found["draft"] = answering.begin(protocol=protocol, answers=patients.CALM)
    answering.save_page(found["draft"].pk, answers=patients.ASQ_CALM | {"asq-3": "yes"})
    assigning.assign(found["mine"].pk, to=ash, by=ash)
    past = timezone.now() - timedelta(hours=1)
    Response.objects.filter(pk=found["late"].pk).update(due_at=past)
    decide(found["decided"])
    return found


@pytest.mark.parametrize(
    ("view", "names"),
    [
        ("", {"mine", "late", "urgent", "draft"}),
        ("mine", {"mine"}),
        ("nobody", {"late", "urgent", "draft"}),
        ("overdue", {"late"}),
        ("urgent", {"urgent", "draft"}),
        ("drafts", {"draft"}),
        ("decided", {"decided"}),
        ("anything else", {"mine", "late", "urgent", "draft"}),
    ],
)
def test_a_view_shows_its_cases_and_how_many(
    desk: Client, cases: dict[str, Response], view: str, names: set[str]
) -> None:
    page = desk.get("/staff/", {"view": view})
    assert set(keys(page)) == {cases[name].pk for name in names}
    assert page.context["total"] == str(len(names))


def test_many_are_not_counted(
    desk: Client, cases: dict[str, Response], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queue_filters, "MANY", 3)
    assert "2 or more waiting" in text(desk.get("/staff/"))


def test_what_was_decided_is_read_page_by_page(
    desk: Client, protocol: Protocol, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queue_page, "PAGE", 2)
    listed = [patients.sent(protocol) for _ in range(5)]
    for response in listed:
        decide(response)
    found, after = [], ""
    for _ in range(3):
        page = desk.get("/staff/", {"view": "decided", "after": after})
        found += keys(page)
        after = page.context["after"]
    assert found == [response.pk for response in reversed(listed)] and after == ""


def test_a_reference_opens_its_case(desk: Client, protocol: Protocol) -> None:
    response = patients.sent(protocol)
    typed = f" {response.reference[:4].lower()} {response.reference[4:]} "
    page = desk.post("/staff/find/", {"reference": typed})
    assert page["Location"] == f"/staff/case/{response.pk}/"


def test_a_person_is_found_by_name_and_birth_date_however_typed(
    desk: Client, protocol: Protocol
) -> None:
    pair = [patients.sent_with(protocol, ADA) for _ in range(2)]
    patients.sent_with(protocol, ADA | {"birth-date": "1984-05-02"})
    page = desk.post("/staff/find/", {"name": "ADA quill", "birth_date": "1984-05-01"})
    assert {row["key"] for row in page.context["rows"]} == {case.pk for case in pair}
    event = AuditEvent.objects.get(action="responses.searched")
    assert event.meta == {"how": "person", "found": 2}


def test_nobody_is_found_by_a_name_that_is_near(
    desk: Client, protocol: Protocol
) -> None:
    patients.sent_with(protocol, ADA)
    typed = {"name": "Ada Quil", "birth_date": "1984-05-01"}
    assert "No case was found." in text(desk.post("/staff/find/", typed))


def test_a_calm_draft_and_an_erased_case_are_not_found(
    desk: Client, protocol: Protocol
) -> None:
    draft, erased = patients.draft(protocol), patients.sent(protocol)
    Response.objects.filter(pk=erased.pk).update(wrapped_key=b"")
    for response in (draft, erased):
        page = desk.post("/staff/find/", {"reference": response.reference})
        assert "No case was found." in text(page)


@pytest.mark.parametrize(
    "typed", [{}, {"name": "Ada"}, {"birth_date": "1984-05-01"}, {"birth_date": "May"}]
)
def test_half_a_person_is_not_looked_for(desk: Client, typed: dict[str, str]) -> None:
    page = desk.post("/staff/find/", typed)
    assert page.status_code == 422
    assert not AuditEvent.objects.filter(action="responses.searched").exists()


def test_a_case_tells_of_another_by_the_same_person(
    desk: Client, protocol: Protocol
) -> None:
    one, other = (patients.sent_with(protocol, ADA) for _ in range(2))
    said = desk.get(f"/staff/case/{one.pk}/").content.decode()
    assert "Same name and birth date:" in said
    assert f'href="/staff/case/{other.pk}/"' in said
    alone = patients.sent_with(protocol, ADA | {"full-name": "Somebody Else"})
    assert "Same name" not in case_text(desk, alone)


def test_without_a_name_nobody_is_the_same_person(protocol: Protocol) -> None:
    draft = patients.draft(protocol, **{"asq-3": "yes"})
    assert finding.same_person(draft) == []


def test_a_view_costs_the_same_however_many_it_shows(
    desk: Client, protocol: Protocol
) -> None:
    counts = []
    for _ in range(3):
        patients.sent(protocol, "p45-thoughts-of-suicide-now")
        with CaptureQueriesContext(connection) as queries:
            desk.get("/staff/", {"view": "urgent"})
        counts.append(len(queries))
    assert counts[1] == counts[2]
