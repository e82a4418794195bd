"""A rule as boxes: each clause offers what fits the question that it asks about."""

from __future__ import annotations

import json
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from screening.engine.protocol import (
    DECLINED,
    NOT_APPLICABLE,
    NOT_KNOWN,
    Item,
    Protocol,
)
from screening.engine.words import ABSENT_WORDS

Clauses = list[list[dict[str, Any]]]
Choice = tuple[str, str]

EQUAL = (("=", "is"), ("!=", "is not"))
COMPARE = (
    *((">=", "at least"), (">", "more than"), ("<=", "at most")),
    *(("<", "less than"), *EQUAL),
)
CODED = ("choice", "multi-choice", "boolean")
NUMBERS = ("integer", "decimal")


@dataclass
class Box:
    """One clause as it stands on the screen; `answer` is as typed or as JSON."""

    name: str
    question: str
    operator: str
    answer: str
    operators: tuple[Choice, ...] = EQUAL
    answers: list[Choice] = field(default_factory=list)
    problem: str = ""

    @property
    def is_asked(self) -> bool:
        """Tell whether a question was chosen, so that something can fit it."""
        return bool(self.operators)

    @property
    def is_number(self) -> bool:
        return self.is_asked and not self.answers

    @property
    def target(self) -> str:
        """Name the control where its problem is mended."""
        if not self.is_asked:
            return f"id_{self.name}-question"
        fits = self.operator in dict(self.operators)
        return f"id_{self.name}-{'answer' if fits else 'operator'}"


class RuleForm:
    """Reads and draws a rule; buttons add and take away before anything is saved."""

    def __init__(
        self, rules: Protocol, clauses: Clauses | None, data: Any = None
    ) -> None:
        self.rules = rules
        self.questions = questions(rules)
        posted = _as_text(clauses or []) if data is None else _posted(data)
        self.groups = [
            [self._box(f"c-{g}-{n}", **each) for n, each in enumerate(group)]
            for g, group in enumerate(posted)
        ]
        self._tidy()

    def press(self, pressed: str) -> None:
        """Do what a button says: `add-0`, `add-group`, `drop-0-1`."""
        verb, _, place = pressed.partition("-")
        if pressed == "add-group":
            self.groups.append([self._empty()])
        # A button that is there no more does nothing.
        with suppress(IndexError, ValueError):
            if verb == "add":
                self.groups[int(place)].append(self._empty())
            elif verb == "drop":
                g, n = map(int, place.split("-"))
                del self.groups[g][n]
        self._tidy()

    def _tidy(self) -> None:
        """Name the boxes by their places. Nothing is never enough: one stays."""
        kept = [group for group in self.groups if group]
        self.groups = kept or [[self._empty()]]
        for g, group in enumerate(self.groups):
            for n, box in enumerate(group):
                box.name = f"c-{g}-{n}"

    def is_valid(self) -> bool:
        for box in (box for group in self.groups for box in group):
            box.problem = _problem(box)
        return not self.problems

    @property
    def problems(self) -> list[tuple[str, str]]:
        boxes = (box for group in self.groups for box in group)
        return [(box.target, box.problem) for box in boxes if box.problem]

    @property
    def clauses(self) -> Clauses:
        return [[_clause(box) for box in group] for group in self.groups]

    def _empty(self) -> Box:
        return self._box("", "", "", "")

    def _box(self, name: str, question: str, operator: str, answer: str) -> Box:
        operators, answers = fitting(self.rules, question)
        return Box(name, question, operator, answer, operators, answers)


def questions(rules: Protocol) -> list[tuple[str, list[Choice]]]:
    """Return what a criterion may ask about, in the order of the questionnaire."""
    scores = [(score.code, score.title) for score in rules.score_list]
    pages = [
        (page.title, [c for item in page.items for c in _asked(item)])
        for page in rules.pages
    ]
    return [(title, asked) for title, asked in (("Scores", scores), *pages) if asked]


def fitting(rules: Protocol, question: str) -> tuple[tuple[Choice, ...], list[Choice]]:
    """Return the operators and answers that fit; no answers where a number does."""
    if question in rules.score:
        return COMPARE, []
    item = rules.item.get(question.removesuffix(".class"))
    if item is None:
        return (), []
    if question.endswith(".class"):
        known = {each for m in rules.medicine_list for each in m.classes}
        return EQUAL, [(json.dumps(each), each) for each in sorted(known)]
    if item.type in NUMBERS:
        return COMPARE, []
    return EQUAL, _answers(item)


def _asked(item: Item) -> list[Choice]:
    if item.type in (*CODED, *NUMBERS):
        return [(item.link_id, item.text)]
    if "name" in {row.role for row in item.fields}:
        return [(f"{item.link_id}.class", f"{item.text} (kind of medicine)")]
    return []


def _answers(item: Item) -> list[Choice]:
    plain: list[tuple[Any, str]] = [(o.code, o.text) for o in item.options]
    if item.type == "boolean":
        plain = [(True, "Yes"), (False, "No")]
    offered = {DECLINED: item.can_decline, NOT_KNOWN: item.can_be_unknown}
    plain += [(code, ABSENT_WORDS[code]) for code, there in offered.items() if there]
    if item.not_applicable:
        plain.append((NOT_APPLICABLE, item.not_applicable))
    return [(json.dumps(answer), text) for answer, text in plain]


def _as_text(clauses: Clauses) -> Clauses:
    return [
        [each | {"answer": _text(each["answer"])} for each in group]
        for group in clauses
    ]


def _text(answer: Any) -> str:
    number = isinstance(answer, int | float) and not isinstance(answer, bool)
    return f"{answer:g}" if number else json.dumps(answer)


def _posted(data: Mapping[str, str]) -> Clauses:
    groups: Clauses = []
    while f"c-{len(groups)}-0-question" in data:
        place = f"c-{len(groups)}"
        group: list[dict[str, Any]] = []
        while f"{place}-{len(group)}-question" in data:
            name = f"{place}-{len(group)}"
            keys = ("question", "operator", "answer")
            group.append({key: data.get(f"{name}-{key}", "") for key in keys})
        groups.append(group)
    return groups


def _problem(box: Box) -> str:
    if not box.is_asked:
        return "Choose a question."
    if box.operator not in dict(box.operators):
        return "Choose how to compare."
    if box.is_number:
        return "" if _number(box.answer) is not None else "Write a number."
    fits = box.answer in dict(box.answers)
    return "" if fits else "Choose an answer that fits this question."


def _number(typed: str) -> float | None:
    try:
        value = float(typed)
    except ValueError:
        return None
    if not abs(value) < 1e12:
        return None
    return int(value) if value.is_integer() else value


def _clause(box: Box) -> dict[str, Any]:
    answer = _number(box.answer) if box.is_number else json.loads(box.answer)
    return {"question": box.question, "operator": box.operator, "answer": answer}
