"""submit-vs-peer: 40 answers posted and sent, beside a survey app's one post of them.

On disk, since what was sent must outlive a power cut: the app writes an answer at a
time, and each of its writes waits for the disk.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator

from benchmarks import judged, stage
from benchmarks.measuring import Figure, in_turn, report
from benchmarks.serving import request, served
from benchmarks.submitting import each, posted, send
from benchmarks.survey import peer

NAMES = ("submit-vs-peer",)
ROUNDS = 25


def measure(wanted: list[str]) -> Iterator[Figure]:
    with stage.clinic(on_disk=True), peer.opened() as survey:
        protocol = stage.published(judged.document())
        ours, theirs = [], []
        for answers in judged.patients()[: ROUNDS + 1]:
            draft = stage.draft(protocol, {})
            save = request("/page/page/", draft.cookies, posted(answers))
            ours.append([save, send(draft)])
            theirs.append([survey.submission(posted(answers))])
        with served("clinic.wsgi", stage.SETTINGS) as client:
            works = {"ours": each(client, ours), "peer": each(survey.client, theirs)}
            taken = in_turn(works, rounds=ROUNDS)
        yield Figure("submit-vs-peer", taken["peer"] / taken["ours"], ">=", 10)


if __name__ == "__main__":
    sys.exit(report(NAMES, measure))
