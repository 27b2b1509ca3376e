"""What all plots share: fonts with Vietnamese letters, quiet colours, margins, the same bytes each time."""

from __future__ import annotations

import re
import textwrap
import unicodedata
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

from miner.errors import InputError

INK, FAINT, LINE = "#22272e", "#6b7480", "#c5cad1"
#: Colours that people with any colour vision tell apart (Okabe and Ito), and a grey for the rest.
BLUE, ORANGE, GREEN, RED, PURPLE, SKY, GREY = (
    *("#0072b2", "#e69f00", "#009e73", "#d55e00", "#cc79a7", "#56b4e9"),
    "#9aa0a8",
)
FONT = "DejaVu Sans"
#: Applied while a plot is made and saved; the fixed salt gives SVG the same ids each time.
STYLE: dict[str, Any] = {
    "font.family": FONT,
    "font.size": 9,
    "text.color": INK,
    "axes.edgecolor": LINE,
    "axes.labelcolor": FAINT,
    "xtick.color": FAINT,
    "ytick.color": INK,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "svg.hashsalt": "miner",
    "svg.fonttype": "path",
    "pdf.fonttype": 42,
    "text.parse_math": False,
}
#: The forms of a picture, with what would put a date or a version into the file.
_METADATA: dict[str, dict[str, Any]] = {
    ".png": {"Software": None},
    ".svg": {"Date": None},
    ".pdf": dict.fromkeys(("CreationDate", "ModDate", "Creator", "Producer")),
}
#: The room around a plot, in inches: left of the names, below the axis for legend and source, above for the heading.
MARGIN = 0.26
_LINE_HEIGHT = 0.19


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


def check_picture(path: str | Path) -> Path:
    """Return the path of a picture, or raise an InputError where its ending names no form of one."""
    if Path(path).suffix not in _METADATA:
        raise InputError(f"{path}: a picture is written as {', '.join(_METADATA)}; change the ending")
    return Path(path)


def save(figure: Any, path: str | Path) -> Path:
    """Save a figure as PNG, SVG or PDF, by the file's ending, without date or version in it."""
    path = check_picture(path)
    figure.savefig(path, dpi=150, metadata=_METADATA[path.suffix])
    return path


def save_plot(axes: Any, path: str | Path) -> Path:
    """Save what one of the plots returned.

    Parameters
    ----------
    axes : matplotlib.axes.Axes
        The axes of the plot; the whole figure is saved.
    path : str or Path
        The picture; its ending, ``.png``, ``.svg`` or ``.pdf``, tells the form.

    Returns
    -------
    Path
        The picture. The same plot gives the same bytes.

    Raises
    ------
    InputError
        The ending is none of these.
    """
    import matplotlib as mpl

    with mpl.rc_context(STYLE):  # type: ignore[arg-type]
        return save(axes.figure, path)


def write_note(path: str | Path, text: str) -> Path:
    """Write a picture that says in words why there is none."""
    with canvas(8.0, 1.4) as (figure, axes):
        axes.set_axis_off()
        figure.text(0.03, 0.5, wrap(text, 90, 4), fontsize=10.5, color=FAINT, va="center", linespacing=1.4)
        return save(figure, path)


def heading(figure: Any, title: str, subtitle: str, source: str) -> None:
    """Write title and subtitle above, the source line below, at the left margin, wrapped to the figure's width."""
    width, height = figure.get_figwidth(), figure.get_figheight()
    left = MARGIN / width
    figure.text(left, 1 - 0.32 / height, wrap(title, int(width * 7.5), 1), fontsize=15, fontweight="bold", va="center")
    lines = wrap(subtitle, int(width * 13), 3)
    figure.text(left, 1 - 0.53 / height, lines, fontsize=9.5, color=FAINT, va="top", linespacing=1.35)
    figure.text(left, 0.16 / height, wrap(source, int(width * 15), 1), fontsize=8, color=FAINT, va="center")


def heading_height(width: float, subtitle: str) -> float:
    """Return how many inches `heading` needs above the plot."""
    return 0.68 + _LINE_HEIGHT * (wrap(subtitle, int(width * 13), 3).count("\n") + 1)


def fit(figure: Any, axes: Any, *, top: float, bottom: float, right: float = 0.3) -> None:
    """Give the plot its margins, in inches; that on the left is as wide as the names there need."""
    width, height = figure.get_figwidth(), figure.get_figheight()
    left = 2 * MARGIN + name_width(axes)
    figure.subplots_adjust(left=left / width, right=1 - right / width, top=1 - top / height, bottom=bottom / height)


def name_width(axes: Any) -> float:
    """Return how many inches the names at the y axis need."""
    renderer = axes.figure.canvas.get_renderer()
    names = (label.get_window_extent(renderer).width for label in axes.get_yticklabels())
    return float(max(names, default=0.0) / axes.figure.dpi)


def legend(figure: Any, marks: Iterable[Any]) -> None:
    """Write a legend in one row above the source line."""
    handles = list(marks)
    place = (MARGIN / figure.get_figwidth() - 0.004, 0.42 / figure.get_figheight())
    options: dict[str, Any] = {"loc": "center left", "frameon": False, "fontsize": 8.5, "borderpad": 0}
    figure.legend(handles=handles, bbox_to_anchor=place, ncols=max(len(handles), 1), **options)


@cache
def _letters() -> frozenset[str]:
    from matplotlib import font_manager

    return frozenset(map(chr, font_manager.get_font(font_manager.findfont(FONT)).get_charmap()))


def plain(text: str) -> str:
    """Return `text` on one line, letters and accents composed; a box stands for what the font lacks."""
    composed = " ".join(re.split(r"[ \t\n\r\f\v]+", unicodedata.normalize("NFC", text).strip()))
    kept = (c for c in composed if unicodedata.category(c) not in ("Cc", "Cf"))
    return "".join(c if c in _letters() else "□" for c in kept)


def shorten(text: str, most: int) -> str:
    """Return `text` on one line, cut to `most` characters."""
    line = plain(text)
    return line if len(line) <= most else line[: most - 1].rstrip(" ,;:-") + "…"


def wrap(text: str, width: int, lines: int = 2) -> str:
    """Return `text` on at most so many lines of `width` characters; what does not fit ends in an ellipsis."""
    return "\n".join(textwrap.wrap(plain(text), width, max_lines=lines, placeholder="…"))


def whole(text: str) -> str:
    """Return a name that `wrap` does not break."""
    return plain(text).replace(" ", "\u00a0")


def ink_on(color: str) -> str:
    """Return the colour of text that stands out on a colour."""
    red, green, blue = (int(color[i : i + 2], 16) for i in (1, 3, 5))
    return "white" if 0.299 * red + 0.587 * green + 0.114 * blue < 130 else INK
