"""A link asks only what is missing; its answers amend, and change nothing sent."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from screening.models import (
    AuditEvent,
    CaseLink,
    Outbox,
    Protocol,
    Response,
    SafetyAlert,
)
from screening.services import answering, links
from screening.services.desk import finding
from screening.services.journey import amending
from screening.services.upkeep import erasing
from tests import patients

TRAUMA_DECLINED = "p26-trauma-question-declined"
SETTLED = "p01-two-antidepressants-failed"
BORN = str(patients.answers_of(TRAUMA_DECLINED)["birth-date"])
SAFE = patients.ASQ_CALM | {"safe-now": "yes"}
TRAUMA = {"pcptsd5-gate": "no"}


@pytest.fixture
def first(protocol: Protocol) -> Response:
    return patients.sent(protocol, TRAUMA_DECLINED)


def a_link(response: Response) -> CaseLink:
    by = patients.person(name=f"ash-{CaseLink.objects.count()}")
    return amending.make_link(response, by=by)


def opened(link: CaseLink, born: str = BORN) -> Response | None:
    found = links.find(CaseLink, links.token_of(link))
    return found and amending.open_link(found, birth_date=born)


def amended(first: Response, **new: Any) -> Response:
    draft = amending.begin(first)
    answers = SAFE | {name.replace("_", "-"): value for name, value in new.items()}
    answering.save_page(draft.pk, answers=answers)
    return answering.submit(draft.pk, send_key=draft.send_key)


def actions() -> list[str]:
    return list(AuditEvent.objects.order_by("seq").values_list("action", flat=True))


def test_that_a_link_was_made_is_on_record_and_what_it_ends_in_is_not(
    first: Response,
) -> None:
    token = links.token_of(a_link(first))
    rows = [*CaseLink.objects.values(), *AuditEvent.objects.values()]
    assert token not in str(rows)
    assert actions()[-1] == "response.link-made"


def test_a_link_lasts_as_long_as_the_clinic_says(
    first: Response, settings: Any
) -> None:
    said = settings.CLINIC.get("invitations", {}) | {"more_days": 2}
    settings.CLINIC = settings.CLINIC | {"invitations": said}
    link = a_link(first)
    assert link.expires_at - link.made_at == timedelta(days=2)
    assert amending.waiting_link(first) == link


def test_a_case_in_which_all_is_known_gets_no_link(protocol: Protocol) -> None:
    response, before = patients.sent(protocol, SETTLED), len(actions())
    with pytest.raises(amending.NothingToAsk):
        a_link(response)
    assert not CaseLink.objects.exists()
    assert len(actions()) == before


def test_a_draft_gets_no_link(protocol: Protocol) -> None:
    with pytest.raises(amending.NothingToAsk):
        a_link(patients.draft(protocol, asq_3="yes"))


def test_a_link_opens_once_and_begins_an_amendment(first: Response) -> None:
    link = a_link(first)
    draft = opened(link)
    assert draft and draft.amends == first
    assert draft.status == "in-progress"
    assert draft.protocol == first.protocol
    assert draft.answers["full-name"] == first.answers["full-name"]
    assert actions()[-2:] == ["response.link-opened", "response.started"]
    assert opened(link) is None
    with pytest.raises(links.NotUsable):
        amending.open_link(link, birth_date=BORN)
    assert amending.waiting_link(first) is None


def test_a_wrong_date_opens_nothing_and_uses_nothing_up(first: Response) -> None:
    link = a_link(first)
    assert opened(link, "1984-05-02") is None
    assert opened(link, "é") is None
    assert CaseLink.objects.get().wrong_dates == 2
    assert opened(link)


def test_too_many_wrong_dates_take_a_link_back(first: Response) -> None:
    link = a_link(first)
    for _ in range(amending.WRONG_DATES):
        assert amending.open_link(link, birth_date="1900-01-01") is None
    assert actions()[-1] == "response.link-shut"
    assert opened(link) is None
    with pytest.raises(links.NotUsable):
        amending.open_link(link, birth_date=BORN)


def test_a_newer_link_takes_the_one_before_back(first: Response) -> None:
    older, newer = a_link(first), a_link(first)
    assert opened(older) is None
    assert opened(newer)


def test_a_second_link_goes_on_with_what_was_begun(first: Response) -> None:
    begun = amending.begin(first)
    assert opened(a_link(first)) == begun


def test_a_link_to_what_was_erased_opens_nothing(first: Response) -> None:
    link = a_link(first)
    erasing.erase(first.reference)
    with pytest.raises(links.NotUsable):
        opened(link)


def test_what_was_amended_meanwhile_is_not_asked_again(first: Response) -> None:
    draft = amending.begin(first)
    link = a_link(first)
    answering.save_page(draft.pk, answers=SAFE | TRAUMA)
    answering.submit(draft.pk, send_key=draft.send_key)
    with pytest.raises(amending.NothingToAsk):
        opened(link)
    link.refresh_from_db()
    assert link.used_at is None


def test_the_rows_of_links_are_guarded(first: Response) -> None:
    a_link(first)
    rows = CaseLink.objects.all()
    for change in ({"token_index": "x"}, {"expires_at": timezone.now()}):
        with pytest.raises(IntegrityError, match="once"), transaction.atomic():
            rows.update(**change)
    rows.update(withdrawn_at=timezone.now())
    with pytest.raises(IntegrityError, match="once"), transaction.atomic():
        rows.update(withdrawn_at=None)


def test_the_answers_amend_and_are_judged_anew(first: Response) -> None:
    before = first.evaluations.get().result
    response = amended(first, pcptsd5_gate="no")
    assert response.status == "amended"
    assert response.amends == first
    now = response.evaluations.get().result
    assert before["indications"]["ptsd"] == "unknown"
    assert now["indications"]["ptsd"] != "unknown"
    first.refresh_from_db()
    assert first.status == "completed"
    assert first.evaluations.get().result == before
    assert Outbox.objects.filter(kind="response.submitted").count() == 2


def test_nothing_is_sent_before_the_safety_questions(first: Response) -> None:
    draft = amending.begin(first)
    answering.save_page(draft.pk, answers=TRAUMA)
    with pytest.raises(answering.NotComplete) as missing:
        answering.submit(draft.pk, send_key=draft.send_key)
    assert missing.value.slug == "safe-a"


def test_a_red_answer_raises_an_alert_at_once(first: Response) -> None:
    draft = amending.begin(first)
    saved = answering.save_page(draft.pk, answers={"asq-3": "yes"})
    alert = SafetyAlert.objects.get()
    assert alert.response == draft
    assert saved.help_tier == alert.tier


@pytest.mark.parametrize(("again", "alerts"), [("yes", 2), ("no", 1)])
def test_what_was_red_alerts_again_or_stays_on_record(
    protocol: Protocol, again: str, alerts: int
) -> None:
    answers = patients.answers_of(TRAUMA_DECLINED) | {"asq-3": "yes", "asq-5": "no"}
    first = patients.sent_with(protocol, answers)
    assert SafetyAlert.objects.count() == 1
    draft = amending.begin(first)
    new = SAFE | {"asq-3": again, "asq-5": "no"} | TRAUMA
    answering.save_page(draft.pk, answers=new)
    assert SafetyAlert.objects.count() == alerts
    response = answering.submit(draft.pk, send_key=draft.send_key)
    told = {entry["link_id"]: entry["now"] for entry in response.document["withdrawn"]}
    assert told == ({} if again == "yes" else {"asq-3": "no"})


def test_an_amendment_is_not_the_same_person_sent_twice(first: Response) -> None:
    response = amended(first, pcptsd5_gate="no")
    assert finding.same_person(response) == []
    assert finding.same_person(first) == []
    twin = patients.sent(first.protocol, TRAUMA_DECLINED)
    assert set(finding.same_person(twin)) == {first, response}


def test_an_amendment_belongs_to_whoever_has_the_case(first: Response) -> None:
    first.assignee = patients.person(name="cedar")
    first.save(update_fields=["assignee"])
    assert amending.begin(first).assignee == first.assignee


@pytest.mark.parametrize("named", ["first", "amendment"])
def test_what_amends_is_erased_with_what_it_amends(first: Response, named: str) -> None:
    response = amended(first, pcptsd5_gate="no")
    erasing.erase({"first": first, "amendment": response}[named].reference)
    for each in (first, response):
        each.refresh_from_db()
        assert each.is_erased


def test_nothing_is_erased_while_an_amendment_alarms(first: Response) -> None:
    draft = amending.begin(first)
    answering.save_page(draft.pk, answers={"asq-3": "yes"})
    with pytest.raises(erasing.AlertOpen):
        erasing.erase(first.reference)
