"""Red answers are followed from save to save: what is new alerts, what is gone is kept.

A draft that began under an older protocol is judged by the urgent rules of the newest
one too, as far as they speak of what it asks.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any

from screening.engine.journey import Journey
from screening.engine.protocol import Protocol as Rules
from screening.engine.urgency import Red, fresh, red_answers, withdrawn
from screening.models import Protocol, ProtocolStatus, Response
from screening.services import alerting
from screening.services.journey.opening import walk

# The columns of a draft that a red answer changes.
FOLLOWED = ("sealed_answers", "highest_tier", "priority", "due_at", "reviewed_at")


def follow_reds(
    response: Response,
    document: dict[str, Any],
    before: Journey,
    after: Journey,
    at: datetime,
    anew: Collection[str] = (),
) -> list[Red]:
    """Alert for red answers that are new or changed; keep those that were withdrawn.

    What was said `anew` is new again, unless an open alert tells of it already.
    """
    newest = _newest(response.protocol)
    newer = newest.engine if newest else None
    # What only the new rules find red was never told of before they came.
    known = newest is not None and document.get("urgent_by") == newest.version
    old = red_answers(before, newer if known else None)
    again = set(anew) - in_hand(response) if anew else set()
    heard = [red for red in old if red.link_id not in again]
    reds = fresh(heard, red_answers(after, newer))
    gone = withdrawn(old, after, newer) | _eased(document, after, newer)
    for link_id, answer in gone.items():
        now = after.answers.get(link_id)
        entry = {"link_id": link_id, "answer": answer, "now": now, "at": at.isoformat()}
        document["withdrawn"].append(entry)
    if newest is not None:
        document["urgent_by"] = newest.version
    alerting.raise_alerts(response, reds, at=at, newer=newer)
    if gone:
        alerting.note_withdrawn(response, gone, at=at)
    return reds


def follow_first(response: Response, at: datetime) -> None:
    """Alert for what is red already as a draft begins: its first page may ask it."""
    document = response.document
    after = walk(response, document, at)
    if not red_answers(after):
        return
    before = walk(response, {"answers": {}}, at)
    help_tier(document, follow_reds(response, document, before, after, at))
    response.document = document
    response.save(update_fields=FOLLOWED)


def in_hand(response: Response) -> set[str]:
    """Return the questions whose red answers an open alert tells of."""
    return {
        name for alert in response.alerts.open() for name in alerting.answers_of(alert)
    }


def _eased(
    document: dict[str, Any], after: Journey, newer: Rules | None
) -> dict[str, object]:
    """Return what was red in the response that this one amends, and is so no longer."""
    before: dict[str, object] = document.get("red_before", {})
    still = {red.link_id for red in red_answers(after, newer)}
    told = after.answers.keys() | after.closed
    return {name: before.pop(name) for name in list(before) if name in told - still}


def help_tier(document: dict[str, Any], reds: list[Red]) -> str:
    """Name the help page to show: once for each tier, the most urgent one."""
    new = {red.tier for red in reds} - set(document["help_shown"])
    if not new:
        return ""
    document["help_shown"] = "".join(sorted(set(document["help_shown"]) | new))
    return max(new)


def _newest(protocol: Protocol) -> Protocol | None:
    """Return the active protocol when it is not the one the draft began under."""
    if protocol.status == ProtocolStatus.ACTIVE:
        return None
    active = Protocol.objects.filter(status=ProtocolStatus.ACTIVE.value)
    newest: Protocol | None = active.filter(url=protocol.url).first()
    return newest


def statements_of(details: dict[str, Any], rules: Rules) -> list[str]:
    """Return why an alert was raised, also by rules that came after the draft began."""
    known = {criterion.code: criterion.statement for criterion in rules.safety}
    known |= details.get("statements", {})
    return [known[code] for code in details["criteria"]]
