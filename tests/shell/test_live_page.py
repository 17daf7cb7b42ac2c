"""The live page shows strangers' text as text."""

import json
import re
import shutil
import subprocess
from typing import Any

import pytest

from streams.web import PAGE

EVIL = "\"><img src=x onerror=alert(1)><script>alert(2)</script>'&{{7*7}}\u202e"

# As much of a browser as the page's script asks for; what is made is noted.
BROWSER = """
const made = [];
class Element {
  constructor(tag) { this.tag = tag; this.attributes = {}; this.children = []; made.push(this);
    this.classList = { add() {}, toggle() {} }; }
  setAttribute(name, value) { this.attributes[name] = String(value); }
  append(...children) { this.children.push(...children); }
  replaceChildren(...children) { this.children = children; }
  addEventListener() {}
}
globalThis.document = { createElement: (tag) => new Element(tag),
                        getElementById: () => new Element("#") };
globalThis.setTimeout = () => {};
globalThis.fetch = async () => ({ text: async () => STORIES });
process.on("exit", () => console.log(JSON.stringify(made)));
"""


def story() -> dict[str, Any]:
    return {
        "outcome": "enriched",
        "uri": EVIL,
        "version": 1,
        "wire": EVIL,
        "headline": EVIL,
        "body": EVIL,
        "published_at": EVIL,
        "language": {"code": EVIL},
        "duplicate": {"verdict": EVIL, "related": [EVIL], "also_in": [EVIL]},
        "entities": [{"id": EVIL, "name": EVIL, "kind": EVIL, "mentions": [1]}],
        "dates": [{"surface": EVIL, "value": EVIL}],
        "streams": [{"name": EVIL, "score": 1.0, "why": [f'names "{EVIL}"']}],
    }


def script() -> str:
    (text,) = re.findall(r"<script>(.*?)</script>", PAGE, re.DOTALL)
    return str(text)


def test_the_script_makes_no_markup_of_text() -> None:
    # Not beside what a policy would stop: also where none holds.
    banned = r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(|new Function|srcdoc"
    assert re.findall(banned, script()) == []


def test_the_page_loads_nothing_from_elsewhere() -> None:
    assert re.findall(r"""(?:src|href|action)\s*=|https?://|url\(|@import""", PAGE) == []


@pytest.mark.skipif(not shutil.which("node"), reason="no node here, which runs the page's script")
def test_a_hostile_article_makes_no_element_and_no_attribute_of_its_own() -> None:
    withdrawn = {**story(), "outcome": "withdrawn", "editor_note": EVIL}
    stories = json.dumps(json.dumps([story(), withdrawn]))
    program = f"const STORIES = {stories};{BROWSER}{script()}"
    done = subprocess.run(
        ["node", "-"], input=program, capture_output=True, text=True, check=False, timeout=60
    )
    assert done.returncode == 0, done.stderr
    made = json.loads(done.stdout)
    tags = {element["tag"] for element in made}
    assert tags <= {"article", "h2", "p", "ul", "li", "bdi", "button", "#"}
    assert {"article", "h2", "li", "bdi"} <= tags, "the articles were drawn"
    attributes = {name for element in made for name in element["attributes"]}
    assert attributes <= {"id", "dir", "lang", "class", "title", "aria-pressed"}
    assert any(element.get("textContent") == EVIL for element in made)
