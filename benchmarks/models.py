"""The row of the bare submission: a column for each of the 40 questions."""

from __future__ import annotations

from django.core.validators import MaxValueValidator
from django.db import models

from benchmarks.judged import Table, items


class Submission(models.Model):
    sent_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return str(self.pk)


def _column(item: Table) -> models.Field:
    if item["type"] == "integer":
        limit = MaxValueValidator(item["maximum"])
        return models.PositiveSmallIntegerField(validators=[limit])
    if item["type"] == "boolean":
        return models.BooleanField()
    options = [(option["code"], option["text"]) for option in item["option"]]
    return models.CharField(max_length=20, choices=options)


for asked in items():
    Submission.add_to_class(asked["link_id"], _column(asked))
