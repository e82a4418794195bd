"""A page gives up soon, and once it is known that it would wait in vain, at once."""

from __future__ import annotations

import threading
from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.test import RequestFactory

from clinic import patience
from clinic.databases import SQLITE, hurry, opened
from screening.views.errors import unavailable

POSTGRES = "django.db.backends.postgresql"


def database(engine: str, **options: Any) -> dict[str, Any]:
    return opened({"ENGINE": engine, "OPTIONS": options})


def test_a_page_gives_up_soon_where_a_command_would_wait() -> None:
    found = database(SQLITE)
    assert found["OPTIONS"]["timeout"] == 20
    hurry(found)
    assert found["OPTIONS"]["timeout"] < 2


def test_a_page_waits_for_no_lock_and_no_host_for_long() -> None:
    found = database(POSTGRES)
    assert found["OPTIONS"]["connect_timeout"] == 2
    assert found["OPTIONS"]["keepalives_idle"] == 30
    assert found["ENGINE"] == "clinic.impatient" and "SILENCE" not in found
    hurry(found)
    assert 5 < found["SILENCE"] < 6
    said = "-c lock_timeout=1000 -c statement_timeout=5000"
    assert found["OPTIONS"]["options"] == said
    assert found["OPTIONS"]["tcp_user_timeout"] == 2000


def test_what_the_clinic_asks_of_its_database_stands() -> None:
    found = database(POSTGRES, options="-c search_path=clinic", connect_timeout=1)
    hurry(found)
    assert found["OPTIONS"]["options"] == "-c search_path=clinic"
    assert found["OPTIONS"]["connect_timeout"] == 1


class Clinic:
    """Answers as it is told, and counts who got as far as that."""

    def __init__(self) -> None:
        self.is_away, self.asked = True, 0
        self.answer = patience.no_vain_wait(self.respond)

    def respond(self, request: HttpRequest) -> HttpResponseBase:
        self.asked += 1
        return unavailable(request) if self.is_away else HttpResponse()

    def post(self) -> int:
        return self.answer(RequestFactory().post("/page/safe-b/")).status_code

    def get(self, path: str = "/page/safe-b/") -> int:
        return self.answer(RequestFactory().get(path)).status_code


@pytest.fixture
def clinic(monkeypatch: pytest.MonkeyPatch) -> Clinic:
    """Where every wait counts as a long one."""
    monkeypatch.setattr(patience, "LONG", 0)
    return Clinic()


def test_after_one_long_wait_in_vain_nobody_else_waits(clinic: Clinic) -> None:
    assert [clinic.post() for _ in range(3)] == [503] * 3
    assert clinic.asked == 1
    # What only reads may still get through.
    clinic.is_away = False
    assert clinic.get() == 200


def test_after_a_wait_that_no_lock_explains_nobody_reads_in_vain_either(
    clinic: Clinic, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(patience, "GONE", 0)
    assert [clinic.post(), clinic.get(), clinic.post()] == [503] * 3
    assert clinic.asked == 1


@pytest.mark.parametrize("path", ["/help/", "/health/live"])
def test_what_needs_no_database_is_answered_in_an_outage(
    clinic: Clinic, path: str
) -> None:
    assert [clinic.get(), clinic.get()] == [503, 503]
    assert clinic.asked == 1
    clinic.is_away = False
    assert clinic.get(path) == 200
    assert clinic.get() == 503


@pytest.mark.parametrize("path", ["/help/", "/health/live"])
def test_what_needs_no_database_holds_no_door_open(path: str) -> None:
    asked: list[str] = []

    def respond(request: HttpRequest) -> HttpResponseBase:
        asked.append(request.path)
        if request.path == path:
            return HttpResponse()
        # Somebody reads about help while this page waits.
        answer(RequestFactory().get(path))
        return unavailable(request)

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(patience, "LONG", 0)
        answer = patience.no_vain_wait(respond)
        page = RequestFactory().get("/check/")
        assert [answer(page).status_code for _ in range(2)] == [503, 503]
    assert asked == ["/check/", path]


def test_after_a_pause_the_database_is_asked_again(
    clinic: Clinic, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(patience, "PAUSE", 0)
    assert clinic.post() == 503
    clinic.is_away = False
    assert clinic.post() == 200


def test_what_fails_at_once_shuts_nothing() -> None:
    clinic = Clinic()
    assert [clinic.post() for _ in range(3)] == [503] * 3
    assert clinic.asked == 3


def test_one_who_waited_in_vain_while_others_got_through_shuts_nothing() -> None:
    door = patience.Door(kept_at=float("inf"))
    door.note(unavailable(HttpRequest()), began=0)
    assert not door.is_shut()


def test_the_monitors_page_is_no_outage(clinic: Clinic) -> None:
    respond = patience.no_vain_wait(lambda request: HttpResponse(status=503))
    asked = RequestFactory().get("/health/ready")
    assert [respond(asked)["Content-Type"] for _ in range(2)]
    assert not respond(asked).has_header("Retry-After")


def test_whoever_waits_too_long_behind_another_writer_is_told(
    clinic: Clinic, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(patience, "AT_ONCE", 1)
    monkeypatch.setattr(patience, "PAGES_WAIT", 0.01)
    entered, may_end = threading.Event(), threading.Event()

    def hold(request: HttpRequest) -> HttpResponseBase:
        entered.set()
        may_end.wait(5)
        return HttpResponse()

    answer = patience.no_vain_wait(hold)
    asked = RequestFactory().post("/page/safe-b/")
    first = threading.Thread(target=answer, args=(asked,))
    first.start()
    entered.wait(5)
    assert answer(asked).status_code == 503
    may_end.set()
    first.join()
