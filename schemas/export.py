"""Writes `schemas/published/`: JSON Schema 2020-12 of every record, and AsyncAPI 3 of all topics.

`python -m schemas.export` writes; with `--check` it only tells what would change, and
ends with status 1 if anything would. Within v1 only optional fields are added.
"""

import json
import sys
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter

from schemas.aliases import Alias
from schemas.article import Article
from schemas.enriched import Enriched, Withdrawn
from schemas.links import StoryLink
from schemas.outcomes import Candidate, DuplicateRecord, Held, Rejected
from schemas.stream import StreamDefinition
from schemas.topics import FIXED, Topic, stream_topic

PUBLISHED = Path(__file__).parent / "published"
DIALECT = "https://json-schema.org/draft/2020-12/schema"

RECORDS: dict[str, Any] = {
    "article": Article,
    "candidate": Candidate,
    "alias": Alias,
    "enriched": Enriched,
    "withdrawn": Withdrawn,
    "duplicate": DuplicateRecord,
    "link": StoryLink,
    "held": Held,
    "rejected": Rejected,
    "stream": StreamDefinition,
}
"""What is published, by the name of its file."""


def documents() -> dict[str, str]:
    """Every published file: its name and its text."""
    texts = {f"{name}.v1.schema.json": _json(schema_of(name)) for name in RECORDS}
    return {**texts, "asyncapi.json": _json(asyncapi())}


def schema_of(name: str) -> dict[str, Any]:
    """The JSON Schema of one record, closed: what it does not name is not in v1."""
    schema = TypeAdapter(RECORDS[name]).json_schema(mode="validation")
    _close(schema)
    return {"$schema": DIALECT, "$id": f"urn:newswire:schema:{name}:v1", **schema}


def asyncapi() -> dict[str, Any]:
    """All topics as an AsyncAPI 3 document; the streams as one channel with a parameter."""
    topics = (*FIXED, stream_topic("{stream}", "One subject that people follow."))
    channels = {_identifier(topic): _channel(topic) for topic in topics}
    operations: dict[str, Any] = {}
    for topic in topics:
        channel = {"$ref": f"#/channels/{_identifier(topic)}"}
        operations[f"write-{_identifier(topic)}"] = {
            "action": "send",
            "channel": channel,
            "summary": f"Written by {', '.join(topic.writers)}.",
        }
        operations[f"read-{_identifier(topic)}"] = {
            "action": "receive",
            "channel": channel,
            "summary": f"Read by {', '.join(topic.readers)}.",
        }
    return {
        "asyncapi": "3.0.0",
        "info": {
            "title": "newswire",
            "version": "1",
            "description": "News articles in, enriched streams out, on Apache Kafka.",
            "license": {"name": "Apache-2.0"},
        },
        "defaultContentType": "application/json",
        "channels": channels,
        "operations": operations,
        "components": {"schemas": _components()},
    }


def _components() -> dict[str, Any]:
    on_topics = sorted({name for topic in FIXED for name in _records_on(topic)} - {"bytes"})
    _, definitions = TypeAdapter.json_schemas(
        [(name, "validation", TypeAdapter(RECORDS[name])) for name in on_topics],
        ref_template="#/components/schemas/{model}",
    )
    schemas: dict[str, Any] = definitions["$defs"]
    return schemas


def _channel(topic: Topic) -> dict[str, Any]:
    configuration: dict[str, Any] = {
        "cleanup.policy": topic.cleanup.split(","),
        "max.message.bytes": int(topic.settings["max.message.bytes"]),
    }
    if topic.retention_days is not None:
        configuration["retention.ms"] = int(topic.settings["retention.ms"])
    channel: dict[str, Any] = {
        "address": topic.name,
        "description": topic.description,
        "messages": {name: _message(topic, name) for name in _records_on(topic)},
        "bindings": {
            "kafka": {
                "partitions": topic.partitions,
                "topicConfiguration": configuration,
                "bindingVersion": "0.5.0",
            }
        },
    }
    if "{stream}" in topic.name:
        channel["parameters"] = {"stream": {"description": "The stream's name."}}
    return channel


def _message(topic: Topic, name: str) -> dict[str, Any]:
    key = {"type": "string", "description": f"The {topic.key}."}
    binding = {"kafka": {"key": key, "bindingVersion": "0.5.0"}}
    if name == "bytes":
        return {"contentType": "application/octet-stream", "bindings": binding}
    return {
        "name": name,
        "contentType": "application/json",
        "bindings": binding,
        "payload": {"$ref": f"#/components/schemas/{RECORDS[name].__name__}"},
    }


def _records_on(topic: Topic) -> list[str]:
    if topic.model is None:
        return ["bytes"]
    models = getattr(topic.model, "__args__", (topic.model,))
    return [name for name, model in RECORDS.items() if model in models]


def _identifier(topic: Topic) -> str:
    return topic.name.replace(".", "-").replace("{stream}", "any")


def _close(node: Any) -> None:
    if isinstance(node, dict):
        if node.get("type") == "object" and "properties" in node:
            node.setdefault("additionalProperties", False)
        for child in node.values():
            _close(child)
    elif isinstance(node, list):
        for child in node:
            _close(child)


def _json(document: dict[str, Any]) -> str:
    return json.dumps(document, indent=2, ensure_ascii=False) + "\n"


def drift() -> list[str]:
    """What differs between the models and the published files, a line each."""
    wanted = documents()
    present = {path.name: path.read_text(encoding="utf-8") for path in PUBLISHED.glob("*")}
    return [
        *(f"{name} is not published" for name in wanted if name not in present),
        *(f"{name} differs" for name in wanted if present.get(name, wanted[name]) != wanted[name]),
        *(f"{name} is published, but no model makes it" for name in present if name not in wanted),
    ]


if __name__ == "__main__":
    if "--check" in sys.argv:
        problems = drift()
        sys.stdout.writelines(f"{problem}; run `make schemas`\n" for problem in problems)
        sys.exit(bool(problems))
    PUBLISHED.mkdir(exist_ok=True)
    for name, text in documents().items():
        (PUBLISHED / name).write_text(text, encoding="utf-8")
