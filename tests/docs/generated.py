"""Writes the generated parts of the documents: `python -m tests.docs.generated`."""

from streams.settings import ROOT, Settings

SETTINGS = ROOT / "docs" / "settings.md"


def settings() -> str:
    """docs/settings.md."""
    lines = [
        "# Settings",
        "",
        "From the environment, read once at start. This page is generated from",
        "`streams/settings.py`.",
        "",
        "| variable | default | what |",
        "|---|---|---|",
    ]
    for name, field in Settings.model_fields.items():
        default = field.default
        shown = "the project's `seeds`" if name == "seeds" else f"`{default}`"
        lines.append(f"| `NEWSWIRE_{name.upper()}` | {shown} | {field.description} |")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    SETTINGS.write_text(settings(), encoding="utf-8")
