"""Answers about articles, closing provisions, the policy as a whole and the higher of two awards."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from assistant.answering.compose import sums
from assistant.answering.compose.beliefs import add_missing_words, add_not_required
from assistant.answering.compose.draft import Draft, article_of, department_names
from assistant.answering.compose.lines import not_stated, open_facts
from assistant.answering.compose.premises import whether_responsible
from assistant.answering.decide import Decision
from assistant.answering.wording import say
from assistant.calculator.steps import show
from assistant.policy.document import CLOSING
from assistant.policy.loader import Definition
from assistant.policy.measure import Kind, Measure, Rule
from assistant.policy.validity import Validity
from assistant.understanding.query import Query
from assistant.understanding.subject.other_awards import given_by_another

_VERBATIM = ("原文", "原话", "条文", "全文", "怎么写", "念")


def day(value: date) -> str:
    """2026年5月23日."""
    return f"{value.year}年{value.month}月{value.day}日"


def compose_articles(draft: Draft, query: Query) -> None:
    """One or more articles asked for by number: what they hold, or their text."""
    policy = draft.corpus.policy
    for number in query.unknown_articles:
        draft.corrections.append(say("premise.article_unknown", claim=f"第{number}条"))
        draft.derived.append(f"第{number}条")
    if not query.articles:
        draft.cite(CLOSING, policy.document.by_number[CLOSING].clauses[0].text)
        return
    for number in query.articles:
        article = article_of(draft.corpus, number)
        add_missing_words(draft, query, article)
        add_not_required(draft, query, article)
        measures = policy.of_article(number)
        for measure in measures:
            draft.cite(number, measure.quote)
        if not measures:
            for clause in article.clauses:
                draft.cite(number, clause.text)
        draft.responsible(article.departments)
        if "department" in query.asks:
            names = department_names(article.departments)
            whether_responsible(draft, query, article)
            key = "article.departments" if names else "article.no_departments"
            draft.lines.append(say(key, label=article.label, departments=names))
        elif any(word in query.question for word in _VERBATIM):
            draft.lines.append(say("article.verbatim", label=article.label, text=_whole(draft, number)))
        else:
            of_sums = query.asks & {"amount", "stated", "cap", "rate"} and not query.premises.about
            if of_sums and not any(m.cap or m.rate or m.matching for m in measures):
                draft.corrections.append(f"{say('article.no_sum', label=article.label)}。")
            _figures_not_there(draft, query, measures, article.label)
            draft.lines += [f"{article.label}：{measure.statement}" for measure in measures]
            draft.lines += [f"附则：{rule.statement}" for rule in policy.rules if rule.article == number]
            if not measures:
                continue
            draft.lines.append(say("measure.departments", departments=department_names(article.departments)))
    first = article_of(draft.corpus, query.articles[0])
    if "department" in query.asks and draft.lines and not draft.conclusion:
        draft.conclusion = "；".join(draft.lines)
        draft.lines.clear()
        if "difference" in query.asks and len(query.articles) > 1:
            alike = len({article_of(draft.corpus, number).departments for number in query.articles}) == 1
            draft.corrections.append(say("premise.alike_same" if alike else "premise.alike_differ"))
    elif len(query.articles) > 1:
        draft.conclusion = say("article.several")
    elif len(query.articles) == 1:
        named = first.label if first.heading == first.label else f"{first.label}（{first.heading}）"
        missing = not_stated(open_facts(query), first.label)
        draft.conclusion = "；".join(missing) or say("article.contents", label=named).rstrip("：")


def _figures_not_there(draft: Draft, query: Query, measures: Sequence[Measure], label: str) -> None:
    """第三条按投资额的5%给: a rate or sum believed to stand in an article that has none like it."""
    rates = {end for m in measures if m.rate for end in (m.rate.minimum, m.rate.maximum)}
    rates |= {m.uplift.rate for m in measures if m.uplift}
    for claim in query.premises.claims:
        there = rates if claim.kind == "rate" else {m.cap.amount for m in measures if m.cap}
        if not {claim.minimum, claim.maximum} & there:
            draft.corrections.append(say("premise.figure_not_in_article", label=label, claim=claim.text))
            return


def _whole(draft: Draft, number: str) -> str:
    article = article_of(draft.corpus, number)
    for clause in article.clauses:
        draft.cite(number, clause.text)
    return "。".join(clause.text for clause in article.clauses)


def compose_rules(draft: Draft, decision: Decision) -> None:
    """有效期, 解释, 就高不重复."""
    query, policy = decision.query, draft.corpus.policy
    for rule_id in query.rules:
        rule = policy.rule_by_id[rule_id]
        draft.cite(rule.article, rule.quote)
        if rule_id == "validity":
            _validity(draft, query)
        elif rule_id == "interpretation":
            believed = [name for name in query.premises.departments if name != policy.contact_department]
            believed += [found.group() for found in _GOVERNMENT.finditer(query.question)]
            if query.premises.asserted and believed:
                draft.corrections.append(say("premise.not_so", claim="、".join(believed)))
            sentence = say("validity.interpretation", interpreter=policy.interpreter)
            _say_first(draft, sentence)
            draft.responsible((policy.interpreter,))
        else:
            _stacking(draft, decision, rule)
    draft.suggestions += [say("suggestions.validity"), say("suggestions.stacking")][: 2 if not draft.suggestions else 0]


def _say_first(draft: Draft, sentence: str) -> None:
    if draft.conclusion:
        draft.lines.append(f"{sentence}。")
    else:
        draft.conclusion = sentence


def term_on(period: Validity, asked: date) -> str:
    """Whether the policy is in force on the day ``asked``, with its first and last day."""
    shown = {"as_of": f"今天（{day(asked)}）", "effective": day(period.effective), "last_day": day(period.last_day)}
    key = "in_force" if period.in_force(asked) else ("ended" if period.ended(asked) else "not_yet")
    return say(f"validity.{key}", **shown)


def _validity(draft: Draft, query: Query) -> None:
    policy = draft.corpus.policy
    period = policy.validity
    _say_first(draft, term_on(period, query.as_of))
    start = _believed_day(query, period.effective, _BEGINS)
    if (right := start if start is not None else _believed_day(query, period.last_day, _ENDS)) is not None:
        draft.corrections.append(say("premise.yes" if right else "premise.no"))
    years = query.premises.years
    if years is not None:
        draft.derived.append(f"{years}年")
        sentence = (
            say("premise.years_right") if years == period.years else say("premise.years_wrong", claim=f"{years}年")
        )
        draft.corrections.append(sentence)
    rule = policy.rule_by_id["validity"]
    draft.lines += [f"{sentence}。" for sentence in not_stated(open_facts(query)) if query.asks & _EARLIER]
    draft.lines.append(say("measure.basis", label="附则", quote=rule.quote))
    if _DAYS_LEFT.search(query.question) and period.in_force(query.as_of):
        days = f"{(period.last_day - query.as_of).days}天"
        draft.derived.append(days)
        draft.conclusion += say("validity.days_left", days=days)
    draft.lines.append(say("validity.no_day", interpreter=policy.interpreter, hotline=policy.hotline))
    draft.responsible((policy.contact_department,))


_DAYS_LEFT = re.compile(r"[几多][少]?(个)?(天|日子)")
_GOVERNMENT = re.compile(r"(江苏省|省|苏州市|市|区)(人民)?政府(办公室|办|办公厅)?|(省|市|苏州市?)府办")
_EARLIER = frozenset({"open_fact_retroactive"})


def _believed_day(query: Query, right: date, of: re.Pattern[str]) -> bool | None:
    """Whether the policy is believed to begin or end on the right day (2025年底到期对吗); None where nothing is."""
    if not query.premises.asserted and "eligibility" not in query.asks:
        return None
    days = [mention for mention in query.dates if of.match(query.question, mention.end)]
    return days[0].first <= right <= days[0].last if days else None


_BEGINS = re.compile(r"(就|才|开始|起|正式|那天|当天)*(实施|施行|生效|执行|发布|出台|印发)")
_ENDS = re.compile(r"(就|才|会|要|那天|号|当天|那时)*(到期|截止|过期|届满|失效|作废|结束|为止|止)")


def _stacking(draft: Draft, decision: Decision, rule: Rule) -> None:
    policy = draft.corpus.policy
    comparison = decision.comparison
    matters = {item.measure.id for item in decision.measures}
    awards = decision.query.awards
    # 平台投资补了600万,绩效还能拿吗: what this policy gave for one matter.
    of_ours = not awards or (len(awards) == 1 and awards[0].level in ("named", "city"))
    several = len(matters) > 1 or len(decision.query.articles) > 1
    different = several and of_ours and not decision.one_matter
    matched = (
        decision.measures
        and all(item.measure.kind is Kind.MATCHED for item in decision.measures)
        and not _BEYOND_CITY.search(decision.query.question)
    )
    if comparison:
        sides = "、".join(
            f"{say(f'stacking.levels.{level}') if level else ''}{sums.at_most(amount)}"
            for level, amount in comparison.sides
        )
        sentence = say("stacking.comparison", result=show(comparison.result), sides=sides)
        draft.amounts += [*(amount for _, amount in comparison.sides), comparison.result]
        draft.conclusion, earlier = sentence, draft.conclusion
        if earlier:
            draft.lines.insert(0, f"{earlier}。")
    elif matched:
        draft.lines.insert(0, f"{say('stacking.matched')}。")
    elif different and draft.conclusion:
        draft.lines.insert(0, f"{say('stacking.different')}。")
    elif different:
        draft.conclusion = say("stacking.different")
    elif summed := decision.award_sum:
        draft.amounts += [*summed.awards, summed.result]
        terms = " + ".join(show(award) for award in summed.awards)
        draft.conclusion = say("stacking.added", total=show(summed.result))
        draft.lines.insert(0, say("measure.steps", steps=f"{terms} = {show(summed.result)}"))
    elif "different_matters" in decision.query.asks and not decision.one_matter:
        draft.conclusion, earlier = say("stacking.different"), draft.conclusion
        if earlier:
            draft.lines.insert(0, f"{earlier}。")
    elif opens := not_stated([name for name in open_facts(decision.query) if name in _OF_REPETITION]):
        draft.conclusion = "；".join(opens)
        draft.lines.insert(0, f"{say('stacking.rule')}。")
    else:
        draft.conclusion, earlier = say("stacking.rule"), draft.conclusion
        if earlier:
            draft.lines.insert(0, f"{earlier}。")
    draft.lines.append(say("measure.basis", label="附则", quote=rule.quote))
    if not given_by_another(decision.query.question):  # 贴息给过了，还能拿吗: it may be this policy that gave
        draft.lines += [
            f"{sentence}。" for sentence in not_stated([n for n in open_facts(decision.query) if n == "again"])
        ]
    if "different_matters" in decision.query.asks:
        draft.lines += [o for m in decision.measures for o in m.measure.open_points if _PER_WHAT.search(o)]
    if not different and "different_matters" not in decision.query.asks:
        asks = decision.query.asks
        key = next((key for key in ("award_not_taken", "award_order") if key in asks), "top_up")
        draft.lines.append(say(f"stacking.{key}", interpreter=policy.interpreter))
    draft.responsible((policy.contact_department,))


_OF_REPETITION = frozenset({"compared", "documents_meant"})
_PER_WHAT = re.compile(r"一次性")

# Who gives beside the two halves of a 1:1 measure.
_BEYOND_CITY = re.compile(
    r"(?<!节)省(里|级|厅|上|财政|科技|立项|拨|补|给)|国家(?!生物|第三代|空白)|中央|部委|科技部|工信部"
)


def compose_issuer(draft: Draft, query: Query) -> None:
    """Who issued the policy and when, and its full name."""
    policy = draft.corpus.policy
    rule = policy.rule_by_id["interpretation"]
    draft.cite(rule.article, rule.quote)
    issued = day(policy.issued)
    believed = query.premises.asserted or _IS_IT_SO.search(query.question)
    if believed and (wrong := _OTHER_ISSUER.search(query.question)):
        draft.corrections.append(say("premise.not_so", claim=wrong.group()))
    if believed:
        other = (date.text for date in query.dates if not date.first <= policy.issued <= date.last)
        draft.corrections += [say("premise.not_so", claim=text) for text in other]
    draft.conclusion = say("overview.issuer", issuer=policy.issuer, issued=issued)
    draft.lines.append(say("overview.title", title=policy.document.title))
    draft.lines.append(say("validity.interpretation", interpreter=policy.interpreter))


_OTHER_ISSUER = re.compile(
    r"国务院(办公厅)?|(江苏)?省(人民)?政府(办公厅)?|(江苏)?省[^,，。\d]{2,4}厅|市?(科技|发改|工信|财政|商务|人社)(局|委)"
    r"|科技部|工信部|(工业|高新|开发|经开)?园?区(管委会|政府)"
)
_IS_IT_SO = re.compile(r"[吗么][?？]?$|是不是|对不对|对吗")


def compose_definition(draft: Draft, definition: Definition, question: str) -> None:
    """What the policy means by a word of its own (一区两中心), from its preamble; what it is taken for is set right."""
    if definition.name and (believed := _TAKEN_FOR.search(question)):
        parts = [part for part in _AND.split(believed["what"]) if len(part) > 1]
        if wrong := [part for part in parts if not _stands_in(part, definition.quote)]:
            draft.derived += wrong
            draft.corrections.append(say("premise.not_so", claim=wrong[0]))
        elif parts:
            draft.corrections.append(say("premise.yes"))
    draft.cite_preamble(definition.quote)
    draft.conclusion = definition.statement
    draft.lines.append(say("overview.ask"))


_TAKEN_FOR = re.compile(
    r"(?:(?:是不是|是否)指?的?|指的?就?是?|说的是|就是|包不包括|包括|包含|有|是)(?P<what>[^,，。;；?？什么哪啥谁几不是吗吧]{2,24}?)(?:吗|吧|么|对不对|对吗|对吧|是吧|是不是|没错吧|[,，。?？]|$)"
)
_AND = re.compile(r"[和跟与及、]|以及")
_ALSO_SAID = re.compile(r"这?(两|三)(个|家)|国家|技术|创新|中心|苏州|的|中国")


def _stands_in(part: str, quote: str) -> bool:
    """Whether what tells ``part`` from others (纳米 in 纳米技术创新中心) stands in ``quote``."""
    own = _ALSO_SAID.sub("", part).upper().replace("AI", "人工智能")
    pairs = [own[i : i + 2] for i in range(len(own) - 1)]
    return sum(pair in quote for pair in pairs) * 2 >= len(pairs)
