"""Who may open what: every route is listed here, and one that is not fails."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from screening.models import Protocol, Role, SafetyAlert
from screening.services.journey import inviting
from screening.views.access import DRAFT
from tests import patients
from tests.draft_routes import DRAFT_ROUTES
from tests.views.desk import signed_in_just_now

EVERYBODY = {"nobody", "patient", *Role}
READERS = {Role.REVIEWER, Role.LEAD}
ON_THE_ROTA = READERS | {Role.FRONT_DESK}
DRAFT_ONLY = {"patient"}

# Route, method, and who gets an answer that is neither 404 nor the login.
ROUTES: dict[tuple[str, str], set[str]] = {
    ("", "get"): EVERYBODY,
    ("begin/", "get"): EVERYBODY,
    ("help/", "get"): EVERYBODY,
    ("privacy/", "get"): EVERYBODY,
    ("contact/", "get"): EVERYBODY,
    ("resume/", "get"): EVERYBODY,
    ("more/<str:token>/", "get"): EVERYBODY,
    ("more/", "get"): EVERYBODY,
    ("sent/", "get"): EVERYBODY,
    ("leave/", "get"): EVERYBODY,
    ("health/live", "get"): EVERYBODY,
    ("health/ready", "get"): EVERYBODY,
    ("invited/", "get"): EVERYBODY,
    ("invited/<str:token>/", "get"): EVERYBODY,
    ("finish/", "get"): EVERYBODY,
    ("cleared/", "get"): EVERYBODY,
    ("page/<slug:slug>/", "get"): DRAFT_ONLY,
    ("check/", "get"): DRAFT_ONLY,
    ("send/", "post"): DRAFT_ONLY,
    ("copy/", "get"): DRAFT_ONLY,
    ("code/", "get"): DRAFT_ONLY,
    ("stop/", "get"): DRAFT_ONLY,
    ("help-now/", "get"): DRAFT_ONLY,
    ("staff/", "get"): set(Role),
    ("staff/views/", "post"): READERS,
    ("staff/views/<int:pk>/forget/", "post"): READERS,
    ("staff/case/<uuid:key>/", "get"): READERS,
    ("staff/case/<uuid:key>/review/", "post"): READERS,
    ("staff/case/<uuid:key>/assign/", "post"): READERS,
    ("staff/case/<uuid:key>/open/", "post"): READERS,
    ("staff/case/<uuid:key>/lower/", "post"): READERS,
    ("staff/case/<uuid:key>/basis/", "get"): READERS,
    ("staff/case/<uuid:key>/basis.pdf", "get"): READERS,
    ("staff/case/<uuid:key>/export.json", "get"): READERS,
    ("staff/lists/<slug:which>.csv", "get"): {Role.LEAD},
    ("staff/case/<uuid:key>/undo/", "post"): READERS,
    ("staff/case/<uuid:key>/note/", "post"): READERS,
    ("staff/case/<uuid:key>/tell/", "post"): READERS,
    ("staff/case/<uuid:key>/disagree/", "post"): READERS,
    ("staff/case/<uuid:key>/ask/", "post"): READERS,
    ("staff/case/<uuid:key>/link/", "get"): READERS,
    ("staff/doing/", "get"): {Role.LEAD},
    ("staff/stay/", "post"): set(Role),
    ("staff/assist/", "get"): ON_THE_ROTA,
    ("staff/assist/end/", "post"): ON_THE_ROTA,
    ("staff/find/", "get"): READERS,
    ("staff/opened/", "get"): {Role.LEAD},
    ("staff/erase/", "get"): {Role.LEAD},
    ("staff/erase/", "post"): {Role.LEAD},
    ("staff/safety/", "get"): ON_THE_ROTA,
    ("staff/alert/<uuid:key>/", "get"): ON_THE_ROTA,
    ("staff/alert/<uuid:key>/own/", "post"): READERS,
    ("staff/alert/<uuid:key>/try/", "post"): READERS,
    ("staff/alert/<uuid:key>/close/", "post"): READERS,
    ("staff/protocol/", "get"): READERS | {Role.ADMINISTRATOR},
    ("staff/team/", "get"): {Role.LEAD},
    ("staff/team/<int:pk>/leave/", "get"): {Role.LEAD},
    ("staff/team/<uuid:key>/back/", "post"): {Role.LEAD},
    ("staff/join/", "get"): EVERYBODY,
    ("staff/join/<str:token>/", "get"): EVERYBODY,
    ("staff/invitations/", "get"): ON_THE_ROTA,
    ("staff/invitations/<uuid:key>/", "get"): ON_THE_ROTA,
    ("staff/invitations/<uuid:key>/link.svg", "get"): ON_THE_ROTA,
    ("staff/invitations/<uuid:key>/withdraw/", "post"): ON_THE_ROTA,
    ("staff/tablet/", "post"): ON_THE_ROTA,
}
# Other people's rooms: login and second factor by allauth, the read-only admin.
ELSEWHERE = ("staff/admin/", "staff/account/2fa/")
SIGNING_IN = {
    "staff/account/login/",
    "staff/account/login/code/confirm/",
    "staff/account/logout/",
    "staff/account/signup/",
    "staff/account/inactive/",
    "staff/account/reauthenticate/",
    "staff/account/password/change/",
    "staff/account/password/set/",
    "staff/account/password/reset/",
    "staff/account/password/reset/done/",
    "staff/account/password/reset/key/done/",
    "staff/account/email/",
    "staff/account/confirm-email/",
    "staff/account/confirm-email/<path:rest>",
    "staff/account/sessions/",
}


def routes(patterns: Any = None, before: str = "") -> Iterator[tuple[str, Any]]:
    for entry in get_resolver().url_patterns if patterns is None else patterns:
        here = before + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from routes(entry.url_patterns, here)
        elif isinstance(entry, URLPattern):
            yield here, entry.callback


def own_routes() -> dict[str, Any]:
    listed = dict(routes())
    return {
        route: view
        for route, view in listed.items()
        if view.__module__.startswith("screening.views.")
    }


def test_every_route_of_ours_is_listed() -> None:
    assert set(own_routes()) == {route for route, _ in [*ROUTES, *DRAFT_ROUTES]}


def test_every_other_route_belongs_to_signing_in_or_to_the_admin() -> None:
    others = set(dict(routes())) - set(own_routes())
    strange = {
        route
        for route in others
        if not route.startswith(ELSEWHERE)
        and route not in SIGNING_IN
        and not route.startswith(("^", "staff/account/^"))
    }
    assert strange == set()


def test_every_view_of_ours_says_who_may_open_it() -> None:
    assert [r for r, view in own_routes().items() if not hasattr(view, "access")] == []


@pytest.fixture
def world(protocol: Protocol) -> dict[str, str]:
    response = patients.draft(protocol, **{"asq-3": "yes"})
    host = patients.person(name="host")
    return {
        "slug": "about-you",
        "case": str(response.pk),
        "alert": str(SafetyAlert.objects.get().pk),
        "invitation": str(inviting.invite(by=host).pk),
        "pk": str(host.pk),
    }


def client_of(who: str, world: dict[str, str]) -> Client:
    client = Client()
    if who == "patient":
        session = client.session
        session[DRAFT] = world["case"]
        session.save()
    elif who != "nobody":
        client.force_login(patients.person(Role(who), name=f"who-{who}"))
        signed_in_just_now(client)
    return client


def address(route: str, world: dict[str, str]) -> str:
    kind = next((kind for kind in ("alert", "invitation") if kind in route), "case")
    route = route.replace("<str:token>", "token").replace("<int:pk>", world["pk"])
    named = route.replace("<slug:slug>", world["slug"]).replace("<slug:which>", "queue")
    return "/" + named.replace("<uuid:key>", world[kind])


@pytest.mark.parametrize("who", sorted(EVERYBODY))
@pytest.mark.parametrize(("route", "method"), sorted(ROUTES))
def test_each_route_answers_those_it_is_for(
    world: dict[str, str], route: str, method: str, who: str
) -> None:
    answer = getattr(client_of(who, world), method)(address(route, world))
    if who in ROUTES[route, method]:
        assert answer.status_code in (200, 204, 302, 409, 410, 422, 503)
        assert "/staff/account" not in answer.get("Location", "")
    elif route.startswith("staff/") and who in ("nobody", "patient"):
        assert answer["Location"].startswith("/staff/account/login/?next=/staff/")
    elif route.startswith("staff/"):
        assert answer.status_code == 404
    else:
        instead = "/help/#us" if route == "help-now/" else "/resume/"
        assert answer["Location"] in (instead, f"{instead}?late=yes")


def test_another_patients_draft_is_out_of_reach(protocol: Protocol) -> None:
    mine = patients.draft(protocol, phq9_1="nearly-every-day")
    other = patients.draft(protocol)
    client = client_of("patient", {"case": str(other.pk)})
    client.post("/page/phq9-a/", {"phq9-1": "not-at-all", "phq9-2": "not-at-all"})
    mine.refresh_from_db()
    assert mine.answers["phq9-1"] == "nearly-every-day"


def test_a_calm_draft_is_no_case(protocol: Protocol) -> None:
    response = patients.draft(protocol)
    client = client_of(Role.REVIEWER, {})
    assert client.get(f"/staff/case/{response.pk}/").status_code == 404
