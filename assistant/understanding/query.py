"""A question as a typed query: what is asked, about which measures, with which amounts, facts, places and dates."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal

from pydantic import TypeAdapter, ValidationError

from assistant.calculator.interval import Interval
from assistant.errors import InputError
from assistant.understanding.sums.amounts import Award, Claim
from assistant.understanding.sums.base_amount import BaseAmount
from assistant.understanding.sums.matters import Matter
from assistant.understanding.time.dates import DateMention

_REMEMBERED_TURNS = 12

OPEN_FACTS = (
    "whole_cap",
    "again",
    "retroactive",
    "number",
    "obligation",
    "appeal",
    "compared",
    "documents_meant",
    "grades",
    "price",
    "rate_choice",
    "scoring",
    "distinction",
    "publicity",
    "counter",
    "threshold",
    "sharing",
    "translation",
    "publication",
    "institutions",
    "fields",
    "further",
    "deadline",
    "documents",
    "phone",
    "payment_time",
    "procedure",
    "recipients",
    "scale",
    "tax",
    "application",
    "unnamed",
)
"""What is asked of the policy and the policy does not state (the ask ``open_fact_…``), in the order of answering."""


@dataclass(frozen=True, slots=True)
class Premises:
    """What the question takes for granted and the answer has to confirm or correct.

    ``per``: "year" or "once"; ``departments``: names as the policy writes them; ``base``: what the asker thinks the
    rate applies to; ``years``: of validity; ``asserted`` tells a belief (…吧, 听说…) from an open question.
    ``others``: offices outside the policy; ``alike``: several are taken for the same; ``everyone``: all are said to get
    it; ``lent``: the support is taken for a loan; ``about``: what an article is taken to be about; ``giver``: another
    level of government whose own support is asked for; ``mentioned``: a thing that the text is asked to mention.
    """

    claims: tuple[Claim, ...] = ()
    per: str | None = None
    departments: tuple[str, ...] = ()
    base: str | None = None
    years: int | None = None
    asserted: bool = False
    others: tuple[str, ...] = ()
    alike: bool = False
    everyone: bool = False
    lent: bool = False
    about: str | None = None
    giver: str | None = None
    mentioned: str | None = None


@dataclass(frozen=True, slots=True)
class Scope:
    """Why a question does not belong here (``reason``, typed), with what was recognised (``detail``)."""

    reason: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class CeilingRange:
    """Ceilings asked for by their size: ``least`` to ``most`` (yuan, None for no limit), the limits themselves left
    out where ``strict``; ``text``: as the asker has it."""

    least: Decimal | None
    most: Decimal | None
    strict: bool
    text: str

    def has(self, amount: Decimal) -> bool:
        if amount in (self.least, self.most):
            return not self.strict
        return (self.least is None or amount > self.least) and (self.most is None or amount < self.most)


@dataclass(frozen=True, slots=True)
class Side:
    """One of two names that are asked to mean one thing, and the measures (ids) that it stands for."""

    words: str
    measures: tuple[str, ...]


@dataclass(frozen=True)
class Query:
    """One question, understood. ``measures`` and ``rules`` are ids; ``carried`` says that they come from the dialogue.

    ``foreign_money``: amounts in another currency were named; ``suggested``: the subject came from the learned model;
    ``changed``: the bases are those told before with what the turn changes of them, ``dropped`` the years among them
    that fell away; ``set_aside``: a whole named again of which only a part counts;
    ``left_over``: amounts told that may belong to the base and were counted nowhere;
    ``undivided``: one sum told for two measures together, the base of neither;
    ``left_out``: measures taken out of a sum; ``received``: what was given for years named, where that is only told;
    ``at_cap``: measures taken at their ceiling; ``by_figure``: which measure has a figure is what is asked;
    ``listing``: the property (``policy.properties``) that the measures asked for share;
    ``ceilings``: the size of the ceilings that are asked for; ``sides``: two names that are asked to mean one thing;
    ``totals``: matters told before are added up, after what the turn tells ``first``; ``facts_of``: what holds for one
    measure of several only.
    """

    question: str
    original: str
    as_of: date
    language: str = "zh"
    asks: frozenset[str] = frozenset()
    measures: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()
    articles: tuple[str, ...] = ()
    unknown_articles: tuple[str, ...] = ()
    bases: Mapping[str, tuple[BaseAmount, ...]] = field(default_factory=dict)
    years: int = 1
    target: Interval | None = None
    awards: tuple[Award, ...] = ()
    premises: Premises = Premises()
    facts: Mapping[str, str] = field(default_factory=dict)
    dates: tuple[DateMention, ...] = ()
    small_talk: str | None = None
    scope: Scope | None = None
    injection: bool = False
    foreign_money: bool = False
    zero_money: bool = False
    unit_missing: bool = False
    carried: bool = False
    told: str = ""
    changed: bool = False
    dropped: tuple[str, ...] = ()
    set_aside: Interval | None = None
    left_over: tuple[Interval, ...] = ()
    undivided: Interval | None = None
    left_out: tuple[str, ...] = ()
    received: Mapping[str, tuple[BaseAmount, ...]] = field(default_factory=dict)
    at_cap: frozenset[str] = frozenset()
    by_figure: bool = False
    listing: str | None = None
    ceilings: CeilingRange | None = None
    sides: tuple[Side, ...] = ()
    suggested: bool = False
    corrections: tuple[tuple[str, str], ...] = ()
    totals: bool = False
    first: Query | None = None
    facts_of: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    @property
    def compared(self) -> bool:
        """Whether sums are set against each other and not added up."""
        return bool(self.asks & {"difference", "each"}) and "add_up" not in self.asks


@dataclass(frozen=True)
class DialogueState:
    """What a conversation keeps: subject, figures, facts, and the user's own words (for the cross-check). Immutable.

    ``turns``: the turns that were of the matter in their normal form, the latest last; what was refused or only
    polite is not among them;
    ``discussed``: measures in the order in which they came up, the latest last; ``by_year``: bases named for single
    years, so that 两年一共 can add them up; ``told``: the text from which the base was read, for corrections;
    ``facts_of``: the facts of each measure discussed, for a return to it; ``ledger``: the matters told, so that
    两台加起来, 三件一共, 甲乙合起来 can add them up; ``before``: the base of a measure that the last one
    took the place of, so that 那少拿多少 can set them against each other; ``target``: the sum that was to be reached;
    ``earlier``: the state before the last turn, for a turn that is sent once more.
    """

    measures: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()
    articles: tuple[str, ...] = ()
    asks: tuple[str, ...] = ()
    bases: dict[str, tuple[BaseAmount, ...]] = field(default_factory=dict)
    last_bases: tuple[BaseAmount, ...] = ()
    facts: dict[str, str] = field(default_factory=dict)
    awards: tuple[Award, ...] = ()
    years: int = 1
    words: tuple[str, ...] = ()
    turns: tuple[str, ...] = ()
    discussed: tuple[str, ...] = ()
    by_year: dict[str, tuple[BaseAmount, ...]] = field(default_factory=dict)
    told: str = ""
    facts_of: dict[str, dict[str, str]] = field(default_factory=dict)
    ledger: tuple[Matter, ...] = ()
    before: dict[str, tuple[BaseAmount, ...]] = field(default_factory=dict)
    target: Interval | None = None
    earlier: DialogueState | None = None

    def to_json(self) -> str:
        return _STATE.dump_json(self).decode("utf-8")

    @staticmethod
    def from_json(text: str) -> DialogueState:
        """Raises InputError when the text is not a state."""
        try:
            return _STATE.validate_json(text)
        except ValidationError as error:
            raise InputError(
                f"unusable dialogue state ({error.error_count()} faults); start a new conversation"
            ) from error

    def with_words(self, question: str) -> tuple[str, ...]:
        return (*self.words, question)[-_REMEMBERED_TURNS:]

    def with_turns(self, text: str) -> tuple[str, ...]:
        return (*self.turns, text)[-_REMEMBERED_TURNS:]

    def without_oldest(self) -> DialogueState:
        """The same without the oldest turn, for a state that has grown too long."""
        return replace(self, words=self.words[1:], turns=self.turns[1:], earlier=None)


_STATE = TypeAdapter(DialogueState)
