"""Several things of one measure, told turn by turn: another one, all of them together, a corrected one."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.calculator.money import Money, find_money
from assistant.calculator.steps import show
from assistant.policy.loader import Policy
from assistant.policy.measure import Measure
from assistant.understanding.articles import numeral as article_numeral
from assistant.understanding.query import DialogueState, Query
from assistant.understanding.subject.other_awards import tells_of_another_award
from assistant.understanding.sums.amounts import Placed
from assistant.understanding.sums.base_amount import BaseAmount
from assistant.understanding.sums.matters import things_of
from assistant.understanding.sums.relations import returned
from assistant.understanding.turns import unmet_values

# Facts about the asker stay when the subject changes; facts about one measure's matter do not.
LASTING = frozenset({"place", "applicant", "field", "stage", "title", "industry"})


def another_item(text: str) -> bool:
    """Whether a turn brings one more thing of the kind under discussion (另外还有台产线设备，一台2600万)."""
    return bool(_ANOTHER.search(text))


def by_itself(text: str) -> bool:
    """Whether a turn asks of the sum that it brings alone (又付了92万，单说这笔)."""
    return bool(_BY_ITSELF.search(text))


_BY_ITSELF = re.compile(r"(单|光|只|就|单单)(独)?(说|看|算|讲|问|论)(一下)?(这|那|后)(一|面)?(笔|场|台|次|个|期|批|\d)")
_EACH_TIME = re.compile(r"每一?(段|期|年|届|次|场|笔)(都|各|均)?(是|要)?[付花投交缴支用卖]")
_ITEM = "(台|套|款|场|张|件|批|座|期|届|家|个)"
_WHEN = (
    r"第?[一二三四]季度|[上下]半年|[今明后]年|\d{1,2}月份?|年[底末]|后来|然后|之后|接着|下个?(月|季度)|[春夏秋冬][天季]"
)
_ANOTHER = re.compile(
    rf"(^|[,，。;；])(我们?|咱们?)?({_WHEN})?(我们?|咱们?)?"
    rf"(另(外)?|还|再|又)(还)?(有|建|办|卖|评|认|买|开|上|做|签)?(了|过)?(一|两|1|2)?{_ITEM}(?!数|别|性)|"
    rf"第[二三四五]{_ITEM}|下一{_ITEM}"
)
_OTHER_GIVER = re.compile(
    r"[区县省部镇]|国家|市(里|级|财政)(?![^,，。\d]{0,4}(加起来|合计|一共|总共|总计|最多|能|可以|会|大概|支持多少|补多少|给多少))|园|政策|文件|办法|重复|叠加|就高|冲突|同一|影响|互|差额|补差|兼|享受|退|名目|上级"
)


def adds_up_items(query: Query, measures: Sequence[str], state: DialogueState, unit: str | None, sums: int) -> bool:
    """Whether 加起来, 合在一起 adds things of the one measure discussed (一期3200万，二期5100万，合在一起报), not what
    several offices give for one matter."""
    if "add_up" not in query.asks or len(measures) != 1 or state.awards or _OTHER_GIVER.search(query.question):
        return False
    if tells_of_another_award(query.question):
        return False
    counted = unit and re.search(rf"[二两三四五六七八九十\d][{unit}]", query.question)
    told = max(len(things_of(state.ledger, measures[0])), len(state.by_year.get(measures[0], ())))
    return bool(sums > 1 or counted or _EACH_TIME.search(query.question) or told > 1)


def facts_of_another(policy: Policy, query: Query, kept: dict[str, str]) -> dict[str, str]:
    """The facts that may hold for one more thing: not those that failed the one before, nor its kind where this one's
    is told (另一台是普通的包装线)."""
    measures = [policy.by_id[m] for m in query.measures if m in policy.by_id]
    failed = {k for k, v in kept.items() if k not in LASTING and any(v in unmet_values(m, k) for m in measures)}
    kind = {"industry"} if _OF_A_KIND.search(query.question) else set()
    return {k: v for k, v in kept.items() if k not in failed | kind}


_OF_A_KIND = re.compile(r"是(?!不|否|吗)|属于|普通|用在|用于|叫")


def together(measure: Measure, items: Sequence[BaseAmount]) -> tuple[BaseAmount, ...]:
    """Several things of one measure: each by itself, or one sum where the measure counts what a year costs."""
    if measure.rate and measure.base and not measure.base.yearly:
        return tuple(replace(base, label=f"第{article_numeral(n)}项") for n, base in enumerate(items, 1))
    first, *others = items
    for other in others:
        first = added((first,), (other,))[0]
    return (first,)


def with_another(measure: Measure, query: Query, state: DialogueState) -> tuple[BaseAmount, ...]:
    """The things told before and the one more that a turn tells, where it asks for all together (还有一个项目AI部分
    700万，两个一共呢); empty where it does not."""
    new = query.bases.get(measure.id, ())
    told = things_of(state.ledger, measure.id) or state.bases.get(measure.id, ())
    asked = "add_up" in query.asks and another_item(query.question) and not query.told
    if not asked or len(new) != 1 or not told or new[0] in told or _TOLD_IN_ALL.search(query.question):
        return ()
    return together(measure, (*told, *new))


_TOLD_IN_ALL = re.compile(r"(一共|总共|合计|共计|加起来)[^,，。;；?？]{0,4}\d")


def added(before: tuple[BaseAmount, ...], more: tuple[BaseAmount, ...]) -> tuple[BaseAmount, ...]:
    """又付了30万: what was named before and what comes on top, as one base."""
    if len(before) != 1 or len(more) != 1:
        return more
    amount = before[0].amount + more[0].amount
    step = f"{show(before[0].amount)} + {show(more[0].amount)} = {show(amount)}"
    return (BaseAmount(amount, derivation=(step,)),)


def added_new(before: tuple[BaseAmount, ...], more: tuple[BaseAmount, ...], text: str) -> tuple[BaseAmount, ...]:
    """``more`` on top of what was named before; that alone where ``text`` tells no such sum and it was only said
    again."""
    again = [base.amount for base in more] == [base.amount for base in before]
    told = {money.minimum for money in find_money(text)}
    return before if again and not any(base.amount.minimum in told for base in more) else added(before, more)


def with_what_was_told(amounts: Sequence[Money], before: Sequence[BaseAmount]) -> Money | None:
    """Of several amounts that which is the sum of the others and of the base told before (又付200万，一共320万)."""
    whole = max(amounts, key=lambda money: money.minimum, default=None)
    parts = [money.minimum for money in amounts if money is not whole]
    if whole is None or not parts or len(before) != 1:
        return None
    return whole if sum(parts) + before[0].amount.minimum == whole.minimum else None


def net_of(items: Sequence[Placed], before: Sequence[BaseAmount]) -> Sequence[Placed]:
    """``items`` without what is told as returned, where the rest of the one base told before is told beside it
    (付了142万 … 退回过50万，实付92万)."""
    back = [item for item in items if returned(item)]
    rest = [item for item in items if item not in back]
    if len(back) != 1 or len(rest) != 1 or len(before) != 1:
        return items
    return rest if back[0].amount + rest[0].amount == before[0].amount else items


def added_in_the_year(before: tuple[BaseAmount, ...], more: tuple[BaseAmount, ...]) -> tuple[BaseAmount, ...]:
    """What further parts of the year cost, with the parts told before: one base of that year."""
    whole = added(before, more)
    return tuple(replace(base, label=before[0].label) for base in whole) if len(before) == len(whole) == 1 else whole
