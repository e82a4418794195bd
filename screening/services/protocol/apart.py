"""What a second processor runs: Django is set up there before any model is met."""

from __future__ import annotations

from typing import Any

import django


def prepare(draft: dict[str, Any], versions: dict[int, dict[str, Any]]) -> None:
    django.setup()
    from screening.services.protocol import judging

    judging.prepare(draft, versions)


def judge(batch: Any) -> Any:
    from screening.services.protocol import judging

    return judging.judge(batch)
