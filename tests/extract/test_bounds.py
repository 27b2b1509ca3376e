"""What stays in memory from article to article has bounds, and an article leaves nothing behind."""

import gc

import pytest

from miner.extract import extract, hits, pipeline, tokens
from miner.records import Article

TEXTS = {
    "en": "Chairman Lo Van Tinh asked Ca Mau to finish 30 km of dykes before June 30, 2025.",
    "fr": "Le président du Comité populaire provincial Lo Van Tinh a demandé d'achever 30 km de digues.",
    "vi": "Chủ tịch UBND tỉnh Lò Văn Tình yêu cầu hoàn thành 30 km đê trước ngày 30/6/2025.",
}
ARTICLES = [Article(language, text, language) for language, text in TEXTS.items()]


def test_a_renewed_vocabulary_changes_no_fact(monkeypatch: pytest.MonkeyPatch) -> None:
    before = [extract(article) for article in ARTICLES]
    old = tokens.blank()
    monkeypatch.setattr(pipeline, "MOST_WORDS", 10)
    assert [extract(article) for article in ARTICLES] == before
    assert tokens.blank() is not old


def test_tables_of_words_begin_anew_when_full(monkeypatch: pytest.MonkeyPatch) -> None:
    before = [extract(article) for article in ARTICLES]
    monkeypatch.setattr(tokens, "MOST", 3)
    monkeypatch.setattr(hits, "MOST", 3)
    tokens.FORMS.clear()
    hits.compiled.cache_clear()
    assert [extract(article) for article in ARTICLES] == before
    tables = [table for language in TEXTS for table in hits.compiled(language)[1].values()]
    assert max(map(len, [tokens.FORMS, *tables])) <= 3


def test_a_reading_leaves_no_cycles_to_the_garbage_collector() -> None:
    for article in ARTICLES:
        extract(article)
    gc.collect()
    for article in ARTICLES:
        extract(article)
    assert gc.collect() == 0
    assert gc.isenabled()
