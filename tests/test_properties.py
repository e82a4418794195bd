"""What holds for all answers, whatever they are."""

from __future__ import annotations

import copy
from typing import Any

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from screening.engine.evaluation import Result, evaluate
from screening.engine.explanation import explain, missing, report_scores
from screening.engine.journey import Journey
from screening.engine.protocol import ABSENT, Item, Rule
from screening.engine.truth import UNKNOWN, Truth
from tests.golden import AS_OF, Answers, protocol
from tests.strategies import ITEMS, JSON, absent, answers, fitting, misfits, real

modest = settings(
    max_examples=100,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


def _rules() -> list[Rule]:
    parts = [part.rule for score in protocol().score_list for part in score.parts]
    gates = [item.gate for item in ITEMS]
    return [*parts, *gates, *(criterion.rule for criterion in protocol().criteria)]


# A rule that names a refusal apart takes it for an answer of its own: declining a
# suicide question is urgent, and opens another. Such questions are left out below.
NAMED_APART = {
    clause.question
    for rule in _rules()
    for group in rule
    for clause in group
    if clause.answer in ABSENT
}

# So does a criterion about rows that cannot be judged: it holds by what is unsaid.
UNCLEAR = {
    score.code for score in protocol().score_list if score.kind == "unclear-rows"
}


def _judge(given: Answers) -> Result:
    return evaluate(protocol(), given, AS_OF)


def _truths(result: Result) -> dict[str, Truth]:
    found = {
        code: finding.truth
        for code, finding in result.findings.items()
        if not any(c.question in UNCLEAR for g in finding.criterion.rule for c in g)
    }
    return found | dict(result.indications)


def _flipped(before: Answers, after: Answers) -> list[str]:
    """Return what was definite, and is definite now in the other way."""
    one, other = _truths(_judge(before)), _truths(_judge(after))
    return [
        code
        for code, truth in one.items()
        if truth is not UNKNOWN and other[code] not in (truth, UNKNOWN)
    ]


def _seen(result: Result) -> dict[str, Any]:
    journey = result.journey
    return {
        "outcome": (result.outcome, result.priority, result.indications),
        "findings": result.findings,
        "scores": result.scores,
        "missing": missing(result),
        "pages": [page.slug for page in journey.pages],
        "answers": journey.answers,
    }


def _may_be_unsaid(given: Answers) -> list[Item]:
    items = [item for item in ITEMS if item.link_id in given and absent(item)]
    return [item for item in items if item.link_id not in NAMED_APART]


@modest
@given(answers(), st.data())
def test_not_answering_never_turns_a_definite_truth_into_the_other(
    given: Answers, data: st.DataObject
) -> None:
    assume(candidates := _may_be_unsaid(given))
    unsaid = dict(given)
    for item in data.draw(
        st.lists(st.sampled_from(candidates), min_size=1, max_size=3)
    ):
        unsaid[item.link_id] = {"absent": data.draw(st.sampled_from(absent(item)))}
    assert _flipped(given, unsaid) == []


@modest
@given(answers(), st.sampled_from(["medicines", "mood-treatments"]), st.data())
def test_not_knowing_something_of_a_row_never_turns_a_definite_truth_into_the_other(
    given: Answers, group: str, data: st.DataObject
) -> None:
    fields = [field for field in protocol().item[group].fields if absent(field)]
    known = data.draw(fitting(protocol().item[group]))
    for row in known:
        row |= {field.link_id: data.draw(real(field)) for field in fields}
    unknown = copy.deepcopy(known)
    unsaid = data.draw(st.sampled_from(fields)).link_id
    data.draw(st.sampled_from(unknown))[unsaid] = {"absent": "asked-unknown"}
    before = given | {"med-mind": "yes", "mood-meds-tried": "yes", group: known}
    assert _flipped(before, before | {group: unknown}) == []


@modest
@given(st.dictionaries(st.sampled_from([i.link_id for i in ITEMS]) | st.text(), JSON))
def test_nothing_raises_whatever_the_answers_are(given: Answers) -> None:
    result = _judge(given)
    for finding in result.findings.values():
        assert explain(result, finding).groups
    assert all(missing(result).values())
    assert all(report.as_json for report in report_scores(result).values())


@modest
@given(answers(), st.data())
def test_every_answer_of_the_wrong_type_is_listed_and_no_other(
    given: Answers, data: st.DataObject
) -> None:
    wrong = data.draw(st.lists(st.sampled_from(ITEMS), max_size=4, unique=True))
    spoilt = given | {item.link_id: data.draw(misfits(item)) for item in wrong}
    result = _judge(spoilt)
    listed = {problem.split(":")[0] for problem in result.problems}
    assert listed == {item.link_id for item in wrong}
    assert not listed & result.journey.answers.keys()


@modest
@given(answers())
def test_only_the_answers_that_count_matter(given: Answers) -> None:
    result = _judge(given)
    again = _judge(result.journey.answers)
    assert _seen(again) == _seen(result)


@modest
@given(answers(), st.data())
def test_taking_an_answer_away_never_opens_anything(
    given: Answers, data: st.DataObject
) -> None:
    assume(given)
    taken = data.draw(st.sampled_from(sorted(given)))
    kept = {name: raw for name, raw in given.items() if name != taken}
    before, after = (Journey(protocol(), each, AS_OF) for each in (given, kept))
    assert after.open.keys() <= before.open.keys()
    assert set(after.pages) <= set(before.pages)


@modest
@given(answers())
def test_the_same_arguments_give_the_same_result(given: Answers) -> None:
    backwards = dict(reversed(list(copy.deepcopy(given).items())))
    assert _seen(_judge(backwards)) == _seen(_judge(given))
