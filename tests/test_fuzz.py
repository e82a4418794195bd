"""A small `make fuzz`: 5,000 malformed requests, half of them on each database."""

from __future__ import annotations

import random
from typing import Any

import pytest
from django.db import connection

from fuzz import people, routes, shooting
from fuzz.requests import names_of

REQUESTS, PARTS = 2500, 5
SEED = 7
A_FEW = 300
# `make fuzz` measures two seconds; measured for coverage, on whatever machine runs the
# tests, only what never seems to end is a hang.
SLOWEST = 20.0


@pytest.fixture
def every_host(settings: Any) -> None:
    settings.ALLOWED_HOSTS = ["*"]


@pytest.mark.parametrize("part", range(PARTS))
def test_no_malformed_request_breaks_any_page(
    protocol: Any, every_host: None, part: int
) -> None:
    found = shooting.shoot(REQUESTS // PARTS, SEED + part, SLOWEST)
    assert found["found"] == {}, found["examples"]
    assert (found["requests"], found["identities"]) == (REQUESTS // PARTS, 6)


def test_the_same_seed_asks_the_same(protocol: Any, every_host: None) -> None:
    def paths() -> list[str]:
        chance, known = random.Random(SEED), {"str": ["a"], "slug": ["start"]}
        return [routes.address("page/<slug:slug>/", chance, known) for _ in range(50)]

    assert paths() == paths()


def test_a_route_that_breaks_is_found(
    protocol: Any, every_host: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("broken")

    monkeypatch.setattr("screening.services.upkeep.readiness.why_closed", broken)
    assert shooting.shoot(A_FEW, SEED)["found"]["fault"]


def test_all_routes_are_walked(protocol: Any) -> None:
    walked = set(routes.routes())
    assert {"", "begin/", "page/<slug:slug>/", "send/", "staff/"} <= walked
    assert any(route.startswith("staff/admin/") for route in walked)


def test_rows_and_dates_are_fuzzed_by_their_own_names() -> None:
    assert "row-md-name" in names_of("/page/medicines-b/")
    assert "birth-date-year" in names_of("/page/about-you/")


def test_six_identities_ask(protocol: Any) -> None:
    assert set(people.Cast(SEED).clients) == {
        *("nobody", "patient"),
        *("front-desk", "reviewer", "lead", "administrator"),
    }
    assert connection.is_usable()
