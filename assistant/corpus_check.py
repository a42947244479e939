"""``assistant check``: holds a policy's measures against its text, and says which measure accounts for which figure.

Loading already refuses what does not fit the schema. Here: every quote stands verbatim in its article, every amount,
percentage and ratio of the text is accounted for by a measure, no wording states a figure that its clause does not,
ids are unique, and what entries name (digests, facts, articles) exists. The first fault is the one that is reported.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from functools import lru_cache
from pathlib import Path

from assistant.corpus_figures import accounts, find_figures, home_of
from assistant.errors import CorpusError
from assistant.policy.document import Article
from assistant.policy.loader import Corpus, Policy, load_corpus
from assistant.policy.measure import ANY_FIELD, REGIONS, Measure, Per, Terms
from assistant.understanding import lexicon

_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_ARTICLE = re.compile("[一二三四五六七八九十百]+|附")
_DIGITS = "〇一二三四五六七八九"
_LATER = re.compile("之日起.{0,8}后")
"""A first day that the text counts from another (自发布之日起30日后施行)."""
_RULES = ("validity", "interpretation", "no-duplication")
"""Closing provisions that answers about term, interpretation and stacking are composed from."""
_PER_WORDS = {Per.YEAR: re.compile("每年|年度|/年"), Per.ONCE: re.compile("一次性")}
_CONFIDENCE = frozenset({"high", "medium", "low"})
# Values that understanding derives from places and so has no words for in facts.yaml.
_DERIVED = {
    "place": frozenset({"suzhou", "elsewhere", "branch"}),
    "site": frozenset({"elsewhere", "suzhou"}),
    "recognition": frozenset({"district", "suzhou", "jiangsu", "nation", "other-city", "other-province"}),
    "compute-platform": frozenset({"suzhou", "other"}),
}


def check_corpus(corpus_dir: Path, policy_id: str) -> list[str]:
    """Verifies one policy and the digests; returns the report's lines, each figure with the measure that has it.

    Raises CorpusError: one line that names file, entry and what to do (and how many more faults there are).
    """
    corpus = load_corpus(corpus_dir, policy_id)
    folder = corpus_dir / policy_id
    faults = list(dict.fromkeys(_faults(corpus, folder, corpus_dir / "related")))
    if faults:
        more = f" [and {len(faults) - 1} more]" if len(faults) > 1 else ""
        raise CorpusError(faults[0] + more)
    lexicon.build_lexicon(corpus.policy)  # patterns that are usable alone and not together
    return _report(corpus)


def _faults(corpus: Corpus, folder: Path, related: Path) -> Iterator[str]:
    policy = corpus.policy
    measures = folder / "measures.yaml"
    yield from _ids(policy, measures)
    yield from (f"{measures}: {fault}" for fault in _quotes(policy))
    for measure in policy.measures:
        for check in (_figures_of(measure), _wording(measure), _names(measure, corpus), _terms(measure.terms)):
            yield from (f"{measures}: {measure.id}: {fault}" for fault in check)
    for rule in policy.rules:
        yield from (f"{measures}: {rule.id}: {fault}" for fault in _terms(rule.terms))
    yield from _unaccounted(policy, folder)
    yield from _metadata(policy, folder)
    yield from _digests(corpus, related)


def _ids(policy: Policy, path: Path) -> Iterator[str]:
    ids = [measure.id for measure in policy.measures] + [rule.id for rule in policy.rules]
    for name in _twice(ids):
        yield f"{path}: {name}: this id stands twice; rename one of the entries"
    for name in ids:
        if not _ID.fullmatch(name):
            yield f"{path}: {name}: an id is small letters, digits and hyphens, such as computing-power; rename it"
    for measure in policy.measures:
        for name in _twice(criterion.id for criterion in measure.criteria):
            yield f"{path}: {measure.id}: criteria: {name}: this id stands twice; rename one of the criteria"
    known = {rule.id for rule in policy.rules}
    for name in _RULES:
        if name not in known:
            yield f"{path}: rules: {name} is missing; add it, with the closing provision as its quote"


def _quotes(policy: Policy) -> Iterator[str]:
    document = policy.document
    for measure in policy.measures:
        article = document.by_number[measure.article]
        for key, quote in _quotes_of(measure):
            if fault := _not_verbatim(quote, article):
                yield f"{measure.id}: {key}: {fault}"
    for rule in policy.rules:
        home = document.by_number.get(rule.article)
        if home is None:
            yield f"{rule.id}: article: the policy has no article {rule.article!r}; correct it"
        elif fault := _not_verbatim(rule.quote, home):
            yield f"{rule.id}: quote: {fault}"


def _quotes_of(measure: Measure) -> Iterator[tuple[str, str]]:
    """Every passage that the measure quotes, with its key."""
    yield "quote", measure.quote
    yield from ((f"also[{n}]", quote) for n, quote in enumerate(measure.also, 1))
    yield from ((f"criteria: {criterion.id}: quote", criterion.quote) for criterion in measure.criteria)
    if measure.uplift:
        yield "uplift: quote", measure.uplift.quote


def _not_verbatim(quote: str, article: Article) -> str | None:
    if quote and quote in article.text:
        return None
    same = next((n for n in range(len(quote), 0, -1) if quote[:n] in article.text), 0)
    where = f"it differs from {quote[same : same + 12]!r} on" if same else f"it begins {quote[:12]!r}"
    return f"not verbatim in article {article.number} ({where}); copy the words from policy.txt"


def _figures_of(measure: Measure) -> Iterator[str]:
    """The measure's own figures stand in its quote."""
    stated = {figure.key for figure in find_figures(measure.quote)}
    if cap := measure.cap:
        if ("amount", cap.amount, cap.amount) not in stated:
            yield f"cap: amount: {cap.amount:f}元 does not stand in the quote; correct the one or the other"
        if cap.text not in measure.quote:
            yield f"cap: text: {cap.text!r} is not verbatim in the quote; copy it from there"
        for per, words in _PER_WORDS.items():
            if words.search(cap.text) and cap.per is not per:
                yield f"cap: per: the text {cap.text!r} is counted by {per.value}; write per: {per.value}"
            elif cap.per is per and not words.search(cap.text):
                yield f"cap: per: the text {cap.text!r} does not say {per.value}; remove it or quote more"
    if (rate := measure.rate) and ("rate", rate.minimum, rate.maximum) not in stated:
        yield "rate: does not stand in the quote; correct the one or the other"
    if uplift := measure.uplift:
        figures = {figure.key for figure in find_figures(uplift.quote)}
        if ("rate", uplift.rate, uplift.rate) not in figures:
            yield "uplift: rate: does not stand in the uplift's quote; correct the one or the other"
    if measure.matching:
        left, right = measure.matching
        if ("ratio", Decimal(left), Decimal(right)) not in stated:
            yield f"matching: {left}:{right} does not stand in the quote; correct the one or the other"


def _wording(measure: Measure) -> Iterator[str]:
    """What is shown of a measure states no figure that its quotes do not."""
    ends = {
        (figure.kind, end)
        for _, quote in _quotes_of(measure)
        for figure in find_figures(quote)
        for end in (figure.minimum, figure.maximum)
    }
    for key, text in _shown(measure):
        for figure in find_figures(text):
            if not {(figure.kind, figure.minimum), (figure.kind, figure.maximum)} <= ends:
                yield f"{key}: {figure.text} stands in no quote of this measure; correct the figure or remove it"


def _terms(terms: Terms) -> Iterator[str]:
    if not terms.strong:
        yield "terms: strong: is empty, so that nobody could name it; add its usual name"
    for key in ("strong", "weak", "unless"):
        yield from (f"terms: {key}: {fault}" for fault in _fits_all(getattr(terms, key)))


def _fits_all(patterns: Iterable[str]) -> Iterator[str]:
    return (f"{pattern!r} fits every question; correct or remove it" for pattern in patterns if _fits_nothing(pattern))


@lru_cache(maxsize=8192)
def _fits_nothing(pattern: str) -> bool:
    """Whether a pattern is found in the empty text, and so in every text."""
    return re.search(pattern, "") is not None


def _shown(measure: Measure) -> Iterator[tuple[str, str]]:
    for key in ("name", "short", "award", "beneficiary", "statement"):
        yield key, getattr(measure, key)
    yield from (("open", point) for point in measure.open_points)
    if measure.base:
        yield "base: counts", measure.base.counts
    for criterion in measure.criteria:
        for key in ("text", "unmet_text", "ask"):
            yield f"criteria: {criterion.id}: {key}", getattr(criterion, key)


def _names(measure: Measure, corpus: Corpus) -> Iterator[str]:
    """Digests, facts, values and fields that an entry names exist."""
    for name in measure.digests:
        if name not in corpus.digest_by_id:
            yield f"digests: there is no digest {name!r} in related/; correct the name or remove it"
    for criterion in measure.criteria:
        yield from _fact(criterion.fact, (*criterion.met, *criterion.unmet), f"criteria: {criterion.id}")
    if measure.uplift:
        yield from _fact(measure.uplift.fact, (measure.uplift.value,), "uplift")
    fields = (ANY_FIELD, REGIONS, *lexicon.facts()["field"])
    for name in measure.fields:
        if name not in fields:
            yield f"fields: {name!r} is none of {', '.join(fields)}; choose one"


def _fact(fact: str, values: Iterable[str], where: str) -> Iterator[str]:
    words = lexicon.applicants() if fact == "applicant" else lexicon.facts().get(fact, {})
    known = {*words, *_DERIVED.get(fact, ())}
    if not known:
        yield f"{where}: fact: nothing tells {fact!r} from a question; correct it or describe it in facts.yaml"
        return
    for value in values:
        if value not in known:
            yield f"{where}: {value!r} is no value of the fact {fact} ({', '.join(sorted(known))}); correct it"


def _unaccounted(policy: Policy, folder: Path) -> Iterator[str]:
    text = policy.document.text
    for passage in policy.background:
        if passage not in text:
            path = folder / "policy.yaml"
            yield f"{path}: background: {passage[:20]!r} is not verbatim in policy.txt; copy it from there"
    for figure in find_figures(text):
        if not accounts(figure, policy):
            home = home_of(figure, policy.document)
            where = f"article {home.number}" if home else "outside the articles"
            around = text[max(0, figure.start - 12) : figure.end + 4].replace("\n", " ")
            yield (
                f"{folder / 'measures.yaml'}: {where}: no measure accounts for {figure.text} ({around}); "
                "add a measure that quotes it, or name the passage under background in policy.yaml"
            )


def _metadata(policy: Policy, folder: Path) -> Iterator[str]:
    path, document = folder / "policy.yaml", policy.document
    for name in _twice(article.number for article in document.articles):
        yield f"{folder / 'policy.txt'}: article {name} stands twice; correct the text's numbering"
    if document.id != folder.name:
        yield f"{path}: id: {document.id!r} is not the folder's name; write {folder.name!r}"
    for key, value in (("title", document.title), ("issuer", policy.issuer), ("interpreter", policy.interpreter)):
        if value not in document.text:
            yield f"{path}: {key}: {value[:20]!r} does not stand in policy.txt; copy it from there"
    for key, day in (("issued", policy.issued), ("effective", policy.validity.effective)):
        later = key == "effective" and _LATER.search(document.text)
        if not later and not any(form in document.text for form in _forms(day)):
            yield f"{path}: {key}: {day} does not stand in policy.txt; correct it"
    years = policy.validity.years
    if f"{years}年" not in document.text and f"{_numeral(years)}年" not in document.text:
        yield f"{path}: years: a term of {years} years does not stand in policy.txt; correct it"
    for n, definition in enumerate(policy.definitions, 1):
        where = f"{path}: definitions[{n}]"
        if definition.quote not in document.text:
            yield f"{where}: quote: {definition.quote[:20]!r} is not verbatim in policy.txt; copy it from there"
        yield from (f"{where}: words: {fault}" for fault in _fits_all(definition.words))
    departments = {name for article in document.articles for name in article.departments}
    if departments and policy.contact_department not in departments:
        yield f"{path}: contact_department: {policy.contact_department!r} is responsible for no article; correct it"


def _forms(day: date) -> tuple[str, ...]:
    """How a text may write a day: 2023年5月23日, 2023年05月23日, 二〇二三年五月二十三日."""
    year = "".join(_DIGITS[int(digit)] for digit in str(day.year))
    return (
        f"{day.year}年{day.month}月{day.day}日",
        f"{day:%Y年%m月%d日}",
        f"{year}年{_numeral(day.month)}月{_numeral(day.day)}日",
    )


def _numeral(number: int) -> str:
    """一 … 九十九, as dates and terms are written."""
    tens, ones = divmod(number, 10)
    return ("" if not tens else "十" if tens == 1 else f"{_DIGITS[tens]}十") + (_DIGITS[ones] if ones else "")


def _digests(corpus: Corpus, related: Path) -> Iterator[str]:
    for name in _twice([*(digest.id for digest in corpus.digests), corpus.policy.document.id]):
        yield f"{related}: {name}: this id stands twice; rename one of the digests"
    for digest in corpus.digests:
        where = f"{related}: {digest.id}"
        if unknown := [number for number in digest.relates_to if not _ARTICLE.fullmatch(number)]:
            yield f"{where}: relates_to: {'、'.join(unknown)} is no article; write 一, 二 … or 附"
        if digest.confidence not in _CONFIDENCE:
            yield f"{where}: confidence: {digest.confidence!r} is none of high, medium, low; choose one"
        if not digest.facts:
            yield f"{where}: no facts; write each as a line that begins with '- '"


def _twice(names: Iterable[str]) -> list[str]:
    return [name for name, times in Counter(names).items() if times > 1]


def _report(corpus: Corpus) -> list[str]:
    policy, document = corpus.policy, corpus.policy.document
    lines, kinds = [], Counter[str]()
    for figure in find_figures(document.text):
        home = home_of(figure, document)
        span = f"{figure.start}-{figure.end}"
        holders = ", ".join(accounts(figure, policy))
        lines.append(f"{home.number if home else '-'}  {span:<10} {figure.text:<9} {holders}")
        kinds[figure.kind] += 1
    lines += _unquoted(policy)
    for digest in corpus.digests:
        if unknown := [number for number in digest.relates_to if number not in document.by_number]:
            lines.append(f"note: {digest.id} relates to {'、'.join(unknown)}, which this policy has not")
    counts = ", ".join(f"{number} {kind}{'s' if number > 1 else ''}" for kind, number in kinds.items())
    quotes = sum(1 for measure in policy.measures for _ in _quotes_of(measure)) + len(policy.rules)
    lines.append(
        f"ok: {document.id}: {len(document.articles)} articles, {len(policy.measures)} measures, "
        f"{len(policy.rules)} rules, {quotes} quotes verbatim, {sum(kinds.values())} figures accounted for "
        f"({counts}), {len(corpus.digests)} digests"
    )
    return lines


def _unquoted(policy: Policy) -> Iterator[str]:
    """Clauses that no measure and no rule quotes: perhaps a kind of support was overlooked."""
    document = policy.document
    quotes = [(measure.article, quote) for measure in policy.measures for _, quote in _quotes_of(measure)]
    quotes += [(rule.article, rule.quote) for rule in policy.rules]
    spans = [span for number, quote in quotes if (span := document.locate(quote, number))]
    for article in document.articles:
        for clause in article.clauses:
            if not any(start < clause.end and clause.start < end for start, end in spans):
                yield f"note: {article.number}  {clause.start}-{clause.end}  no measure quotes: {clause.text[:40]}"
