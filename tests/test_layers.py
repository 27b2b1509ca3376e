"""Who may import whom: data flows one way, and each third-party library lives in one place."""

import ast
from pathlib import Path

import pytest

import miner

PACKAGE = Path(miner.__file__).parent
GROUND = [
    "errors",
    "text",
    "records",
    "lexicon",
    "numbers",
    "dates",
    "language",
    "block_cues",
    "marks",
    "blocks",
    "directive_codes",
    "directive_numbers",
    "contract",
]
STAGES = ["collect", "read", "extract", "link", "ledger", "graph", "explore", "topics"]
ABOVE = ["corpus", "evaluate", "pipeline", "cli"]
HOME_OF = {
    "scrapy": {"collect"},
    "twisted": {"collect"},
    "trafilatura": {"read"},
    "langdetect": {"language"},
    "warcio": {"collect", "read"},
    "ftfy": {"read"},
    "datasketch": {"read"},
    "spacy": {"extract"},
    "networkx": {"graph", "explore", "corpus"},
    "igraph": {"graph"},
    "duckdb": {"corpus"},
    "sklearn": {"topics"},
    "matplotlib": {"explore"},
    "click": {"cli"},
}


def modules() -> list[Path]:
    return sorted(PACKAGE.rglob("*.py"))


def part(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imports(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found.add(node.module)
    return found


def ours(path: Path) -> set[str]:
    return {name.split(".")[1] for name in imports(path) if name.startswith("miner.")}


@pytest.mark.parametrize("path", modules(), ids=lambda p: str(p.relative_to(PACKAGE)))
def test_stages_import_only_the_ground_floor(path: Path) -> None:
    here = part(path)
    if here in STAGES:
        assert ours(path) <= {*GROUND, here}
    if here in GROUND:
        assert not ours(path) & set(STAGES + ABOVE)
    if here in ("corpus", "evaluate"):
        assert not ours(path) & {"pipeline", "cli"}
    if here == "pipeline":
        assert "cli" not in ours(path)


@pytest.mark.parametrize("path", modules(), ids=lambda p: str(p.relative_to(PACKAGE)))
def test_each_library_has_one_home(path: Path) -> None:
    for name in imports(path):
        library = name.split(".")[0]
        assert part(path) in HOME_OF.get(library, {part(path)}), f"{path} imports {library}"


def test_every_part_has_its_floor() -> None:
    parts = {part(path) for path in modules()} - {"__init__", "__main__", "schema"}
    assert parts <= {*GROUND, *STAGES, *ABOVE}


def test_no_relative_imports() -> None:
    for path in modules():
        levels = [n.level for n in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(n, ast.ImportFrom)]
        assert not any(levels), path
