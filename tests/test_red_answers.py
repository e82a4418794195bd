"""A red answer is saved, alerts and shows help, whatever else is on its page.

Generated from the protocol: a new urgent criterion is covered without a new test.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client

from screening.engine.protocol import ABSENT, Clause, Item, Kind
from screening.models import Protocol, Response, SafetyAlert
from screening.services import answering
from screening.views.access import DRAFT
from tests import patients
from tests.golden import protocol as rules
from tests.walking import post, posted

LONG = "x" * 60_000
FORGED = "forged-code"
SPOILT = {
    "blank": None,
    "forged": [FORGED],
    "over-long": [LONG],
    "twice": [FORGED, LONG],
    "broken": ["\x00\ud800"],
}


def red_answers() -> Iterator[tuple[str, Item, Any]]:
    """Yield each urgent criterion with every single answer that can make it hold."""
    for criterion in rules().safety:
        if criterion.kind is Kind.URGENT and len(criterion.rule) == 1:
            for clause in criterion.rule[0]:
                item = rules().item[clause.question]
                if not item.hidden:
                    yield criterion.code, item, answer(clause)


def answer(clause: Clause) -> Any:
    return {"absent": clause.answer} if clause.answer in ABSENT else clause.answer


REDS = list(red_answers())
NAMES = [f"{code}-{item.link_id}-{index}" for index, (code, item, _) in enumerate(REDS)]


def before(item: Item, journey: str) -> dict[str, Any]:
    """Return calm answers of a journey that lead up to the item's page."""
    answers = patients.answers_of(patients.JOURNEYS[journey])
    answers |= patients.ASQ_CALM | {"safe-now": "yes"}
    if item.link_id in ("asq-5", "asq-4-when"):
        answers["asq-4"] = "yes"
    page = rules().page_of[item.link_id]
    own = {each.link_id for each in page.items}
    return {name: value for name, value in answers.items() if name not in own}


def start(
    protocol: Protocol, item: Item, journey: str = "mood"
) -> tuple[Client, Response]:
    response = answering.begin(protocol=protocol, answers=before(item, journey))
    client = Client()
    session = client.session
    session[DRAFT] = str(response.pk)
    session.save()
    return client, response


def journey_of(item: Item, spoilt: str) -> str:
    """Spread each way to spoil a page over all journeys, from question to question."""
    if rules().page_of[item.link_id].slug.startswith("phq9"):
        return "mood"
    turn = sorted(SPOILT).index(spoilt) + sum(map(ord, item.link_id))
    return list(patients.JOURNEYS)[turn % len(patients.JOURNEYS)]


@pytest.mark.parametrize("spoilt", sorted(SPOILT))
@pytest.mark.parametrize(("code", "item", "red"), REDS, ids=NAMES)
def test_a_red_answer_is_saved_and_answered_whatever_else_is_wrong(
    protocol: Protocol, code: str, item: Item, red: Any, spoilt: str
) -> None:
    client, response = start(protocol, item, journey_of(item, spoilt))
    page = rules().page_of[item.link_id]
    fields = posted(page, {item.link_id: red})
    for other in page.items:
        if other is not item and SPOILT[spoilt] is not None:
            fields[other.link_id] = SPOILT[spoilt]
    landed = post(client, f"/page/{page.slug}/", fields)
    assert landed["Location"] == "/help-now/"
    assert Response.objects.get(pk=response.pk).answers[item.link_id] == red
    named = {
        c for alert in SafetyAlert.objects.all() for c in alert.details["criteria"]
    }
    assert code in named
    shown = client.get("/help-now/").content.decode()
    assert "988" in shown
    assert "Go on" in shown
    assert "Stop for now" in shown


@pytest.mark.parametrize(("code", "item", "red"), REDS, ids=NAMES)
def test_after_the_help_page_the_errors_are_still_there(
    protocol: Protocol, code: str, item: Item, red: Any
) -> None:
    client, _ = start(protocol, item)
    page = rules().page_of[item.link_id]
    if client.get(f"/page/{page.slug}/").content.count(b'class="question"') < 2:
        return
    client.post(f"/page/{page.slug}/", posted(page, {item.link_id: red}))
    onward = client.get("/help-now/").context["continue_url"]
    back = client.get(onward)
    assert onward == f"/page/{page.slug}/"
    assert back.context["form"].problems


def test_red_answers_of_every_tier_are_tried() -> None:
    tiers = {c.tier for c in rules().safety if c.code in {code for code, *_ in REDS}}
    assert tiers == {"a", "b", "c"}


def test_a_wholly_calm_journey_shows_no_help_page(protocol: Protocol) -> None:
    client, _ = start(protocol, rules().item["asq-1"])
    landed = client.post(
        "/page/safe-a/", posted(rules().page["safe-a"], patients.ASQ_CALM)
    )
    assert landed["Location"] == "/page/safe-b/"
    assert not SafetyAlert.objects.exists()
