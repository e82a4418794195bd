"""A draft found again by its code; every wrong try costs the same and says the same."""

from __future__ import annotations

import hmac

from screening.models import Response
from screening.services import codes


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
