"""The house rules that no linter knows."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
CODE = ("screening", "clinic", "tests", "benchmarks", "docs", "manage.py")
LONGEST_FILE = 250
LONGEST_FUNCTION = 40
REFUSED_NAMES = {"utils", "helpers", "common", "mixins", "signals"}
# Files that may hand markup to a template unescaped, each with its reason.
MARKUP_ALLOWED: dict[str, str] = {}
MARKUP = re.compile(r"\|\s*safe\b|mark_safe|SafeString|autoescape\s+off|safeseq")
REGISTRIES = re.compile(
    r"py" + r"pi\.|python" + r"hosted|npm" + r"js|docker" + r"\.io|gh" + r"cr\.io"
)
PLACES = re.compile(r"/wo" + r"rk/|/ro" + r"ot/|/tm" + r"p/bash")


def tracked(*suffixes: str) -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True, text=True
    )
    paths = [ROOT / name for name in listed.stdout.split("\0") if name]
    return [p for p in paths if p.is_file() and (not suffixes or p.suffix in suffixes)]


def code() -> list[Path]:
    paths = [path.relative_to(ROOT) for path in tracked(".py")]
    return [p for p in paths if p.parts[0] in CODE and "migrations" not in p.parts]


def tree(path: Path) -> ast.Module:
    return ast.parse((ROOT / path).read_text(encoding="utf-8"))


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def imported(path: Path) -> Iterator[str]:
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path} imports relatively"
            yield node.module or ""


def offenders(pattern: re.Pattern[str], paths: list[Path]) -> list[str]:
    found = []
    for path in paths:
        text = path.read_bytes().decode("utf-8", "ignore")
        for match in pattern.finditer(text):
            line = text.count("\n", 0, match.start()) + 1
            found.append(f"{path.relative_to(ROOT)}:{line} {match.group()}")
    return found


def test_the_engine_imports_nothing_but_the_standard_library() -> None:
    foreign = {
        f"{path}: {name}"
        for path in code()
        if path.parts[:2] == ("screening", "engine")
        for name in imported(path)
        if name.split(".")[0] not in sys.stdlib_module_names
        and not name.startswith("screening.engine")
    }
    assert not foreign


def test_no_file_is_longer_than_a_thought() -> None:
    lengths = {path: (ROOT / path).read_text().count("\n") for path in code()}
    assert not {str(p): n for p, n in lengths.items() if n > LONGEST_FILE}


def test_no_function_is_longer_than_a_screen() -> None:
    long = [
        f"{path}:{node.lineno} {node.name}"
        for path in code()
        for node in functions(path)
        if (node.end_lineno or 0) - node.lineno + 1 > LONGEST_FUNCTION
    ]
    assert not long


def test_no_module_is_named_after_nothing() -> None:
    assert not [path for path in code() if path.stem in REFUSED_NAMES]


def test_every_module_opens_with_a_sentence() -> None:
    silent = [path for path in code() if not ast.get_docstring(tree(path))]
    assert not silent


def test_every_module_annotates_lazily() -> None:
    def is_eager(path: Path) -> bool:
        return len(tree(path).body) > 1 and "__future__" not in imported(path)

    assert not [path for path in code() if is_eager(path)]


def test_nothing_is_put_off_to_a_comment() -> None:
    words = re.compile(r"\b(" + "TO" + "DO|FIX" + "ME|X" + r"XX)\b")
    assert not offenders(words, tracked(".py", ".html", ".css", ".js", ".toml"))


def test_text_reaches_no_page_unescaped() -> None:
    paths = [
        path
        for path in tracked(".py", ".html")
        if path != Path(__file__) and str(path.relative_to(ROOT)) not in MARKUP_ALLOWED
    ]
    assert not offenders(MARKUP, paths)


def test_every_exception_to_escaping_still_exists() -> None:
    assert not [name for name in MARKUP_ALLOWED if not (ROOT / name).is_file()]


def test_no_page_holds_a_script_or_a_style_of_its_own() -> None:
    inline = re.compile(
        r"<script(?![^>]*(?:\bsrc=|application/json))|<style\b|\sstyle=|\son[a-z]+=\""
    )
    assert not offenders(inline, tracked(".html"))


def test_no_file_names_a_package_registry() -> None:
    assert not offenders(REGISTRIES, tracked())


def test_no_file_names_a_place_on_one_machine() -> None:
    assert not offenders(PLACES, tracked())


@pytest.mark.parametrize("path", ["runtime", "development", "benchmarks"])
def test_every_pinned_package_carries_a_hash(path: str) -> None:
    text = (ROOT / "requirements" / f"{path}.txt").read_text()
    pins = re.findall(r"^[a-z0-9].*==.*$", text, flags=re.MULTILINE)
    assert pins
    assert all(pin.endswith("\\") for pin in pins)
