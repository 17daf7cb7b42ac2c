"""What is documented exists, and what exists is documented."""

import re
import subprocess
from pathlib import Path
from typing import get_args

import pytest

from streams.cli import app
from streams.settings import ROOT
from streams.steps.dates.roles import ROLES, Meaning
from tests.docs.generated import SECURITY, SETTINGS, security, settings

README = (ROOT / "README.md").read_text(encoding="utf-8")
DOCUMENTS = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md"))]
TRACKED = subprocess.run(
    ["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True
).stdout.splitlines()


def test_every_setting_is_documented() -> None:
    assert SETTINGS.read_text(encoding="utf-8") == settings(), "run `make schemas`"


def test_every_limit_is_documented_as_it_is() -> None:
    assert SECURITY.read_text(encoding="utf-8") == security(), "run `make schemas`"


VERBS = {command.callback.__name__ for command in app.registered_commands if command.callback}


def test_every_verb_is_in_the_readme() -> None:
    assert len(VERBS) >= 8
    missing = [verb for verb in VERBS if f"newswire {verb}" not in README and verb != "demo"]
    assert missing == []


def test_every_verb_in_the_documents_exists() -> None:
    for document in DOCUMENTS:
        named = set(re.findall(r"`(?:\.venv/bin/)?newswire ([a-z]+)", document.read_text("utf-8")))
        assert named <= VERBS, f"{document.name} names {named - VERBS}"


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_every_link_leads_somewhere(document: Path) -> None:
    for target in re.findall(r"\]\(([^)#]+?)(?:#[^)]*)?\)", document.read_text(encoding="utf-8")):
        if not target.startswith("http"):
            assert (document.parent / target).exists(), f"{document.name} links to {target}"


def test_every_target_of_make_is_in_its_help() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    phony = re.search(r"^\.PHONY: (.*)$", makefile, re.MULTILINE)
    assert phony is not None
    described = set(re.findall(r"^([a-z]+):.*## ", makefile, re.MULTILINE))
    assert set(phony[1].split()) == described


def test_no_file_of_ours_is_above_three_hundred_lines() -> None:
    ours = [
        ROOT / name
        for name in TRACKED
        if name.endswith((".py", ".html", ".toml", ".yml", ".md")) and "requirements/" not in name
    ]
    long = [path.name for path in ours if len(path.read_text("utf-8").splitlines()) > 300]
    assert long == []


def test_the_locks_hold_hashes_and_no_addresses() -> None:
    for lock in (ROOT / "requirements").glob("*.txt"):
        text = lock.read_text(encoding="utf-8")
        assert "--hash=sha256:" in text
        assert not re.search(r"https?://|--index-url|--find-links", text)
        assert "==999.9.9" not in text


def test_the_pipelines_page_names_its_steps_in_the_readmes_order() -> None:
    steps = ["decode", "versions", "clean", "language", "entities", "dates", "streams"]
    line = next(line for line in README.splitlines() if "agent enrich" in line)
    assert [word for word in re.findall(r"[a-z]+", line) if word in steps] == steps


def test_every_role_and_meaning_of_a_form_is_documented() -> None:
    page = (ROOT / "docs" / "dates.md").read_text(encoding="utf-8")
    named = set(re.findall(r"`([a-z_]+)`", page))
    roles = {role for role in ROLES if ":" not in role}
    assert roles - named == set()
    assert set(get_args(Meaning)) - named == set()
