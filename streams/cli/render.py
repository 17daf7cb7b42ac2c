"""Records as a person reads them on a terminal.

Text of unknown direction is wrapped in Unicode isolates, so that a terminal that knows
right-to-left scripts puts an Arabic headline in order without turning round what stands
beside it; terminals that do not know them show nothing for the isolates.
"""

from itertools import islice
from typing import Any

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from schemas import dead_letters
from schemas.topics import DEAD_LETTERS, stream_topic_name

FIRST_STRONG_ISOLATE, POP_ISOLATE = "\u2068", "\u2069"
ENTITY_STYLES = {"person": "magenta", "place": "green", "organisation": "cyan", "event": "yellow"}
VERDICT_STYLES = {"new": "green", "update": "blue", "correction": "yellow", "withdrawn": "red"}
MOST = 12
"""Entities and dates shown of one article."""
CONTROLS = dict.fromkeys((*range(32), 127, *range(128, 160)), " ")
"""What a terminal would obey rather than show: a headline must not move the cursor."""


def isolated(text: str) -> str:
    """The text on one line, safe to stand beside text of the other direction."""
    return f"{FIRST_STRONG_ISOLATE}{text.translate(CONTROLS)}{POP_ISOLATE}"


def quotes_isolated(reason: str) -> str:
    """A reason, in which only what it quotes may run the other way."""
    parts = reason.split('"')
    return '"'.join(isolated(part) if odd % 2 else part for odd, part in enumerate(parts))


class Renderer:
    """Writes one record after another."""

    def __init__(self, console: Console) -> None:
        self._console = console

    def show(self, topic: str, value: Any, headers: dict[str, bytes]) -> None:
        """One record of any of our topics."""
        if topic == DEAD_LETTERS.name:
            self._dead_letter(value, headers)
        elif not isinstance(value, dict) or "outcome" not in value:
            self._console.print(Text(str(value)))
        elif value["outcome"] == "enriched":
            self._story(value, topic)
        else:
            self._notice(value)

    def _story(self, story: dict[str, Any], topic: str) -> None:
        verdict = (story["duplicate"] or {}).get("verdict", "")
        title = Text(isolated(story["headline"] or story["body"][:120]), style="bold")
        if verdict and verdict != "new":
            title = Text(f"{verdict} ", style=VERDICT_STYLES.get(verdict, "")) + title
        self._console.print()
        self._console.print(title)
        language = story["language"]["code"]
        facts = [story["published_at"] or "no date", story["wire"], language]
        self._line(" · ".join(facts), "dim")
        self._line(_entities(story["entities"]))
        self._line(_dates(story["dates"]))
        for match in story["streams"]:
            # On a stream's own topic its reasons are what a reader wants; elsewhere, where it went.
            own = stream_topic_name(match["name"]) == topic
            self._line(f"→ {match['name']} {match['score']:.2f}", "blue" if own else "dim")
            for reason in match["why"] if own else ():
                self._line(f"  {quotes_isolated(reason)}", "dim")

    def _notice(self, value: dict[str, Any]) -> None:
        outcome = value["outcome"]
        duplicate = value.get("duplicate") or {}
        head = Text(f"\n{duplicate.get('verdict', outcome)} ", style="yellow")
        head += Text(isolated(value.get("headline") or value["uri"]), style="bold")
        self._console.print(head)
        first = f" · the same as {duplicate['of']}" if duplicate.get("of") else ""
        self._line(f"{value['uri']} · {value['wire']}{first}", "dim")

    def _dead_letter(self, value: Any, headers: dict[str, bytes]) -> None:
        def header(name: str) -> str:
            return headers.get(name, b"").decode("utf-8", "replace")

        head = Text("\ndead letter ", style="bold red")
        head += Text(f"{header(dead_letters.STAGE)}: {header(dead_letters.REASON)}", style="red")
        self._console.print(head)
        self._line(header(dead_letters.MESSAGE))
        text = value if isinstance(value, str) else str(value)
        self._line(isolated(text[:160]), "dim")

    def _line(self, text: str | Text, style: str = "") -> None:
        if text:
            shown = Text(text, style=style) if isinstance(text, str) else text
            self._console.print(Padding(shown, (0, 0, 0, 2)))


def _entities(entities: list[dict[str, Any]]) -> Text:
    line = Text()
    for entity in islice(entities, MOST):
        name = f"{entity['name']} ×{len(entity['mentions'])}"
        line.append(name, style=ENTITY_STYLES.get(entity["kind"], ""))
        line.append("  ")
    return line


def _dates(dates: list[dict[str, Any]]) -> Text:
    line = Text()
    for date in islice(dates, MOST):
        line.append(isolated(date["surface"]))
        line.append(f" = {date['value'] or '?'}", style="bold cyan")
        line.append("   ")
    return line
