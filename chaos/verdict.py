"""What is wrong with the database, held against what the server had said it did."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from django.contrib.sessions.models import Session

from chaos import patients
from chaos.ledger import Ledger
from screening.models import AuditEvent, Evaluation, Outbox, Response, SafetyAlert
from screening.services import auditing
from screening.views.access import DRAFT

SENT_NOTICE = "response.submitted"


class Findings:
    """Everything is read once, and then compared."""

    def __init__(self, ledger: Ledger) -> None:
        self.ledger = ledger
        self.responses = {str(r.pk): r for r in Response.objects.all()}
        self.answers = {key: r.answers for key, r in self.responses.items()}
        self.events = Counter(_events())
        self.evaluations = _counted(Evaluation.objects)
        self.notices = _counted(Outbox.objects.filter(kind=SENT_NOTICE))
        self.place = dict(self._places())

    def _places(self) -> Iterator[tuple[str, str]]:
        """Find each patient's response: by its key, or while unsent by the session."""
        by_key = {str(r.send_key): key for key, r in self.responses.items()}
        sessions = Session.objects.in_bulk(list(self.ledger.begun.values()))
        for name, cookie in self.ledger.begun.items():
            place = by_key.get(self.ledger.keys.get(name, ""), "")
            if not place and cookie in sessions:
                place = sessions[cookie].get_decoded().get(DRAFT, "")
            if place in self.responses:
                yield name, place

    def lost(self) -> list[str]:
        """Name what was acknowledged and is not there."""
        found = [f"{n}: begun" for n in self.ledger.begun if n not in self.place]
        for (name, slug), times in self.ledger.saved.items():
            if not self._is_saved(name, slug, times):
                found.append(f"{name}: {slug}")
        sent = {name for name, key in self.place.items() if self._is_sent(key)}
        return found + [f"{name}: sent" for name in self.ledger.sent - sent]

    def _is_saved(self, name: str, slug: str, times: int) -> bool:
        key = self.place.get(name, "")
        said = patients.said_on(slug, self.ledger.answers[name]).items()
        held = self.answers.get(key, {})
        recorded = self.events["response.saved", key, slug]
        return recorded >= times and all(held.get(k) == v for k, v in said)

    def _is_sent(self, key: str) -> bool:
        return self.responses[key].submitted_at is not None

    def duplicated(self) -> list[str]:
        """Name what is there more than once, though it happened once."""
        sent = Counter(
            self.answers[key].get("full-name", "")
            for key in self.responses
            if self._is_sent(key)
        )
        found = [f"{name}: {n} sent" for name, n in sent.items() if n > 1]
        for key in self.responses:
            counts = {
                "notices": self.notices[key],
                "evaluations": self.evaluations[key],
                "events": self.events["response.submitted", key, ""],
            }
            found += [f"{key}: {n} {what}" for what, n in counts.items() if n > 1]
        return found + self._rows_twice()

    def _rows_twice(self) -> list[str]:
        return [
            f"{name}: {link_id}"
            for name, key in self.place.items()
            for link_id, rows in self.answers[key].items()
            if isinstance(rows, list)
            if len(rows) > len(self.ledger.answers[name].get(link_id, rows))
        ]

    def missing(self) -> list[str]:
        """Name what belongs together and is not together: the half of a transaction."""
        found = []
        for key, response in self.responses.items():
            sent = int(response.submitted_at is not None)
            sendings = self.events["response.submitted", key, ""]
            wanted = {
                "notice": min(self.notices[key], 1) == sent,
                "evaluation": min(self.evaluations[key], 1) == sent,
                "event of sending": min(sendings, 1) == sent,
                "event of beginning": self.events["response.started", key, ""] == 1,
                "event of a save": self._writes(key) == response.version,
            }
            found += [f"{key}: {what}" for what, there in wanted.items() if not there]
        return found + _alerts_nobody_hears_of()

    def _writes(self, key: str) -> int:
        """Each write raises the version by one, and each is on record."""
        return sum(
            times
            for (action, subject, _), times in self.events.items()
            if subject == key and action in ("response.saved", "response.submitted")
        )


def weigh(ledger: Ledger) -> dict[str, Any]:
    """Return what is wrong by kind, at most a few of each by name."""
    findings = Findings(ledger)
    return {
        "lost": findings.lost(),
        "duplicated": findings.duplicated(),
        "missing": findings.missing(),
        "broken": auditing.verify(),
        "acknowledged": len(ledger.begun) + ledger.saved.total() + len(ledger.sent),
        "sent": len(ledger.sent),
        "cut": ledger.cut,
        "strange": [f"{what} x{n}" for what, n in ledger.strange.items()],
    }


def _events() -> Iterator[tuple[str, str, str]]:
    rows = AuditEvent.objects.values_list("action", "object_id", "meta")
    for action, key, meta in rows.iterator():
        yield action, key, meta.get("page", "")


def _counted(rows: Any) -> Counter[str]:
    return Counter(map(str, rows.values_list("response_id", flat=True)))


def _alerts_nobody_hears_of() -> list[str]:
    silent = SafetyAlert.objects.filter(messages=None).exclude(tier="a")
    return [f"alert {alert.pk}: notice" for alert in silent]
