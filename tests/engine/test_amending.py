"""What is asked again: what would settle it, thoughts of suicide first, no more."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from screening.engine.amending import Amendment, kept, settled, to_ask
from screening.engine.document import build, read_directory
from screening.engine.evaluation import Result, evaluate
from screening.engine.urgency import CALL_ME
from tests import golden, patients

UNKNOWN_DOSE = "p04-second-dose-not-known"
TRAUMA_DECLINED = "p26-trauma-question-declined"
ASQ = {f"asq-{number}" for number in (1, 2, 3, 4, 5)}


def judged(slug: str, **more: Any) -> Result:
    answers = patients.answers_of(slug) | more
    return evaluate(golden.protocol(), answers, golden.AS_OF)


def amendment(result: Result, days_old: int = 3, **new: Any) -> Amendment:
    asked = to_ask(result, days_old=days_old)
    journey = result.journey
    said = kept(journey, asked) | {k.replace("_", "-"): v for k, v in new.items()}
    return Amendment(journey.protocol, said, journey.as_of, settled(journey, asked))


def slugs(walk: Amendment) -> list[str]:
    return [page.slug for page in walk.pages]


def test_a_case_in_which_all_is_known_asks_nothing() -> None:
    result = judged("p01-two-antidepressants-failed")
    assert to_ask(result, days_old=400) == frozenset()


def test_what_would_settle_it_is_asked_after_the_safety_questions() -> None:
    walk = amendment(judged(TRAUMA_DECLINED))
    assert slugs(walk) == ["safe-a", "safe-b", "trauma-a"]
    assert walk.first_incomplete == walk.protocol.page["safe-a"]
    assert walk.progress("safe-a") == (1, 2)
    assert walk.progress("trauma-a") == (2, 2)


def test_only_the_open_questions_of_a_page_are_shown() -> None:
    walk = amendment(judged("p10-situational-length-not-known"))
    shown = [item.link_id for item in walk.items(walk.protocol.page["mood-a"])]
    assert shown == ["mood-duration"]


def test_safety_comes_before_pages_that_stand_before_it() -> None:
    walk = amendment(judged("p96-pain-patient-declines-the-mood-questions"))
    assert slugs(walk)[:3] == ["safe-a", "safe-b", "phq9-a"]
    safe, mood = walk.protocol.page["safe-b"], walk.protocol.page["phq9-a"]
    assert walk.next_page("safe-b") == mood
    assert walk.previous_page("phq9-a") == safe
    assert not walk.may_visit("phq9-a")


def test_what_a_new_answer_opens_is_asked_too() -> None:
    walk = amendment(judged(TRAUMA_DECLINED), asq_1="yes")
    shown = {item.link_id for item in walk.items(walk.protocol.page["safe-b"])}
    assert shown == {"asq-5", "safe-now"}


def test_settled_answers_count_and_are_not_shown() -> None:
    result = judged(TRAUMA_DECLINED)
    walk = amendment(result)
    assert walk.answers["full-name"] == result.journey.answers["full-name"]
    assert not ASQ & walk.answers.keys()
    shown = {item.link_id for page in walk.pages for item in walk.items(page)}
    assert not shown & walk.answers.keys()


def test_a_wish_to_be_called_is_not_carried_over() -> None:
    result = judged(TRAUMA_DECLINED, **{CALL_ME: "yes"})
    assert result.journey.answers[CALL_ME] == "yes"
    assert CALL_ME not in amendment(result).answers


def test_a_list_is_asked_with_the_rows_it_had() -> None:
    result = judged(UNKNOWN_DOSE)
    walk = amendment(result)
    group = "mood-treatments"
    assert "mood-care-b" in slugs(walk)
    assert walk.answers[group] == result.journey.answers[group]


def test_a_list_and_whether_it_is_complete_are_asked_together() -> None:
    document = copy.deepcopy(read_directory(golden.KETAMINE))
    clauses = [[{"question": "medicines.class", "operator": "!=", "answer": "maoi"}]]
    depression = document["indications"][0]
    changed = {"code": "no-other", "clauses": clauses}
    depression["criterion"] = [depression["criterion"][0] | changed]
    answers = patients.answers_of("p57-name-not-in-the-table")
    result = evaluate(build(document), answers, golden.AS_OF)
    pair = {"medicines", "medicines-complete"}
    assert pair <= to_ask(result, days_old=1)


@pytest.mark.parametrize(("days_old", "whole"), [(14, False), (15, True)])
def test_an_instrument_older_than_it_asks_about_is_asked_whole(
    days_old: int, whole: bool
) -> None:
    gap = {
        "phq9-4": {"absent": "asked-declined"},
        "phq9-5": {"absent": "asked-declined"},
    }
    gap |= {f"phq9-{n}": {"absent": "asked-declined"} for n in (6, 7, 8)}
    result = judged("p01-two-antidepressants-failed", **gap)
    asked = to_ask(result, days_old=days_old)
    assert "phq9-4" in asked
    assert ("phq9-9" in asked) is whole


def test_after_the_same_answers_again_nothing_has_changed() -> None:
    result = judged(TRAUMA_DECLINED)
    before = result.journey.answers
    walk = amendment(result)
    again = {k: before[k] for k in to_ask(result, days_old=3) if k in before}
    whole = amendment(result, **again)
    assert whole.answers == before
    assert whole.is_complete
    assert not walk.is_complete
