"""Cleaning: an article's own text out of what came with it."""

from collections.abc import Callable

from schemas.article import BodyFormat
from streams.steps.clean.cleaned import Cleaned
from streams.steps.clean.html import clean_html
from streams.steps.clean.noise import NoiseRules, compile_noise
from streams.steps.clean.noise_seed import NoiseSeed
from streams.steps.clean.page import clean_page

__all__ = ["Cleaned", "NoiseRules", "NoiseSeed", "clean", "compile_noise"]


def clean(
    headline: str | None,
    body: str,
    body_format: BodyFormat,
    noise: NoiseRules,
    is_date: Callable[[str], bool],
) -> Cleaned:
    """Headline and text of an article, whatever its format. Never raises.

    Args:
        headline: As published; None when only the page or the markup shows it.
        body: `text` goes through byte for byte, so offsets into it are the publisher's.
        body_format: How `body` is to be read.
        noise: What `noise.yaml` names, of all languages.
        is_date: Whether a line is nothing but a date.
    """
    if body_format is BodyFormat.text:
        return Cleaned(headline, body)
    if body_format is BodyFormat.html:
        return clean_html(headline, body, noise)
    return clean_page(headline, body, noise, is_date)
