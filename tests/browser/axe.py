"""What axe finds wrong with a page, in words."""

from __future__ import annotations

from typing import Any

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page as Tab

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# Colours are all that the dark scheme changes.
COLOURS = {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}
RUNS: dict[Any, Any] = {"light": TAGS, "dark": COLOURS}
FIND = "async options => (await axe.run(options)).violations"


def violations(tab: Tab) -> list[str]:
    """Return one line for each rule broken in light or in dark; [] when none is."""
    found = []
    tab.evaluate(f"'axe' in window || (() => {{{AXE_SCRIPT}}})()")
    for scheme, rules in RUNS.items():
        tab.emulate_media(color_scheme=scheme)
        broken = tab.evaluate(FIND, {"runOnly": rules, "resultTypes": ["violations"]})
        for rule in broken:
            where = "; ".join(str(node["target"]) for node in rule["nodes"][:3])
            found.append(f"{scheme} {tab.url}: {rule['id']}: {where}")
    return found


def summary_links_land(tab: Tab) -> list[str]:
    """Return the links of the error summary that lead to nothing one can type in."""
    lands = """link => {
        const control = document.getElementById(link.hash.slice(1));
        if (!control) return false;
        control.focus();
        return document.activeElement === control;
    }"""
    links = tab.locator("[role=alert] a").all()
    assert links, f"{tab.url} has no error summary"
    return [
        str(each.get_attribute("href")) for each in links if not each.evaluate(lands)
    ]
