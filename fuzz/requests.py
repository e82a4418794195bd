"""One malformed request after the other, the same ones for the same seed."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from fuzz import values
from tests.golden import protocol

FORM = values.KINDS[0]


@dataclass(frozen=True)
class Request:
    method: str
    body: bytes = b""
    kind: str = FORM
    headers: dict[str, Any] = field(default_factory=dict)


def request(chance: random.Random, path: str) -> Request:
    """Mostly a form of the page with hostile values; else something worse."""
    method = chance.choice(values.METHODS)
    headers = dict(chance.sample(values.HEADERS, _few(chance)))
    if chance.random() < 0.15:
        raw = chance.choice(values.RAW).encode("utf-8", "surrogatepass")
        return Request(method, raw, chance.choice(values.KINDS), headers)
    if chance.random() < 0.05:
        return Request(method, chance.randbytes(chance.randint(0, 5000)), FORM, headers)
    body = urlencode(_fields(chance, path), doseq=True, errors="surrogatepass")
    kind = FORM if chance.random() < 0.95 else chance.choice(values.KINDS)
    return Request(method, body.encode(), kind, headers)


def _few(chance: random.Random) -> int:
    return chance.choice((0, 0, 0, 0, 1, 1, 3))


def _fields(chance: random.Random, path: str) -> dict[str, list[str]]:
    names = names_of(path) or values.FIELDS
    if chance.random() < 0.2:
        names = names + values.FIELDS
    chosen = chance.sample(names, min(len(names), chance.randint(1, 12)))
    return {
        name: [_value(chance, name) for _ in range(chance.choice((1, 1, 1, 2, 7)))]
        for name in chosen
    }


def _value(chance: random.Random, name: str) -> str:
    """Half of the values are right, so that the wrong ones get further in."""
    options = OPTIONS.get(name)
    if options and chance.random() < 0.5:
        return chance.choice(options)
    return chance.choice(values.TEXTS)


def names_of(path: str) -> list[str]:
    """Return what the page at an address asks for; [] when it is no page."""
    page = protocol().page.get(path.removeprefix("/page/").partition("/")[0])
    if page is None:
        return []
    names = [f"row-{f.link_id}" for item in page.items for f in item.fields]
    for item in page.items:
        names += [item.link_id, f"{item.link_id}-instead"]
        if item.type == "date":
            names += [f"{item.link_id}-{part}" for part in ("month", "day", "year")]
    return [*names, "action", "row-index", "row-count"]


def _options() -> dict[str, list[str]]:
    found = {"action": ["continue", "add", "edit-0", "remove-0", "read-0"]}
    for item in protocol().item.values():
        found[item.link_id] = [option.code for option in item.options] or ["true"]
        for inner in item.fields:
            codes = [option.code for option in inner.options]
            found[f"row-{inner.link_id}"] = codes or ["sertraline", "3"]
    return found


OPTIONS = _options()
