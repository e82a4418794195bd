"""What an amendment must not take for granted: a wish of then, a draft, a key."""

from __future__ import annotations

import pytest

from screening.engine.urgency import CALL_ME
from screening.models import AuditEvent, CaseLink, Protocol, Response, SafetyAlert
from screening.services import answering
from screening.services.journey import amending
from screening.services.upkeep import erasing
from tests import patients

TRAUMA_DECLINED = "p26-trauma-question-declined"


@pytest.fixture
def first(protocol: Protocol) -> Response:
    return patients.sent(protocol, TRAUMA_DECLINED)


def test_a_call_asked_for_again_alerts_again(protocol: Protocol) -> None:
    answers = patients.answers_of(TRAUMA_DECLINED) | {CALL_ME: "yes"}
    draft = amending.begin(patients.sent_with(protocol, answers))
    assert CALL_ME not in draft.answers
    answering.save_page(draft.pk, answers={CALL_ME: "yes"})
    assert SafetyAlert.objects.filter(response=draft).count() == 1


def test_what_the_patient_began_says_who_goes_on_with_it(first: Response) -> None:
    amending.begin(first)
    ash, birch = (patients.person(name=name) for name in ("ash", "birch"))
    for by in (ash, birch):
        assert amending.begin(first, recorded_by=by).recorded_by == ash
    draft = first.amendments.get()
    assert draft.recorded_by == ash
    events = AuditEvent.objects.filter(action="response.taken-up").order_by("seq")
    assert [(e.actor, e.object_id) for e in events] == [
        (ash, str(draft.pk)),
        (birch, str(draft.pk)),
    ]


def test_what_was_erased_meanwhile_is_neither_amended_nor_linked(
    first: Response,
) -> None:
    erasing.erase(first.reference)
    assert not first.is_erased
    with pytest.raises(amending.NothingToAsk):
        amending.begin(first)
    with pytest.raises(amending.NothingToAsk):
        amending.make_link(first, by=patients.person())
    assert not first.amendments.exists()
    assert not CaseLink.objects.exists()
