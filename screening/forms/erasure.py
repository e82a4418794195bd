"""What a lead types to erase somebody's answers: the reference itself, and why."""

from __future__ import annotations

from django import forms

from screening.services import codes, erasing


class ErasureForm(forms.Form):
    UNKNOWN = "No questionnaire has this reference."
    ALERT_OPEN = "An alert is open on it. Close that first."
    GONE = "It was erased before."
    reference = forms.CharField(
        max_length=20,
        error_messages={"required": "Type the reference."},
    )
    reason = forms.ChoiceField(
        choices=erasing.REASONS,
        error_messages={"required": "Choose why.", "invalid_choice": "Choose why."},
    )

    def clean_reference(self) -> str:
        return codes.normal(self.cleaned_data["reference"])
