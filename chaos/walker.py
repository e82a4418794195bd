"""A patient on a bad line: every request is repeated until it is answered."""

from __future__ import annotations

import random
import re
import secrets
import threading
import time
from collections.abc import Callable, Mapping
from typing import Any

from chaos import patients
from chaos.browser import Answer, Browser, Cut, until_answered
from chaos.ledger import Ledger

HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)"[^>]* value="([^"]*)"')
MOST_STEPS = 120
# The number that a page must name, whatever else it cannot do.
HELP = 'href="tel:988"'


class Astray(Exception):
    """The server answered what no patient should get."""


class Walker(threading.Thread):
    """Fills in one questionnaire after the other until it is told to stop."""

    def __init__(self, number: int, port: int, ledger: Ledger, seed: int) -> None:
        super().__init__(daemon=True)
        self.number, self.port, self.ledger = number, port, ledger
        self.chance = random.Random(seed * 1000 + number)
        self.tag = secrets.token_hex(3)
        self.stopping = threading.Event()

    def run(self) -> None:
        count = 0
        while not self.stopping.is_set():
            count += 1
            try:
                self._walk(f"Walker {self.number} Nr {count} of {self.tag}")
            except Astray as astray:
                self.ledger.note_strange(str(astray))
            except Cut:
                return
            except Exception as error:  # a dead patient would count for a content one
                self.ledger.note_strange(repr(error))
                return

    def _walk(self, name: str) -> None:
        answers = patients.somebody(name, self.chance)
        self.browser = Browser(self.port)
        address = self._begin(name, answers)
        for _ in range(MOST_STEPS):
            if address == "/check/":
                return self._send(name)
            address = self._step(name, address, answers)
        raise Astray(f"never got beyond {address}")

    def _begin(self, name: str, answers: dict[str, Any]) -> str:
        fields = patients.posts(patients.first_page(), answers)[-1]
        shown = dict(HIDDEN.findall(self._get("/begin/").text))
        landed = self._post("/begin/", _without_token(shown) | fields)
        self.ledger.note_begun(name, answers, self.browser.cookies["session"])
        return landed

    def _step(self, name: str, address: str, answers: dict[str, Any]) -> str:
        if address == "/help-now/":
            return self._post(address, {"action": "go-on"})
        slug = address.split("/")[2]
        for fields in patients.posts(slug, answers):
            address = self._post(f"/page/{slug}/", fields)
        self.ledger.note_saved(name, slug)
        return address

    def _send(self, name: str) -> None:
        shown = dict(HIDDEN.findall(self._get("/check/").text))
        if "send_key" not in shown:
            raise Astray("the check has no key to send with")
        self.ledger.note_key(name, shown["send_key"])
        landed = self._post("/send/", {"send_key": shown["send_key"]})
        if landed != "/sent/":
            raise Astray(f"sent, and led to {landed}")
        self.ledger.note_sent(name)

    def _get(self, path: str) -> Answer:
        answer = self._until(lambda: self.browser.get(path))
        if answer.status != 200:
            raise Astray(f"GET {path} {answer.status}")
        return answer

    def _post(self, path: str, fields: Mapping[str, Any]) -> str:
        answer = self._until(lambda: self.browser.post(path, fields))
        if answer.status != 302:
            raise Astray(f"POST {path} {answer.status}")
        return answer.location

    def _until(self, ask: Callable[[], Answer]) -> Answer:
        while True:
            answer = until_answered(ask, self.stopping.is_set, self.ledger.note_cut)
            self.ledger.note_answered()
            if answer.status != 503:
                return answer
            self.ledger.note_refused(HELP in answer.text, answer.seconds)
            if self.stopping.is_set():
                raise Cut
            time.sleep(0.05)


def walking(port: int, ledger: Ledger, number: int, seed: int) -> list[Walker]:
    walkers = [Walker(place, port, ledger, seed) for place in range(number)]
    for walker in walkers:
        walker.start()
    return walkers


def rest(walkers: list[Walker]) -> None:
    for walker in walkers:
        walker.stopping.set()
    for walker in walkers:
        walker.join(timeout=60)


def _without_token(fields: dict[str, str]) -> dict[str, str]:
    return {k: v for k, v in fields.items() if k != "csrfmiddlewaretoken"}
