"""Make the peer's database, ask the 40 questions in it, and print where they are."""

from __future__ import annotations

import json
from typing import Any

import django
from django.core.management import call_command

from benchmarks.judged import items


def main() -> None:
    django.setup()
    call_command("migrate", interactive=False, verbosity=0)
    from survey.models import Survey

    survey = Survey.objects.create(
        name="Case", description="", need_logged_user=False, editable_answers=False
    )
    asked = {item["link_id"]: _question(survey, item) for item in items()}
    print(json.dumps({"path": f"/survey/{survey.pk}/", "questions": asked}))


def _question(survey: Any, item: dict[str, Any]) -> str:
    texts = [option["code"] for option in item.get("option", ())]
    if item["type"] == "boolean":
        texts = ["true", "false"]
    question = survey.questions.create(
        text=item["text"],
        order=survey.questions.count(),
        required=True,
        type="radio" if texts else "integer",
        choices=",".join(texts) or None,
    )
    return f"question_{question.pk}"


if __name__ == "__main__":
    main()
