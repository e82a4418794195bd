"""What waits is replayed beside the worker, once at a time."""

from __future__ import annotations

import signal
import sys

import pytest

from screening.models import Protocol, Role
from screening.services.protocol import background, drafting, replaying
from tests.records import a_member_of_staff

pytestmark = pytest.mark.django_db


def test_a_replay_that_waits_gets_one_process(
    protocol: Protocol, monkeypatch: pytest.MonkeyPatch
) -> None:
    still = [sys.executable, "-c", "import time; time.sleep(60)"]
    monkeypatch.setattr(background, "COMMAND", [sys.executable, "-c", "pass"])
    background.replay_if_asked()
    assert background._running == []
    draft = drafting.start(by=a_member_of_staff(Role.LEAD))
    run = replaying.ask(draft, by=None)
    background.replay_if_asked()
    (process,) = background._running
    assert process.wait(timeout=20) == 0
    monkeypatch.setattr(background, "COMMAND", still)
    background.replay_if_asked()
    (process,) = background._running
    background.replay_if_asked()
    assert background._running == [process]
    process.kill()
    process.wait()
    replaying.cancel(run)
    background.replay_if_asked()
    assert background._running == []


def test_it_hears_the_signals_that_the_worker_holds_back() -> None:
    mask = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGTERM})
    try:
        background._hear_signals()
        assert signal.SIGTERM not in signal.pthread_sigmask(signal.SIG_BLOCK, ())
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, mask)
