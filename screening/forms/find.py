"""Find a case: by its reference, or exactly by name and birth date."""

from __future__ import annotations

from typing import Any

from django import forms


class FindForm(forms.Form):
    NEEDS = "Type a reference, or a name with the birth date."
    reference = forms.CharField(max_length=20, required=False)
    name = forms.CharField(max_length=200, required=False)
    birth_date = forms.DateField(
        required=False,
        error_messages={"invalid": "Type the birth date like this: 1984-05-31."},
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        person = cleaned.get("name") and cleaned.get("birth_date")
        if not self.errors and not (cleaned.get("reference") or person):
            raise forms.ValidationError(self.NEEDS)
        return cleaned
