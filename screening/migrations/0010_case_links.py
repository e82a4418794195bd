import uuid

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("screening", "0009_words_of_the_help_pages"),
    ]

    operations = [
        migrations.CreateModel(
            name="CaseLink",
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
                ("wrong_dates", models.PositiveSmallIntegerField(default=0)),
            ],
            options={
                "ordering": ("-made_at", "id"),
                "abstract": False,
            },
        ),
        migrations.RemoveConstraint(
            model_name="patientmessage",
            name="message_way_is_known",
        ),
        migrations.AlterField(
            model_name="patientmessage",
            name="how",
            field=models.CharField(
                choices=[
                    ("email", "email"),
                    ("phone", "phone"),
                    ("link", "link"),
                    ("not-reached", "not reached"),
                ],
                max_length=20,
            ),
        ),
        migrations.AddConstraint(
            model_name="patientmessage",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("how__in", ["email", "phone", "link", "not-reached"])
                ),
                name="message_way_is_known",
            ),
        ),
        migrations.AddField(
            model_name="caselink",
            name="made_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="caselink",
            name="response",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="links",
                to="screening.response",
            ),
        ),
        migrations.AddConstraint(
            model_name="caselink",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("used_at__isnull", True),
                    ("withdrawn_at__isnull", True),
                    _connector="OR",
                ),
                name="caselink_is_used_or_withdrawn",
            ),
        ),
        migrations.AddConstraint(
            model_name="caselink",
            constraint=models.CheckConstraint(
                condition=models.Q(("expires_at__gt", models.F("made_at"))),
                name="caselink_ends_after_it_begins",
            ),
        ),
    ]
