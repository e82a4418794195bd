"""Two evaluations side by side: what the answers to a few more questions changed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from screening import vault
from screening.engine import words
from screening.engine.protocol import Protocol
from screening.engine.truth import FALSE
from screening.models import Response, Staff
from screening.services import reviewing
from screening.services.desk import assigning
from screening.services.evaluating import FLAGS
from screening.views import moments

Words = dict[str, Any]
Truths = Mapping[str, str]

SAID = {"true": "met", "false": "not met", "unknown": "unknown"}


def compared(response: Response, *, by: Staff) -> Words:
    """Return what changed since the response that this one amends.

    That one is opened too, so it is put on record first; another's stays closed.
    """
    before = response.amends
    if before is None or not assigning.may_open(before, by):
        return {}
    reviewing.open_case(before, by=by)
    try:
        return {"compared": _compared(before, response)}
    except vault.Unreadable:
        return {}


def _compared(before: Response, now: Response) -> Words | None:
    protocol = now.protocol.engine
    old, new = _result(before), _result(now)
    if old is None or new is None:
        return None
    indications = _indications(protocol, old["indications"], new["indications"])
    return {
        "before": _moment(before),
        "now": _moment(now),
        "indications": list(indications),
        "flags": list(_flags(protocol, old["findings"], new["findings"])),
        "answers": list(_answers(protocol, before.answers, now.answers)),
    }


def _result(response: Response) -> dict[str, Any] | None:
    """Return what was found when it was sent, as it was stored."""
    first = response.evaluations.order_by("created_at").first()
    return first.result if first else None


def _moment(response: Response) -> str:
    return moments.moment(response.submitted_at) if response.submitted_at else ""


def _indications(protocol: Protocol, old: Truths, new: Truths) -> Iterator[Words]:
    """Yield each indication that is open or met in either, and where they differ."""
    for indication in protocol.indications:
        was, now = old[indication.code], new[indication.code]
        if {was, now} != {FALSE.value}:
            yield _pair(indication.title, SAID[was], SAID[now])


def _flags(protocol: Protocol, old: Truths, new: Truths) -> Iterator[Words]:
    for criterion in protocol.safety:
        was, now = old[criterion.code], new[criterion.code]
        if criterion.kind in FLAGS and was != now:
            yield _pair(criterion.statement, SAID[was], SAID[now])


def _answers(
    protocol: Protocol, old: Mapping[str, Any], new: Mapping[str, Any]
) -> Iterator[Words]:
    """Yield each answer that is not what it was, in the order of asking."""
    for name, item in protocol.item.items():
        if old.get(name) != new.get(name):
            was, now = (words.said(item, each.get(name)) for each in (old, new))
            yield _pair(item.text, "; ".join(was), "; ".join(now))


def _pair(title: str, before: str, now: str) -> Words:
    return {"title": title, "before": before, "now": now, "changed": before != now}
