"""queue-at-1m: the desk's pages with 1,000,000 responses beside 1,000, in one run.

The slowest page, compared with itself, is the figure; `queue-at-1m-plan` is 1 when
each lane of the first page is read by its index.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Any

from benchmarks import stage
from benchmarks.crowd import Crowd, crowds
from benchmarks.measuring import Figure, Work, in_turn, report
from benchmarks.serving import asking, request, served

NAMES = ("queue-at-1m", "queue-at-1m-plan")
ROUNDS = 15
GOAL = 2
VIEWS = ("mine", "nobody", "overdue", "urgent", "drafts", "spam")
# Filters that much must be passed over for, or much counted: the slowest of all 191.
FILTERS = (
    "with=others&due=overdue",
    "with=others&level=other&state=sent",
    "with=nobody&state=sent",
    "with=me&due=today&level=other",
    "level=other&state=asked",
)
# Where in a list a page begins, as a part of the whole.
PLACES = {"first": 0.0, "middle": 0.5, "late": 0.9}


def measure(wanted: list[str]) -> Iterator[Figure]:
    with crowds() as crowd:
        _name_databases(crowd)
        if "queue-at-1m" in wanted:
            yield Figure("queue-at-1m", _worst(crowd), "<=", GOAL)
        if "queue-at-1m-plan" in wanted:
            yield Figure("queue-at-1m-plan", _by_index(), ">=", 1)


def _name_databases(crowd: Crowd) -> None:
    """Let this process ask both, beside the servers."""
    import environ
    from django.db import connections

    for name, url in crowd.urls.items():
        made = environ.Env.db_url_config(url)
        connections.settings[name] = connections.settings["default"] | made


def _worst(crowd: Crowd) -> float:
    works: dict[str, Work] = {}
    with ExitStack() as stack:
        for size, url in crowd.urls.items():
            os.environ["DATABASE_URL"] = url
            client = stack.enter_context(served("clinic.wsgi", stage.SETTINGS))
            for page, path in _pages(size):
                asked = request(path, crowd.cookies)
                works[f"{page} {size}"] = asking(client, asked, 200)
            works[f"counts {size}"] = _counts(size)
        taken = in_turn(works, rounds=ROUNDS)
    ratios = {
        name.removesuffix(" large"): seconds / taken[name.replace("large", "small")]
        for name, seconds in taken.items()
        if name.endswith("large")
    }
    for name, ratio in sorted(ratios.items(), key=lambda pair: -pair[1]):
        small, large = (taken[f"{name} {size}"] * 1000 for size in ("small", "large"))
        print(f"{name}: {small:.1f} ms, {large:.1f} ms, {ratio:.2f}", flush=True)
    return max(ratios.values())


def _pages(size: str) -> Iterator[tuple[str, str]]:
    from screening.models import Response

    rows = Response.objects.using(size)
    lists = {"queue": rows.awaiting_review(), "history": rows.reviewed()}
    for name, found in lists.items():
        total = found.count()
        view = "&view=decided" if name == "history" else ""
        for place, part in PLACES.items():
            after = found[int(total * part)].pk if part else ""
            yield f"{name}, {place} page", f"/staff/?after={after}{view}"
    for view in VIEWS:
        yield f"view {view}", f"/staff/?view={view}"
    for filters in FILTERS:
        yield f"filter {filters}", f"/staff/?{filters}"
    yield "case", f"/staff/case/{rows.awaiting_review()[0].pk}/"


def _counts(size: str) -> Callable[[], None]:
    from screening.models import Staff
    from screening.views.desk import queue_filters

    by = Staff.objects.using(size).get(username="ash")

    def count() -> None:
        for view in queue_filters.WORDS:
            queue_filters.counted(queue_filters.cases(view, by).using(size))

    return count


def _by_index() -> int:
    from screening.models import Response

    lanes: Any = Response.objects.using("large").awaiting_review().lanes()
    plans = [lane[:50].explain() for lane in lanes]
    print("\n".join(plans), flush=True)
    return int(all(map(_is_in_order, plans)))


def _is_in_order(plan: str) -> bool:
    return "Index Scan using response_queue" in plan and "Sort" not in plan


if __name__ == "__main__":
    sys.exit(report(NAMES, measure))
