"""How a database is opened, and how long a page may wait for it."""

from __future__ import annotations

from typing import Any

SQLITE = "django.db.backends.sqlite3"
POSTGRESQL = "clinic.impatient"
# Seconds. Nobody sits before a command.
COMMANDS_WAIT = 20
# Somebody in danger may sit before a page: after this it says where help is.
PAGES_WAIT = 1.0
CONNECTING_WAIT = 2
STATEMENTS_WAIT = 5
# A server that still speaks has ended a long statement before that.
SILENCE = STATEMENTS_WAIT + 0.5
# How a line is found dead that nobody speaks on: a host that vanished says no goodbye.
KEEPALIVES = {"keepalives_idle": 30, "keepalives_interval": 10, "keepalives_count": 3}

INIT = (
    "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; "
    "PRAGMA foreign_keys = ON; PRAGMA recursive_triggers = ON; "
    "PRAGMA secure_delete = ON;"
)


def opened(database: dict[str, Any]) -> dict[str, Any]:
    """Return what DATABASE_URL named, opened as this software needs it.

    Without recursive triggers INSERT OR REPLACE slips past a guard on DELETE; without
    secure_delete an erased key lingers in the file.
    """
    options = dict(database.get("OPTIONS", {}))
    if database["ENGINE"] == SQLITE:
        options |= {
            "transaction_mode": "IMMEDIATE",
            "timeout": COMMANDS_WAIT,
            "init_command": INIT,
        }
    else:
        options = KEEPALIVES | {"connect_timeout": CONNECTING_WAIT} | options
        database = database | {"ENGINE": POSTGRESQL}
    return database | {
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": options,
    }


def hurry(database: dict[str, Any]) -> None:
    """Let this process, which serves pages, give up soon. Call it before it connects.

    Where the address sets options of its own, those stand.
    """
    if database["ENGINE"] == SQLITE:
        database["OPTIONS"]["timeout"] = PAGES_WAIT
        return
    database["SILENCE"] = SILENCE
    limits = {"lock_timeout": PAGES_WAIT, "statement_timeout": STATEMENTS_WAIT}
    spoken = (f"-c {name}={int(of * 1000)}" for name, of in limits.items())
    database["OPTIONS"].setdefault("options", " ".join(spoken))
    # A host that vanished acknowledges nothing.
    database["OPTIONS"].setdefault("tcp_user_timeout", CONNECTING_WAIT * 1000)
