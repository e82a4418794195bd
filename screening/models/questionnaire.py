"""What is asked: sections, pages, items, their options, and published instruments."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from screening.models.columns import code, line, note, number, prose, word
from screening.models.constraints import exactly_one
from screening.models.rows import ProtocolRow


class Section(ProtocolRow):
    document_table = "section"

    code = code()
    title = line()
    note = note()

    class Meta:
        ordering = (
            "protocol",
            "position",
        )
        constraints = (
            models.UniqueConstraint(
                fields=["protocol", "code"], name="section_code_is_unique"
            ),
        )

    def __str__(self) -> str:
        return self.title


class Page(ProtocolRow):
    document_table = "page"

    section = models.ForeignKey(Section, on_delete=models.CASCADE, related_name="pages")
    slug = code()
    title = models.TextField(help_text="The heading the patient sees.")
    intro = prose()
    sensitive = models.BooleanField(
        default=False, help_text="Left out of the printed copy."
    )
    leave_quickly = models.BooleanField(
        default=False, help_text="Offers a way to leave the page at once."
    )
    note = note()

    class Meta:
        ordering = (
            "protocol",
            "section__position",
            "position",
        )
        constraints = (
            models.UniqueConstraint(
                fields=["protocol", "slug"], name="page_slug_is_unique"
            ),
            models.UniqueConstraint(
                fields=["protocol", "title"], name="page_title_is_unique"
            ),
        )

    def __str__(self) -> str:
        return self.title


class Instrument(ProtocolRow):
    """A published scale. Its words, order and scores are locked by `sha256`."""

    document_table = "instrument"

    code = code()
    title = line()
    licence = models.TextField(help_text="Whether we may show it, and to whom.")
    attribution = models.TextField(help_text="Shown wherever the instrument is asked.")
    stem = prose("The sentence above the items.")
    loinc = word()
    recall_days = models.PositiveSmallIntegerField(
        default=0, help_text="The days it asks about; asked afresh when older."
    )
    sha256 = models.CharField(max_length=64, help_text="Locks the published wording.")
    modified = models.BooleanField(
        default=False, help_text="Its words differ: not validated, so never scored."
    )
    note = note()

    class Meta:
        ordering = (
            "protocol",
            "position",
        )
        constraints = (
            models.UniqueConstraint(
                fields=["protocol", "code"], name="instrument_code_is_unique"
            ),
        )

    def __str__(self) -> str:
        return self.title


class Item(ProtocolRow):
    """One question: on a page, in each row of a group, or in an instrument's wording.

    An item on a page that names an instrument takes its words from there.
    """

    document_table = "item"

    page = models.ForeignKey(
        Page, on_delete=models.CASCADE, null=True, blank=True, related_name="items"
    )
    parent = models.ForeignKey(
        "self", on_delete=models.CASCADE, null=True, blank=True, related_name="fields"
    )
    defined_in = models.ForeignKey(
        Instrument,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="items",
        help_text="The instrument whose own wording this is.",
    )
    link_id = code()
    type = word("How it is answered; of an instrument's item: a choice unless named.")
    text = prose()
    help = prose()
    required = models.BooleanField(default=False)
    can_decline = models.BooleanField(
        default=False, help_text="Offers “I prefer not to say”."
    )
    can_be_unknown = models.BooleanField(
        default=False, help_text="Offers “I do not know”."
    )
    unknown_is_exclusive = models.BooleanField(
        default=False, help_text="“I do not know” may not stand beside other ticks."
    )
    hidden = models.BooleanField(
        default=False, help_text="Never shown; set by the software."
    )
    not_applicable = prose("The words of “does not apply”, if it is offered.")
    minimum = number()
    maximum = number()
    unit = word()
    role = word("What a field of a group's row stands for: name, dose, weeks ...")
    max_rows = models.PositiveSmallIntegerField(default=0)
    carried_from = word("The group whose rows are offered again here.")
    autocomplete = word("The browser's own word for what is filled in here.")
    instrument = word("The code of the instrument whose words it takes.")
    loinc = word()
    note = note()

    class Meta:
        ordering = (
            "protocol",
            "page__position",
            "position",
        )
        constraints = (
            exactly_one("page", "parent", "defined_in", name="item_has_one_place"),
            models.UniqueConstraint(
                fields=["protocol", "link_id"],
                condition=Q(defined_in__isnull=True),
                name="item_link_id_is_unique",
            ),
            models.UniqueConstraint(
                fields=["defined_in", "link_id"],
                condition=Q(defined_in__isnull=False),
                name="instrument_item_link_id_is_unique",
            ),
        )

    def __str__(self) -> str:
        return f"{self.link_id}: {self.text}" if self.text else self.link_id


class AnswerOption(ProtocolRow):
    document_table = "option"

    item = models.ForeignKey(Item, on_delete=models.CASCADE, related_name="options")
    code = code()
    text = line()
    score = number("What it adds to an instrument's sum; 0 counts, empty does not.")
    loinc = word()

    class Meta:
        ordering = (
            "protocol",
            "item",
            "position",
        )
        constraints = (
            models.UniqueConstraint(
                fields=["item", "code"], name="option_code_is_unique"
            ),
        )

    def __str__(self) -> str:
        return self.text
