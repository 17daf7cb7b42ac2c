"""Writes the generated parts of the documents: `python -m tests.docs.generated`."""

from collections.abc import Iterator, Mapping

from pydantic.fields import FieldInfo

from schemas.enriched import Duplicate
from schemas.outcomes import Held, Rejected
from streams.broker.security import Security
from streams.cli.offline import Offline
from streams.seeds import load_lexicon
from streams.settings import ROOT, Settings

SETTINGS = ROOT / "docs" / "settings.md"
DUPLICATES = ROOT / "docs" / "duplicates.md"
BEGIN, END = "<!-- demo: written by `make schemas` -->\n", "<!-- /demo -->\n"
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
