"""What the pages of a draft show: what it changes, what it wants, who did what."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from screening.engine.checking import Mistake
from screening.engine.compiled import is_stopped
from screening.engine.document import build
from screening.engine.help_words import SHIPPED
from screening.engine.protocol import Protocol as Rules
from screening.forms.keys import KEYS, LOCKED, NAMES
from screening.models import Protocol, ReplayRun, Role, Staff
from screening.services.protocol import replaying, signing
from screening.services.protocol.diffing import readable_changes
from screening.services.protocol.places import Place, file_of, find, place_of
from screening.views import moments
from screening.views.protocol import draft_history, draft_words

Words = dict[str, Any]

# What the lists are called, in the order in which they are offered.
LISTS = {
    "criterion": "Criteria",
    "medicine": "Medicines",
    "item": "Questions",
    "page": "Pages",
    "wording": "Instruments’ questions",
    "instrument": "Instruments",
    "score": "Scores",
    "section": "Sections",
    "indication": "Indications",
    "source": "Sources",
    "text": "Words of the help pages",
    "protocol": "The protocol itself",
}
# Of these kinds every mistake can be mended in boxes; of those the ones that are named.
WHOLE = ("criterion", "medicine", "source", "text", "protocol", "wording")
BOXED = {
    "item": ("words",),
    "page": ("words", "twice"),
    "section": ("words",),
    "score": ("source",),
}
SAFETY = "Safety, whatever the outcome"


def context(draft: Protocol | None, *, by: Staff, whole: bool = False) -> Words:
    """Return all that the draft's first page shows, or the way to begin.

    `whole` shows every change that was made, and not only the latest.
    """
    head: Words = {"here": "protocol", "draft": draft, "is_lead": by.role == Role.LEAD}
    active = Protocol.objects.filter(status="active").first()
    if draft is None:
        return head | {"active": active, "versions": _versions()}
    document = draft.document()
    stands = signing.standing(draft)
    flips = [trial for trial in stands.trials if trial.flips]
    return head | {
        "active": active,
        "lists": LISTS,
        "changes": readable_changes(active.document(), document) if active else [],
        "mistakes": [_mistake(document, each) for each in stands.mistakes],
        "not_proved": [_mistake(document, each) for each in stands.not_proved],
        "stopped": [] if stands.mistakes else stopped(build(document)),
        "trials": len(stands.trials),
        "flipping": len(flips),
        "unexplained": sum(trial.is_unexplained for trial in flips),
        "run": run(latest(draft)),
        "stands": stands,
        "two_people": signing.needs_two_people(),
        "may_countersign": bool(stands.proposed) and stands.proposed.by_id != by.pk,  # type: ignore[union-attr]
        **draft_history.context(draft, document, whole=whole),
        "versions": _versions(),
    }


def change(draft: Protocol, kind: str, name: str) -> Words:
    return _page(draft, kind) | {
        "name": name,
        "heading": heading_of(draft, kind, name),
        "locked": kind in LOCKED,
        "may_go": kind in NAMES,
    }


def heading_of(draft: Protocol, kind: str, name: str) -> str:
    if kind == "text" and name in SHIPPED:
        return SHIPPED[name][0]
    return draft_words.title_of(find(draft.document(), kind, name)) or name


def add(draft: Protocol, kind: str, home: str) -> Words:
    titles = {each.code: each.title for each in draft.engine.indications}
    place = {"safety": SAFETY}.get(home, titles.get(home, ""))
    heading = f"New {kind}" + (f": {place}" if place else "")
    return _page(draft, kind) | {"name": "", "heading": heading}


def _page(draft: Protocol, kind: str) -> Words:
    return {
        "here": "protocol",
        "draft": draft,
        "kind": kind,
        "list_title": LISTS[kind],
    }


def address(kind: str, name: str) -> str:
    return reverse("change_draft", args=[kind, name])


def latest(draft: Protocol) -> ReplayRun | None:
    return draft.replays.first()


def run(found: ReplayRun | None) -> Words | None:
    """Return how far a replay is, and whether it speaks of what the draft says now."""
    if found is None:
        return None
    counts = found.counts
    return {
        "run": found,
        "is_running": found.is_running,
        "is_current": found.content_hash == found.protocol.content_hash,
        "started": moments.moment(found.started_at),
        "flipped": counts.get("flipped", 0),
        "compared": counts.get("compared", 0),
        "not_comparable": counts.get("not-comparable", 0),
        "unreadable": counts.get("unreadable", 0),
        "newer": replaying.past_responses().count() - found.total,
    }


def stopped(rules: Rules) -> list[Words]:
    """Name every score that an instrument in other words has stopped."""
    return [
        {
            "title": score.title,
            "readers": list(
                dict.fromkeys(
                    each.statement
                    for each in rules.criteria
                    if _reads(each, score.code)
                )
            ),
        }
        for score in rules.score_list
        if is_stopped(rules, score)
    ]


def _reads(criterion: Any, code: str) -> bool:
    return any(c.question == code for group in criterion.rule for c in group)


def _mistake(document: Words, mistake: Mistake) -> Words:
    place = place_of(document, mistake.place)
    return {
        "place": draft_words.called(document, *place) if place else mistake.place,
        "code": mistake.place,
        "message": mistake.message,
        "why": mistake.why,
        "url": _where_to_mend(document, place, mistake) if place else "",
    }


def _where_to_mend(document: Words, place: Place, mistake: Mistake) -> str:
    """Lead to the boxes where these can mend it, else to the file that says it."""
    kind, name = place
    in_boxes = kind in WHOLE or mistake.code in BOXED.get(kind, ())
    file = "" if in_boxes else file_of(document, kind, name)
    if file:
        return reverse("draft_file", args=[file])
    return address(kind, name) if kind in KEYS else ""


def _versions() -> list[Words]:
    versions = Protocol.objects.exclude(status="draft").order_by("-published_at")
    return [
        {
            "version": each.version,
            "pk": each.pk,
            "status": each.status,
            "published": moments.moment(each.published_at),
            "by": each.published_by,
        }
        for each in versions
    ]
