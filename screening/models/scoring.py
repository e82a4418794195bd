"""Numbers drawn from answers: scores, what adds to them, and their severity bands."""

from __future__ import annotations

from django.db import models

from screening.models.columns import code, line, note, number, word, words
from screening.models.questionnaire import Instrument
from screening.models.rows import ProtocolRow


class Score(ProtocolRow):
    document_table = "score"

    instrument = models.ForeignKey(
        Instrument,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="scores",
    )
    code = code()
    title = line()
    kind = models.CharField(
        max_length=40, help_text="How it is reckoned: sum, mean, highest, age ..."
    )
    minimum = models.FloatField(help_text="The lowest it can be.")
    maximum = number("The highest it can be; empty where it has no bound.")
    unit = word()
    loinc = word()
    shown = models.BooleanField(
        default=False, help_text="Stands among the scores the clinician sees."
    )
    closed_parts_count_zero = models.BooleanField(
        default=False,
        help_text="A part whose question is closed for certain counts 0.",
    )
    group = word("The group whose rows are counted.")
    complete = word("The item that says the group's list is complete.")
    classes = words()
    weeks = models.FloatField(default=0, help_text="The shortest adequate trial.")
    benefits = words()
    table = word("The table of equivalent doses.")
    default = models.TextField(
        blank=True, help_text="The numbers that are the clinic's to choose."
    )
    note = note()

    class Meta:
        ordering = (
            "protocol",
            "instrument__position",
            "position",
        )
        constraints = (
            models.UniqueConstraint(
                fields=["protocol", "code"], name="score_code_is_unique"
            ),
        )

    def __str__(self) -> str:
        return self.title


class ScorePart(ProtocolRow):
    """What adds to a score: an item's value, a rule that counts 1, or another score."""

    document_table = "part"

    # The score it adds to. The column `score` is the document's: the one it counts.
    adds_to = models.ForeignKey(Score, on_delete=models.CASCADE, related_name="parts")
    item = word("The link_id of the item whose value it adds.")
    score = word("The code of another score that it adds.")
    at_most = number("The most this part may add.")

    class Meta:
        ordering = (
            "protocol",
            "adds_to",
            "position",
        )
        constraints = (
            models.CheckConstraint(
                condition=models.Q(item="") | models.Q(score=""),
                name="score_part_counts_one_thing",
            ),
        )

    def __str__(self) -> str:
        return self.item or self.score or "a rule"


class Band(ProtocolRow):
    document_table = "band"

    score = models.ForeignKey(Score, on_delete=models.CASCADE, related_name="bands")
    low = models.FloatField()
    high = models.FloatField()
    text = line()

    class Meta:
        ordering = (
            "protocol",
            "score",
            "position",
        )
        constraints = (
            models.CheckConstraint(
                condition=models.Q(low__lte=models.F("high")),
                name="band_runs_from_low_to_high",
            ),
        )

    def __str__(self) -> str:
        return f"{self.low:g} to {self.high:g}: {self.text}"
