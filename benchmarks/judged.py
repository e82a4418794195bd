"""One case for every engine: 40 criteria, 156 comparisons, 6 sums, and 200 patients."""

from __future__ import annotations

import random
from datetime import date
from typing import Any

from screening.engine.document import build
from screening.engine.protocol import Protocol

AS_OF = date(2026, 11, 23)
CRITERIA, COMPARISONS, PATIENTS = 40, 156, 200
# Questions a sum, as in PHQ-9, GAD-7, PC-PTSD-5, ASQ, PEG and AUDIT-C.
SUMS = {"a": 9, "b": 7, "c": 5, "d": 4, "e": 3, "f": 3}
CODES = ("none", "once", "twice", "often")
CHOICES = tuple(f"choice_{n}" for n in range(4))
FLAGS = tuple(f"flag_{n}" for n in range(3))
NUMBERS = tuple(f"number_{n}" for n in range(2))

Table = dict[str, Any]
Answers = dict[str, Any]


def protocol() -> Protocol:
    return build(document())


def document() -> Table:
    page = {"slug": "page", "title": "Page", "item": items()}
    return {
        "protocol": {"url": "urn:example:bench", "version": "1", "title": "Bench"},
        "sections": [{"code": "one", "title": "One", "page": [page]}],
        "scores": [_sum(code, size) for code, size in SUMS.items()],
        "indications": [_indication(n, part) for n, part in enumerate(_quarters())],
    }


def items() -> list[Table]:
    """Return the 40 questions, none of them gated: nobody else's rules know gates."""
    parts = [f"{code}_{n}" for code, size in SUMS.items() for n in range(size)]
    numbers = {"type": "integer", "required": True, "text": "How much?", "minimum": 0}
    options = [{"code": code, "text": code.title()} for code in CODES]
    asked = [numbers | {"link_id": name, "maximum": 3} for name in parts]
    asked += [numbers | {"link_id": name, "maximum": 100} for name in NUMBERS]
    asked += [_item(name, "choice") | {"option": options} for name in CHOICES]
    return asked + [_item(name, "boolean") for name in FLAGS]


def criteria() -> list[Table]:
    """Return 40 rules of two groups of two comparisons; four of them have one fewer."""
    chance = random.Random(40)
    return [_criterion(chance, number) for number in range(CRITERIA)]


def patients() -> list[Answers]:
    """Return complete answers: two-valued engines have no word for a missing one."""
    chance = random.Random(200)
    return [
        {i["link_id"]: _answer(chance, i) for i in items()} for _ in range(PATIENTS)
    ]


def _item(link_id: str, kind: str) -> Table:
    return {"link_id": link_id, "type": kind, "text": "What?", "required": True}


def _sum(code: str, size: int) -> Table:
    return {
        "code": f"sum_{code}",
        "title": f"Sum {code}",
        "kind": "sum",
        "minimum": 0,
        "maximum": 3 * size,
        "part": [{"item": f"{code}_{number}"} for number in range(size)],
    }


def _quarters() -> list[list[Table]]:
    every = criteria()
    return [every[start : start + 10] for start in range(0, CRITERIA, 10)]


def _indication(number: int, part: list[Table]) -> Table:
    code = f"indication-{number}"
    return {"code": code, "title": code, "pathway": "mood", "criterion": part}


def _criterion(chance: random.Random, number: int) -> Table:
    second = 1 if number < 4 * CRITERIA - COMPARISONS else 2
    return {
        "code": f"criterion_{number}",
        "kind": "inclusion",
        "statement": f"Statement {number}",
        "clauses": [
            [_clause(chance) for _ in range(2)],
            [_clause(chance) for _ in range(second)],
        ],
    }


def _clause(chance: random.Random) -> Table:
    kind = chance.choice(("sum", "sum", "choice", "flag", "number"))
    if kind == "sum":
        code = chance.choice(list(SUMS))
        return _at_least(chance, f"sum_{code}", 3 * SUMS[code])
    if kind == "number":
        return _at_least(chance, chance.choice(NUMBERS), 100)
    if kind == "flag":
        name, answer = chance.choice(FLAGS), chance.random() < 0.5
        return {"question": name, "operator": "=", "answer": answer}
    operator, name = chance.choice(("=", "!=")), chance.choice(CHOICES)
    return {"question": name, "operator": operator, "answer": chance.choice(CODES)}


def _at_least(chance: random.Random, name: str, most: int) -> Table:
    operator = chance.choice((">=", ">", "<", "<="))
    return {"question": name, "operator": operator, "answer": chance.randint(1, most)}


def _answer(chance: random.Random, item: Table) -> str | int | bool:
    if item["type"] == "boolean":
        return chance.random() < 0.5
    if item["type"] == "choice":
        return chance.choice(CODES)
    return chance.randint(0, item["maximum"])
