"""The door for an ASGI server, which stays shut while the checks find an error."""

from __future__ import annotations

import io
import os

from django.conf import settings
from django.core.asgi import get_asgi_application
from django.core.management import call_command
from django.db import connections

from clinic.databases import hurry

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "clinic.settings")

hurry(settings.DATABASES["default"])
application = get_asgi_application()
call_command("check", databases=["default"], stdout=io.StringIO())
# A server that loads this before it forks must not share a connection.
connections.close_all()
