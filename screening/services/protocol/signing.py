"""A draft becomes what is asked: proposed, countersigned by another, published."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.db import IntegrityError, transaction

from screening.engine.checking.mistake import Mistake
from screening.engine.document import content_hash
from screening.models import (
    Protocol,
    ProtocolStatus,
    ReplayRun,
    Role,
    SignOff,
    SignOffKind,
    Staff,
)
from screening.services import auditing, publishing
from screening.services.protocol import drafting, golden

SIGNERS = (Role.LEAD, Role.REVIEWER)


class NotReady(Exception):
    """Something stands in the way; the sentence says what."""


@dataclass(frozen=True)
class Standing:
    """What a draft still wants before it may be published."""

    mistakes: list[Mistake]
    not_proved: list[Mistake]
    trials: list[golden.Trial]
    replay: ReplayRun | None
    proposed: SignOff | None
    countersigned: SignOff | None

    @property
    def obstacles(self) -> list[str]:
        """Return what keeps the draft from being proposed."""
        unexplained = sum(trial.is_unexplained for trial in self.trials)
        said = {
            "The check finds mistakes.": bool(self.mistakes),
            "Golden patients flip without a reason.": bool(unexplained),
            "Past responses were not tried under what it says now.": not self.replay,
        }
        return [sentence for sentence, stands in said.items() if stands]

    @property
    def is_signed(self) -> bool:
        return bool(self.proposed) and (
            bool(self.countersigned) or not needs_two_people()
        )


def needs_two_people() -> bool:
    needs: bool = settings.CLINIC.get("two_person_sign_off", True)
    return needs


def standing(draft: Protocol) -> Standing:
    mistakes, not_proved = drafting.checked(draft)
    names = draft.sign_offs.filter(content_hash=draft.content_hash)
    signed = {name.kind: name for name in names.select_related("by")}
    return Standing(
        mistakes=mistakes,
        not_proved=not_proved,
        trials=[] if mistakes else golden.trials(draft, draft.engine),
        replay=replayed(draft),
        proposed=signed.get(SignOffKind.PROPOSED),
        countersigned=signed.get(SignOffKind.COUNTERSIGNED),
    )


def replayed(draft: Protocol) -> ReplayRun | None:
    """Return a finished replay of what the draft says now."""
    runs = draft.replays.filter(content_hash=draft.content_hash)
    return runs.filter(finished_at__isnull=False).first()


@transaction.atomic
def propose(draft: Protocol, *, by: Staff, seen: str) -> SignOff:
    """Put a first name under what was read. Raises NotReady."""
    draft = _as_seen(draft, seen)
    if by.role != Role.LEAD:
        raise NotReady("Only a lead proposes a version.")
    if obstacles := standing(draft).obstacles:
        raise NotReady(" ".join(obstacles))
    return _sign(draft, SignOffKind.PROPOSED, by)


@transaction.atomic
def countersign(draft: Protocol, *, by: Staff, seen: str) -> SignOff:
    """Put a second name beside the first: somebody else's. Raises NotReady."""
    draft = _as_seen(draft, seen)
    proposed = standing(draft).proposed
    if proposed is None:
        raise NotReady("Nobody has proposed what the draft says now.")
    if proposed.by_id == by.pk or by.role not in SIGNERS:
        raise NotReady("Somebody else must countersign: another lead, or a reviewer.")
    return _sign(draft, SignOffKind.COUNTERSIGNED, by)


@transaction.atomic
def publish(draft: Protocol, *, by: Staff, seen: str) -> Protocol:
    """Let new patients be asked this from now on. Raises NotReady, ProtocolRefused."""
    draft = _as_seen(draft, seen)
    stands = standing(draft)
    if not stands.is_signed:
        raise NotReady("It is not signed yet.")
    if stands.obstacles:
        raise NotReady(" ".join(stands.obstacles))
    document = draft.document()
    if content_hash(document) != draft.content_hash:
        raise NotReady("The draft does not say what was signed.")
    return publishing.publish(document, by=by)


@transaction.atomic
def roll_back(version: Protocol, *, by: Staff) -> Protocol:
    """Ask an earlier version again: it was signed, and it is whole. Raises NotReady."""
    if version.status != ProtocolStatus.RETIRED:
        raise NotReady("Only a version that was asked before can come back.")
    return publishing.publish(version.document(), by=by)


@transaction.atomic
def retire(version: Protocol, *, by: Staff) -> None:
    """Ask nobody new anything; whoever has begun goes on. Raises NotReady."""
    rows = Protocol.objects.select_for_update().filter(pk=version.pk)
    if not rows.filter(status=ProtocolStatus.ACTIVE).exists():
        raise NotReady("This version is not asked now.")
    rows.update(status=ProtocolStatus.RETIRED)
    auditing.record(
        "protocol.retired", actor=by, subject=version, version=version.version
    )


def _as_seen(draft: Protocol, seen: str) -> Protocol:
    rows = Protocol.objects.select_for_update().filter(status=ProtocolStatus.DRAFT)
    locked = rows.filter(pk=draft.pk, content_hash=seen).first()
    if locked is None:
        raise NotReady("The draft was changed since you read it.")
    return locked


def _sign(draft: Protocol, kind: SignOffKind, by: Staff) -> SignOff:
    try:
        with transaction.atomic():
            signed = SignOff.objects.create(
                protocol=draft, kind=kind, content_hash=draft.content_hash, by=by
            )
    except IntegrityError as error:
        raise NotReady("It is signed already.") from error
    auditing.record(
        f"draft.{kind.value}", actor=by, subject=draft, content_hash=draft.content_hash
    )
    return signed
