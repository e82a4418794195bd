"""Golden patients: made-up people, and what the lead says must follow for them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from django.db import transaction
from django.utils import timezone

from screening.engine import words
from screening.engine.boundaries import Boundary, boundaries
from screening.engine.evaluation import Result, evaluate
from screening.engine.making_up import Person
from screening.engine.protocol import Protocol as Rules
from screening.engine.replay import Flip
from screening.models import FlipReason, GoldenPatient, Protocol, Staff
from screening.services import auditing, promises
from screening.services.demo.inventing import people
from screening.services.evaluating import stored

# A question, and what was said to it.
Said = tuple[str, list[str]]
# Who ships with the product; see screening/demo/.
SHIPPED = 40
# Who is made up is looked at, blessed and looked at again.
_made_up = lru_cache(maxsize=2)(boundaries)


@dataclass(frozen=True)
class Trial:
    """One golden patient under a draft, and the reason given for what flips."""

    patient: GoldenPatient
    flips: list[Flip]
    found: dict[str, Any]
    reason: str

    @property
    def is_unexplained(self) -> bool:
        return bool(self.flips) and not self.reason


def trials(draft: Protocol, rules: Rules) -> list[Trial]:
    """Judge every golden patient by the draft; those that flip come first."""
    rows = GoldenPatient.objects.filter(url=draft.url)
    reasons = {
        (given.patient_id, _key(given.found)): given.reason
        for given in FlipReason.objects.filter(protocol=draft).order_by("at", "id")
    }
    tried = [
        _trial(patient, rules, reasons) for patient in rows.select_related("blessed_by")
    ]
    return sorted(tried, key=lambda trial: not trial.flips)


def adopt_shipped(active: Protocol) -> int:
    """Take in the people who ship with the product, once, as the active version judges.

    They are nobody's blessing: they stand for what was so before the draft.
    """
    day = today()
    rows = [
        _patient(active.url, f"shipped-{number}", person.name, person.answers, day)
        for number, person in enumerate(people(SHIPPED, today=day), 1)
        if not person.left_at and set(person.answers) <= set(active.engine.item)
    ]
    for row in rows:
        row.expected = stored(evaluate(active.engine, row.answers, day))
    GoldenPatient.objects.bulk_create(rows, ignore_conflicts=True)
    return len(rows)


def candidates(draft: Protocol, rules: Rules) -> tuple[list[Boundary], list[Boundary]]:
    """Return the boundary cases nobody has blessed, and those nobody could make up."""
    made, missing = _made_up(rules, today())
    rows = GoldenPatient.objects.filter(url=draft.url)
    blessed = set(rows.values_list("slug", flat=True))
    return [case for case in made if case.slug not in blessed], missing


@transaction.atomic
def bless(
    draft: Protocol, rules: Rules, slugs: list[str], *, by: Staff
) -> list[GoldenPatient]:
    """Let these boundary cases come out for ever as the draft lets them come out."""
    # Whoever blesses at the same time waits, and finds this one blessed.
    Protocol.objects.select_for_update().get(pk=draft.pk)
    made, _ = candidates(draft, rules)
    blessed = []
    for case in made:
        if case.slug in slugs:
            title = in_words(rules, case)
            row = _patient(draft.url, case.slug, title, case.answers, today())
            row.expected = stored(judged(rules, case))
            row.blessed_by, row.blessed_at = by, timezone.now()
            row.save(force_insert=True)
            auditing.record("golden.blessed", actor=by, subject=row)
            blessed.append(row)
    return blessed


@transaction.atomic
def explain(draft: Protocol, trial: Trial, *, reason: str, by: Staff) -> None:
    given = FlipReason.objects.create(
        protocol=draft, patient=trial.patient, found=trial.found, reason=reason, by=by
    )
    auditing.record(
        "golden.explained", actor=by, subject=trial.patient, reason=given.pk
    )


def judged(rules: Rules, case: Boundary) -> Result:
    return evaluate(rules, case.answers, today())


def at_the_threshold(rules: Rules, slug: str) -> Boundary | None:
    """Return the boundary case of this name, blessed or not; None: there is none."""
    made, _ = _made_up(rules, today())
    return next((case for case in made if case.slug == slug), None)


def today() -> date:
    return promises.local(timezone.now()).date()


def in_words(rules: Rules, case: Boundary) -> str:
    """Return who a boundary case is, for a person to read."""
    statement = next(c.statement for c in rules.criteria if c.code == case.criterion)
    return f"{who(rules, case)}, for “{statement}”"


def who(rules: Rules, case: Boundary) -> str:
    asked = words.question(rules, case.question).rstrip("?")
    return f"{asked}: {case.value:g}, {_beside(case)}"


def apart(rules: Rules, answers: dict[str, Any], as_of: date) -> list[Said]:
    """Return what somebody says that a calm person would not, in words."""
    calm = Person(rules, as_of)
    asked = [item for name, item in rules.item.items() if name in answers]
    told = [item for item in asked if answers[item.link_id] != calm.calm(item)]
    return [(item.text, words.said(item, answers[item.link_id])) for item in told]


def _beside(case: Boundary) -> str:
    if case.value == case.mark:
        return f"at the threshold of {case.mark:g}"
    side = "below" if case.value < case.mark else "above"
    return f"just {side} {case.mark:g}"


def _trial(
    patient: GoldenPatient, rules: Rules, reasons: dict[tuple[Any, str], str]
) -> Trial:
    result: Result = evaluate(rules, patient.answers, patient.as_of)
    found = stored(result)
    flips = list(_flips(patient.expected, found))
    reason = reasons.get((patient.pk, _key(found)), "")
    return Trial(patient, flips, found, reason)


def _flips(expected: dict[str, Any], found: dict[str, Any]) -> Iterator[Flip]:
    """Compare only what was expected: a criterion that is new expects nothing."""
    for kind in ("outcome", "priority"):
        if expected[kind] != found[kind]:
            yield Flip(kind, kind, expected[kind], found[kind])
    for kind, name in (("indications", "indication"), ("findings", "criterion")):
        for code, was in expected[kind].items():
            if (now := found[kind].get(code, "")) != was:
                yield Flip(name, code, was, now)


def _key(found: dict[str, Any]) -> str:
    """Write it in one order: PostgreSQL gives an object's keys back in its own."""
    return json.dumps(found, sort_keys=True)


def _patient(
    url: str, slug: str, title: str, answers: dict[str, Any], as_of: date
) -> GoldenPatient:
    return GoldenPatient(url=url, slug=slug, title=title, answers=answers, as_of=as_of)
