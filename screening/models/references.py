"""What the protocol leans on: the medicines it knows and the sources it cites."""

from __future__ import annotations

from django.db import models

from screening.models.columns import code, line, note, number, words
from screening.models.constraints import exactly_one
from screening.models.criteria import Criterion
from screening.models.questionnaire import Item
from screening.models.rows import ProtocolRow
from screening.models.scoring import Score


class Medicine(ProtocolRow):
    """A drug by its generic name; doses in milligrams a day, by mouth."""

    document_table = "medicine"

    name = line()
    brands = words()
    classes = words()
    minimum_mg = number("The smallest daily dose that counts as a trial.")
    diazepam_10mg = models.JSONField(
        default=dict,
        blank=True,
        help_text="By table: the dose that equals 10 mg of diazepam.",
    )
    note = note()

    class Meta:
        ordering = (
            "protocol",
            "position",
        )
        constraints = (
            models.UniqueConstraint(
                fields=["protocol", "name"], name="medicine_name_is_unique"
            ),
        )

    def __str__(self) -> str:
        return self.name


class Source(ProtocolRow):
    document_table = "source"

    code = code()
    title = line()
    kind = models.CharField(
        max_length=40, help_text="The clinic's document, a publication, a default ..."
    )
    quote = models.TextField(blank=True, help_text="The very words it rests on.")
    note = note()

    class Meta:
        ordering = (
            "protocol",
            "position",
        )
        constraints = (
            models.UniqueConstraint(
                fields=["protocol", "code"], name="source_code_is_unique"
            ),
        )

    def __str__(self) -> str:
        return f"{self.code}: {self.title}"


class Text(ProtocolRow):
    """Words of the help pages that a clinic says otherwise than they are shipped."""

    document_table = "words"

    code = code()
    text = line()

    class Meta:
        ordering = (
            "protocol",
            "position",
        )
        constraints = (
            models.UniqueConstraint(
                fields=["protocol", "code"], name="text_code_is_unique"
            ),
        )

    def __str__(self) -> str:
        return f"{self.code}: {self.text}"


class Citation(ProtocolRow):
    """A question, score or criterion names a source."""

    document_table = "citation"

    source = models.ForeignKey(
        Source, on_delete=models.RESTRICT, related_name="citations"
    )
    item = models.ForeignKey(
        Item, on_delete=models.CASCADE, null=True, blank=True, related_name="citations"
    )
    score = models.ForeignKey(
        Score, on_delete=models.CASCADE, null=True, blank=True, related_name="citations"
    )
    criterion = models.ForeignKey(
        Criterion,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="citations",
    )

    class Meta:
        ordering = (
            "protocol",
            "position",
        )
        constraints = (
            exactly_one("item", "score", "criterion", name="citation_has_one_owner"),
        )

    def __str__(self) -> str:
        return self.source.code
