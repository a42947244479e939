"""``assistant check``: the shipped corpus passes, and each way to break one gives its own line and exit status 2."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from assistant.corpus_check import check_corpus
from assistant.corpus_figures import accounts, find_figures
from assistant.errors import CorpusError
from assistant.policy.loader import load_policy
from assistant.settings import PROJECT_ROOT
from tests.corpus_files import change, read_entries, set_value, write_entries

SHIPPED = PROJECT_ROOT / "corpus"
POLICY = "one-zone-two-centres"
README = (SHIPPED / "README.md").read_text(encoding="utf-8")


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    return Path(shutil.copytree(SHIPPED, tmp_path / "corpus"))


def _fault(corpus: Path, policy: str = POLICY) -> str:
    with pytest.raises(CorpusError) as caught:
        check_corpus(corpus, policy)
    assert "\n" not in caught.value.message
    return caught.value.message


def test_the_shipped_corpus_passes_and_every_figure_is_accounted_for() -> None:
    *figures, last = check_corpus(SHIPPED, POLICY)
    assert last.startswith(f"ok: {POLICY}: 11 articles, 29 measures, 3 rules")
    assert "22 figures accounted for (13 amounts, 1 ratio, 8 rates)" in last
    assert len(figures) == 22
    assert any(re.fullmatch(r"八 +1843-1846 +20% +first-set-equipment \(uplift\)", line) for line in figures)
    assert any(re.fullmatch(r"九 +2095-2100 +100万元 +technology-loan-interest \(cap\)", line) for line in figures)
    assert any(re.fullmatch(r"四 +1126-1129 +1:1 +open-competition \(matching\)", line) for line in figures)


def test_no_digit_before_a_unit_or_sign_is_overlooked() -> None:
    """The figures are those that a plain look at the text finds."""
    policy = load_policy(SHIPPED / POLICY)
    plain = re.findall(r"\d+%~\d+%|\d+%|\d+万元|\d+:\d+", policy.document.text)
    assert [figure.text for figure in find_figures(policy.document.text)] == plain
    assert all(len(accounts(figure, policy)) == 1 for figure in find_figures(policy.document.text))


NEW_PLATFORM = "对新建平台按建设投资20%给予最高2000万元支持"
ENTRIES: list[tuple[str, str, object, str]] = [
    # entry, key, value, what the line says of it
    (
        "platform-construction",
        "criteria.0.quote",
        NEW_PLATFORM,
        "criteria: new-build: quote: not verbatim in article 六",
    ),
    (
        "platform-performance",
        "quote",
        "鼓励平台对外开放共享，根据",
        "not verbatim in article 六 (it differs from '，根据' on)",
    ),
    ("talent-team", "quote", "给特别重大的团队", "not verbatim in article 五 (it differs from '特别重大的团队' on)"),
    ("talent-team", "quote", "", "quote: not verbatim in article 五"),
    (
        "talent-preference",
        "also",
        ["支持经过全聘"],
        "also[1]: not verbatim in article 五 (it differs from '经过全聘' on)",
    ),
    ("first-set-equipment", "uplift.quote", "医疗的上浮20%", "uplift: quote: not verbatim in article 八"),
    ("interpretation", "quote", "由市科技局解释", "quote: not verbatim in article 附"),
    ("validity", "article", "十一", "article: the policy has no article '十一'; correct it"),
    ("platform-construction", "rate", "25%", "rate: does not stand in the quote; correct the one or the other"),
    ("first-set-equipment", "rate", "10%~20%", "rate: does not stand in the quote"),
    ("platform-construction", "cap.amount", "3000万元", "cap: amount: 30000000元 does not stand in the quote"),
    ("platform-construction", "cap.text", "最多2000万元", "cap: text: '最多2000万元' is not verbatim in the quote"),
    (
        "platform-performance",
        "cap.per",
        None,
        "cap: per: the text '每年给予最高500万元' is counted by year; write per: year",
    ),
    ("event-hosting", "cap.per", "year", "cap: per: the text '最高100万元一次性补贴' does not say year"),
    ("platform-construction", "cap.per", "once", "cap: per: the text '最高2000万元' does not say once"),
    ("first-set-equipment", "uplift.rate", "30%", "uplift: rate: does not stand in the uplift's quote"),
    ("open-competition", "matching", [1, 3], "matching: 1:3 does not stand in the quote"),
    ("platform-construction", "statement", "最高3000万元", "statement: 3000万元 stands in no quote of this measure"),
    ("platform-construction", "open", ["没有写三成"], "open: 三成 stands in no quote of this measure"),
    ("technology-insurance", "base.counts", "按60万元计", "base: counts: 60万元 stands in no quote of this measure"),
    ("computing-power", "criteria.0.unmet_text", "不到5万元", "local: unmet_text: 5万元 stands in no quote"),
    ("major-project", "digests", ["no-such"], "digests: there is no digest 'no-such' in related/"),
    ("open-innovation-platform", "criteria.0.fact", "x", "approved-national: fact: nothing tells 'x' from a question"),
    ("open-innovation-platform", "criteria.0.met", ["x"], "approved-national: 'x' is no value of the fact ai-platform"),
    (
        "computing-power",
        "criteria.0.unmet",
        ["x"],
        "local: 'x' is no value of the fact place (branch, elsewhere, ",
    ),
    ("first-set-equipment", "uplift.value", "x", "uplift: 'x' is no value of the fact industry"),
    ("major-project", "fields", ["biology"], "fields: 'biology' is none of any"),
    ("major-project", "terms.strong", [], "terms: strong: is empty, so that nobody could name it"),
    ("major-project", "terms.weak", ["(土地)?"], "terms: weak: '(土地)?' fits every question; correct or remove it"),
    ("validity", "terms.strong", ["|过期"], "terms: strong: '|过期' fits every question; correct or remove it"),
]


@pytest.mark.parametrize(("entry", "key", "value", "said"), ENTRIES)
def test_a_wrong_entry_is_named_with_what_to_do(corpus: Path, entry: str, key: str, value: object, said: str) -> None:
    path = corpus / POLICY / "measures.yaml"
    set_value(path, entry, key, value)
    fault = _fault(corpus)
    assert fault.startswith(f"{path}: {entry}: ")
    assert said in fault


@pytest.mark.parametrize(
    ("entry", "key", "value", "said"),
    [
        (
            "platform-performance",
            "id",
            "platform-construction",
            "platform-construction: this id stands twice; rename one",
        ),
        ("validity", "id", "cluster-fund", "cluster-fund: this id stands twice; rename one of the entries"),
        (
            "first-version-software",
            "criteria.1.id",
            "recognised-jiangsu",
            "criteria: recognised-jiangsu: this id stands",
        ),
        ("cluster-fund", "id", "集群基金", "集群基金: an id is small letters, digits and hyphens"),
        ("no-duplication", "id", "stacking", "rules: no-duplication is missing; add it"),
    ],
)
def test_ids_are_unique_and_those_that_are_needed_are_there(
    corpus: Path, entry: str, key: str, value: object, said: str
) -> None:
    path = corpus / POLICY / "measures.yaml"
    set_value(path, entry, key, value)
    fault = _fault(corpus)
    assert fault.startswith(f"{path}: ")
    assert said in fault


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        (
            "给予最高1000万元绩效补贴",
            "给予最高1000万元绩效补贴,另给予50万元",
            "article 二: no measure accounts for 50万元",
        ),
        ("给予倾斜支持", "给予倾斜支持并补贴三成", "article 五: no measure accounts for 三成"),
        ("制定如下政策", "全市投入100亿元,制定如下政策", "outside the articles: no measure accounts for 100亿元"),
        ("等方面给予便利", "等方面按1:2给予便利", "article 五: no measure accounts for 1:2"),
    ],
)
def test_a_figure_that_no_measure_has_is_named(corpus: Path, before: str, after: str, said: str) -> None:
    change(corpus / POLICY / "policy.txt", before, after)
    measures = corpus / POLICY / "measures.yaml"
    text = measures.read_text(encoding="utf-8")
    measures.write_text(text.replace(before, after), encoding="utf-8")  # the quote follows the text
    fault = _fault(corpus)
    assert said in fault
    assert "add a measure that quotes it, or name the passage under background in policy.yaml" in fault


def test_a_measure_that_is_taken_out_leaves_its_figures_unaccounted(corpus: Path) -> None:
    path = corpus / POLICY / "measures.yaml"
    data = read_entries(path)
    for gone in load_policy(SHIPPED / POLICY).measures:
        if gone.computable:
            left = [entry for entry in data["measures"] if entry["id"] != gone.id]
            write_entries(path, {**data, "measures": left})
            assert f"article {gone.article}: no measure accounts for" in _fault(corpus)


def test_background_passages_account_for_figures_that_are_no_support(corpus: Path) -> None:
    change(corpus / POLICY / "policy.txt", "制定如下政策", "全市投入100亿元,制定如下政策")
    meta = corpus / POLICY / "policy.yaml"
    meta.write_text(meta.read_text(encoding="utf-8") + "background: [全市投入100亿元]\n", encoding="utf-8")
    lines = check_corpus(corpus, POLICY)
    assert any(re.fullmatch(r"- +\S+ +100亿元 +background", line) for line in lines)
    change(meta, "[全市投入100亿元]", "[全市投入200亿元]")
    assert f"{meta}: background: '全市投入200亿元' is not verbatim in policy.txt" in _fault(corpus)


def test_a_condition_accounts_for_its_threshold(corpus: Path) -> None:
    folder = corpus / POLICY
    threshold = "对总投资超过3000万元的新建平台按建设总投资20%"
    for name in ("policy.txt", "measures.yaml"):
        path = folder / name
        text = path.read_text(encoding="utf-8").replace("对新建平台按建设总投资20%", threshold)
        path.write_text(text, encoding="utf-8")
    assert "no measure accounts for 3000万元" in _fault(corpus)
    set_value(folder / "measures.yaml", "platform-construction", "criteria.0.text", "总投资超过3000万元的新建平台")
    assert any("platform-construction (criterion new-build)" in line for line in check_corpus(corpus, POLICY))


def test_a_clause_that_nothing_quotes_is_noted(corpus: Path) -> None:
    change(corpus / POLICY / "policy.txt", "等方面给予便利。", "等方面给予便利。支持建设人才公寓。")
    notes = [line for line in check_corpus(corpus, POLICY) if line.startswith("note: ")]
    assert len(notes) == 1
    assert "五" in notes[0]
    assert "支持建设人才公寓" in notes[0]


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("id: one-zone", "id: two-zone", "id: 'two-zone-two-centres' is not the folder's name; write"),
        (
            "interpreter: 苏州市科学技术局",
            "interpreter: 苏州市财政局",
            "interpreter: '苏州市财政局' does not stand in policy.txt",
        ),
        ("issued: 2023-05-23", "issued: 2023-05-24", "issued: 2023-05-24 does not stand in policy.txt"),
        ("effective: 2023-05-23", "effective: 2023-06-23", "effective: 2023-06-23 does not stand in policy.txt"),
        (
            "quote: 国家新一代人工智能创新发展试验区、",
            "quote: 国家人工智能试验区、",
            "definitions[2]: quote: '国家人工智能试验区",
        ),
        (
            "definitions:\n- words: [",
            "definitions:\n- words: ['x?', ",
            "definitions[1]: words: 'x?' fits every question",
        ),
        ("years: 3", "years: 5", "years: a term of 5 years does not stand in policy.txt"),
        (
            "contact_department: 市科技局",
            "contact_department: 市教育局",
            "contact_department: '市教育局' is responsible for no",
        ),
        (
            "title: 关于进一步支持",
            "title: 关于支持",
            "title: '关于支持国家新一代人工智能创新发展试验区' does not stand",
        ),
    ],
)
def test_metadata_that_the_text_does_not_carry_is_named(corpus: Path, before: str, after: str, said: str) -> None:
    path = corpus / POLICY / "policy.yaml"
    change(path, before, after)
    fault = _fault(corpus)
    assert fault.startswith(f"{path}: ")
    assert said in fault


@pytest.mark.parametrize("day", ["2023年05月23日", "二〇二三年五月二十三日"])
def test_other_ways_of_writing_the_day_are_known(corpus: Path, day: str) -> None:
    change(corpus / POLICY / "policy.txt", "2023年5月23日", day)
    assert check_corpus(corpus, POLICY)[-1].startswith("ok: ")


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("id: chenglin-plan-2025", "id: open-questions", "open-questions: this id stands twice; rename one"),
        ("id: chenglin-plan-2025", "id: one-zone-two-centres", "one-zone-two-centres: this id stands twice"),
        ("relates_to: [三, 九]", "relates_to: [3, 九]", "chenglin-plan-2025: relates_to: 3 is no article"),
        ("confidence: ", "confidence: very-", "is none of high, medium, low; choose one"),
        ("\n- ", "\n* ", "chenglin-plan-2025: no facts; write each as a line that begins with '- '"),
        ("relates_to:", "relates:", "front matter lacks relates_to; add it"),
    ],
)
def test_a_broken_digest_is_named(corpus: Path, before: str, after: str, said: str) -> None:
    path = corpus / "related" / "chenglin-plan-2025.md"
    head, close, body = path.read_text(encoding="utf-8").rpartition("\n---\n")
    changed = f"{head}{close}{body}".replace(before, after)
    assert changed != f"{head}{close}{body}"
    path.write_text(changed, encoding="utf-8")
    set_value(corpus / POLICY / "measures.yaml", "enterprise-recognition", "digests", [])  # it names the digest
    fault = _fault(corpus)
    assert fault.startswith(str(corpus / "related"))
    assert said in fault


def test_several_faults_are_counted_in_the_one_line(corpus: Path) -> None:
    path = corpus / POLICY / "measures.yaml"
    set_value(path, "open-innovation-platform", "criteria.0.fact", "x")
    set_value(path, "major-project", "fields", ["y"])
    assert _fault(corpus).endswith("[and 1 more]")


def _check(corpus: Path, elsewhere: Path, policy: str = POLICY) -> subprocess.CompletedProcess[str]:
    environment = {
        **os.environ,
        "PYTHONPATH": str(PROJECT_ROOT),
        "ASSISTANT_CORPUS_DIR": str(corpus),
        "ASSISTANT_POLICY_ID": policy,
    }
    command = [sys.executable, "-m", "assistant", "check"]
    return subprocess.run(command, cwd=elsewhere, env=environment, capture_output=True, text=True, timeout=60)


def test_the_command_prints_the_report(elsewhere: Path) -> None:
    done = _check(SHIPPED, elsewhere)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines() == check_corpus(SHIPPED, POLICY)


def _encode(corpus: Path) -> str:
    path = corpus / POLICY / "policy.txt"
    path.write_bytes(path.read_bytes().decode("utf-8").encode("gb18030"))
    return f"{path}: not UTF-8"


def _drop_a_key(corpus: Path) -> str:
    path = corpus / POLICY / "measures.yaml"
    set_value(path, "proof-of-concept-centre", "beneficiary", None)
    return f"{path}: proof-of-concept-centre: beneficiary: is missing; add it"


def _add_a_key(corpus: Path) -> str:
    path = corpus / POLICY / "measures.yaml"
    set_value(path, "proof-of-concept-centre", "amount", "200万元")
    return f"{path}: proof-of-concept-centre: unknown key amount; correct the spelling or remove it"


def _repeat_a_key(corpus: Path) -> str:
    path = corpus / POLICY / "measures.yaml"
    change(path, "  rate: 20%\n", "  rate: 20%\n  rate: 30%\n")
    return f"{path}: not valid YAML (line "


def _break_the_yaml(corpus: Path) -> str:
    path = corpus / POLICY / "policy.yaml"
    change(path, "years: 3", "years: [3")
    return f"{path}: not valid YAML (line "


def _break_a_pattern(corpus: Path) -> str:
    path = corpus / POLICY / "measures.yaml"
    set_value(path, "open-competition", "terms.strong", ["揭榜("])
    return f"{path}: open-competition: terms: strong: '揭榜(' is not a usable pattern"


def _misquote(corpus: Path) -> str:
    path = corpus / POLICY / "measures.yaml"
    change(path, "quote: 对特别重大的团队,", "quote: 对特别重要的团队,")
    return f"{path}: talent-team: quote: not verbatim in article 五 (it differs from '要的团队"


def _double_an_id(corpus: Path) -> str:
    path = corpus / POLICY / "measures.yaml"
    change(path, "- id: event-hosting", "- id: computing-power")
    return f"{path}: computing-power: this id stands twice"


def _remove_the_metadata(corpus: Path) -> str:
    path = corpus / POLICY / "policy.yaml"
    path.unlink()
    return f"{path}: no such file; restore it"


@pytest.mark.parametrize(
    "break_it",
    [
        _encode,
        _drop_a_key,
        _add_a_key,
        _repeat_a_key,
        _break_the_yaml,
        _break_a_pattern,
        _misquote,
        _double_an_id,
        _remove_the_metadata,
    ],
)
def test_the_command_says_one_line_and_ends_with_status_2(corpus: Path, elsewhere: Path, break_it: object) -> None:
    assert callable(break_it)
    said = break_it(corpus)
    done = _check(corpus, elsewhere)
    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr.count("\n") == 1
    assert done.stderr.startswith(f"error: {said}")


def test_a_policy_that_is_not_there_is_told(elsewhere: Path) -> None:
    done = _check(SHIPPED, elsewhere, "no-such-policy")
    assert (done.returncode, done.stdout) == (2, "")
    assert "no such policy folder; check ASSISTANT_CORPUS_DIR and ASSISTANT_POLICY_ID" in done.stderr


def _example() -> str:
    return re.findall(r"```yaml\n(.*?)```", README, re.S)[0]


def test_the_example_of_the_readme_is_a_measure_that_passes(corpus: Path) -> None:
    path = corpus / POLICY / "measures.yaml"
    data = read_entries(path)
    (example,) = yaml.safe_load(_example())
    data["measures"] = [example if entry["id"] == example["id"] else entry for entry in data["measures"]]
    write_entries(path, data)
    assert check_corpus(corpus, POLICY)[-1].startswith("ok: ")


def test_the_readme_explains_every_key_that_the_files_use() -> None:
    measures = read_entries(SHIPPED / POLICY / "measures.yaml")
    policy = read_entries(SHIPPED / POLICY / "policy.yaml")
    keys = {*policy, *(key for definition in policy["definitions"] for key in definition)}
    for entry in [*measures["measures"], *measures["rules"]]:
        keys |= entry.keys()
        for part in (
            entry.get("base"),
            entry.get("cap"),
            entry.get("uplift"),
            entry["terms"],
            *entry.get("criteria", []),
        ):
            keys |= (part or {}).keys()
    assert {key for key in keys if f"`{key}`" not in README} == set()


def test_a_new_policy_is_a_folder_and_no_code(corpus: Path) -> None:
    folder = corpus / "talent-2025"
    folder.mkdir()
    (folder / "policy.txt").write_text(
        "关于支持青年人才的若干措施\n苏州市人民政府办公室\n2025年3月1日\n"
        "第一条 支持租房。对来苏就业的博士,按实际租金30%给予每年最高3万元补贴。(责任单位:市人社局)\n"
        "本措施自2025年4月1日起实施,有效期为2年。由苏州市人力资源和社会保障局负责解释。同类政策按就高不重复执行。",
        encoding="utf-8",
    )
    (folder / "policy.yaml").write_text(
        "id: talent-2025\ntitle: 关于支持青年人才的若干措施\nshort_title: 青年人才措施\nplace: 苏州市\n"
        "issuer: 苏州市人民政府办公室\nissued: 2025-03-01\neffective: 2025-04-01\nyears: 2\n"
        'interpreter: 苏州市人力资源和社会保障局\ncontact_department: 市人社局\nhotline: "12345"\nfields: [人才]\n',
        encoding="utf-8",
    )
    rule = "- {{id: {0}, article: 附, name: n, quote: {1}, statement: s, terms: {{strong: [{1}]}}}}\n"
    (folder / "measures.yaml").write_text(
        "measures:\n- id: rent\n  article: 一\n  name: 租房补贴\n  short: 租房\n  award: 补贴\n  kind: proportional\n"
        "  quote: 对来苏就业的博士,按实际租金30%给予每年最高3万元补贴\n  beneficiary: 博士\n  fields: [any]\n"
        "  base: {name: 实际租金, words: [租金], counts: 按实际租金计算}\n  rate: 30%\n"
        "  cap: {amount: 3万元, per: year, text: 每年最高3万元}\n  statement: 租金30%，每年最高3万元\n"
        "  terms: {strong: [租房]}\nrules:\n"
        + rule.format("validity", "有效期为2年")
        + rule.format("interpretation", "由苏州市人力资源和社会保障局负责解释")
        + rule.format("no-duplication", "就高不重复"),
        encoding="utf-8",
    )
    lines = check_corpus(corpus, "talent-2025")
    assert [line.split() for line in lines[:2]] == [
        ["一", lines[0].split()[1], "30%", "rent", "(rate)"],
        ["一", lines[1].split()[1], "3万元", "rent", "(cap)"],
    ]
    assert lines[-1].startswith("ok: talent-2025: 2 articles, 1 measure")
    assert any(line.startswith("note: chenglin-plan-2025 relates to 三、九") for line in lines)
