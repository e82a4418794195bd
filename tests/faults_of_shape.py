"""Mistakes in what stands where: names, types, order, rules that decide nothing."""

from __future__ import annotations

from tests.breaking import (
    Fault,
    Table,
    clause,
    criterion,
    drop,
    gate,
    indication,
    instrument,
    item,
    medicine,
    option,
    page,
    part,
    put,
    rule,
    score,
    section,
)


def _merged(table: Table) -> None:
    """Put asq-5 on the page of the questions that open it."""
    page(table, "safe-a")["item"].append(item(table, "asq-5"))
    held = page(table, "safe-b")["item"]
    held[:] = [each for each in held if each["link_id"] != "asq-5"]


FAULTS = [
    # A name that stands for nothing, or for two things.
    Fault("dangling", "trd-presence", rule("trd-presence", ("phq9-sum", ">=", 10))),
    Fault("dangling", "help-other", gate("help-other", ("help-wanted", "=", "other"))),
    Fault("dangling", "m-opioid", rule("m-opioid", ("medicines.class", "=", "opiate"))),
    Fault("dangling", "m-opioid", rule("m-opioid", ("drugs.class", "=", "opioid"))),
    Fault("dangling", "peg-mean", part("peg-mean", item="peg-4")),
    Fault(
        "dangling", "ocd-treatments-failed", part("ocd-treatments-failed", score="x")
    ),
    Fault("dangling", "benzo-dze-mg", put(score, "benzo-dze-mg", group="drugs")),
    Fault("dangling", "benzo-dze-mg", put(score, "benzo-dze-mg", complete="phone")),
    Fault("dangling", "benzo-dze-mg", put(score, "benzo-dze-mg", table="bnf")),
    Fault(
        "dangling",
        "ad-trials-adequate",
        put(score, "ad-trials-adequate", classes=["ssri"]),
    ),
    Fault(
        "dangling",
        "ad-trials-adequate",
        put(score, "ad-trials-adequate", benefits=["nil"]),
    ),
    Fault("dangling", "medicines", put(item, "medicines", carried_from="mood-meds")),
    Fault("unreadable", "protocol", put(item, "phq9-9", link_id="phq9-10")),
    Fault("unreadable", "protocol", put(criterion, "s-pregnant", severity="high")),
    Fault("unreadable", "protocol", drop(criterion, "s-pregnant", "statement")),
    Fault("twice", "peg-1", put(item, "peg-2", link_id="peg-1")),
    Fault("twice", "md-name", put(item, "md-use", link_id="md-name")),
    Fault("twice", "safe-a", put(page, "safe-b", slug="safe-a")),
    Fault(
        "twice",
        "Thoughts of suicide",
        put(page, "safe-b", title="Thoughts of suicide"),
    ),
    Fault("twice", "s-pregnant", put(criterion, "s-under-18", code="s-pregnant")),
    Fault("twice", "therapist", option("therapist", 1, code="yes")),
    Fault("twice", "phq9", lambda d: d["instruments"].append(instrument(d, "phq9"))),
    Fault("twice", "ocd", put(indication, "ptsd", code="ocd")),
    Fault("twice", "sertraline", put(medicine, "sertraline", brands=["Prozac"])),
    Fault("name", "help now", put(page, "help-with", slug="help now")),
    Fault("name", "therapist", option("therapist", 0, code="asked-declined")),
    # What can never fit.
    Fault("type", "p-no-escort", rule("p-no-escort", ("escort", "=", "no-one"))),
    Fault("type", "trd-presence", rule("trd-presence", ("phq9-total", ">=", "ten"))),
    Fault(
        "type", "trd-presence", rule("trd-presence", ("mood-dx", ">=", "depression"))
    ),
    Fault(
        "type",
        "m-list-incomplete",
        rule("m-list-incomplete", ("medicines-complete", "=", "no")),
    ),
    Fault(
        "type", "p-no-escort", rule("p-no-escort", ("escort", "=", "asked-declined"))
    ),
    Fault("type", "m-opioid", rule("m-opioid", ("medicines.class", ">", "opioid"))),
    Fault("type", "m-opioid", rule("m-opioid", ("phone.class", "=", "opioid"))),
    Fault("type", "phone", put(item, "phone", type="telephone")),
    Fault("type", "peg-mean", put(score, "peg-mean", kind="median")),
    Fault("operator", "trd-presence", rule("trd-presence", ("phq9-total", "=>", 10))),
    # What is asked too early, or never.
    Fault("later-page", "help-other", gate("help-other", ("therapist", "=", "yes"))),
    Fault("later-page", "asq-5", _merged),
    Fault("later-page", "safe-now", gate("safe-now", ("phq9-total", ">=", 3))),
    Fault("never-asked", "heart-recent", gate("heart-recent", ("drug-use", ">=", 366))),
    Fault(
        "never-asked",
        "ppd-onset",
        gate(
            "ppd-onset", ("pregnancy", "=", "birth-12m"), ("sex-at-birth", "=", "male")
        ),
    ),
    Fault("never-asked", "therapist", put(item, "therapist", hidden=True)),
    Fault("never-asked", "safe-b", put(page, "safe-b", item=[])),
    Fault("never-asked", "safe", put(section, "safe", page=[])),
    # What decides nothing.
    Fault("never-met", "trd-presence", rule("trd-presence", ("phq9-total", ">=", 28))),
    Fault(
        "never-met",
        "c-over-65",
        rule("c-over-65", ("age-years", ">", 65), ("age-years", "<", 65)),
    ),
    Fault(
        "never-met",
        "ppd-birth",
        rule("ppd-birth", ("ppd-onset", "=", "before"), ("sex-at-birth", "=", "male")),
    ),
    Fault(
        "never-met",
        "trd-severity",
        lambda d: criterion(d, "trd-severity")["clauses"][0].append(
            clause("function-worst", ">", 70)
        ),
    ),
    Fault(
        "always-met",
        "bp-depressed-now",
        rule("bp-depressed-now", ("age-years", ">=", 0)),
    ),
    Fault(
        "always-met",
        "bp-depressed-now",
        rule("bp-depressed-now", ("phq9-total", ">=", 0)),
    ),
    Fault(
        "always-met",
        "trd-severity",
        lambda d: criterion(d, "trd-severity")["clauses"][0].append(
            clause("quality-of-life", "<=", 10)
        ),
    ),
    Fault(
        "always-met",
        "x-mild",
        lambda d: criterion(d, "x-mild")["clauses"].append(
            [clause("peg-mean", "<=", 10)]
        ),
    ),
    Fault(
        "repeats",
        "bp-failure",
        lambda d: criterion(d, "bp-failure").update(
            clauses=criterion(d, "bp-diagnosed")["clauses"]
        ),
    ),
    Fault(
        "contradicts",
        "bp-diagnosed",
        rule("bp-depressed-now", ("mood-dx", "!=", "bipolar")),
    ),
    Fault(
        "contradicts", "trd-not-bipolar", rule("x-mild", ("mood-dx", "!=", "bipolar"))
    ),
    Fault("nothing-is-enough", "s-pregnant", rule("s-pregnant")),
    Fault(
        "nothing-is-enough",
        "s-pregnant",
        lambda d: criterion(d, "s-pregnant")["clauses"].append([]),
    ),
    Fault(
        "nothing-is-enough",
        "ptsd",
        lambda d: indication(d, "ptsd").update(criterion=[]),
    ),
    Fault(
        "nothing-is-enough", "ad-intolerances", put(score, "ad-intolerances", weeks=0)
    ),
]
