"""The people of the clinic who sign in."""

from __future__ import annotations

from enum import StrEnum
from typing import ClassVar

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower

from screening.models.constraints import choices, one_of


class Role(StrEnum):
    """What a member of staff is there for; it decides what they may open."""

    FRONT_DESK = "front-desk"
    REVIEWER = "reviewer"
    LEAD = "lead"
    ADMINISTRATOR = "administrator"


class Staff(AbstractUser):
    role = models.CharField(
        max_length=20,
        choices=choices(Role),
        default=Role.FRONT_DESK.value,
        help_text="Reviewers and leads may open answers; the other roles never do.",
    )

    # Without it `createsuperuser` would make an account that may see nothing.
    REQUIRED_FIELDS: ClassVar[list[str]] = ["email", "role"]

    class Meta:
        verbose_name = "member of staff"
        verbose_name_plural = "staff"
        constraints = (
            one_of("role", Role, name="staff_role_is_known"),
            models.UniqueConstraint(
                Lower("email"),
                condition=~Q(email=""),
                name="staff_email_is_one_persons",
            ),
        )

    def __str__(self) -> str:
        return self.get_full_name() or self.username
