"""The dashboard asks only for what is measured, and every panel says what it shows."""

import json
import re
import shutil
import subprocess
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from streams.metrics import REGISTRY
from tests.deployment.promql import TARGET, exposed, read

ROOT = Path(__file__).parents[2]
GRAFANA = ROOT / "observability" / "grafana"
BOARD: dict[str, Any] = json.loads((GRAFANA / "dashboards" / "newswire.json").read_text("utf-8"))
PANELS: list[dict[str, Any]] = BOARD["panels"]
SHOWN = [panel for panel in PANELS if panel["type"] != "row"]
TARGETS = [
    pytest.param(panel, target, id=f"{panel['title']}-{target['refId']}")
    for panel in SHOWN
    for target in panel["targets"]
]
UNITS = {"none", "short", "s", "bytes", "percentunit", "dateTimeAsIso"}
METRICS = exposed(REGISTRY)


def yaml(path: Path) -> Any:
    return YAML(typ="safe").load(path.read_text("utf-8"))


def test_the_board_can_be_linked_to_and_is_changed_only_in_its_file() -> None:
    assert (BOARD["uid"], BOARD["id"], BOARD["editable"]) == ("newswire-desk", None, False)
    assert BOARD["title"] == "newswire: the desk's view"
    assert BOARD["schemaVersion"] == 39


def test_no_two_panels_share_an_id() -> None:
    ids = [panel["id"] for panel in PANELS]
    assert len(ids) == len(set(ids))


def test_no_panel_covers_another() -> None:
    for one, other in combinations(PANELS, 2):
        a, b = one["gridPos"], other["gridPos"]
        apart = (
            a["x"] + a["w"] <= b["x"]
            or b["x"] + b["w"] <= a["x"]
            or a["y"] + a["h"] <= b["y"]
            or b["y"] + b["h"] <= a["y"]
        )
        assert apart, (one["title"], other["title"])
    assert all(p["gridPos"]["x"] + p["gridPos"]["w"] <= 24 for p in PANELS)


@pytest.mark.parametrize("panel", SHOWN, ids=lambda panel: panel["title"])
def test_a_panel_has_a_title_a_unit_a_description_and_the_datasource(panel: Any) -> None:
    assert panel["title"]
    assert len(panel["description"]) > 20
    unit = panel["fieldConfig"]["defaults"]["unit"]
    assert unit in UNITS or re.fullmatch(r"suffix: [a-z]+/s", unit)
    assert panel["datasource"] == {"type": "prometheus", "uid": "prometheus"}


@pytest.mark.parametrize(("panel", "target"), TARGETS)
def test_a_query_names_only_metrics_and_labels_that_exist(panel: Any, target: Any) -> None:
    named = read(target["expr"])
    assert named.metrics
    assert named.metrics <= METRICS.keys()
    known = TARGET.union(*(METRICS[name] for name in named.metrics))
    assert named.labels <= known


@pytest.mark.parametrize(("panel", "target"), TARGETS)
def test_a_counter_is_shown_as_a_rate_or_an_increase(panel: Any, target: Any) -> None:
    """A counter starts again at 0 with its worker: as it is, it says nothing."""
    over = r"(?:rate|increase|(?:min|last)_over_time)\("
    expr = target["expr"]
    for counter in {n for n in read(expr).metrics if n.endswith(("_total", "_sum", "_count"))}:
        bare = re.sub(rf"{over}{counter}[{{\[]", "", expr)
        # The one other use asks whether a series was there when the range began.
        bare = re.sub(rf"\({counter}(\{{[^}}]*\}})? offset \$__range\)", "", bare)
        assert counter not in bare


@pytest.mark.parametrize(("panel", "target"), TARGETS)
def test_a_rate_is_taken_over_what_the_datasource_can_give(panel: Any, target: Any) -> None:
    windows = re.findall(r"(\w+)\([^()]*\[([^\]]+)\]", target["expr"])
    assert {window for function, window in windows if function == "rate"} <= {"$__rate_interval"}
    # 30m: the curve of an alert is shown over the alert's own window.
    assert {window for _, window in windows} <= {"$__rate_interval", "$__range", "30m"}


@pytest.mark.parametrize(("panel", "target"), TARGETS)
def test_a_legend_tells_the_lines_apart(panel: Any, target: Any) -> None:
    named = read(target["expr"])
    in_legend = set(re.findall(r"\{\{(\w+)\}\}", target["legendFormat"]))
    known = TARGET.union(*(METRICS[name] for name in named.metrics))
    assert in_legend <= known
    if panel["type"] == "table":
        return
    assert target["legendFormat"]
    outer = re.match(r"(?:\w+\((?:\d+, )?)*sum by \(([\w, ]+)\)", target["expr"])
    if outer and "histogram_quantile" not in target["expr"]:
        assert in_legend == set(outer[1].split(", "))
    legends = [other["legendFormat"] for other in panel["targets"]]
    assert len(legends) == len(set(legends))


def test_every_metric_of_ours_is_on_the_board() -> None:
    asked = {name for p in SHOWN for t in p["targets"] for name in read(t["expr"]).metrics}
    families = {re.sub(r"_(bucket|sum|count)$", "", name) for name in asked}
    ours = {re.sub(r"_(bucket|sum|count)$", "", n) for n in METRICS if n.startswith("newswire_")}
    assert ours - families == set()


def test_every_query_is_promql(tmp_path: Path) -> None:
    queries = [target["expr"] for panel in SHOWN for target in panel["targets"]]
    plain = [q.replace("$__rate_interval", "20s").replace("$__range", "1h") for q in queries]
    assert not any("$" in query for query in plain)
    for query in plain:
        for left, right in ("()", "[]", "{}"):
            assert query.count(left) == query.count(right), query
    if promtool := shutil.which("promtool"):
        rules = [{"record": f"panel:{n}", "expr": query} for n, query in enumerate(plain)]
        file = tmp_path / "panels.yml"
        file.write_text(json.dumps({"groups": [{"name": "panels", "rules": rules}]}), "utf-8")
        done = subprocess.run(
            [promtool, "check", "rules", file], capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stdout + done.stderr


def test_the_datasource_is_the_one_the_panels_name() -> None:
    sources = yaml(GRAFANA / "provisioning" / "datasources" / "prometheus.yml")["datasources"]
    assert [(s["uid"], s["type"]) for s in sources] == [("prometheus", "prometheus")]


def test_grafana_and_prometheus_agree_on_the_scrape_interval() -> None:
    """`$__rate_interval` is reckoned from the datasource's timeInterval."""
    sources = yaml(GRAFANA / "provisioning" / "datasources" / "prometheus.yml")["datasources"]
    scraped = yaml(ROOT / "observability" / "prometheus.yml")["global"]["scrape_interval"]
    assert sources[0]["jsonData"]["timeInterval"] == scraped
