"""What the server's worker takes from inside gunicorn, which promises none of it."""

from __future__ import annotations

import ast
import hashlib
import inspect
from pathlib import Path
from typing import Any

import pytest
from gunicorn.config import Config
from gunicorn.http.unreader import Unreader
from gunicorn.workers.gthread import PollableMethodQueue, TConn, ThreadWorker

from clinic import demo_server, lanes, server
from clinic.lanes import Lanes

# Called or replaced, with the parameters that they must have.
METHODS: dict[Any, dict[str, list[str]]] = {
    ThreadWorker: {
        "init_process": [],
        "accept": ["listener"],
        "enqueue_req": ["conn"],
        "handle": ["conn"],
        "finish_request": ["conn", "fs"],
        "on_pending_socket_readable": ["conn", "client"],
    },
    TConn: {"close": ["graceful"]},
    PollableMethodQueue: {"defer": ["callback", "args"]},
}
# Read or written.
HELD = {
    ThreadWorker: {
        *("tpool", "poller", "method_queue", "pending_conns"),
        *("nr_conns", "worker_connections"),
    },
    TConn: {"sock", "parser", "timeout"},
    Unreader: {"buf"},
}
# Of the whole of the two classes. Another one says: read clinic/lanes.py against the
# new gunicorn, run `make chaos ONLY=slow-lines` and `ONLY=outage`, then write it here.
FINGERPRINT = "2e89fa5f56319f30676ba293a84c635a248b01f9bf66abaa949b88eb66c69128"
OWN = {"quick", "awaited", "slow_until"}


def used(*names: str) -> set[str]:
    """Return what the module takes of whatever goes by these names."""
    whole = ast.parse(Path(lanes.__file__).read_text(encoding="utf-8"))
    return {
        node.attr
        for node in ast.walk(whole)
        if isinstance(node, ast.Attribute) and ast.unparse(node.value) in names
    }


def held(kind: type) -> set[str]:
    """Return what each instance of a class has from its beginning."""
    begun = ast.parse(inspect.getsource(kind)).body[0]
    return {
        node.attr
        for node in ast.walk(begun)
        if isinstance(node, ast.Attribute)
        and isinstance(node.ctx, ast.Store)
        and ast.unparse(node.value) == "self"
    }


def test_each_part_of_gunicorns_that_is_used_is_named_here() -> None:
    of_worker = used("self", "super()") - set(vars(Lanes)) - OWN
    known = set(METHODS[ThreadWorker]) | HELD[ThreadWorker]
    assert of_worker <= known
    assert known - set(vars(Lanes)) <= of_worker
    of_line = used("conn", "oldest") - OWN
    assert of_line == set(METHODS[TConn]) | HELD[TConn]
    assert used("conn.parser.unreader") == HELD[Unreader]
    assert used("self.method_queue") == set(METHODS[PollableMethodQueue])


def test_each_of_them_is_still_there_and_takes_the_same() -> None:
    for kind, methods in METHODS.items():
        for name, parameters in methods.items():
            taken = list(inspect.signature(getattr(kind, name)).parameters)
            assert taken == ["self", *parameters], name
    for kind, names in HELD.items():
        assert names <= held(kind), kind


def test_the_worker_is_the_one_that_was_read() -> None:
    read = "".join(inspect.getsource(kind) for kind in (TConn, ThreadWorker))
    assert hashlib.sha256(read.encode()).hexdigest() == FINGERPRINT


@pytest.mark.parametrize("served", [server, demo_server])
def test_no_header_says_what_address_was_asked(served: Any) -> None:
    read = Config()
    read.set("forwarder_headers", served.forwarder_headers)
    assert read.forwarder_headers == []
