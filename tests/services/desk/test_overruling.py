"""Whatever is calmer than a red flag demands is signed with a reason, or not at all."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from screening.models import Counted, DailyCount, Protocol, Response, Review
from screening.services import answering, reviewing
from screening.services.desk.overruling import Overrules, is_explained
from screening.services.figures import counting, overruled
from screening.services.safety import owning
from tests import patients

pytestmark = pytest.mark.django_db

EMERGENCY = "p45-thoughts-of-suicide-now"
STOPS = "p50-heart-and-vessel-stops"
CALM = "p01-two-antidepressants-failed"
OFFER = ("offer-consultation", "clinical-judgement")
MORE = ("ask-for-more", "records-needed")
NOT_NOW = ("not-suitable-now", "safety-first")
SPAM = ("duplicate-or-spam", "duplicate")
URGENT = ("urgent-contact", "medical-risk")


def sign(response: Response, choice: tuple[str, str], **more: Any) -> Review:
    by = more.pop("by", None) or patients.person()
    response.refresh_from_db()
    said = {"decision": choice[0], "reason": choice[1], "version": response.version}
    return reviewing.sign(response.pk, by=by, **said | more)


@pytest.mark.parametrize(
    ("slug", "choice", "asks"),
    [
        (EMERGENCY, OFFER, True),
        (EMERGENCY, MORE, True),
        (EMERGENCY, NOT_NOW, True),
        (EMERGENCY, SPAM, True),
        (EMERGENCY, URGENT, False),
        (STOPS, OFFER, True),
        (STOPS, SPAM, True),
        (STOPS, MORE, False),
        (STOPS, NOT_NOW, False),
        (STOPS, URGENT, False),
        (CALM, OFFER, False),
        (CALM, SPAM, False),
    ],
)
def test_a_calmer_decision_asks_why(
    protocol: Protocol, slug: str, choice: tuple[str, str], asks: bool
) -> None:
    response = patients.sent(protocol, slug)
    try:
        sign(response, choice)
    except Overrules:
        assert asks and not response.reviews.exists()
    else:
        assert not asks and response.reviews.get().overrules == ""


def test_a_reason_signs_it_and_stands_beside_it(protocol: Protocol) -> None:
    response = patients.sent(protocol, STOPS)
    review = sign(response, OFFER, overrules="in-care", note="Seen by her doctor.")
    kept = Review.objects.get(pk=review.pk)
    assert (kept.overrules, kept.note) == ("in-care", "Seen by her doctor.")
    assert "s-brain-bleed" in kept.overruled


def test_a_reason_in_the_note_needs_a_note() -> None:
    assert not is_explained("in-the-note", "  ")
    assert is_explained("in-the-note", "Her doctor called.")
    assert not is_explained("because", "I say so.") and not is_explained("", "No.")


def test_a_reason_that_nothing_asked_for_is_not_kept(protocol: Protocol) -> None:
    review = sign(patients.sent(protocol), OFFER, overrules="in-care")
    assert (review.overrules, review.overruled) == ("", [])


def test_once_every_alert_is_closed_nothing_is_overruled(protocol: Protocol) -> None:
    response, by = patients.draft(protocol, **{"asq-3": "yes"}), patients.person()
    with pytest.raises(Overrules, match="u-asq-positive"):
        sign(response, OFFER, by=by)
    owning.close(response.alerts.get().pk, by=by, reason="in-care")
    assert sign(response, OFFER, by=by).overrules == ""


def test_what_raised_an_alert_again_demands_too(protocol: Protocol) -> None:
    response = patients.draft(protocol, **{"safe-now": "not-sure"})
    answering.save_page(response.pk, answers={"asq-5": "yes", "asq-3": "yes"})
    with pytest.raises(Overrules) as raised:
        sign(response, MORE)
    assert len(raised.value.demands) > 1
    assert all(demand.words for demand in raised.value.demands)


def test_taking_back_is_never_asked_why(protocol: Protocol) -> None:
    response, by = patients.sent(protocol, EMERGENCY), patients.person()
    review = sign(response, OFFER, by=by, overrules="in-hand")
    undone = reviewing.take_back(response.pk, review_id=review.pk, by=by)
    assert undone.overrules == ""


def counted(what: Counted) -> dict[str, int]:
    return dict(DailyCount.objects.filter(what=what).values_list("code", "count"))


def test_each_rule_is_counted_where_it_demanded_and_where_it_was_overruled(
    protocol: Protocol,
) -> None:
    by = patients.person()
    for choice in (OFFER, NOT_NOW):
        sign(patients.sent(protocol, STOPS), choice, by=by, overrules="settled")
    assert counted(Counted.DEMANDED)["s-brain-bleed"] == 2
    assert counted(Counted.OVERRULED)["s-brain-bleed"] == 1


def test_indications_are_counted_once_for_each_case(protocol: Protocol) -> None:
    response, by = patients.sent(protocol, CALM), patients.person()
    sign(response, MORE, by=by)
    sign(response, OFFER, by=by)
    assert counted(Counted.MET) == {"treatment-resistant-depression": 1}
    assert all(times == 1 for times in counted(Counted.UNKNOWN).values())


def test_an_undone_decision_has_overruled_nothing(protocol: Protocol) -> None:
    by, response = patients.person(), patients.sent(protocol, STOPS)
    yesterday = timezone.now() - timedelta(days=1)
    review = sign(response, OFFER, by=by, overrules="settled", at=yesterday)
    sign(patients.sent(protocol, STOPS), OFFER, by=by, overrules="settled")
    reviewing.take_back(response.pk, review_id=review.pk, by=by)
    assert sorted(each.times for each in overruled.rules(timezone.now())) == [1] * len(
        review.overruled
    )
    assert all(each.demanded == 1 for each in overruled.rules(timezone.now()))
    sign(response, OFFER, by=by, overrules="settled")
    assert {each.times for each in overruled.rules(timezone.now())} == {2}


def test_a_calm_decision_undone_takes_nothing_from_the_numbers(
    protocol: Protocol,
) -> None:
    by, response = patients.person(), patients.sent(protocol, CALM)
    review = sign(response, OFFER, by=by)
    reviewing.take_back(response.pk, review_id=review.pk, by=by)
    assert review.demanded == [] and overruled.rules(timezone.now()) == []
    assert counting.decisions(timezone.now()) == {}


def test_the_first_decision_is_the_first_that_was_not_undone(
    protocol: Protocol,
) -> None:
    by, response = patients.person(), patients.sent(protocol, CALM)
    review = sign(response, OFFER, by=by)
    reviewing.take_back(response.pk, review_id=review.pk, by=by)
    assert counting.pace(timezone.now())["none"] == []
    sign(response, MORE, by=by)
    assert len(counting.pace(timezone.now())["none"]) == 1
