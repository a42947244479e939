"""Loads one policy (text, metadata, measures) and the digests from a corpus folder."""

from __future__ import annotations

import re
from collections.abc import Set
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import cached_property
from pathlib import Path
from typing import TypeVar

from assistant.errors import CorpusError
from assistant.policy.digest import Digest, read_digest
from assistant.policy.document import Document, parse_document
from assistant.policy.entry import Entry, load_yaml
from assistant.policy.measure import Base, Cap, Criterion, Kind, Measure, Per, Rates, Rule, Terms, Uplift
from assistant.policy.validity import Validity, validity_of

_E = TypeVar("_E", Kind, Per)


@dataclass(frozen=True, slots=True)
class Definition:
    """What the policy says before its first article: ``quote`` verbatim, ``statement`` in one sentence.

    ``words`` are patterns that ask for it.
    """

    words: tuple[str, ...]
    quote: str
    statement: str

    @property
    def name(self) -> str | None:
        """The name that it explains (“两中心”指…); None where it says something else of the policy."""
        found = re.match("“(.+?)”指", self.statement)
        return found[1] if found else None


@dataclass(frozen=True)
class Policy:
    """A policy with everything the program knows of it. ``hotline`` is a telephone number as text."""

    document: Document
    short_title: str
    place: str
    issuer: str
    issued: date
    validity: Validity
    interpreter: str
    contact_department: str
    hotline: str
    measures: tuple[Measure, ...]
    rules: tuple[Rule, ...]
    definitions: tuple[Definition, ...]
    background: tuple[str, ...] = ()
    """Passages of the text whose figures are no support (aims, thresholds), so that no measure accounts for them."""

    @cached_property
    def by_id(self) -> dict[str, Measure]:
        return {measure.id: measure for measure in self.measures}

    @cached_property
    def rule_by_id(self) -> dict[str, Rule]:
        return {rule.id: rule for rule in self.rules}

    def definition_of(self, text: str) -> Definition | None:
        """The first definition that ``text`` asks for."""
        asked = (d for d in self.definitions if any(re.search(word, text) for word in d.words))
        return next(asked, None)

    def with_figure(self, amounts: Set[Decimal], rates: Set[Decimal]) -> list[Measure]:
        """The measures whose ceiling is one of ``amounts`` (yuan), or whose rate has one of ``rates`` as an end."""
        return [
            m
            for m in self.measures
            if (m.cap and m.cap.amount in amounts) or (m.rate and {m.rate.minimum, m.rate.maximum} & rates)
        ]

    def of_article(self, number: str) -> tuple[Measure, ...]:
        return tuple(measure for measure in self.measures if measure.article == number)


@dataclass(frozen=True)
class Corpus:
    """A policy and the digests of related documents."""

    policy: Policy
    digests: tuple[Digest, ...]

    @cached_property
    def digest_by_id(self) -> dict[str, Digest]:
        return {digest.id: digest for digest in self.digests}


def load_corpus(corpus_dir: Path, policy_id: str) -> Corpus:
    """Reads ``corpus_dir/<policy_id>`` and ``corpus_dir/related``. Raises CorpusError."""
    related = corpus_dir / "related"
    digests = tuple(read_digest(path) for path in sorted(related.glob("*.md"))) if related.is_dir() else ()
    return Corpus(load_policy(corpus_dir / policy_id), digests)


def load_policy(folder: Path) -> Policy:
    """Reads policy.txt, policy.yaml and measures.yaml of one folder. Raises CorpusError."""
    if not folder.is_dir():
        raise CorpusError(f"{folder}: no such policy folder; check ASSISTANT_CORPUS_DIR and ASSISTANT_POLICY_ID")
    head = Entry(load_yaml(folder / "policy.yaml"), str(folder / "policy.yaml"))
    document = parse_document(head.text("id"), head.text("title"), _read_text(folder / "policy.txt"))
    if not document.articles:
        text = folder / "policy.txt"
        raise CorpusError(f"{text}: no article found (lines that begin with 一、 or 第一条); restore the text")
    validity = validity_of(_day(head, "effective"), _years(head))
    body = Entry(load_yaml(folder / "measures.yaml"), str(folder / "measures.yaml"))
    policy = Policy(
        document=document,
        short_title=head.text("short_title"),
        place=head.text("place"),
        issuer=head.text("issuer"),
        issued=_day(head, "issued"),
        validity=validity,
        interpreter=head.text("interpreter"),
        contact_department=head.text("contact_department"),
        hotline=head.text("hotline"),
        measures=tuple(_measure(entry, document) for entry in body.entries("measures")),
        rules=tuple(_rule(entry) for entry in body.entries("rules")),
        definitions=tuple(_definition(entry) for entry in head.entries("definitions")),
        background=head.texts("background"),
    )
    head.texts("fields")
    head.finish()
    body.finish()
    if not policy.measures:
        raise CorpusError(f"{folder / 'measures.yaml'}: no measures; add at least one entry under measures:")
    return policy


def _read_text(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8-sig")
    except FileNotFoundError as error:
        raise CorpusError(f"{path}: no such file; put the policy's text there") from error
    except OSError as error:
        raise CorpusError(f"{path}: cannot be read ({error.strerror}); check its permissions") from error
    except UnicodeDecodeError as error:
        raise CorpusError(f"{path}: not UTF-8 (byte {error.start}); save the file as UTF-8") from error


def _day(head: Entry, key: str) -> date:
    value = head.value(key)
    if not isinstance(value, date) or isinstance(value, datetime):
        raise head.fault(key, f"must be a day such as 2023-05-23 (no quotation marks, no time), found {value!r}")
    return value


def _years(head: Entry) -> int:
    value = head.value("years")
    if not isinstance(value, int) or isinstance(value, bool) or not 0 < value <= 100:
        raise head.fault("years", f"must be a whole number of years, found {value!r}")
    return value


def _measure(entry: Entry, document: Document) -> Measure:
    number = entry.text("article")
    article = document.by_number.get(number)
    if article is None:
        raise entry.fault("article", f"the policy has no article {number!r}; it has {'、'.join(document.by_number)}")
    base = _base(entry.entry("base")) if entry.has("base") else None
    rate = Rates(*entry.rate("rate")) if entry.has("rate") else None
    measure = Measure(
        id=entry.text("id"),
        article=number,
        name=entry.text("name"),
        short=entry.text("short"),
        award=entry.text("award"),
        kind=_choice(entry, "kind", Kind),
        quote=entry.text("quote"),
        also=entry.texts("also"),
        beneficiary=entry.text("beneficiary"),
        fields=entry.texts("fields"),
        base=base,
        rate=rate,
        cap=_cap(entry.entry("cap")) if entry.has("cap") else None,
        uplift=_uplift(entry.entry("uplift")) if entry.has("uplift") else None,
        matching=_matching(entry),
        criteria=tuple(_criterion(item) for item in entry.entries("criteria")),
        departments=article.departments,
        statement=entry.text("statement"),
        open_points=entry.texts("open"),
        digests=entry.texts("digests"),
        terms=_terms(entry.entry("terms")),
    )
    entry.finish()
    if measure.kind is Kind.PROPORTIONAL and not (measure.base and measure.rate and measure.cap):
        raise entry.fault("kind", "a proportional measure needs base, rate and cap; add what is missing")
    if measure.kind is Kind.CAPPED and (measure.cap is None or measure.rate is not None):
        raise entry.fault("kind", "a capped measure has a cap and no rate; correct the entry")
    if measure.kind is Kind.MATCHED and measure.matching is None:
        raise entry.fault("kind", "a matched measure needs matching: [1, 1]; add it")
    return measure


def _choice(entry: Entry, key: str, kinds: type[_E]) -> _E:
    text = entry.text(key)
    try:
        return kinds(text)
    except ValueError:
        raise entry.fault(key, f"{text!r} is none of {', '.join(kinds)}; choose one") from None


def _base(entry: Entry) -> Base:
    base = Base(
        name=entry.text("name"),
        words=entry.texts("words"),
        not_words=entry.texts("not_words"),
        part=entry.texts("part"),
        counts=entry.text("counts"),
        unit=entry.text("unit") if entry.has("unit") else None,
        yearly=entry.flag("yearly"),
    )
    entry.finish()
    return base


def _cap(entry: Entry) -> Cap:
    cap = Cap(entry.amount("amount"), _choice(entry, "per", Per) if entry.has("per") else None, entry.text("text"))
    entry.finish()
    return cap


def _uplift(entry: Entry) -> Uplift:
    low, high = entry.rate("rate")
    if low != high:
        raise entry.fault("rate", "must be a single rate such as 20%")
    uplift = Uplift(low, entry.text("fact"), entry.text("value"), entry.text("quote"))
    entry.finish()
    return uplift


def _matching(entry: Entry) -> tuple[int, int] | None:
    if not entry.has("matching"):
        return None
    value = entry.value("matching")
    if not (isinstance(value, list) and len(value) == 2 and all(isinstance(n, int) and n > 0 for n in value)):
        raise entry.fault("matching", "must be two whole numbers such as [1, 1]")
    return value[0], value[1]


def _criterion(entry: Entry) -> Criterion:
    criterion = Criterion(
        id=entry.text("id"),
        text=entry.text("text"),
        quote=entry.text("quote"),
        fact=entry.text("fact"),
        met=entry.texts("met"),
        unmet=entry.texts("unmet"),
        unmet_text=entry.text("unmet_text"),
        ask=entry.text("ask"),
        presumed=entry.flag("presumed"),
    )
    entry.finish()
    return criterion


def _terms(entry: Entry) -> Terms:
    terms = Terms(entry.patterns("strong"), entry.patterns("weak"), entry.patterns("unless"), entry.texts("search"))
    entry.finish()
    return terms


def _definition(entry: Entry) -> Definition:
    definition = Definition(entry.patterns("words"), entry.text("quote"), entry.text("statement"))
    entry.finish()
    return definition


def _rule(entry: Entry) -> Rule:
    rule = Rule(
        entry.text("id"),
        entry.text("article"),
        entry.text("name"),
        entry.text("quote"),
        entry.text("statement"),
        _terms(entry.entry("terms")),
    )
    entry.finish()
    return rule
