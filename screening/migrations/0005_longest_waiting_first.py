from django.db import migrations, models

AWAITING = models.Q(
    ("reviewed_at__isnull", True),
    models.Q(
        ("submitted_at__isnull", False),
        models.Q(("highest_tier", ""), _negated=True),
        _connector="OR",
    ),
)


class Migration(migrations.Migration):
    dependencies = [
        ("screening", "0004_drafts_and_replays"),
    ]

    operations = [
        migrations.RemoveIndex(model_name="response", name="response_queue"),
        migrations.AddIndex(
            model_name="response",
            index=models.Index(
                condition=AWAITING,
                fields=["priority", "due_at", "saved_at", "id"],
                name="response_queue",
            ),
        ),
        migrations.AddIndex(
            model_name="auditevent",
            index=models.Index(fields=["action", "-seq"], name="audit_by_action"),
        ),
    ]
