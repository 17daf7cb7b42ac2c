"""The alerts ask only for what is measured, fire when they should, and say what to do."""

import json
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from streams.metrics import REGISTRY
from tests.deployment.promql import TARGET, exposed, read

ROOT = Path(__file__).parents[2]
OBSERVABILITY = ROOT / "observability"
METRICS = exposed(REGISTRY)


def yaml(path: Path) -> Any:
    return YAML(typ="safe").load(path.read_text("utf-8"))


GROUPS = yaml(OBSERVABILITY / "alerts.yml")["groups"]
RULES = [rule for group in GROUPS for rule in group["rules"]]


def anchors(page: Path) -> set[str]:
    titles = re.findall(r"^#+ (.+)$", page.read_text("utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", title.lower()).replace(" ", "-") for title in titles}


def test_prometheus_loads_the_rules() -> None:
    config = yaml(OBSERVABILITY / "prometheus.yml")
    assert config.keys() == {"global", "rule_files", "scrape_configs"}
    for name in config["rule_files"]:
        assert (OBSERVABILITY / name).is_file()
    assert [job["job_name"] for job in config["scrape_configs"]] == ["newswire"]
    if promtool := shutil.which("promtool"):
        file = OBSERVABILITY / "prometheus.yml"
        done = subprocess.run(
            [promtool, "check", "config", file], capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule["alert"])
def test_an_alert_says_what_is_wrong_and_where_to_read_on(rule: Any) -> None:
    assert rule.keys() - {"for"} == {"alert", "expr", "labels", "annotations"}
    assert rule["labels"]["severity"] in {"critical", "warning", "info"}
    assert rule["annotations"].keys() == {"summary", "description", "runbook"}
    page, anchor = rule["annotations"]["runbook"].split("#")
    assert anchor in anchors(ROOT / page)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule["alert"])
def test_an_alert_names_only_metrics_and_labels_that_exist(rule: Any) -> None:
    named = read(rule["expr"])
    assert named.metrics
    assert named.metrics <= METRICS.keys()
    known = TARGET.union(*(METRICS[name] for name in named.metrics))
    assert named.labels <= known
    for template in rule["annotations"].values():
        assert set(re.findall(r"\$labels\.(\w+)", template)) <= known


def test_no_two_alerts_share_a_name() -> None:
    names = [rule["alert"] for rule in RULES]
    assert len(names) == len(set(names))


def test_every_alert_has_cases_of_firing_and_of_keeping_quiet() -> None:
    tests = yaml(ROOT / "tests" / "deployment" / "alerts.test.yml")["tests"]
    fired: set[str] = set()
    quiet: set[str] = set()
    for case in (case for test in tests for case in test["promql_expr_test"]):
        asked = re.search(r'alertname="(\w+)"', case["expr"])
        assert asked, case["expr"]
        (fired if case["exp_samples"] else quiet).add(asked[1])
    assert fired == quiet == {rule["alert"] for rule in RULES}


@pytest.mark.skipif(not shutil.which("promtool"), reason="promtool is not installed")
def test_alerts_fire_when_they_should_and_not_else() -> None:
    cases = ROOT / "tests" / "deployment" / "alerts.test.yml"
    command = ["promtool", "test", "rules", str(cases)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_board_shows_the_curve_of_the_alert_on_articles_in_flight() -> None:
    board = json.loads(
        (OBSERVABILITY / "grafana" / "dashboards" / "newswire.json").read_text("utf-8")
    )
    shown = {t["expr"] for p in board["panels"] for t in p.get("targets", [])}
    [rule] = [rule for rule in RULES if rule["alert"] == "InFlightNotDraining"]
    left, right = re.sub(r"\s+", " ", rule["expr"]).split(" > ")
    assert {left, right} <= shown
