"""A version's files are read again as a whole, one of them saying something else."""

from __future__ import annotations

import pytest

from screening.engine.document import ProtocolError
from screening.services.protocol import exchanging
from tests.small_protocol import small_document


def test_a_file_that_no_version_has_is_refused() -> None:
    with pytest.raises(KeyError):
        exchanging.with_file(small_document(), "sections/second.toml", "")


def test_what_no_file_can_be_called_is_refused() -> None:
    files = exchanging.as_files(small_document())
    text = files["sections/first.toml"].replace('"first"', '"My Section"', 1)
    with pytest.raises(ProtocolError, match="cannot be the name of a file"):
        exchanging.with_file(small_document(), "sections/first.toml", text)
