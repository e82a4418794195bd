"""A draft version: begun from the active one, changed key by key, or thrown away."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from itertools import islice
from typing import Any

from django.db import DataError, IntegrityError, transaction

from screening.engine.checking import check_with_notes
from screening.engine.document import (
    ProtocolError,
    build,
    canonical,
    content_hash,
    fingerprint,
)
from screening.models import DraftChange, Protocol, ProtocolStatus, Staff
from screening.models.content import OfContent
from screening.models.limits import misfits
from screening.services import auditing
from screening.services.protocol import golden
from screening.services.protocol.places import Place, own_keys, places, with_own_words

Table = dict[str, Any]
# More changes than this at once came from files, and are one event of the trail.
BY_HAND = 40
# Of all that the columns cannot keep, so much is told at once.
TOLD = 3
NOT_KEPT = "the database cannot keep version {version} as it is written"
# The mistakes of a draft, and the criteria whose reach could not be proved.
checked = OfContent(check_with_notes)


class DraftMoved(Exception):
    """Somebody changed the draft since it was read."""


class NoDraft(Exception):
    """There is no draft, or there is one already."""


def current() -> Protocol | None:
    """Return the draft that the clinic works on, if there is one."""
    return Protocol.objects.filter(status=ProtocolStatus.DRAFT).first()


@transaction.atomic
def start(*, by: Staff | None, document: Table | None = None) -> Protocol:
    """Begin a draft that says what is asked now, or this document.

    Raises NoDraft when there is one, Protocol.DoesNotExist when nothing is asked, and
    ProtocolError where no version can say it.
    """
    # All versions are held, so that of two who start at once the second sees the first.
    held = Protocol.objects.select_for_update().values_list("status", flat=True)
    if ProtocolStatus.DRAFT in list(held):
        raise NoDraft("There is a draft already: change it, or throw it away.")
    active = Protocol.objects.filter(status=ProtocolStatus.ACTIVE).first()
    if document is None:
        document = copy.deepcopy(Protocol.objects.current().document())
        document["protocol"]["version"] = _next_version(document["protocol"])
    if active:
        golden.adopt_shipped(active)
    document = canonical(document)
    build(document)
    draft = Protocol()
    _write(draft, document)
    _record("draft.started", draft, by, version=draft.version)
    return draft


@transaction.atomic
def save(
    draft: Protocol, document: Table, *, by: Staff, seen: str = ""
) -> list[DraftChange]:
    """Let the draft say this document, and keep who changed which key.

    `seen` is the content that the change was made on. Raises DraftMoved, NoDraft, and
    ProtocolError where the document cannot be read.
    """
    draft = _locked(draft, seen)
    before = draft.document()
    after = canonical(with_own_words(_marked(document)))
    changes = [
        DraftChange(protocol=draft, by=by, kind=kind, name=name, **change)
        for kind, name, change in _changes(before, after)
    ]
    if after != before:
        build(after)
        _write(draft, after)
        DraftChange.objects.bulk_create(changes)
        _note(draft, changes, by)
    return changes


@transaction.atomic
def discard(draft: Protocol, *, by: Staff) -> None:
    draft = _locked(draft)
    _record("draft.discarded", draft, by, version=draft.version)
    draft.erase()
    draft.delete()


def _locked(draft: Protocol, seen: str = "") -> Protocol:
    rows = Protocol.objects.select_for_update().filter(status=ProtocolStatus.DRAFT)
    locked = rows.filter(pk=draft.pk).first()
    if locked is None:
        raise NoDraft("This draft is there no more: it was published or thrown away.")
    if seen and locked.content_hash != seen:
        raise DraftMoved("The draft was changed while you read it.")
    return locked


def _write(draft: Protocol, document: Table) -> None:
    if problems := list(islice(misfits(document), TOLD)):
        raise ProtocolError("; ".join(problems))
    head = document["protocol"]
    others = Protocol.objects.exclude(pk=draft.pk)
    if others.filter(url=head["url"], version=head["version"]).exists():
        raise ProtocolError(f"version {head['version']} is there already")
    for key, value in ({"note": ""} | document["protocol"]).items():
        setattr(draft, key, value)
    draft.content_hash = content_hash(document)
    try:
        draft.save()
        draft.erase()
        draft.write(document)
    # Somebody else was first, or a constraint was met that `misfits` does not know.
    except (IntegrityError, DataError) as error:
        raise ProtocolError(NOT_KEPT.format(**head)) from error
    if content_hash(draft.document()) != draft.content_hash:
        raise ProtocolError(NOT_KEPT.format(**head))


def _marked(document: Table) -> Table:
    """Let each instrument say whether its words are those that were validated."""
    tables = [
        table | {"modified": fingerprint(table) != table["sha256"]}
        for table in document.get("instruments", [])
    ]
    return document | {"instruments": tables}


def _changes(before: Table, after: Table) -> Iterator[tuple[str, str, Table]]:
    old, new = _by_place(before), _by_place(after)
    for kind, name in {**old, **new}:
        was, now = old.get((kind, name)), new.get((kind, name))
        if was is None or now is None:
            yield kind, name, {"key": "", "before": was, "after": now}
            continue
        for key in {**was, **now}:
            if was.get(key) != now.get(key):
                change = {"before": was.get(key), "after": now.get(key)}
                yield kind, name, change | {"key": key}


def _by_place(document: Table) -> dict[Place, Table]:
    return {(kind, name): own_keys(table) for kind, name, table in places(document)}


def _note(draft: Protocol, changes: list[DraftChange], by: Staff) -> None:
    if len(changes) > BY_HAND or not changes:
        _record("draft.rewritten", draft, by, changes=len(changes))
        return
    for change in changes:
        place = {"kind": change.kind, "name": change.name[: auditing.LONGEST]}
        _record("draft.changed", draft, by, **place, key=change.key, change=change.pk)


def _record(action: str, draft: Protocol, by: Staff | None, **meta: Any) -> None:
    label = "" if by else "command line"
    auditing.record(action, actor=by, actor_label=label, subject=draft, **meta)


def _next_version(head: Table) -> str:
    """Raise the second number of 1.0.0; where there is none, count on at the end."""
    parts = head["version"].split(".")
    taken = set(
        Protocol.objects.filter(url=head["url"]).values_list("version", flat=True)
    )
    number = int(parts[1]) if len(parts) > 1 and parts[1].isdecimal() else 0
    while True:
        number += 1
        version = ".".join([parts[0], str(number), *parts[2:]])
        if version not in taken:
            return version
