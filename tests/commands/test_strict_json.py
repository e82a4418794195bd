"""JSON from outside is read whole, or refused with a sentence."""

from __future__ import annotations

import json

import pytest

from screening.management.strict_json import DEEPEST, LARGEST, NotJSON, read_object


def nested(levels: int) -> bytes:
    return b'{"a": ' + b"[" * (levels - 1) + b"1" + b"]" * (levels - 1) + b"}"


REFUSED = {
    "nothing": (b"", "line 1, column 1"),
    "half an object": (b'{"a": 1', "line 1, column 8"),
    "two objects": (b"{} {}", "Extra data"),
    "a list": (b"[]", "not an object"),
    "a number": (b"1", "not an object"),
    "null": (b"null", "not an object"),
    "not a number": (b'{"a": NaN}', "NaN"),
    "infinity": (b'{"a": -Infinity}', "-Infinity"),
    "a number that overflows": (b'{"a": 1e999}', "too large"),
    "one that overflows below": (b'{"a": -1e999}', "too large"),
    "a number of many digits": (b'{"a": ' + b"9" * 5000 + b"}", "40 characters"),
    "many digits behind the point": (b'{"a": 0.' + b"1" * 50 + b"}", "40 characters"),
    "a name twice": (b'{"a": 1, "a": 1}', "names a twice"),
    "a name twice further in": (b'{"a": [{"b": 1, "b": 2}]}', "names b twice"),
    "half a character": (b'{"a": "\\ud83d"}', "surrogate"),
    "half a character in a name": (b'{"\\udc80": 1}', "surrogate"),
    "bytes that are not UTF-8": (b'{"a": "\xff"}', "Byte 7"),
    "a level too many": (nested(DEEPEST + 1), "levels deep"),
    "a hundred thousand levels": (nested(100_000), "levels deep"),
    "more than a megabyte": (b" " * LARGEST + b"{}", "larger than"),
}


@pytest.mark.parametrize("raw, sentence", REFUSED.values(), ids=REFUSED.keys())
def test_what_cannot_be_meant_is_refused_with_a_sentence(
    raw: bytes, sentence: str
) -> None:
    with pytest.raises(NotJSON, match=sentence):
        read_object(raw)


def test_answers_are_read_as_they_stand() -> None:
    answers = {
        "text": "São Paulo 😀",
        "number": -1.5e3,
        "whole": 12345678901234567890,
        "ticks": ["a", "b"],
        "rows": [{"name": "sertraline", "dose": {"absent": "asked-unknown"}}],
        "nothing": None,
        "said": False,
    }
    assert read_object(json.dumps(answers).encode()) == answers


def test_the_deepest_that_is_taken_is_taken() -> None:
    assert read_object(nested(DEEPEST))


def test_a_byte_order_mark_is_forgiven() -> None:
    assert read_object(b"\xef\xbb\xbf{}") == {}
