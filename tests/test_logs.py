"""Logs name places in the code, never what a person wrote."""

from __future__ import annotations

import logging
import sys

import pytest

from clinic.logs import ReticentFormatter
from screening.urls import urlpatterns

CANARY = "canary-7f3a"
ENDS = "<str:token>/"
# Every address that ends in what opens a door.
RESET = "/staff/account/password/reset/key/"
DOORS = [RESET] + [
    "/" + str(each.pattern).removesuffix(ENDS)
    for each in urlpatterns
    if str(each.pattern).endswith(ENDS)
]


def record(error: BaseException | None = None, message: str = "x") -> logging.LogRecord:
    triple = (type(error), error, error.__traceback__) if error else None
    return logging.LogRecord("t", logging.ERROR, "f.py", 1, message, (), triple)


def raised(error: Exception) -> Exception:
    try:
        raise error
    except Exception as caught:
        return caught


def test_an_exception_is_named_but_not_quoted() -> None:
    line = ReticentFormatter().format(record(raised(ValueError(CANARY))))
    assert "builtins.ValueError" in line
    assert f"{__name__.rpartition('.')[2]}.py" in line
    assert CANARY not in line


def test_a_cause_is_not_quoted_either() -> None:
    error = raised(ValueError(CANARY))
    error.__cause__ = raised(KeyError(CANARY))
    assert CANARY not in ReticentFormatter().format(record(error))


def test_what_another_formatter_quoted_is_dropped() -> None:
    entry = record(raised(ValueError(CANARY)))
    assert CANARY in logging.Formatter().format(entry)
    assert CANARY not in ReticentFormatter().format(entry)


def test_an_empty_exception_is_nothing() -> None:
    assert ReticentFormatter().formatException((None, None, None)) == ""


def test_an_entry_stays_on_one_line() -> None:
    line = ReticentFormatter().format(record(message="one\r\ntwo\u2028three"))
    assert len(line.splitlines()) == 1


@pytest.mark.parametrize("name", ["django.request", "django.security.DisallowedHost"])
def test_addresses_that_a_visitor_typed_are_not_logged(name: str) -> None:
    assert not logging.getLogger(name).isEnabledFor(logging.WARNING)


def test_logs_leave_standard_output_to_the_commands() -> None:
    assert all(
        getattr(handler, "stream", None) is not sys.stdout
        for handler in logging.getLogger().handlers
    )


@pytest.mark.parametrize("door", DOORS)
def test_the_address_of_a_failing_page_gives_no_link_away(door: str) -> None:
    said = f"Internal Server Error: {door}{CANARY}/ after a while"
    line = ReticentFormatter().format(record(message=said))
    assert CANARY not in line and f"{door}-/ after" in line
