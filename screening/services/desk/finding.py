"""A case found again: exactly, by what is typed, through the blind index."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.db.models import Q

from screening.models import Response, Staff
from screening.models.queue import ResponseQuerySet
from screening.services import auditing
from screening.services.journey import codes

# Nobody has sent more than this.
MOST = 20


@transaction.atomic
def find(
    *, by: Staff, reference: str = "", name: str = "", birth_date: date | None = None
) -> list[Response]:
    """Return the cases of a reference, or of a person; that somebody looked is kept.

    Names are compared whole: case and spaces aside, nothing near is found.
    """
    if reference:
        found = _kept().by_reference(codes.normal(reference))
    else:
        born = birth_date.isoformat() if birth_date else ""
        found = _of(codes.identity_index(name, born))
    cases = list(found.select_related("assignee")[:MOST])
    how = "reference" if reference else "person"
    auditing.record("responses.searched", actor=by, how=how, found=len(cases))
    return cases


def same_person(response: Response) -> list[Response]:
    """Return other cases with the same name and birth date; amendments are no twins."""
    if not response.identity_index:
        return []
    own = Q(pk=response.pk) | Q(pk=response.amends_id) | Q(amends=response)
    return list(_of(response.identity_index).exclude(own)[:MOST])


def _of(index: str) -> ResponseQuerySet:
    return _kept().filter(identity_index=index).order_by("-submitted_at", "id")


def _kept() -> ResponseQuerySet:
    return Response.objects.to_review().exclude(wrapped_key=b"")
