"""A patient answers: a draft begins, each page is saved, one sending completes."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from screening import vault
from screening.engine.journey import Journey
from screening.engine.urgency import WITHDRAWN, Red
from screening.models import Outbox, Protocol, Response, ResponseStatus, Staff
from screening.services import auditing
from screening.services.evaluating import evaluate_response
from screening.services.journey import codes, following
from screening.services.journey.opening import Opened, open_draft, walk

# What stays of a draft beside its answers.
KEPT = ("withdrawn", "changes", "help_shown", "urgent_by", "settled")
BLANK: dict[str, Any] = {"withdrawn": [], "changes": [], "help_shown": "", "typed": {}}
# The columns that a save changes, and those that a sending does.
SAVED = (*following.FOLLOWED, "saved_at", "version")
COMPLETED = (
    *(*SAVED, "sealed_summary", "status", "submitted_at"),
    *("resume_index", "identity_index"),
)


class NotComplete(Exception):
    """A required answer is missing; `slug` names the first page that wants it."""

    def __init__(self, slug: str) -> None:
        super().__init__(f"The page {slug} wants an answer.")
        self.slug = slug


class AlreadySent(Exception):
    """The questionnaire was sent; nothing in it changes any more."""


@dataclass(frozen=True)
class Saved:
    """What a save led to. `help_tier` names the help page to show now, or is empty."""

    response: Response
    journey: Journey
    help_tier: str = ""
    reds: list[Red] = field(default_factory=list)


@transaction.atomic
def begin(
    *,
    protocol: Protocol,
    answers: Mapping[str, Any],
    recorded_by: Staff | None = None,
    synthetic: bool = False,
    spam: bool = False,
    amends: Response | None = None,
    beside: Mapping[str, Any] | None = None,
    at: datetime | None = None,
) -> Response:
    """Start a draft with the first answers, under its own key and resume code.

    `amends` is the response that it adds to, `beside` what is kept with its answers.
    """
    at, code = at or timezone.now(), codes.new_resume_code()
    response = Response(
        id=uuid.uuid4(),
        protocol=protocol,
        started_at=at,
        saved_at=at,
        reference=codes.new_reference(),
        resume_index=codes.resume_index(code),
        recorded_by=recorded_by,
        is_synthetic=synthetic,
        is_spam=spam,
        amends=amends,
        assignee=amends.assignee if amends else None,
    )
    response.key = vault.create_key(response.context)
    said = {"answers": dict(answers), "resume_code": code}
    response.document = BLANK | said | dict(beside or {})
    response.save(force_insert=True)
    auditing.record("response.started", subject=response, actor=recorded_by)
    if amends is None:
        following.follow_first(response, at)
    return response


@transaction.atomic
def save_page(
    response_id: uuid.UUID,
    *,
    answers: Mapping[str, Any],
    cleared: Iterable[str] = (),
    slug: str = "",
    typed: Mapping[str, list[str]] | None = None,
    at: datetime | None = None,
    read: Opened | None = None,
    by: Staff | None = None,
    pressed: bool = False,
) -> Saved:
    """Save what is valid, and raise alerts for what is red, whatever else is wrong.

    `cleared` names the questions left empty; `typed` keeps what could not be read, so
    that the page can show it again; `read` spares reading the draft a second time; `by`
    is who writes it down for the patient. What was `pressed` on the help page is a new
    cry each time, though the answer is as before.
    Raises AlreadySent, or Response.DoesNotExist when it was deleted or erased.
    """
    at = at or timezone.now()
    opened = _locked(response_id, read, at)
    response, document = opened.response, opened.document
    _merge(document, answers, cleared)
    _keep_typed(document, slug, typed)
    after = walk(response, document, at)
    anew = answers if pressed else ()
    reds = following.follow_reds(response, document, opened.journey, after, at, anew)
    if document["withdrawn"] and WITHDRAWN not in document["answers"]:
        document["answers"][WITHDRAWN] = "yes"
        after = walk(response, document, at)
    help_tier = following.help_tier(document, reds)
    _write(response, document, at)
    auditing.record("response.saved", actor=by, subject=response, page=slug)
    return Saved(response, after, help_tier, reds)


@transaction.atomic
def submit(
    response_id: uuid.UUID,
    *,
    send_key: uuid.UUID,
    at: datetime | None = None,
    by: Staff | None = None,
) -> Response:
    """Send the questionnaire once; a second sending changes nothing and succeeds.

    Raises NotComplete when a required answer is missing, AlreadySent when the key is
    not the one of this draft, or the draft is open no more.
    """
    at = at or timezone.now()
    rows = Response.objects.select_for_update(of=("self",)).select_related("protocol")
    response = rows.get(pk=response_id)
    if response.send_key != send_key or response.is_erased:
        raise AlreadySent
    if response.submitted_at is not None:
        return response
    if response.status != "in-progress":
        raise AlreadySent
    document = response.document
    journey = walk(response, document, at)
    if journey.first_incomplete is not None:
        raise NotComplete(journey.first_incomplete.slug)
    response.document = _finished(document, journey)
    response.identity_index = identity(journey.answers)
    _complete(response, at)
    evaluation = evaluate_response(response, journey, at=at)
    response.save(update_fields=COMPLETED)
    _announce(response)
    judged = auditing.record(
        "response.evaluated", subject=response, evaluation=evaluation.pk
    )
    auditing.record("response.submitted", actor=by, subject=response, after=judged)
    return response


def _complete(response: Response, at: datetime) -> None:
    amended = ResponseStatus.AMENDED if response.amends_id else None
    response.status = (amended or ResponseStatus.COMPLETED).value
    response.submitted_at = response.saved_at = at
    response.reviewed_at, response.resume_index = None, None
    response.version += 1


def sent_with(key: uuid.UUID) -> Response | None:
    """Return what was sent with this key, for whoever never saw it confirmed."""
    kept = Response.objects.sent().exclude(wrapped_key=b"")
    response: Response | None = kept.filter(send_key=key).first()
    return response


def identity(answers: Mapping[str, Any]) -> str:
    name, born = answers.get("full-name"), answers.get("birth-date")
    if isinstance(name, str) and isinstance(born, str):
        return codes.identity_index(name, born)
    return ""


def _locked(response_id: uuid.UUID, read: Opened | None, at: datetime) -> Opened:
    """Keep others from writing; return the draft as it now is."""
    locked = Response.objects.select_for_update(of=("self",))
    rows = locked.exclude(wrapped_key=b"")
    version, status = rows.values_list("version", "status").get(pk=response_id)
    if status != "in-progress":
        raise AlreadySent
    if read and read.response.version == version:
        return read
    response = Response.objects.select_related("protocol").get(pk=response_id)
    return open_draft(response, at)


def _merge(
    document: dict[str, Any], answers: Mapping[str, Any], cleared: Iterable[str]
) -> None:
    document["answers"].update(answers)
    for link_id in cleared:
        document["answers"].pop(link_id, None)


def _keep_typed(
    document: dict[str, Any], slug: str, typed: Mapping[str, list[str]] | None
) -> None:
    if typed:
        document["typed"][slug] = dict(typed)
    else:
        document["typed"].pop(slug, None)


def _write(response: Response, document: dict[str, Any], at: datetime) -> None:
    response.document = document
    response.saved_at, response.version = at, response.version + 1
    response.save(update_fields=SAVED)


def _finished(document: dict[str, Any], journey: Journey) -> dict[str, Any]:
    """Leave out answers no longer asked, the code, and what was never valid."""
    kept = {key: document[key] for key in KEPT if key in document}
    return kept | {"answers": journey.answers}


def _announce(response: Response) -> None:
    Outbox.objects.create(
        kind="response.submitted",
        key=f"response.submitted:{response.pk}",
        response=response,
    )
