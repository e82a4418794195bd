"""A container asks its own server whether it lives."""

from __future__ import annotations

import pytest

from clinic import probe


@pytest.fixture
def served(live_server: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORT", str(live_server).rpartition(":")[2])


@pytest.mark.django_db(transaction=True)
def test_a_server_that_answers_is_well(
    served: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CLINIC_HOSTS", "localhost,other")
    assert probe.main() == 0


@pytest.mark.django_db(transaction=True)
def test_a_server_that_refuses_is_not(
    served: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CLINIC_HOSTS", "evil.example")
    assert probe.main() == 1


def test_where_nobody_answers_nothing_is_well(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORT", "1")
    assert probe.main() == 1
