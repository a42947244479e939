"""Loading a policy: what stands in its files arrives, and a file that does not fit the schema is told in one line."""

from __future__ import annotations

import shutil
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from assistant.errors import CorpusError
from assistant.policy.loader import load_corpus, load_policy
from assistant.policy.measure import Kind, Per, Rates
from assistant.settings import PROJECT_ROOT
from tests.corpus_files import change, read_entries, set_value, write_entries

SHIPPED = PROJECT_ROOT / "corpus"
POLICY = load_policy(SHIPPED / "one-zone-two-centres")

# Every kind of support of the ten articles (design.md, "The measures").
MEASURES = {
    "一": ["regional-coordination"],
    "二": ["carrier-funding", "open-innovation-platform", "major-facility"],
    "三": ["major-project", "enterprise-recognition"],
    "四": ["key-technology-project", "open-competition"],
    "五": ["talent-preference", "talent-team", "talent-nomination", "talent-convenience"],
    "六": ["platform-construction", "platform-performance", "proof-of-concept-centre"],
    "七": ["scenario-demonstration", "scenario-zone"],
    "八": ["first-set-equipment", "first-version-software", "first-batch-materials"],
    "九": [
        "technology-insurance",
        "technology-loan-interest",
        "bank-risk-compensation",
        "cluster-fund",
        "state-capital-investment",
        "credit-products",
    ],
    "十": ["computing-power", "event-hosting", "intellectual-property"],
}

# id: kind, rate in per cent, ceiling in 万元, what it is counted by.
FIGURES: dict[str, tuple[str, tuple[int, int] | None, int | None, str | None]] = {
    "open-innovation-platform": ("capped", None, 1000, None),
    "key-technology-project": ("capped", None, 1000, None),
    "open-competition": ("matched", None, None, None),
    "platform-construction": ("proportional", (20, 20), 2000, None),
    "platform-performance": ("capped", None, 500, "year"),
    "proof-of-concept-centre": ("proportional", (20, 20), 200, None),
    "scenario-demonstration": ("proportional", (20, 20), 200, None),
    "first-set-equipment": ("proportional", (10, 30), 1000, None),
    "first-version-software": ("proportional", (10, 20), 200, None),
    "technology-insurance": ("capped", None, 50, None),
    "technology-loan-interest": ("capped", None, 100, None),
    "bank-risk-compensation": ("capped", None, 1000, None),
    "computing-power": ("proportional", (20, 20), 200, "year"),
    "event-hosting": ("proportional", (20, 20), 100, "once"),
}


def test_no_measure_of_the_ten_articles_is_left_out() -> None:
    assert {number: [m.id for m in POLICY.of_article(number)] for number in MEASURES} == MEASURES
    assert len(POLICY.measures) == sum(map(len, MEASURES.values()))


@pytest.mark.parametrize("name", FIGURES)
def test_measures_carry_the_figures_of_the_text(name: str) -> None:
    kind, rate, cap, per = FIGURES[name]
    measure = POLICY.by_id[name]
    assert measure.kind is Kind(kind)
    assert measure.rate == (Rates(Decimal(rate[0]) / 100, Decimal(rate[1]) / 100) if rate else None)
    assert (measure.cap.amount if measure.cap else None) == (cap * 10_000 if cap else None)
    assert (measure.cap.per if measure.cap else None) == (Per(per) if per else None)


def test_no_other_measure_has_a_figure() -> None:
    computable = {measure.id for measure in POLICY.measures if measure.computable}
    assert computable == set(FIGURES)
    for measure in POLICY.measures:
        if not measure.computable:
            assert (measure.rate, measure.cap, measure.uplift, measure.matching) == (None,) * 4, measure.id


def test_uplift_and_matching_are_read() -> None:
    uplift = POLICY.by_id["first-set-equipment"].uplift
    assert uplift is not None
    assert uplift.rate == Decimal("0.2")
    assert POLICY.by_id["open-competition"].matching == (1, 1)


def test_metadata_and_closing_provisions_are_read() -> None:
    assert (POLICY.issued, POLICY.validity.effective) == (date(2023, 5, 23),) * 2
    assert POLICY.validity.last_day == date(2026, 5, 23)
    assert POLICY.interpreter == "苏州市科学技术局"
    assert list(POLICY.rule_by_id) == ["validity", "interpretation", "no-duplication"]


def test_measures_take_the_departments_of_their_article() -> None:
    assert "大数据集团" in POLICY.by_id["computing-power"].departments
    for measure in POLICY.measures:
        assert measure.departments == POLICY.document.by_number[measure.article].departments


def test_digests_are_read_with_the_policy() -> None:
    corpus = load_corpus(SHIPPED, "one-zone-two-centres")
    assert len(corpus.digests) == len(list((SHIPPED / "related").glob("*.md")))
    assert corpus.digest_by_id["open-questions"].facts


def test_a_corpus_without_related_documents_is_a_corpus(tmp_path: Path) -> None:
    shutil.copytree(SHIPPED / "one-zone-two-centres", tmp_path / "one-zone-two-centres")
    assert load_corpus(tmp_path, "one-zone-two-centres").digests == ()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(SHIPPED / "one-zone-two-centres", tmp_path / "one-zone-two-centres"))


@pytest.mark.parametrize(
    ("file", "before", "after", "said"),
    [
        ("policy.yaml", "issued: 2023-05-23", "issued: '2023-05-23'", "issued: must be a day such as 2023-05-23"),
        ("policy.yaml", "issued: 2023-05-23", "issued: 2023-05-23 10:00:00", "issued: must be a day"),
        ("policy.yaml", "years: 3", "years: three", "years: must be a whole number of years, found 'three'"),
        ("policy.yaml", "years: 3", "years: 0", "years: must be a whole number of years"),
        ("policy.yaml", "years: 3", "years: true", "years: must be a whole number of years"),
        ("policy.yaml", "interpreter:", "interpretor:", "interpreter: is missing; add it"),
        ("policy.yaml", "place: 苏州市", "place: 苏州市\nregion: x", "unknown key region"),
        ("policy.yaml", 'hotline: "12345"', "hotline: 12345", "hotline: must be text, found 12345"),
        ("policy.txt", "", "", "no article found"),
    ],
)
def test_a_file_that_does_not_fit_is_told(folder: Path, file: str, before: str, after: str, said: str) -> None:
    path = folder / file
    if before:
        change(path, before, after)
    else:
        path.write_text("公告\n没有条文", encoding="utf-8")
    with pytest.raises(CorpusError) as caught:
        load_policy(folder)
    assert caught.value.message.startswith(str(path))
    assert said in caught.value.message
    assert "\n" not in caught.value.message


@pytest.mark.parametrize(
    ("entry", "key", "value", "said"),
    [
        ("platform-construction", "article", "十一", "article: the policy has no article '十一'; it has 一、二"),
        ("regional-coordination", "kind", "gift", "kind: 'gift' is none of proportional, capped"),
        ("platform-performance", "cap.per", "month", "cap: per: 'month' is none of year, once; choose one"),
        (
            "platform-construction",
            "cap.amount",
            "2000",
            "cap: amount: must be an amount such as 2000万元, found '2000'",
        ),
        ("platform-construction", "rate", None, "kind: a proportional measure needs base, rate and cap; add"),
        ("platform-construction", "base", None, "kind: a proportional measure needs base, rate and cap; add"),
        ("technology-insurance", "rate", "20%", "kind: a capped measure has a cap and no rate; correct the entry"),
        ("open-competition", "matching", [1, 0], "matching: must be two whole numbers such as [1, 1]"),
        ("open-competition", "matching", None, "kind: a matched measure needs matching: [1, 1]; add it"),
        ("first-set-equipment", "uplift.rate", "10%~20%", "uplift: rate: must be a single rate such as 20%"),
        ("open-innovation-platform", "criteria.0.fact", None, "approved-national: fact: is missing; add it"),
        ("open-innovation-platform", "criteria.0.name", "x", "approved-national: unknown key name; correct"),
        ("regional-coordination", "terms.strong", ["(土地"], "terms: strong: '(土地' is not a usable pattern"),
        ("regional-coordination", "terms.stong", ["土地"], "terms: unknown key stong; correct the spelling"),
        ("major-project", "note", "x", "unknown key note; correct the spelling or remove it"),
        ("validity", "quote", None, "quote: is missing; add it"),
    ],
)
def test_an_entry_that_does_not_fit_is_told(folder: Path, entry: str, key: str, value: object, said: str) -> None:
    path = folder / "measures.yaml"
    set_value(path, entry, key, value)
    with pytest.raises(CorpusError) as caught:
        load_policy(folder)
    assert caught.value.message.startswith(f"{path}: {entry}: ")
    assert said in caught.value.message
    assert "\n" not in caught.value.message


def test_a_misspelt_list_of_measures_is_told(folder: Path) -> None:
    change(folder / "measures.yaml", "\nmeasures:", "\nmeasure:")
    with pytest.raises(CorpusError, match="unknown key measure"):
        load_policy(folder)


@pytest.mark.parametrize("name", ["policy.txt", "policy.yaml", "measures.yaml"])
def test_a_missing_file_is_told(folder: Path, name: str) -> None:
    (folder / name).unlink()
    with pytest.raises(CorpusError, match=f"{name}: no such file"):
        load_policy(folder)


def test_a_missing_folder_is_told(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match="no such policy folder; check ASSISTANT_CORPUS_DIR"):
        load_policy(tmp_path / "absent")


def test_an_empty_list_of_measures_is_told(folder: Path) -> None:
    path = folder / "measures.yaml"
    write_entries(path, {**read_entries(path), "measures": []})
    with pytest.raises(CorpusError, match="no measures; add at least one entry"):
        load_policy(folder)


def test_windows_line_ends_and_byte_order_marks_do_no_harm(folder: Path) -> None:
    for name in ("policy.yaml", "measures.yaml", "policy.txt"):
        path = folder / name
        text = path.read_bytes().decode("utf-8").replace("\r\n", "\n").replace("\n", "\r\n")
        path.write_bytes(f"\ufeff{text}".encode())
    policy = load_policy(folder)
    assert [m.id for m in policy.measures] == [m.id for m in POLICY.measures]
    assert [a.heading for a in policy.document.articles] == [a.heading for a in POLICY.document.articles]
    for measure in policy.measures:
        assert policy.document.locate(measure.quote, measure.article)
