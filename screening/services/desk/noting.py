"""A note that is not signed yet, kept for whoever writes it and for nobody else."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone

from screening import vault
from screening.models import NoteDraft, Response, Staff


@transaction.atomic
def keep(response: Response, text: str, *, by: Staff) -> None:
    """Keep what is written so far; an empty note is forgotten."""
    mine: dict[str, Any] = {"response": response, "clinician": by}
    if not text:
        NoteDraft.objects.filter(**mine).delete()
        return
    draft = NoteDraft(**mine)
    draft.text = text
    written = {"sealed": draft.sealed, "saved_at": timezone.now()}
    NoteDraft.objects.update_or_create(**mine, defaults=written)


def kept(response: Response, *, by: Staff) -> str:
    """Return what was written before; what does not open is gone."""
    drafts = NoteDraft.objects.select_related("response")
    draft = drafts.filter(response=response, clinician=by).first()
    try:
        return draft.text if draft else ""
    except vault.Unreadable:
        return ""
