"""Train the model of relevance and write it with its scores.

python models/relevance/train.py            from data.csv: the same bytes every time
python models/relevance/train.py --count    first count the facts of the articles anew, after a change of rules
"""

from __future__ import annotations

import argparse
import json
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold, cross_val_predict
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

import miner
from miner.topics import FEATURES, features

HERE = Path(__file__).resolve().parent
CORPUS = HERE.parents[1] / "corpus"
NAMES = list(FEATURES)
MEASURES = ("precision", "recall", "F1")
FOLDS, DRAWS, SEED = 10, 2000, 1
#: What is told apart: the part of the data, whether its articles are reports on policy, where they lie.
SOURCES = (
    ("train", 1, (CORPUS / "sample", CORPUS / "development")),
    ("train", 0, (HERE / "other.jsonl",)),
    ("held-out", 1, (CORPUS / "held-out",)),
    ("held-out", 0, (HERE / "other-held-out.jsonl",)),
)


def count(paths: Iterable[Path]) -> pd.DataFrame:
    """Return the features of the articles of `paths`, with their language and group (event or topic)."""
    with tempfile.TemporaryDirectory() as folder:
        miner.run(paths, folder)
        corpus = miner.open_corpus(folder)
        found = features(corpus.articles, {kind: getattr(corpus, kind) for kind, _ in FEATURES.values()}).round(4)
        found.insert(0, "language", corpus.articles.set_index("id")["language"])
    # Editions of an event and articles on one topic must not stand on both sides of a fold.
    found.insert(0, "group", [article.split(".")[0].rsplit("-", 1)[0] for article in found.index])
    return found


def count_all() -> pd.DataFrame:
    """Return the features of all articles of `SOURCES`."""
    parts = [count(paths).assign(part=part, relevant=relevant) for part, relevant, paths in SOURCES]
    return pd.concat(parts).reset_index()


def scores(truth: pd.Series, guess: pd.Series, groups: pd.Series) -> dict[str, Any]:
    """Return precision, recall and F1 of the articles that are relevant, with 95 % intervals, and the number of all.

    The intervals are those of `DRAWS` bootstrap samples of whole groups, for editions of an event stand or fall
    together; where no sample has an error they have no width, and tell nothing of what was not seen.
    """
    rows = pd.DataFrame({"truth": truth, "guess": guess, "group": groups}).sort_values("group", kind="stable")
    counts = rows.groupby("group").apply(_counts, include_groups=False).to_numpy()
    random = np.random.default_rng(SEED)
    drawn = random.integers(0, len(counts), size=(DRAWS, len(counts)))
    sampled = [_measures(*counts[sample].sum(axis=0)) for sample in drawn]
    low, high = np.percentile(sampled, (2.5, 97.5), axis=0)
    found: dict[str, Any] = {"articles": len(rows), "groups": len(counts)}
    for name, value, *ends in zip(MEASURES, _measures(*counts.sum(axis=0)), low, high, strict=True):
        found |= {name: round(value, 3), f"{name} interval": [round(float(end), 3) for end in ends]}
    return found


def _counts(rows: pd.DataFrame) -> pd.Series:
    """Return what is rightly, wrongly and not found."""
    right = int(((rows.truth == 1) & (rows.guess == 1)).sum())
    return pd.Series({"right": right, "wrong": rows.guess.sum() - right, "missed": rows.truth.sum() - right})


def _measures(right: float, wrong: float, missed: float) -> tuple[float, float, float]:
    found, wanted = right + wrong, right + missed
    both = found + wanted
    return right / found if found else 1.0, right / wanted if wanted else 1.0, 2 * right / both if both else 1.0


def train(data: pd.DataFrame) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return the model, fitted to the part for training, and its scores.

    The first score is that of all articles, each told by a model that saw no article of its event or topic.
    """
    known, unseen = data[data.part == "train"], data[data.part == "held-out"]
    model = make_pipeline(StandardScaler(), LogisticRegression(class_weight="balanced"))
    crossed = cross_val_predict(model, data[NAMES], data.relevant, groups=data.group, cv=GroupKFold(FOLDS))
    crossed = pd.Series(crossed, index=data.index)
    measured = {"cross-validation": scores(data.relevant, crossed, data.group)}
    for language, rows in data.groupby("language"):
        measured[f"cross-validation {language}"] = scores(rows.relevant, crossed[rows.index], rows.group)
    model.fit(known[NAMES], known.relevant)
    guess = pd.Series(model.predict(unseen[NAMES]), index=unseen.index)
    measured["held-out"] = scores(unseen.relevant, guess, unseen.group)
    scaler, regression = model[0], model[1]
    trained = {
        "features": NAMES,
        "mean": scaler.mean_.round(4).tolist(),
        "scale": scaler.scale_.round(4).tolist(),
        "weights": regression.coef_[0].round(4).tolist(),
        "bias": round(float(regression.intercept_[0]), 4),
    }
    return trained, measured


def main() -> None:
    """Write model.json and scores.json, and data.csv if the facts are counted anew."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", action="store_true", help="count the facts of the articles anew into data.csv")
    parser.add_argument("--into", type=Path, default=HERE, metavar="FOLDER", help="write there instead")
    options = parser.parse_args()
    options.into.mkdir(parents=True, exist_ok=True)
    if options.count:
        count_all().to_csv(options.into / "data.csv", index=False, lineterminator="\n")
    source = options.into if options.count else HERE
    trained, measured = train(pd.read_csv(source / "data.csv"))
    for name, value in (("model.json", trained), ("scores.json", measured)):
        (options.into / name).write_text(json.dumps(value, indent=1) + "\n", encoding="utf-8")
    for name, row in measured.items():
        print(f"{name:20} " + "  ".join(f"{key} {value}" for key, value in row.items()))


if __name__ == "__main__":
    main()
