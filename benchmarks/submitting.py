"""submit-vs-bare: sending 40 answers beside a ModelForm that takes them in.

Ours were saved page by page; sending them checks them all again, judges them by 40
criteria, gives them a place in the queue, announces them and puts it on record. The
ModelForm takes the 40 answers with one request and keeps them in one row.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from typing import Any

from benchmarks import judged, stage
from benchmarks.judged import Answers
from benchmarks.measuring import Figure, in_turn, report
from benchmarks.serving import Client, request, served

NAMES = ("submit-vs-bare",)
ROUNDS = 60

Requests = list[bytes]


def measure(wanted: list[str]) -> Iterator[Figure]:
    with stage.clinic():
        protocol = stage.published(judged.document())
        ours, bare = [], []
        for answers in judged.patients()[: ROUNDS + 1]:
            draft = stage.draft(protocol, answers)
            fields = posted(answers)
            ours.append([send(draft)])
            bare.append([request("/bare/submission/", draft.cookies, fields)])
        with served("clinic.wsgi", stage.SETTINGS) as client:
            works = {"ours": each(client, ours), "bare": each(client, bare)}
            taken = in_turn(works, rounds=ROUNDS)
        yield Figure("submit-vs-bare", taken["ours"] / taken["bare"], "<=", 2)


def send(draft: stage.Draft) -> bytes:
    return request("/send/", draft.cookies, {"send_key": draft.send_key})


def posted(answers: Answers) -> dict[str, Any]:
    yes_no = {True: "true", False: "false"}
    return {
        name: yes_no[answer] if isinstance(answer, bool) else answer
        for name, answer in answers.items()
    }


def each(client: Client, patients: list[Requests]) -> Callable[[], None]:
    """Return the work of sending one patient's requests after the other's."""
    waiting = iter(patients)

    def ask() -> None:
        for one in next(waiting):
            answer = client.send(one)
            assert answer.status == 302, answer

    return ask


if __name__ == "__main__":
    sys.exit(report(NAMES, measure))
