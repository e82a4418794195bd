"""The name of a view that a clinician keeps."""

from __future__ import annotations

from django import forms


class QueueViewForm(forms.Form):
    name = forms.CharField(
        max_length=40,
        error_messages={
            "required": "Give the view a name.",
            "max_length": "Keep the name to 40 characters.",
        },
    )
