"""The case as zen-engine reads it: one compiled expression, or a graph with a trace."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import zen

from benchmarks.judged import SUMS, Answers, Table

Expressions = dict[str, str]


def expression(criteria: list[Table]) -> Any:
    """Return the fastest form we found: sums first, then one object of truths."""
    truths = {one["code"]: _rule(one["clauses"], _clause) for one in criteria}
    lines = [f"{name} = {value}" for name, value in _sums().items()]
    return zen.compile_expression("; ".join([*lines, _object(truths)]))


def graph(criteria: list[Table]) -> Any:
    """Return a graph whose trace tells each clause's truth, as our evidence does."""
    names = {id(one): f"clause_{n}" for n, one in enumerate(clauses(criteria))}
    told = {names[id(one)]: _clause(one) for one in clauses(criteria)}
    truths = {
        one["code"]: _rule(one["clauses"], lambda each: names[id(each)])
        for one in criteria
    }
    steps = [
        _step("sums", _sums(), passes_on=True),
        _step("clauses", told, passes_on=True),
        _step("criteria", truths, passes_on=False),
    ]
    return zen.ZenEngine().create_decision(json.dumps(_chain(steps)))


def clauses(criteria: list[Table]) -> Iterator[Table]:
    for criterion in criteria:
        for group in criterion["clauses"]:
            yield from group


def traced(decision: Any, answers: Answers) -> Any:
    return decision.evaluate(answers, {"trace": True})


def _sums() -> Expressions:
    parts = {code: [f"{code}_{n}" for n in range(size)] for code, size in SUMS.items()}
    return {f"sum_{code}": " + ".join(names) for code, names in parts.items()}


def _rule(rule: list[list[Table]], name: Any) -> str:
    groups = [" or ".join(name(clause) for clause in group) for group in rule]
    return " and ".join(f"({group})" for group in groups)


def _clause(clause: Table) -> str:
    operator = "==" if clause["operator"] == "=" else clause["operator"]
    return f"{clause['question']} {operator} {json.dumps(clause['answer'])}"


def _object(values: Expressions) -> str:
    return "{" + ", ".join(f"{key}: {value}" for key, value in values.items()) + "}"


def _step(name: str, values: Expressions, *, passes_on: bool) -> Table:
    lines = [{"id": key, "key": key, "value": value} for key, value in values.items()]
    content = {"expressions": lines, "passThrough": passes_on}
    return _node(name, "expressionNode") | {"content": content}


def _node(name: str, kind: str) -> Table:
    return {"id": name, "name": name, "type": kind, "position": {"x": 0, "y": 0}}


def _chain(steps: list[Table]) -> Table:
    nodes = [_node("in", "inputNode"), *steps, _node("out", "outputNode")]
    edges = [
        {"id": f"{a['id']}-{b['id']}", "sourceId": a["id"], "targetId": b["id"]}
        | {"type": "edge"}
        for a, b in pairwise(nodes)
    ]
    return {"nodes": nodes, "edges": edges}
