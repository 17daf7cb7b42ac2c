"""The contracts: published as the models say, and every example true to them."""

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator, ValidationError
from pydantic import TypeAdapter

from schemas import export
from schemas.topics import FIXED, all_topics

EXAMPLES = sorted((Path(export.__file__).parent / "examples").glob("*/*.json"))


def test_what_is_published_is_what_the_models_say() -> None:
    assert export.drift() == []


def test_drift_is_seen(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name, text in export.documents().items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    (tmp_path / "article.v1.schema.json").write_text("{}", encoding="utf-8")
    (tmp_path / "enriched.v1.schema.json").unlink()
    (tmp_path / "stranger.json").write_text("{}", encoding="utf-8")
    monkeypatch.setattr(export, "PUBLISHED", tmp_path)
    assert len(export.drift()) == 3


@pytest.mark.parametrize("name", export.RECORDS)
def test_every_schema_is_a_schema(name: str) -> None:
    Draft202012Validator.check_schema(export.schema_of(name))


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_every_example_is_valid_by_schema_and_by_model(path: Path) -> None:
    document = json.loads(path.read_text(encoding="utf-8"))
    Draft202012Validator(export.schema_of(path.parent.name)).validate(document)
    TypeAdapter(export.RECORDS[path.parent.name]).validate_python(document)


def test_every_record_on_a_consumers_topic_has_an_example() -> None:
    shown = {path.parent.name for path in EXAMPLES}
    assert {"article", "enriched", "duplicate", "withdrawn"} <= shown


def test_an_article_without_a_wire_is_not_valid() -> None:
    with pytest.raises(ValidationError, match="wire"):
        Draft202012Validator(export.schema_of("article")).validate({"uri": "u", "body": "x"})


def test_the_published_schema_is_closed() -> None:
    document: dict[str, Any] = {"uri": "u", "wire": "w", "body": "x", "mood": "grim"}
    with pytest.raises(ValidationError, match="mood"):
        Draft202012Validator(export.schema_of("article")).validate(document)


def test_asyncapi_names_every_topic_with_its_retention() -> None:
    channels = export.asyncapi()["channels"]
    by_address = {channel["address"]: channel for channel in channels.values()}
    for topic in FIXED:
        kafka = by_address[topic.name]["bindings"]["kafka"]
        assert kafka["partitions"] == topic.partitions
        configuration = kafka["topicConfiguration"]
        if topic.retention_days is not None:
            assert configuration["retention.ms"] == topic.retention_days * 86_400_000
    assert "news.stream.{stream}.v1" in by_address


def test_every_reference_in_asyncapi_leads_somewhere() -> None:
    document = export.asyncapi()

    def references(node: Any) -> list[str]:
        if isinstance(node, dict):
            own = [node["$ref"]] if isinstance(node.get("$ref"), str) else []
            return own + [each for child in node.values() for each in references(child)]
        if isinstance(node, list):
            return [each for child in node for each in references(child)]
        return []

    found = references(document)
    assert found
    for reference in found:
        node = document
        for part in reference.removeprefix("#/").split("/"):
            node = node[part]


def test_topic_names_are_lower_case_without_underscores() -> None:
    for topic in all_topics([("us-russia-relations", "US–Russia relations")]):
        assert topic.name == topic.name.lower()
        assert "_" not in topic.name


def test_changelogs_have_the_partitions_of_what_they_follow() -> None:
    partitions = {topic.name: topic.partitions for topic in FIXED}
    assert partitions["newswire-versions-changelog"] == partitions["news.articles.v1"]
    assert partitions["newswire-index-changelog"] == partitions["newswire-held-changelog"]
    assert partitions["newswire-index-changelog"] == partitions["news.candidates.v1"]
