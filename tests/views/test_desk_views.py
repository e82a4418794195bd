"""A filter of the queue, named and kept by whoever wants it, and nobody else's."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from screening.models import AuditEvent, Protocol, QueueView, Response, Role, Staff
from screening.services import answering, auditing
from screening.services.desk import assigning, keeping_views
from screening.views.desk import queue_filters, queue_page
from tests import patients
from tests.views.desk import clinician, text

pytestmark = pytest.mark.django_db

MINE = {"with": "me", "due": "overdue"}


@pytest.fixture
def desk(db: None) -> Client:
    return clinician()


@pytest.fixture
def ash(desk: Client) -> Staff:
    return Staff.objects.get(username="ash")


def keys(page: Any) -> set[Any]:
    return {row["key"] for group in page.context["groups"] for row in group["rows"]}


@pytest.fixture
def cases(desk: Client, protocol: Protocol, ash: Staff) -> dict[str, Response]:
    birch = patients.person(Role.LEAD, "birch")
    found = {name: patients.sent(protocol) for name in ("mine", "late", "hers")}
    found["urgent"] = patients.sent(protocol, "p45-thoughts-of-suicide-now")
    found["stop"] = patients.sent(protocol, "p50-heart-and-vessel-stops")
    found["draft"] = answering.begin(protocol=protocol, answers=patients.CALM)
    answering.save_page(found["draft"].pk, answers=patients.ASQ_CALM | {"asq-3": "yes"})
    for name, by in {"mine": ash, "late": ash, "hers": birch}.items():
        assigning.assign(found[name].pk, to=by, by=by)
    rows, now = Response.objects.all(), timezone.now()
    tonight = queue_filters._midnight(now) - timedelta(seconds=1)
    rows.filter(pk=found["late"].pk).update(due_at=now - timedelta(hours=1))
    rows.filter(pk=found["stop"].pk).update(due_at=tonight)
    rows.exclude(pk__in=[found["late"].pk, found["stop"].pk]).update(
        due_at=now + timedelta(days=2)
    )
    return found


@pytest.mark.parametrize(
    ("parts", "names"),
    [
        ({"with": "me"}, {"mine", "late"}),
        ({"with": "nobody"}, {"urgent", "stop", "draft"}),
        ({"with": "others"}, {"hers"}),
        (MINE, {"late"}),
        ({"due": "today"}, {"stop"}),
        ({"level": "urgent"}, {"urgent", "draft"}),
        ({"level": "doctor-first"}, {"stop"}),
        ({"level": "other", "with": "me", "due": "no such"}, {"mine", "late"}),
        ({"state": "unsent"}, {"draft"}),
        ({"state": "sent", "level": "urgent"}, {"urgent"}),
        ({"state": "asked"}, set()),
        ({"view": "decided", "with": "others"}, {"hers"}),
    ],
)
def test_filters_are_combined(
    desk: Client, cases: dict[str, Response], parts: dict[str, str], names: set[str]
) -> None:
    page = desk.get("/staff/", parts)
    assert keys(page) == {cases[name].pk for name in names}
    assert page.context["total"] == str(len(names))


def test_a_filter_that_is_kept_is_a_link_that_says_no_more_than_it(
    desk: Client, cases: dict[str, Response], ash: Staff
) -> None:
    kept = desk.post("/staff/views/", MINE | {"name": "  Mine,  late "})
    assert kept["Location"] == "/staff/?with=me&due=overdue"
    page = desk.get(kept["Location"])
    assert keys(page) == {cases["late"].pk}
    assert (
        'href="/staff/?with=me&amp;due=overdue" aria-current' in page.content.decode()
    )
    assert "This is your view Mine, late" in text(page)
    view = QueueView.objects.get()
    assert desk.post(f"/staff/views/{view.pk}/forget/")["Location"] == "/staff/"
    assert not QueueView.objects.exists()
    told = AuditEvent.objects.filter(action__startswith="view.")
    assert [(e.action, e.actor, e.meta) for e in told] == [
        ("view.kept", ash, {"filters": "with=me&due=overdue"}),
        ("view.forgotten", ash, {}),
    ]
    assert auditing.verify() == []


def test_nobody_sees_or_deletes_the_view_of_another(desk: Client, ash: Staff) -> None:
    view = keeping_views.keep(name="Mine, late", filters="with=me", by=ash)
    other = clinician(Role.LEAD, "birch")
    assert "Mine, late" not in text(other.get("/staff/"))
    other.post(f"/staff/views/{view.pk}/forget/")
    assert QueueView.objects.get() == view


def test_a_filter_is_kept_once_and_takes_the_newer_name(desk: Client) -> None:
    for name in ("One", "Two"):
        desk.post("/staff/views/", MINE | {"name": name})
    assert [view.name for view in QueueView.objects.all()] == ["Two"]


@pytest.mark.parametrize(
    ("name", "said"),
    [("", "Give the view a name."), ("x" * 41, "Keep the name to 40 characters.")],
)
def test_a_view_without_a_fit_name_is_not_kept(
    desk: Client, name: str, said: str
) -> None:
    page = desk.post("/staff/views/", MINE | {"name": name})
    assert page.status_code == 422 and said in text(page)
    assert b"<title>Error: " in page.content and not QueueView.objects.exists()


def test_nothing_chosen_is_nothing_kept_and_there_is_an_end_to_it(
    desk: Client, ash: Staff, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert desk.post("/staff/views/", {"name": "All"})["Location"] == "/staff/"
    monkeypatch.setattr(keeping_views, "MOST", 1)
    keeping_views.keep(name="One", filters="with=nobody", by=ash)
    page = desk.post("/staff/views/", MINE | {"name": "Two"})
    assert page.status_code == 422 and "delete one first" in text(page)


def test_the_next_rows_of_a_filter_are_of_the_filter_too(
    desk: Client, cases: dict[str, Response], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queue_page, "PAGE", 1)
    page = desk.get("/staff/", {"with": "me"})
    link = f"?after={page.context['after']}&amp;with=me"
    assert link in page.content.decode()
    rest = desk.get("/staff/", {"with": "me", "after": page.context["after"]})
    assert keys(page) | keys(rest) == {cases["mine"].pk, cases["late"].pk}
    assert "Back to the first 1" in text(rest)
