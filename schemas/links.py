"""What `newswire link` writes on `news.links.v1`: one story, told in two languages."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class StoryLink:
    """Two articles in different languages that seem to tell the same story: a hint, no verdict.

    `uri`, `language`: the later of the two; `of`, `of_language`: the earlier.
    `similarity`: cosine of the two texts' meaning, rounded to three places.
    `shared`: entity ids and numbers that both name.
    `linked_at`: when the later one was delivered, by the broker's clock; null if it did not say.
    """

    uri: str
    language: str
    of: str
    of_language: str
    similarity: float
    shared: tuple[str, ...]
    linked_at: str | None
