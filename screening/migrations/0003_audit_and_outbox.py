"""Make the tables of the audit trail and of waiting messages."""

import uuid

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("screening", "0002_responses_and_reviews"),
    ]

    operations = [
        migrations.CreateModel(
            name="Heartbeat",
            fields=[
                (
                    "name",
                    models.CharField(max_length=40, primary_key=True, serialize=False),
                ),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
            ],
        ),
        migrations.CreateModel(
            name="AuditEvent",
            fields=[
                ("seq", models.BigAutoField(primary_key=True, serialize=False)),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "actor_label",
                    models.CharField(
                        blank=True,
                        help_text="Who it was, when not a member of staff.",
                        max_length=80,
                    ),
                ),
                ("action", models.CharField(max_length=80)),
                ("object_type", models.CharField(blank=True, max_length=80)),
                ("object_id", models.CharField(blank=True, max_length=80)),
                ("meta", models.JSONField(blank=True, default=dict)),
                (
                    "previous_mac",
                    models.CharField(
                        blank=True,
                        help_text="Unique, so that the chain cannot fork.",
                        max_length=64,
                        unique=True,
                    ),
                ),
                ("mac", models.CharField(max_length=64, unique=True)),
                (
                    "actor",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="audit_events",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ("seq",),
                "indexes": [
                    models.Index(
                        fields=["object_type", "object_id"], name="audit_by_object"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Outbox",
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
                ("kind", models.CharField(max_length=80)),
                (
                    "key",
                    models.CharField(
                        help_text="Makes one cause send one message.",
                        max_length=200,
                        unique=True,
                    ),
                ),
                (
                    "recipient",
                    models.CharField(
                        blank=True,
                        help_text="Empty: whoever the rota names.",
                        max_length=200,
                    ),
                ),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("due_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("sent_at", models.DateTimeField(blank=True, null=True)),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
                (
                    "last_error",
                    models.CharField(
                        blank=True,
                        help_text="The kind of error, never its text.",
                        max_length=200,
                    ),
                ),
                (
                    "dead_at",
                    models.DateTimeField(
                        blank=True, help_text="When it was given up.", null=True
                    ),
                ),
                (
                    "alert",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="messages",
                        to="screening.safetyalert",
                    ),
                ),
                (
                    "response",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="messages",
                        to="screening.response",
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "outbox",
                "indexes": [
                    models.Index(
                        condition=models.Q(
                            ("dead_at__isnull", True), ("sent_at__isnull", True)
                        ),
                        fields=["due_at", "id"],
                        name="outbox_waiting",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("sent_at__isnull", True),
                            ("dead_at__isnull", True),
                            _connector="OR",
                        ),
                        name="message_is_sent_or_given_up",
                    )
                ],
            },
        ),
    ]
