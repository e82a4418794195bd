"""Make the tables of the staff and of the protocol."""

import django.contrib.auth.models
import django.contrib.auth.validators
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
    ]

    operations = [
        migrations.CreateModel(
            name="Instrument",
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
                (
                    "position",
                    models.PositiveIntegerField(
                        help_text="Its place among its neighbours."
                    ),
                ),
                (
                    "code",
                    models.CharField(
                        help_text="Lower case with hyphens; the same for ever.",
                        max_length=80,
                    ),
                ),
                ("title", models.TextField()),
                (
                    "licence",
                    models.TextField(help_text="Whether we may show it, and to whom."),
                ),
                (
                    "attribution",
                    models.TextField(
                        help_text="Shown wherever the instrument is asked."
                    ),
                ),
                (
                    "stem",
                    models.TextField(
                        blank=True, help_text="The sentence above the items."
                    ),
                ),
                ("loinc", models.CharField(blank=True, max_length=80)),
                (
                    "recall_days",
                    models.PositiveSmallIntegerField(
                        default=0,
                        help_text="The days it asks about; asked afresh when older.",
                    ),
                ),
                (
                    "sha256",
                    models.CharField(
                        help_text="Locks the published wording.", max_length=64
                    ),
                ),
                (
                    "note",
                    models.TextField(
                        blank=True, help_text="For authors; no patient sees it."
                    ),
                ),
            ],
            options={
                "ordering": ("protocol", "position"),
            },
        ),
        migrations.CreateModel(
            name="Staff",
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
                ("password", models.CharField(max_length=128, verbose_name="password")),
                (
                    "last_login",
                    models.DateTimeField(
                        blank=True, null=True, verbose_name="last login"
                    ),
                ),
                (
                    "is_superuser",
                    models.BooleanField(
                        default=False,
                        help_text="Designates that this user has all permissions without explicitly assigning them.",
                        verbose_name="superuser status",
                    ),
                ),
                (
                    "username",
                    models.CharField(
                        error_messages={
                            "unique": "A user with that username already exists."
                        },
                        help_text="Required. 150 characters or fewer. Letters, digits and @/./+/-/_ only.",
                        max_length=150,
                        unique=True,
                        validators=[
                            django.contrib.auth.validators.UnicodeUsernameValidator()
                        ],
                        verbose_name="username",
                    ),
                ),
                (
                    "first_name",
                    models.CharField(
                        blank=True, max_length=150, verbose_name="first name"
                    ),
                ),
                (
                    "last_name",
                    models.CharField(
                        blank=True, max_length=150, verbose_name="last name"
                    ),
                ),
                (
                    "email",
                    models.EmailField(
                        blank=True, max_length=254, verbose_name="email address"
                    ),
                ),
                (
                    "is_staff",
                    models.BooleanField(
                        default=False,
                        help_text="Designates whether the user can log into this admin site.",
                        verbose_name="staff status",
                    ),
                ),
                (
                    "is_active",
                    models.BooleanField(
                        default=True,
                        help_text="Designates whether this user should be treated as active. Unselect this instead of deleting accounts.",
                        verbose_name="active",
                    ),
                ),
                (
                    "date_joined",
                    models.DateTimeField(
                        default=django.utils.timezone.now, verbose_name="date joined"
                    ),
                ),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("front-desk", "front desk"),
                            ("reviewer", "reviewer"),
                            ("lead", "lead"),
                            ("administrator", "administrator"),
                        ],
                        default="front-desk",
                        help_text="Reviewers and leads may open answers; the other roles never do.",
                        max_length=20,
                    ),
                ),
                (
                    "groups",
                    models.ManyToManyField(
                        blank=True,
                        help_text="The groups this user belongs to. A user will get all permissions granted to each of their groups.",
                        related_name="user_set",
                        related_query_name="user",
                        to="auth.group",
                        verbose_name="groups",
                    ),
                ),
                (
                    "user_permissions",
                    models.ManyToManyField(
                        blank=True,
                        help_text="Specific permissions for this user.",
                        related_name="user_set",
                        related_query_name="user",
                        to="auth.permission",
                        verbose_name="user permissions",
                    ),
                ),
            ],
            options={
                "verbose_name": "member of staff",
                "verbose_name_plural": "staff",
            },
            managers=[
                ("objects", django.contrib.auth.models.UserManager()),
            ],
        ),
        migrations.CreateModel(
            name="Protocol",
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
                (
                    "url",
                    models.CharField(
                        help_text="The same for every version.", max_length=200
                    ),
                ),
                ("version", models.CharField(max_length=40)),
                ("title", models.TextField()),
                (
                    "note",
                    models.TextField(
                        blank=True, help_text="For authors; no patient sees it."
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("draft", "draft"),
                            ("active", "active"),
                            ("retired", "retired"),
                        ],
                        default="draft",
                        max_length=10,
                    ),
                ),
                (
                    "content_hash",
                    models.CharField(
                        blank=True,
                        help_text="The SHA-256 of all that it says.",
                        max_length=64,
                    ),
                ),
                ("published_at", models.DateTimeField(blank=True, null=True)),
                (
                    "published_by",
                    models.ForeignKey(
                        blank=True,
                        help_text="Empty when it was published from the command line.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="published_protocols",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ("url", "-published_at"),
            },
        ),
        migrations.CreateModel(
            name="Page",
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
                (
                    "position",
                    models.PositiveIntegerField(
                        help_text="Its place among its neighbours."
                    ),
                ),
                (
                    "slug",
                    models.CharField(
                        help_text="Lower case with hyphens; the same for ever.",
                        max_length=80,
                    ),
                ),
                ("title", models.TextField(help_text="The heading the patient sees.")),
                ("intro", models.TextField(blank=True)),
                (
                    "sensitive",
                    models.BooleanField(
                        default=False, help_text="Left out of the printed copy."
                    ),
                ),
                (
                    "leave_quickly",
                    models.BooleanField(
                        default=False,
                        help_text="Offers a way to leave the page at once.",
                    ),
                ),
                (
                    "note",
                    models.TextField(
                        blank=True, help_text="For authors; no patient sees it."
                    ),
                ),
                (
                    "protocol",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        to="screening.protocol",
                    ),
                ),
            ],
            options={
                "ordering": ("protocol", "section__position", "position"),
            },
        ),
        migrations.CreateModel(
            name="Medicine",
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
                (
                    "position",
                    models.PositiveIntegerField(
                        help_text="Its place among its neighbours."
                    ),
                ),
                ("name", models.TextField()),
                ("brands", models.JSONField(blank=True, default=list)),
                ("classes", models.JSONField(blank=True, default=list)),
                (
                    "minimum_mg",
                    models.FloatField(
                        blank=True,
                        help_text="The smallest daily dose that counts as a trial.",
                        null=True,
                    ),
                ),
                (
                    "diazepam_10mg",
                    models.JSONField(
                        blank=True,
                        default=dict,
                        help_text="By table: the dose that equals 10 mg of diazepam.",
                    ),
                ),
                (
                    "note",
                    models.TextField(
                        blank=True, help_text="For authors; no patient sees it."
                    ),
                ),
                (
                    "protocol",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        to="screening.protocol",
                    ),
                ),
            ],
            options={
                "ordering": ("protocol", "position"),
            },
        ),
        migrations.CreateModel(
            name="Item",
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
                (
                    "position",
                    models.PositiveIntegerField(
                        help_text="Its place among its neighbours."
                    ),
                ),
                (
                    "link_id",
                    models.CharField(
                        help_text="Lower case with hyphens; the same for ever.",
                        max_length=80,
                    ),
                ),
                (
                    "type",
                    models.CharField(
                        blank=True,
                        help_text="How it is answered; of an instrument's item: a choice unless named.",
                        max_length=80,
                    ),
                ),
                ("text", models.TextField(blank=True)),
                ("help", models.TextField(blank=True)),
                ("required", models.BooleanField(default=False)),
                (
                    "can_decline",
                    models.BooleanField(
                        default=False, help_text="Offers “I prefer not to say”."
                    ),
                ),
                (
                    "can_be_unknown",
                    models.BooleanField(
                        default=False, help_text="Offers “I do not know”."
                    ),
                ),
                (
                    "unknown_is_exclusive",
                    models.BooleanField(
                        default=False,
                        help_text="“I do not know” may not stand beside other ticks.",
                    ),
                ),
                (
                    "hidden",
                    models.BooleanField(
                        default=False, help_text="Never shown; set by the software."
                    ),
                ),
                (
                    "not_applicable",
                    models.TextField(
                        blank=True,
                        help_text="The words of “does not apply”, if it is offered.",
                    ),
                ),
                ("minimum", models.FloatField(blank=True, null=True)),
                ("maximum", models.FloatField(blank=True, null=True)),
                ("unit", models.CharField(blank=True, max_length=80)),
                (
                    "role",
                    models.CharField(
                        blank=True,
                        help_text="What a field of a group's row stands for: name, dose, weeks ...",
                        max_length=80,
                    ),
                ),
                ("max_rows", models.PositiveSmallIntegerField(default=0)),
                (
                    "carried_from",
                    models.CharField(
                        blank=True,
                        help_text="The group whose rows are offered again here.",
                        max_length=80,
                    ),
                ),
                (
                    "autocomplete",
                    models.CharField(
                        blank=True,
                        help_text="The browser's own word for what is filled in here.",
                        max_length=80,
                    ),
                ),
                (
                    "instrument",
                    models.CharField(
                        blank=True,
                        help_text="The code of the instrument whose words it takes.",
                        max_length=80,
                    ),
                ),
                ("loinc", models.CharField(blank=True, max_length=80)),
                (
                    "note",
                    models.TextField(
                        blank=True, help_text="For authors; no patient sees it."
                    ),
                ),
                (
                    "defined_in",
                    models.ForeignKey(
                        blank=True,
                        help_text="The instrument whose own wording this is.",
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="items",
                        to="screening.instrument",
                    ),
                ),
                (
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="fields",
                        to="screening.item",
                    ),
                ),
                (
                    "page",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="items",
                        to="screening.page",
                    ),
                ),
                (
                    "protocol",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        to="screening.protocol",
                    ),
                ),
            ],
            options={
                "ordering": ("protocol", "page__position", "position"),
            },
        ),
        migrations.AddField(
            model_name="instrument",
            name="protocol",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, to="screening.protocol"
            ),
        ),
        migrations.CreateModel(
            name="Indication",
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
                (
                    "position",
                    models.PositiveIntegerField(
                        help_text="Its place among its neighbours."
                    ),
                ),
                (
                    "code",
                    models.CharField(
                        help_text="Lower case with hyphens; the same for ever.",
                        max_length=80,
                    ),
                ),
                ("title", models.TextField()),
                (
                    "pathway",
                    models.CharField(help_text="mood, pain or migraine", max_length=40),
                ),
                (
                    "note",
                    models.TextField(
                        blank=True, help_text="For authors; no patient sees it."
                    ),
                ),
                (
                    "protocol",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        to="screening.protocol",
                    ),
                ),
            ],
            options={
                "ordering": ("protocol", "position"),
            },
        ),
        migrations.CreateModel(
            name="Criterion",
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
                (
                    "position",
                    models.PositiveIntegerField(
                        help_text="Its place among its neighbours."
                    ),
                ),
                (
                    "code",
                    models.CharField(
                        help_text="Lower case with hyphens; the same for ever.",
                        max_length=80,
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("inclusion", "inclusion"),
                            ("exclusion", "exclusion"),
                            ("urgent", "urgent"),
                            ("stop", "stop"),
                            ("caution", "caution"),
                            ("postpone", "postpone"),
                            ("note", "note"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "statement",
                    models.TextField(
                        help_text="What the clinician reads when it holds."
                    ),
                ),
                (
                    "rationale",
                    models.TextField(
                        blank=True, help_text="Why it matters, in one line."
                    ),
                ),
                (
                    "default",
                    models.TextField(
                        blank=True,
                        help_text="The numbers that are the clinic's to choose.",
                    ),
                ),
                (
                    "tier",
                    models.CharField(
                        blank=True,
                        help_text="How soon somebody must act; urgent criteria only.",
                        max_length=80,
                    ),
                ),
                (
                    "about",
                    models.CharField(
                        blank=True,
                        help_text="Safety or efficacy; medicine cautions only.",
                        max_length=80,
                    ),
                ),
                (
                    "settles",
                    models.CharField(
                        blank=True,
                        help_text="The disagreement between sources that it settles.",
                        max_length=80,
                    ),
                ),
                (
                    "calls_doctor",
                    models.CharField(
                        blank=True,
                        help_text="Whether it asks for a doctor at once: met, or met-or-unknown.",
                        max_length=80,
                    ),
                ),
                (
                    "group",
                    models.CharField(
                        blank=True,
                        help_text="The file of safety criteria it stands in.",
                        max_length=80,
                    ),
                ),
                (
                    "note",
                    models.TextField(
                        blank=True, help_text="For authors; no patient sees it."
                    ),
                ),
                (
                    "indication",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="criteria",
                        to="screening.indication",
                    ),
                ),
                (
                    "protocol",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        to="screening.protocol",
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "criteria",
                "ordering": ("protocol", "indication__position", "position"),
            },
        ),
        migrations.CreateModel(
            name="AnswerOption",
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
                (
                    "position",
                    models.PositiveIntegerField(
                        help_text="Its place among its neighbours."
                    ),
                ),
                (
                    "code",
                    models.CharField(
                        help_text="Lower case with hyphens; the same for ever.",
                        max_length=80,
                    ),
                ),
                ("text", models.TextField()),
                (
                    "score",
                    models.FloatField(
                        blank=True,
                        help_text="What it adds to an instrument's sum; 0 counts, empty does not.",
                        null=True,
                    ),
                ),
                ("loinc", models.CharField(blank=True, max_length=80)),
                (
                    "item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="options",
                        to="screening.item",
                    ),
                ),
                (
                    "protocol",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        to="screening.protocol",
                    ),
                ),
            ],
            options={
                "ordering": ("protocol", "item", "position"),
            },
        ),
        migrations.CreateModel(
            name="Score",
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
                (
                    "position",
                    models.PositiveIntegerField(
                        help_text="Its place among its neighbours."
                    ),
                ),
                (
                    "code",
                    models.CharField(
                        help_text="Lower case with hyphens; the same for ever.",
                        max_length=80,
                    ),
                ),
                ("title", models.TextField()),
                (
                    "kind",
                    models.CharField(
                        help_text="How it is reckoned: sum, mean, highest, age ...",
                        max_length=40,
                    ),
                ),
                ("minimum", models.FloatField(help_text="The lowest it can be.")),
                (
                    "maximum",
                    models.FloatField(
                        blank=True,
                        help_text="The highest it can be; empty where it has no bound.",
                        null=True,
                    ),
                ),
                ("unit", models.CharField(blank=True, max_length=80)),
                ("loinc", models.CharField(blank=True, max_length=80)),
                (
                    "shown",
                    models.BooleanField(
                        default=False,
                        help_text="Stands among the scores the clinician sees.",
                    ),
                ),
                (
                    "closed_parts_count_zero",
                    models.BooleanField(
                        default=False,
                        help_text="A part whose question is closed for certain counts 0.",
                    ),
                ),
                (
                    "group",
                    models.CharField(
                        blank=True,
                        help_text="The group whose rows are counted.",
                        max_length=80,
                    ),
                ),
                (
                    "complete",
                    models.CharField(
                        blank=True,
                        help_text="The item that says the group's list is complete.",
                        max_length=80,
                    ),
                ),
                ("classes", models.JSONField(blank=True, default=list)),
                (
                    "weeks",
                    models.FloatField(
                        default=0, help_text="The shortest adequate trial."
                    ),
                ),
                ("benefits", models.JSONField(blank=True, default=list)),
                (
                    "table",
                    models.CharField(
                        blank=True,
                        help_text="The table of equivalent doses.",
                        max_length=80,
                    ),
                ),
                (
                    "default",
                    models.TextField(
                        blank=True,
                        help_text="The numbers that are the clinic's to choose.",
                    ),
                ),
                (
                    "note",
                    models.TextField(
                        blank=True, help_text="For authors; no patient sees it."
                    ),
                ),
                (
                    "instrument",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="scores",
                        to="screening.instrument",
                    ),
                ),
                (
                    "protocol",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        to="screening.protocol",
                    ),
                ),
            ],
            options={
                "ordering": ("protocol", "instrument__position", "position"),
            },
        ),
        migrations.CreateModel(
            name="Band",
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
                (
                    "position",
                    models.PositiveIntegerField(
                        help_text="Its place among its neighbours."
                    ),
                ),
                ("low", models.FloatField()),
                ("high", models.FloatField()),
                ("text", models.TextField()),
                (
                    "protocol",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        to="screening.protocol",
                    ),
                ),
                (
                    "score",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="bands",
                        to="screening.score",
                    ),
                ),
            ],
            options={
                "ordering": ("protocol", "score", "position"),
            },
        ),
        migrations.CreateModel(
            name="ScorePart",
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
                (
                    "position",
                    models.PositiveIntegerField(
                        help_text="Its place among its neighbours."
                    ),
                ),
                (
                    "item",
                    models.CharField(
                        blank=True,
                        help_text="The link_id of the item whose value it adds.",
                        max_length=80,
                    ),
                ),
                (
                    "score",
                    models.CharField(
                        blank=True,
                        help_text="The code of another score that it adds.",
                        max_length=80,
                    ),
                ),
                (
                    "at_most",
                    models.FloatField(
                        blank=True, help_text="The most this part may add.", null=True
                    ),
                ),
                (
                    "adds_to",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="parts",
                        to="screening.score",
                    ),
                ),
                (
                    "protocol",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        to="screening.protocol",
                    ),
                ),
            ],
            options={
                "ordering": ("protocol", "adds_to", "position"),
            },
        ),
        migrations.CreateModel(
            name="Section",
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
                (
                    "position",
                    models.PositiveIntegerField(
                        help_text="Its place among its neighbours."
                    ),
                ),
                (
                    "code",
                    models.CharField(
                        help_text="Lower case with hyphens; the same for ever.",
                        max_length=80,
                    ),
                ),
                ("title", models.TextField()),
                (
                    "note",
                    models.TextField(
                        blank=True, help_text="For authors; no patient sees it."
                    ),
                ),
                (
                    "protocol",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        to="screening.protocol",
                    ),
                ),
            ],
            options={
                "ordering": ("protocol", "position"),
            },
        ),
        migrations.AddField(
            model_name="page",
            name="section",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="pages",
                to="screening.section",
            ),
        ),
        migrations.CreateModel(
            name="Clause",
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
                (
                    "position",
                    models.PositiveIntegerField(
                        help_text="Its place among its neighbours."
                    ),
                ),
                (
                    "group",
                    models.PositiveSmallIntegerField(
                        help_text="Its group: one clause of each group must hold."
                    ),
                ),
                (
                    "question",
                    models.CharField(
                        help_text="A link_id, the code of a score, or medicines.class.",
                        max_length=80,
                    ),
                ),
                ("operator", models.CharField(max_length=2)),
                ("answer", models.JSONField()),
                (
                    "criterion",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="clauses",
                        to="screening.criterion",
                    ),
                ),
                (
                    "item",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="clauses",
                        to="screening.item",
                    ),
                ),
                (
                    "page",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="clauses",
                        to="screening.page",
                    ),
                ),
                (
                    "protocol",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        to="screening.protocol",
                    ),
                ),
                (
                    "part",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="clauses",
                        to="screening.scorepart",
                    ),
                ),
                (
                    "section",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="clauses",
                        to="screening.section",
                    ),
                ),
            ],
            options={
                "ordering": ("protocol", "group", "position"),
            },
        ),
        migrations.CreateModel(
            name="Source",
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
                (
                    "position",
                    models.PositiveIntegerField(
                        help_text="Its place among its neighbours."
                    ),
                ),
                (
                    "code",
                    models.CharField(
                        help_text="Lower case with hyphens; the same for ever.",
                        max_length=80,
                    ),
                ),
                ("title", models.TextField()),
                (
                    "kind",
                    models.CharField(
                        help_text="The clinic's document, a publication, a default ...",
                        max_length=40,
                    ),
                ),
                (
                    "quote",
                    models.TextField(
                        blank=True, help_text="The very words it rests on."
                    ),
                ),
                (
                    "note",
                    models.TextField(
                        blank=True, help_text="For authors; no patient sees it."
                    ),
                ),
                (
                    "protocol",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        to="screening.protocol",
                    ),
                ),
            ],
            options={
                "ordering": ("protocol", "position"),
            },
        ),
        migrations.CreateModel(
            name="Citation",
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
                (
                    "position",
                    models.PositiveIntegerField(
                        help_text="Its place among its neighbours."
                    ),
                ),
                (
                    "criterion",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="citations",
                        to="screening.criterion",
                    ),
                ),
                (
                    "item",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="citations",
                        to="screening.item",
                    ),
                ),
                (
                    "protocol",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        to="screening.protocol",
                    ),
                ),
                (
                    "score",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="citations",
                        to="screening.score",
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.RESTRICT,
                        related_name="citations",
                        to="screening.source",
                    ),
                ),
            ],
            options={
                "ordering": ("protocol", "position"),
            },
        ),
        migrations.AddConstraint(
            model_name="staff",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("role__in", ["front-desk", "reviewer", "lead", "administrator"])
                ),
                name="staff_role_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="protocol",
            constraint=models.CheckConstraint(
                condition=models.Q(("status__in", ["draft", "active", "retired"])),
                name="protocol_status_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="protocol",
            constraint=models.UniqueConstraint(
                fields=("url", "version"), name="protocol_version_is_unique"
            ),
        ),
        migrations.AddConstraint(
            model_name="protocol",
            constraint=models.UniqueConstraint(
                condition=models.Q(("status", "active")),
                fields=("status",),
                name="at_most_one_protocol_is_active",
            ),
        ),
        migrations.AddConstraint(
            model_name="protocol",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("status", "draft"),
                    models.Q(
                        ("published_at__isnull", False),
                        models.Q(("content_hash", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="published_protocol_is_signed",
            ),
        ),
        migrations.AddConstraint(
            model_name="medicine",
            constraint=models.UniqueConstraint(
                fields=("protocol", "name"), name="medicine_name_is_unique"
            ),
        ),
        migrations.AddConstraint(
            model_name="item",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("defined_in__isnull", True),
                        ("page__isnull", False),
                        ("parent__isnull", True),
                    ),
                    models.Q(
                        ("defined_in__isnull", True),
                        ("page__isnull", True),
                        ("parent__isnull", False),
                    ),
                    models.Q(
                        ("defined_in__isnull", False),
                        ("page__isnull", True),
                        ("parent__isnull", True),
                    ),
                    _connector="OR",
                ),
                name="item_has_one_place",
            ),
        ),
        migrations.AddConstraint(
            model_name="item",
            constraint=models.UniqueConstraint(
                condition=models.Q(("defined_in__isnull", True)),
                fields=("protocol", "link_id"),
                name="item_link_id_is_unique",
            ),
        ),
        migrations.AddConstraint(
            model_name="item",
            constraint=models.UniqueConstraint(
                condition=models.Q(("defined_in__isnull", False)),
                fields=("defined_in", "link_id"),
                name="instrument_item_link_id_is_unique",
            ),
        ),
        migrations.AddConstraint(
            model_name="instrument",
            constraint=models.UniqueConstraint(
                fields=("protocol", "code"), name="instrument_code_is_unique"
            ),
        ),
        migrations.AddConstraint(
            model_name="indication",
            constraint=models.UniqueConstraint(
                fields=("protocol", "code"), name="indication_code_is_unique"
            ),
        ),
        migrations.AddConstraint(
            model_name="criterion",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "kind__in",
                        [
                            "inclusion",
                            "exclusion",
                            "urgent",
                            "stop",
                            "caution",
                            "postpone",
                            "note",
                        ],
                    )
                ),
                name="criterion_kind_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="criterion",
            constraint=models.UniqueConstraint(
                fields=("protocol", "code"), name="criterion_code_is_unique"
            ),
        ),
        migrations.AddConstraint(
            model_name="answeroption",
            constraint=models.UniqueConstraint(
                fields=("item", "code"), name="option_code_is_unique"
            ),
        ),
        migrations.AddConstraint(
            model_name="score",
            constraint=models.UniqueConstraint(
                fields=("protocol", "code"), name="score_code_is_unique"
            ),
        ),
        migrations.AddConstraint(
            model_name="band",
            constraint=models.CheckConstraint(
                condition=models.Q(("low__lte", models.F("high"))),
                name="band_runs_from_low_to_high",
            ),
        ),
        migrations.AddConstraint(
            model_name="scorepart",
            constraint=models.CheckConstraint(
                condition=models.Q(("item", ""), ("score", ""), _connector="OR"),
                name="score_part_counts_one_thing",
            ),
        ),
        migrations.AddConstraint(
            model_name="section",
            constraint=models.UniqueConstraint(
                fields=("protocol", "code"), name="section_code_is_unique"
            ),
        ),
        migrations.AddConstraint(
            model_name="page",
            constraint=models.UniqueConstraint(
                fields=("protocol", "slug"), name="page_slug_is_unique"
            ),
        ),
        migrations.AddConstraint(
            model_name="page",
            constraint=models.UniqueConstraint(
                fields=("protocol", "title"), name="page_title_is_unique"
            ),
        ),
        migrations.AddConstraint(
            model_name="clause",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("criterion__isnull", True),
                        ("item__isnull", True),
                        ("page__isnull", True),
                        ("part__isnull", True),
                        ("section__isnull", False),
                    ),
                    models.Q(
                        ("criterion__isnull", True),
                        ("item__isnull", True),
                        ("page__isnull", False),
                        ("part__isnull", True),
                        ("section__isnull", True),
                    ),
                    models.Q(
                        ("criterion__isnull", True),
                        ("item__isnull", False),
                        ("page__isnull", True),
                        ("part__isnull", True),
                        ("section__isnull", True),
                    ),
                    models.Q(
                        ("criterion__isnull", False),
                        ("item__isnull", True),
                        ("page__isnull", True),
                        ("part__isnull", True),
                        ("section__isnull", True),
                    ),
                    models.Q(
                        ("criterion__isnull", True),
                        ("item__isnull", True),
                        ("page__isnull", True),
                        ("part__isnull", False),
                        ("section__isnull", True),
                    ),
                    _connector="OR",
                ),
                name="clause_has_one_owner",
            ),
        ),
        migrations.AddConstraint(
            model_name="clause",
            constraint=models.CheckConstraint(
                condition=models.Q(("operator__in", ["=", "!=", "<", "<=", ">", ">="])),
                name="clause_operator_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="source",
            constraint=models.UniqueConstraint(
                fields=("protocol", "code"), name="source_code_is_unique"
            ),
        ),
        migrations.AddConstraint(
            model_name="citation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("criterion__isnull", True),
                        ("item__isnull", False),
                        ("score__isnull", True),
                    ),
                    models.Q(
                        ("criterion__isnull", True),
                        ("item__isnull", True),
                        ("score__isnull", False),
                    ),
                    models.Q(
                        ("criterion__isnull", False),
                        ("item__isnull", True),
                        ("score__isnull", True),
                    ),
                    _connector="OR",
                ),
                name="citation_has_one_owner",
            ),
        ),
    ]
