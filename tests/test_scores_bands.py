"""The bands of every score, from both ends, as the protocol states them."""

from __future__ import annotations

from collections.abc import Iterator

from screening.engine.explanation import ScoreReport, report_scores
from screening.engine.protocol import Band, Score
from tests.golden import Answers, protocol
from tests.worked_answers import BOTH, judge

ASKED = {"help-with": ["mood", "pain"]}


def _bands() -> Iterator[tuple[Score, Band]]:
    for score in protocol().score_list:
        for band in score.bands:
            yield score, band


def _answers(score: Score, total: float) -> Answers:
    """Reach a total with the highest options of the first items."""
    answers: Answers = {}
    for part in score.parts:
        codes = {
            option.score: option.code for option in protocol().item[part.item].options
        }
        points = max(each for each in codes if each is not None and each <= total)
        answers[part.item] = codes[points]
        total -= points
    return answers


def _report(score: Score, total: float) -> ScoreReport:
    answers = ASKED | _answers(score, total)
    return report_scores(judge(BOTH, answers))[score.code]


def test_a_score_shows_its_band_from_the_lowest_value_to_the_highest() -> None:
    for score, band in _bands():
        for value in (band.low, band.high):
            report = _report(score, value)
            if report.asked:
                assert (report.value, report.band) == (value, band.text), score.code


def test_a_score_below_its_opening_items_is_not_asked_and_has_no_band() -> None:
    assert not _report(protocol().score["gad7-total"], 2).asked
    assert _report(protocol().score["gad7-total"], 2).band == ""
    assert _report(protocol().score["gad7-total"], 3).band


def test_the_bands_of_a_score_cover_its_range_without_a_gap() -> None:
    for score in {score.code: score for score, _ in _bands()}.values():
        lows = [band.low for band in score.bands]
        highs = [band.high for band in score.bands]
        assert (lows[0], highs[-1]) == (score.minimum, score.maximum), score.code
        assert [high + 1 for high in highs[:-1]] == lows[1:], score.code


def test_the_instruments_with_published_bands_have_them() -> None:
    assert {score.code for score, _ in _bands()} >= {"phq9-total", "gad7-total"}
