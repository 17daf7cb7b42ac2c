"""What newswire is made of, and what is known against it. Both ask the network.

- `python -m tools.supply_chain sbom FILE` writes a CycloneDX SBOM of what runs, with licences;
- `python -m tools.supply_chain audit` asks OSV, the open database of vulnerabilities, about
  what runs and what develops it.

uv does both, but reads no requirements files: it is given their pins as a script's.
"""

import json
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from importlib.metadata import PackageNotFoundError, metadata
from pathlib import Path
from typing import Any

from streams.settings import ROOT

RUNS, DEVELOPS = ROOT / "requirements" / "app.txt", ROOT / "requirements" / "dev.txt"
FOUND = 1
"""Exit status of `uv audit` when something is known; any other is a failure to ask."""


def pins(lock: str) -> list[str]:
    """The requirements in a lock file, with their markers and without their hashes."""
    found = re.findall(r"^[a-z0-9][^\s#]*==[^\\\n]+", lock, re.MULTILINE)
    return [pin.strip() for pin in found]


def script(requirements: list[str]) -> str:
    """A script that does nothing and needs these (PEP 723)."""
    listed = "".join(f"#   {json.dumps(each)},\n" for each in requirements)
    return f'# /// script\n# requires-python = ">=3.11"\n# dependencies = [\n{listed}# ]\n# ///\n'


def licensed(components: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """The components of an SBOM, each with the licence that its installed package states."""
    for component in components:
        try:
            stated: Any = metadata(component["name"])
        except PackageNotFoundError:  # of another platform
            yield component
            continue
        found = licence(stated.json)
        yield component | ({"licenses": [found]} if found else {})


def licence(stated: Mapping[str, Any]) -> dict[str, Any] | None:
    """A package's licence as CycloneDX has it: an SPDX expression, or else a name."""
    if expression := stated.get("license_expression"):
        return {"expression": expression}
    classifiers = [each for each in stated.get("classifier", ()) if each.startswith("License ::")]
    names = [each.rpartition(" :: ")[2] for each in classifiers]
    name = ", ".join(names) or stated.get("license", "").strip().partition("\n")[0]
    return {"license": {"name": name}} if name else None


def sbom(path: Path) -> None:
    """Writes it, and says of how many packages it is."""
    done = _uv("export", "--quiet", "--format", "cyclonedx1.5", lock=RUNS, capture=True)
    if done.returncode:
        sys.exit(done.returncode)
    bom = json.loads(done.stdout)
    bom["metadata"]["component"] = {
        "type": "application",
        "bom-ref": "newswire",
        "name": "newswire",
    }
    bom["components"] = list(licensed(bom["components"]))
    # uv's own root is its script's, and names nothing.
    known = {component["bom-ref"] for component in bom["components"]}
    bom["dependencies"] = [each for each in bom["dependencies"] if each["ref"] in known]
    bom["dependencies"].append({"ref": "newswire", "dependsOn": sorted(known)})
    path.write_text(json.dumps(bom, indent=2) + "\n", "utf-8")
    named = sum("licenses" in component for component in bom["components"])
    sys.stderr.write(f"{path}: {len(known)} packages, {named} of them with a licence\n")


def audit() -> None:
    """Ends with status 0 when nothing is known against any package."""
    done = _uv("audit", lock=DEVELOPS)
    if done.returncode not in (0, FOUND):
        sys.stderr.write("NOT audited: uv could not ask; what it could not reach stands above.\n")
    sys.exit(done.returncode)


def _uv(*command: str, lock: Path, capture: bool = False) -> subprocess.CompletedProcess[str]:
    with tempfile.TemporaryDirectory() as place:
        path = Path(place) / "newswire.py"
        path.write_text(script(pins(lock.read_text("utf-8"))), "utf-8")
        uv = Path(sys.executable).with_name("uv")
        preview = ["--preview-features", "audit-command,sbom-export"]
        return subprocess.run(  # noqa: S603
            [uv, *command, *preview, "--script", path],
            stdout=subprocess.PIPE if capture else None,
            text=True,
            check=False,
        )


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["sbom", path]:
            sbom(Path(path))
        case ["audit"]:
            audit()
        case _:
            sys.exit(__doc__)
