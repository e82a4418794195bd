"""Rules the database itself keeps, in the words the models use for them."""

from __future__ import annotations

from enum import StrEnum
from functools import reduce
from operator import or_

from django.db.models import CheckConstraint, Q


def choices(kind: type[StrEnum]) -> list[tuple[str, str]]:
    return [(word.value, word.value.replace("-", " ")) for word in kind]


def one_of(field: str, kind: type[StrEnum], *, name: str) -> CheckConstraint:
    known = Q(**{f"{field}__in": [word.value for word in kind]})
    return CheckConstraint(condition=known, name=name)


def exactly_one(*fields: str, name: str) -> CheckConstraint:
    """Hold that one of these columns is set and all the others are empty."""
    alone = [Q(**{f"{f}__isnull": f != chosen for f in fields}) for chosen in fields]
    return CheckConstraint(condition=reduce(or_, alone), name=name)


def implies(if_so: Q, then: Q, *, name: str) -> CheckConstraint:
    """Hold `then` wherever `if_so` holds. Neither may compare with an empty column."""
    return CheckConstraint(condition=~if_so | then, name=name)
