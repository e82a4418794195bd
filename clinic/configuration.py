"""Read what the clinic sets, and refuse what cannot be meant with a sentence."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from datetime import date, time
from pathlib import Path
from typing import Any, NoReturn
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.core.exceptions import ImproperlyConfigured

from screening.vault.keyring import BadKeyring, Keyring, read_keyring

MODES = ("demo", "production")
VARIABLES = frozenset(
    {
        "CLINIC_MODE",
        "CLINIC_SECRET_KEY",
        "CLINIC_VAULT_KEYRING",
        "CLINIC_HOSTS",
        "CLINIC_ORIGIN",
        "CLINIC_CONFIG",
        "CLINIC_EMAIL_URL",
        "CLINIC_PROXIES",
        "CLINIC_RECORDS",
        "CLINIC_STARTS_PER_HOUR",
    }
)
LOOPBACK = frozenset({"localhost", "127.0.0.1", "[::1]"})
DAYS = (
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
)
ROUTES = ("injection", "infusion", "both")
SECRET_LENGTH = 50

# What each part of clinic.toml must be; True marks what cannot be left out.
PARTS: dict[str, dict[str, tuple[type, bool]]] = {
    "": {
        "name": (str, True),
        "phone": (str, True),
        "email": (str, True),
        "address": (str, True),
        "timezone": (str, True),
        "region": (str, True),
        "route": (str, True),
        "on_call": (str, True),
        "drill_to": (str, False),
        "two_person_sign_off": (bool, False),
        "holidays": (list, True),
        "hours": (dict, True),
        "promise": (dict, True),
        "crisis": (dict, True),
        "rota": (list, True),
        "invitations": (dict, False),
        "tablet": (dict, False),
    },
    "promise": {
        "read_within_working_days": (int, True),
    },
    "invitations": {
        "patient_days": (int, True),
        "staff_days": (int, True),
        "more_days": (int, False),
    },
    "tablet": {"idle_minutes": (int, True)},
    "hours": dict.fromkeys(DAYS, (dict, False)),
    "day": {"opens": (time, True), "closes": (time, True)},
    "crisis": {"regions": (dict, True)},
    "contacts": {
        "call": (str, True),
        "text": (str, False),
        "emergency": (str, True),
        "veterans": (str, False),
        "reviewed": (date, True),
    },
    "rota": {"name": (str, True), "email": (str, True)},
}

# Empty: nobody is on call out of hours, and patients are told so in the first line.
MAY_BE_EMPTY = frozenset({"on_call"})


def refuse(sentence: str) -> NoReturn:
    """Stop the server: nothing here is worth starting with."""
    raise ImproperlyConfigured(sentence)


def read_mode(environ: Mapping[str, str]) -> str:
    """Refuse misspelt variables too: a setting that is not read protects nobody."""
    for name in sorted(environ):
        if name.startswith("CLINIC_") and name.removesuffix("_FILE") not in VARIABLES:
            refuse(
                f"{name} is not a setting. Known are: {', '.join(sorted(VARIABLES))}."
            )
    mode = environ.get("CLINIC_MODE", "")
    if mode not in MODES:
        refuse(f"CLINIC_MODE is {mode!r}. Set it to demo or production.")
    return mode


def require(environ: Mapping[str, str], names: Iterable[str]) -> None:
    """Production has no default for a secret, nor for what patients are told."""
    for name in names:
        if not environ.get(name) and not environ.get(f"{name}_FILE"):
            refuse(f"{name} is not set. In production it has no default.")


def check_secret(secret: str) -> str:
    """Refuse what somebody typed where a random secret belongs."""
    if len(secret) < SECRET_LENGTH or len(set(secret)) < 16:
        refuse(
            f"CLINIC_SECRET_KEY must be random and at least {SECRET_LENGTH} "
            "characters long."
        )
    return secret


def read_keys(path: Path) -> Keyring:
    """Stop the server, with the keyring's own sentence, where no key can be had."""
    try:
        return read_keyring(path)
    except BadKeyring as error:
        refuse(str(error))


def check_hosts(hosts: list[str], mode: str) -> list[str]:
    """A demo answers only on this machine; production names its hosts."""
    if mode == "demo" and not LOOPBACK.issuperset(hosts):
        refuse("CLINIC_HOSTS names a foreign host: a demo answers on loopback only.")
    if not hosts or any("*" in host or host.startswith(".") for host in hosts):
        refuse(
            "CLINIC_HOSTS must name each host in full, without a star or a leading dot."
        )
    return hosts


def check_origin(origin: str, hosts: list[str], mode: str) -> str:
    """Return where links in mail begin: a host of ours, over TLS in production."""
    found = urlsplit(origin or f"https://{hosts[0]}")
    name = f"[{found.hostname}]" if ":" in (found.hostname or "") else found.hostname
    scheme = ("http", "https") if mode == "demo" else ("https",)
    if found.scheme not in scheme or name not in hosts or found.path.strip("/"):
        refuse(
            "CLINIC_ORIGIN must be an address such as https://intake.example.org, "
            "with one of CLINIC_HOSTS and no path."
        )
    return f"{found.scheme}://{found.netloc}"


def read_clinic(path: Path) -> dict[str, Any]:
    """Return clinic.toml as it stands, once each of its parts has been looked at."""
    try:
        clinic = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        refuse(f"The clinic's file {path} cannot be read: {error}.")
    _check_part(clinic, PARTS[""], "")
    for part in ("promise", "invitations", "tablet"):
        if part in clinic:
            _check_part(clinic[part], PARTS[part], f"{part}.")
    _check_place(clinic)
    _check_hours(clinic)
    _check_people(clinic)
    return clinic


def _check_part(
    part: Mapping[str, Any], names: Mapping[str, tuple[type, bool]], where: str
) -> None:
    for name in part:
        if name not in names:
            refuse(f"clinic.toml: {where}{name} is not known.")
    for name, (kind, needed) in names.items():
        if name not in part:
            if needed:
                refuse(f"clinic.toml: {where}{name} is missing.")
        elif type(part[name]) is not kind:
            refuse(f"clinic.toml: {where}{name} must be of type {kind.__name__}.")
        elif part[name] == "" and name in MAY_BE_EMPTY:
            continue
        elif part[name] == "" or (kind is int and part[name] < 1):
            refuse(f"clinic.toml: {where}{name} is empty or not above zero.")


def _check_place(clinic: dict[str, Any]) -> None:
    try:
        ZoneInfo(clinic["timezone"])
    except (ZoneInfoNotFoundError, ValueError, OSError):
        refuse(f"clinic.toml: timezone {clinic['timezone']!r} is not known.")
    if clinic["route"] not in ROUTES:
        refuse(f"clinic.toml: route must be one of {', '.join(ROUTES)}.")
    _check_part(clinic["crisis"], PARTS["crisis"], "crisis.")
    # A region without contacts closes the intake, but not the help page or the phone.
    for region, contacts in clinic["crisis"]["regions"].items():
        if type(contacts) is not dict:
            refuse(f"clinic.toml: crisis.regions.{region} must be a table.")
        _check_part(contacts, PARTS["contacts"], f"crisis.regions.{region}.")


def _check_hours(clinic: dict[str, Any]) -> None:
    _check_part(clinic["hours"], PARTS["hours"], "hours.")
    if not clinic["hours"]:
        refuse("clinic.toml: hours names no day on which the clinic is open.")
    for day, span in clinic["hours"].items():
        _check_part(span, PARTS["day"], f"hours.{day}.")
        if span["opens"] >= span["closes"]:
            refuse(f"clinic.toml: hours.{day} closes before it opens.")
    if not all(type(day) is date for day in clinic["holidays"]):
        refuse("clinic.toml: holidays must hold dates such as 2026-12-25.")


def _check_people(clinic: dict[str, Any]) -> None:
    if not clinic["rota"]:
        refuse("clinic.toml: rota names nobody who opens alerts.")
    for person in clinic["rota"]:
        if type(person) is not dict:
            refuse("clinic.toml: rota must hold tables, each [[rota]].")
        _check_part(person, PARTS["rota"], "rota.")
