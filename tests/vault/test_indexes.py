"""Blind indexes and chain links are stable, apart from each other, and keyed."""

from __future__ import annotations

from typing import Any

import pytest

from screening import vault

LINK_OF_OLD = "f2a64fd6c3011f837b7ee6d1f8170ad9312bbf6267df90762768a19afa370c2d"


def test_the_same_text_has_the_same_index() -> None:
    assert vault.blind_index("name", "ada") == vault.blind_index("name", "ada")


def test_an_index_is_64_hexadecimal_digits() -> None:
    assert len(bytes.fromhex(vault.blind_index("name", "ada"))) == 32


def test_a_name_never_has_the_index_of_a_code() -> None:
    assert vault.blind_index("name", "ada") != vault.blind_index("code", "ada")


def test_purpose_and_text_do_not_run_into_each_other() -> None:
    assert vault.blind_index("name", "x") != vault.blind_index("nam", "ex")


def test_an_index_depends_on_the_key(settings: Any) -> None:
    before = vault.blind_index("name", "ada")
    settings.VAULT_INDEX_KEY = bytes(32)
    assert vault.blind_index("name", "ada") != before


def test_an_index_takes_a_lone_surrogate() -> None:
    assert len(vault.blind_index("name", "\ud800")) == 64


def test_a_link_does_not_depend_on_the_order_of_keys() -> None:
    one = vault.chain_mac("", {"actor": 1, "object": "a"})
    assert vault.chain_mac("", {"object": "a", "actor": 1}) == one


def test_a_link_depends_on_what_was_said_before() -> None:
    assert vault.chain_mac("a", {}) != vault.chain_mac("b", {})


def test_a_link_depends_on_every_value() -> None:
    assert vault.chain_mac("", {"actor": 1}) != vault.chain_mac("", {"actor": "1"})


def test_a_link_depends_on_the_key(settings: Any) -> None:
    before = vault.chain_mac("", {})
    settings.VAULT_AUDIT_KEY = bytes(32)
    assert vault.chain_mac("", {}) != before


def test_what_is_no_number_is_not_linked() -> None:
    with pytest.raises(ValueError):
        vault.chain_mac("", {"n": float("inf")})


def test_a_link_that_was_made_before_stays_the_same(settings: Any) -> None:
    settings.VAULT_AUDIT_KEY = bytes(range(32))
    link = vault.chain_mac("f" * 64, {"meta": {"page": "a"}, "actor": None, "at": "é"})
    assert link == LINK_OF_OLD
