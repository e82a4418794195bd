"""An envelope opens in its own place with its own key, and nowhere else."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from screening import vault
from screening.vault.envelope import STEP
from screening.vault.keyring import add_key, create_keyring, read_keyring

HERE = "response:1:answers"
ANSWERS = {"phq9-9": "nearly-every-day", "age": 0, "note": None}

json_values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(st.characters()),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(st.characters()), inner),
    max_leaves=8,
)
documents = st.lists(json_values) | st.dictionaries(
    st.text(st.characters()), json_values
)


@pytest.fixture
def key() -> vault.WrappedKey:
    return vault.create_key("response:1")


@pytest.fixture
def second_key(settings: Any) -> Iterator[str]:
    settings.VAULT_KEYS = {**settings.VAULT_KEYS, "second": bytes(range(32))}
    settings.VAULT_ACTIVE_KEY = "second"
    yield "second"


@given(documents)
def test_every_document_comes_back_as_it_was(document: Any) -> None:
    key = vault.create_key("response:1")
    sealed = vault.seal(key, document, context=HERE)
    assert vault.unseal(key, sealed, context=HERE) == document


@pytest.mark.parametrize("text", ["\ud800", "\x00", "é", "\U0001f56f", '"\\'])
def test_odd_characters_neither_crash_nor_change(
    key: vault.WrappedKey, text: str
) -> None:
    sealed = vault.seal(key, {text: text}, context=HERE)
    assert vault.unseal(key, sealed, context=HERE) == {text: text}


def test_a_context_with_a_lone_surrogate_does_not_crash() -> None:
    key = vault.create_key("\ud800")
    sealed = vault.seal(key, [], context="\ud800")
    assert vault.unseal(key, sealed, context="\ud800") == []


def test_what_is_no_number_is_not_sealed(key: vault.WrappedKey) -> None:
    with pytest.raises(ValueError):
        vault.seal(key, {"age": float("nan")}, context=HERE)


def test_sealing_twice_never_gives_the_same_envelope(key: vault.WrappedKey) -> None:
    first, second = (vault.seal(key, ANSWERS, context=HERE) for _ in range(2))
    assert first != second


def test_short_documents_all_look_alike_in_length(key: vault.WrappedKey) -> None:
    sizes = {
        len(vault.seal(key, {"note": "x" * length}, context=HERE))
        for length in (0, 1, 100, STEP - len('{"note":""}'))
    }
    assert sizes == {12 + STEP + 16}


def test_one_letter_more_takes_the_next_step(key: vault.WrappedKey) -> None:
    length = STEP - len('{"note":""}') + 1
    sealed = vault.seal(key, {"note": "x" * length}, context=HERE)
    assert len(sealed) == 12 + 2 * STEP + 16


def test_an_envelope_shows_nothing_of_its_content(key: vault.WrappedKey) -> None:
    assert b"nearly" not in vault.seal(key, ANSWERS, context=HERE)


@given(st.integers(min_value=0, max_value=(12 + STEP + 16) * 8 - 1))
def test_an_envelope_with_one_bit_turned_is_unreadable(position: int) -> None:
    key = vault.create_key("response:1")
    damaged = bytearray(vault.seal(key, ANSWERS, context=HERE))
    damaged[position // 8] ^= 1 << position % 8
    with pytest.raises(vault.Unreadable):
        vault.unseal(key, bytes(damaged), context=HERE)


@pytest.mark.parametrize("length", [0, 1, 11, 12, 27, 28, 500, 12 + STEP + 15])
def test_a_truncated_envelope_is_unreadable(key: vault.WrappedKey, length: int) -> None:
    sealed = vault.seal(key, ANSWERS, context=HERE)
    with pytest.raises(vault.Unreadable):
        vault.unseal(key, sealed[:length], context=HERE)


def test_an_envelope_moved_to_another_row_is_unreadable(
    key: vault.WrappedKey,
) -> None:
    sealed = vault.seal(key, ANSWERS, context=HERE)
    with pytest.raises(vault.Unreadable):
        vault.unseal(key, sealed, context="response:2:answers")


def test_two_rows_with_exchanged_keys_are_unreadable() -> None:
    one, two = vault.create_key("response:1"), vault.create_key("response:2")
    sealed = vault.seal(one, ANSWERS, context=HERE)
    with pytest.raises(vault.Unreadable):
        vault.unseal(two, sealed, context=HERE)


def test_a_destroyed_key_leaves_its_envelope_unreadable(
    key: vault.WrappedKey,
) -> None:
    sealed = vault.seal(key, ANSWERS, context=HERE)
    destroyed = vault.WrappedKey(key.key_id, b"")
    with pytest.raises(vault.Unreadable, match="destroyed"):
        vault.unseal(destroyed, sealed, context=HERE)


def test_a_key_that_the_keyring_no_longer_holds_opens_nothing(
    key: vault.WrappedKey,
) -> None:
    sealed = vault.seal(key, ANSWERS, context=HERE)
    retired = vault.WrappedKey("retired", key.wrapped)
    with pytest.raises(vault.Unreadable, match="retired"):
        vault.unseal(retired, sealed, context=HERE)


def test_a_wrapped_key_under_another_name_opens_nothing(
    key: vault.WrappedKey, second_key: str
) -> None:
    with pytest.raises(vault.Unreadable):
        vault.seal(vault.WrappedKey(second_key, key.wrapped), [], context=HERE)


def test_a_memory_view_opens_like_bytes(key: vault.WrappedKey) -> None:
    sealed = memoryview(vault.seal(key, ANSWERS, context=HERE))
    wrapped = memoryview(key.wrapped)
    viewed = vault.WrappedKey(key.key_id, wrapped)
    assert vault.unseal(viewed, sealed, context=HERE) == ANSWERS


def test_a_rewrapped_key_opens_what_was_sealed_before(
    key: vault.WrappedKey, second_key: str, settings: Any
) -> None:
    sealed = vault.seal(key, ANSWERS, context=HERE)
    rewrapped = vault.rewrap(key, "response:1")
    settings.VAULT_KEYS = {second_key: settings.VAULT_KEYS[second_key]}
    assert rewrapped.key_id == second_key
    assert vault.unseal(rewrapped, sealed, context=HERE) == ANSWERS


def test_rewrapping_notices_the_key_of_another_row(key: vault.WrappedKey) -> None:
    with pytest.raises(vault.Unreadable, match="another record"):
        vault.rewrap(key, "response:2")


def test_two_records_never_share_a_key() -> None:
    keys = {vault.create_key("response:1").wrapped for _ in range(50)}
    assert len(keys) == 50


def test_a_key_that_was_added_since_the_start_opens_what_it_wrapped(
    settings: Any, tmp_path: Path
) -> None:
    settings.KEYRING = tmp_path / "keyring.json"
    create_keyring(settings.KEYRING)
    add_key(settings.KEYRING, "second")
    at_start = settings.VAULT_KEYS
    settings.VAULT_KEYS = read_keyring(settings.KEYRING).keys
    settings.VAULT_ACTIVE_KEY = "second"
    key = vault.create_key("response:1")
    sealed = vault.seal(key, ANSWERS, context=HERE)
    settings.VAULT_KEYS = at_start
    assert vault.unseal(key, sealed, context=HERE) == ANSWERS


def test_without_a_keyring_to_look_into_a_foreign_key_is_unreadable(
    settings: Any, tmp_path: Path, key: vault.WrappedKey
) -> None:
    settings.KEYRING = tmp_path / "none.json"
    foreign = vault.WrappedKey("foreign", key.wrapped)
    with pytest.raises(vault.Unreadable, match="does not hold"):
        vault.seal(foreign, ANSWERS, context=HERE)
