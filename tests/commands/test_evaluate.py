"""`manage.py evaluate`: answers in, everything that follows from them out."""

from __future__ import annotations

import io
import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from screening.models import Protocol, ProtocolStatus
from tests.golden import VIGNETTES, vignette
from tests.small_protocol import small_document

PATIENTS = (
    "p01-two-antidepressants-failed",
    "p04-second-dose-not-known",
    "p45-thoughts-of-suicide-now",
    "p54-clonazepam-and-lamotrigine",
)
pytestmark = pytest.mark.django_db


def run(path: Path, *arguments: str) -> dict[str, Any]:
    out = io.StringIO()
    call_command("evaluate", str(path), *arguments, stdout=out)
    found: dict[str, Any] = json.loads(out.getvalue())
    return found


def written(folder: Path, content: object) -> Path:
    path = folder / "answers.json"
    raw = content if isinstance(content, bytes) else json.dumps(content).encode()
    path.write_bytes(raw)
    return path


@pytest.fixture
def golden(protocol: Protocol, tmp_path: Path) -> dict[str, Any]:
    """What the command says of somebody who thinks of suicide now."""
    patient = vignette(VIGNETTES / "p45-thoughts-of-suicide-now.toml")
    return run(written(tmp_path, patient.answers), "--as-of", "2026-11-23")


@pytest.mark.parametrize("slug", PATIENTS)
def test_a_golden_patient_comes_out_as_a_clinician_expects(
    protocol: Protocol, tmp_path: Path, slug: str
) -> None:
    patient = vignette(VIGNETTES / f"{slug}.toml")
    found = run(written(tmp_path, patient.answers), "--as-of", str(patient.as_of))
    truths = {code: each["truth"] for code, each in found["indications"].items()}
    assert found["outcome"] == patient.expected.outcome
    assert found["priority"] == patient.expected.priority
    assert {code for code in truths if truths[code] == "true"} == patient.expected.met
    assert set(found["missing"]) == patient.expected.unknown


def test_it_prints_these_keys_and_no_others(golden: dict[str, Any]) -> None:
    evidence = {"question", "rule", "said", "finding"}
    alert = {"code", "kind", "tier", "finding", "statement", "source", "evidence"}
    criteria = golden["indications"]["ptsd"]["criteria"].values()
    assert list(golden) == [
        *("outcome", "priority", "indications", "alerts"),
        *("scores", "missing", "problems", "protocol"),
    ]
    assert set(golden["indications"]["ptsd"]) == {"truth", "criteria"}
    assert all(set(c) == {"finding", "evidence", "source"} for c in criteria)
    assert all(set(a) == alert for a in golden["alerts"])
    assert all(set(e) == evidence for a in golden["alerts"] for e in a["evidence"])
    assert set(golden["scores"]["phq9-total"]) == {
        *("low", "high", "value", "band", "answered", "of")
    }
    assert set(golden["protocol"]) == {"url", "version"}


def test_an_alert_says_what_was_asked_and_what_was_said(golden: dict[str, Any]) -> None:
    alerts = {alert["code"]: alert for alert in golden["alerts"]}
    now = alerts["u-asq-now"]
    assert (now["kind"], now["tier"], now["finding"]) == ("urgent", "c", "met")
    assert now["evidence"][0]["question"] == "asq-5"
    assert now["evidence"][0]["said"] == ["Yes"]
    assert now["source"]


def test_every_safety_criterion_is_listed_whatever_its_finding(
    golden: dict[str, Any], protocol: Protocol
) -> None:
    codes = [alert["code"] for alert in golden["alerts"]]
    kinds = {alert["kind"] for alert in golden["alerts"]}
    findings = {alert["finding"] for alert in golden["alerts"]}
    assert {criterion.code for criterion in protocol.engine.safety} <= set(codes)
    assert len(codes) == len(set(codes))
    assert {"urgent", "stop", "caution", "postpone", "note"} == kinds
    assert {"met", "not-met"} <= findings


def test_an_unbounded_score_has_no_highest_value(
    protocol: Protocol, tmp_path: Path
) -> None:
    scores = run(written(tmp_path, {}))["scores"]
    assert scores["benzo-dze-mg"]["high"] is None
    assert scores["phq9-total"]["value"] is None


def test_it_reads_standard_input(
    protocol: Protocol, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b'{"asq-1": "yes"}')))
    assert run(Path("-"))["priority"] == "today"


def test_ages_are_counted_on_the_day_that_is_named(
    protocol: Protocol, tmp_path: Path
) -> None:
    path = written(tmp_path, {"birth-date": "2010-11-23"})

    def age(day: str) -> Any:
        return run(path, "--as-of", day)["scores"]["age-years"]["value"]

    assert (age("2026-11-22"), age("2026-11-23")) == (15, 16)


def test_today_is_the_clinics_today(protocol: Protocol, tmp_path: Path) -> None:
    path = written(tmp_path, {"birth-date": date.today().isoformat()})
    assert run(path)["scores"]["age-years"]["value"] in (-1, 0)


def test_a_retired_version_still_judges(protocol: Protocol, tmp_path: Path) -> None:
    Protocol.objects.update(status=ProtocolStatus.RETIRED)
    path = written(tmp_path, {})
    found = run(path, "--version", protocol.version)
    assert found["protocol"]["version"] == protocol.version
    with pytest.raises(CommandError, match="No protocol is published"):
        run(path)
    with pytest.raises(CommandError, match="No version 99 is published"):
        run(path, "--version", "99")


def test_an_altered_protocol_judges_nobody(db: None, tmp_path: Path) -> None:
    draft = Protocol.objects.create(url="urn:example:bent", version="7", title="Bent")
    draft.write(small_document())
    draft.status, draft.content_hash = ProtocolStatus.RETIRED, "0" * 64
    draft.published_at = "2026-01-01T00:00:00Z"
    draft.save()
    with pytest.raises(CommandError, match="does not say what was published"):
        run(written(tmp_path, {}), "--version", "7")


def test_each_unknown_question_and_each_ill_typed_answer_is_named(
    protocol: Protocol, tmp_path: Path
) -> None:
    wrong = {
        "phq9-1": "often",
        "func-home": 11,
        "drug-use": 1.5,
        "medicines-complete": "yes",
        "birth-date": "1984-13-01",
        "medicines": [{"md-nam": "sertraline"}],
        "no-such": True,
    }
    with pytest.raises(CommandError) as refusal:
        run(written(tmp_path, wrong))
    lines = str(refusal.value).splitlines()
    assert {line.split(":")[0] for line in lines} == set(wrong)
    assert len(lines) == len(wrong)
    assert "no-such: no such question" in lines


def test_an_unknown_name_reaches_the_terminal_harmless(
    protocol: Protocol, tmp_path: Path
) -> None:
    with pytest.raises(CommandError) as refusal:
        run(written(tmp_path, {"\x1b[2J" + "x" * 200: True}))
    assert "\x1b" not in str(refusal.value)
    assert len(str(refusal.value)) < 130


def test_a_file_that_cannot_be_read_is_an_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # A refusal is cut short, and the folder's own path may be long.
    monkeypatch.chdir(tmp_path)
    Path("folder").mkdir()
    for path in (Path("folder"), Path("nowhere.json")):
        with pytest.raises(CommandError, match=path.name):
            run(path)


def test_a_day_that_is_none_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="not a date"):
        run(written(tmp_path, {}), "--as-of", "yesterday")


def test_what_is_not_an_object_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="not an object"):
        run(written(tmp_path, [1]))
