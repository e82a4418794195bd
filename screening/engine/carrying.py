"""What one list carries over to another: medicines still taken are not asked twice."""

from __future__ import annotations

from typing import Any

from screening.engine.journey import Journey
from screening.engine.protocol import Item

STILL_TAKING = "still-taking"
CARRIED = ("name", "dose")


def carried_rows(journey: Journey, group: Item) -> list[dict[str, Any]]:
    """Return rows for a group that has none yet, from those the patient still takes."""
    origin = journey.protocol.item.get(group.carried_from)
    told = journey.answers.get(group.carried_from)
    if origin is None or not isinstance(told, list):
        return []
    source = {field.role: field.link_id for field in origin.fields}
    target = {field.role: field.link_id for field in group.fields}
    return [
        {
            target[role]: row[source[role]]
            for role in CARRIED
            if source[role] in row and not isinstance(row[source[role]], dict)
        }
        for row in told
        if row.get(source["stopped"]) == STILL_TAKING
    ]
