"""The protocol as frozen values: what is asked, in what words, and how it is judged."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property

DECLINED = "asked-declined"
NOT_KNOWN = "asked-unknown"
NOT_APPLICABLE = "not-applicable"
ABSENT = frozenset({DECLINED, NOT_KNOWN})


class Kind(StrEnum):
    """What a criterion is for."""

    INCLUSION = "inclusion"
    EXCLUSION = "exclusion"
    URGENT = "urgent"
    STOP = "stop"
    CAUTION = "caution"
    POSTPONE = "postpone"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Clause:
    """One comparison with one answer; it opens pages and decides criteria alike."""

    question: str
    operator: str
    answer: str | int | float | bool


Group = tuple[Clause, ...]
Rule = tuple[Group, ...]


@dataclass(frozen=True, slots=True)
class Option:
    code: str
    text: str
    score: float | None = None
    loinc: str = ""


@dataclass(frozen=True, slots=True)
class Item:
    """One question. `gate` joins the gates of its section, its page and itself."""

    link_id: str
    type: str
    text: str
    help: str = ""
    required: bool = False
    can_decline: bool = False
    can_be_unknown: bool = False
    unknown_is_exclusive: bool = False
    hidden: bool = False
    not_applicable: str = ""
    minimum: float | None = None
    maximum: float | None = None
    unit: str = ""
    role: str = ""
    max_rows: int = 0
    carried_from: str = ""
    autocomplete: str = ""
    instrument: str = ""
    loinc: str = ""
    options: tuple[Option, ...] = ()
    fields: tuple[Item, ...] = ()
    sources: tuple[str, ...] = ()
    gate: Rule = ()
    # Kept, since every answer is looked up in them.
    codes: frozenset[str] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        codes = frozenset(option.code for option in self.options)
        object.__setattr__(self, "codes", codes)


@dataclass(frozen=True, slots=True)
class Page:
    slug: str
    title: str
    section: str
    section_title: str
    items: tuple[Item, ...]
    intro: str = ""
    stem: str = ""
    attributions: tuple[tuple[str, str], ...] = ()
    sensitive: bool = False
    leave_quickly: bool = False


@dataclass(frozen=True, slots=True)
class Section:
    code: str
    title: str
    pages: tuple[Page, ...]


@dataclass(frozen=True, slots=True)
class Band:
    low: float
    high: float
    text: str


@dataclass(frozen=True, slots=True)
class Part:
    """What adds to a score: an item's value, a rule that counts one, another score."""

    item: str = ""
    rule: Rule = ()
    score: str = ""
    at_most: float | None = None


@dataclass(frozen=True, slots=True)
class Score:
    """A number drawn from answers. `minimum` and `maximum` are its published range."""

    code: str
    title: str
    kind: str
    minimum: float
    maximum: float | None
    parts: tuple[Part, ...] = ()
    bands: tuple[Band, ...] = ()
    unit: str = ""
    loinc: str = ""
    instrument: str = ""
    shown: bool = False
    closed_parts_count_zero: bool = False
    group: str = ""
    complete: str = ""
    classes: tuple[str, ...] = ()
    weeks: float = 0
    benefits: tuple[str, ...] = ()
    table: str = ""
    sources: tuple[str, ...] = ()
    default: str = ""


@dataclass(frozen=True, slots=True)
class Instrument:
    code: str
    title: str
    licence: str
    attribution: str
    stem: str = ""
    loinc: str = ""
    recall_days: int = 0
    sha256: str = ""
    modified: bool = False
    items: tuple[Item, ...] = ()


@dataclass(frozen=True, slots=True)
class Criterion:
    code: str
    kind: Kind
    statement: str
    rule: Rule
    sources: tuple[str, ...] = ()
    rationale: str = ""
    default: str = ""
    tier: str = ""
    about: str = ""
    calls_doctor: str = ""
    evidence: str = ""
    signed_by: str = ""
    review_by: str = ""


@dataclass(frozen=True, slots=True)
class Indication:
    code: str
    title: str
    pathway: str
    criteria: tuple[Criterion, ...]


@dataclass(frozen=True, slots=True)
class Medicine:
    """A drug by its generic name; doses in milligrams a day, by mouth."""

    name: str
    brands: tuple[str, ...] = ()
    classes: tuple[str, ...] = ()
    minimum_mg: float | None = None
    diazepam_10mg: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True, slots=True)
class Source:
    code: str
    title: str
    kind: str
    quote: str = ""


@dataclass(frozen=True, eq=False)
class Protocol:
    """One version of what a clinic asks and how it judges; the same values for ever."""

    url: str
    version: str
    title: str
    sections: tuple[Section, ...]
    instruments: tuple[Instrument, ...] = ()
    score_list: tuple[Score, ...] = ()
    indications: tuple[Indication, ...] = ()
    safety: tuple[Criterion, ...] = ()
    medicine_list: tuple[Medicine, ...] = ()
    source_list: tuple[Source, ...] = field(default=(), repr=False)
    texts: tuple[tuple[str, str], ...] = ()

    @cached_property
    def pages(self) -> tuple[Page, ...]:
        return tuple(page for section in self.sections for page in section.pages)

    @cached_property
    def page(self) -> dict[str, Page]:
        return {page.slug: page for page in self.pages}

    @cached_property
    def item(self) -> dict[str, Item]:
        return {item.link_id: item for page in self.pages for item in page.items}

    @cached_property
    def page_of(self) -> dict[str, Page]:
        return {item.link_id: page for page in self.pages for item in page.items}

    @cached_property
    def score(self) -> dict[str, Score]:
        return {score.code: score for score in self.score_list}

    @cached_property
    def source(self) -> dict[str, Source]:
        return {source.code: source for source in self.source_list}

    @cached_property
    def criteria(self) -> tuple[Criterion, ...]:
        judged = (c for indication in self.indications for c in indication.criteria)
        return (*judged, *self.safety)
