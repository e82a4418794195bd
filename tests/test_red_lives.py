"""Whatever becomes of a questionnaire, its red answers reach somebody.

Generated from the protocol: a new urgent criterion is covered without a new test.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import product
from typing import Any

import pytest
from django.db import transaction

from screening.engine.evaluation import TIERS, urgent_criteria
from screening.engine.protocol import ABSENT, Clause
from screening.engine.urgency import WITHDRAWN
from screening.models import (
    AlertEvent,
    Outbox,
    Protocol,
    Response,
    Role,
    SafetyAlert,
    Staff,
)
from screening.services import answering
from screening.services.safety import owning
from tests import patients
from tests.golden import protocol as rules

Answers = dict[str, Any]

# What is answered before, so that each suicide question is open and calm.
CALM: Answers = {
    **patients.ASQ_CALM,
    "asq-4-when": "over-1-year",
    "asq-5": "no",
    "safe-now": "yes",
    "phq9-9": "not-at-all",
}
# A question that opens only behind another.
OPENED_BY: dict[str, Answers] = {
    "asq-5": {"asq-4": "yes"},
    "asq-4-when": {"asq-4": "yes"},
}


def reds() -> Iterator[tuple[str, str, Answers]]:
    """Yield each urgent criterion, its tier, and each way to make it hold."""
    for criterion in urgent_criteria(rules()):
        for clauses in product(*criterion.rule):
            if all(clause.question != WITHDRAWN for clause in clauses):
                red = {clause.question: value(clause) for clause in clauses}
                yield criterion.code, criterion.tier, red


def value(clause: Clause) -> Any:
    if clause.answer in ABSENT:
        return {"absent": clause.answer}
    if clause.operator == ">=":
        return rules().item[clause.question].options[int(clause.answer)].code  # type: ignore[call-overload]
    return clause.answer


REDS = list(reds())
ids = [f"{code}-{'-'.join(red)}-{n}" for n, (code, _, red) in enumerate(REDS)]
every_red = pytest.mark.parametrize(("code", "tier", "red"), REDS, ids=ids)


@contextmanager
def forgotten() -> Iterator[None]:
    """Take back what follows, so that another life goes on from here."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def begin(protocol: Protocol, red: Answers, journey: str = "mood") -> Response:
    """Answer all that a golden patient does, calmly, up to the red answer."""
    answers = patients.answers_of(patients.JOURNEYS[journey]) | CALM
    for link_id in red:
        answers |= OPENED_BY.get(link_id, {})
        answers.pop(link_id, None)
    return answering.begin(protocol=protocol, answers=answers)


def save(response: Response, answers: Answers) -> answering.Saved:
    return answering.save_page(response.pk, answers=answers)


def take_back(response: Response, red: Answers) -> Response:
    cleared = [link_id for link_id in red if CALM.get(link_id) is None]
    changed = {link_id: CALM[link_id] for link_id in red if link_id not in cleared}
    answering.save_page(response.pk, answers=changed, cleared=cleared)
    return Response.objects.get(pk=response.pk)


def alert_of(tier: str) -> SafetyAlert:
    return SafetyAlert.objects.open().get(tier=tier)


def stands(response: Response, code: str, tier: str) -> bool:
    """Tell whether the alert is there, on the queue, announced, and says why."""
    waiting = Response.objects.awaiting_review().get(pk=response.pk)
    alert = alert_of(tier)
    told = Outbox.objects.filter(alert__response=response).exists()
    kept = [alert.details] + [
        event.details for event in alert.events.filter(kind="raised-again")
    ]
    return (
        told
        and any(code in details["criteria"] for details in kept)
        and waiting.highest_tier >= tier
        and waiting.priority is not None
        and waiting.priority <= TIERS[tier].rank
    )


def test_every_tier_and_each_urgent_rule_is_tried() -> None:
    assert {tier for _, tier, _ in REDS} == {"a", "b", "c"}
    untried = {c.code for c in urgent_criteria(rules())} - {code for code, *_ in REDS}
    assert untried == {"u-withdrawn"}


@every_red
def test_in_each_journey_it_reaches_somebody_whatever_becomes_of_it(
    protocol: Protocol, code: str, tier: str, red: Answers
) -> None:
    by = Staff.objects.create(username="ash", role=Role.REVIEWER)
    for journey in patients.JOURNEYS:
        with forgotten():
            draft = begin(protocol, red, journey)
            saved = save(draft, red)
            if any(link_id not in saved.journey.open for link_id in red):
                # PHQ-9 beyond its first two questions is for those whose mood is low.
                assert set(red) == {"phq9-9"} and journey != "mood"
                continue
            is_left_unfinished(saved, code, tier)
            with forgotten():
                is_finished(saved, code, tier, red)
            is_taken_back(draft, code, tier, red)
            is_given_again_after_closing(draft, code, tier, red, by=by)


def is_left_unfinished(saved: answering.Saved, code: str, tier: str) -> None:
    assert saved.help_tier >= tier
    assert stands(saved.response, code, tier)


def is_finished(saved: answering.Saved, code: str, tier: str, red: Answers) -> None:
    draft = saved.response
    sent = answering.submit(draft.pk, send_key=draft.send_key)
    assert stands(sent, code, tier)
    assert sent.answers == saved.journey.answers | sent.answers
    assert sent.answers.items() >= red.items()
    assert code in {flag["code"] for flag in (sent.summary or {})["flags"]}


def is_taken_back(draft: Response, code: str, tier: str, red: Answers) -> None:
    response = take_back(draft, red)
    assert stands(response, code, tier)
    marks = {entry["link_id"] for entry in response.document["withdrawn"]}
    assert marks & set(red)
    assert AlertEvent.objects.filter(alert=alert_of(tier), kind="withdrawn").exists()


def is_given_again_after_closing(
    draft: Response, code: str, tier: str, red: Answers, *, by: Staff
) -> None:
    close_all(by)
    assert stands(save(draft, red).response, code, tier)
    close_all(by)
    take_back(draft, red)
    assert not SafetyAlert.objects.open().exists()


def close_all(by: Staff) -> None:
    for alert in SafetyAlert.objects.open():
        owning.close(alert.pk, by=by, reason="in-care")


def test_a_wholly_calm_questionnaire_alerts_nobody(protocol: Protocol) -> None:
    draft = begin(protocol, {})
    saved = save(draft, CALM)
    sent = answering.submit(draft.pk, send_key=draft.send_key)
    assert (saved.help_tier, sent.highest_tier) == ("", "")
    assert not SafetyAlert.objects.exists()
    assert not Outbox.objects.filter(alert__isnull=False).exists()
