"""The ways back in: a code or a link that was given, and the birth date with it."""

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
CONFIRM = Page(
    slug="more",
    title="A few more questions",
    section="more",
    section_title="More questions",
    items=(
        Item(
            link_id="birth-date",
            type="date",
            text="When were you born?",
            help="We ask so that no one else can open your questions.",
            required=True,
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


class ConfirmForm(PageForm):
    """Who opens a link says a birth date, so that a forwarded message opens nothing."""

    NOT_OPENED = (
        "We cannot open your questions with that date. Look at it again, or call us."
    )

    def __init__(self, data: Mapping[str, Any] | None = None) -> None:
        super().__init__(CONFIRM, open_items=CONFIRM.items, data=data)

    @property
    def birth_date(self) -> str:
        return str(self.answers.get("birth-date", ""))
