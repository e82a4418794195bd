"""Links that open a door once: to a questionnaire, or to an account of the staff's."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils import timezone

from screening.models.columns import moment
from screening.models.constraints import choices, one_of
from screening.models.staff import Role

UNUSED = Q(used_at__isnull=True, withdrawn_at__isnull=True)


class LinkQuerySet(models.QuerySet["Link"]):
    def usable(self, at: datetime) -> LinkQuerySet:
        return self.filter(UNUSED, expires_at__gt=at)


class Link(models.Model):
    """Of the link itself only a keyed hash is kept; what was used stays used."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    token_index = models.CharField(
        max_length=64,
        unique=True,
        help_text="The blind index of what the link ends in.",
    )
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    made_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    used_at = moment()
    withdrawn_at = moment()

    objects = LinkQuerySet.as_manager()

    class Meta:
        abstract = True
        ordering = ("-made_at", "id")
        constraints: ClassVar[tuple[models.BaseConstraint, ...]] = (
            models.CheckConstraint(
                condition=Q(used_at__isnull=True) | Q(withdrawn_at__isnull=True),
                name="%(class)s_is_used_or_withdrawn",
            ),
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("made_at")),
                name="%(class)s_ends_after_it_begins",
            ),
        )

    def __str__(self) -> str:
        return str(self.pk)


class PatientInvitation(Link):
    """Names no patient: whoever holds the link may begin one questionnaire."""

    for_tablet = models.BooleanField(
        default=False, help_text="Whoever opens it holds a tablet of the clinic's."
    )


class StaffInvitation(Link):
    email = models.EmailField()
    role = models.CharField(max_length=20, choices=choices(Role))

    class Meta(Link.Meta):
        constraints = (
            *Link.Meta.constraints,
            one_of("role", Role, name="staff_invitation_role_is_known"),
            models.UniqueConstraint(
                Lower("email"), condition=UNUSED, name="one_invitation_an_address"
            ),
        )
