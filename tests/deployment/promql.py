"""What a PromQL expression names: enough of its grammar for our own dashboards and rules."""

import re
from dataclasses import dataclass

from prometheus_client import CollectorRegistry

WORDS = {"and", "or", "unless", "offset", "bool"}
# Metrics that are there without us: of Prometheus itself, and of a process (not on every system).
OTHERS: dict[str, frozenset[str]] = {
    "up": frozenset(),
    "ALERTS": frozenset({"alertname", "alertstate", "severity"}),
    "process_cpu_seconds_total": frozenset(),
    "process_resident_memory_bytes": frozenset(),
    "process_start_time_seconds": frozenset(),
}
TARGET = frozenset({"job", "instance"})
SUFFIXES = {"counter": ("_total",), "histogram": ("_bucket", "_sum", "_count")}


@dataclass(frozen=True)
class Named:
    metrics: frozenset[str]
    labels: frozenset[str]
    grouped_by: frozenset[str]


def read(expr: str) -> Named:
    text = re.sub(r'"[^"]*"', '""', expr.replace("$__range", "1h"))
    filtered = {
        label
        for inside in re.findall(r"\{([^}]*)\}", text)
        for label in re.findall(r"(\w+)\s*(?:=|!=)", inside)
    }
    text = re.sub(r"\{[^}]*\}|\[[^\]]*\]", "", text)
    lists = re.findall(r"\b(by|without|on|ignoring|group_left|group_right)\s*\(([^)]*)\)", text)
    listed = {(word, label) for word, labels in lists for label in re.findall(r"\w+", labels)}
    text = re.sub(r"\b(by|without|on|ignoring|group_left|group_right)\s*\([^)]*\)", "", text)
    names = set(re.findall(r"\b([a-zA-Z_:][\w:]*)\b(?!\s*\()", text)) - WORDS
    return Named(
        metrics=frozenset(names),
        labels=frozenset(filtered | {label for _, label in listed}),
        grouped_by=frozenset(label for word, label in listed if word == "by"),
    )


def exposed(registry: CollectorRegistry) -> dict[str, frozenset[str]]:
    """Each name on `/metrics` with its labels, children or not."""
    found = dict(OTHERS)
    for collector in registry._collector_to_names:
        labels = frozenset(getattr(collector, "_labelnames", ()))
        for family in collector.collect():
            for suffix in SUFFIXES.get(family.type, ("",)):
                more = {"le"} if suffix == "_bucket" else set()
                found[family.name + suffix] = labels | more
    return found
