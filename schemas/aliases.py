"""On `news.aliases.v1`: what else an article is called, and whether its wire kills that."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Alias:
    """One other id of one article.

    `id`: as the wire states it in `alt_ids`; it means something within this `wire` only.
    `partition`: that of the article's record on `news.articles.v1`, where a withdrawal of it
    must go too: a publisher may spread its keys in a way of its own.
    `killed`: the article withdraws whatever else bears the id; `editor_note` says why.
    """

    id: str
    wire: str
    uri: str
    partition: int
    killed: bool
    editor_note: str | None
