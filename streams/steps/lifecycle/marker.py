"""Finds a wire's word where wires put it: at the beginning of a line, or in brackets at its end."""

from dataclasses import dataclass

from streams.steps.lifecycle.fold import fold, unfold
from streams.steps.lifecycle.rules import CLOSING, KEY, OPENING, LifecycleRules
from streams.steps.lifecycle.seed import Action

_GLANCE = 40
"""Characters in which the first word is, after stars, dashes, quotes and invisible marks."""
_HEAD = 160
"""Characters in which the last one is."""
_END = 8
"""Characters in which a line's last bracket is, before spaces and invisible marks."""
_BETWEEN = CLOSING + " \t\r\n*+-–—=#/|.:;•·"
_BEFORE = OPENING + _BETWEEN + "\"'“”„’‘"
_OPENERS, _CLOSERS = frozenset(OPENING), frozenset(CLOSING)


@dataclass(frozen=True, slots=True)
class Marker:
    """A word of a wire: what it says, the word, and where title and marker part.

    `outside`: the rest of the line, from here on for a marker at the beginning, up to here
    for one at the end.
    """

    action: Action
    words: str
    outside: int


def opening_marker(text: str, rules: LifecycleRules, *, notes: str = "") -> Marker | None:
    """The marker with which `text` begins; None for most texts.

    `notes` says where phrases count that open a note: "" nowhere, "(" in a bracket, "*" freely.
    """
    near = fold(text[:KEY])
    if near not in rules.starts and near.isalpha() and len(near) >= KEY:
        return None
    glance = fold(text[:_GLANCE]).lstrip(_BEFORE)
    starts = rules.starts.get(glance[:KEY])
    if starts is None or not glance.startswith(starts):
        return None
    head = fold(text[:_HEAD])
    at = _after(head, 0)
    marker = _marker_at(text, head, at, rules, notes)
    if marker is not None:
        return marker
    for sender in rules.senders:
        if head.startswith(sender, at):
            following = _after(head, at + len(sender))
            if following > at + len(sender):
                return _marker_at(text, head, following, rules, notes)
    return None


def closing_marker(text: str, rules: LifecycleRules) -> Marker | None:
    """The marker in brackets with which `text` ends; None for most texts."""
    if text[-1:].isalnum() or fold(text[-_END:]).rstrip()[-1:] not in _CLOSERS:
        return None
    cut = max(len(text) - _HEAD, 0)
    tail = fold(text[cut:]).rstrip()
    bracket = max(map(tail.rfind, OPENING))
    inside = tail[bracket + 1 : -1].strip()
    for phrase in rules.phrases.get(inside[:KEY], ()) if bracket >= 0 else ():
        if phrase.inside is not None and phrase.inside.fullmatch(inside):
            outside = cut + unfold(text[cut:], bracket)
            words = text[outside:].strip(_BEFORE)
            if not phrase.capitals or words == words.upper():
                return Marker(phrase.action, words, outside)
    return None


def _marker_at(text: str, head: str, at: int, rules: LifecycleRules, notes: str) -> Marker | None:
    in_bracket = head[:at].rstrip()[-1:] in _OPENERS
    for phrase in rules.phrases.get(head[at : at + KEY], ()):
        if phrase.note and notes != "*" and not (notes == "(" and in_bracket):
            continue
        if phrase.bracketed and not in_bracket:
            continue
        found = phrase.shape.match(head, at)
        if found is None:
            continue
        words = text[unfold(text, at) : unfold(text, found.end("words"))]
        is_upper = words == words.upper()
        if (phrase.capitals or found.groupdict().get("glued")) and not is_upper:
            continue
        return Marker(
            phrase.action, words, unfold(text, _after(head, found.end("words"), _BETWEEN))
        )
    return None


def _after(head: str, at: int, passed: str = _BEFORE) -> int:
    return len(head) - len(head[at:].lstrip(passed))
