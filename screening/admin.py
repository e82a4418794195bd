"""The back office: what was published, sent, signed and recorded, for reading alone."""

from __future__ import annotations

from typing import Any, ClassVar

from allauth.account.decorators import secure_admin_login
from allauth.account.views import logout
from django.contrib import admin
from django.db import transaction
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from screening.models import (
    AnswerOption,
    AuditEvent,
    Clause,
    Criterion,
    Indication,
    Instrument,
    Item,
    Medicine,
    Page,
    Protocol,
    ProtocolStatus,
    Response,
    Review,
    Role,
    Score,
    Section,
    Source,
    Staff,
    Text,
)
from screening.services import auditing

READERS = frozenset({Role.ADMINISTRATOR, Role.LEAD})


def may_read(request: HttpRequest) -> bool:
    user: Any = request.user
    return user.is_active and getattr(user, "role", "") in READERS


class Office(admin.AdminSite):
    """Holds only what is registered here: no library adds its own pages to it."""

    site_header = site_title = "Back office"
    index_title = "For reading; nothing can be changed here"

    def has_permission(self, request: HttpRequest) -> bool:
        return may_read(request)

    def login(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Send to the login that knows a second factor; the admin's own does not."""
        if isinstance(request.user, Staff) and not may_read(request):
            with transaction.atomic():
                auditing.record("staff.refused", actor=request.user, door="admin")
        response: HttpResponse = secure_admin_login(super().login)(
            request, extra_context
        )
        return response

    def logout(  # type: ignore[override]
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Leave by the same door as everybody: that one is on record."""
        response: HttpResponse = logout(request)
        return response

    def password_change(  # type: ignore[override]
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Change it where the old one is asked for and the change is on record."""
        return redirect("account_change_password")


site = Office(name="admin")


class ReadOnly(admin.ModelAdmin):
    actions = None
    list_per_page = 50
    show_full_result_count = False

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return may_read(request)

    def has_module_permission(self, request: HttpRequest) -> bool:
        return may_read(request)

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Protocol, site=site)
class ProtocolAdmin(ReadOnly):
    list_display = ("title", "version", "status", "published_at", "published_by")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Protocol]:
        drafts = Protocol.objects.filter(status=ProtocolStatus.DRAFT)
        return super().get_queryset(request).exclude(pk__in=drafts)


class RowAdmin(ReadOnly):
    """The rows of published protocols; drafts are read where they are written."""

    list_filter: ClassVar[tuple[str, ...]] = ("protocol",)
    list_select_related = ("protocol",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Model]:
        rows = super().get_queryset(request)
        return rows.exclude(protocol__status=ProtocolStatus.DRAFT)


@admin.register(Criterion, site=site)
class CriterionAdmin(RowAdmin):
    list_display = ("code", "kind", "tier", "indication", "statement")
    list_filter = ("protocol", "kind", "indication__code")
    search_fields = ("code", "statement")


@admin.register(Item, site=site)
class ItemAdmin(RowAdmin):
    list_display = ("link_id", "type", "page", "text")
    search_fields = ("link_id", "text")


@admin.register(Clause, site=site)
class ClauseAdmin(RowAdmin):
    list_display = ("__str__", "criterion", "item", "page", "section", "part")
    search_fields = ("question",)


@admin.register(Score, site=site)
class ScoreAdmin(RowAdmin):
    list_display = ("code", "title", "kind", "minimum", "maximum")


site.register(
    (AnswerOption, Indication, Instrument, Medicine, Page, Section, Source, Text),
    RowAdmin,
)


@admin.register(Response, site=site)
class ResponseAdmin(ReadOnly):
    """Sent responses, by their clear columns; answers are opened in the queue alone."""

    list_display = ("reference", "status", "priority", "submitted_at", "reviewed_at")
    list_filter = ("status", "priority", "is_synthetic")
    search_fields = ("=reference",)
    search_help_text = "The whole reference"
    date_hierarchy = "submitted_at"
    ordering = ("-submitted_at",)
    fields = (
        *("reference", "protocol", "status", "priority", "highest_tier", "due_at"),
        *("started_at", "saved_at", "submitted_at", "reviewed_at", "version"),
        *("assignee", "amends", "recorded_by", "is_synthetic", "key_id"),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Response]:
        return Response.objects.sent()


@admin.register(Review, site=site)
class ReviewAdmin(ReadOnly):
    list_display = ("response", "decision", "reason", "clinician", "signed_at")
    list_filter = ("decision",)
    fields = (
        *("response", "evaluation", "clinician", "decision", "reason", "signed_at"),
        *("corrects", "response_version"),
    )


@admin.register(AuditEvent, site=site)
class AuditEventAdmin(ReadOnly):
    list_display = ("seq", "at", "action", "actor", "actor_label", "object_id")
    list_filter = ("action",)
    search_fields = ("object_id", "action")
    ordering = ("-seq",)
