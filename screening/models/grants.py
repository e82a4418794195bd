"""What the role of the server may do in a database whose tables another role owns."""

from __future__ import annotations

from django.db import transaction
from django.db.backends.base.base import BaseDatabaseWrapper

# Neither TRUNCATE nor TRIGGER: the guards stay where they are.
GRANTS = (
    "REVOKE ALL ON ALL TABLES IN SCHEMA {schema} FROM {role}",
    "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA {schema} TO {role}",
    "GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA {schema} TO {role}",
)
FOUND = """
    SELECT quote_ident(rolname), quote_ident(current_schema()),
        rolcreaterole OR pg_has_role(rolname, current_user, 'member')
    FROM pg_roles WHERE rolname = %s
"""


class CannotServe(Exception):
    """The role cannot be the server's, for the reason that is given."""


def serve(connection: BaseDatabaseWrapper, role: str) -> None:
    """Let the role read and write rows, and nothing else. Raises CannotServe."""
    if connection.vendor != "postgresql":
        raise CannotServe("Only PostgreSQL has roles.")
    with transaction.atomic(connection.alias), connection.cursor() as cursor:
        cursor.execute(FOUND, [role])
        row = cursor.fetchone()
        if row is None:
            raise CannotServe(f"There is no role {role}.")
        name, schema, is_mighty = row
        if is_mighty:
            raise CannotServe(f"{role} can act as the owner of the tables.")
        for grant in GRANTS:
            cursor.execute(grant.format(role=name, schema=schema))
