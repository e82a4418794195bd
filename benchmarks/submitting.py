"""submit-vs-bare and submit-vs-peer: a whole submission of 40 answers.

Ours are saved page by page; sending them checks them all again, judges them by 40
criteria, gives them a place in the queue, announces them and puts it on record. The
others take the 40 answers with one request, and keep them.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from typing import Any

from benchmarks import judged, stage
from benchmarks.judged import Answers
from benchmarks.measuring import Figure, in_turn, report
from benchmarks.serving import Client, request, served
from benchmarks.survey import peer

NAMES = ("submit-vs-bare", "submit-vs-peer")
ROUNDS = 25

Requests = list[bytes]


def measure(wanted: list[str]) -> Iterator[Figure]:
    """On disk, since what was sent must outlive a power cut."""
    with stage.clinic(on_disk=True):
        protocol = stage.published(judged.document())
        with served("clinic.wsgi", stage.SETTINGS) as client:
            if "submit-vs-bare" in wanted:
                yield _beside_bare(client, protocol)
            if "submit-vs-peer" in wanted:
                with peer.opened() as survey:
                    yield _beside_peer(client, protocol, survey)


def _beside_bare(client: Client, protocol: Any) -> Figure:
    """Compare the sending with a ModelForm that takes all answers and is one row."""
    works: dict[str, list[Requests]] = {"ours": [], "bare": []}
    for answers in _patients():
        draft = stage.draft(protocol, answers)
        works["ours"].append([_send(draft)])
        path = "/bare/submission/"
        works["bare"].append([request(path, draft.cookies, posted(answers))])
    taken = in_turn(
        {name: _each(client, requests) for name, requests in works.items()},
        rounds=ROUNDS,
    )
    return Figure("submit-vs-bare", taken["ours"] / taken["bare"], "<=", 2)


def _beside_peer(client: Client, protocol: Any, survey: peer.Peer) -> Figure:
    """Compare all 40 answers posted and then sent with the same 40 posted."""
    ours, theirs = [], []
    for answers in _patients():
        draft = stage.draft(protocol, {})
        save = request("/page/page/", draft.cookies, posted(answers))
        ours.append([save, _send(draft)])
        theirs.append([survey.submission(posted(answers))])
    taken = in_turn(
        {"ours": _each(client, ours), "peer": _each(survey.client, theirs)},
        rounds=ROUNDS,
    )
    return Figure("submit-vs-peer", taken["peer"] / taken["ours"], ">=", 10)


def _send(draft: stage.Draft) -> bytes:
    return request("/send/", draft.cookies, {"send_key": draft.send_key})


def _patients() -> list[Answers]:
    return judged.patients()[: ROUNDS + 1]


def _each(client: Client, patients: list[Requests]) -> Callable[[], None]:
    """Return the work of sending one patient's requests after the other's."""
    waiting = iter(patients)

    def ask() -> None:
        for each in next(waiting):
            answer = client.send(each)
            assert answer.status == 302, answer

    return ask


def posted(answers: Answers) -> dict[str, Any]:
    yes_no = {True: "true", False: "false"}
    return {
        name: yes_no[answer] if isinstance(answer, bool) else answer
        for name, answer in answers.items()
    }


if __name__ == "__main__":
    sys.exit(report(NAMES, measure))
