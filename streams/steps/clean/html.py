"""Text out of HTML: blocks become paragraphs, what is not text is listed and left out."""

import re
from dataclasses import dataclass, field

from selectolax.lexbor import LexborHTMLParser, LexborNode

from schemas.enriched import Removed
from streams.steps.clean.cleaned import Cleaned
from streams.steps.clean.fold import fold, fold_lines
from streams.steps.clean.noise import NoiseRules, rule_of
from streams.steps.clean.tame import tame
from streams.steps.clean.title import repeats_title

_OUT = frozenset(
    [
        "script",
        "style",
        "template",
        "noscript",
        "nav",
        "aside",
        "figure",
        "figcaption",
        "form",
        "button",
        "select",
        "textarea",
        "iframe",
        "object",
        "svg",
        "math",
        "canvas",
        "audio",
        "video",
        "dialog",
        "menu",
    ]
)
_BLOCK = frozenset(
    [
        "address",
        "article",
        "blockquote",
        "body",
        "center",
        "dd",
        "details",
        "div",
        "dl",
        "dt",
        "fieldset",
        "footer",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hgroup",
        "hr",
        "li",
        "main",
        "ol",
        "p",
        "pre",
        "section",
        "summary",
        "table",
        "tr",
        "ul",
    ]
)
_CELL = frozenset(("td", "th"))
_SPACE = re.compile(r"[ \t\n\r\f]+")
_LONGEST_SHOWN = 300
"""Characters of a removed element that are listed: a script can be longer than the article."""


def clean_html(headline: str | None, body: str, noise: NoiseRules) -> Cleaned:
    """Paragraphs separated by a blank line, `<br>` as a line break, entities decoded.

    Without a given headline the first `<h1>`, else the `<title>`, is it; the body does not
    repeat it. Markup made to harm costs no more than its length.
    """
    seen = _read(body, wants_heading=headline is None)
    title = headline if headline is not None else seen.heading or seen.title
    folded_title = fold(title) if title else ""
    removed = seen.removed
    if seen.title and title != seen.title:
        removed.append(Removed("html_title", seen.title))
    paragraphs = _paragraphs("".join(seen.pieces))
    kept = []
    folded = fold_lines([paragraph.replace("\n", " ") for paragraph in paragraphs])
    for paragraph, text in zip(paragraphs, folded, strict=True):
        if folded_title and repeats_title(text, folded_title):
            removed.append(Removed("repeated_title", paragraph))
        elif (rule := rule_of(paragraph, text, noise)) is not None:
            removed.append(Removed(rule.rule, paragraph))
        else:
            kept.append(paragraph)
    if not kept:
        return Cleaned(headline, "\n\n".join(paragraphs))
    return Cleaned(title, "\n\n".join(kept), tuple(removed))


@dataclass(slots=True)
class _Seen:
    """What a walk through the tree met; blocks and line breaks are newlines in `pieces`."""

    pieces: list[str] = field(default_factory=list)
    removed: list[Removed] = field(default_factory=list)
    heading: str | None = None
    title: str | None = None


def _read(html: str, *, wants_heading: bool) -> _Seen:
    """Walks without recursion: depth is the sender's choice."""
    seen = _Seen()
    node = LexborHTMLParser(tame(html)).root
    while node is not None:
        child = node.child if _enter(node, seen, wants_heading=wants_heading) else None
        if child is not None:
            node = child
            continue
        while node is not None:
            if node.tag in _BLOCK:
                seen.pieces.append("\n\n")
            after = node.next
            if after is not None:
                node = after
                break
            node = node.parent
    return seen


def _enter(node: LexborNode, seen: _Seen, *, wants_heading: bool) -> bool:
    """Notes what `node` says; answers whether to go into it."""
    if node.is_text_node:
        text = node.text_content or ""
        parent = node.parent
        written = parent is not None and parent.tag == "pre"
        seen.pieces.append(text if written else _SPACE.sub(" ", text))
        return False
    tag = node.tag
    if tag in _OUT:
        if text := _text(node)[:_LONGEST_SHOWN]:
            seen.removed.append(Removed(f"html_{tag}", text))
        return False
    if tag == "title":
        seen.title = seen.title or _text(node) or None
        return False
    if tag == "h1" and wants_heading and seen.heading is None and (text := _text(node)):
        seen.heading = text
        return False
    if tag == "br":
        seen.pieces.append("\n")
    elif tag in _BLOCK:
        seen.pieces.append("\n\n")
    elif tag in _CELL:
        seen.pieces.append(" ")
    return True


def _text(node: LexborNode) -> str:
    return " ".join(node.text(separator=" ").split())


def _paragraphs(text: str) -> list[str]:
    """Runs of non-blank lines, each line stripped and with single spaces."""
    paragraphs: list[str] = []
    lines: list[str] = []
    for raw in (*text.split("\n"), ""):
        line = _SPACE.sub(" ", raw).strip()
        if line:
            lines.append(line)
        elif lines:
            paragraphs.append("\n".join(lines))
            lines = []
    return paragraphs
