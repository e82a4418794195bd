"""A browser inside this process: the drill goes through the pages of patients."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.test import Client
from django.urls import reverse

_TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="(\w+)"')
# Nobody's, so that no stranger's tries count against the visitor's.
ADDRESS = "192.0.2.1"


class Astray(Exception):
    """A page did not answer as it answers patients."""


class Visitor:
    """Asks the real addresses, and posts only what a page that was shown let it."""

    def __init__(self) -> None:
        origin = urlsplit(settings.ORIGIN)
        self._secure = origin.scheme == "https"
        self._client = Client(
            enforce_csrf_checks=True,
            headers={"Origin": settings.ORIGIN, "Host": origin.netloc},
            REMOTE_ADDR=ADDRESS,
        )

    def read(self, path: str) -> str:
        shown = self._client.get(path, secure=self._secure)
        _expect(shown.status_code == 200, f"GET {path} {shown.status_code}")
        return str(shown.content.decode())

    def fill_in(self, path: str, fields: Mapping[str, Any]) -> str:
        """Open a page, send it with these fields, and return where that led."""
        token = _TOKEN.findall(self.read(path))
        _expect(bool(token), f"{path} is no form")
        posted = {"csrfmiddlewaretoken": token[0], "action": "continue", **fields}
        answer = self._client.post(path, posted, secure=self._secure)
        _expect(answer.status_code == 302, f"POST {path} {answer.status_code}")
        return str(answer["Location"])

    def leave(self) -> None:
        self._client.get(reverse("leave"), secure=self._secure)


def say_on_the_page(
    slug: str, answers: Mapping[str, str], *, code: str, birth_date: str
) -> str:
    """Come back with a code, answer one page, and return what is shown next.

    Raises Astray, and whatever a page raises.
    """
    visitor = Visitor()
    year, month, day = birth_date.split("-")
    born = {"birth-date-year": year, "birth-date-month": month, "birth-date-day": day}
    visitor.fill_in(reverse("resume"), {"resume-code": code, **born})
    onward = visitor.fill_in(reverse("page", args=[slug]), answers)
    _expect(onward == reverse("help_now"), f"{slug} led to {onward}, not to help")
    shown = visitor.read(onward)
    visitor.leave()
    return shown


def _expect(holds: bool, otherwise: str) -> None:
    if not holds:
        raise Astray(otherwise)
