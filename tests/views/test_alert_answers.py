"""An alert says what was red, whatever kind of thing a clinic's urgent rule reads."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

import pytest

from screening.models import SafetyAlert
from screening.services.publishing import publish
from tests import patients
from tests.views.test_safety_board import desk, page, text

LOW = {f"phq9-{number}": "nearly-every-day" for number in range(1, 9)}
MOOD = {"help-with": ["mood"], "phq9-9": "not-at-all"} | LOW
ROW = {"md-name": "clonazepam", "md-use": "regular"}
TAKES = {"med-mind": "yes", "medicines": [ROW]}
# What a rule reads: one clause, what makes it hold, and what the page says of it.
KINDS = {
    "a score": (("phq9-total", ">=", 20), MOOD, "24"),
    "an age": (("age-years", "<", 18), {"birth-date": "2015-01-01"}, "1"),
    "a list": (("help-with", "=", "migraine"), {"help-with": ["migraine"]}, "Migraine"),
    "a choice": (
        ("who-answers", "=", "helped"),
        {"who-answers": "helped"},
        "with help",
    ),
    "a medicine": (("medicines.class", "=", "benzodiazepine"), TAKES, "clonazepam"),
}


@pytest.mark.django_db
@pytest.mark.parametrize("kind", KINDS)
def test_an_alert_opens_whatever_its_rule_reads(
    document: dict[str, Any], kind: str
) -> None:
    (question, operator, answer), said, told = KINDS[kind]
    clause = {"question": question, "operator": operator, "answer": answer}
    changed = deepcopy(document)
    changed["protocol"]["version"] = "99.0.0"
    urgent = next(c for c in changed["safety"] if c["code"] == "u-not-safe")
    own = {"code": "u-own", "statement": "A rule of ours", "clauses": [[clause]]}
    own["default"] = f"{answer} is this clinic's own line"
    changed["safety"].append(urgent | own)
    patients.draft(publish(changed), **said)
    shown = text(desk().get(page(SafetyAlert.objects.get())))
    assert "A rule of ours" in shown
    assert told in shown.partition("Why it was raised")[2]
