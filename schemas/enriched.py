"""What consumers read on `news.enriched.v1` and `news.stream.<name>.v1`.

Plain dataclasses: the core builds thousands a second and orjson writes them as they
are, in half the time that it takes for those with slots. Their JSON Schema is made, and
foreign records are validated, by pydantic's `TypeAdapter`.

Offsets are Unicode code points into the `headline` or `body` of the same record.
"""

from dataclasses import dataclass
from typing import Literal

Field = Literal["headline", "body"]
EntityKind = Literal["person", "place", "organisation", "event"]
DateKind = Literal["date", "time", "interval", "duration", "set"]
AnchorSource = Literal["published_at", "dateline", "page_date", "received_at"]
Precision = Literal[
    "minute", "part", "day", "weekend", "week", "month", "quarter", "season", "half", "year",
    "decade", "century",
]  # fmt: skip
Confidence = Literal["high", "medium", "low"]
VerdictName = Literal[
    "new", "repeat", "near_duplicate", "update", "correction", "withdrawn", "stale"
]

Why = Literal[
    "exact",
    "copy",
    "part",
    "marked",
    "same_wire",
    "changed_numbers",
    "changed_names",
    "longer",
    "series",
    "form_text",
    "short",
    "similar",
]


@dataclass(frozen=True)
class Language:
    """The language of the text: BCP 47 code, `und` when it could not be told."""

    code: str
    confidence: float


@dataclass(frozen=True)
class Anchor:
    """The day that relative dates are counted from, and how much it is to be trusted.

    `evidence`: where it is from, then what in the text does not fit it.
    `proposed`: the day that would fit, where the evidence names one; dates are not counted
    from it.
    """

    date: str
    source: AnchorSource
    confidence: Confidence
    evidence: tuple[str, ...] = ()
    proposed: str | None = None


@dataclass(frozen=True)
class Removed:
    """A line that cleaning took out of a page, and the rule that did."""

    rule: str
    text: str


# Mentions, entities and dates are not frozen, though nobody changes them: an article makes
# dozens, and a frozen one costs three times as much to make.
@dataclass(unsafe_hash=True)
class Mention:
    """One place where an entity is named: `field[start:end] == surface`."""

    field: Field
    start: int
    end: int
    surface: str


@dataclass(unsafe_hash=True)
class Entity:
    """Who, where or what. `id`: a Wikidata QID, `geonames:…`, or null.

    `countries`: ISO 3166-1 alpha-2 codes that the entity stands for.
    `salience`: 0 to 1, the share of the text's attention; all of a record sum to 1.
    `guess`: nobody has listed this person, a title announces it: `id` is null.
    """

    id: str | None
    name: str
    kind: EntityKind
    countries: tuple[str, ...]
    salience: float
    mentions: tuple[Mention, ...]
    guess: bool = False


@dataclass(frozen=True)
class Span:
    """Calendar days that a value covers, half open: `begin` <= day < `end`; null is open."""

    begin: str | None
    end: str | None


@dataclass(unsafe_hash=True)
class DateMention:
    """One time expression. `value` as TIMEX3/ISO 8601; null when it needs an anchor and has none.

    `relative`: the value was counted from the anchor.
    `precision`: how exactly it tells when; null of intervals, durations and sets.
    `cue`: the word that decided whether a day without a year, or a weekday, lies ahead or behind.
    `doubt`: what in the expression does not fit the value: a weekday that this day is not.
    """

    field: Field
    start: int
    end: int
    surface: str
    kind: DateKind
    value: str | None
    relative: bool
    span: Span | None = None
    precision: Precision | None = None
    cue: str | None = None
    doubt: str | None = None


@dataclass(frozen=True)
class Duplicate:
    """What the article is to those before it.

    `of`: uri of the first, for repeat, near_duplicate and stale.
    `supersedes`: `uri@version` of the version that this one replaces.
    `similarity`: 0 to 1, Jaccard similarity of the two texts' pairs of words.
    `story`: uri of the first article of the same story.
    `related`: uris of other reports, like a follow-up's; of a correction or withdrawal, the
    articles of other outlets that say the same and may be wrong too.
    `why`: the rule that decided: `exact` copy; `copy` with the same lead and words; short
    `part` of the other; `marked` as a correction; changed text of the `same_wire`;
    `changed_numbers` or `changed_names`; much `longer` than the other; a new one of a
    `series`; `form_text` that a wire sends under many headlines; too `short` to tell;
    `similar` only. Null where versions of one uri decided.
    `lead`: 0 to 1, share of this one's first paragraph that is in the other one.
    `changed_numbers`: numbers that the other one does not have.
    `also_in`: wires that carried the story besides the first, in order; 200 at most.
    """

    verdict: VerdictName
    of: str | None = None
    supersedes: str | None = None
    similarity: float | None = None
    story: str | None = None
    related: tuple[str, ...] = ()
    why: Why | None = None
    lead: float | None = None
    changed_numbers: tuple[str, ...] = ()
    also_in: tuple[str, ...] = ()


@dataclass(frozen=True)
class StreamMatch:
    """A stream that wants the article, how much (0 to 1), and the conditions that held."""

    name: str
    score: float
    why: tuple[str, ...]


@dataclass(frozen=True)
class Enriched:
    """An article with what the pipeline found in it."""

    outcome: Literal["enriched"]
    uri: str
    version: int
    wire: str
    headline: str | None
    body: str
    url: str | None
    byline: str | None
    located: str | None
    slugline: str | None
    editor_note: str | None
    subjects: tuple[str, ...]
    urgency: int | None
    version_created: str | None
    published_at: str | None
    embargoed_until: str | None
    expires: str | None
    status: Literal["usable", "withheld", "canceled"]
    signal: str | None
    language: Language
    anchor: Anchor | None
    removed: tuple[Removed, ...]
    entities: tuple[Entity, ...]
    dates: tuple[DateMention, ...]
    duplicate: Duplicate | None
    streams: tuple[StreamMatch, ...]


@dataclass(frozen=True)
class Withdrawn:
    """A withdrawal: under the article's key, on every topic that had it, without its text."""

    outcome: Literal["withdrawn"]
    uri: str
    version: int
    wire: str
    status: Literal["canceled"]
    withdrawn_at: str | None
    editor_note: str | None
    duplicate: Duplicate
