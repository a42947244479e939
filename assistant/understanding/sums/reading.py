"""What the amounts of a question are there for: every amount its role, every measure its base."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from assistant.calculator.interval import Interval
from assistant.calculator.money import Money, find_money
from assistant.calculator.rates import Rate
from assistant.policy.loader import Policy
from assistant.policy.measure import Kind, Measure
from assistant.understanding.places.roles import find_places
from assistant.understanding.premises import read_premises
from assistant.understanding.query import DialogueState, Query
from assistant.understanding.subject.names import Subject
from assistant.understanding.subject.other_awards import tells_of_another_award
from assistant.understanding.sums.amounts import Claim, Placed, Roles, before_their_sum, place, words
from assistant.understanding.sums.assignment import assign
from assistant.understanding.sums.at_ceiling import is_at_cap, with_full_years
from assistant.understanding.sums.award_list import told_to_add_up, with_listed_awards
from assistant.understanding.sums.bare_numbers import lacks_unit
from assistant.understanding.sums.base_amount import BaseAmount, Surroundings
from assistant.understanding.sums.beliefs import (
    award_claim,
    cap_claim,
    made_of_it,
    own_figure,
    rate_claims,
    told_unlike,
    worked_out_before,
)
from assistant.understanding.sums.divided import undivided
from assistant.understanding.sums.each_named import each_by_its_name
from assistant.understanding.sums.ends import as_ranges
from assistant.understanding.sums.goals import another_goal
from assistant.understanding.sums.items import net_of, with_what_was_told
from assistant.understanding.sums.left_over import left_over
from assistant.understanding.sums.match import takes_amounts
from assistant.understanding.sums.one_year import of_year_asked
from assistant.understanding.sums.own_working import own_working
from assistant.understanding.sums.owners import find_owners, owner_at
from assistant.understanding.sums.received import (
    EARLIER_AWARD,
    for_named_years,
    received_of,
    reckoned_back,
    without_earlier,
)
from assistant.understanding.sums.relations import of_the_matter, settle
from assistant.understanding.sums.roles import sort_roles
from assistant.understanding.sums.shares import counts_a_part
from assistant.understanding.sums.sides import SPENT, SUPPORT, side_of
from assistant.understanding.sums.told_again import joined_to, told_not_to_count
from assistant.understanding.sums.which_count import explained, of_those_that_count, reckoned_with
from assistant.understanding.turns import (
    OF_AN_AMOUNT,
    SURELY_YUAN,
    adjusted_bases,
    asks_of_another,
    merged_awards,
    unmet_values,
)

_BARE_NUMBER = re.compile(
    r"\D{0,6}?(\d+(\.\d+)?|[一二两三四五六七八九]{0,2}[百千][零一二三四五六七八九十百]{0,5})\D{0,3}"
)
"""A turn that is little more than a number without a unit (900呢, 说错了,是二百四)."""

_OF_AN_ITEM = ("recognition",)
"""Facts that may hold for one of several items told apart (一款认定了,另一款没认定)."""


def read_amounts(
    policy: Policy,
    query: Query,
    named: Sequence[Subject],
    amounts: Sequence[Money],
    rates: Sequence[Rate],
    state: DialogueState,
    *,
    retold: bool = False,
) -> Query:
    """Gives every amount its role and every measure its base. ``retold``: read with what was told before."""
    # What is taken along from earlier turns keeps the amounts that it has.
    own = [m for m in query.measures if m in {subject.id for subject in named}] or list(query.measures)
    amounts = of_year_asked(query.question, as_ranges(query.question, amounts))
    measures = [policy.by_id[measure] for measure in own]
    stacking = "no-duplication" in query.rules or bool({"same_matter", "different_matters"} & query.asks)
    stacking = stacking or (query.carried and (bool(state.awards) or "no-duplication" in state.rules))
    stacking = stacking or (not measures and tells_of_another_award(query.question))  # 昆山补了40万，你们补60万
    if _parts_of_one(query, amounts):
        query = replace(
            query, asks=query.asks - {"same_matter"}, rules=tuple(r for r in query.rules if r != _OF_AWARDS)
        )
        stacking = False
    unit_missing = False
    if not amounts and query.carried and _BARE_NUMBER.fullmatch(query.question):
        amounts = find_money(query.question, bare=True)
        unit_missing = bool(amounts) and amounts[0].maximum < SURELY_YUAN
        amounts = () if unit_missing else amounts
    elif (
        not amounts
        and not query.carried
        and (not query.asks or "amount" in query.asks)
        and any(m.computable for m in measures)
    ):
        unit_missing = lacks_unit(measures, query.question)
    if "shortfall" in query.asks and (received := received_of(measures, place(query.question, amounts), query)):
        return replace(query, bases=received, asks=query.asks - {"inverse"})
    placed = place(query.question, amounts)
    if back := reckoned_back(measures, placed, rates, query.question):
        return replace(query, bases=back)
    roles = sort_roles(
        query.question,
        placed,
        stacking=stacking,
        # 首台套500万、贴息60万、揭榜挂帅400万,互不相干: among others what a level gives is an award like theirs.
        matched=(all if stacking else any)(measure.kind is Kind.MATCHED for measure in measures) and bool(measures),
        inverse=bool(query.asks & {"inverse", "shortfall"}),
        shortfall="shortfall" in query.asks,
        compared=query.compared,
    )
    if listed := told_to_add_up(placed, query.question):
        roles, stacking = Roles((), (), listed, None), True
        query = replace(query, asks=query.asks | {"different_matters"})
    if roles.candidates and another_goal(query.question, state):
        roles = Roles((), (), (), roles.candidates[0].amount)
    if EARLIER_AWARD in query.asks:
        roles = without_earlier(roles)
    query = replace(query, received=for_named_years(measures, placed, query))
    if stacking:
        roles = with_listed_awards(policy, roles, placed, named, query.question)
    listed_ones = of_those_that_count(roles.candidates, query.question)
    one = len(measures) == 1 and not query.compared and not query.asks & {"inverse", "shortfall"}
    kept = reckoned_with(measures[0], placed, listed_ones, query.question) if one else None
    if kept:
        rates = [rate for rate in rates if rate not in explained(rates, kept, listed_ones)]
    roles = replace(roles, candidates=(kept,) if kept else tuple(listed_ones))
    worked_out, used = own_working(roles.candidates, rates, query.question)
    told = [item for item in roles.candidates if item not in worked_out]
    told = list(net_of(told, state.bases.get(measures[0].id, ()))) if len(measures) == 1 and not retold else told
    roles = replace(roles, candidates=settle(query.question, told, rates))
    around = Surroundings(
        query.question,
        [rate for rate in rates if rate not in used],
        of_the_matter(query.question, query.dates),
        named,
        find_owners(query.question, find_places(query.question)) if roles.candidates else (),
        compared=query.compared,
    )
    claims = (*roles.claims, *(() if "ratio" in query.asks else rate_claims(query.question, rates)))
    if measures and not any(map(takes_amounts, measures)):  # 领军人才直接给500万: no base could be meant
        claims = (*claims, *(award_claim(item) for item in roles.candidates if side_of(item) == SUPPORT))
    if query.by_figure:
        claims = (*claims, *(cap_claim(item) for item in roles.candidates))
        claims = (*claims, *(Claim("rate", rate.text, rate.minimum, rate.maximum) for rate in rates))
    unlike = told_unlike(roles.candidates, query.question)
    claims = (*claims, *map(cap_claim, unlike))
    roles = replace(roles, candidates=tuple(item for item in roles.candidates if item not in unlike))
    known = state.bases if query.carried else {}
    if any(m.id in known for m in measures):
        claims = (*claims, *(award_claim(item) for item in roles.candidates if made_of_it(item)))
        roles = replace(roles, candidates=tuple(item for item in roles.candidates if not made_of_it(item)))
    spent = (c for c in roles.candidates if not own_figure(c, measures, query))
    roles = replace(roles, candidates=tuple(c for c in spent if not worked_out_before(c, measures, known)))
    named_each = each_by_its_name([m for m in measures if takes_amounts(m)], roles.candidates, around)
    if len(measures) > 1 and not named_each and (parts := before_their_sum(roles.candidates)):
        roles = replace(roles, candidates=tuple(parts))  # what several cost together is the base of none
    candidates = roles.candidates if retold else _not_told_before(measures, roles.candidates, query, state)
    bases = assign(measures, candidates, around)
    bases = {m.id: with_full_years(m, bases[m.id], candidates, around) for m in measures if m.id in bases}
    if not query.compared:
        bases = {name: _since(policy.validity.effective.year, some) for name, some in bases.items()}
    again = not bases and not retold and len(candidates) < len(roles.candidates) and len(measures) == 1
    same = query.carried or (bool(query.measures) and set(query.measures) <= set(state.measures))
    if not bases and same and (adjusted := adjusted_bases(measures, state, around, roles.candidates)):
        lasting = {k: v for k, v in query.facts.items() if k not in OF_AN_AMOUNT}
        return replace(query, bases=adjusted, facts={**lasting, **state.facts})
    several = max(len(roles.candidates), len(listed_ones)) > 1
    of_one = (*OF_AN_AMOUNT, *_OF_AN_ITEM) if several and words()["separate"].search(query.question) else OF_AN_AMOUNT
    facts = dict(query.facts)
    for measure in measures:
        # 剩下340万是土建: what is said of an amount that is no base is not said of the matter.
        beside = measure.id in state.bases and measure.id not in bases and bool(roles.candidates)
        beside = beside and not asks_of_another(query)
        if beside or (measure.id in bases and (several or any(base.derivation for base in bases[measure.id]))):
            facts = {k: v for k, v in facts.items() if k not in of_one or v not in unmet_values(measure, k)}
    sides = {owner.side for item in roles.candidates if (owner := owner_at(item.money.start, around.owners))}
    if any(base.elsewhere for some in bases.values() for base in some):
        facts["place"] = "suzhou"  # what is left is of companies here
    elif sides == {"foreign"}:
        facts["place"] = "elsewhere"
    at_cap = "inverse" not in query.asks or "add_up" in query.asks  # 拿满要投多少 asks for the base
    return replace(
        query,
        facts=facts,
        at_cap=frozenset(
            m.id
            for m in measures
            if m.id not in bases and at_cap and not _told(m, roles) and is_at_cap(query.question, m.id, named)
        ),
        bases=bases,
        target=roles.target,
        awards=merged_awards(roles.awards, state.awards if query.carried else ()),
        rules=_rules(query, roles, stacking=stacking),
        premises=read_premises(
            policy, query.question, _not_of_all(claims, measures, bases), amounts, named=bool(named)
        ),
        unit_missing=unit_missing,
        undivided=undivided(measures, candidates, around) if not bases else None,
        left_over=_left_over(measures, bases, candidates, query, around),
        set_aside=roles.candidates[0].amount if again and counts_a_part(measures[0]) else None,
    )


def _parts_of_one(query: Query, amounts: Sequence[Money]) -> bool:
    """Whether the sums told were all spent on one thing (第一年投280万，第二年追加190万，同一个项目): no award beside
    another."""
    if len(query.measures) != 1 or len(amounts) < _SEVERAL or not words()["one_thing"].search(query.question):
        return False
    if tells_of_another_award(query.question):
        return False
    sides = {side_of(item) for item in place(query.question, amounts)}
    return SPENT in sides and SUPPORT not in sides


_SEVERAL = 2


def _left_over(
    measures: Sequence[Measure],
    bases: Mapping[str, tuple[BaseAmount, ...]],
    candidates: Sequence[Placed],
    query: Query,
    around: Surroundings,
) -> tuple[Interval, ...]:
    one = len(measures) == 1 and not query.compared and not query.asks & {"inverse", "shortfall", "own_cost"}
    return left_over(measures[0], bases.get(measures[0].id, ()), candidates, around) if one else ()


def _rules(query: Query, roles: Roles, *, stacking: bool) -> tuple[str, ...]:
    """The rules that the question is about: one of awards where another's is told, and not where only a goal is."""
    if roles.target and not roles.awards:
        return tuple(rule for rule in query.rules if rule != _OF_AWARDS)
    told = any(award.level not in ("city", "named") for award in roles.awards)
    twice = "same_matter" in query.asks and len(query.measures) > 1  # the same costs under two articles
    return query.rules or ((_OF_AWARDS,) if told or twice or (stacking and roles.awards) else ())


def _not_of_all(
    claims: Sequence[Claim], measures: Sequence[Measure], bases: Mapping[str, tuple[BaseAmount, ...]]
) -> tuple[Claim, ...]:
    """Without what several items reach together (两场各花600万，能拿200万吗): the ceiling is that of each."""
    reached = {m.cap.amount * len(bases[m.id]) for m in measures if m.cap and len(bases.get(m.id, ())) > 1}
    return tuple(claim for claim in claims if claim.kind == "rate" or claim.maximum not in reached)


_OF_AWARDS = "no-duplication"


def _told(measure: Measure, roles: Roles) -> bool:
    """Whether the ceiling is told among the awards (保险费补50万、贷款利息补100万，两样都满额): it counts once."""
    cap = measure.cap
    return cap is not None and any(award.amount == Interval.exactly(cap.amount) for award in roles.awards)


def _not_told_before(
    measures: Sequence[Measure], candidates: Sequence[Placed], query: Query, state: DialogueState
) -> Sequence[Placed]:
    """The amounts that a turn brings: one told before stands beside the new one (1800万是带备件的，裸机1450万), or is
    the whole again of which only a part counts."""
    before = state.bases.get(measures[0].id, ()) if len(measures) == 1 else ()
    if whole := with_what_was_told([item.money for item in candidates], before):
        return [item for item in candidates if item.money is whole]
    if query.asks & {"compare", "add_up"} or len(measures) != 1:
        return candidates
    candidates = [item for item in candidates if not told_not_to_count(measures[0], item, state)]
    given = {award.amount for award in state.awards}  # 区里那55万: what another gave stays so
    candidates = [item for item in candidates if item.amount not in given]
    known = {base.amount for base in before}
    new = [item for item in candidates if item.amount not in known or joined_to(item)]
    if before and counts_a_part(measures[0]):
        told = {money.maximum for money in find_money(state.told)}
        return [item for item in new if item.money.maximum not in told] if told else new
    return new or candidates


def _since(year: int, bases: tuple[BaseAmount, ...]) -> tuple[BaseAmount, ...]:
    """Without what was spent in years before the policy, where later years are told as well: it is not added up."""
    later = tuple(base for base in bases if not (_LABEL.fullmatch(base.label) and int(base.label[:4]) < year))
    return later or bases


_LABEL = re.compile(r"\d{4}年")
