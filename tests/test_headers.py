"""Every dynamic answer, errors and redirects too, carries the same strict headers."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from clinic.middleware import HEADERS

ADDRESSES = (
    "/",
    "/help/",
    "/nowhere/",
    "/page/nowhere/",
    "/staff/",
    "/staff/account/login/",
    "/staff/account/signup/",
    "/staff/admin/",
)
pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("address", ADDRESSES)
def test_an_answer_is_kept_nowhere_and_framed_by_nobody(
    client: Client, address: str
) -> None:
    response = client.get(address)
    for name, value in HEADERS.items():
        assert response[name] == value
    assert response["X-Frame-Options"] == "DENY"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Referrer-Policy"] == "same-origin"
    assert response["Cross-Origin-Opener-Policy"] == "same-origin"


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_page_may_load_nothing_from_elsewhere(client: Client, address: str) -> None:
    policy = client.get(address)["Content-Security-Policy"]
    directives = dict(part.strip().split(" ", 1) for part in policy.split(";"))
    assert directives["default-src"] == "'none'"
    assert directives["script-src"] == "'self'"
    assert directives["style-src"] == "'self'"
    assert directives["frame-ancestors"] == "'none'"
    assert directives["form-action"] == "'self'"
    assert "unsafe" not in policy


@pytest.mark.parametrize(
    ("address", "required"), [("/", True), ("/staff/", True), ("/staff/admin/", False)]
)
def test_markup_must_be_trusted_but_in_the_back_office(
    client: Client, address: str, required: bool
) -> None:
    policy = client.get(address)["Content-Security-Policy"]
    assert ("require-trusted-types-for 'script'" in policy) is required


def test_a_crash_carries_the_headers_too(client: Client, monkeypatch: Any) -> None:
    def crash(*_: Any, **__: Any) -> None:
        raise RuntimeError

    monkeypatch.setattr("django.template.response.TemplateResponse.render", crash)
    monkeypatch.setattr("clinic.urls.urlpatterns", [])
    client.raise_request_exception = False
    response = client.get("/staff/account/login/")
    assert response.status_code == 500
    assert response["Cache-Control"] == "no-store"
    assert "default-src 'none'" in response["Content-Security-Policy"]


def test_nobody_signs_up(client: Client) -> None:
    page = client.get("/staff/account/signup/")
    assert b"<form" not in page.content.split(b"<main", 1)[-1].split(b"</main", 1)[0]


def test_the_admin_has_no_door_of_its_own(client: Client) -> None:
    response = client.get("/staff/admin/login/")
    assert response.status_code == 302
    assert response["Location"].startswith("/staff/account/login/")


def test_a_stranger_host_is_refused(client: Client) -> None:
    assert client.get("/", headers={"host": "evil.example"}).status_code == 400


def test_a_file_sent_along_is_refused(client: Client, tmp_path: Any) -> None:
    path = tmp_path / "x.txt"
    path.write_text("x")
    with path.open() as sent:
        assert client.post("/staff/account/login/", {"f": sent}).status_code == 400


@pytest.mark.parametrize("length", ["1048577", "9" * 30, "-1", "many"])
@pytest.mark.parametrize("kind", ["multipart/form-data; boundary=x", "text/plain"])
def test_a_body_that_is_announced_as_too_long_is_refused(
    client: Client, length: str, kind: str
) -> None:
    page = client.generic(
        "POST", "/staff/account/login/", b"--x", kind, CONTENT_LENGTH=length
    )
    assert page.status_code == 400
    assert page["Cache-Control"] == "no-store"
