"""What cleaning gives back."""

from dataclasses import dataclass

from schemas.enriched import Removed


@dataclass(frozen=True, slots=True)
class Cleaned:
    """An article's own text, and what was around it.

    `headline`: the given one, else the one the page shows, else None.
    `body`: paragraphs and subheadings, joined by a blank line; a `text` body untouched.
    `removed`: what was taken out and by which rule, in the order of the page.
    `date_lines`: the removed lines that are nothing but a date.
    """

    headline: str | None
    body: str
    removed: tuple[Removed, ...] = ()
    date_lines: tuple[str, ...] = ()
