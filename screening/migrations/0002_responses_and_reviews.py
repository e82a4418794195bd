"""Make the tables of what patients said and clinicians decided."""

import uuid

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("screening", "0001_staff_and_protocol"),
    ]

    operations = [
        migrations.CreateModel(
            name="Response",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("in-progress", "in progress"),
                            ("completed", "completed"),
                            ("amended", "amended"),
                            ("stopped", "stopped"),
                            ("entered-in-error", "entered in error"),
                        ],
                        default="in-progress",
                        max_length=20,
                    ),
                ),
                (
                    "priority",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        help_text="0 is an emergency, 6 is routine.",
                        null=True,
                    ),
                ),
                (
                    "highest_tier",
                    models.CharField(
                        blank=True,
                        choices=[("a", "a"), ("b", "b"), ("c", "c")],
                        help_text="Of all alerts that were ever raised on it.",
                        max_length=1,
                    ),
                ),
                (
                    "due_at",
                    models.DateTimeField(
                        blank=True,
                        help_text="By when somebody of the clinic must have looked.",
                        null=True,
                    ),
                ),
                ("started_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("saved_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("submitted_at", models.DateTimeField(blank=True, null=True)),
                ("stopped_at", models.DateTimeField(blank=True, null=True)),
                (
                    "reviewed_at",
                    models.DateTimeField(
                        blank=True, help_text="When a review settled it.", null=True
                    ),
                ),
                (
                    "version",
                    models.PositiveIntegerField(
                        default=0,
                        help_text="Rises with each write, so that no write is lost.",
                    ),
                ),
                (
                    "reference",
                    models.CharField(
                        help_text="What patient and clinic call it by.",
                        max_length=8,
                        unique=True,
                    ),
                ),
                (
                    "resume_index",
                    models.CharField(
                        blank=True,
                        help_text="The blind index of the code that opens it again.",
                        max_length=64,
                        null=True,
                        unique=True,
                    ),
                ),
                (
                    "identity_index",
                    models.CharField(
                        blank=True,
                        help_text="The blind index of name and birth date.",
                        max_length=64,
                    ),
                ),
                (
                    "send_key",
                    models.UUIDField(
                        default=uuid.uuid4,
                        help_text="Makes a second tap send nothing.",
                        unique=True,
                    ),
                ),
                ("key_id", models.CharField(max_length=80)),
                (
                    "wrapped_key",
                    models.BinaryField(
                        blank=True,
                        help_text="Empty once its contents were erased for good.",
                    ),
                ),
                ("sealed_answers", models.BinaryField()),
                ("sealed_summary", models.BinaryField(blank=True, null=True)),
                (
                    "is_synthetic",
                    models.BooleanField(
                        default=False, help_text="Made up, for a demo or a drill."
                    ),
                ),
                (
                    "amends",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="amendments",
                        to="screening.response",
                    ),
                ),
                (
                    "assignee",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="assigned_responses",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "protocol",
                    models.ForeignKey(
                        help_text="The version it began under, and stays with.",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="responses",
                        to="screening.protocol",
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        blank=True,
                        help_text="Who wrote the answers down, if not the patient.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="recorded_responses",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Evaluation",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                (
                    "as_of",
                    models.DateField(
                        help_text="The day that ages and spans are reckoned from."
                    ),
                ),
                ("engine_version", models.CharField(max_length=40)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("sealed", models.BinaryField()),
                (
                    "protocol",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="evaluations",
                        to="screening.protocol",
                    ),
                ),
                (
                    "safety_protocol",
                    models.ForeignKey(
                        blank=True,
                        help_text="The newer version whose safety rules were applied as well.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="safety_evaluations",
                        to="screening.protocol",
                    ),
                ),
                (
                    "response",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="evaluations",
                        to="screening.response",
                    ),
                ),
            ],
            options={
                "get_latest_by": "created_at",
            },
        ),
        migrations.CreateModel(
            name="Review",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                (
                    "decision",
                    models.CharField(
                        choices=[
                            ("offer-consultation", "offer consultation"),
                            ("ask-for-more", "ask for more"),
                            ("not-suitable-now", "not suitable now"),
                            ("urgent-contact", "urgent contact"),
                            ("duplicate-or-spam", "duplicate or spam"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "reason",
                    models.CharField(
                        blank=True,
                        help_text="A code; the words go into the note.",
                        max_length=80,
                    ),
                ),
                ("sealed_note", models.BinaryField(blank=True, null=True)),
                ("signed_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "response_version",
                    models.PositiveIntegerField(
                        help_text="The version that the clinician had read."
                    ),
                ),
                (
                    "clinician",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reviews",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "corrects",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="corrected_by",
                        to="screening.review",
                    ),
                ),
                (
                    "evaluation",
                    models.ForeignKey(
                        blank=True,
                        help_text="What was on the screen; none for an alarming draft.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reviews",
                        to="screening.evaluation",
                    ),
                ),
                (
                    "response",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reviews",
                        to="screening.response",
                    ),
                ),
            ],
            options={
                "ordering": ("signed_at",),
                "get_latest_by": "signed_at",
            },
        ),
        migrations.CreateModel(
            name="SafetyAlert",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                (
                    "tier",
                    models.CharField(
                        choices=[("a", "a"), ("b", "b"), ("c", "c")], max_length=1
                    ),
                ),
                ("raised_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("closed_at", models.DateTimeField(blank=True, null=True)),
                ("sealed", models.BinaryField()),
                (
                    "owner",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="owned_alerts",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "response",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="alerts",
                        to="screening.response",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="AlertEvent",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("raised-again", "raised again"),
                            ("acknowledged", "acknowledged"),
                            ("contacted", "contacted"),
                            ("escalated", "escalated"),
                            ("withdrawn", "withdrawn"),
                            ("closed", "closed"),
                        ],
                        max_length=20,
                    ),
                ),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                ("sealed", models.BinaryField(blank=True, null=True)),
                (
                    "by",
                    models.ForeignKey(
                        blank=True,
                        help_text="Nobody, where the software noted it.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="alert_events",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "alert",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="events",
                        to="screening.safetyalert",
                    ),
                ),
            ],
            options={
                "ordering": ("at",),
                "get_latest_by": "at",
            },
        ),
        migrations.AddIndex(
            model_name="response",
            index=models.Index(
                condition=models.Q(
                    ("reviewed_at__isnull", True),
                    models.Q(
                        ("submitted_at__isnull", False),
                        models.Q(("highest_tier", ""), _negated=True),
                        _connector="OR",
                    ),
                ),
                fields=["priority", "due_at", "id"],
                name="response_queue",
            ),
        ),
        migrations.AddIndex(
            model_name="response",
            index=models.Index(
                condition=models.Q(("reviewed_at__isnull", False)),
                fields=["-reviewed_at", "id"],
                name="response_history",
            ),
        ),
        migrations.AddIndex(
            model_name="response",
            index=models.Index(
                condition=models.Q(("status", "in-progress")),
                fields=["saved_at"],
                name="response_drafts_by_age",
            ),
        ),
        migrations.AddIndex(
            model_name="response",
            index=models.Index(
                condition=models.Q(("identity_index", ""), _negated=True),
                fields=["identity_index"],
                name="response_by_identity",
            ),
        ),
        migrations.AddConstraint(
            model_name="response",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "status__in",
                        [
                            "in-progress",
                            "completed",
                            "amended",
                            "stopped",
                            "entered-in-error",
                        ],
                    )
                ),
                name="response_status_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="response",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("highest_tier", ""),
                    ("highest_tier__in", ["a", "b", "c"]),
                    _connector="OR",
                ),
                name="response_tier_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="response",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("priority__isnull", True), ("priority__lte", 6), _connector="OR"
                ),
                name="response_priority_is_at_most_6",
            ),
        ),
        migrations.AddConstraint(
            model_name="response",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("status__in", ["completed", "amended"]), _negated=True),
                    ("submitted_at__isnull", False),
                    _connector="OR",
                ),
                name="completed_response_was_sent",
            ),
        ),
        migrations.AddConstraint(
            model_name="response",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("status__in", ["in-progress", "stopped"]), _negated=True),
                    models.Q(("submitted_at__isnull", False), _negated=True),
                    _connector="OR",
                ),
                name="unfinished_response_was_not_sent",
            ),
        ),
        migrations.AddConstraint(
            model_name="response",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("status", "stopped"), _negated=True),
                    ("stopped_at__isnull", False),
                    _connector="OR",
                ),
                name="stopped_response_says_when",
            ),
        ),
        migrations.AddConstraint(
            model_name="response",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("submitted_at__isnull", False),
                        models.Q(("highest_tier", ""), _negated=True),
                        _connector="OR",
                        _negated=True,
                    ),
                    models.Q(("due_at__isnull", False), ("priority__isnull", False)),
                    _connector="OR",
                ),
                name="response_to_review_has_a_place_in_the_queue",
            ),
        ),
        migrations.AddConstraint(
            model_name="response",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("reviewed_at__isnull", False), _negated=True),
                    ("submitted_at__isnull", False),
                    models.Q(("highest_tier", ""), _negated=True),
                    _connector="OR",
                ),
                name="reviewed_response_was_there_to_review",
            ),
        ),
        migrations.AddConstraint(
            model_name="response",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("amends__isnull", True),
                    models.Q(("amends", models.F("id")), _negated=True),
                    _connector="OR",
                ),
                name="response_does_not_amend_itself",
            ),
        ),
        migrations.AddIndex(
            model_name="evaluation",
            index=models.Index(
                fields=["response", "-created_at"], name="evaluations_of_a_response"
            ),
        ),
        migrations.AddConstraint(
            model_name="review",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "decision__in",
                        [
                            "offer-consultation",
                            "ask-for-more",
                            "not-suitable-now",
                            "urgent-contact",
                            "duplicate-or-spam",
                        ],
                    )
                ),
                name="review_decision_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="review",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("corrects__isnull", True),
                    models.Q(("corrects", models.F("id")), _negated=True),
                    _connector="OR",
                ),
                name="review_does_not_correct_itself",
            ),
        ),
        migrations.AddIndex(
            model_name="safetyalert",
            index=models.Index(
                condition=models.Q(("closed_at__isnull", True)),
                fields=["-tier", "raised_at", "id"],
                name="alerts_open",
            ),
        ),
        migrations.AddConstraint(
            model_name="safetyalert",
            constraint=models.CheckConstraint(
                condition=models.Q(("tier__in", ["a", "b", "c"])),
                name="alert_tier_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="safetyalert",
            constraint=models.UniqueConstraint(
                condition=models.Q(("closed_at__isnull", True)),
                fields=("response", "tier"),
                name="one_open_alert_a_tier",
            ),
        ),
        migrations.AddConstraint(
            model_name="safetyalert",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("closed_at__isnull", False), _negated=True),
                    ("owner__isnull", False),
                    _connector="OR",
                ),
                name="closed_alert_has_an_owner",
            ),
        ),
        migrations.AddConstraint(
            model_name="alertevent",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "kind__in",
                        [
                            "raised-again",
                            "acknowledged",
                            "contacted",
                            "escalated",
                            "withdrawn",
                            "closed",
                        ],
                    )
                ),
                name="alert_event_kind_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="alertevent",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("kind__in", ["acknowledged", "contacted", "closed"]),
                        _negated=True,
                    ),
                    ("by__isnull", False),
                    _connector="OR",
                ),
                name="alert_event_names_its_person",
            ),
        ),
    ]
