"""A keyring is read whole or not at all, and never overwritten."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from screening.vault.keyring import (
    BadKeyring,
    activate_key,
    add_key,
    create_keyring,
    read_keyring,
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "keys" / "keyring.json"
    create_keyring(path)
    return path


def change(path: Path, **parts: Any) -> None:
    held = json.loads(path.read_text())
    path.write_text(json.dumps({**held, **parts}))


def test_a_fresh_keyring_reads_back(path: Path) -> None:
    keyring = read_keyring(path)
    assert set(keyring.keys) == {keyring.active}
    assert {len(key) for key in keyring.keys.values()} == {32}


def test_a_fresh_keyring_is_for_its_owner_alone(path: Path) -> None:
    assert path.stat().st_mode & 0o077 == 0


def test_a_keyring_that_stands_is_left_as_it_is(path: Path) -> None:
    before = path.read_text()
    create_keyring(path)
    assert path.read_text() == before


def test_processes_that_start_together_end_with_one_keyring(tmp_path: Path) -> None:
    path = tmp_path / "keyring.json"

    def start(_: int) -> bytes:
        create_keyring(path)
        return read_keyring(path).index_key

    with ThreadPoolExecutor(8) as pool:
        assert len(set(pool.map(start, range(32)))) == 1
    assert list(tmp_path.iterdir()) == [path]


def test_a_missing_keyring_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadKeyring, match="cannot be read"):
        read_keyring(tmp_path / "none.json")


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"active": 1}', "nonsense", "[1"])
def test_a_file_that_is_no_keyring_is_refused(path: Path, text: str) -> None:
    path.write_text(text)
    with pytest.raises(BadKeyring, match="cannot be read"):
        read_keyring(path)


@pytest.mark.parametrize(
    "key", ["", "00" * 31, "00" * 33, "0" * 64, "placeholder", 5, None, "zz" * 32]
)
def test_a_malformed_key_is_refused(path: Path, key: Any) -> None:
    change(path, audit=key)
    with pytest.raises(BadKeyring, match="cannot be read"):
        read_keyring(path)


@pytest.mark.parametrize("keys", [[], None, "first", {"first": {}}])
def test_keys_must_be_named(path: Path, keys: Any) -> None:
    change(path, keys=keys)
    with pytest.raises(BadKeyring):
        read_keyring(path)


def test_the_active_key_must_be_held(path: Path) -> None:
    change(path, active="second")
    with pytest.raises(BadKeyring, match="active"):
        read_keyring(path)


def test_one_key_may_not_serve_two_purposes(path: Path) -> None:
    change(path, index=json.loads(path.read_text())["audit"])
    with pytest.raises(BadKeyring, match="two purposes"):
        read_keyring(path)


def test_a_refusal_never_repeats_a_key(path: Path) -> None:
    secret = "ab" * 31 + "x!"
    change(path, audit=secret)
    with pytest.raises(BadKeyring) as refusal:
        read_keyring(path)
    assert secret not in str(refusal.value)


def test_active_must_be_a_name(path: Path) -> None:
    change(path, active=["first"])
    with pytest.raises(BadKeyring):
        read_keyring(path)


def test_a_keyring_does_not_show_its_keys(path: Path) -> None:
    keyring = read_keyring(path)
    assert repr(keyring) == "Keyring(active='first')"


def test_a_key_is_added_and_wraps_nothing_yet(path: Path) -> None:
    add_key(path, "second")
    keyring = read_keyring(path)
    assert (keyring.active, set(keyring.keys)) == ("first", {"first", "second"})
    assert path.stat().st_mode & 0o077 == 0
    assert list(path.parent.iterdir()) == [path]


def test_adding_a_key_changes_no_other(path: Path) -> None:
    before = read_keyring(path)
    add_key(path, "second")
    after = read_keyring(path)
    assert after.keys["first"] == before.keys["first"]
    assert (after.index_key, after.audit_key) == (before.index_key, before.audit_key)


def test_a_key_is_never_overwritten(path: Path) -> None:
    with pytest.raises(BadKeyring, match="already"):
        add_key(path, "first")


def test_a_key_of_the_keyring_becomes_the_active_one(path: Path) -> None:
    add_key(path, "second")
    activate_key(path, "second")
    assert read_keyring(path).active == "second"


def test_a_key_that_is_not_there_is_not_made_active(path: Path) -> None:
    with pytest.raises(BadKeyring, match="does not hold"):
        activate_key(path, "second")
