"""Who may open what: the decorators without which no view is reachable."""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, NoReturn, ParamSpec

from django.contrib.auth.views import redirect_to_login
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.urls import is_valid_path, reverse
from django.utils import timezone

from screening.models import Response, ResponseStatus, Role, Staff
from screening.services import answering, auditing
from screening.views.journey import phone, tablets

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponseBase]

DRAFT = "draft"
INVITED = "invited"
TOUCHED = "touched-at"
HOUR = 3600
BUTTON_ONLY = 405
_SLUG = re.compile(r"[a-z0-9-]{1,60}")
# Buttons of the help page that say nothing: without a draft nothing of them is lost.
MOVES = ("go-on", "stop")


def anyone(view: View[P]) -> View[P]:
    """Open to all: nothing on it belongs to anybody."""
    view.access = "anyone"  # type: ignore[attr-defined]
    return view


def own_draft(
    view: Callable[Concatenate[HttpRequest, Response, P], HttpResponseBase],
) -> View[P]:
    """Hand the view the draft of this browser; without one, offer the way back in."""

    @wraps(view)
    def guarded(
        request: HttpRequest, *args: P.args, **kwargs: P.kwargs
    ) -> HttpResponseBase:
        # Also ends what staff began for a patient, once they are signed out.
        phone.assistant(request)
        response = draft_of(request)
        if response is None:
            return _instead(request)
        _stay_open(request)
        try:
            return view(request, response, *args, **kwargs)
        except (answering.AlreadySent, Response.DoesNotExist):
            # Sent, deleted or erased elsewhere while this page was on its way.
            return _instead(request)

    guarded.access = "own draft"  # type: ignore[attr-defined]
    return guarded


def _instead(request: HttpRequest) -> HttpResponseRedirect:
    """Lead on from a draft that is not there, and say when words got lost with it."""
    match = request.resolver_match
    view = match.url_name if match else None
    moves = view == "help_now" and request.POST.get("action") in MOVES
    lost = request.method == "POST" and view in ("page", "help_now") and not moves
    late = "?late=yes" if lost else ""
    helps = view == "help_now" or request.POST.get("action") == "help"
    if helps and not moves:
        return HttpResponseRedirect(f"{reverse('help')}{late}#us")
    if "sent" in request.session:
        return HttpResponseRedirect(reverse("sent") + late)
    name = "cleared" if tablets.number(request) else "resume"
    return HttpResponseRedirect(reverse(name) + late)


def came_from(request: HttpRequest) -> str:
    """Return the page whose button led here, so that one of ours leads back to it."""
    slug = request.GET.get("page", "")
    return reverse("page", args=[slug]) if _SLUG.fullmatch(slug) else ""


def is_late(request: HttpRequest) -> bool:
    """Whether what was sent last came to no draft."""
    return request.GET.get("late") == "yes"


def _stay_open(request: HttpRequest) -> None:
    """Let the day count from the last page; the cookie is renewed once an hour."""
    now = int(timezone.now().timestamp())
    if now - int(request.session.get(TOUCHED, 0)) >= HOUR:
        request.session[TOUCHED] = now


def close(request: HttpRequest) -> None:
    """Close a draft on this device; staff who record for a patient stay signed in."""
    if phone.assistant(request):
        phone.end(request)
    else:
        forget(request)


def forget(request: HttpRequest) -> None:
    note_sign_out(request)
    request.session.flush()


def note_sign_out(request: HttpRequest) -> None:
    """Put on record that staff who sat here are signed out by a patient's page."""
    if isinstance(request.user, Staff):
        with transaction.atomic():
            auditing.record("staff.signed-out", actor=request.user)


def draft_key(request: HttpRequest) -> uuid.UUID | None:
    """Return the key of what this browser began, whatever became of it."""
    try:
        return uuid.UUID(str(request.session.get(DRAFT)))
    except ValueError:
        return None


def draft_of(request: HttpRequest) -> Response | None:
    """Return the unsent response this browser is filling in, if any."""
    key = draft_key(request)
    if key is None:
        return None
    try:
        draft = Response.objects.select_related("protocol").get(pk=key)
    except Response.DoesNotExist:
        return None
    is_open = draft.status == ResponseStatus.IN_PROGRESS and not draft.is_erased
    return draft if is_open else None


def staff(*roles: Role) -> Callable[[View[P]], View[P]]:
    """Open to these roles. Others get 404: they need not know that it is there."""

    def decorate(view: View[P]) -> View[P]:
        @wraps(view)
        def guarded(
            request: HttpRequest, *args: P.args, **kwargs: P.kwargs
        ) -> HttpResponseBase:
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path())
            if request.user.role not in roles:
                refuse(request)
            answer = view(request, *args, **kwargs)
            by_address = answer.status_code == BUTTON_ONLY and request.method == "GET"
            return _led_up(request) if by_address else answer

        guarded.access = tuple(role.value for role in roles)  # type: ignore[attr-defined]
        return guarded

    return decorate


def _led_up(request: HttpRequest) -> HttpResponseRedirect:
    """Lead to the page above whoever comes by address to what only a button does.

    A sign-in does, when the button was pressed after the session had ended.
    """
    path = request.path
    while not is_valid_path(path := path.rstrip("/").rpartition("/")[0] + "/"):
        pass
    return HttpResponseRedirect(path)


def refuse(request: HttpRequest) -> NoReturn:
    """Say that it is not there, and put on record who tried which door."""
    match = request.resolver_match
    door = (match.url_name if match else None) or "unknown"
    with transaction.atomic():
        auditing.record("staff.refused", actor=clinician(request), door=door)
    raise Http404


def clinician(request: HttpRequest) -> Staff:
    """Return the member of staff behind a request that `staff` has let through."""
    user: Any = request.user
    assert isinstance(user, Staff)
    return user
