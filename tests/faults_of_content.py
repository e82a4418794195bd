"""Mistakes in what a clinic must answer for: sources, wording, safety, numbers."""

from __future__ import annotations

from tests.breaking import (
    Fault,
    alone,
    criterion,
    drop,
    instrument,
    item,
    medicine,
    option,
    part,
    put,
    relock,
    reword,
    rule,
    score,
    source,
    swap,
)

FAULTS = [
    # Whose word it is.
    Fault("source", "trd-presence", drop(criterion, "trd-presence", "default")),
    Fault("source", "trd-presence", rule("trd-presence", ("phq9-total", ">=", 12))),
    Fault("source", "s-pregnant", drop(criterion, "s-pregnant", "sources")),
    Fault("source", "s-pregnant", put(criterion, "s-pregnant", sources=["S999"])),
    Fault("source", "md-name", put(item, "md-name", sources=["S999"])),
    Fault("source", "ad-trials-adequate", drop(score, "ad-trials-adequate", "default")),
    Fault("source", "ad-trials-adequate", put(score, "ad-trials-adequate", weeks=8)),
    Fault("source", "S26", drop(source, "S26", "quote")),
    Fault("licence", "phq9", put(instrument, "phq9", licence="by permission")),
    Fault("minimum-dose", "sertraline", drop(medicine, "sertraline", "minimum_mg")),
    Fault("modified", "phq9", reword("phq9", 8, text="Thoughts of hurting yourself")),
    Fault("modified", "phq9", lambda d: instrument(d, "phq9")["item"].reverse()),
    Fault(
        "modified",
        "gad7",
        lambda d: instrument(d, "gad7")["item"][0]["option"][3].update(score=4),
    ),
    Fault("modified", "asq", put(instrument, "asq", stem="Lately:")),
    Fault("modified", "phq9-1", put(item, "phq9-1", text="Little interest")),
    Fault("modified", "phq9-1", swap("phq9-a")),
    # What must never be missed.
    Fault(
        "unwired", "phq9-9", rule("u-phq9-item9", ("phq9-9", "=", "nearly-every-day"))
    ),
    Fault(
        "unwired", "safe-now", rule("u-unsure-safe", ("asq-5", "=", "asked-declined"))
    ),
    Fault(
        "unwired",
        "asq-3",
        lambda d: criterion(d, "u-asq-positive")["clauses"][0].pop(2),
    ),
    Fault("unwired", "call-me", put(criterion, "u-call-me", kind="caution")),
    Fault("tier", "u-not-safe", drop(criterion, "u-not-safe", "tier")),
    Fault("tier", "s-pregnant", drop(criterion, "s-pregnant", "calls_doctor")),
    Fault("tier", "s-pregnant", put(criterion, "s-pregnant", calls_doctor="always")),
    Fault(
        "kind", "trd-severity", put(criterion, "trd-severity", kind="urgent", tier="a")
    ),
    Fault("kind", "s-pregnant", put(criterion, "s-pregnant", kind="exclusion")),
    Fault("not-required", "pregnancy", drop(item, "pregnancy", "required")),
    Fault("not-required", "asq-5", drop(item, "asq-5", "required")),
    # Scores and numbers.
    Fault(
        "circular",
        "ocd-treatments-failed",
        part("ocd-treatments-failed", score="ocd-treatments-failed"),
    ),
    Fault(
        "circular",
        "crps-groups",
        part("crps-groups", clauses=alone("migraine-preventives-failed", ">=", 1)),
    ),
    Fault("parts", "function-worst", part("function-worst", item="phone")),
    Fault(
        "parts",
        "phq9-total",
        relock("phq9", 8, option=[{"code": "not-at-all", "text": "Not at all"}]),
    ),
    Fault("parts", "age-years", part("age-years", item="phone")),
    Fault("range", "phq9-total", lambda d: score(d, "phq9-total")["part"].pop()),
    Fault("range", "func-home", put(item, "func-home", minimum=11)),
    Fault("range", "func-home", put(item, "func-home", minimum=-1)),
    Fault("range", "mt-weeks", put(item, "mt-weeks", maximum=-1)),
    Fault("range", "medicines", put(item, "medicines", max_rows=2.5)),
    Fault("range", "diazepam", put(medicine, "diazepam", diazepam_10mg={"ashton": 0})),
    Fault("bands", "phq9-total", lambda d: score(d, "phq9-total")["band"].pop(1)),
    Fault(
        "bands",
        "gad7-total",
        lambda d: score(d, "gad7-total")["band"][0].update(high=5),
    ),
    Fault("rows", "md-daily-mg", put(item, "md-daily-mg", role="strength")),
    Fault("rows", "benzo-dze-mg", drop(item, "md-use", "role")),
    Fault("rows", "mt-stopped", option("mt-stopped", 2, code="unwell")),
    Fault("words", "therapist", put(item, "therapist", text=" ")),
    Fault("words", "s-pregnant", put(criterion, "s-pregnant", statement="")),
    Fault("words", "np-severity", rule("np-severity", ("peg-mean", ">=", 6))),
]
