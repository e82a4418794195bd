"""What a lead types to erase somebody's answers: the reference itself, and why."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms


class ErasureForm(forms.Form):
    UNKNOWN = "No questionnaire has this reference."
    ALERT_OPEN = "An alert is open on it. Close that first."
    GONE = "It was erased before."
    reference = forms.CharField(
        max_length=20,
        error_messages={"required": "Type the reference."},
    )
    reason = forms.ChoiceField(
        error_messages={"required": "Choose why.", "invalid_choice": "Choose why."},
    )

    def __init__(self, data: Any, *, reasons: Sequence[tuple[str, str]]) -> None:
        super().__init__(data)
        self.fields["reason"].choices = reasons  # type: ignore[attr-defined]
