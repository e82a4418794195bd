"""Make the pages of requirements, hazards and ASVS: `python docs/generate.py`."""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

Table = dict[str, Any]

DOCS = Path(__file__).resolve().parent
ROOT = DOCS.parent
PROTOCOL = ROOT / "screening" / "protocols" / "ketamine"

# Where a code is looked for, first match first: an instrument's item is also on a page.
FILES = (
    "sections/*.toml",
    "scores.toml",
    "indications/*.toml",
    "safety/*.toml",
    "instruments/*.toml",
)
HEADINGS = (
    ("S", "The document"),
    ("T", "Tensions inside it"),
    ("A", "Asked for beside it"),
)
MADE = "<!-- Made by docs/generate.py from {}: edit that file. -->"


def read(path: Path) -> Table:
    return tomllib.loads(path.read_text(encoding="utf-8"))


def requirements() -> list[Table]:
    entries: list[Table] = read(DOCS / "requirements.toml")["requirement"]
    return entries


def hazards() -> list[Table]:
    entries: list[Table] = read(DOCS / "hazards.toml")["hazard"]
    return entries


def asvs() -> Table:
    return read(DOCS / "asvs.toml")


def places() -> dict[str, Path]:
    """Say in which file of the protocol each code, link_id and slug is written."""
    found: dict[str, Path] = {}
    for pattern in FILES:
        for path in sorted(PROTOCOL.glob(pattern)):
            for code in _codes(read(path)):
                found.setdefault(code, path)
    return found


def requirements_page() -> str:
    entries, known, titles = requirements(), places(), _titles()
    count = Counter(entry["status"] for entry in entries if entry["code"][0] == "S")
    lines = [
        "# Requirements",
        "",
        MADE.format("requirements.toml"),
        "",
        "What the clinic's document asks for, and where this project answers it. "
        "The exact words, but for the claims that are not printed, are quoted in "
        f"[sources.toml]({_link(PROTOCOL / 'sources.toml')}).",
        "",
        ", ".join(f"{number} {status}" for status, number in count.most_common()) + ".",
    ]
    for letter, heading in HEADINGS:
        lines += ["", f"## {heading}", ""]
        lines += ["| code | asks | status | where | open |", "|---|---|---|---|---|"]
        chosen = [entry for entry in entries if entry["code"][0] == letter]
        lines += [_row(entry, titles, known) for entry in chosen]
    return "\n".join(lines) + "\n"


def hazards_page() -> str:
    lines = ["# Hazards", "", MADE.format("hazards.toml")]
    for entry in hazards():
        tests = ", ".join(f"`{test}`" for test in entry.get("tests", []))
        lines += [
            "",
            f"## {entry['code']}. {entry['hazard']}",
            "",
            f"- **Cause:** {entry['cause']}.",
            f"- **Control:** {entry['control']}",
            f"- **Test:** {tests or 'none named yet'}",
            f"- **What remains:** {entry['residual']}",
        ]
    return "\n".join(lines) + "\n"


def asvs_page() -> str:
    table = asvs()
    items: list[Table] = table["item"]
    tested = sum("tests" in item for item in items)
    stray = sum("deviation" in item for item in items)
    papers = sum("documented" in item for item in items)
    absent = sum(len(each["codes"]) for each in table["absent"])
    lines = [
        "# ASVS",
        "",
        MADE.format("asvs.toml"),
        "",
        "OWASP's Application Security Verification Standard 5.0.0, levels 1 and 2, "
        "with 1.2.10 and the level 3 half of 16.3.2. Look its numbers up there; "
        "the words here are only reminders.",
        "",
        f"{tested} items have a test that is named, {stray} a deviation with its "
        f"reason, {papers} are documented, {absent} ask for what is not here.",
    ]
    for heading, kind in (
        ("Tested", "tests"),
        ("Deviations", "deviation"),
        ("Documented", "documented"),
    ):
        lines += ["", f"## {heading}", "", "| item | about | shown by | remains |"]
        lines += ["|---|---|---|---|"]
        lines += [_asvs_row(item) for item in items if kind in item]
    lines += ["", "## Not here", "", "| items | reason |", "|---|---|"]
    for each in table["absent"]:
        lines.append(f"| {', '.join(map(_bare, each['codes']))} | {each['reason']} |")
    return "\n".join(lines) + "\n"


def anchor(heading: str) -> str:
    return heading.lower().replace(",", "").replace(" ", "-")


def _asvs_row(item: Table) -> str:
    shown = ", ".join(f"`{test}`" for test in item.get("tests", []))
    if "documented" in item:
        file, heading = item["documented"]
        shown = f"[{heading}]({file}#{anchor(heading)})"
    left = item.get("deviation") or item.get("remains", "")
    level = " (3)" if item["level"] == 3 else ""
    cells = (_bare(item["code"]) + level, item["topic"], shown, left)
    return "| " + " | ".join(cells) + " |"


def _bare(code: str) -> str:
    return code.removeprefix("V")


def _codes(table: Any) -> Iterator[str]:
    """Yield every name in a file, options apart: their codes are no names."""
    if isinstance(table, list):
        for entry in table:
            yield from _codes(entry)
    elif isinstance(table, dict):
        for key, value in table.items():
            if key in ("code", "link_id", "slug"):
                yield value
            elif key != "option":
                yield from _codes(value)


def _titles() -> dict[str, str]:
    sources = read(PROTOCOL / "sources.toml")["source"]
    return {source["code"]: source["title"] for source in sources}


def _row(entry: Table, titles: dict[str, str], known: dict[str, Path]) -> str:
    title = entry.get("title") or titles.get(entry["code"], "")
    left = entry.get("reason") or entry.get("remains", "")
    cells = (entry["code"], title, entry["status"], _where(entry, known), left)
    return "| " + " | ".join(cells) + " |"


def _where(entry: Table, known: dict[str, Path]) -> str:
    by_file: dict[Path, list[str]] = {}
    for code in entry.get("codes", []):
        by_file.setdefault(known.get(code, PROTOCOL), []).append(f"`{code}`")
    named = [ROOT / path for path in entry.get("where", [])]
    cells = [f"{' '.join(codes)} in {_named(path)}" for path, codes in by_file.items()]
    return "; ".join(cells + [_named(path) for path in named])


def _named(path: Path) -> str:
    shown = path.relative_to(PROTOCOL if path.is_relative_to(PROTOCOL) else ROOT)
    return f"[{shown}]({_link(path)})"


def _link(path: Path) -> str:
    return f"../{path.relative_to(ROOT)}"


def main() -> None:
    (DOCS / "requirements.md").write_text(requirements_page(), encoding="utf-8")
    (DOCS / "hazards.md").write_text(hazards_page(), encoding="utf-8")
    (DOCS / "asvs.md").write_text(asvs_page(), encoding="utf-8")


if __name__ == "__main__":
    main()
