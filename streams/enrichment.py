"""Everything that is found in one article, step by step, in reading order."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime

from schemas.article import Article, BodyFormat
from schemas.enriched import Anchor, DateMention, Enriched, Entity, Field
from streams.abreast import Steps, alone
from streams.errors import BadArticle
from streams.lexicon import Lexicon
from streams.steps.anchor import Happening, choose_anchor, dateline, doubted, from_dateline
from streams.steps.clean import clean
from streams.steps.clean.hidden import hidden_share
from streams.steps.dates import Expressions, page_date
from streams.steps.entities import find_entities
from streams.steps.language import identify
from streams.steps.route import route
from streams.steps.versions import version_of

MOSTLY_HIDDEN = 1 / 3
"""Above this share of invisible characters a text is an attack: Persian needs about 0.03."""

MOST_LINES, MOST_TAGS = 20_000, 50_000
"""Lines of a page and tags of HTML; more is made to keep us busy. Either takes a second at most."""

READ = 100_000
"""Code points of a body in which names, dates and streams are looked for: three hours of speech.
Behind them it passes unread. What is nothing but dates takes 27 µs and 200 bytes for each."""

DOUBTED = 20_000
"""Code points of the body that are asked whether they contradict the anchor."""


def enrich(article: Article, received: datetime | None, lexicon: Lexicon) -> Enriched:
    """The whole enrichment of a readable article."""
    return alone(enriching(article, received, lexicon))


def enriching(article: Article, received: datetime | None, lexicon: Lexicon) -> Steps[Enriched]:
    """The same, step by step."""
    yield "clean"
    text = article.body or ""
    if hidden_share(text) > MOSTLY_HIDDEN:
        raise BadArticle("clean", "invisible", "the body is mostly invisible characters")
    refuse_bombs(text, article.body_format)

    def day_of(line: str) -> date | None:
        return page_date(line, lexicon.dates)

    cleaned = clean(
        article.headline,
        text,
        article.body_format,
        lexicon.noise,
        lambda line: day_of(line) is not None,
    )
    if not cleaned.body.strip():
        raise BadArticle("clean", "empty_body", "nothing is left once the markup is removed")

    yield "language"
    headline, body = cleaned.headline, read_part(cleaned.body)
    language = identify(f"{headline or ''}\n{body}", article.language, lexicon.languages)

    yield "entities"
    entities = find_entities(headline, body, language.code, lexicon.gazetteer)

    yield "dates"
    dated_lines = ((line, day) for line in cleaned.date_lines if (day := day_of(line)))
    chosen = choose_anchor(article.published_at, dated_lines, received)
    anchor, dates = dated(headline, body, language.code, chosen, entities, lexicon)

    yield "streams"
    streams = route(headline, body, entities, language.code, lexicon.streams)

    return Enriched(
        outcome="enriched",
        uri=article.uri,
        version=version_of(article),
        wire=article.wire,
        headline=headline,
        body=cleaned.body,
        url=article.url,
        byline=article.byline,
        located=article.located,
        slugline=article.slugline,
        editor_note=article.editor_note,
        subjects=tuple(article.subjects or ()),
        urgency=article.urgency,
        version_created=iso(article.version_created),
        published_at=iso(article.published_at),
        embargoed_until=iso(article.embargoed_until),
        expires=iso(article.expires),
        status="usable",
        signal=article.signal,
        language=language,
        anchor=anchor,
        removed=cleaned.removed,
        entities=entities,
        dates=dates,
        duplicate=None,
        streams=streams,
    )


def refuse_bombs(text: str, body_format: BodyFormat) -> None:
    """Refuses what takes long to clean, though it is short.

    Raises:
        BadArticle: stage `clean`, reason `too_many_lines` or `too_many_tags`.
    """
    if body_format is BodyFormat.page and (lines := len(text.splitlines())) > MOST_LINES:
        said = f"{lines:,} lines; a page has at most {MOST_LINES:,}"
        raise BadArticle("clean", "too_many_lines", said)
    if body_format is BodyFormat.html and (tags := text.count("<")) > MOST_TAGS:
        raise BadArticle("clean", "too_many_tags", f"{tags:,} tags; at most {MOST_TAGS:,} are read")


def read_part(body: str) -> str:
    """Its first `READ` code points, less the word that ends behind them."""
    if len(body) <= READ:
        return body
    end = max(body.rfind(" ", 0, READ + 1), body.rfind("\n", 0, READ + 1))
    return body[: end if end > 0 else READ]


def dated(
    headline: str | None,
    body: str,
    language: str,
    chosen: Anchor | None,
    entities: Iterable[Entity],
    lexicon: Lexicon,
) -> tuple[Anchor | None, tuple[DateMention, ...]]:
    """The dates, and the anchor that they are counted from: the dateline may be a better one."""

    def said(body: str) -> list[Expressions]:
        fields: list[tuple[Field, str]] = [("headline", headline or ""), ("body", body)]
        return [Expressions(text, field, language, lexicon.dates) for field, text in fields if text]

    whole = said(body)
    dates = counted(whole, date.fromisoformat(chosen.date) if chosen else None)
    line = dateline(body, dates)
    anchor = from_dateline(chosen, line)
    if anchor is None:
        return None, dates
    if anchor is not chosen:
        dates = counted(whole, date.fromisoformat(anchor.date))
    texts: dict[Field, str] = {"headline": headline or "", "body": body[:DOUBTED]}
    beginning = whole if len(body) <= DOUBTED else said(body[:DOUBTED])
    return doubted(
        anchor,
        texts,
        [each for each in dates if each.end <= len(texts[each.field])],
        [each for each in happenings(entities, lexicon) if each.end <= len(texts[each.field])],
        line,
        lambda day: counted(beginning, day),
    ), dates


def counted(said: Iterable[Expressions], day: date | None) -> tuple[DateMention, ...]:
    """The dates of all fields, counted from `day`."""
    return tuple(one for each in said for one in each.dates(day))


def happenings(entities: Iterable[Entity], lexicon: Lexicon) -> Iterator[Happening]:
    """Where events of known date are named."""
    occasions = lexicon.gazetteer.occasions
    for entity in entities:
        if entity.kind != "event" or entity.name not in occasions:
            continue
        spans = tuple(
            (date.fromisoformat(begin), date.fromisoformat(end))
            for begin, end in occasions[entity.name]
        )
        for at in entity.mentions:
            yield Happening(entity.name, at.field, at.start, at.end, spans)


def iso(time: datetime | None) -> str | None:
    """The time in ISO 8601."""
    return time.isoformat() if time else None
