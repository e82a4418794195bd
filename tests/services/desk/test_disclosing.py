"""A patient who asks gets everything that is held about them."""

from __future__ import annotations

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from screening.models import AuditEvent, Protocol, Response
from screening.services.desk import disclosing
from screening.services.upkeep import erasing
from tests import patients
from tests.records import a_member_of_staff, a_review, an_alert_event

pytestmark = pytest.mark.django_db


@pytest.fixture
def sent(protocol: Protocol) -> Response:
    response = patients.sent(protocol, "p45-thoughts-of-suicide-now")
    an_alert_event(response.alerts.first(), "contacted", by=a_member_of_staff())
    a_review(response, a_member_of_staff())
    return response


def test_it_holds_every_answer_with_its_question(sent: Response) -> None:
    copy = disclosing.copy_of(sent.reference)
    assert {e["link_id"]: e["answer"] for e in copy["answers"]} == sent.answers
    assert all(entry["question"] for entry in copy["answers"])


def test_it_holds_what_was_found_raised_decided_and_noted(sent: Response) -> None:
    copy = disclosing.copy_of(sent.reference)
    assert copy["summary"] == sent.summary
    assert copy["evaluations"][0]["result"]["outcome"]
    kinds = [e["kind"] for alert in copy["alerts"] for e in alert["events"]]
    assert "contacted" in kinds
    assert copy["reviews"][0]["note"] == "Fits the criteria."
    assert "response.submitted" in [event["action"] for event in copy["record"]]


def test_the_copy_itself_is_on_record(sent: Response) -> None:
    person = a_member_of_staff()
    copy = disclosing.copy_of(sent.reference, by=person)
    assert AuditEvent.objects.get(action="response.copied").actor == person
    assert copy["record"][-1]["action"] == "response.copied"


def test_the_command_prints_it(sent: Response) -> None:
    out = StringIO()
    call_command("export_response", sent.reference, stdout=out)
    assert json.loads(out.getvalue())["reference"] == sent.reference


def test_what_is_not_there_or_erased_has_no_copy(protocol: Protocol) -> None:
    with pytest.raises(CommandError, match="No response"):
        call_command("export_response", "NOWHERE0")
    gone = patients.draft(protocol)
    erasing.erase(gone.reference)
    with pytest.raises(CommandError, match="erased"):
        call_command("export_response", gone.reference)
