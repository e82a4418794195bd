"""What each answer carries and each route refuses: ASVS for the web."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.test import Client

from screening.models import Protocol, Response, Role
from screening.views.access import DRAFT
from tests import patients
from tests.draft_routes import DRAFT_ROUTES
from tests.test_access import ROUTES, address, client_of, world
from tests.test_settings import settings_of, start

__all__ = ["start", "world"]
pytestmark = pytest.mark.django_db

TAKEN = ("SESSION_COOKIE", "CSRF_", "SECURE_", "ALLOWED_HOSTS", "SECOND_", "X_FRAME")
HOST = "intake.example.org"
PAGES = ("/", "/begin/", "/help/", "/resume/", "/staff/account/login/", "/nowhere/")
STATIC = "/static/screening/patient.css"
EVERY = [*ROUTES, *DRAFT_ROUTES]
POSTS = sorted({route for route, method in EVERY if method == "post"})
OTHERS = {"<slug:kind>": "criteria", "<path:name>": "x", "<int:pk>": "1"}


@pytest.fixture
def production(settings: Any, start: Any, protocol: Protocol) -> Client:
    """A browser before a server that was set as production sets it."""
    for name, value in settings_of(start()).items():
        if name.startswith(TAKEN):
            setattr(settings, name, value)
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    return Client(headers={"host": HOST, "x-forwarded-proto": "https"})


def test_cookies_stay_with_the_host_and_away_from_scripts(production: Client) -> None:
    production.get("/staff/account/login/")
    production.get("/begin/")
    production.get("/staff/account/2fa/webauthn/login/?next=/staff/")
    patients.person()
    typed = {"login": "ash", "password": "a-long-secret"}
    production.post("/staff/account/login/", typed)
    assert set(production.cookies) == {"__Host-session", "__Host-csrf"}
    for cookie in production.cookies.values():
        assert cookie["secure"]
        assert cookie["httponly"]
        assert (cookie["path"], cookie["domain"]) == ("/", "")
        assert cookie["samesite"] == "Lax"


@pytest.mark.parametrize("path", [*PAGES, STATIC, "/health/live"])
def test_every_answer_asks_for_tls_and_is_framed_by_nobody(
    production: Client, path: str
) -> None:
    answer = production.get(path)
    answer.close()
    hsts = answer["Strict-Transport-Security"]
    assert int(re.findall(r"max-age=(\d+)", hsts)[0]) >= 365 * 24 * 3600
    assert "includeSubDomains" in hsts
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Referrer-Policy"] == "same-origin"
    assert "frame-ancestors 'none'" in answer["Content-Security-Policy"]
    assert "Access-Control-Allow-Origin" not in answer


def test_pages_lead_to_tls_and_a_monitor_is_not_led(production: Client) -> None:
    plain = Client(headers={"host": HOST})
    for path in PAGES:
        assert plain.get(path)["Location"] == f"https://{HOST}{path}"
    assert plain.post("/begin/").status_code == 301
    assert plain.get("/health/live").status_code == 200


@pytest.mark.parametrize("who", ["nobody", "patient", Role.LEAD, Role.ADMINISTRATOR])
def test_every_body_says_what_it_is(world: dict[str, str], who: str) -> None:
    client = client_of(who, world)
    for route, method in ROUTES:
        answer = getattr(client, method)(address(route, world))
        if getattr(answer, "content", b""):
            kind = answer["Content-Type"]
            assert kind == "application/json" or "charset=utf-8" in kind, route


@pytest.mark.parametrize("route", POSTS)
def test_a_post_from_elsewhere_is_refused(world: dict[str, str], route: str) -> None:
    client = client_of(Role.LEAD, world)
    client.handler.enforce_csrf_checks = True
    before, path = list(Response.objects.values()), address(route, world)
    for hole, value in OTHERS.items():
        path = path.replace(hole, value)
    assert client.post(path).status_code == 403
    assert client.post(path, HTTP_ORIGIN="https://evil.example").status_code == 403
    assert list(Response.objects.values()) == before


@pytest.mark.parametrize("who", ["patient", Role.REVIEWER, Role.LEAD])
def test_looking_changes_nothing(world: dict[str, str], who: str) -> None:
    client = client_of(who, world)
    before = list(Response.objects.values())
    for route in {route for route, _ in ROUTES} - {"leave/"}:
        for method in ("get", "head", "options"):
            getattr(client, method)(address(route, world))
    assert list(Response.objects.values()) == before


@pytest.mark.parametrize("method", ["TRACE", "CONNECT", "PUT", "DELETE", "PATCH"])
def test_methods_that_nobody_needs_are_refused(
    world: dict[str, str], method: str
) -> None:
    for who in ("patient", Role.LEAD):
        client = client_of(who, world)
        for route, _ in ROUTES:
            answer = client.generic(method, address(route, world))
            assert answer.status_code in (302, 404, 405), (route, answer.status_code)


@pytest.mark.parametrize("after", ["https://evil.example/", "//evil.example", "\\\\e"])
def test_signing_in_leads_nowhere_else(protocol: Protocol, after: str) -> None:
    patients.person()
    typed = {"login": "ash", "password": "a-long-secret", "next": after}
    answer = Client().post("/staff/account/login/", typed)
    assert answer["Location"] == "/staff/"


@pytest.mark.parametrize(
    "path",
    [
        *("/.git/config", "/static/", "/static/../clinic/settings.py", "/var/"),
        *("/static/%2e%2e/manage.py", "/staff/admin/doc/", "/debug/", "/metrics"),
        *("/static/screening/", "/__debug__/", "/swagger/", "/server-status"),
    ],
)
def test_nothing_but_pages_is_served(protocol: Protocol, path: str) -> None:
    assert Client().get(path).status_code in (302, 404)
    assert b"SECRET" not in Client().get(path).content


def test_a_code_in_the_address_opens_nothing(protocol: Protocol) -> None:
    draft = patients.draft(protocol)
    code = draft.document["resume_code"]
    client = Client()
    typed = {"resume-code": code, "birth-date-year": "1984"}
    assert code not in client.get("/resume/", typed).content.decode()
    assert DRAFT not in client.session


def test_a_session_has_more_than_128_bits_of_chance(protocol: Protocol) -> None:
    store = SessionStore()
    store.create()
    assert store.session_key and re.fullmatch(r"[a-z0-9]{32}", store.session_key)
    keys = {SessionStore()._get_new_session_key() for _ in range(100)}  # type: ignore[attr-defined]
    assert len(keys) == 100


def test_the_server_cache_holds_no_page(settings: Any) -> None:
    assert not [name for name in settings.MIDDLEWARE if "cache" in name.lower()]


def test_what_is_downloaded_is_named_by_us(world: dict[str, str]) -> None:
    client = client_of(Role.LEAD, world)
    case = Response.objects.get(pk=world["case"])
    file = client.get(f'/staff/case/{case.pk}/export.json?filename=a"b.html')
    named = f'attachment; filename="{case.reference}.json"'
    assert file["Content-Disposition"] == named
    table = client.get("/staff/lists/queue.csv?filename=evil.html")
    assert table["Content-Disposition"] == 'attachment; filename="queue.csv"'


def test_requests_take_no_files(settings: Any) -> None:
    assert settings.DATA_UPLOAD_MAX_NUMBER_FILES == 0
    assert settings.DATA_UPLOAD_MAX_MEMORY_SIZE <= 1024 * 1024
    assert Path(__file__).parent.name == "tests"
