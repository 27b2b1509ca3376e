"""The public names of the package."""

import subprocess
import sys

import miner


def test_every_public_name_is_there_and_callable() -> None:
    for name in miner.__all__:
        assert name == "__version__" or callable(getattr(miner, name)), name


def test_public_names_are_no_subpackages() -> None:
    """Importing a subpackage would put the module in the place of a function of its name."""
    import miner.cli
    import miner.extract
    import miner.pipeline

    assert all(callable(getattr(miner, name)) for name in miner.__all__[1:])
    assert miner.pipeline
    assert miner.extract
    assert miner.cli


def test_import_loads_nothing_heavy() -> None:
    code = "import sys, miner; sys.exit(bool({'spacy', 'pandas', 'scrapy', 'networkx'} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
