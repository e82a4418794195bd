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
        ("amended", "Newer answers replace it"),
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
# Why a decision is calmer than a red flag demands.
IN_THE_NOTE = "in-the-note"
OVERRULING = (
    ("settled", "I asked the patient; it is settled"),
    ("in-care", "It is known and treated"),
    ("in-hand", "A colleague is in contact with the patient"),
    ("misread", "The answer does not mean what the rule takes it for"),
    ("same-person", "It is dealt with in another case of the same person"),
    (IN_THE_NOTE, "Another reason, which is in the note"),
)


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
    overrules = models.CharField(
        max_length=80,
        blank=True,
        help_text="Why it is calmer than a red flag demands, as a code.",
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
        return str(self._words().get("note", ""))

    @note.setter
    def note(self, note: str) -> None:
        self._seal({"note": note})

    @property
    def overruled(self) -> list[str]:
        """Return the codes of the criteria that demanded something less calm."""
        codes: list[str] = self._words().get("overruled", [])
        return codes

    @overruled.setter
    def overruled(self, codes: list[str]) -> None:
        self._seal({"overruled": codes})

    @property
    def demanded(self) -> list[str]:
        """Return the codes of all that demanded something when it was signed."""
        codes: list[str] = self._words().get("demanded", [])
        return codes

    @demanded.setter
    def demanded(self, codes: list[str]) -> None:
        self._seal({"demanded": codes})

    def _words(self) -> dict[str, Any]:
        if self.sealed_note is None:
            return {}
        key = self.response.key
        opened: Any = vault.unseal(key, self.sealed_note, context=self.context)
        return opened

    def _seal(self, words: dict[str, Any]) -> None:
        key, words = self.response.key, self._words() | words
        self.sealed_note = vault.seal(key, words, context=self.context)
