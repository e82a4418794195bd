"""A short secret is hidden for one purpose, and revealed for no other."""

from __future__ import annotations

import pytest

from screening import vault


def test_what_was_hidden_is_revealed() -> None:
    assert vault.reveal("totp", vault.hide("totp", "JBSWY3DP")) == "JBSWY3DP"


def test_the_same_secret_never_looks_the_same() -> None:
    assert vault.hide("totp", "JBSWY3DP") != vault.hide("totp", "JBSWY3DP")


@pytest.mark.parametrize("hidden", ["", "zz", "00" * 40, "JBSWY3DP"])
def test_what_was_not_hidden_here_is_unreadable(hidden: str) -> None:
    with pytest.raises(vault.Unreadable):
        vault.reveal("totp", hidden)


def test_another_purpose_reveals_nothing() -> None:
    with pytest.raises(vault.Unreadable):
        vault.reveal("other", vault.hide("totp", "JBSWY3DP"))
