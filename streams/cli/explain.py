"""`newswire explain`: why an article went where it went."""

from collections.abc import Sequence
from typing import Annotated, Any

import orjson
import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from streams.cli.files import records
from streams.cli.render import ENTITY_STYLES, isolated, quotes_isolated, verdict_facts
from streams.settings import Settings
from streams.steps.entities import EntityRow, Gazetteer, find, rivals


def explain(
    file: Annotated[str, typer.Argument(help="As for `publish`.")],
    published_at: Annotated[
        str | None, typer.Option(help="Of a `.txt` or `.html` page, RFC 3339.")
    ] = None,
) -> None:
    """Show what the pipeline found in each article of a file, and why it went where it went."""
    from streams.cli.offline import Offline, dumps
    from streams.seeds import entity_rows, load_lexicon

    settings = Settings()
    lexicon = load_lexicon(settings.seeds)
    rows = list(entity_rows(settings.seeds))
    desk = Offline(lexicon, settings)
    console = Console()
    stated = {} if published_at is None else {"published_at": published_at}
    for record in records(file, stated):
        outcome = orjson.loads(dumps(desk.outcome(record.value)))
        console.rule(isolated(outcome["uri"] or "an article without a uri"), align="left")
        if outcome["outcome"] == "enriched":
            streams = [definition.name for definition in lexicon.definitions]
            _enriched(console, outcome, streams, _reasons(outcome, lexicon.gazetteer, rows))
        else:
            _other(console, outcome)


def _enriched(
    console: Console, story: dict[str, Any], streams: list[str], reasons: list[tuple[str, ...]]
) -> None:
    console.print(Text(isolated(story["headline"] or "(no headline)"), style="bold"))
    language, anchor = story["language"], story["anchor"]
    console.print(f"language {language['code']} ({language['confidence']:.2f})", style="dim")
    if anchor:
        evidence = "; ".join(isolated(each) for each in anchor["evidence"])
        console.print(
            Text(f"dates are counted from {anchor['date']}: {anchor['source']}, ")
            + Text(f"{anchor['confidence']} confidence, {evidence}"),
            style="dim",
        )
        if anchor["proposed"]:
            console.print(Text(f"{anchor['proposed']} would fit better", style="yellow"))
    duplicate = story["duplicate"]
    console.print(f"verdict {duplicate['verdict']}", style="dim")
    for fact in verdict_facts(story):
        console.print(Text(f"  {fact}"), style="dim")
    _table(
        console,
        ("removed by", "line"),
        [(each["rule"], isolated(each["text"])) for each in story["removed"]],
    )
    _table(
        console,
        ("entity", "id", "kind", "countries", "salience", "as"),
        [
            (
                Text(each["name"], style=ENTITY_STYLES[each["kind"]]),
                each["id"] or "",
                each["kind"],
                " ".join(each["countries"]),
                f"{each['salience']:.2f}",
                isolated(_surfaces(each["mentions"])),
            )
            for each in story["entities"]
        ],
    )
    _table(console, ("name", "means", "because of", "by", "rather than"), reasons)
    _table(
        console,
        ("date", "value", "kind", "counted from the anchor", "cue", "doubt", "where"),
        [
            (
                isolated(each["surface"]),
                each["value"] or "unknown",
                each["kind"],
                "yes" if each["relative"] else "no",
                isolated(each["cue"] or ""),
                each["doubt"] or "",
                f"{each['field']} {each['start']}–{each['end']}",
            )
            for each in story["dates"]
        ],
    )
    matched = {match["name"]: match for match in story["streams"]}
    _table(
        console,
        ("stream", "score", "why"),
        [
            (
                Text(name, style="bold blue" if name in matched else "dim"),
                f"{matched[name]['score']:.2f}" if name in matched else "no",
                "\n".join(map(quotes_isolated, matched[name]["why"])) if name in matched else "",
            )
            for name in streams
        ],
    )


WHY = {
    "name": "the name alone",
    "full name": "its full name elsewhere",
    "title": "the title before it",
    "country": "its country elsewhere",
    "home": "the language of its country",
    "inside": "it stands inside a name",
    "guess": "a title announces it",
}


def _reasons(
    story: dict[str, Any], gazetteer: Gazetteer, rows: Sequence[EntityRow]
) -> list[tuple[str, ...]]:
    """Each name as it stands in the text: whom it means, why, whose data says so, whom it beat."""
    found: dict[tuple[str, ...], None] = {}
    fields = find(story["headline"], story["body"], story["language"]["code"], gazetteer)
    for _, text, names in fields:
        for entity, start, end, pattern, why in names:
            surface = isolated(" ".join(text[start:end].split()))
            if isinstance(entity, str):
                found[surface, "a person nobody listed", WHY[why], "", ""] = None
                continue
            rather = ", ".join(_who(rows[other]) for other in rivals(pattern, entity, gazetteer))
            row = rows[entity]
            found[surface, _who(row), WHY[why], row.source, rather] = None
    return list(found)


def _who(row: EntityRow) -> str:
    return f"{row.name} {row.id or ''}".strip()


def _other(console: Console, outcome: dict[str, Any]) -> None:
    for name, value in outcome.items():
        if value is not None:
            console.print(Text(f"{name}: ", style="dim") + Text(isolated(str(value))))


def _surfaces(mentions: list[dict[str, Any]]) -> str:
    counts: dict[str, int] = {}
    for mention in mentions:
        counts[mention["surface"]] = counts.get(mention["surface"], 0) + 1
    return ", ".join(f"{surface} ×{count}" for surface, count in counts.items())


def _table(console: Console, heads: tuple[str, ...], rows: list[tuple[Any, ...]]) -> None:
    if rows:
        table = Table(*heads, title_justify="left")
        for row in rows:
            table.add_row(*(cell if isinstance(cell, Text) else Text(cell) for cell in row))
        console.print(table)


command = explain
