"""Ask the server on this machine whether it lives; a container's health check."""

from __future__ import annotations

import os
import sys
from contextlib import closing
from http.client import HTTPConnection

PORT = 8000
SECONDS = 2


def main() -> int:
    """Return 0 when the server answers as it should."""
    host = os.environ.get("CLINIC_HOSTS", "localhost").split(",")[0]
    port = int(os.environ.get("PORT", PORT))
    with closing(HTTPConnection("127.0.0.1", port, timeout=SECONDS)) as connection:
        try:
            connection.request("GET", "/health/live", headers={"Host": host})
            return int(connection.getresponse().status != 200)
        except OSError:
            return 1


if __name__ == "__main__":
    sys.exit(main())
