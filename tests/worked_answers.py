"""Short ways to write a worked patient's answers, and to judge them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, NamedTuple

from screening.engine.evaluation import Result, evaluate
from tests.golden import AS_OF, Answers, filled, patient, protocol

BASE = ("base",)
MOOD = ("base", "mood")
PAIN = ("base", "pain")
MIGRAINE = ("base", "migraine")
BOTH = ("base", "mood", "pain")

UNKNOWN = {"absent": "asked-unknown"}
DECLINED = {"absent": "asked-declined"}

WOMAN = {"sex-at-birth": "female"}
AFTER_BIRTH = WOMAN | {"pregnancy": ["birth-12m"], "ppd-onset": "first-4-weeks"}
AFTER_A_LOSS = {
    "mood-trigger": "event",
    "mood-course": "first-spell",
    "mood-duration": "2-weeks-to-6-months",
}
DRINKS = {
    0: ("never", "1-or-2", "never"),
    2: ("2-to-4-a-month", "1-or-2", "never"),
    3: ("2-to-3-a-week", "1-or-2", "never"),
    4: ("2-to-3-a-week", "3-or-4", "never"),
}
SIGNS_OF_MANIA = ("less-sleep", "energy", "racing", "talking", "risks")
# One place in each of four regions first, then more of the same regions.
PLACES = (
    "shoulder-left",
    "shoulder-right",
    "hip-left",
    "hip-right",
    "upper-arm-left",
    "upper-arm-right",
    "upper-leg-left",
)


def judge(based_on: tuple[str, ...], changes: Answers) -> Result:
    return evaluate(protocol(), patient(based_on, {}, changes), AS_OF)


def word(based_on: tuple[str, ...], changes: Answers, code: str) -> str:
    return judge(based_on, changes).findings[code].word


def phq9(total: int, **others: int) -> Answers:
    return dict(filled({"phq9": total, **others}, {}))


def gad7(total: int) -> Answers:
    return dict(filled({"gad7": total}, {}))


def peg(*answers: int) -> Answers:
    return {f"peg-{n}": answer for n, answer in enumerate(answers, 1)}


def pcptsd5(yes: int) -> Answers:
    answers = {f"pcptsd5-{n}": "yes" if n <= yes else "no" for n in range(1, 6)}
    return {"pcptsd5-gate": "yes", **answers}


def auditc(total: int) -> Answers:
    return {f"auditc-{n}": code for n, code in enumerate(DRINKS[total], 1)}


def mania(signs: int) -> Answers:
    return {"mania-signs": list(SIGNS_OF_MANIA[:signs]) or ["none"]}


def widespread(wpi: int, sss: int) -> Answers:
    """Pain all over, undiagnosed, with these two published totals."""
    symptoms = [min(3, max(0, sss - 3 * n)) for n in range(3)]
    names = ("fm-fatigue", "fm-unrefreshed", "fm-thinking")
    return {
        "pain-kinds": ["widespread"],
        "pain-dx": ["none"],
        "fm-areas": list(PLACES[:wpi]),
        **{name: str(points) for name, points in zip(names, symptoms, strict=True)},
    }


def trial(
    name: str, dose: Any = 300, weeks: Any = 10, benefit: Any = "none", **others: str
) -> Answers:
    row = {"mt-name": name, "mt-dose": dose, "mt-weeks": weeks, "mt-benefit": benefit}
    return row | {"mt-stopped": others.get("stopped", "no-effect")}


def tried(*rows: Answers) -> Answers:
    return {"mood-treatments": list(rows)}


SERTRALINE = trial("sertraline", 100)


def second(*args: Any, **others: str) -> Answers:
    """Sertraline failed; what about this other drug?"""
    return tried(SERTRALINE, trial(*args, **others))


def takes(*rows: tuple[str, Any], use: str = "regular") -> Answers:
    medicines = [
        {"md-name": name, "md-daily-mg": dose, "md-use": use} for name, dose in rows
    ]
    return {"med-mind": "yes", "medicines": medicines}


def family(**answers: str) -> Answers:
    """Answers about kinds of pain treatment; what is not named was not right for me."""
    kinds = ("injections", "blocks", "medicines", "physical", "other")
    return {f"pt-{kind}": answers.get(kind, "not-for-me") for kind in kinds}


@dataclass(frozen=True)
class Edge:
    """The criterion is met with the answers of `holds`, not with those of `fails`."""

    code: str
    based_on: tuple[str, ...]
    holds: Answers
    fails: Answers
    common: Answers = field(default_factory=dict)

    def __str__(self) -> str:
        differing = [k for k, v in self.holds.items() if self.fails.get(k) != v]
        return "-".join([self.code, *(differing or self.fails)])


def assert_edge(edge: Edge) -> None:
    holds, fails = edge.common | edge.holds, edge.common | edge.fails
    assert word(edge.based_on, holds, edge.code) == "met"
    assert word(edge.based_on, fails, edge.code) in ("not-met", "not-asked")


class Ways(NamedTuple):
    """The criterion is not met with `common` alone, and met with each of `ways`."""

    code: str
    based_on: tuple[str, ...]
    common: Answers
    ways: list[Answers]


def choices(link_id: str, *codes: str) -> list[Answers]:
    return [{link_id: code} for code in codes]


def ticks(link_id: str, *codes: str) -> list[Answers]:
    return [{link_id: [code]} for code in codes]


def unsaid(link_id: str) -> list[Answers]:
    return [{link_id: UNKNOWN}, {link_id: DECLINED}]


def assert_each_way_is_enough(ways: Ways) -> None:
    code, based_on, common = ways.code, ways.based_on, ways.common
    assert word(based_on, common, code) in ("not-met", "not-asked")
    for way in ways.ways:
        assert word(based_on, common | way, code) == "met", way
