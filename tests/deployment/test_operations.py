"""docs/operations.md names every metric, in the words of the code."""

from pathlib import Path

from streams.metrics import REGISTRY

PAGE = Path(__file__).parents[2] / "docs" / "operations.md"
BEGIN, END = "<!-- metrics: as in streams/metrics.py -->\n", "<!-- /metrics -->\n"


def metrics_table() -> str:
    """The table as the page must have it."""
    rows = ["| metric | kind | labels | what |", "|---|---|---|---|"]
    for collector in REGISTRY._collector_to_names:
        labels = ", ".join(f"`{label}`" for label in getattr(collector, "_labelnames", ()))
        for family in collector.collect():
            if family.name.startswith("newswire_"):
                name = family.name + ("_total" if family.type == "counter" else "")
                rows.append(f"| `{name}` | {family.type} | {labels} | {family.documentation} |")
    return "\n".join(rows) + "\n"


def test_the_page_has_every_metric_as_the_code_describes_it() -> None:
    _, _, after = PAGE.read_text("utf-8").partition(BEGIN)
    table, found, _ = after.partition(END)
    assert found
    assert table == metrics_table(), "replace the table between the two comments by the right one"
