"""A person made up to meet a rule or to come to a number, calm in everything else."""

from __future__ import annotations

from datetime import date
from typing import Any

from screening.engine.checking.safety import CALM as SAFE
from screening.engine.clauses import compile_rule
from screening.engine.journey import Journey
from screening.engine.protocol import Clause, Item, Part, Protocol, Rule, Score
from screening.engine.truth import TRUE

Answers = dict[str, Any]

ADULT = 40
# Without it nothing is ever kept.
CONSENT = "consent-questionnaire"
# What a calm person says, where one of these is offered; else what counts least.
CALM = ("no", "none", "not-at-all", "never", "self")
# Each turn answers the questions that the last turn opened.
TURNS = 30


class Person:
    """Says what was wanted first; a later wish never takes an answer back."""

    def __init__(self, protocol: Protocol, as_of: date) -> None:
        self.protocol, self.as_of = protocol, as_of
        self.answers: Answers = {}
        self._walked: Journey | None = None
        self._complete = {score.complete for score in protocol.score_list}

    def meet(self, rule: Rule) -> None:
        """Answer so that every group holds, by its first clause that can."""
        for group in rule:
            if not any(self.holds(((clause,),)) for clause in group):
                for clause in group:
                    self._try(clause)
                    if self.holds(((clause,),)):
                        break

    def come_to(self, question: str, value: float) -> None:
        """Answer so that a number or a score has this value, as far as it can."""
        if score := self.protocol.score.get(question):
            _BY_KIND.get(score.kind, _add_up)(self, score, value)
        else:
            self.say(question, _plain(value))

    def say(self, link_id: str, answer: Any) -> None:
        if link_id in self.protocol.item and link_id not in self.answers:
            self._note({link_id: answer})
            self.meet(self.protocol.item[link_id].gate)

    def tick(self, link_id: str, code: Any) -> None:
        """Tick one more, unless something was said that stands alone."""
        ticked = self.answers.get(link_id, [])
        if "none" not in (code, *ticked):
            self._note({link_id: list(dict.fromkeys([*ticked, code]))})
            self.meet(self.protocol.item[link_id].gate)
        else:
            self.say(link_id, [code])

    def holds(self, rule: Rule) -> bool:
        return compile_rule(rule)(self.journey.facts) is TRUE

    @property
    def journey(self) -> Journey:
        """The walk with what was said so far; most questions of it change nothing."""
        if self._walked is None:
            self._walked = Journey(self.protocol, self.answers, self.as_of)
        return self._walked

    def answer_the_rest(self) -> Answers:
        """Return all answers, once every open question has one and no other does."""
        for _ in range(TURNS):
            asked = self.journey.open
            blank = [item for key, item in asked.items() if key not in self.answers]
            if not blank:
                break
            self._note({item.link_id: self.calm(item) for item in blank})
        return {key: self.answers[key] for key in self.answers if key in asked}

    def calm(self, item: Item) -> Any:
        if item.options:
            codes = [option.code for option in item.options]
            least = min(item.options, key=lambda option: option.score or 0).code
            calm = (SAFE.get(item.link_id), *CALM)
            code = next((code for code in calm if code in codes), least)
            return [code] if item.type == "multi-choice" else code
        if item.type == "date":
            return self.born(ADULT)
        if item.type == "group":
            return []
        granted = item.link_id == CONSENT or item.link_id in self._complete
        plain = {"boolean": granted, "integer": _plain(item.minimum or 0), "text": "-"}
        return plain.get(item.type, "-" if item.type == "lookup" else 0)

    def born(self, years: float) -> str:
        return date(self.as_of.year - int(years), self.as_of.month, 1).isoformat()

    def _note(self, answers: Answers) -> None:
        self.answers |= answers
        self._walked = None

    def _try(self, clause: Clause) -> None:
        answer, operator = clause.answer, clause.operator
        if isinstance(answer, int | float) and not isinstance(answer, bool):
            away = {">": 1, "<": -1, "!=": 1}.get(operator, 0)
            self.come_to(clause.question, answer + away)
        elif item := self.protocol.item.get(clause.question):
            wanted = answer if operator == "=" else _another(item, answer)
            if item.type == "multi-choice":
                self.tick(item.link_id, wanted)
            else:
                self.say(item.link_id, wanted)


def _another(item: Item, answer: Any) -> Any:
    if item.type == "boolean":
        return not answer
    codes = (option.code for option in item.options)
    return next((code for code in codes if code != answer), answer)


def _plain(value: float) -> float:
    return int(value) if float(value).is_integer() else value


def _add_up(person: Person, score: Score, value: float) -> None:
    """Give each part as much of what is left as it can take."""
    left = round(value * len(score.parts), 2) if score.kind == "mean" else value
    for part in score.parts:
        left -= _give(person, part, max(left, 0))


def _reach(person: Person, score: Score, value: float) -> None:
    """Give every part of a highest as much as it can take of the whole."""
    for part in score.parts:
        _give(person, part, value)


def _give(person: Person, part: Part, most: float) -> float:
    if part.rule:
        if most >= 1:
            person.meet(part.rule)
        return 1 if person.holds(part.rule) else 0
    if part.score:
        amount = min(most, float("inf") if part.at_most is None else part.at_most)
        person.come_to(part.score, amount)
        return amount
    item = person.protocol.item[part.item]
    worth = {o.score: o.code for o in item.options if o.score is not None}
    if worth:
        amount = max((s for s in worth if s <= most), default=min(worth))
        person.say(item.link_id, worth[amount])
        return amount
    amount = min(most, most if item.maximum is None else item.maximum)
    person.say(item.link_id, _plain(float(int(amount))))
    return float(int(amount))


def _born(person: Person, score: Score, value: float) -> None:
    person.say(score.parts[0].item, person.born(value))


def _rows(person: Person, score: Score, value: float) -> None:
    """List one drug for each trial that is to count; none where none is."""
    drugs = [m for m in person.protocol.medicine_list if _fits(m.classes, score)]
    known = [m for m in drugs if m.minimum_mg is not None]
    rows = [
        _row(
            person,
            score,
            name=medicine.name,
            dose=medicine.minimum_mg,
            weeks=score.weeks if score.kind == "adequate-trials" else 0,
            benefit=next(iter(score.benefits), None),
            stopped="side-effects" if score.kind == "intolerances" else None,
        )
        for medicine in known[: int(value)]
    ]
    person.say(score.group, rows)


def _doses(person: Person, score: Score, value: float) -> None:
    drugs = (m for m in person.protocol.medicine_list if _fits(m.classes, score))
    for medicine in drugs:
        if equal := dict(medicine.diazepam_10mg).get(score.table):
            dose = _plain(round(value * equal / 10, 4))
            row = _row(person, score, name=medicine.name, dose=dose, use="regular")
            person.say(score.group, [row] if value else [])
            person.say(score.complete, True)
            return


def _unclear(person: Person, score: Score, value: float) -> None:
    rows = [_row(person, score, name=f"not known {n}") for n in range(int(value))]
    person.say(score.group, rows)


def _row(person: Person, score: Score, **said: Any) -> Answers:
    """Answer each field by its role; required ones that nobody speaks of, calmly."""
    fields = person.protocol.item[score.group].fields
    row = {f.link_id: said.get(f.role) for f in fields if said.get(f.role) is not None}
    rest = [f for f in fields if f.required and f.link_id not in row]
    return row | {f.link_id: person.calm(f) for f in rest if f.role == "stopped"}


def _fits(classes: tuple[str, ...], score: Score) -> bool:
    return bool(set(classes) & set(score.classes))


_BY_KIND = {
    "highest": _reach,
    "age": _born,
    "adequate-trials": _rows,
    "intolerances": _rows,
    "diazepam-mg": _doses,
    "unclear-rows": _unclear,
}
