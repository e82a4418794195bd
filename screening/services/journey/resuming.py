"""A draft found again by its code; every wrong try costs the same and says the same."""

from __future__ import annotations

import hmac
from datetime import datetime

from django.db import transaction

from screening.models import AuditEvent, Response, Staff
from screening.services import auditing
from screening.services.journey import codes

RESUMED = "response.resumed"
# Nobody can tell a patient from somebody who found the paper with the code.
HOLDER = "whoever has the code"


def find(*, code: str, birth_date: str) -> Response | None:
    """Return the unsent response with this code and birth date, if there is one.

    Until the patient has told a birth date the code alone opens the draft.
    """
    drafts = Response.objects.in_progress().select_related("protocol")
    response: Response | None = drafts.filter(
        resume_index=codes.resume_index(code)
    ).first()
    if response is None or response.is_erased:
        return None
    known = str(response.answers.get("birth-date", ""))
    if known and not hmac.compare_digest(known.encode(), birth_date.encode()):
        return None
    return response


@transaction.atomic
def resume(response: Response, *, by: Staff | None) -> AuditEvent:
    """Put on record that a draft is opened by its code, before anything of it is shown.

    `by` is who was signed in on this device, if anybody was.
    """
    label = "" if by else HOLDER
    return auditing.record(RESUMED, actor=by, actor_label=label, subject=response)


def last_resumed(response: Response, *, before: int | None = None) -> datetime | None:
    """Return when the code was last used, or last before an event of this number."""
    events = AuditEvent.objects.filter(
        action=RESUMED, object_type="response", object_id=str(response.pk)
    )
    if before is not None:
        events = events.filter(seq__lt=before)
    found: datetime | None = (
        events.order_by("-seq").values_list("at", flat=True).first()
    )
    return found
