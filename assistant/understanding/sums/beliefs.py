"""Figures that the asker believes in: a ceiling, an award, a rate; of what is told, none of them is a base."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from assistant.calculator.calculation import calculate
from assistant.calculator.interval import Interval
from assistant.calculator.rates import Rate
from assistant.policy.measure import Measure
from assistant.understanding.query import Query
from assistant.understanding.subject.other_awards import given_by_another
from assistant.understanding.sums.amounts import Claim, Placed, words
from assistant.understanding.sums.base_amount import BaseAmount
from assistant.understanding.sums.match import takes_amounts
from assistant.understanding.sums.sides import SPENT, side_of


def cap_claim(item: Placed) -> Claim:
    """An amount believed to be the ceiling, or whose measure is looked for (50万指的是什么补贴)."""
    return Claim("cap", item.money.text, item.money.minimum, item.money.maximum)


def award_claim(item: Placed) -> Claim:
    """An amount believed to be given (领军人才直接给500万)."""
    return Claim("award", item.money.text, item.money.minimum, item.money.maximum)


def believed_cap(item: Placed) -> bool:
    """Whether an amount is named as the ceiling (最高补贴200万, 150万封顶) and not as a base named after one."""
    asked = _ASKED_SAME.match(f"{item.right}{item.after[:1]}")
    if _ALL_TOGETHER.search(item.left) or (asked and _THAT_ITEM.search(item.left)):
        return True
    left = item.left[-10:]
    found = list(words()["claim_cap"].finditer(left))
    if found and not _BASE_NAMED.search(left, found[-1].end()):
        return True
    if _SO_TOLD.search(item.left) and words()["claim_cap"].search(item.before):
        return True  # 两项上限相同，都是50万
    # 投1000万封顶: what somebody spends reaches the ceiling and is none.
    return bool(words()["claim_cap_after"].match(item.right)) and not _BASE_NAMED.search(_LAST_OF_LIST.split(left)[-1])


_THAT_ITEM = re.compile(r"[那这](一)?(项|条|样|种)(补贴|政策|奖励)?(的)?(就|只|不)?(是|有)(不是|到)?$")
"""保险那项是100万？: a figure asked of a measure."""
_SO_TOLD = re.compile(r"^(都|也都?|就|全)(是|按)$")
# 是不是一起算100万: what several are believed to come to.
_ALL_TOGETHER = re.compile(
    r"(是不是|是否)[^,，。]{0,6}(一起|合起来|合在一起|加起来|合并|合着)(一共|总共|算|给|是|最多|按|补|拿|就|只|都)*$"
)


def believed_same(item: Placed) -> bool:
    """那装备呢，也是200万?: a figure told of another measure is believed of this one too."""
    named = _SAME.search(item.left)
    asked = _ASKED_SAME.match(f"{item.right}{item.after[:1]}") or (named and named["whether"])
    before = item.left[: named.start()] if named else ""
    return bool(named and asked) and not (SPENT_BEFORE.search(item.left) or _PAID.search(before))


_PAID = re.compile(r"(实付|支付|花费|支出|[付花投])(了|掉)?$")


def of_years(item: Placed, text: str) -> bool:
    """Whether an amount is what a ceiling comes to in several years (一年最多200万，三年就是600万)."""
    return bool(words()["claim_cap"].search(text[: item.money.start]) and _SO_MANY_YEARS.search(item.left))


_SAME = re.compile(r"(?P<whether>是不是|是否)?(也|同样|一样)(都|只|就)?(是|有|为|给|封顶|最高|最多)?(到)?$")
_ASKED_SAME = re.compile(r"元?(吗|么|吧|对|是不是|[?？])")
_SO_MANY_YEARS = re.compile(
    r"[二三四五六两\d]年(就|那|一共|总共|合计|共|加起来|下来|能|可以|最多|拿|领|补|是|有|不就)*$"
)
_LAST_OF_LIST = re.compile(r"[、,，;；]|和|跟|以及")


def told_to_give(item: Placed, candidates: Sequence[Placed]) -> bool:
    """300万就是60万咯: what the asker makes of the base before it."""
    return bool(
        candidates and item.money.maximum < candidates[-1].money.minimum and _MAKES.fullmatch(item.ahead.strip())
    )


def reckoned(item: Placed, placed: Sequence[Placed]) -> bool:
    """What the asker reckons to get beside another award: 那就剩40万了呗, 合起来90万对不对."""
    last = item is placed[-1] and len(placed) > 1
    return bool(_LEFT_OVER.search(item.left) or (last and _ASKED_TOTAL.match(item.right)))


_MAKES = re.compile(r"元?[,，]?(那|不|是不是|岂不|也)*(就|等于|相当于)+(是|有|能|可以|会|拿|补|奖|得|给|到手|了)*")
# 客户投了1200万，我说240万，对不对: what somebody made of the base.
ANSWERED = re.compile(
    r"(我们?|同事|他们?|她|你们|会计|代办|老板|领导)[^,，。;；\d]{0,6}(说|答复?|回复|算(了|出|下)?来?|报|告诉)"
    r"(他们?|她|客户|企业|对方|我们?)?(的|了|是|有|说|可以|能|拿|给|补|大概|约)*$"
    r"|(?<![一-鿿])(那么?|所以|这样)(我们?)?(是不是|不就|岂不|就)(就?是|能|可以|有|拿|补|给)*$"  # 那是不是32万
)
_LEFT_OVER = re.compile(r"(剩|剩下|还剩|只剩|再给|再补|再拿|补齐|补足)(下|了|的|那|个|我们)*$")


def told_as_ceiling(item: Placed) -> bool:
    """Whether an amount is told as a ceiling, and not as what was given (封顶给了50万) or worked out."""
    found = list(words()["claim_cap"].finditer(item.left))
    if words()["claim_cap_after"].match(item.right):
        return True
    return bool(found) and bool(_DIRECTLY.fullmatch(item.left, found[-1].end()))


_DIRECTLY = re.compile(r"(能|可以|可|会|只|也|就|才|给|补|奖|贴|拿|到|是|为|大概|约|\s)*")
_BASE_NAMED = re.compile(r"[减扣花付投卖砸]|总?投资|投入|费用|利息|保费|销售|单价|售价|损失|花了|付了|卖了")
_ASKED_TOTAL = re.compile(r"(元)?(对不对|对吗|是吗|是不是|吗|吧|可以吗|行吗|对么)")

SPENT_BEFORE = re.compile(
    r"(付|花|投|交|缴|卖|支出|支付|用|租|砸)(给|了|掉|出去|过|费|款)|(单价|售价|总投资|保费|算力费|销售额)(?!算)[^,，。]{0,3}$"
)
"""Directly before an amount: it is spent."""
_OTHERS_RATE = re.compile(r"(省|区|县|国家|别的政策)(里|级|财政)?(是|给|补|奖|按|出)?$")
_REST = re.compile(r"(余下|剩下|剩余|剩|其余|另外|另|那)的?$")


_CLAUSE_END = re.compile(r"[,，。;；?？!！\n]")


_FOR_ALL = re.compile(r"(都|也|就|统一|一律)(是|按)$")
"""Said of several: 算力和示范项目都是20%."""


_NO_RATE = re.compile(
    r"占|(我们?|我方|咱们?|自己|企业|公司|学校|院里)[^,，。;；|]{0,3}出(了|资)?\||(?<!最)(多|少|高|低|省|超)(了|出|付|花|掏)*\||合作方"
    r"|省了?$|多花|超支|超了?$|节约|股|增长|下降|涨|降|税率|利率|年化|[年月]息|毛利|超|持|折|付|首付|里有|其中|大约有|差不多有"
    r"|(建|做|干|完成|进行)(到|了)(差不多|将近)?\|"
)
"""A share or a change, and no rate of support."""
_IN_PARTS = re.compile(r"(先|再|后)(预)?(补|给|拨|付|发|兑现|拿|打)(给|我们|你们|个|到)*$")
"""能不能先给一半: paid in parts."""
_RATE_OF_SUPPORT = re.compile(r"比例|走|档|补|奖|给|支持|报|返|按|拿|上浮|贴|资助|出|的话")


def rate_claims(text: str, rates: Sequence[Rate]) -> tuple[Claim, ...]:
    """Rates that the asker believes in: beside 比例, 补, 奖 …, not shares (占, 股份, 增长)."""
    claims = []
    for rate in rates:
        left = text[max(0, rate.start - 10) : rate.start]
        right = _CLAUSE_END.split(text[rate.end : rate.end + 6])[0]
        clause = _CLAUSE_END.split(text[: rate.start])[-1]
        rest = _REST.search(left) and not right.startswith("的话")  # 那20%的话: supposed
        if _OTHERS_RATE.search(left) or rest or given_by_another(clause):
            continue
        if _NO_RATE.search(f"{left}|{right[:2]}") or _IN_PARTS.search(left):
            continue
        same = _SAME.search(left) and _ASKED_SAME.match(right)
        if same or _FOR_ALL.search(left) or _RATE_OF_SUPPORT.search(left + right):
            claims.append(Claim("rate", rate.text, rate.minimum, rate.maximum))
    return tuple(claims)


def own_figure(item: Placed, measures: Sequence[Measure], query: Query) -> bool:
    """Whether an amount is the ceiling that the clause has, spoken of (概念验证中心的200万以后要还吗) or asked how
    often it is given (算力200万是每年一次还是只有一回), and not what somebody spends."""
    if not any(m.cap is not None and item.amount == Interval.exactly(m.cap.amount) for m in measures):
        return False
    how_often = "period" in query.asks and not query.asks & _OF_SUMS and side_of(item) != SPENT
    above = _ABOVE.search(item.left) and _THE_REST.match(item.right)
    asked = not item.left and _WHAT_IT_IS.match(item.right)
    return how_often or bool(above or asked or (_ITS_OWN.search(item.left) and _SAID_OF_IT.match(item.right)))


def worked_out_before(item: Placed, measures: Sequence[Measure], before: Mapping[str, tuple[BaseAmount, ...]]) -> bool:
    """Whether an amount is what the sums before came to (能跟老板说96万吗), and not what somebody spends."""
    if side_of(item) == SPENT or not _REPORTED.search(item.left):
        return False
    sums = (calculate(m, base.amount).amount for m in measures if takes_amounts(m) for base in before.get(m.id, ()))
    return any(item.money.minimum == item.money.maximum in (found.minimum, found.maximum) for found in sums)


def told_unlike(items: Sequence[Placed], text: str) -> list[Placed]:
    """怎么一个2000万一个500万: of ``items`` the figures of the policy that the asker sets against each other."""
    found = _WHY_UNLIKE.search(text)
    return [item for item in items if found and item.money.start >= found.start()] if found else []


_WHY_UNLIKE = re.compile(
    r"(怎么|为什么|为何|为啥|凭什么|凭啥|咋|干嘛)(会|就|又|是|要|还)*(?P<one>一个|一项|一种|一边|一头|一家|有的|前者|这个|这边)(是|给|才|只|有|能|到|最高|封顶|拿|补)*\d[^,，。;；花付投卖买]{0,8}[,，]?"
    r"((?P=one)|另(外)?一(个|项|种|边|头|家)|后者|那个|那边)(是|给|才|只|有|能|到|却|就|最高|封顶|拿|补)*\d"
)


def made_of_it(item: Placed) -> bool:
    """那就是120万吧, after a sum: what the asker makes of it."""
    return bool(_THEN_IT_IS.fullmatch(item.left) and _ASKED_SO.fullmatch(item.right))


_THEN_IT_IS = re.compile(
    r"(那|那么|所以|这样|也|不|岂不|是不是)+(我们?)?(就|也就|正好|刚好)(是|有|能拿|拿|补|给|只有)(到|个)?"
)
_ASKED_SO = re.compile(r"元?(了|的)?(对不对|对吧|对吗|是吧|是吗|没错吧|吧|吗|么|咯|呗|[?？])*")
_REPORTED = re.compile(
    r"(说|讲|汇?报|写|填|承诺|保证|答应|对外|就|拿|给|补)(到|的|是|能|有|可以|他们?|我们?|老板|领导|成)*$"
)
_ABOVE = re.compile(r"(超(过|出)?|不到|不满|没到|低于|少于|不超过)(了)?$")
_THE_REST = re.compile(r"元?(以上)?((的|那)(一?部分|一?块|些|怎么|就|不|还)|(就|都|也)(都|就)?(能|可以|算|给|补|全))")
# 200万是含税的吗
_WHAT_IT_IS = re.compile(
    r"元?(的?(奖励|补贴|补助|支持|上限|封顶))?是(?!总|投|我|花|付|单|售|建|项|全|年)[^,，。;\d]{0,8}(吗|么|还是)"
)
_ITS_OWN = re.compile(r"(?<![花付投卖买交])[的那这]$")
_SAID_OF_IT = re.compile(
    r"元?(的)?(奖励|补贴|补助|奖金|支持|绩效)?(以后|将来|后面|后续|是(?!总|投|我|花|付|单|售|建|项|全|年)|能|可以|会|要|怎么|什么时候|到底|钱|都|也|得|归|[吧吗么嘛]?[?？]?$)"
)
_OF_SUMS = frozenset({"amount", "inverse", "years_to", "own_cost", "shortfall"})
