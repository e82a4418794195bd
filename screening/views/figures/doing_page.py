"""The lead's charts: a bar is never longer than its number says."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from statistics import median
from typing import Any

from screening.engine.protocol import Protocol as Rules
from screening.forms.review import DECISION_WORDS
from screening.models import Protocol
from screening.services.figures import counting, overruled, resting
from screening.services.figures.counting import FEWEST
from screening.services.journey import opening
from screening.views import moments

WIDE = 320
MOST = 10
# Beside it few look few, whatever the rest of the chart holds.
SCALE = 4 * FEWEST
FLAGS = {
    "urgent": "Urgent",
    "doctor-first": "Doctor decides first",
    "none": "Neither of these",
}
FOLLOWED = {
    "urgent": ("As the flag asks", "Calmer, with a reason"),
    "doctor-first": ("As the flag asks", "Calmer, with a reason"),
    "none": ("Not contacted urgently", "Contacted urgently all the same"),
}
NOT_SENT = "All answered, not sent"

Chart = dict[str, Any]


def charts(now: datetime) -> list[Chart]:
    rules = _rules()
    decided = counting.decisions(now)
    met, unknown = overruled.indications(now)
    return [
        _chart("Sent, by week", counting.volume(now), of="Week from"),
        _chart("Against the promise", counting.promise(now)),
        _pace(now),
        _chart("Decisions", {DECISION_WORDS[k]: n for k, n in decided.items()}),
        _chart("Flags and decisions", _agreement(now)),
        _chart("Safety alerts taken", counting.acknowledged(now)),
        _chart("Indications met, of decided cases", _titles(met, rules)),
        _chart("Indications unknown, of decided cases", _titles(unknown, rules)),
        _overruled(now, rules),
        _chart(
            "Findings that clinicians disagree with",
            _statements(overruled.disagreed(now), rules),
        ),
        _resting(rules),
        _chart("Where drafts were left", _pages(overruled.left_at(now), rules))
        | {"note": "Counted when a draft is deleted, 30 days after its last page."},
    ]


def _resting(rules: Rules | None) -> Chart:
    counts, at = resting.counted()
    chart = _chart("Where patients stop", _pages(counts, rules))
    since = f"Counted {moments.moment(at)}, once an hour." if at else "Not counted yet."
    return chart | {"note": f"Not sent, and no page saved for a day. {since}"}


def _rules() -> Rules | None:
    try:
        return Protocol.objects.current().engine
    except Protocol.DoesNotExist:
        return None


def _chart(title: str, counts: Mapping[str, int], *, of: str = "What") -> Chart:
    most = max([SCALE, *counts.values()])
    bars = [
        {
            "words": words,
            "shown": counting.shown(count),
            "wide": round(WIDE * _drawn(count) / most, 1),
            "few": 0 < count < FEWEST,
        }
        for words, count in counts.items()
    ]
    return {"title": title, "of": of, "wide": WIDE, "bars": bars}


def _drawn(count: int) -> int:
    """Draw all small numbers alike, so that no bar tells what its number hides."""
    return FEWEST - 1 if 0 < count < FEWEST else count


def _pace(now: datetime) -> Chart:
    """Return the median time to the first decision; of a few it would tell of one."""
    bars = []
    middle = {flag: _median(each) for flag, each in counting.pace(now).items()}
    most = max(filter(None, middle.values()), default=timedelta(1))
    for flag, lasted in middle.items():
        shown = moments.lasted(lasted) if lasted else "too few"
        wide = round(WIDE * (lasted / most), 1) if lasted else 0
        bars.append({"words": FLAGS[flag], "shown": shown, "wide": wide})
    title = "From sent to the first decision, median"
    return {"title": title, "of": "What", "wide": WIDE, "bars": bars}


def _median(spans: list[timedelta]) -> timedelta | None:
    if len(spans) < FEWEST:
        return None
    return timedelta(seconds=median(span.total_seconds() for span in spans))


def _agreement(now: datetime) -> dict[str, int]:
    lines = {}
    for flag, counts in counting.agreement(now).items():
        apart = counts["urgent" if flag == "none" else "calmer"]
        agreed, otherwise = FOLLOWED[flag]
        lines[f"{FLAGS[flag]}: {agreed.lower()}"] = counts["all"] - apart
        lines[f"{FLAGS[flag]}: {otherwise.lower()}"] = apart
    return lines


def _overruled(now: datetime, rules: Rules | None) -> Chart:
    found = overruled.rules(now)[:MOST]
    said = _statements({each.code: each.times for each in found}, rules)
    chart = _chart("Rules that are overruled most", said)
    for bar, each in zip(chart["bars"], found, strict=True):
        if each.may_say_of_how_many:
            bar["shown"] = f"{each.times} of {each.demanded}"
        bar["revise"] = each.for_revision
    return chart


def _statements(counts: Mapping[str, int], rules: Rules | None) -> dict[str, int]:
    words = {c.code: c.statement for c in rules.criteria} if rules else {}
    listed = list(counts.items())[:MOST]
    return {f"{words.get(code, '')} ({code})".strip(): n for code, n in listed}


def _titles(counts: Mapping[str, int], rules: Rules | None) -> dict[str, int]:
    words = {i.code: i.title for i in rules.indications} if rules else {}
    return {words.get(code, code): n for code, n in counts.items()}


def _pages(counts: Mapping[str, int], rules: Rules | None) -> dict[str, int]:
    words = {p.slug: p.title for p in rules.pages} if rules else {}
    words[opening.AT_THE_END] = NOT_SENT
    listed = list(counts.items())[:MOST]
    return {words.get(slug, slug): n for slug, n in listed}
