"""Scores that are made of nothing, of the wrong thing, or of each other."""

from __future__ import annotations

from collections.abc import Iterator

from screening.engine.checking.mistake import Mistake
from screening.engine.checking.rows import lacking
from screening.engine.protocol import Item, Part, Protocol, Score
from screening.engine.scores import KINDS, questions
from screening.engine.trials import ROW_KINDS

NUMBERS = ("integer", "decimal")
# What a kind of score reads in each row: the role of the field.
READS = {
    "adequate-trials": ("name", "dose", "weeks", "benefit"),
    "intolerances": ("name", "weeks", "stopped"),
    "unclear-rows": ("name", "dose", "weeks", "benefit"),
    "diazepam-mg": ("name", "dose", "use"),
}


def check_scores(protocol: Protocol) -> Iterator[Mistake]:
    known: set[str] = set()
    for score in protocol.score_list:
        if score.kind not in KINDS:
            message = f"unknown kind of score: {score.kind}"
            yield Mistake(score.code, "type", message)
        elif score.kind in ROW_KINDS:
            yield from _check_rows(protocol, score)
        elif score.kind == "age":
            yield from _check_age(protocol, score)
        else:
            yield from _check_parts(protocol, score)
        yield from _check_order(protocol, score, known)
        known.add(score.code)


def _check_order(
    protocol: Protocol, score: Score, known: set[str]
) -> Iterator[Mistake]:
    """A score reads only scores before it, so that none can ever read itself."""
    read = [name for part in score.parts for name in questions(part)]
    for name in read:
        if name in protocol.score and name not in known:
            message = f"it reads {name}, which must stand before it"
            yield Mistake(score.code, "circular", message)


def _check_age(protocol: Protocol, score: Score) -> Iterator[Mistake]:
    dates = [i.link_id for i in protocol.item.values() if i.type == "date"]
    if len(score.parts) != 1 or score.parts[0].item not in dates:
        message = "an age is counted from one question that asks for a date"
        yield Mistake(score.code, "parts", message)


def _check_parts(protocol: Protocol, score: Score) -> Iterator[Mistake]:
    if not score.parts:
        message = "a score of no parts says nothing"
        yield Mistake(score.code, "nothing-is-enough", message)
    for part in score.parts:
        if sum(map(bool, (part.item, part.rule, part.score))) != 1:
            message = "a part is a question, a rule or another score: one of them"
            yield Mistake(score.code, "parts", message)
        elif part.at_most is not None and not part.score:
            yield Mistake(score.code, "parts", "only another score has an at_most")
        yield from _check_part(protocol, score, part)


def _check_part(protocol: Protocol, score: Score, part: Part) -> Iterator[Mistake]:
    if part.score and part.score not in protocol.score:
        message = f"no score is called {part.score}"
        yield Mistake(score.code, "dangling", message)
    if part.item and part.item not in protocol.item:
        message = f"no question is called {part.item}"
        yield Mistake(score.code, "dangling", message)
    elif part.item and (why := _has_no_value(protocol.item[part.item])):
        yield Mistake(score.code, "parts", f"{part.item} {why}")


def _has_no_value(item: Item) -> str:
    if item.type in NUMBERS:
        return ""
    if item.type != "choice":
        return f"is a {item.type}, which has no number"
    unscored = [option.code for option in item.options if option.score is None]
    return f"has no score for {unscored[0]}" if unscored else ""


def _check_rows(protocol: Protocol, score: Score) -> Iterator[Mistake]:
    if score.group not in protocol.item:
        message = f"no question is called {score.group or 'nothing'}"
        yield Mistake(score.code, "dangling", message)
        return
    group = protocol.item[score.group]
    for problem in lacking(group, READS[score.kind]):
        yield Mistake(score.code, "rows", problem)
    if score.kind != "unclear-rows":
        yield from _check_classes(protocol, score)
    if score.kind == "diazepam-mg":
        yield from _check_equivalents(protocol, score)
    else:
        yield from _check_trials(score, group)


def _check_classes(protocol: Protocol, score: Score) -> Iterator[Mistake]:
    known = {c for medicine in protocol.medicine_list for c in medicine.classes}
    for each in score.classes or ("",):
        if each not in known:
            message = f"no medicine in the table is of class {each or 'nothing'}"
            yield Mistake(score.code, "dangling", message)


def _check_equivalents(protocol: Protocol, score: Score) -> Iterator[Mistake]:
    complete = protocol.item.get(score.complete)
    if complete is None or complete.type != "boolean":
        message = "`complete` names the yes-or-no question that declares the list whole"
        yield Mistake(score.code, "dangling", message)
    tables = {
        t for medicine in protocol.medicine_list for t, _ in medicine.diazepam_10mg
    }
    if score.table not in tables:
        message = f"no medicine has an equivalent in the table {score.table or '-'}"
        yield Mistake(score.code, "dangling", message)


def _check_trials(score: Score, group: Item) -> Iterator[Mistake]:
    if score.kind != "unclear-rows" and score.weeks <= 0:
        message = "`weeks` says how long is long enough"
        yield Mistake(score.code, "nothing-is-enough", message)
    if score.kind == "adequate-trials":
        offered = {
            o.code
            for field in group.fields
            if field.role == "benefit"
            for o in field.options
        }
        if not score.benefits or set(score.benefits) - offered:
            message = "`benefits` names the answers that count as no help"
            yield Mistake(score.code, "dangling", message)
