import uuid

import django.db.models.deletion
import django.db.models.functions.text
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
        ("screening", "0007_what_clinicians_overrule"),
    ]

    operations = [
        migrations.CreateModel(
            name="PatientInvitation",
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
                    "token_index",
                    models.CharField(
                        help_text="The blind index of what the link ends in.",
                        max_length=64,
                        unique=True,
                    ),
                ),
                ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("expires_at", models.DateTimeField()),
                ("used_at", models.DateTimeField(blank=True, null=True)),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                (
                    "for_tablet",
                    models.BooleanField(
                        default=False,
                        help_text="Whoever opens it holds a tablet of the clinic's.",
                    ),
                ),
            ],
            options={
                "ordering": ("-made_at", "id"),
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="StaffInvitation",
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
                    "token_index",
                    models.CharField(
                        help_text="The blind index of what the link ends in.",
                        max_length=64,
                        unique=True,
                    ),
                ),
                ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("expires_at", models.DateTimeField()),
                ("used_at", models.DateTimeField(blank=True, null=True)),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                ("email", models.EmailField(max_length=254)),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("front-desk", "front desk"),
                            ("reviewer", "reviewer"),
                            ("lead", "lead"),
                            ("administrator", "administrator"),
                        ],
                        max_length=20,
                    ),
                ),
            ],
            options={
                "ordering": ("-made_at", "id"),
                "abstract": False,
            },
        ),
        migrations.RemoveConstraint(
            model_name="alertevent",
            name="alert_event_kind_is_known",
        ),
        migrations.RemoveConstraint(
            model_name="alertevent",
            name="alert_event_names_its_person",
        ),
        migrations.AddField(
            model_name="response",
            name="is_spam",
            field=models.BooleanField(
                db_default=False,
                default=False,
                help_text="Caught by the trap for machines, or signed as a duplicate or spam.",
            ),
        ),
        migrations.AlterField(
            model_name="alertevent",
            name="kind",
            field=models.CharField(
                choices=[
                    ("raised-again", "raised again"),
                    ("acknowledged", "acknowledged"),
                    ("contacted", "contacted"),
                    ("escalated", "escalated"),
                    ("withdrawn", "withdrawn"),
                    ("closed", "closed"),
                    ("released", "released"),
                ],
                max_length=20,
            ),
        ),
        migrations.AddIndex(
            model_name="response",
            index=models.Index(
                condition=models.Q(("is_spam", True)),
                fields=["priority", "due_at", "saved_at", "id"],
                name="response_spam",
            ),
        ),
        migrations.AddIndex(
            model_name="response",
            index=models.Index(fields=["started_at"], name="response_arrivals"),
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
                            "released",
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
                        (
                            "kind__in",
                            ["acknowledged", "contacted", "closed", "released"],
                        ),
                        _negated=True,
                    ),
                    ("by__isnull", False),
                    _connector="OR",
                ),
                name="alert_event_names_its_person",
            ),
        ),
        migrations.AddConstraint(
            model_name="staff",
            constraint=models.UniqueConstraint(
                django.db.models.functions.text.Lower("email"),
                condition=models.Q(("email", ""), _negated=True),
                name="staff_email_is_one_persons",
            ),
        ),
        migrations.AddField(
            model_name="patientinvitation",
            name="made_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="staffinvitation",
            name="made_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddConstraint(
            model_name="patientinvitation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("used_at__isnull", True),
                    ("withdrawn_at__isnull", True),
                    _connector="OR",
                ),
                name="patientinvitation_is_used_or_withdrawn",
            ),
        ),
        migrations.AddConstraint(
            model_name="patientinvitation",
            constraint=models.CheckConstraint(
                condition=models.Q(("expires_at__gt", models.F("made_at"))),
                name="patientinvitation_ends_after_it_begins",
            ),
        ),
        migrations.AddConstraint(
            model_name="staffinvitation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("used_at__isnull", True),
                    ("withdrawn_at__isnull", True),
                    _connector="OR",
                ),
                name="staffinvitation_is_used_or_withdrawn",
            ),
        ),
        migrations.AddConstraint(
            model_name="staffinvitation",
            constraint=models.CheckConstraint(
                condition=models.Q(("expires_at__gt", models.F("made_at"))),
                name="staffinvitation_ends_after_it_begins",
            ),
        ),
        migrations.AddConstraint(
            model_name="staffinvitation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("role__in", ["front-desk", "reviewer", "lead", "administrator"])
                ),
                name="staff_invitation_role_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="staffinvitation",
            constraint=models.UniqueConstraint(
                django.db.models.functions.text.Lower("email"),
                condition=models.Q(
                    ("used_at__isnull", True), ("withdrawn_at__isnull", True)
                ),
                name="one_invitation_an_address",
            ),
        ),
    ]
