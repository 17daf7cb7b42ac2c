"""Draws `docs/speed.svg` from the latest rows of `results.csv`: `python -m benchmarks.plot`."""

import csv
from collections import defaultdict
from itertools import pairwise

import matplotlib as mpl
from matplotlib import pyplot as plt

from benchmarks.results import FILE
from streams.settings import ROOT

PICTURE = ROOT / "docs" / "speed.svg"
OWN, PEER = "#1f6f54", "#9aa5a0"


def main() -> None:
    """Rates beside the peers, and the run of a million."""
    latest: dict[str, dict[str, float]] = defaultdict(dict)
    moments: dict[str, str] = {}
    with FILE.open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            if moments.get(row["what"]) != row["time"]:
                latest[row["what"]].clear()
                moments[row["what"]] = row["time"]
            latest[row["what"]][row["name"]] = float(row["value"])
    mpl.rcParams.update({"svg.hashsalt": "newswire", "font.size": 9})
    growths = [name for name in latest if name.startswith("growth")]
    figure, axes = plt.subplots(1, 1 + bool(growths), figsize=(10, 3.2), layout="constrained")
    _rates(axes[0] if growths else axes, latest["throughput"])
    if growths:
        _growth(axes[1], latest[growths[-1]])
    figure.savefig(PICTURE, metadata={"Date": None})


def _rates(axes: plt.Axes, rates: dict[str, float]) -> None:
    names = sorted(rates, key=lambda name: rates[name])
    colours = [OWN if name.startswith("newswire") else PEER for name in names]
    bars = axes.barh(names, [rates[name] for name in names], color=colours)
    axes.bar_label(bars, fmt="{:,.0f}", padding=3)
    axes.set_title("the same pipeline in several shells, articles a second")
    axes.spines[["top", "right"]].set_visible(False)


def _growth(axes: plt.Axes, values: dict[str, float]) -> None:
    done = sorted({int(name.split()[0]) for name in values})
    memory = [values[f"{each} resident"] / 1e6 for each in done]
    axes.plot([each / 1e3 for each in done], memory, color=OWN)
    axes.set_ylabel("resident MB", color=OWN)
    axes.set_xlabel("thousand articles")
    times = [each / values[f"{each} rate"] if f"{each} rate" in values else 0.0 for each in done]
    rates = [
        (b - a) / (u - t) for (a, b), (t, u) in zip(pairwise(done), pairwise(times), strict=True)
    ]
    right = axes.twinx()
    right.step([each / 1e3 for each in done[1:]], rates, color=PEER, where="pre")
    right.set_ylabel("articles a second", color=PEER)
    right.set_ylim(bottom=0)
    axes.set_ylim(bottom=0)
    axes.set_title("one run: memory of the workers, and rate")


if __name__ == "__main__":
    main()
