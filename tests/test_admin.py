"""The back office is for reading, and only for leads and administrators."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from django.contrib import admin
from django.template.loader import get_template
from django.test import Client
from django.urls import reverse

from screening.admin import site
from screening.models import Protocol, Role
from screening.services.publishing import publish
from tests import patients
from tests.records import (
    a_draft,
    a_member_of_staff,
    a_protocol,
    a_review,
    a_sent_response,
    an_audit_event,
)
from tests.small_protocol import small_document

pytestmark = pytest.mark.django_db

ROOT = Path(__file__).resolve().parent.parent
MODELS = sorted(site._registry, key=lambda model: model.__name__)
SECRETS = ("sealed", "wrapped", "resume", "identity", "send_key")


def entered_by(client: Client, role: Role, **columns: Any) -> Client:
    client.force_login(a_member_of_staff(role, **columns))
    return client


@pytest.fixture
def office(client: Client) -> Client:
    return entered_by(client, Role.LEAD)


@pytest.fixture
def _records(protocol: Protocol) -> None:
    response = a_sent_response(protocol, reference="7K3MXP9Q")
    a_review(response, a_member_of_staff())
    an_audit_event()
    words = {"code": "help-first", "text": "We are glad that you are here."}
    publish(small_document() | {"texts": [words]})


def listing(model: Any) -> str:
    return reverse(f"admin:screening_{model._meta.model_name}_changelist")


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
@pytest.mark.usefixtures("_records")
def test_every_kind_of_record_is_listed_and_shown(office: Client, model: Any) -> None:
    assert office.get(listing(model)).status_code == 200
    row = site._registry[model].get_queryset(_request(office)).first()
    page = office.get(f"{listing(model)}{row.pk}/change/")
    assert page.status_code == 200
    assert b'name="_save"' not in page.content


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
@pytest.mark.usefixtures("_records")
def test_nothing_is_added_changed_or_deleted(office: Client, model: Any) -> None:
    row = site._registry[model].get_queryset(_request(office)).first()
    for action in ("add/", f"{row.pk}/change/", f"{row.pk}/delete/"):
        assert office.post(listing(model) + action, {}).status_code == 403


@pytest.mark.parametrize("role", [Role.LEAD, Role.ADMINISTRATOR])
def test_leads_and_administrators_enter(client: Client, role: Role) -> None:
    assert entered_by(client, role).get("/staff/admin/").status_code == 200


@pytest.mark.parametrize("role", [Role.FRONT_DESK, Role.REVIEWER])
def test_other_roles_stay_outside_whatever_django_thinks_of_them(
    client: Client, role: Role
) -> None:
    entered_by(client, role, is_staff=True, is_superuser=True)
    for address in ("/staff/admin/", listing(Protocol)):
        assert client.get(address).status_code != 200


def test_strangers_are_sent_to_the_login(client: Client) -> None:
    answer = client.get("/staff/admin/")
    assert answer.status_code == 302
    assert "login" in answer.headers["Location"]


def test_drafts_stay_out_of_the_office(office: Client, protocol: Protocol) -> None:
    a_draft(protocol, reference="DRAFT123")
    a_protocol(small_document(title="Being edited"))
    for model in MODELS:
        page = office.get(listing(model)).content
        assert b"DRAFT123" not in page
        assert b"Being edited" not in page.split(b"changelist-filter")[0]


def test_no_sealed_or_hidden_column_has_a_place_in_it() -> None:
    for model in MODELS:
        shown = site._registry[model]
        names = [str(name) for name in (*(shown.fields or ()), *shown.list_display)]
        assert not [name for name in names if name.startswith(SECRETS)]


def test_no_library_adds_its_own_pages() -> None:
    assert {model._meta.app_label for model in MODELS} == {"screening"}
    assert site is not admin.site


def _request(client: Client) -> Any:
    return client.get("/staff/admin/").wsgi_request


@pytest.mark.parametrize(
    "path", ["", "screening/response/", "screening/response/?_popup=1"]
)
@pytest.mark.parametrize("role", [Role.LEAD, Role.ADMINISTRATOR])
def test_what_is_amiss_is_told_in_the_back_office_too(
    client: Client, protocol: Protocol, role: Role, path: str
) -> None:
    office = entered_by(client, role)
    said = office.get(f"/staff/admin/{path}").text
    assert "The worker is silent" in said
    # Nothing on the page can close it.
    assert 'class="amiss"' in said and "dismiss" not in said


def test_an_open_alert_is_told_to_a_lead_in_the_back_office(
    client: Client, protocol: Protocol
) -> None:
    patients.draft(protocol, **{"safe-now": "no"})
    office = entered_by(client, Role.LEAD)
    assert "1 open safety alert" in office.get("/staff/admin/").text


def test_every_page_of_the_staff_carries_the_banner() -> None:
    """Whoever writes a new page must build it on one that does."""
    own = sorted((ROOT / "templates").rglob("*.html"))
    staff = [p for p in own if {"clinician", "mfa", "account", "admin"} & set(p.parts)]
    pages = [p for p in staff if not p.name.startswith("_")]
    assert [str(page) for page in pages if not carries_the_banner(page)] == []


def carries_the_banner(path: Path) -> bool:
    text = path.read_text()
    if 'include "screening/clinician/_banner.html"' in text:
        return True
    parent = re.match(r'{% extends "([^"]+)" %}', text)
    return bool(parent) and carries_the_banner(_found(parent[1]))


def _found(name: str) -> Path:
    template: Any = get_template(name)
    return Path(template.origin.name)
