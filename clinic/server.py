"""How gunicorn serves a clinic: two workers, and in each a lane that help has alone."""

from __future__ import annotations

bind = "127.0.0.1:8000"
workers = 2
threads = 4
worker_class = "clinic.lanes.Lanes"
graceful_timeout = 30
# Nobody steers it through a socket, and in a container it has no home to put one in.
control_socket_disable = True
# Else whoever sends SCRIPT_NAME or PATH_INFO as a header says what address was asked.
forwarder_headers = ""
