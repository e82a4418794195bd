"""A draft that began under an older protocol is judged by the newest urgent rules."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from screening.models import Protocol, Response, Role, SafetyAlert
from screening.services import answering
from screening.services.publishing import publish
from tests import patients

CLAUSE = {"question": "phq9-1", "operator": "=", "answer": "nearly-every-day"}
NEW_RULE: dict[str, Any] = {
    "code": "u-new",
    "kind": "urgent",
    "tier": "b",
    "statement": "Answered that they do not know if they wish to be dead",
    "rationale": "A rule that came later.",
    "sources": ["ASQ"],
    "group": "urgent",
    "clauses": [[CLAUSE]],
}


@pytest.fixture
def draft(protocol: Protocol) -> Response:
    return patients.draft(protocol)


def newer(document: dict[str, Any], *rules: dict[str, Any]) -> Protocol:
    changed = deepcopy(document)
    changed["protocol"]["version"] = "99.0.0"
    changed["safety"] += rules
    return publish(changed)


def say(response: Response, **answers: str) -> answering.Saved:
    said = {name.replace("_", "-"): value for name, value in answers.items()}
    return answering.save_page(response.pk, answers=said)


def test_a_rule_that_came_later_alerts_for_an_older_draft(
    draft: Response, document: dict[str, Any]
) -> None:
    newer(document, NEW_RULE)
    assert say(draft, phq9_1="nearly-every-day").help_tier == "b"
    details = SafetyAlert.objects.get().details
    assert details["criteria"] == ["u-new"]
    assert details["by_version"] == "99.0.0"


def test_an_answer_given_before_the_rule_came_alerts_at_the_next_save(
    draft: Response, document: dict[str, Any]
) -> None:
    say(draft, phq9_1="nearly-every-day")
    assert not SafetyAlert.objects.exists()
    newer(document, NEW_RULE)
    assert say(draft, phq9_2="not-at-all").help_tier == "b"
    assert say(draft, phq9_2="several-days").reds == []
    assert SafetyAlert.objects.get().events.count() == 0


def test_an_answer_taken_back_under_a_later_rule_leaves_its_mark(
    draft: Response, document: dict[str, Any]
) -> None:
    newer(document, NEW_RULE)
    say(draft, phq9_1="nearly-every-day")
    say(draft, phq9_1="not-at-all")
    response = Response.objects.get(pk=draft.pk)
    assert response.document["withdrawn"][0]["link_id"] == "phq9-1"
    assert response.document["urgent_by"] == "99.0.0"


def test_rules_that_stay_the_same_alert_once(
    draft: Response, document: dict[str, Any]
) -> None:
    newer(document)
    say(draft, asq_3="yes")
    details = SafetyAlert.objects.get().details
    assert details["criteria"] == ["u-asq-positive"]


def test_a_rule_about_what_the_draft_never_asks_is_left_out(
    draft: Response, document: dict[str, Any]
) -> None:
    changed = deepcopy(document)
    unknown = deepcopy(NEW_RULE)
    unknown["clauses"][0][0] |= {"question": "asked-since", "answer": "yes"}
    page = next(s for s in changed["sections"] if s["code"] == "daily")["page"][0]
    item = {"link_id": "asked-since", "type": "boolean", "text": "Since?"}
    page["item"].append(item | {"required": True, "can_decline": True})
    unknown["clauses"][0][0]["answer"] = True
    newer(changed, unknown)
    assert say(draft, phq9_1="nearly-every-day").reds == []


def test_a_draft_of_the_active_protocol_asks_for_no_other(draft: Response) -> None:
    with CaptureQueriesContext(connection) as asked:
        say(draft, phq9_1="not-at-all")
    own = 'WHERE "screening_protocol"."status" = \'active\''
    assert [query["sql"] for query in asked if own in query["sql"]] == []


def test_staff_read_in_words_why_a_later_rule_alerted(
    draft: Response, document: dict[str, Any]
) -> None:
    newer(document, NEW_RULE)
    say(draft, phq9_1="nearly-every-day")
    client = Client()
    client.force_login(patients.person(Role.REVIEWER))
    alert = SafetyAlert.objects.get()
    for path in ("/staff/", f"/staff/alert/{alert.pk}/", f"/staff/case/{draft.pk}/"):
        shown = client.get(path)
        assert shown.status_code == 200
        if "case" not in path:
            assert NEW_RULE["statement"] in shown.text
