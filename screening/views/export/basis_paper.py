"""The basis of an evaluation as a PDF: what the sheet says, and then every answer."""

from __future__ import annotations

from collections import Counter
from datetime import datetime
from typing import Any

from django.conf import settings
from django.urls import reverse

from screening.views.export.paper import Paper, Run, bold, plain, small

Words = dict[str, Any]


def drawn(basis: Words, *, by: str, clinic: str, at: datetime) -> bytes:
    """Return the file; `basis` is what the sheet's template is given.

    Where letters could not be drawn, it is drawn anew and says so before all else.
    """
    title = f"Basis of the evaluation, case {basis['case']['reference']}"
    signed = f"{title}. Printed {basis['printed']} by {by}, {clinic}. Confidential."
    paper = _drawn(Paper(title, signed, at), title, basis)
    if paper.left_out:
        paper.close_fonts()
        notice = _left_out(paper.left_out, basis)
        paper = _drawn(Paper(title, signed, at), title, basis, notice)
    file = bytes(paper.output())
    paper.close_fonts()
    return file


def _drawn(paper: Paper, title: str, basis: Words, notice: str = "") -> Paper:
    paper.title_line(title)
    if notice:
        paper.say(bold("Not all is printed. "), plain(notice))
    write(paper, basis)
    return paper


def _left_out(counts: Counter[str], basis: Words) -> str:
    where = settings.ORIGIN + reverse("basis", args=[basis["case"]["key"]])
    return (
        f"This file cannot draw {', '.join(sorted(counts))} letters. Each place says "
        f"so in brackets. Read them at {where}, which shows and prints every letter."
    )


def write(paper: Paper, basis: Words) -> None:
    """Say in words what the sheet says, in its order; the answers come last."""
    _facts(paper, basis)
    _intended(paper, basis)
    _went_in(paper, basis)
    _known(paper, basis)
    _unknown(paper, basis)
    _changed(paper, basis)
    _decided(paper, basis)
    _limits(paper, basis)
    _sources(paper, basis)
    _answers(paper, basis)


def _facts(paper: Paper, basis: Words) -> None:
    case, protocol = basis["case"], basis["protocol"]
    who = ", ".join(filter(None, [case["name"] or "No name given", case["age"]]))
    helped = f". Answered by: {case['answered_by']}" if case["answered_by"] else ""
    sent = f"Sent {case['sent']}"
    if case["is_draft"]:
        sent = f"Not sent yet, last saved {case['saved']}"
    judged = f"Judged as of {basis['as_of']}" if basis["as_of"] else "Not judged yet"
    hashed = protocol.content_hash[:16]
    rules = f"{protocol.title}, version {protocol.version} ({hashed}). {judged}"
    paper.say(bold("Patient: "), plain(f"{who}{helped}"))
    paper.say(bold("Questionnaire: "), plain(sent))
    paper.say(bold("Rules: "), plain(f"{rules}, engine {basis['engine']}."))


def _intended(paper: Paper, basis: Words) -> None:
    use, users, patients = basis["intended"]
    paper.section("Intended use")
    paper.say(plain(use))
    paper.say(bold("For whom: "), plain(users))
    paper.say(bold("About whom: "), plain(patients))


def _went_in(paper: Paper, basis: Words) -> None:
    asked, counts = basis["asked"], basis["counts"]
    paper.section("What went in")
    paper.say(
        plain(
            f"The patient’s answers to {asked['questions']} questions. Not answered: "
            f"{asked['blank']}. Declined or not known: {asked['unknown']}. "
            f"{counts['checked']} safety rules were checked: {counts['met']} met, "
            f"{counts['unknown']} could not be judged, {counts['not_met']} not met, "
            f"{counts['not_asked']} not asked."
        )
    )
    for score in [*basis["instruments"], *basis["tallies"]]:
        paper.point(bold(f"{score['title']}: "), plain(_score(score)))
    for medicines in basis["medicines"]:
        paper.part(medicines["title"])
        for row in medicines["rows"]:
            paper.point(*_medicine(row))


def _score(score: Words) -> str:
    if not score["is_known"]:
        return f"cannot be scored. {score['answered']}."
    most = f" of {score['maximum']}" if score.get("maximum") else ""
    unit = f" {score['unit']}" if score.get("unit") else ""
    band = f", {score['band'].text}" if score.get("band") else ""
    return f"{score['text']}{most}{unit}{band}. {score['answered']}."


def _medicine(row: Words) -> list[Run]:
    read = {"known": f"read as {row['read']}", "near": f"could be {row['candidate']}"}
    unread = "" if row["state"] == "known" else "not recognised"
    said = ", ".join(filter(None, [unread, read.get(row["state"], "")]))
    details = "; ".join(f"{each['label']} {each['said']}" for each in row["details"])
    return [plain(f"“{row['typed']}”, "), bold(f"{said}. "), small(details)]


def _known(paper: Paper, basis: Words) -> None:
    paper.section("What is known")
    for sentence in basis["outcome"]:
        paper.say(bold(sentence))
    paper.part(f"Safety findings that are met: {len(basis['flags'])}")
    for flag in basis["flags"]:
        tier = f", tier {flag['tier']}" if flag["tier"] else ""
        _finding(paper, f"{flag['level']}{tier}. ", flag)
    for each in basis["indications"]:
        if each["word"] in ("met", "unknown"):
            paper.part(f"{each['title']}: {each['label']}")
            for criterion in each["criteria"]:
                _criterion(paper, criterion)
    if basis["rest"]:
        paper.say(small(f"Not met, or not asked: {', '.join(basis['rest'])}."))


def _criterion(paper: Paper, criterion: Words) -> None:
    if criterion["word"] not in ("met", "unknown", "set-aside"):
        return
    kind, label = criterion["kind"], criterion["label"].capitalize()
    said = "" if kind == "inclusion" else f"{kind.capitalize()}: "
    _finding(paper, f"{label}. {said}", criterion)


def _finding(paper: Paper, head: str, finding: Words) -> None:
    codes = [finding["code"], *(source.code for source in finding["sources"])]
    default = ["clinic’s default"] if finding["default"] else []
    cited = small(f" {', '.join(codes + default)}")
    paper.point(bold(head), plain(finding["statement"]), cited)
    for line in finding["voice"]:
        paper.beneath(*_voice(line))


def _voice(line: Words) -> list[Run]:
    if line["measure"]:
        return [plain(f"{line['question']}: "), bold(line["measure"])]
    said = _quoted(line["said"]) or "Not answered."
    return [small(f"{line['question']} "), plain(said)]


def _quoted(said: Any) -> str:
    return " ".join(f"“{each}”" for each in said)


def _unknown(paper: Paper, basis: Words) -> None:
    paper.section("What is unknown")
    gaps = [*basis["not_judged"], *basis["not_judged_look"]]
    none = "Every safety rule that was asked about could be judged."
    some = "A blank is not a “no”. These could not be judged:"
    paper.say(plain(some if gaps else none))
    for gap in gaps:
        paper.point(bold(f"{gap['level']}. "), plain("; ".join(gap["statements"])))
        for each in gap["because"]:
            said = f"“{each.said}” " if each.said else ""
            paper.beneath(small(f"{each.question} "), plain(f"{said}{each.why}"))
    for each in basis["settling"]:
        paper.part(f"{each['title']}: what would settle it")
        for question in each["questions"]:
            paper.point(plain(question))


def _changed(paper: Paper, basis: Words) -> None:
    paper.section("What contradicts itself, or was changed")
    for each in basis["withdrawn"]:
        first = _quoted(each["first"]) or "not answered"
        now = _quoted(each["now"]) or "no answer"
        changed = plain(f"First {first}, now {now}. Changed {each['at']}.")
        paper.point(small(f"{each['question']} "), changed)
    for problem in basis["problems"]:
        paper.point(plain(f"Could not be read: {problem}"))
    for each in basis["contradictions"]:
        _finding(paper, "", each)
    if not (basis["withdrawn"] or basis["problems"] or basis["contradictions"]):
        paper.say(plain("Nothing was found."))


def _decided(paper: Paper, basis: Words) -> None:
    if basis["disagreements"]:
        paper.section("Where a clinician disagrees")
    for each in basis["disagreements"]:
        told = f" disagrees with: {each['statement']} {each['why']} "
        paper.point(
            bold(each["by"]), plain(told), small(f"{each['code']}, {each['at']}")
        )
    paper.section("The decision")
    if not basis["reviews"]:
        paper.say(bold("Not signed by anybody yet."))
    for review in basis["reviews"]:
        corrects = " Corrects the one before." if review["corrects"] else ""
        signed = f": {review['reason']}.{corrects} Signed by {review['by']}, "
        paper.point(bold(review["decision"]), plain(f"{signed}{review['at']}."))
        if review["overrules"]:
            codes = ", ".join(review["overruled"])
            paper.beneath(plain(f"Calmer than {codes} asks: {review['overrules']}."))
        if review["note"]:
            paper.beneath(plain(review["note"]))


def _limits(paper: Paper, basis: Words) -> None:
    paper.section("Limits")
    for limit in basis["limits"]:
        paper.point(plain(limit))


def _sources(paper: Paper, basis: Words) -> None:
    paper.section("Sources")
    for source in basis["sources"]:
        quote = f" “{source.quote}”" if source.quote else ""
        paper.point(bold(f"{source.code} "), plain(f"{source.title}{quote}"))


def _answers(paper: Paper, basis: Words) -> None:
    paper.section("All answers")
    for page in basis["pages"]:
        paper.part(page["title"])
        for row in page["rows"]:
            absent = " Not known." if row["is_absent"] else ""
            said = f"{_quoted(row['said'])}{absent}"
            answer = bold("Not answered.") if row["is_blank"] else plain(said)
            paper.point(small(f"{row['question']} "), answer)
