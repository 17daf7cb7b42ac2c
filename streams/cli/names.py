"""`newswire names`: the gazetteer, compiled; whether its examples hold; who contests a name."""

import sys
from collections import Counter
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from streams.cli.render import ENTITY_STYLES, isolated
from streams.settings import Settings
from streams.steps.entities import Gazetteer


def names(
    check: Annotated[
        bool, typer.Option("--check", help="Run the sentences of every language; 1 if one fails.")
    ] = False,
    clashes: Annotated[
        bool,
        typer.Option("--clashes", help="Write every form that two rows claim, and who has it."),
    ] = False,
) -> None:
    """Compile the names of people, places, organisations and events, and count them."""
    from streams.compiled import names_path
    from streams.seeds import entity_rows, gazetteer

    seeds = Settings().seeds
    if clashes:
        _clashes()
        return
    compiled = gazetteer(seeds)
    rows = list(entity_rows(seeds))
    table = Table("kind", "entities", "with a Wikidata id", "id confirmed by a source", "languages")
    for kind in ENTITY_STYLES:
        own = [row for row in rows if row.kind == kind]
        languages = Counter(code for row in own for code in row.names)
        table.add_row(
            Text(kind, style=ENTITY_STYLES[kind]),
            f"{len(own):,}",
            f"{sum((row.id or '').startswith('Q') for row in own):,}",
            f"{sum(bool(row.checked) for row in own):,}",
            " ".join(code for code, count in sorted(languages.items()) if count * 2 > len(own)),
        )
    console = Console()
    console.print(table)
    path = names_path(seeds)
    size = f", {path.stat().st_size / 1e6:.0f} MB in {path}" if path.exists() else ""
    console.print(f"{len(compiled.means):,} forms{size}", style="dim", soft_wrap=True)
    if check and (failed := _failures(compiled)):
        for problem in failed:
            console.print(Text(problem, style="red"))
        raise typer.Exit(1)


def _failures(gazetteer: Gazetteer) -> list[str]:
    from streams.seeds import sentences
    from streams.steps.entities import find_entities

    failed = []
    for example in sentences(Settings().seeds):
        found = {e.id for e in find_entities(None, example.text, example.language, gazetteer)}
        if missing := set(example.ids) - found:
            failed.append(f"{isolated(example.text)}: {' '.join(sorted(missing))} not found")
        if wrong := found & set(example.never):
            failed.append(f"{isolated(example.text)}: {' '.join(sorted(map(str, wrong)))} found")
    return failed


def _clashes() -> None:
    from streams.seeds import entity_rows, forms_seeds
    from streams.steps.entities import clashes

    seeds = Settings().seeds
    for form, rows in clashes(list(entity_rows(seeds)), forms_seeds(seeds)):
        claims = [f"{row.name} ({row.id or 'no id'}, {row.tier})" for row in rows]
        sys.stdout.write("\t".join([form, *claims]) + "\n")


command = names
