"""A clinician disagrees with one finding, says why or not, and may take it back."""

from __future__ import annotations

import uuid

from django.db import transaction

from screening.models import Counted, Disagreement, Response, Staff
from screening.services import auditing
from screening.services.figures import daily

LONGEST_WHY = 200


class UnknownFinding(ValueError):
    """No criterion of the protocol by which the response is judged."""


@transaction.atomic
def disagree(
    response_id: uuid.UUID, *, by: Staff, criterion: str, why: str = ""
) -> Disagreement:
    """Append that somebody disagrees; a second click adds nothing, other words do.

    Raises UnknownFinding.
    """
    response = _locked(response_id)
    if criterion not in {each.code for each in response.protocol.engine.criteria}:
        raise UnknownFinding(criterion)
    before = _own(response, by, criterion)
    if before and why in ("", before.details["why"]):
        return before
    said = Disagreement(response=response, by=by, replaces=before)
    said.evaluation = response.evaluations.order_by("-created_at").first()
    said.details = {"criterion": criterion, "why": why[:LONGEST_WHY]}
    said.save(force_insert=True)
    auditing.record("finding.disagreed", actor=by, subject=response, row=said.pk)
    if before is None:
        daily.add(Counted.DISAGREED, [criterion], at=said.at)
    return said


@transaction.atomic
def withdraw(response_id: uuid.UUID, *, by: Staff, criterion: str) -> None:
    """Append that one agrees again. Raises UnknownFinding where one never disagreed."""
    response = _locked(response_id)
    before = _own(response, by, criterion)
    if before is None:
        raise UnknownFinding(criterion)
    said = Disagreement(response=response, by=by, replaces=before, stands=False)
    said.evaluation = before.evaluation
    said.details = {"criterion": criterion, "why": ""}
    said.save(force_insert=True)
    auditing.record("finding.agreed-again", actor=by, subject=response, row=said.pk)
    daily.add(Counted.AGREED_AGAIN, [criterion], at=said.at)


def _locked(response_id: uuid.UUID) -> Response:
    rows = Response.objects.select_for_update(of=("self",)).select_related("protocol")
    response: Response = rows.get(pk=response_id)
    return response


def _own(response: Response, by: Staff, criterion: str) -> Disagreement | None:
    """Look among the few that stand: what they are about is sealed."""
    mine = response.disagreements.standing().filter(by=by)
    for each in mine.select_related("response"):
        if each.details["criterion"] == criterion:
            return each
    return None
