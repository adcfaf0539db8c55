"""The scorer on a small article of its own, and kg's figures on the corpus, where it is at hand."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.eval import timebank
from tests.eval.timebank import Timex

ARTICLE = """<?xml version='1.0' encoding='UTF-8'?>
<TimeML><DOCID>a</DOCID>
<DCT><TIMEX3 functionInDocument="CREATION_TIME" tid="t1" type="DATE" value="2001-05-17" /></DCT>
<TEXT>
Le maire a <EVENT class="REPORTING" eid="e1">dit</EVENT>, <TIMEX3 tid="t2" type="DATE" value="2001-05-16">hier</TIMEX3>,
que R&amp;D fermerait <TIMEX3 tid="t3" type="DATE" value="2001-06-30">le 30 juin</TIMEX3>.
</TEXT></TimeML>"""


@pytest.fixture
def article(tmp_path: Path) -> timebank.Article:
    path = tmp_path / "a.tml"
    path.write_text(ARTICLE, encoding="utf-8")
    return timebank.read_article(path)


def test_offsets_point_into_the_text_of_the_element(article: timebank.Article) -> None:
    assert article.text == "\nLe maire a dit, hier,\nque R&D fermerait le 30 juin.\n"
    assert [article.text[t.start : t.end] for t in article.times] == ["hier", "le 30 juin"]
    assert [article.text[start:end] for start, end in article.cues] == ["dit"]
    assert article.published.isoformat() == "2001-05-17"


def test_strict_relaxed_and_value(article: timebank.Article) -> None:
    hier, juin = article.times
    narrow = Timex(juin.start + 3, juin.end, "DATE", "2001-06-30")
    wrong = Timex(0, 3, "DATE", "2001")
    scores = timebank.score_times([article], {"a": [Timex(hier.start, hier.end, "TIME", "2001-05-15"), narrow, wrong]})
    assert {name: score.hit for name, score in scores.items()} == {"strict": 1, "relaxed": 2, "value": 1, "type": 1}
    assert scores["relaxed"].precision == pytest.approx(2 / 3)
    assert scores["relaxed"].recall == 1.0
    assert scores["relaxed"].f1 == pytest.approx(0.8)
    assert timebank.score_times([article], {})["relaxed"].f1 == 0.0


def test_two_predictions_cannot_share_one_gold_span(article: timebank.Article) -> None:
    juin = article.times[1]
    halves = [Timex(juin.start, juin.start + 2, "DATE", ""), Timex(juin.start + 3, juin.end, "DATE", "")]
    assert timebank.score_times([article], {"a": halves})["relaxed"].hit == 1


def test_cues_count_by_overlap(article: timebank.Article) -> None:
    start, end = article.cues[0]
    assert timebank.score_cues({"a": [(start - 2, end), (0, 2)]}, [article]) == timebank.Score(1, 2, 1)


def test_an_absent_corpus_is_skipped_clearly(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert timebank.main([str(tmp_path)]) == 0
    assert "skipped" in capsys.readouterr().err


@pytest.mark.skipif(not timebank.CORPUS.is_dir(), reason="the French TimeBank is not at hand (../shared/corpora)")
def test_figures_on_the_corpus() -> None:
    articles = timebank.read_corpus()
    scores = timebank.score_times(articles, timebank.predict(articles))
    assert scores["relaxed"].f1 >= 0.93
    assert scores["strict"].f1 >= 0.89
    assert scores["value"].f1 >= 0.82
