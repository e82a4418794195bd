"""A named clinician's signed decision: appended, never edited."""

from __future__ import annotations

import uuid
from enum import StrEnum
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from screening import vault
from screening.models.constraints import choices, one_of
from screening.models.evaluation import Evaluation
from screening.models.response import Response


class Decision(StrEnum):
    OFFER_CONSULTATION = "offer-consultation"
    ASK_FOR_MORE = "ask-for-more"
    NOT_SUITABLE_NOW = "not-suitable-now"
    URGENT_CONTACT = "urgent-contact"
    DUPLICATE_OR_SPAM = "duplicate-or-spam"
    # Not a decision on a patient: it undoes the one before it.
    TAKEN_BACK = "taken-back"


# Each decision is signed with one of its own reasons; the words go into the note.
REASONS: dict[str, tuple[tuple[str, str], ...]] = {
    Decision.URGENT_CONTACT.value: (
        ("suicide-answers", "Answers about suicide"),
        ("medical-risk", "A medical risk"),
        ("asked-for-call", "Asked to be called"),
    ),
    Decision.OFFER_CONSULTATION.value: (
        ("criteria-fit", "The clinic's criteria fit, as answered"),
        ("clinical-judgement", "Clinical judgement, criteria aside"),
    ),
    Decision.ASK_FOR_MORE.value: (
        ("answers-missing", "Answers are missing"),
        ("answers-disagree", "Answers disagree with each other"),
        ("records-needed", "Records are needed"),
    ),
    Decision.NOT_SUITABLE_NOW.value: (
        ("safety-first", "A safety finding must be settled first"),
        ("other-care-first", "Other care should be tried first"),
        ("no-indication", "None of the clinic's indications was found"),
        ("timing", "Not now; ask again later"),
    ),
    Decision.DUPLICATE_OR_SPAM.value: (
        ("duplicate", "The same person has sent another one"),
        ("spam", "Not a real person"),
    ),
    Decision.TAKEN_BACK.value: (("mistake", "Signed by mistake"),),
}


class Review(models.Model):
    """A correction is a new review that names the one it corrects."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    response = models.ForeignKey(
        Response, on_delete=models.PROTECT, related_name="reviews"
    )
    evaluation = models.ForeignKey(
        Evaluation,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="reviews",
        help_text="What was on the screen; none for an alarming draft.",
    )
    clinician = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="reviews"
    )
    decision = models.CharField(max_length=20, choices=choices(Decision))
    reason = models.CharField(
        max_length=80, blank=True, help_text="A code; the words go into the note."
    )
    sealed_note = models.BinaryField(null=True, blank=True)
    signed_at = models.DateTimeField(default=timezone.now)
    corrects = models.OneToOneField(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="corrected_by",
    )
    response_version = models.PositiveIntegerField(
        help_text="The version that the clinician had read."
    )

    class Meta:
        ordering = ("signed_at",)
        get_latest_by = "signed_at"
        constraints = (
            one_of("decision", Decision, name="review_decision_is_known"),
            models.CheckConstraint(
                condition=Q(corrects__isnull=True) | ~Q(corrects=F("id")),
                name="review_does_not_correct_itself",
            ),
        )

    def __str__(self) -> str:
        return f"{self.response}: {self.decision}"

    @property
    def context(self) -> str:
        return f"review:{self.pk}"

    @property
    def note(self) -> str:
        if self.sealed_note is None:
            return ""
        key = self.response.key
        opened: Any = vault.unseal(key, self.sealed_note, context=self.context)
        return opened["note"]

    @note.setter
    def note(self, note: str) -> None:
        key = self.response.key
        self.sealed_note = vault.seal(key, {"note": note}, context=self.context)
