"""Passwords made of the words that anybody would try here first."""

from __future__ import annotations

import re
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError

# Beside the words of the clinic's own name.
OWN_WORDS = (
    *("lamplight", "ketamine", "clinic", "intake", "patient", "questionnaire"),
    *("password", "welcome", "letmein", "admin", "secret", "changeme"),
)
# So many letters must be left when those words are taken away.
LEFT = 8
SENTENCE = "Use fewer words that belong to this clinic: they are tried first."


class OwnWordsValidator:
    """Refuse what is nothing but the clinic's words, digits and signs."""

    def validate(self, password: str, user: Any = None) -> None:
        typed = rest = password.casefold()
        for word in (*OWN_WORDS, *_name()):
            rest = rest.replace(word, "")
        if rest != typed and len(re.sub(r"[\W\d_]", "", rest)) < LEFT:
            raise ValidationError(SENTENCE, code="own-words")

    def get_help_text(self) -> str:
        return SENTENCE


def _name() -> list[str]:
    words = re.findall(r"\w{4,}", str(settings.CLINIC["name"]).casefold())
    return sorted(words, key=len, reverse=True)
