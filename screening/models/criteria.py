"""How answers are judged: indications, their criteria, and the clauses of rules."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from screening.engine.protocol import Kind
from screening.models.columns import code, line, note, prose, word
from screening.models.constraints import choices, exactly_one, one_of
from screening.models.questionnaire import Item, Page, Section
from screening.models.rows import ProtocolRow
from screening.models.scoring import ScorePart


class Indication(ProtocolRow):
    """What the clinic treats. It holds when all its criteria do."""

    document_table = "indication"

    code = code()
    title = line()
    pathway = models.CharField(max_length=40, help_text="mood, pain or migraine")
    note = note()

    class Meta:
        ordering = (
            "protocol",
            "position",
        )
        constraints = (
            models.UniqueConstraint(
                fields=["protocol", "code"], name="indication_code_is_unique"
            ),
        )

    def __str__(self) -> str:
        return self.title


class Criterion(ProtocolRow):
    """A statement that holds when all groups of its clauses hold.

    One that belongs to no indication is a safety criterion: it stands beside the
    outcome, never inside it.
    """

    document_table = "criterion"

    indication = models.ForeignKey(
        Indication,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="criteria",
    )
    code = code()
    kind = models.CharField(max_length=20, choices=choices(Kind))
    statement = models.TextField(help_text="What the clinician reads when it holds.")
    rationale = prose("Why it matters, in one line.")
    default = prose("The numbers that are the clinic's to choose.")
    tier = word("How soon somebody must act; urgent criteria only.")
    about = word("Safety or efficacy; medicine cautions only.")
    settles = word("The disagreement between sources that it settles.")
    calls_doctor = word("Whether it asks for a doctor at once: met, or met-or-unknown.")
    evidence = prose("How strong the evidence is, for the clinic's own record.")
    signed_by = word("Who answers for it.")
    review_by = word("The day by which somebody must look at it again.")
    group = word("The file of safety criteria it stands in.")
    note = note()

    class Meta:
        ordering = (
            "protocol",
            "indication__position",
            "position",
        )
        verbose_name_plural = "criteria"
        constraints = (
            one_of("kind", Kind, name="criterion_kind_is_known"),
            models.UniqueConstraint(
                fields=["protocol", "code"], name="criterion_code_is_unique"
            ),
        )

    def __str__(self) -> str:
        return f"{self.code}: {self.statement}"


class Clause(ProtocolRow):
    """One comparison with one answer; it opens pages and decides criteria alike.

    Clauses of the same group are alternatives; every group must hold.
    """

    document_table = "clause"

    section = models.ForeignKey(
        Section, on_delete=models.CASCADE, null=True, blank=True, related_name="clauses"
    )
    page = models.ForeignKey(
        Page, on_delete=models.CASCADE, null=True, blank=True, related_name="clauses"
    )
    item = models.ForeignKey(
        Item, on_delete=models.CASCADE, null=True, blank=True, related_name="clauses"
    )
    criterion = models.ForeignKey(
        Criterion,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="clauses",
    )
    part = models.ForeignKey(
        ScorePart,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="clauses",
    )
    group = models.PositiveSmallIntegerField(
        help_text="Its group: one clause of each group must hold."
    )
    question = models.CharField(
        max_length=80, help_text="A link_id, the code of a score, or medicines.class."
    )
    operator = models.CharField(max_length=2)
    answer = models.JSONField()

    class Meta:
        ordering = (
            "protocol",
            "group",
            "position",
        )
        constraints = (
            exactly_one(
                *("section", "page", "item", "criterion", "part"),
                name="clause_has_one_owner",
            ),
            models.CheckConstraint(
                condition=Q(operator__in=["=", "!=", "<", "<=", ">", ">="]),
                name="clause_operator_is_known",
            ),
        )

    def __str__(self) -> str:
        return f"{self.question} {self.operator} {self.answer}"
