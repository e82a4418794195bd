"""Whole protocols made up at random, most of them such that the check passes them."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from tests.small_protocol import Document, clause

Draw = st.DrawFn
CODES = ("no", "yes", "often", "never")
TYPES = ("choice", "multi-choice", "boolean", "integer", "decimal", "text", "group")
KINDS = ("stop", "caution", "postpone", "note")
# Whatever number is drawn, somebody answers for it.
OWNED = " ".join(map(str, range(200)))
SAID = {"sources": ["S1"], "default": f"Its own: {OWNED}."}
TITLES = st.text(st.characters(codec="utf-8", exclude_characters="\0"))


@st.composite
def documents(draw: Draw) -> Document:
    """Return two to five pages, some behind gates, with scores and criteria."""
    asked: list[Document] = []
    pages = []
    for number in range(draw(st.integers(2, 5))):
        items = [_item(draw, f"q{number}-{n}") for n in range(draw(st.integers(1, 3)))]
        gate = _rule(draw, asked, []) if asked and draw(st.booleans()) else []
        page = {"slug": f"p{number}", "title": f"Page {number}", "item": items}
        pages.append(page | {"enable_when": gate})
        asked += items
    scores = _scores(draw, asked)
    return {
        "protocol": {"url": "urn:made", "version": "1", "title": draw(TITLES)},
        "sections": [{"code": "all", "title": "All", "page": pages}],
        "scores": scores,
        "indications": [_indication(draw, asked, scores)],
        "safety": _safety(draw, asked, scores),
        "medicines": [{"name": "heparin", "classes": ["none-known"]}],
        "sources": [{"code": "S1", "title": "One", "kind": "clinic-default"}],
    }


def _item(draw: Draw, link_id: str) -> Document:
    kind = draw(st.sampled_from(TYPES))
    item: Document = {"link_id": link_id, "type": kind, "text": f"What is {link_id}?"}
    item |= {"required": True, "can_decline": draw(st.booleans())}
    item["can_be_unknown"] = draw(st.booleans())
    if kind in ("choice", "multi-choice"):
        codes = CODES[: draw(st.integers(2, 4))]
        item["option"] = [
            {"code": code, "text": code, "score": score}
            for score, code in enumerate(codes)
        ]
    if kind in ("integer", "decimal"):
        item |= {"minimum": 0, "maximum": draw(st.integers(1, 9))}
    if kind == "group":
        row = {"link_id": f"{link_id}-row", "type": "text", "text": "Which?"}
        item["field"] = [row | {"role": "name", "required": True}]
        item["max_rows"] = 3
    return item


def _scores(draw: Draw, asked: list[Document]) -> list[Document]:
    counted = [item for item in asked if item["type"] in ("choice", "integer")]
    if not counted or draw(st.booleans()):
        return []
    high = sum(
        item.get("maximum", len(item.get("option", [1])) - 1) for item in counted
    )
    score: Document = {"code": "total", "title": "Total", "kind": "sum", "minimum": 0}
    score |= {"maximum": high, "part": [{"item": i["link_id"]} for i in counted]}
    score["closed_parts_count_zero"] = draw(st.booleans())
    return [score | SAID]


def _indication(draw: Draw, asked: list[Document], scores: list[Document]) -> Document:
    criteria = [
        _criterion(draw, f"i{number}", kind, asked, scores)
        for number, kind in enumerate(["inclusion", *_some(draw, "exclusion", "note")])
    ]
    head = {"code": "made", "title": "Made", "pathway": "mood"}
    return head | {"criterion": criteria}


def _safety(
    draw: Draw, asked: list[Document], scores: list[Document]
) -> list[Document]:
    return [
        _criterion(draw, f"s{number}", kind, asked, scores)
        | {"group": kind}
        | ({"calls_doctor": "met-or-unknown"} if kind == "stop" else {})
        for number, kind in enumerate(_some(draw, *KINDS))
    ]


def _criterion(
    draw: Draw,
    code: str,
    kind: str,
    asked: list[Document],
    scores: list[Document],
) -> Document:
    head = {"code": code, "kind": kind, "statement": f"Says {code}"}
    return head | SAID | {"clauses": _rule(draw, asked, scores)}


def _rule(draw: Draw, asked: list[Document], scores: list[Document]) -> Any:
    group = st.integers(1, 2).map(range)
    return [
        [_clause(draw, asked, scores) for _ in draw(group)]
        for _ in range(draw(st.integers(1, 2)))
    ]


def _clause(draw: Draw, asked: list[Document], scores: list[Document]) -> Document:
    fit = [item for item in asked if item["type"] not in ("text", "group")]
    what = draw(st.sampled_from([*fit, *scores] or asked))
    name = what.get("link_id") or what["code"]
    if what.get("type") == "boolean":
        return clause(name, "=", draw(st.booleans()))
    if "option" in what:
        code = draw(st.sampled_from(what["option"]))["code"]
        return clause(name, draw(st.sampled_from(["=", "!="])), code)
    if "maximum" in what:
        operator = draw(st.sampled_from([">=", ">", "<", "<=", "="]))
        return clause(name, operator, draw(st.integers(0, int(what["maximum"]))))
    return clause(name, "=", "asked-unknown")


def _some(draw: Draw, *names: str) -> list[str]:
    return [name for name in names if draw(st.booleans())]
