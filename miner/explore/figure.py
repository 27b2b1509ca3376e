"""What all plots share: fonts with Vietnamese letters, quiet colours, the same bytes each time."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

INK, FAINT = "#22272e", "#6b7480"
#: Applied while a plot is made and saved; the fixed salt gives SVG the same ids each time.
STYLE: dict[str, Any] = {
    "font.family": "DejaVu Sans",
    "font.size": 9,
    "text.color": INK,
    "axes.edgecolor": "#c5cad1",
    "axes.labelcolor": INK,
    "xtick.color": FAINT,
    "ytick.color": INK,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "svg.hashsalt": "miner",
    "svg.fonttype": "path",
    "text.parse_math": False,
}


@contextmanager
def canvas(width: float, height: float) -> Iterator[tuple[Any, Any]]:
    """Give a figure without a window, `width` × `height` inches, and its axes, in the common style."""
    import matplotlib as mpl
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    with mpl.rc_context(STYLE):  # type: ignore[arg-type]
        figure = Figure(figsize=(width, height), facecolor="white")
        FigureCanvasAgg(figure)
        yield figure, figure.add_subplot()


def save(figure: Any, path: str | Path) -> Path:
    """Save a figure as PNG or SVG, by the file's ending, without date or version in it."""
    path = Path(path)
    metadata: dict[str, Any] = {"Date": None} if path.suffix == ".svg" else {"Software": None}
    figure.savefig(path, dpi=150, metadata=metadata)
    return path


def heading(figure: Any, title: str, subtitle: str, source: str) -> None:
    """Write title and subtitle above, the source line below, at the left margin."""
    height = figure.get_figheight()
    figure.text(0.02, 1 - 0.32 / height, title, fontsize=15, fontweight="bold", va="center")
    figure.text(0.02, 1 - 0.62 / height, subtitle, fontsize=9.5, color=FAINT, va="center")
    figure.text(0.02, 0.16 / height, source, fontsize=8, color=FAINT, va="center")


def shorten(text: str, most: int) -> str:
    """Return `text` on one line, cut to `most` characters."""
    plain = " ".join(text.split())
    return plain if len(plain) <= most else plain[: most - 1].rstrip(" ,;:-") + "…"
