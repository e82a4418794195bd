"""What is kept: the protocol's rows, what patients said, and what was done about it."""

from __future__ import annotations

from screening.models.audit import AuditEvent
from screening.models.criteria import Clause, Criterion, Indication
from screening.models.daily import Counted, DailyCount
from screening.models.desk import How, NoteDraft, PatientMessage
from screening.models.disagreements import Disagreement
from screening.models.drafts import (
    DraftChange,
    FlipReason,
    GoldenPatient,
    SignOff,
    SignOffKind,
)
from screening.models.evaluation import Evaluation
from screening.models.invitations import PatientInvitation, StaffInvitation
from screening.models.links import CaseLink
from screening.models.outbox import Heartbeat, Outbox
from screening.models.protocol import Protocol, ProtocolAltered, ProtocolStatus
from screening.models.questionnaire import AnswerOption, Instrument, Item, Page, Section
from screening.models.queue import ResponseStatus, Tier
from screening.models.queue_views import QueueView
from screening.models.references import Citation, Medicine, Source, Text
from screening.models.replays import ReplayFlip, ReplayRun
from screening.models.response import Response
from screening.models.review import IN_THE_NOTE, OVERRULING, REASONS, Decision, Review
from screening.models.safety import AlertEvent, AlertEventKind, SafetyAlert
from screening.models.scoring import Band, Score, ScorePart
from screening.models.staff import Role, Staff

__all__ = [
    "IN_THE_NOTE",
    "OVERRULING",
    "REASONS",
    "AlertEvent",
    "AlertEventKind",
    "AnswerOption",
    "AuditEvent",
    "Band",
    "CaseLink",
    "Citation",
    "Clause",
    "Counted",
    "Criterion",
    "DailyCount",
    "Decision",
    "Disagreement",
    "DraftChange",
    "Evaluation",
    "FlipReason",
    "GoldenPatient",
    "Heartbeat",
    "How",
    "Indication",
    "Instrument",
    "Item",
    "Medicine",
    "NoteDraft",
    "Outbox",
    "Page",
    "PatientInvitation",
    "PatientMessage",
    "Protocol",
    "ProtocolAltered",
    "ProtocolStatus",
    "QueueView",
    "ReplayFlip",
    "ReplayRun",
    "Response",
    "ResponseStatus",
    "Review",
    "Role",
    "SafetyAlert",
    "Score",
    "ScorePart",
    "Section",
    "SignOff",
    "SignOffKind",
    "Source",
    "Staff",
    "StaffInvitation",
    "Text",
    "Tier",
]
