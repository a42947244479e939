"""What a question wants of a clause: to read it (最高给多少, 零部件管不管), or to hear about the asker's own case."""

from __future__ import annotations

import re

from assistant.policy.measure import Measure
from assistant.understanding.query import Query

FIGURES = frozenset({"rate", "cap"})


def wants_money(query: Query) -> bool:
    return bool(query.asks & {"amount", *FIGURES})


def looks_up(query: Query) -> bool:
    """Whether the clause as it stands answers in full: its rate or ceiling is asked for, or nobody's own sum."""
    return bool(query.asks & (FIGURES | {"compare"})) or not of_own(query)


def of_own(query: Query) -> bool:
    """Whether somebody speaks of what they do themselves (我们…); 我想问, 告诉我 are only manners."""
    return query.carried or bool(_OWN.search(_MANNERS.sub("", query.question)))


def applies(query: Query) -> bool:
    """Whether it is asked if somebody gets it (我们能申请吗), and not what the clause says of a thing."""
    return of_own(query) and bool(_GETS.search(query.question))


def is_yes_or_no(query: Query) -> bool:
    """Whether 能补吗 is all that is asked, with no figure."""
    return "eligibility" in query.asks and not query.asks & FIGURES and not _QUANTITY.search(query.question)


def asks_requirement(query: Query) -> bool:
    """Whether it is asked if the clause requires something of a kind (对股东有要求没), not if the asker meets it."""
    return bool(_REQUIRES.search(query.question))


def asks_whether_any(query: Query) -> bool:
    """Whether it is asked if there is support at all (有没有钱补): the clause itself is the answer."""
    return bool(_ANY.search(query.question))


def asks_what_counts(query: Query) -> bool:
    """Whether it is asked if a thing counts at all (关键零部件也算吗): what the clause names answers it."""
    return not of_own(query) and bool(_COUNTS.search(query.question))


def asks_finer(query: Query) -> bool:
    """Whether it is asked if the text settles what counts as a thing (新三板算不算上市企业，条文讲清没)."""
    return "stated" in query.asks and bool(_SETTLED.search(query.question))


def asks_stated_sum(query: Query) -> bool:
    """Whether it is asked if a sum of money is written (有没有写给多少钱)."""
    return "stated" in query.asks and bool(_MONEY.search(query.question))


def asks_counting(query: Query, measure: Measure) -> bool:
    """Whether it is asked by what the sum is reckoned, or what counts in it (活动费用包不包括嘉宾酬金)."""
    if measure.base is None or _RECOGNISED.search(query.question):
        return False
    if "counted" in query.asks:
        return True
    words = (measure.base.name, *(word for word in measure.base.words if len(word) > _SHORTEST))
    named = [word for word in words if word in query.question]
    if "definition" in query.asks and not wants_money(query):
        return any(_SUM_NAMED.search(word) for word in named)
    return bool(named) and "eligibility" in query.asks and bool(_COUNTED.search(query.question))


def names_base(query: Query, measure: Measure) -> bool:
    """Whether the question has the base in the words of the clause (年度销售总额: no question of every year)."""
    return measure.base is not None and measure.base.name in query.question


_SETTLED = re.compile(
    r"(算不算|属不属于|算是|怎么算|怎么才算|是不是指|包不包括?|分不分)[^。;?]{0,16}(条文|文件|政策|里面?|文中|条)[^,，。;?]{0,6}"
    r"(写|说|讲|定|提|规定|交代|明确|细)"
)
_MONEY = re.compile(r"钱|金额|补贴|奖励|补|万|数字|数额|真金白银")
_SHORTEST = 2
_SUM_NAMED = re.compile(r"(费用?|额|价格?|投资|利息|损失)$")
_RECOGNISED = re.compile(r"认定|评定|级别|[省市区国家]级")
_COUNTED = re.compile(r"是指|指的|算(?!力)|认(?!定)|计入|计进|[包含](括|含|不)|列[入支]|纳入|扣(除|掉)|剔除")
_COUNTS = re.compile(
    r"算(不算|吗|么|得上)?[?？]?$|(?<!预)(?<!结)(?<!测)(?<!计)(?<!估)算(不算)?[^力法,，。;?？]{2,10}(吗|么|不)[?？]?$"
)
_QUANTITY = re.compile(r"多少|几|多大|[测计]?算(?!力|法|不算)|金额|额度|数(?!据|字)|how much|amount")
_REQUIRES = re.compile(
    r"(有没有|有无|是否有|有)[^,，。;?]{0,8}(要求|限制|门槛|讲究|限定|规定)|(?<!符合)(?<!满足)(?<!达到)(要求|限制|门槛|讲究)(吗|没|么|不)"
    r"|限不限|要不要求|挑不挑|卡不卡"
)
_ANY = re.compile(
    r"有(没有|无)?[^,，。;?]{0,6}(机构|地方|平台|渠道|单位|部门)[^,，。;?]{0,4}(帮|管|做|搞)|谁[^,，。;?]{0,4}帮|(?:给不给|发不发|有没有给)(钱|补|奖|资助|支持)|有(没有|无)[^,，。;?]{0,6}(钱|补|贴息|扶持|支持|政策|奖|资助|说法|好处)|(有|给)(钱|补贴|贴息|补助|扶持|支持|政策|奖励|资助)[^,，。;?]{0,4}(吗|么|不|没)"
)
_OWN = re.compile(r"我|咱|俺|自家|本(公司|单位|企业|院|校|行|厂|所)|\bwe\b|\bour\b|\bI\b")
_MANNERS = re.compile(
    r"(告诉|提醒|帮|给|跟|和|教|麻烦)(一下)?(我|我们|咱)(?!做|办)|我(们)?(就|只|先|再|来|也|还|是)?(想|要)?(再|先)?(请)?"
    r"(问|查|核对?|确认|了解|记得|听说?|以为|猜|看(到|了)?|翻|替|帮|读|写)|我(们)?(的)?(老板|领导|客户|同事|朋友|师兄|主任|会计)[^,，。]{0,2}(说|讲|问)"
)
_GETS = re.compile(
    r"(能|可以|可|能够|够|会|让|给|准|有资格|有机会|有没有资格)(不能|不可以|否|不)?[^,，。;?]{0,12}"
    r"(申请|申报|报|拿|享受|补|领|奖|贴|沾|评|参加|得到|支持|资助|要到|用上|吃)"
    r"|符合|够格|合格|有份|有戏|轮得?到|资格|达标|eligible|qualify|can we|could we"
)
