"""A version's files are read again as a whole, one of them saying something else."""

from __future__ import annotations

import pytest

from screening.services import exchanging
from tests.small_protocol import small_document


def test_a_file_that_no_version_has_is_refused() -> None:
    with pytest.raises(KeyError):
        exchanging.with_file(small_document(), "sections/second.toml", "")
