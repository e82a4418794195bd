"""Where clinicians disagree with a finding, beside the finding itself."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from screening.models import Response
from screening.views import moments

Words = dict[str, Any]


def standing(response: Response) -> list[Words]:
    """Return what stands, oldest first, by the code and the words of its criterion."""
    statements = {c.code: c.statement for c in response.protocol.engine.criteria}
    rows = response.disagreements.standing().select_related("by", "response")
    told = [(row, row.details) for row in rows]
    return [
        {
            "code": details["criterion"],
            "statement": statements.get(details["criterion"], details["criterion"]),
            "why": details["why"],
            "by": str(row.by),
            "by_key": row.by_id,
            "at": moments.moment(row.at),
        }
        for row, details in told
    ]


def beside(findings: Words, said: list[Words]) -> None:
    """Put each disagreement into the words of its finding."""
    by_code: dict[str, list[Words]] = defaultdict(list)
    for each in said:
        by_code[each["code"]].append(each)
    listed = [*findings["flags"], *findings["contradictions"]]
    for indication in findings["indications"]:
        listed += indication["criteria"]
    for finding in listed:
        finding["disagreed"] = by_code.get(finding["code"], [])
        finding["disagreed_by"] = [each["by_key"] for each in finding["disagreed"]]
