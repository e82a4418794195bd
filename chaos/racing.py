"""Several at once: one key posted four times, one case signed by two clinicians."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any

from django.contrib.sessions.backends.db import SessionStore
from django.db import transaction
from django.test import Client

from chaos import guarding, patients, verdict
from chaos.browser import Answer, Browser
from chaos.cluster import Cluster
from chaos.ledger import Ledger
from chaos.server import running
from screening.models import Protocol, Response, Review, Role, Staff
from screening.services import answering, auditing
from screening.views.access import DRAFT
from tests.smtp_sink import REFUSE, smtp_sink

TAPS = 4
ROUNDS_A_CASE = 20
CHOICE = "ask-for-more/records-needed"
Ask = Callable[[], Answer]


def sending(cluster: Cluster | None, keys: int) -> dict[str, Any]:
    """Post each key four times at the same moment: a double tap, a retry, two tabs."""
    guarding.lift_if_faulty()
    ledger, drafts = Ledger(), _drafts(keys)
    with smtp_sink(REFUSE) as sink:
        with running(CLINIC_EMAIL_URL=f"smtp://127.0.0.1:{sink.port}") as server:
            for response, cookie in drafts:
                for answer in _tapped(server.port, response, cookie):
                    if (answer.status, answer.location) != (302, "/sent/"):
                        ledger.note_strange(f"{answer.status} {answer.location}")
        mails = int(sink.called.is_set())
    rows = Response.objects.filter(submitted_at__isnull=False).count()
    return verdict.weigh(ledger) | {"keys": keys, "rows": rows, "mails": mails}


def _tapped(port: int, response: Response, cookie: str) -> list[Answer]:
    fields = {"send_key": str(response.send_key)}
    browsers = [Browser(port, session=cookie) for _ in range(TAPS)]
    return _at_once(partial(browser.post, "/send/", fields) for browser in browsers)


def _drafts(number: int) -> list[tuple[Response, str]]:
    """Prepare finished questionnaires, each with the session of its patient."""
    protocol, drafts = Protocol.objects.current(), []
    with transaction.atomic():
        for place in range(number):
            answers = patients.young(f"Tapper {place}")
            response = answering.begin(protocol=protocol, answers={})
            answering.save_page(response.pk, answers=answers)
            session = SessionStore()
            session[DRAFT] = str(response.pk)
            session.create()
            drafts.append((response, str(session.session_key)))
    return drafts


def signing(cluster: Cluster | None, rounds: int) -> dict[str, Any]:
    """Two clinicians who read the same version sign at the same moment."""
    cookies = [_signed_in(name) for name in ("ash", "birch")]
    cases, wrong = _sent(-(-rounds // ROUNDS_A_CASE)), Counter[str]()
    with running() as server:
        for number in range(rounds):
            case = cases[number // ROUNDS_A_CASE]
            wrong += _race(server.port, case, cookies, number)
    wrong["broken"] = len(auditing.verify())
    signed = Review.objects.count()
    return {"rounds": rounds, "signed": signed, "wrong": {**+wrong}}


def _race(port: int, case: Response, cookies: list[str], number: int) -> Counter[str]:
    """Exactly one is signed; the other sees the own note again, and nothing is lost."""
    version = Response.objects.values_list("version", flat=True).get(pk=case.pk)
    notes = [f"Round {number} by {who}" for who in range(len(cookies))]
    address, said = f"/staff/case/{case.pk}/review/", {"version": version}
    answers = _at_once(
        partial(
            Browser(port, session=cookie).post,
            address,
            said | {"choice": CHOICE, "note": note},
        )
        for cookie, note in zip(cookies, notes, strict=True)
    )
    found = Counter(f"answered {a.status}" for a in answers)
    winners = [n for n, a in zip(notes, answers, strict=True) if a.status == 302]
    pairs = zip(notes, answers, strict=True)
    kept = all(note in a.text for note, a in pairs if note not in winners)
    last = Review.objects.filter(response=case).latest().note
    good = len(winners) == 1 and found["answered 409"] == len(cookies) - 1
    return Counter() if good and kept and winners == [last] else Counter(wrong=1)


def _sent(number: int) -> list[Response]:
    with transaction.atomic():
        drafts = [draft for draft, _ in _drafts(number)]
        return [answering.submit(r.pk, send_key=r.send_key) for r in drafts]


def _signed_in(name: str) -> str:
    mail = f"{name}@demo.invalid"
    person = Staff.objects.create_user(name, mail, role=Role.REVIEWER)
    client = Client(SERVER_NAME="localhost")
    client.force_login(person)
    return client.cookies["session"].value


def _at_once(asks: Iterable[Ask]) -> list[Answer]:
    """Ask all of it from threads of their own, let go at the same moment."""
    waiting = list(asks)
    barrier = threading.Barrier(len(waiting))

    def ask(one: Ask) -> Answer:
        barrier.wait()
        return one()

    with ThreadPoolExecutor(len(waiting)) as pool:
        return list(pool.map(ask, waiting))
