"""A clinic on PostgreSQL: a few real cases, and behind them LARGE (1,000,000) more."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import django
from django.core.management import call_command

from benchmarks import stage
from benchmarks.serving import TOKEN
from chaos.cluster import Cluster

# Ahead of the others, so that pages open what they show.
REAL = (
    "p45-thoughts-of-suicide-now",
    "p50-heart-and-vessel-stops",
    "p63-a-long-medical-history",
    "p01-two-antidepressants-failed",
)
EACH = 15
SMALL, LARGE = 1_000, int(os.environ.get("LARGE", "1000000"))

# One in ten waits; an envelope of 200 bytes stands for what is sealed.
_CHANGED = {
    "id": "md5(n::text)::uuid",
    "reference": "upper(lpad(to_hex(n + 268435456), 8, '0'))",
    "send_key": "gen_random_uuid()",
    "resume_index": "NULL",
    "identity_index": "md5(n::text) || md5(n::text)",
    "sealed_answers": "substr(decode(repeat(md5(n::text), 13), 'hex'), 1, 200)",
    "sealed_summary": "substr(decode(repeat(md5(n::text), 13), 'hex'), 1, 200)",
    "wrapped_key": "decode(md5(n::text), 'hex')",
    "submitted_at": "now() - n * interval '2 minutes'",
    "saved_at": "now() - n * interval '2 minutes'",
    "started_at": "now() - n * interval '2 minutes'",
    "due_at": "now() + (n % 30 - 3) * interval '1 day'",
    "reviewed_at": "CASE WHEN n % 10 = 0 THEN NULL"
    " ELSE now() - n * interval '2 minutes' END",
    "priority": "4 + n % 3",
    "highest_tier": "''",
    "is_spam": "n % 1000 = 10",
    "status": "CASE WHEN n % 2000 = 20 THEN 'amended' ELSE 'completed' END",
    "amends_id": "CASE WHEN n % 2000 = 20 THEN md5((n - 1)::text)::uuid END",
    "assignee_id": "CASE WHEN n % 200 = 0 THEN {staff}"
    " WHEN n % 3 = 0 THEN NULL ELSE {other} END",
}
_ROWS = """
    INSERT INTO screening_response ({columns})
    SELECT {values} FROM generate_series({first}, {last}) AS n,
        (SELECT * FROM screening_response LIMIT 1) AS t
"""
# Each was sent, and somebody has put that on record.
_RECORD = """
    INSERT INTO screening_auditevent
        (at, actor_id, actor_label, action, object_type, object_id, meta,
         previous_mac, mac)
    SELECT submitted_at, NULL, '', 'response.submitted', 'response', id::text, '{}',
        md5(id::text) || 'before', md5(id::text)
    FROM screening_response WHERE priority >= 4
        AND NOT EXISTS (SELECT FROM screening_auditevent a WHERE a.mac = md5(id::text))
"""


@dataclass(frozen=True)
class Crowd:
    """Two clinics alike but for their size, and a browser signed in to both."""

    urls: dict[str, str]
    cookies: dict[str, str]


@contextmanager
def crowds() -> Iterator[Crowd]:
    """Open one clinic of a thousand responses, and one of a million."""
    with stage.folder(on_disk=True) as place:
        place.chmod(0o755)
        cluster = Cluster(place)
        cluster.create()
        try:
            yield _filled(cluster)
        finally:
            cluster.stop()


def _filled(cluster: Cluster) -> Crowd:
    os.environ["DJANGO_SETTINGS_MODULE"] = stage.SETTINGS
    os.environ["CLINIC_MODE"] = "demo"
    os.environ["DATABASE_URL"] = cluster.url
    django.setup()
    for command in ("migrate", "createcachetable", "protect"):
        call_command(command, verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    staff, other, cookies = _staffed()
    _add(cluster, "clinic", (1, SMALL - len(REAL) * EACH), staff, other)
    cluster.execute("CREATE DATABASE large TEMPLATE clinic")
    _add(cluster, "large", (SMALL, LARGE), staff, other)
    large = cluster.url.replace("/clinic?", "/large?")
    return Crowd({"small": cluster.url, "large": large}, cookies)


def _staffed() -> tuple[int, int, dict[str, str]]:
    """Publish, let real patients send, and sign somebody in."""
    from django.conf import settings
    from django.db import connections
    from django.test import Client

    from benchmarks.pages import KETAMINE
    from screening.engine.document import read_directory
    from screening.models import Role
    from tests import patients

    protocol = stage.published(read_directory(KETAMINE))
    for slug in REAL * EACH:
        patients.sent(protocol, slug)
    staff, other = patients.person(Role.LEAD), patients.person(name="birch")
    client = Client(SERVER_NAME="localhost")
    client.force_login(staff)
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    connections.close_all()
    return staff.pk, other.pk, {"session": session, "csrf": TOKEN}


def _add(
    cluster: Cluster, name: str, span: tuple[int, int], staff: int, other: int
) -> None:
    from screening.models import Response

    columns = [field.column for field in Response._meta.concrete_fields]
    values = [_CHANGED.get(column, f"t.{column}") for column in columns]
    rows = _ROWS.format(
        columns=", ".join(columns),
        values=", ".join(values).format(staff=staff, other=other),
        first=span[0],
        last=span[1],
    )
    for statement in (rows, _RECORD, "VACUUM ANALYZE"):
        cluster.execute(statement, database=name)
