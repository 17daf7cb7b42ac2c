"""Writes the generated parts of the documents: `python -m tests.docs.generated`."""

from collections.abc import Iterator, Mapping
from typing import Any

from pydantic.fields import FieldInfo

from schemas.article import EARLIEST_YEAR, LATEST_YEAR, Article
from schemas.enriched import Duplicate
from schemas.outcomes import Held, Rejected
from schemas.topics import MAX_MESSAGE_BYTES
from streams.broker.security import Security
from streams.cli.offline import Offline
from streams.enrichment import DOUBTED, MOST_LINES, MOST_TAGS, MOSTLY_HIDDEN, READ
from streams.live import SHOWN
from streams.seeds import load_lexicon
from streams.settings import ROOT, Settings
from streams.steps.decode import MAX_BYTES
from streams.steps.language import FARTHEST, SAMPLE
from streams.steps.versions import KEPT

SETTINGS = ROOT / "docs" / "settings.md"
DUPLICATES = ROOT / "docs" / "duplicates.md"
SECURITY = ROOT / "docs" / "security.md"
BEGIN, END = "<!-- demo: written by `make schemas` -->\n", "<!-- /demo -->\n"
LIMITS, LIMITS_END = "<!-- limits: written by `make schemas` -->\n", "<!-- /limits -->\n"
PREFIX = "urn:newswire:demo:"


def settings() -> str:
    """docs/settings.md."""
    kafka = Security.model_fields
    own = {name: field for name, field in Settings.model_fields.items() if name not in kafka}
    lines = [
        "# Settings",
        "",
        "From the environment, read once at start. This page is generated from",
        "`streams/settings.py` and `streams/broker/security.py`.",
        "",
        *_variables(own),
        "",
        "## Logging in to Kafka, and TLS",
        "",
        "In Kafka's own words; [security](security.md) shows how they go together.",
        "",
        *_variables(kafka),
    ]
    return "\n".join(lines) + "\n"


def _variables(fields: Mapping[str, FieldInfo]) -> Iterator[str]:
    yield from ("| variable | default | what |", "|---|---|---|")
    for name, field in fields.items():
        default = "" if field.default is None else f"`{field.default}`"
        shown = "the project's `seeds`" if name == "seeds" else default
        yield f"| `NEWSWIRE_{name.upper()}` | {shown} | {field.description} |"


def duplicates() -> str:
    """docs/duplicates.md, with what the demo feed's articles are to each other now."""
    before, _, rest = DUPLICATES.read_text(encoding="utf-8").partition(BEGIN)
    _, _, after = rest.partition(END)
    lines = [
        "| article | verdict | `why` | `of` or `supersedes` | `similarity` | `lead` | besides |",
        "|---|---|---|---|---|---|---|",
        *_demo(),
    ]
    return before + BEGIN + "\n".join(lines) + "\n" + END + after


def security() -> str:
    """docs/security.md, with every limit as it is in the code."""
    before, _, rest = SECURITY.read_text(encoding="utf-8").partition(LIMITS)
    _, _, after = rest.partition(LIMITS_END)
    lines = ["| what | limit | beyond it |", "|---|---|---|"]
    lines += (f"| {what} | {limit} | {beyond} |" for what, limit, beyond in _limits())
    return before + LIMITS + "\n".join(lines) + "\n" + LIMITS_END + after


def _limits() -> Iterator[tuple[str, str, str]]:
    mib, rejected = 1024 * 1024, "rejected: `{}`, `{}`".format
    yield "a Kafka record", f"{MAX_MESSAGE_BYTES // mib} MiB, packed", "not taken by the broker"
    too_large = rejected("decode", "too_large")
    yield "an article's record", f"{MAX_BYTES // mib} MiB", too_large
    yield "JSON, nested", "200 levels", rejected("decode", "not_json")
    for name, field in Article.model_json_schema()["properties"].items():
        for limit in _limit(field):
            yield f"`{name}`", limit, rejected("decode", "invalid")
    years = f"{EARLIEST_YEAR} to {LATEST_YEAR}"
    yield "years of an article's times", years, rejected("decode", "invalid")
    yield "invisible characters", f"{MOSTLY_HIDDEN:.0%} of the body", rejected("clean", "invisible")
    yield "lines of a `page`", f"{MOST_LINES:,}", rejected("clean", "too_many_lines")
    yield "tags of `html`", f"{MOST_TAGS:,}", rejected("clean", "too_many_tags")
    searched = f"the first {READ:,} characters of the body"
    yield "names, dates, streams", searched, "the rest passes, unread"
    yield "whether dates contradict the anchor", f"the first {DOUBTED:,}", "not asked"
    yield "language", f"{SAMPLE} characters, of the first {FARTHEST:,}", "not looked at"
    yield "versions of one uri", f"the last {KEPT}", "older ones are forgotten"
    yield "stories on the live page", f"the last {SHOWN}", "older ones are not shown"


def _limit(field: dict[str, Any]) -> Iterator[str]:
    """What a field's JSON Schema bounds, in words."""
    for kind in (field, *field.get("anyOf", ())):
        if "maxLength" in kind:
            yield f"{kind['maxLength']:,} characters"
        if "maximum" in kind:
            yield f"{kind['minimum']} to {kind['maximum']}"
        if "maxItems" in kind:
            yield f"{kind['maxItems']:,} items of {kind['items']['maxLength']:,} characters"


def _demo() -> Iterator[str]:
    desk = Offline(load_lexicon(ROOT / "seeds"), Settings())
    for line in (ROOT / "seeds" / "articles" / "demo.jsonl").read_bytes().splitlines():
        outcome = desk.outcome(line)
        if isinstance(outcome, Held | Rejected):
            continue
        told = outcome.duplicate
        if told is None or told.verdict == "new":
            continue
        cells = (
            f"`{outcome.uri}@{outcome.version}`",
            f"`{told.verdict}`",
            f"`{told.why}`" if told.why else "",
            f"`{told.of or told.supersedes}`" if told.of or told.supersedes else "",
            "" if told.similarity is None else f"{told.similarity:.2f}",
            "" if told.lead is None else f"{told.lead:.2f}",
            ", ".join(_besides(told)),
        )
        yield f"| {' | '.join(cells)} |".replace(PREFIX, "")


def _besides(told: Duplicate) -> Iterator[str]:
    for name in ("changed_numbers", "also_in", "related"):
        values = getattr(told, name)
        if values:
            yield f"`{name}` {' '.join(values)}"


if __name__ == "__main__":
    SETTINGS.write_text(settings(), encoding="utf-8")
    DUPLICATES.write_text(duplicates(), encoding="utf-8")
    SECURITY.write_text(security(), encoding="utf-8")
