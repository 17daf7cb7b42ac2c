"""Records as a person reads them on a terminal.

Text of unknown direction is wrapped in Unicode isolates, so that a terminal that knows
right-to-left scripts puts an Arabic headline in order without turning round what stands
beside it; terminals that do not know them show nothing for the isolates.
"""

from collections.abc import Iterator, Mapping, Sequence
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
REASONS: Mapping[str, str] = {
    "exact": "the same text",
    "copy": "nearly the same text",
    "part": "a part of it",
    "marked": "says that it corrects",
    "same_wire": "changed by the same wire",
    "changed_numbers": "numbers changed",
    "changed_names": "names changed",
    "longer": "much longer",
    "series": "a new one of a series",
    "form_text": "a form text of its wire",
    "short": "too short to tell",
    "similar": "similar, but no copy",
}
MOST = 12
"""Entities and dates shown of one article."""
MOST_NAMED = 5
"""Outlets and articles named of a longer list."""
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
        for fact in verdict_facts(story):
            self._line(fact)
        anchor = story["anchor"]
        if anchor and anchor["proposed"]:
            self._line(f"dated {anchor['date']}, but {anchor['proposed']} would fit", "yellow")
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
        verdict = duplicate.get("verdict", outcome)
        head = Text(f"\n{verdict} ", style=VERDICT_STYLES.get(verdict, "yellow"))
        head += Text(isolated(value.get("headline") or value["uri"]), style="bold")
        self._console.print(head)
        self._line(f"{isolated(value['uri'])} · {isolated(value['wire'])}", "dim")
        if note := value.get("editor_note"):
            self._line(isolated(note), "dim")
        for fact in verdict_facts(value):
            self._line(fact)

    def _dead_letter(self, value: Any, headers: dict[str, bytes]) -> None:
        def header(name: str) -> str:
            return headers.get(name, b"").decode("utf-8", "replace")

        head = Text("\ndead letter ", style="bold red")
        head += Text(f"{header(dead_letters.STAGE)}: {header(dead_letters.REASON)}", style="red")
        if tries := header(dead_letters.TRIES):
            head += Text(f" after {isolated(tries)} replays", style="red")
        self._console.print(head)
        self._line(header(dead_letters.MESSAGE))
        text = value if isinstance(value, str) else str(value)
        self._line(isolated(text[:160]), "dim")

    def _line(self, text: str | Text, style: str = "") -> None:
        if text:
            shown = Text(text, style=style) if isinstance(text, str) else text
            self._console.print(Padding(shown, (0, 0, 0, 2)))


def verdict_facts(value: dict[str, Any]) -> Iterator[str]:
    """Lines on what an outcome is to others: which rule said so, and who else carries it."""
    duplicate = value.get("duplicate") or {}
    earlier = duplicate.get("of") or duplicate.get("supersedes")
    if earlier == value["uri"]:
        yield "changes nothing: the same or a newer version stands, or none is here"
    elif earlier:
        relation = "first in" if duplicate.get("of") else "after"
        told = " · ".join(_reasons(duplicate))
        yield f"{relation} {isolated(earlier)}{told and f': {told}'}"
    if wires := [wire for wire in duplicate.get("also_in") or () if wire != value["wire"]]:
        yield f"also in {_few(wires)}"
    if related := duplicate.get("related"):
        withdrawn = value["outcome"] == "withdrawn"
        yield f"{'may be wrong too' if withdrawn else 'related'}: {_few(related)}"


def _reasons(duplicate: dict[str, Any]) -> Iterator[str]:
    why, numbers = duplicate.get("why"), duplicate.get("changed_numbers")
    if why:
        now = f", now {', '.join(map(isolated, numbers))}" if numbers else ""
        yield f"{REASONS.get(why, why)}{now}"
    similarity = duplicate.get("similarity")
    if similarity is not None and similarity < 1:
        yield f"{similarity:.0%} alike"


def _few(names: Sequence[str]) -> str:
    shown = ", ".join(map(isolated, names[:MOST_NAMED]))
    more = len(names) - MOST_NAMED
    return f"{shown} and {more} more" if more > 0 else shown


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
