"""The SBOM and the audit are of everything that is locked."""

import re
import tomllib
from typing import Any

import pytest

from tools.supply_chain import DEVELOPS, RUNS, licence, licensed, pins, script


@pytest.mark.parametrize("lock", [RUNS, DEVELOPS], ids=lambda path: path.name)
def test_every_locked_package_is_a_requirement_of_the_script_that_uv_reads(lock: Any) -> None:
    text = lock.read_text("utf-8")
    inline = script(pins(text)).removeprefix("# /// script\n").removesuffix("# ///\n")
    requirements = tomllib.loads(inline.replace("# ", "", 1).replace("\n# ", "\n"))["dependencies"]
    assert len(requirements) == len(re.findall(r"^\S+==", text, re.MULTILINE)) > 50
    assert any(
        re.fullmatch(r"numpy==[\d.]+ ; python_full_version \S+ .*", each) for each in requirements
    )
    assert not any("hash" in each or "\\" in each for each in requirements)


@pytest.mark.parametrize(
    ("stated", "found"),
    [
        ({"license_expression": "MIT", "license": "no"}, {"expression": "MIT"}),
        (
            {"classifier": ["License :: OSI Approved :: MIT License"], "license": "text"},
            {"license": {"name": "MIT License"}},
        ),
        ({"license": "BSD-3-Clause\nand all of its text"}, {"license": {"name": "BSD-3-Clause"}}),
        ({}, None),
    ],
)
def test_a_licence_is_told_as_precisely_as_its_package_tells_it(
    stated: dict[str, Any], found: dict[str, Any] | None
) -> None:
    assert licence(stated) == found


def test_a_package_of_another_platform_stays_without_a_licence() -> None:
    components = [{"name": "faust-streaming"}, {"name": "no-such-package-here"}]
    ours, other = licensed(components)
    assert ours["licenses"]
    assert other == {"name": "no-such-package-here"}
