import uuid

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("screening", "0005_longest_waiting_first"),
    ]

    operations = [
        migrations.CreateModel(
            name="NoteDraft",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True,
                        primary_key=True,
                        serialize=False,
                        verbose_name="ID",
                    ),
                ),
                ("saved_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("sealed", models.BinaryField()),
            ],
        ),
        migrations.CreateModel(
            name="PatientMessage",
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
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "how",
                    models.CharField(
                        choices=[
                            ("email", "email"),
                            ("phone", "phone"),
                            ("not-reached", "not reached"),
                        ],
                        max_length=20,
                    ),
                ),
                ("sealed", models.BinaryField()),
            ],
            options={
                "ordering": ("at",),
            },
        ),
        migrations.RemoveConstraint(
            model_name="review",
            name="review_decision_is_known",
        ),
        migrations.AlterField(
            model_name="review",
            name="decision",
            field=models.CharField(
                choices=[
                    ("offer-consultation", "offer consultation"),
                    ("ask-for-more", "ask for more"),
                    ("not-suitable-now", "not suitable now"),
                    ("urgent-contact", "urgent contact"),
                    ("duplicate-or-spam", "duplicate or spam"),
                    ("taken-back", "taken back"),
                ],
                max_length=20,
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
                            "taken-back",
                        ],
                    )
                ),
                name="review_decision_is_known",
            ),
        ),
        migrations.AddField(
            model_name="notedraft",
            name="clinician",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="notedraft",
            name="response",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="note_drafts",
                to="screening.response",
            ),
        ),
        migrations.AddField(
            model_name="patientmessage",
            name="by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="patientmessage",
            name="response",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="told",
                to="screening.response",
            ),
        ),
        migrations.AddConstraint(
            model_name="notedraft",
            constraint=models.UniqueConstraint(
                fields=("response", "clinician"), name="one_note_draft_each"
            ),
        ),
        migrations.AddConstraint(
            model_name="patientmessage",
            constraint=models.CheckConstraint(
                condition=models.Q(("how__in", ["email", "phone", "not-reached"])),
                name="message_way_is_known",
            ),
        ),
    ]
