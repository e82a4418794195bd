"""May intake be open? Help and the phone number stay up whatever the answer."""

from __future__ import annotations

from screening.models import Protocol
from screening.services import promises

# The question whose "no" ends the journey kindly, with nothing stored.
CONSENT = "consent-questionnaire"


def why_closed() -> list[str]:
    """Return why no new questionnaire may begin, in words for staff; [] when it may."""
    reasons = []
    if promises.crisis_contacts() is None:
        reasons.append("No crisis contacts are set for the clinic's region.")
    if not Protocol.objects.filter(status="active").exists():
        reasons.append("No protocol is published.")
    return reasons
