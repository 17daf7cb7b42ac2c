"""Which outlets carry a story besides its first one."""

COPIES_KNOWN = 200
"""Of one story: more are counted nowhere, and change nothing for a desk."""


class Copies:
    """Wire and uri of what was linked to a story, by the uri of its first article."""

    def __init__(self) -> None:
        self._of: dict[str, list[tuple[str, str]]] = {}

    def add(self, story: str, wire: str, uri: str) -> None:
        """Adds one."""
        known = self._of.setdefault(story, [])
        if len(known) < COPIES_KNOWN and (wire, uri) not in known:
            known.append((wire, uri))

    def forget(self, story: str, uri: str) -> None:
        """Takes one out again."""
        left = [copy for copy in self._of.pop(story, []) if copy[1] != uri]
        if left:
            self._of[story] = left

    def wires(self, story: str, besides: str | None) -> tuple[str, ...]:
        """Wires that carry the story besides one, each once, in order."""
        carried = (wire for wire, _ in self._of.get(story, ()) if wire != besides)
        return tuple(dict.fromkeys(carried))

    def uris(self, story: str) -> tuple[str, ...]:
        """Its copies."""
        return tuple(uri for _, uri in self._of.get(story, ()))
