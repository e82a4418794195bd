"""Where in a document each table stands, by what it is and what it is called."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from screening.engine.help_words import SHIPPED

Table = dict[str, Any]
Place = tuple[str, str]

_NAMES = ("code", "slug", "link_id", "name")
# What each of these kinds holds is written into its file.
_FOLDERS = {
    "section": "sections",
    "instrument": "instruments",
    "indication": "indications",
}
_LISTS = {
    "scores": "score",
    "safety": "criterion",
    "medicines": "medicine",
    "sources": "source",
    "texts": "text",
}


def places(document: Table) -> Iterator[tuple[str, str, Table]]:
    """Yield kind, name and table of everything that a lead may change."""
    yield "protocol", "protocol", document["protocol"]
    for section in document["sections"]:
        yield _named("section", section)
        for page in section["page"]:
            yield _named("page", page)
            for item in page["item"]:
                yield _named("item", item)
                yield from (_named("item", row) for row in item.get("field", []))
    for instrument in document.get("instruments", []):
        yield _named("instrument", instrument)
        yield from (_named("wording", item) for item in instrument["item"])
        yield from (_named("score", score) for score in instrument.get("score", []))
    for indication in document["indications"]:
        yield _named("indication", indication)
        yield from (_named("criterion", each) for each in indication["criterion"])
    for key, kind in _LISTS.items():
        yield from (_named(kind, table) for table in document.get(key, []))


def find(document: Table, kind: str, name: str) -> Table:
    """Return the table itself, to be changed in place. Raises KeyError."""
    for found, called, table in places(document):
        if (found, called) == (kind, name):
            return table
    raise KeyError(f"{kind} {name}")


def place_of(document: Table, name: str) -> Place | None:
    """Return where a mistake of this place is mended; None when nowhere by itself.

    A question that an instrument words is mended where its words are.
    """
    found = {called: (kind, called) for kind, called, _ in places(document)}
    titles = {t["title"]: (k, n) for k, n, t in places(document) if k == "page"}
    return found.get(name) or titles.get(name)


def file_of(document: Table, kind: str, name: str) -> str:
    """Return the file that says what is asked or counted here; empty: another file."""
    file, own_scores = "", {score["code"] for score in document.get("scores", [])}
    for found, called, _ in places(document):
        if found in _FOLDERS:
            file = f"{_FOLDERS[found]}/{called}.toml"
        elif found == "score" and called in own_scores:
            file = "scores.toml"
        if (found, called) == (kind, name):
            return file
    return ""


def with_all_words(document: Table) -> Table:
    """Return the document with the words of every help page, its own or as shipped."""
    own = {table["code"]: table for table in document.get("texts", [])}
    shipped = ({"code": code, "text": text} for code, (_, text) in SHIPPED.items())
    strange = [table for code, table in own.items() if code not in SHIPPED]
    texts = [own.get(table["code"], table) for table in shipped]
    return document | {"texts": texts + strange}


def with_own_words(document: Table) -> Table:
    """Return the document without the words that are as shipped."""
    kept = [
        table
        for table in document.get("texts", [])
        if table["text"] != SHIPPED.get(table["code"], ("", ""))[1]
    ]
    return document | {"texts": kept}


def insert(document: Table, kind: str, table: Table, home: str = "") -> None:
    """Put a new table where its kind stands; a criterion into `home`, an indication.

    Without a home a criterion is one of safety, and joins those that are like it.
    """
    if kind == "criterion" and home:
        find(document, "indication", home)["criterion"].append(table)
    elif kind == "criterion":
        _join(document.setdefault("safety", []), table)
    else:
        document.setdefault(_list_of(kind), []).append(table)


def remove(document: Table, kind: str, name: str) -> None:
    """Take a table out of the list that holds it. Raises KeyError."""
    table = find(document, kind, name)
    for held in _lists_of(document, kind):
        held[:] = [each for each in held if each is not table]


def _join(safety: list[Table], table: Table) -> None:
    """Stand after the last of the same kind, in the same file."""
    kind = table["kind"]
    same = [n for n, each in enumerate(safety) if each["kind"] == kind]
    alike = [n for n in same if ("about" in safety[n]) == ("about" in table)] or same
    alike = alike or [n for n, each in enumerate(safety) if each.get("group") == kind]
    place = alike[-1] + 1 if alike else len(safety)
    group = safety[place - 1].get("group") if alike else kind
    safety.insert(place, table | {"group": group or kind})


def _lists_of(document: Table, kind: str) -> Iterator[list[Table]]:
    if kind == "criterion":
        yield from (each["criterion"] for each in document["indications"])
    yield document.get(_list_of(kind), [])


def _list_of(kind: str) -> str:
    return next(key for key, held in _LISTS.items() if held == kind)


def own_keys(table: Table) -> Table:
    """Return what a table says by itself, without the tables that it holds."""
    held = ("page", "item", "field", "score", "criterion")
    return {
        key: value
        for key, value in table.items()
        if not (key in held and isinstance(value, list))
    }


def _named(kind: str, table: Table) -> tuple[str, str, Table]:
    return kind, next(table[key] for key in _NAMES if key in table), table
