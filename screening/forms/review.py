"""What is signed at the desk: a decision on a case, or the closing of an alert."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms

from screening.models import OVERRULING, REASONS, Decision

DECISIONS = (
    (Decision.URGENT_CONTACT.value, "Urgent: contact today"),
    (Decision.OFFER_CONSULTATION.value, "Offer consultation"),
    (Decision.ASK_FOR_MORE.value, "Ask for more"),
    (Decision.NOT_SUITABLE_NOW.value, "Not suitable now, refer"),
    (Decision.DUPLICATE_OR_SPAM.value, "Duplicate or spam"),
)
TAKEN_BACK = "The decision before this one was taken back"
DECISION_WORDS = {**dict(DECISIONS), Decision.TAKEN_BACK.value: TAKEN_BACK}
LONGEST_NOTE = 4000

Choices = Iterable[tuple[str, str]]


def _chosen(message: str) -> dict[str, str]:
    return {"required": message, "invalid_choice": message}


def _note() -> forms.CharField:
    too_long = f"Keep the note to {LONGEST_NOTE} characters. Nothing was cut off."
    return forms.CharField(
        max_length=LONGEST_NOTE,
        required=False,
        error_messages={"max_length": too_long},
    )


class ReviewForm(forms.Form):
    """`choice` holds decision and reason as one: pressing the reason signs."""

    CHANGED = (
        "Somebody wrote to this case since you opened it, so your decision was not "
        "signed. Your note is kept. Read what is new, then sign again."
    )
    choice = forms.ChoiceField(
        choices=[
            (f"{decision}/{reason}", words)
            for decision, _ in DECISIONS
            for reason, words in REASONS[decision]
        ],
        error_messages={
            "required": "Choose a decision and its reason.",
            "invalid_choice": "Choose a decision and one of its own reasons.",
        },
    )
    note = _note()
    overrules = forms.ChoiceField(
        choices=OVERRULING,
        required=False,
        error_messages={"invalid_choice": "Choose one of the reasons."},
    )
    version = forms.IntegerField(
        min_value=0,
        max_value=10**9,
        error_messages={"required": "Open the case again, then sign."},
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        decision, _, reason = cleaned.pop("choice", "").partition("/")
        return cleaned | {"decision": decision, "reason": reason}

    @property
    def options(self) -> list[dict[str, Any]]:
        """Return the decisions in order, each with its reasons, for the page."""
        return [
            {"code": code, "words": words, "reasons": REASONS[code]}
            for code, words in DECISIONS
        ]

    @property
    def attempted(self) -> str:
        """Return the decision that was not signed, in words."""
        decision, _, reason = str(self.data.get("choice", "")).partition("/")
        words = dict(DECISIONS).get(decision, "")
        because = dict(REASONS.get(decision, ())).get(reason, "")
        return f"{words}: {because}" if because else words


class ClosingForm(forms.Form):
    reason = forms.ChoiceField(error_messages=_chosen("Choose why it is closed."))
    note = _note()

    def __init__(self, *args: Any, reasons: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].choices = reasons  # type: ignore[attr-defined]


class TryForm(forms.Form):
    """One try to reach the patient."""

    how = forms.ChoiceField(error_messages=_chosen("Choose how you tried."))
    outcome = forms.ChoiceField(error_messages=_chosen("Choose how it went."))
    note = _note()

    def __init__(
        self, *args: Any, ways: Choices, outcomes: Choices, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["how"].choices = ways  # type: ignore[attr-defined]
        self.fields["outcome"].choices = outcomes  # type: ignore[attr-defined]


class TellForm(forms.Form):
    """What a patient was told, and how."""

    how = forms.ChoiceField(error_messages=_chosen("Choose how it was told."))
    text = forms.CharField(
        max_length=2000,
        error_messages={
            "required": "Write what was told, or would have been.",
            "max_length": "Keep the message to 2000 characters. Nothing was cut off.",
        },
    )

    def __init__(self, *args: Any, ways: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["how"].choices = ways  # type: ignore[attr-defined]
