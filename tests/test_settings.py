"""The server starts with a sound configuration, or says in a sentence why not."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from screening.vault.keyring import create_keyring

ROOT = Path(__file__).resolve().parent.parent
SHOW = """
import json, clinic.settings as s
print(json.dumps({k: v for k, v in vars(s).items() if k.isupper()}, default=repr))
"""
REFUSALS = {
    "a missing mode": ({"CLINIC_MODE": ""}, "Set it to demo or production"),
    "an invented mode": ({"CLINIC_MODE": "test"}, "Set it to demo or production"),
    "a misspelt variable": ({"CLINIC_HOST": "a"}, "CLINIC_HOST is not a setting"),
    "no secret": ({"CLINIC_SECRET_KEY": ""}, "CLINIC_SECRET_KEY is not set"),
    "no keyring": ({"CLINIC_VAULT_KEYRING": ""}, "CLINIC_VAULT_KEYRING is not set"),
    "no hosts": ({"CLINIC_HOSTS": ""}, "CLINIC_HOSTS is not set"),
    "no clinic": ({"CLINIC_CONFIG": ""}, "CLINIC_CONFIG is not set"),
    "no mail": ({"CLINIC_EMAIL_URL": ""}, "CLINIC_EMAIL_URL is not set"),
    "no count of proxies": ({"CLINIC_PROXIES": ""}, "CLINIC_PROXIES is not set"),
    "no database": ({"DATABASE_URL": ""}, "DATABASE_URL is not set"),
    "a short secret": ({"CLINIC_SECRET_KEY": "hunter2"}, "must be random"),
    "a typed secret": ({"CLINIC_SECRET_KEY": "change-me" * 9}, "must be random"),
    "a lost keyring": ({"CLINIC_VAULT_KEYRING": "/nowhere"}, "cannot be read"),
    "a lost clinic": ({"CLINIC_CONFIG": "/nowhere.toml"}, "cannot be read"),
    "every host": ({"CLINIC_HOSTS": "*"}, "without a star"),
    "a starred host": ({"CLINIC_HOSTS": "*.example.org"}, "without a star"),
    "any subdomain": ({"CLINIC_HOSTS": ".example.org"}, "without a star"),
    "links over plain http": (
        {"CLINIC_ORIGIN": "http://intake.example.org"},
        "CLINIC_ORIGIN must be an address",
    ),
    "links to a foreign host": (
        {"CLINIC_ORIGIN": "https://evil.example"},
        "CLINIC_ORIGIN must be an address",
    ),
    "links below a path": (
        {"CLINIC_ORIGIN": "https://intake.example.org/clinic"},
        "CLINIC_ORIGIN must be an address",
    ),
    "a demo on a foreign host": (
        {"CLINIC_MODE": "demo", "CLINIC_HOSTS": "intake.example.org"},
        "loopback only",
    ),
}

Start = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def start(tmp_path: Path) -> Start:
    keyring = tmp_path / "keyring.json"
    create_keyring(keyring)
    sound = {
        "CLINIC_MODE": "production",
        "CLINIC_SECRET_KEY": "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQ",
        "CLINIC_VAULT_KEYRING": str(keyring),
        "CLINIC_HOSTS": "intake.example.org",
        "CLINIC_CONFIG": str(ROOT / "clinic" / "clinic.toml"),
        "CLINIC_EMAIL_URL": "smtp+tls://clinic:secret@mail.example.org:587",
        "CLINIC_PROXIES": "1",
        "DATABASE_URL": "postgres:////run/postgresql/clinic",
    }

    def run(**changes: str) -> subprocess.CompletedProcess[str]:
        environ = {"PATH": os.environ["PATH"], **sound, **changes}
        return subprocess.run(
            [sys.executable, "-c", SHOW],
            cwd=ROOT,
            env={name: value for name, value in environ.items() if value},
            capture_output=True,
            text=True,
        )

    return run


def settings_of(started: subprocess.CompletedProcess[str]) -> dict[str, Any]:
    assert started.returncode == 0, started.stderr
    shown: dict[str, Any] = json.loads(started.stdout)
    return shown


@pytest.mark.parametrize("case", REFUSALS)
def test_production_does_not_start_with(start: Start, case: str) -> None:
    changes, sentence = REFUSALS[case]
    started = start(**changes)
    assert started.returncode != 0
    assert sentence in started.stderr.splitlines()[-1]


def test_a_refusal_never_repeats_the_secret(start: Start) -> None:
    assert "hunter2" not in start(CLINIC_SECRET_KEY="hunter2").stderr


def test_production_is_closed_to_plain_http(start: Start) -> None:
    shown = settings_of(start())
    assert shown["SECURE_SSL_REDIRECT"]
    assert shown["SECURE_HSTS_SECONDS"] >= 365 * 24 * 60 * 60
    assert shown["SESSION_COOKIE_NAME"].startswith("__Host-")
    assert shown["CSRF_COOKIE_NAME"].startswith("__Host-")
    assert shown["CSRF_TRUSTED_ORIGINS"] == ["https://intake.example.org"]


def test_production_without_a_proxy_believes_no_header(start: Start) -> None:
    shown = settings_of(start(CLINIC_PROXIES="0"))
    assert "SECURE_PROXY_SSL_HEADER" not in shown
    assert shown["ALLAUTH_TRUSTED_PROXY_COUNT"] == 0


def test_no_mode_ever_shows_tracebacks(start: Start) -> None:
    for mode in ("production", "demo"):
        shown = settings_of(start(CLINIC_MODE=mode, CLINIC_HOSTS="localhost"))
        assert shown["DEBUG"] is False


@pytest.mark.parametrize(
    "changes, origin",
    [
        ({}, "https://intake.example.org"),
        (
            {"CLINIC_ORIGIN": "https://intake.example.org:8443/"},
            "https://intake.example.org:8443",
        ),
        (
            {"CLINIC_MODE": "demo", "CLINIC_HOSTS": "", "PORT": "9000"},
            "http://localhost:9000",
        ),
        (
            {
                "CLINIC_MODE": "demo",
                "CLINIC_HOSTS": "[::1]",
                "CLINIC_ORIGIN": "http://[::1]",
            },
            "http://[::1]",
        ),
    ],
)
def test_links_lead_to_where_the_clinic_is(
    start: Start, changes: dict[str, str], origin: str
) -> None:
    assert settings_of(start(**changes))["ORIGIN"] == origin


def test_a_demos_mail_lies_in_a_folder(start: Start) -> None:
    shown = settings_of(start(CLINIC_MODE="demo", CLINIC_HOSTS="", CLINIC_EMAIL_URL=""))
    assert shown["EMAIL_BACKEND"].endswith("filebased.EmailBackend")
    assert shown["EMAIL_FILE_PATH"] == str(ROOT / "var" / "mail")


def test_a_secret_may_lie_in_a_file(start: Start, tmp_path: Path) -> None:
    secret = "0123456789abcdefghijklmnopqrstuvwxyz0123456789-abcdef"
    path = tmp_path / "secret"
    path.write_text(secret + "\n")
    shown = settings_of(start(CLINIC_SECRET_KEY="", CLINIC_SECRET_KEY_FILE=str(path)))
    assert shown["SECRET_KEY"] == secret


def test_sqlite_guards_deletes_and_keeps_what_it_has_said(start: Start) -> None:
    shown = settings_of(start(DATABASE_URL="sqlite:////nowhere/clinic.sqlite3"))
    options = shown["DATABASES"]["default"]["OPTIONS"]
    assert options["transaction_mode"] == "IMMEDIATE"
    for pragma in ("synchronous = FULL", "recursive_triggers = ON", "= WAL"):
        assert pragma in options["init_command"]


def test_a_server_without_any_setting_does_not_start() -> None:
    started = subprocess.run(
        [sys.executable, "-c", "import clinic.wsgi"],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"]},
        capture_output=True,
        text=True,
    )
    assert "CLINIC_MODE is ''" in started.stderr
