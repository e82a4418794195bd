"""The way back in: the code that was given, and the birth date that goes with it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from screening.engine.protocol import Item, Page
from screening.forms.page import PageForm

PAGE = Page(
    slug="resume",
    title="Go on with your code",
    section="resume",
    section_title="Go on",
    items=(
        Item(
            link_id="resume-code",
            type="text",
            text="What is your code?",
            help="It has 16 letters and numbers. Spaces do not matter.",
            required=True,
        ),
        Item(
            link_id="birth-date",
            type="date",
            text="When were you born?",
            help="Leave this out if you had not told us yet.",
            autocomplete="bday",
        ),
    ),
)


class ResumeForm(PageForm):
    NOT_FOUND = (
        "We cannot find that code with that birth date. Look at each letter again, "
        "or call us."
    )

    def __init__(self, data: Mapping[str, Any] | None = None) -> None:
        super().__init__(PAGE, open_items=PAGE.items, data=data)

    @property
    def code(self) -> str:
        return str(self.answers.get("resume-code", ""))

    @property
    def birth_date(self) -> str:
        return str(self.answers.get("birth-date", ""))
