"""Six identities: nobody, a patient half way, and each role of the staff."""

from __future__ import annotations

import random
from typing import Any

from django.db import transaction
from django.test import Client

from screening.models import Protocol, Response, Role, SafetyAlert, Staff
from screening.views.access import DRAFT
from tests import patients
from tests.golden import protocol as rules

FULL = "p42-back-fibromyalgia-and-depression"
ALARMING = "p45-thoughts-of-suicide-now"


class Cast:
    """Whoever asks, and what there is to ask for; both are renewed as they wear out."""

    def __init__(self, number: int) -> None:
        self.number, self.made = number, 0
        self.protocol = Protocol.objects.current()
        self.clients: dict[str, Client] = {}
        self.known: dict[str, list[str]] = {}
        self.renew()

    def renew(self) -> None:
        """Sign everybody in again, with a new draft: a fuzzed session may be gone."""
        self.made += 1
        with transaction.atomic():
            sent, draft = self._sent(), self._draft()
            self.clients = {"nobody": _client(), "patient": _with(draft)}
            for role in Role:
                self.clients[role.value] = self._signed_in(role)
        self.known = self._known(sent, draft)

    def somebody(self, route: str, chance: random.Random) -> tuple[str, Client]:
        """Pick any of the six, but half of the time one who gets further in."""
        fitting = "lead" if route.startswith("staff/") else "patient"
        if route.startswith("staff/admin/"):
            fitting = "administrator"
        who = fitting if chance.random() < 0.5 else chance.choice(list(self.clients))
        return who, self.clients[who]

    def _draft(self) -> Response:
        return patients.draft(self.protocol, **_underscored(patients.answers_of(FULL)))

    def _sent(self) -> Response:
        return patients.sent(self.protocol, ALARMING)

    def _signed_in(self, role: Role) -> Client:
        name = f"{role.value}-{self.number}"
        person = Staff.objects.filter(username=name).first()
        person = person or patients.person(role, name)
        client = _client()
        client.force_login(person)
        return client

    def _known(self, sent: Response, draft: Response) -> dict[str, list[str]]:
        alerts = SafetyAlert.objects.filter(response=sent)
        keys = [str(sent.pk), str(draft.pk), *(str(alert.pk) for alert in alerts)]
        slugs = [page.slug for page in rules().pages]
        admin = ["screening", "response", "auditevent", "1", str(sent.pk)]
        return {"uuid": keys, "slug": slugs, "str": keys + slugs, "path": admin}


def _client() -> Client:
    return Client(raise_request_exception=False, SERVER_NAME="localhost")


def _with(draft: Response) -> Client:
    client = _client()
    session = client.session
    session[DRAFT] = str(draft.pk)
    session.save()
    return client


def _underscored(answers: dict[str, Any]) -> dict[str, Any]:
    return {name.replace("-", "_"): value for name, value in answers.items()}
