"""A mail server of our own: it accepts, refuses, hangs, or drops the line."""

from __future__ import annotations

import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes
from email.message import Message
from itertools import cycle
from typing import cast

ACCEPT, REFUSE, HANG, DROP = "accept", "refuse", "hang", "drop"
# Another of the three at each call.
FICKLE = "fickle"


class Sink(socketserver.ThreadingTCPServer):
    """What it was given is in `mails`, also where it never said that it took it."""

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self, mood: str) -> None:
        super().__init__(("127.0.0.1", 0), _Talk)
        self.mood = mood
        self.mails: list[Message] = []
        self.recipients: list[str] = []
        self.turns = cycle((REFUSE, HANG, DROP))
        self.called = threading.Event()
        self.closing = threading.Event()

    def handle_error(self, *_: object) -> None:
        """A client that was killed in mid-sentence is no fault of the server."""

    @property
    def port(self) -> int:
        return int(self.server_address[1])


class _Talk(socketserver.StreamRequestHandler):
    """Just enough of the protocol for one client that knows its manners."""

    def handle(self) -> None:
        sink = cast(Sink, self.server)
        sink.called.set()
        mood = next(sink.turns) if sink.mood == FICKLE else sink.mood
        if mood == HANG:
            sink.closing.wait()
            return
        self.say("220 sink")
        while line := self.rfile.readline().decode():
            verb = line[:4].upper().strip()
            if verb == "RCPT" and mood == REFUSE:
                self.say("550 nobody of that name")
            elif verb == "DATA":
                self.say("354 go on")
                sink.mails.append(message_from_bytes(self.read_mail()))
                if mood == DROP:
                    return
                self.say("250 taken")
            elif verb == "QUIT":
                self.say("221 goodbye")
                return
            else:
                if verb == "RCPT":
                    sink.recipients.append(line.partition("<")[2].partition(">")[0])
                self.say("250 ok")

    def say(self, line: str) -> None:
        self.wfile.write(f"{line}\r\n".encode())

    def read_mail(self) -> bytes:
        lines = iter(self.rfile.readline, b".\r\n")
        return b"".join(lines)


@contextmanager
def smtp_sink(mood: str = ACCEPT) -> Iterator[Sink]:
    with Sink(mood) as sink:
        thread = threading.Thread(target=sink.serve_forever, args=(0.05,), daemon=True)
        thread.start()
        try:
            yield sink
        finally:
            sink.closing.set()
            sink.shutdown()
            thread.join()
