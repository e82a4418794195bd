"""Whatever becomes of a questionnaire, its red answers reach somebody.

Generated from the protocol: a new urgent criterion is covered without a new test.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from typing import Any

import pytest

from screening.engine.evaluation import TIERS, urgent_criteria
from screening.engine.protocol import ABSENT, Clause
from screening.engine.urgency import WITHDRAWN
from screening.models import AlertEvent, Outbox, Protocol, Response, SafetyAlert
from screening.services import answering, owning
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
# Somebody who came for each thing, and somebody who may not go on.
JOURNEYS = {
    "mood": "p01-two-antidepressants-failed",
    "pain": "p34-crps-diagnosed",
    "migraine": "p29-migraine-two-preventives-failed",
    "other": "p60-something-else-only",
    "under 18": "p53-hears-voices-at-seventeen",
}
ids = [f"{code}-{'-'.join(red)}-{n}" for n, (code, _, red) in enumerate(REDS)]
every_red = pytest.mark.parametrize(("code", "tier", "red"), REDS, ids=ids)


def begin(protocol: Protocol, red: Answers, journey: str = "mood") -> Response:
    """Answer all that a golden patient does, calmly, up to the red answer."""
    answers = patients.answers_of(JOURNEYS[journey]) | CALM
    for link_id in red:
        answers |= OPENED_BY.get(link_id, {})
        answers.pop(link_id, None)
    response = answering.begin(protocol=protocol, answers=answers)
    return answering.save_page(response.pk, answers={}).response


def save(response: Response, answers: Answers) -> answering.Saved:
    return answering.save_page(response.pk, answers=answers)


def calm(red: Answers) -> Answers:
    return {link_id: CALM.get(link_id) for link_id in red}


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


@pytest.mark.parametrize("journey", JOURNEYS)
@every_red
def test_left_unfinished_it_is_on_the_queue_and_announced(
    protocol: Protocol, code: str, tier: str, red: Answers, journey: str
) -> None:
    saved = save(begin(protocol, red, journey), red)
    asked = all(link_id in saved.journey.open for link_id in red)
    # PHQ-9 beyond its first two questions is for those whose mood is low.
    assert asked or (set(red) == {"phq9-9"} and journey != "mood")
    assert not asked or saved.help_tier >= tier
    assert not asked or stands(saved.response, code, tier)


@every_red
def test_finished_it_stands_and_the_answers_are_whole(
    protocol: Protocol, code: str, tier: str, red: Answers
) -> None:
    draft = begin(protocol, red)
    saved = save(draft, red)
    save(draft, {"phq9-9": "not-at-all"} if "phq9-9" not in red else {})
    sent = answering.submit(draft.pk, send_key=draft.send_key)
    assert stands(sent, code, tier)
    assert sent.answers == saved.journey.answers | sent.answers
    assert sent.answers.items() >= red.items()
    flags = {flag["code"] for flag in (sent.summary or {})["flags"]}
    assert code in flags


@every_red
def test_taken_back_it_stands_marked(
    protocol: Protocol, code: str, tier: str, red: Answers
) -> None:
    draft = begin(protocol, red)
    save(draft, red)
    cleared = [link_id for link_id in red if CALM.get(link_id) is None]
    changed = {k: v for k, v in calm(red).items() if v is not None}
    answering.save_page(draft.pk, answers=changed, cleared=cleared)
    response = Response.objects.get(pk=draft.pk)
    assert stands(response, code, tier)
    marks = {entry["link_id"] for entry in response.document["withdrawn"]}
    assert marks & set(red)
    assert AlertEvent.objects.filter(alert=alert_of(tier), kind="withdrawn").exists()


@every_red
def test_given_again_after_closing_it_alerts_anew(
    protocol: Protocol, code: str, tier: str, red: Answers
) -> None:
    draft, by = begin(protocol, red), patients.person()
    save(draft, red)
    for alert in SafetyAlert.objects.open():
        owning.close(alert.pk, by=by, reason="in-care")
    cleared = [link_id for link_id in red if CALM.get(link_id) is None]
    changed = {k: v for k, v in calm(red).items() if v is not None}
    answering.save_page(draft.pk, answers=changed, cleared=cleared)
    assert not SafetyAlert.objects.open().exists()
    assert stands(save(draft, red).response, code, tier)


def test_a_wholly_calm_questionnaire_alerts_nobody(protocol: Protocol) -> None:
    draft = begin(protocol, {})
    saved = save(draft, CALM)
    sent = answering.submit(draft.pk, send_key=draft.send_key)
    assert (saved.help_tier, sent.highest_tier) == ("", "")
    assert not SafetyAlert.objects.exists()
    assert not Outbox.objects.filter(alert__isnull=False).exists()
