"""A browser of a few lines: cookies, redirects unfollowed, and lines that get cut."""

from __future__ import annotations

import http.client
import secrets
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from http.cookies import SimpleCookie
from typing import Any
from urllib.parse import urlencode

PATIENCE = 20.0
FORM = "application/x-www-form-urlencoded"


class Cut(Exception):
    """The answer never came, or not all of it: nobody knows what was done."""


class Refused(Cut):
    """Nobody listened: for certain nothing was done."""


@dataclass(frozen=True)
class Answer:
    status: int
    location: str
    text: str
    seconds: float


class Browser:
    def __init__(self, port: int, **cookies: str) -> None:
        self.port = port
        self.cookies = {"csrf": secrets.token_hex(16)} | cookies

    def get(self, path: str) -> Answer:
        return self._ask("GET", path, None)

    def post(self, path: str, fields: Mapping[str, Any]) -> Answer:
        token = {"csrfmiddlewaretoken": self.cookies["csrf"]}
        return self._ask("POST", path, urlencode(token | dict(fields), doseq=True))

    def _ask(self, method: str, path: str, body: str | None) -> Answer:
        began = time.monotonic()
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        cookie = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        headers = {"Cookie": cookie, "Content-Type": FORM, "Connection": "close"}
        try:
            line.request(method, path, body, headers)
            answer = line.getresponse()
            text = answer.read().decode()
        except ConnectionRefusedError as error:
            raise Refused from error
        except (OSError, http.client.HTTPException) as error:
            raise Cut from error
        finally:
            line.close()
        self._keep(answer.headers.get_all("Set-Cookie") or ())
        location = answer.headers.get("Location", "")
        return Answer(answer.status, location, text, time.monotonic() - began)

    def _keep(self, lines: Any) -> None:
        for line in lines:
            for name, morsel in SimpleCookie(line).items():
                self.cookies[name] = morsel.value


def _never() -> bool:
    return False


def until_answered(
    ask: Callable[[], Answer],
    gives_up: Callable[[], bool] = _never,
    note_cut: Callable[[], object] = _never,
) -> Answer:
    """Ask again, the very same, as a patient would; Cut when told to give up."""
    while True:
        try:
            return ask()
        except Cut as cut:
            if not isinstance(cut, Refused):
                note_cut()
            if gives_up():
                raise
            time.sleep(0.01)
