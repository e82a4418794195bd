"""Every figure that `make bench` prints is explained, and every part of it is run."""

from __future__ import annotations

import re

from benchmarks.run import PARTS
from docs.generate import ROOT

NAMES = re.compile(r"^NAMES = \(([^)]*)\)", re.MULTILINE)


def test_every_part_is_run() -> None:
    sources = (ROOT / "benchmarks").glob("*.py")
    measuring = {s.stem for s in sources if "\ndef measure(" in s.read_text("utf-8")}
    assert measuring == set(PARTS)


def test_every_figure_is_explained() -> None:
    told = (ROOT / "docs" / "performance.md").read_text(encoding="utf-8")
    for part in PARTS:
        source = (ROOT / "benchmarks" / f"{part}.py").read_text(encoding="utf-8")
        named = re.findall(r'"([a-z0-9-]+)"', NAMES.findall(source)[0])
        assert named and [name for name in named if f"`{name}`" not in told] == []
