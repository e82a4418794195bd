"""A protocol of one page, small enough to see whole and sound enough to publish."""

from __future__ import annotations

import copy
from typing import Any

from screening.engine.document import fingerprint

Document = dict[str, Any]


def clause(question: str, operator: str, answer: object) -> Document:
    return {"question": question, "operator": operator, "answer": answer}


_SMALL: Document = {
    "protocol": {"url": "urn:example:small", "version": "1", "title": "Small"},
    "sections": [
        {
            "code": "first",
            "title": "First",
            "page": [
                {
                    "slug": "mood",
                    "title": "Your mood",
                    "sensitive": True,
                    "item": [
                        {
                            "link_id": "low",
                            "type": "choice",
                            "text": "Do you feel low?",
                            "required": True,
                            "sources": ["S2", "S1"],
                            "option": [
                                {"code": "no", "text": "No", "score": 0},
                                {"code": "yes", "text": "Yes", "score": 2.5},
                            ],
                        },
                        {"link_id": "wish-1", "instrument": "wish", "required": True},
                    ],
                },
                {
                    "slug": "tried",
                    "title": "What you tried",
                    "enable_when": [[clause("low", "=", "yes")]],
                    "item": [
                        {
                            "link_id": "tries",
                            "type": "group",
                            "text": "What did you try?",
                            "max_rows": 3,
                            "field": [
                                {
                                    "link_id": "try-dose",
                                    "type": "decimal",
                                    "text": "How much?",
                                    "role": "dose",
                                    "minimum": 0,
                                    "maximum": 2.5,
                                }
                            ],
                        }
                    ],
                },
            ],
        }
    ],
    "instruments": [
        {
            "code": "wish",
            "title": "Wish scale",
            "licence": "own-wording",
            "attribution": "Nobody",
            "sha256": "(set below)",
            "item": [
                {
                    "link_id": "wish-1",
                    "text": "Have you wished that you were dead?",
                    "option": [
                        {"code": "no", "text": "No", "score": 0},
                        {"code": "yes", "text": "Yes", "score": 1},
                    ],
                }
            ],
            "score": [
                {
                    "code": "wish-total",
                    "title": "Wish scale, total",
                    "kind": "sum",
                    "minimum": 0,
                    "maximum": 2,
                    "part": [
                        {"item": "wish-1"},
                        {"clauses": [[clause("low", "=", "yes")]]},
                    ],
                    "band": [
                        {"low": 0, "high": 1, "text": "none"},
                        {"low": 2, "high": 2, "text": "some"},
                    ],
                }
            ],
        }
    ],
    "indications": [
        {
            "code": "low-mood",
            "title": "Low mood",
            "pathway": "mood",
            "criterion": [
                {
                    "code": "low-severity",
                    "kind": "inclusion",
                    "statement": "Wishes, and feels low",
                    "sources": ["S1"],
                    "default": "at least 2 is the clinic's number",
                    "clauses": [
                        [clause("wish-total", ">=", 2)],
                        [clause("low", "=", "yes"), clause("wish-1", "=", "yes")],
                    ],
                }
            ],
        }
    ],
    "safety": [
        {
            "code": "u-wish",
            "kind": "urgent",
            "tier": "b",
            "group": "urgent",
            "statement": "Wished to be dead",
            "sources": ["S2"],
            "clauses": [[clause("wish-1", "=", "yes")]],
        }
    ],
    "medicines": [
        {
            "name": "diazepam",
            "brands": ["Valium"],
            "classes": ["benzodiazepine"],
            "diazepam_10mg": {"ashton": 10, "va-dod": 0.5},
        }
    ],
    "sources": [
        {"code": "S1", "title": "The clinic", "kind": "document", "quote": "Low mood"},
        {"code": "S2", "title": "Safety", "kind": "safety"},
    ],
}


_WISH = _SMALL["instruments"][0]
_WISH["sha256"] = fingerprint(_WISH)


def small_document(**head: str) -> Document:
    """Return a copy to change as a test likes; `head` changes version and title."""
    document = copy.deepcopy(_SMALL)
    document["protocol"] |= head
    return document
