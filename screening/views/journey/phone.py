"""Staff fill in for a patient on the phone: who answers and who records stay apart."""

from __future__ import annotations

from django.http import HttpRequest

from screening.models import Staff

ASSISTS = "assists"
# All that a session may hold of a questionnaire; the rest of it is the staff's own.
OF_A_DRAFT = (
    *("draft", "touched-at", "invited", "more", "sent"),
    *("after-help", "help-tier", "help-seen", "resumed"),
)


def assistant(request: HttpRequest) -> Staff | None:
    """Return who fills in here for a patient; None where patients do so themselves."""
    if ASSISTS not in request.session:
        return None
    user = request.user
    if isinstance(user, Staff) and request.session[ASSISTS] == user.pk:
        request.assistant = user  # type: ignore[attr-defined]
        return user
    end(request)
    return None


def begin(request: HttpRequest, by: Staff) -> None:
    let_go(request)
    request.session[ASSISTS] = by.pk


def end(request: HttpRequest) -> None:
    """Close the answers here for good; whoever recorded them stays signed in."""
    let_go(request)
    request.session.pop(ASSISTS, None)


def let_go(request: HttpRequest) -> None:
    for name in OF_A_DRAFT:
        request.session.pop(name, None)
