"""Every word of ours that a patient may read, gathered from protocol and templates."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from html import unescape
from pathlib import Path
from typing import Any

from docs.generate import PROTOCOL, ROOT, Table, read
from screening.engine.reading_grade import words

TEMPLATES = ROOT / "templates"
FOR_STAFF = {"account", "admin", "allauth", "clinician", "mfa", "staff", "usersessions"}

GLOSSARY_HEADING = "## Medicine words that patients meet"
GLOSSARY_ROW = re.compile(r"^\| ([^|]+) \| [^|]+ \|$", re.MULTILINE)

UNSEEN = re.compile(
    r"<!--.*?-->|\{#.*?#\}|\{% comment.*?endcomment %\}"
    r"|<(script|style|svg)\b.*?</\1>",
    re.DOTALL,
)
SPOKEN = re.compile(r'\b(?:alt|aria-label|placeholder|title)="([^"]*)"')
INLINE = re.compile(r"</?(?:a|abbr|b|bdi|em|i|span|strong|time)\b[^>]*>")
VALUE = re.compile(r"\{\{.*?\}\}", re.DOTALL)
LOGIC = re.compile(r"\{%.*?%\}", re.DOTALL)
TAG = re.compile(r"<[^>]*>|[\w-]+=\"[^\"]*\"", re.DOTALL)


@cache
def pages() -> list[Table]:
    """Return each page of the protocol, with the title of its section."""
    sections = map(read, sorted(PROTOCOL.glob("sections/*.toml")))
    return [
        page | {"section_title": section["title"]}
        for section in sections
        for page in section["page"]
    ]


def page_texts(page: Table) -> list[str]:
    """Return the page's own words; an instrument's are exempt, a hidden item unseen."""
    return [*page_prose(page), *filter(None, _choices(_own_items(page)))]


def page_prose(page: Table) -> list[str]:
    """Return the page's words without its options, which are short by nature."""
    asked = (i.get(key, "") for i in _own_items(page) for key in ("text", "help"))
    texts = (page["title"], page["section_title"], page.get("intro", ""), *asked)
    return [text for text in texts if text]


def template_paths() -> list[Path]:
    """Return each template and static page that may be drawn for a patient."""
    found = [*TEMPLATES.rglob("*.html"), *TEMPLATES.rglob("*.txt")]
    kept = [p for p in found if not FOR_STAFF & _names(p.relative_to(TEMPLATES))]
    return sorted([*kept, *(ROOT / "screening" / "static").rglob("*.html")])


def template_text(path: Path) -> str:
    """Return what is read or read aloud, one line a block; values become 'it'."""
    source = UNSEEN.sub("\n", path.read_text(encoding="utf-8"))
    source = VALUE.sub("it", source)
    spoken = "\n".join(SPOKEN.findall(source))
    text = TAG.sub("\n", INLINE.sub("", LOGIC.sub("\n", source)))
    lines = (re.sub(r"\s+", " ", line).strip() for line in _blocks(text))
    return unescape("\n".join([line for line in lines if line] + [spoken]))


def form_paths() -> list[Path]:
    """Return the modules that hold what a patient is told about an answer."""
    found = (ROOT / "screening" / "forms").glob("*.py")
    return sorted(path for path in found if path.name != "review.py")


def form_texts(path: Path) -> list[str]:
    """Return the phrases of a module, docstrings and single words apart."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    remarks = [n.value for n in ast.walk(tree) if isinstance(n, ast.Expr)]
    values = [n for n in ast.walk(tree) if isinstance(n, ast.Constant)]
    texts = [n.value for n in values if n not in remarks and isinstance(n.value, str)]
    return [text for text in texts if len(words(text)) > 2]


@cache
def explained_words() -> frozenset[str]:
    """Return the medicine words that the glossary puts plainly for patients."""
    glossary = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8")
    rows = GLOSSARY_ROW.findall(glossary.split(GLOSSARY_HEADING)[1])
    return frozenset(word for row in rows[1:] for word in words(row))


@cache
def medicine_words() -> frozenset[str]:
    """Return the words that are not measured: names of drugs, and the glossary's."""
    medicines = read(PROTOCOL / "medicines.toml")["medicine"]
    names = [words(n) for m in medicines for n in (m["name"], *m.get("brands", []))]
    # A name of several words lends its name to common ones, such as "a" and "pain".
    return explained_words() | {name[0] for name in names if len(name) == 1}


def _own_items(page: Table) -> list[Table]:
    """Return the items in our own words that are shown, with the fields of rows."""
    shown = [item for item in page["item"] if not item.get("hidden")]
    own = [item for item in shown if not item.get("instrument")]
    return [*own, *(field for item in own for field in item.get("field", []))]


def _choices(items: list[Table]) -> Iterator[str]:
    for item in items:
        yield from (option["text"] for option in item.get("option", []))
        yield item.get("not_applicable", "")


def _names(path: Path) -> set[str]:
    return {path.stem, *path.parts}


def _blocks(text: str) -> list[Any]:
    """Lines of the source are not lines on the page: only an empty one parts them."""
    return re.split(r"\n\s*\n", text)
