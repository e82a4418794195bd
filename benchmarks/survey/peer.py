"""The peer at work: served like ours, with a database in the same kind of folder."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

from benchmarks import stage
from benchmarks.serving import TOKEN, Client, request, served

SETTINGS = "benchmarks.survey.settings"


@dataclass(frozen=True)
class Peer:
    client: Client
    path: str
    questions: Mapping[str, str]

    def submission(self, answers: Mapping[str, object]) -> bytes:
        fields = {self.questions[name]: answer for name, answer in answers.items()}
        return request(self.path, {"csrftoken": TOKEN}, fields)


@contextmanager
def opened() -> Iterator[Peer]:
    with stage.folder(on_disk=True) as place:
        os.environ["SURVEY_DATABASE"] = str(place / "survey.sqlite3")
        asked = subprocess.run(
            [sys.executable, "-m", "benchmarks.survey.ask"],
            env={**os.environ, "DJANGO_SETTINGS_MODULE": SETTINGS},
            check=True,
            capture_output=True,
            text=True,
        )
        with served("benchmarks.survey.wsgi", SETTINGS) as client:
            yield Peer(client, **json.loads(asked.stdout))
