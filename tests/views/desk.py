"""A clinician at the desk: signed in, with the pages she opens read as text."""

from __future__ import annotations

import re
from dataclasses import fields, is_dataclass
from html import unescape
from time import time
from typing import Any

from django.db.models import Model
from django.test import Client

from screening.engine.truth import Truth
from screening.models import Response, Role
from tests import patients


def clinician(role: Role = Role.REVIEWER, name: str = "ash") -> Client:
    client = Client()
    client.force_login(patients.person(role, name))
    return client


def text(page: Any) -> str:
    """Return what a page says, without its markup."""
    body = page.content.decode().split("<body", 1)[1]
    return unescape(" ".join(re.sub(r"<[^>]+>", " ", body).split()))


def case_text(client: Client, response: Response) -> str:
    return text(client.get(f"/staff/case/{response.pk}/"))


def truths(value: object, seen: set[int] | None = None) -> list[Truth]:
    """Return every Truth that can be reached from what a template was given."""
    seen = set() if seen is None else seen
    if isinstance(value, Truth):
        return [value]
    if id(value) in seen or isinstance(value, str | bytes | int | float | None):
        return []
    seen.add(id(value))
    return [found for each in _held(value) for found in truths(each, seen)]


def _held(value: object) -> list[object]:
    if isinstance(value, dict):
        return [*value.keys(), *value.values()]
    if isinstance(value, list | tuple | set | frozenset):
        return list(value)
    if is_dataclass(value) and not isinstance(value, type):
        return [getattr(value, field.name) for field in fields(value)]
    if isinstance(value, Model):
        return list(vars(value).values())
    return []


def signed_in_just_now(client: Client) -> Client:
    """Let the session say that the password was given this minute."""
    session = client.session
    said = {"method": "password", "at": time(), "reauthenticated": True}
    session["account_authentication_methods"] = [said]
    session["account_authentication_methods_user"] = session["_auth_user_id"]
    session.save()
    return client
