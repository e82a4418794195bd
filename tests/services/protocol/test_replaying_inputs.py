"""What is stored suffices: the same inputs give the same flags, for everybody."""

from __future__ import annotations

import pytest

from screening.engine.evaluation import conclude
from screening.engine.journey import Journey
from screening.models import Evaluation, Protocol
from screening.services import evaluating
from screening.services.demo import demonstrating

pytestmark = pytest.mark.django_db


def test_every_demo_response_gives_its_flags_again(protocol: Protocol) -> None:
    demonstrating.seed(60)
    evaluations = Evaluation.objects.select_related("response", "protocol")
    assert evaluations.count() > 40
    for evaluation in evaluations:
        response = evaluation.response
        rules = evaluation.protocol.engine
        again = conclude(Journey(rules, response.answers, evaluation.as_of))
        assert evaluating.stored(again) == evaluation.result, response
        assert evaluating.summarise(again) == response.summary, response
