"""With the database away or locked, help is there and no page is a fault of ours."""

from __future__ import annotations

import json
from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import InterfaceError, OperationalError, connection
from django.test import Client

from screening.models import Protocol, Response, SafetyAlert
from screening.views.access import DRAFT
from tests import patients

PATIENT = ["/", "/begin/", "/page/safe-b/", "/check/", "/resume/"]
STAFF = ["/staff/", "/staff/safety/", "/staff/account/login/"]
STANDS = ["/help/", "/privacy/", "/contact/"]


@pytest.fixture
def response(protocol: Protocol) -> Response:
    return patients.draft(protocol, **patients.ASQ_CALM)


@pytest.fixture
def client(response: Response) -> Client:
    client = Client(raise_request_exception=False)
    session = client.session
    session[DRAFT] = str(response.pk)
    session.save()
    return client


@pytest.fixture(params=[OperationalError, InterfaceError])
def away(request: pytest.FixtureRequest, client: Client) -> Iterator[None]:
    def refuse(*statement: Any) -> Any:
        raise request.param("the server closed the connection")

    with connection.execute_wrapper(refuse):
        yield


@pytest.mark.parametrize("path", STANDS)
def test_help_stands_while_the_database_is_away(
    client: Client, away: None, path: str
) -> None:
    shown = client.get(path)
    assert shown.status_code == 200
    assert "988" in shown.text


@pytest.mark.parametrize("path", PATIENT)
def test_a_patients_page_is_late_not_broken(
    client: Client, away: None, path: str
) -> None:
    shown = client.get(path)
    assert shown.status_code in (200, 503)
    assert "988" in shown.text and "911" in shown.text
    if shown.status_code == 503:
        assert shown["Retry-After"]
        assert "The page you sent last may not be" in shown.text


@pytest.mark.parametrize("path", STAFF)
def test_a_page_of_the_staff_is_late_too(
    response: Response, path: str, away: None
) -> None:
    client = Client(raise_request_exception=False)
    client.cookies[settings.SESSION_COOKIE_NAME] = "x" * 32
    assert client.get(path).status_code == 503


def test_a_red_page_sent_into_an_outage_can_be_sent_again(
    client: Client, response: Response
) -> None:
    def is_locked(execute: Any, sql: str, *rest: Any) -> Any:
        if sql.startswith(("INSERT", "UPDATE")):
            raise OperationalError("database is locked")
        return execute(sql, *rest)

    with connection.execute_wrapper(is_locked):
        assert client.post("/page/safe-b/", {"safe-now": "no"}).status_code == 503
        assert not SafetyAlert.objects.exists()
        assert client.get("/help/").status_code == 200
    assert client.post("/page/safe-b/", {"safe-now": "no"}).status_code == 302
    assert SafetyAlert.objects.get().tier == "c"


def test_who_asks_for_help_on_a_page_that_cannot_be_saved_gets_help(
    client: Client, away: None
) -> None:
    asked = {"safe-now": "no", "action": "help"}
    landed = client.post("/page/safe-b/", asked)
    assert landed["Location"] == "/help/?late=yes#us"
    shown = client.get(landed["Location"]).text
    assert "988" in shown and "We could not save what you sent last." in shown
    stranger = Client(enforce_csrf_checks=True)
    assert stranger.post("/page/safe-b/", asked)["Location"].startswith("/help/")
    assert client.post("/page/safe-b/", {"safe-now": "no"}).status_code == 503


def test_an_error_of_ours_is_still_an_error(client: Client) -> None:
    def fail(*statement: Any) -> Any:
        raise ZeroDivisionError

    with connection.execute_wrapper(fail):
        assert client.get("/page/safe-b/").status_code == 500


def test_the_help_page_becomes_one_small_file(tmp_path: Path) -> None:
    """Without the `db` fixture a query would fail this test."""
    out, path = StringIO(), tmp_path / "deep" / "help.html"
    call_command("render_help", str(path), stdout=out)
    page = path.read_text()
    assert json.loads(out.getvalue())["bytes"] == len(page.encode()) < 15_000
    contacts = settings.CLINIC["crisis"]["regions"][settings.CLINIC["region"]]
    told = [contacts["call"], contacts["emergency"], settings.CLINIC["phone"]]
    assert [number for number in told if number not in page] == []
    strange = ("<script", "http://", "https://", 'rel="stylesheet"', 'href="/', "src=")
    assert [word for word in strange if word in page] == []


def test_a_help_page_without_numbers_is_not_written(
    tmp_path: Path, settings: Any
) -> None:
    settings.CLINIC = settings.CLINIC | {"region": "FR"}
    with pytest.raises(CommandError, match="No crisis contacts"):
        call_command("render_help", str(tmp_path / "help.html"))


def test_a_place_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="cannot be written"):
        call_command("render_help", str(tmp_path))
