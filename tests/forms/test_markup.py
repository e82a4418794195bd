"""What a page is made of: names for every group, and links that lead somewhere."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.template.loader import render_to_string

from screening.engine.document import build, read_directory
from screening.engine.protocol import Page
from screening.forms.page import PageForm
from tests.forms.asking import FEW, Tags, asked, choice, drawn, item, page, post, said
from tests.forms.test_rows import FIELDS, ZOLOFT

PROTOCOL = build(
    read_directory(Path(settings.BASE_DIR) / "screening" / "protocols" / "ketamine")
)
PAGES = [p for p in PROTOCOL.pages if any(not i.hidden for i in p.items)]
FOCUSABLE = ("input", "textarea", "button", "a", "select")
STYLES = Path(settings.BASE_DIR) / "screening" / "static" / "screening"


def every_form(one: Page) -> list[PageForm]:
    """Return the page empty, and as it comes back with everything missing or odd."""
    odd = post(**{f.link_id: "\x00?" for f in one.items})
    return [
        PageForm(one, open_items=one.items, data=data) for data in (None, post(), odd)
    ]


@pytest.fixture(params=PAGES, ids=lambda p: p.slug)
def forms(request: pytest.FixtureRequest) -> list[PageForm]:
    return every_form(request.param)


def test_every_summary_link_lands_on_something_focusable(forms: list[PageForm]) -> None:
    for form in forms:
        tags = Tags(drawn(form))
        for problem in form.problems:
            kinds = [t for t, attrs in tags.found if attrs.get("id") == problem.target]
            assert len(kinds) == 1 and kinds[0] in FOCUSABLE, problem


def test_every_error_is_in_the_summary_in_the_same_words(forms: list[PageForm]) -> None:
    for form in forms:
        html = drawn(form)
        for problem in form.problems:
            words = problem.message.replace("'", "&#x27;")
            assert html.count(words) >= 2


def test_every_aria_reference_resolves(forms: list[PageForm]) -> None:
    for form in forms:
        tags = Tags(drawn(form))
        ids = tags.ids()
        assert len(ids) == len(set(ids))
        for _, attrs in tags.found:
            for name in ("aria-describedby", "aria-labelledby", "for"):
                missing = set((attrs.get(name) or "").split()) - set(ids)
                assert not missing, (name, missing)


def test_every_group_begins_with_its_legend(forms: list[PageForm]) -> None:
    for form in forms:
        tags = Tags(drawn(form))
        groups = [i for i, (tag, _) in enumerate(tags.found) if tag == "fieldset"]
        assert [tags.first_inside[i] for i in groups] == ["legend"] * len(groups)


def test_every_control_has_a_name_people_can_read(forms: list[PageForm]) -> None:
    for form in forms:
        tags = Tags(drawn(form))
        labelled = {attrs.get("for") for attrs in tags.all("label")}
        for tag, attrs in tags.found:
            shown = tag in ("input", "textarea") and attrs.get("type") != "hidden"
            if shown:
                assert attrs.get("id") in labelled or "aria-labelledby" in attrs


def test_every_page_has_one_heading_and_says_continue(forms: list[PageForm]) -> None:
    for form in forms:
        html = drawn(form)
        assert html.count("<h1") == 1 and ">Next<" not in html
        assert ">Continue</button>" in html


def test_the_page_says_error_first_in_its_title(forms: list[PageForm]) -> None:
    for form in forms:
        title = re.findall("<title>(.*)</title>", drawn(form))[0]
        assert title.startswith("Error: ") == bool(form.errors)


def test_nothing_is_required_by_the_browser_or_styled_inline(
    forms: list[PageForm],
) -> None:
    for form in forms:
        tags = Tags(drawn(form))
        attributes = {name for _, attrs in tags.found for name in attrs}
        assert not attributes & {"required", "style", "onclick", "placeholder"}
        assert all("novalidate" in f for f in tags.all("form"))
        assert not tags.all("style") and all("src" in s for s in tags.all("script"))


def test_no_page_is_heavier_than_25_kilobytes(forms: list[PageForm]) -> None:
    assert max(len(drawn(form).encode()) for form in forms) < 25_000


def test_the_question_is_the_heading_where_it_is_alone() -> None:
    assert "<h1>About q?</h1></legend>" in drawn(said(choice())).replace("\n", "")
    tags = Tags(drawn(asked(item("text"))))
    assert tags.all("label", **{"for": "id_q"}) and "<h1>" in drawn(asked(item("text")))


def test_the_first_control_carries_the_id_of_the_question() -> None:
    for kind in ("boolean", "text", "integer", "decimal", "date", "lookup"):
        tags = Tags(drawn(asked(item(kind))))
        assert len(tags.all("input", id="id_q") + tags.all("textarea", id="id_q")) == 1


def test_the_summary_comes_before_the_heading_and_takes_the_focus() -> None:
    html = drawn(said(choice()))
    box = Tags(html).all("div", role="alert")[0]
    assert box["tabindex"] == "-1" and "autofocus" in box
    assert html.index("There is a problem") < html.index("<h1")


def test_what_is_optional_says_so_once() -> None:
    one = item("text", required=False)
    assert drawn(asked(one)).count("(optional)") == 1


def test_hint_and_error_come_before_the_controls() -> None:
    html = drawn(said(choice(help="A hint.")))
    order = [html.index(part) for part in ("id_q_helptext", "id_q_error", 'id="id_q"')]
    assert order == sorted(order)


def test_declining_stands_apart_from_the_options() -> None:
    html = drawn(asked(choice(can_decline=True)))
    options, others = html.split('<p class="or">or</p>')
    assert "I would rather not say" in others and "Low mood" in options


def test_items_of_one_instrument_are_one_scale_with_its_heads() -> None:
    lines = [choice(f"s-{n}", options=FEW, instrument="scale") for n in (1, 2)]
    form = asked(*lines, choice("s-3", instrument="scale"))
    tags = Tags(drawn(form))
    assert len(tags.all("div", **{"class": "scale"})) == 1
    assert len(tags.all("div", **{"class": "heads", "aria-hidden": "true"})) == 1
    assert len(tags.all("fieldset")) == 3


def test_a_list_so_far_is_drawn_with_every_reference_in_place() -> None:
    group = item("group", "tried", fields=FIELDS, max_rows=3)
    form = asked(group, rows=[ZOLOFT], data=post(row_name="x", row_count="1"))
    tags = Tags(drawn(form))
    assert len(tags.ids()) == len(set(tags.ids()))
    for problem in form.problems:
        assert problem.target in tags.ids()
    first = tags.all("button")[0]
    assert first["value"] == "continue" and first["tabindex"] == "-1"


def test_words_from_the_protocol_are_escaped() -> None:
    bad = page(choice(help="<i>x</i>"), title="<u>", intro="<s>")
    html = drawn(PageForm(bad, open_items=bad.items))
    assert not re.findall("<(i|u|s)>", html)


def test_the_style_sheet_of_patients_stays_light_and_needs_no_has() -> None:
    css = (STYLES / "patient.css").read_text(encoding="utf-8")
    assert len(gzip.compress(css.encode())) <= 5 * 1024
    assert ":has(" not in css and "@font-face" not in css and "url(" not in css


def test_the_help_page_and_every_error_stay_under_15_kilobytes() -> None:
    names = ["screening/patient/help.html"] + [
        f"{code}.html" for code in (400, 403, 404, 429, 500, 503)
    ]
    for name in names:
        html = render_to_string(name)
        assert len(html.encode()) < 15_000 and html.count("<h1") == 1
        assert 'href="/help/"' in html and "script" not in html


def test_a_copy_that_holds_private_answers_prints_them() -> None:
    parts = [{"title": "Private", "sensitive": True, "rows": []}]
    for name, hides in (("copy", False), ("check", True)):
        html = render_to_string(f"screening/patient/{name}.html", {"sections": parts})
        assert ('class="checked sensitive"' in html) == hides


def test_a_question_of_ours_is_not_thanked_as_part_of_an_instrument() -> None:
    """Wording of another, and what was shown to be true of it, are not lent out."""
    safe, more = PROTOCOL.page["safe-b"], PROTOCOL.page["alcohol-b"]
    ours = [each for each in safe.items if not each.instrument]
    assert PageForm(safe, open_items=ours).attributions == []
    assert len(PageForm(safe, open_items=safe.items).attributions) == 1
    assert len(PageForm(more, open_items=more.items).attributions) == 2
