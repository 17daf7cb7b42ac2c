"""Markup to paragraphs, and markup made to harm."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schemas.article import BodyFormat
from streams.steps.clean import Cleaned, NoiseRules, clean
from streams.steps.clean.tame import DEPTH, SMALL, tame


def read(html: str, noise: NoiseRules, headline: str | None = "Given headline") -> Cleaned:
    return clean(headline, html, BodyFormat.html, noise, lambda _line: False)


@pytest.mark.parametrize(
    ("html", "body"),
    [
        ("<p>One.</p><p>Two.</p>", "One.\n\nTwo."),
        ("<p>One.<p>Two.", "One.\n\nTwo."),
        ("<div>One.<p>Two.</p>Three.</div>", "One.\n\nTwo.\n\nThree."),
        ("One<br>two<br/>three", "One\ntwo\nthree"),
        ("One<br><br>two", "One\n\ntwo"),
        ("<p>  One \n\t two  </p>", "One two"),
        ("<p>A &amp; B &lt;C&gt; &#1055;</p>", "A & B <C> П"),
        ("<p>Pu<b>ti</b>n</p>", "Putin"),
        ("<ul><li>One<li>Two</ul>", "One\n\nTwo"),
        ("<table><tr><td>One<td>two<tr><td>Three</table>", "One two\n\nThree"),
        ("<pre>One\n  two\n\nThree</pre>", "One\ntwo\n\nThree"),
        ("<p>One<!-- two -->three</p>", "Onethree"),
        ("No markup at all.", "No markup at all."),
        ("<p>A < B and C</p>", "A < B and C"),
        ("<p>One.</p><script>alert('<p>Two</p>')</script>", "One."),
    ],
)
def test_blocks_are_paragraphs(html: str, body: str, noise: NoiseRules) -> None:
    assert read(html, noise).body == body


@pytest.mark.parametrize(
    "element", ["script", "style", "nav", "aside", "figure", "figcaption", "form", "button"]
)
def test_what_is_not_text_is_out_and_listed(element: str, noise: NoiseRules) -> None:
    cleaned = read(f"<p>One.</p><{element}>Other</{element}><p>Two.</p>", noise)
    assert cleaned.body == "One.\n\nTwo."
    assert [(r.rule, r.text) for r in cleaned.removed] == [(f"html_{element}", "Other")]


def test_the_first_heading_is_the_headline_and_not_in_the_body(noise: NoiseRules) -> None:
    html = "<title>Site</title><h1>Talks in  <i>Oslo</i></h1><p>Talks in Oslo</p><p>They met.</p>"
    cleaned = read(html, noise, headline=None)
    assert (cleaned.headline, cleaned.body) == ("Talks in Oslo", "They met.")
    assert {r.rule for r in cleaned.removed} == {"html_title", "repeated_title"}


def test_the_title_is_the_headline_when_there_is_no_heading(noise: NoiseRules) -> None:
    cleaned = read("<title>Talks in Oslo</title><p>They met.</p>", noise, headline=None)
    assert (cleaned.headline, cleaned.body) == ("Talks in Oslo", "They met.")


def test_a_given_headline_stays(noise: NoiseRules) -> None:
    cleaned = read("<h1>Given headline</h1><p>They met.</p>", noise)
    assert (cleaned.headline, cleaned.body) == ("Given headline", "They met.")


def test_buttons_known_by_name_go(noise: NoiseRules) -> None:
    assert read("<p>They met.</p><p>Read more</p>", noise).body == "They met."


BOMBS = {
    "nested blocks": "<div>" * 100_000 + "x",
    "nested inlines": "<b>" * 100_000 + "x",
    "nested tables": "<table><tr><td>" * 30_000 + "x",
    "nested lists": "<ul><li>" * 60_000 + "x",
    "a huge attribute": '<p a="' + "x" * 1_000_000 + '">y',
    "many attributes": "<p " + " ".join(f"a{n}" for n in range(60_000)) + ">y",
    "attributes with brackets": "<p " + " ".join(f"a{n}<" for n in range(60_000)) + ">y",
    "fake ends in attributes": "<div a='</div>'>" * 50_000,
    "unclosed tags": "<p" * 300_000,
    "unclosed quotes": '<p a="' * 200_000,
    "unclosed comments": "<!--" * 200_000,
    "unclosed scripts": "<script" * 100_000,
    "an endless equals": "<a =" + " " * 700_000,
    "CDATA": "<![CDATA[ <b>" * 60_000,
    "NUL": "\0" * 700_000 + "<p>x",
    "brackets": "<" * 700_000,
    "entities": "&#65;" * 150_000,
    "unclosed paragraphs": "<p>a" * 100_000,
    "formatting across paragraphs": "<b><p></b>" * 60_000,
}


@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_costs_no_more_than_its_length(name: str, noise: NoiseRules) -> None:
    bomb = BOMBS[name]
    started = time.process_time()
    read(bomb, noise)
    # A busy machine is slow; what is guarded against takes 5 to 20 seconds.
    assert time.process_time() - started < 2.5


@pytest.mark.parametrize("size", ["small", "large"])
def test_taming_leaves_the_text(size: str, noise: NoiseRules) -> None:
    html = "<div class='a > b'><p>One &amp; <b>two</b>.<p>Three<br>four.</div><!-- <p>five -->"
    padded = html if size == "small" else html + "<i></i>" * (SMALL // 7 + 1)
    assert read(padded, noise).body == "One & two.\n\nThree\nfour."


def test_a_large_document_is_nested_no_deeper_than_allowed() -> None:
    deep = tame("<div>" * SMALL)
    assert deep.count("<div>") == DEPTH


@settings(max_examples=300, deadline=None)
@given(html=st.text() | st.text(alphabet="<>/!-=\"' \0abp&;#1[]").map(lambda text: text * 3))
def test_no_text_is_too_strange(html: str, noise: NoiseRules) -> None:
    read(html, noise, headline=None)
    tame(html + " " * SMALL)
