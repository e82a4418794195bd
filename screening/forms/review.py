"""A decision as it is signed: nothing is preselected, and a reason goes with it."""

from __future__ import annotations

from typing import Any

from django import forms

from screening.models import REASONS, Decision

DECISIONS = (
    (Decision.URGENT_CONTACT.value, "Urgent: contact today"),
    (Decision.OFFER_CONSULTATION.value, "Offer consultation"),
    (Decision.ASK_FOR_MORE.value, "Ask for more"),
    (Decision.NOT_SUITABLE_NOW.value, "Not suitable now, refer"),
    (Decision.DUPLICATE_OR_SPAM.value, "Duplicate or spam"),
)


class ReviewForm(forms.Form):
    """`choice` holds decision and reason as one: the third keystroke signs."""

    CHANGED = (
        "Somebody wrote to this case since you opened it. Your note is kept below. "
        "Look again, then sign."
    )
    choice = forms.ChoiceField(
        choices=[
            (f"{decision}/{reason}", words)
            for decision, reasons in REASONS.items()
            for reason, words in reasons
        ],
        error_messages={"required": "Choose a decision and its reason."},
    )
    note = forms.CharField(max_length=4000, required=False)
    version = forms.IntegerField(min_value=0, max_value=10**9)

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
