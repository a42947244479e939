"""Small readings of a turn: what it leans on, what it narrows, how many years it names."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.calculator.money import find_money
from assistant.policy.measure import Measure
from assistant.understanding.query import DialogueState, Query
from assistant.understanding.sums.amounts import Award, Placed
from assistant.understanding.sums.base_amount import BaseAmount, Surroundings
from assistant.understanding.sums.counted_shares import of_another_part
from assistant.understanding.sums.shares import narrow
from assistant.understanding.time.durations import find_durations, span_of_years
from assistant.understanding.time.periods import numeral

_SHORT_TURN = 16


_ASKING = re.compile(
    r"多[少久长]|几|吗|么|能|哪|怎么|什么|谁|呢|如何|[?？]|是否|可否|有没有|是不是|算不算|比例|上限|最高|[对是]吧"
)


_CLAUSE = re.compile(r"[,，。;；?？!！\n]+")


def adjusted_bases(
    measures: Sequence[Measure], state: DialogueState, around: Surroundings, amounts: Sequence[Placed]
) -> dict[str, tuple[BaseAmount, ...]]:
    """A turn that narrows the base named before: AI占三成, 里面30万不是科技贷款."""
    if len(measures) != 1 or len(before := state.bases.get(measures[0].id, ())) != 1:
        return {}
    if before[0].whole_only and around.rates and of_another_part(measures[0], around.text):
        return {}
    narrowed = narrow(before[0], around, amounts)
    return {measures[0].id: (narrowed,)} if narrowed else {}


def merged_awards(named: Sequence[Award], before: Sequence[Award]) -> tuple[Award, ...]:
    """New awards replace those of the same level named before."""
    if not named:
        return ()
    levels = {award.level for award in named}
    return (*(award for award in before if award.level not in levels), *named)


OF_AN_AMOUNT = ("insurance", "loan", "compute-platform", "scenario", "payment")
"""Facts that may hold for one of several amounts and not for the matter as a whole."""

SURELY_YUAN = 10_000
"""From here a bare number is taken for yuan."""


def with_units(text: str, state: DialogueState) -> str:
    """``text`` with the unit that its bare numbers leave out: the one of a heading (单位：万元), or, after amounts in
    万元, 万元 too (砍到380)."""
    if (heading := _UNIT_OF_ALL.search(text)) and _IN_A_TABLE.search(text, heading.end()):
        return text[: heading.end()] + _IN_A_TABLE.sub(
            rf"\g<0>{heading['unit'] or heading['of_column']}", text[heading.end() :]
        )
    if told := _UNIT_AFTER.search(text):
        before = text[: told.start()]
        for money in reversed(find_money(before, bare=True)):
            if (
                money.maximum < SURELY_YUAN
                and not _COUNTS.search(before[: money.start])
                and money.currency == "CNY"
                and not money.is_range
            ):
                before = f"{before[: money.start]}{money.maximum:f}{told['unit']}{before[money.end :]}"
        return _OF_A_PERIOD.sub(rf"\g<0>{told['unit']}", before) + text[told.start() :]
    if not state.last_bases or state.last_bases[0].amount.minimum < SURELY_YUAN:
        return text
    whole = find_money(text)
    for money in reversed(find_money(text, bare=True)):
        named = any(other.start < money.end and money.start < other.end for other in whole)
        factor = _TIMES.search(text[: money.start]) or text.startswith("倍", money.end)
        if not named and not factor and money.currency == "CNY" and money.maximum < SURELY_YUAN:
            text = f"{text[: money.end]}万{text[money.end :]}"
    return text


_UNIT_OF_ALL = re.compile(
    r"(单位|以下(数字|金额)?(均|都)?(以|按|为|是))[ ]*[:：]?[ ]*(人民币)?"
    r"(?P<unit>万元|亿元|元|万|亿)(计|为单位)?[)）】\]]?"
    r"|(金额|投资额?|费用|支出|预算|数额|付款额?|合计)[(（\[](人民币)?(?P<of_column>万元|亿元|元)[)）\]]"
    r"(?![ ]*[:：]?[ ]*\d)"
)
_UNIT_AFTER = re.compile(
    r"([(（,，;； ]*(金额)?单位(是|为|都是|均为)?[ ]*[:：]?[ ]*(人民币)?|(?<=\d)[ ]?[(（](?=[万亿]?元[)）]))"
    r"(?P<unit>[万亿]元(?!产值|的)|(元|万|亿)(?![一-鿿]))"
)
"""总投资480，单位是万: said of the bare numbers before it."""
_COUNTS = re.compile(r"(数量?|销量|台|套|人|年|月|第)[:： ]*$")
_IN_A_TABLE = re.compile(
    r"(?<![\d.第A-Za-z-])(?<!\d,)(?!(19|20)\d\d[ ]?[年/-])(\d{1,3}(,\d{3})+|\d+)(\.\d+)?(?![\d.])(?!,\d{3})"
    r"(?![ ]?[%万亿元年月日个台套项家条号人次张份场期成点倍:/-])"
)
"""A number of a table, with nothing behind it that says what it counts."""
_OF_A_PERIOD = re.compile(rf"(季度?|[上下]半年|\d月份|[Qq][1-4])[ :：]*{_IN_A_TABLE.pattern}")
"""一季度30、二季度45，单位万元: figures that look like dates or counts where they stand alone."""
_TIMES = re.compile(r"(乘|除)(以|上)?\s*$")
"""Before a number that is a factor and no sum (卖了3套是不是乘以3)."""


def several_discussed(query: Query, state: DialogueState) -> tuple[str, ...]:
    """这三项, 上面两个, 那一共多少: the measures discussed last, or all with a figure."""
    text = query.question
    with_figures = tuple(measure for measure in state.discussed if measure in state.bases)
    if "add_up" in query.asks and len(text) <= _SHORT_TURN and len(with_figures) > 1 and not re.search(r"\d|年", text):
        return with_figures
    if len(state.measures) == 1 and len(state.discussed) > 1 and _WHICH_MORE.fullmatch(text):
        return state.discussed[-2:]
    ceilings = {"add_up", "cap"} <= query.asks and not any(m in state.bases for m in state.measures)
    if ceilings and len(text) <= _SHORT_TURN and len(state.discussed) > 1 and not re.search(r"\d|年", text):
        return state.discussed[-2:]  # 加起来封顶多少
    if _ONE_AND_OTHER.search(text) and len(state.discussed) > 1:
        return state.discussed[-2:]
    each = _EACH_OF_SO_MANY.search(text) if "each" in query.asks and not re.search(r"\d", text) else None
    if each and numeral(each["n"]) == len(with_figures):
        return with_figures
    found = _SO_MANY.search(text) or _ALL_OF_THEM.search(text)
    if not found:
        return ()
    count = {"两": 2, "三": 3, "四": 4, "五": 5}.get(found["n"], len(state.discussed))
    return state.discussed[-count:] if len(state.discussed) >= 2 else ()


_SO_MANY = re.compile(r"(这|那|以上|上面|前面|刚才)(说)?(的)?(?P<n>两|三|四|五|几|些)(项|个|样|笔|条|种|件)?")
_EACH_OF_SO_MANY = re.compile(r"(?<!第)(?P<n>两|三|四)(个|件|项|笔|样|块)")
_ALL_OF_THEM = re.compile(
    r"(?:^|[,，]|[是把将]|那么?|里)(?P<n>两|三|四|五|几)(项|个|样|笔|条|种|件)(补贴|政策|奖励|钱)?((放|加|合|凑)?(在)?(一起|一块|一共|总共|起来|同时)"
    r"|[都全](能|可以|要|按|给)*(拿|领|补|报|顶|封|吃|满|享受))"
)
_WHICH_MORE = re.compile(
    r"(那|那么|比下来|比较下来|到底|所以|这样)*(哪|谁)(一)?(个|项|边|家|种|样|条|笔)?(给|拿|补|奖|能拿|得)?(的|得)?(钱)?(更|比较)?(多|高|划算|合算)(一?些|一?点)?[呢啊]?[?？]?"
)
_ONE_AND_OTHER = re.compile(r"前(面)?(那)?一?个[\s\S]*后(面)?(那)?一?个|前者[\s\S]*后者")


def introduces(query: Query) -> bool:
    """Whether a turn only says who is asking (我们是做氮化镓外延的，成立两年)."""
    known = {"field", "applicant", "stage", "place"} & set(query.facts)
    return (
        bool(known)
        and not query.asks
        and bool(re.search("我|咱|本公司", query.question))
        and not _SPENT.search(query.question)
    )


def says_who(query: Query) -> int:
    """Where a turn that only says who asks and wants a verdict on it stops saying so (我们是大学的实验室，行吗); 0 for
    none."""
    found = _WHO_ASKS.fullmatch(query.question)
    if not found or query.asks - {"eligibility", "amount"} or re.search(r"\d", query.question):
        return 0
    return found.end("who")


_WHO_ASKS = re.compile(
    r"(?P<who>(那|可|可是|但|但是|不过|要是|如果)?(我们?|咱们?|这边|申请的|报的|牵头的)(公司|单位|这边|其实|只|就|也|又)*(不)?是[^?？。!！]{2,24}?)[,，]?"
    r"(也|还|这样|这种|那)*(行|可以|能|算|符合|够格|有资格|合格|沾边|轮得到|有份|享受)[^,，。?？]{0,5}(吗|么|嘛|不|吧|没)?[?？]*"
)
_SPENT = re.compile(r"[付花投建买交租办卖](了|过|掉)?[^,，。]{0,8}(万|亿|元)")


def asks_of_another(query: Query) -> bool:
    """Whether a turn asks if one more amount counts (阿里云那边还花了40万，算吗), with nothing said of those before."""
    return "eligibility" in query.asks and bool(_WHETHER_IT_COUNTS.search(query.question))


_WHETHER_IT_COUNTS = re.compile(
    r"\d[\d.]*[万亿]?元?[^\d]{0,4}[,，]?(也|都|这|那|个|块|笔|能|可以|一起|一并)*(算|计|报|补|认)(进去|上|数)?(吗|么|不|嘛)[?？]?$"
)


def unmet_values(measure: Measure, fact: str) -> tuple[str, ...]:
    """The values of a fact that fail a criterion of the measure."""
    return tuple(value for criterion in measure.criteria if criterion.fact == fact for value in criterion.unmet)


def title_told(query: Query, state: DialogueState) -> dict[str, str]:
    """The title that a level alone tells where 专精特新 was spoken of before (市级的行吗)."""
    level = _TITLES.get(query.facts.get("recognition", ""))
    spoken = query.carried and "title" not in query.facts and any("专精特新" in words for words in state.words)
    return {"title": level} if level and spoken else {}


_TITLES = {
    "district": "specialised-municipal",
    "suzhou": "specialised-municipal",
    "jiangsu": "specialised-provincial",
    "nation": "specialised-national",
}


def tells(query: Query, state: DialogueState) -> bool:
    """Whether a turn only adds or corrects something in a dialogue (其中20万是车险, 员工其实是280人)."""
    spoken = re.search(r"\d|[一二两三四五六七八九十百]{1,3}[万亿成]|其实|不对|说错|更正", query.question)
    return bool(state.measures and spoken and not asked_clauses(query.question))


def together_with_it(text: str) -> bool:
    """建设那块和这个能一起拿吗: the measure named together with the one under discussion."""
    return bool(
        re.search(
            r"(和|跟|与|同)(这|那|它|刚才|上面|前面)|(这|那|刚才|它)(个|项|笔|份|的)?[^,，。]{0,4}(和|跟|与)", text
        )
    )


def with_earlier(text: str) -> bool:
    """连前面的一共多少, 另外…两个合起来, 算力的照旧: what was named before counts as well."""
    return bool(
        re.search(
            r"^(那(么|要是|再)?)?(另外|还有|再加|加上|再算上|和|跟|与|同)|前面|刚才|之前|上面|[合放加算]在?一(块|起)|一并|算上|连(同|着)?|照旧|照样|原样|没动|没变|没改|不变|不动(?!产)|不改|还是那",
            text,
        )
    )


def leans_on(text: str) -> bool:
    return bool(re.search(r"^(那|这)(?!(个|份|项)?(文件|政策|办法|措施))|刚才|上面|它", text))


def asks_why(text: str, state: DialogueState) -> bool:
    """为什么只给2000万, 为什么是个范围: asked of the sum just worked out; its figures are no new ones."""
    return bool(state.last_bases and _WHY.match(text) and _OF_A_SUM.search(text))


_WHY = re.compile(
    r"(那|可是?|咦|哎|诶|嗯|哦|请问|不对|,|，|(我们?)?(老板|领导|客户|同事|会计|财务)(来|在|要|又)?问(我|我们)?"
    r"|([甲乙丙丁]|[A-F]|母|子)(那|这)?(一)?(公司|厂|家|边)?)*(为什么|为啥|为何|凭什么|凭啥|(怎么|咋)(会|才|只|就|变成?|不是|又是))"
)
_OF_A_SUM = re.compile(
    r"\d|数|到顶|全额|范围|区间|上限|封顶|折|比例|[只才就不](给|补|奖|拿|有|能|是|到)|这么|那么|变|算出"
)


def part_of_it(text: str) -> bool:
    """里头的罚息算不算: a part of what is under discussion, whatever its name."""
    return bool(re.match(r"(那|这)?(里面|里头|里边|其中|当中)(的|有|包)", text))


def asked_clauses(text: str) -> list[tuple[int, int]]:
    """Spans of the clauses that ask something."""
    spans, cursor = [], 0
    for mark in [*_CLAUSE.finditer(text), None]:
        end = mark.start() if mark else len(text)
        if end > cursor and _ASKING.search(text, cursor, mark.end() if mark else end):
            spans.append((cursor, end))
        cursor = mark.end() if mark else end
    return spans


# 就问, 只想问, 我问的是: what stands before is set aside.
_ONLY = re.compile(
    r"(?:^|[,，。;；!！\s])(?:我|我们|咱们?)?(?:这里|今天|现在)?(?:就|只|单|光|单单)(?:是)?(?:想|要)?(?:问|了解|咨询)(?:的是|一下|下)?"
)
_ENOUGH = 6


def asked_only(text: str) -> str:
    """The text from where it says that only this is asked (税我有会计管,就问贷款贴息); all of it where it does not."""
    marks = list(_ONLY.finditer(text))
    rest = text[marks[-1].end() :] if marks else ""
    return rest if len(rest) >= _ENOUGH else text


def stands_in(position: int, spans: Sequence[tuple[int, int]]) -> bool:
    return any(start <= position < end for start, end in spans)


def years(text: str) -> int:
    """For how many years an equal sum recurs (连续三年每年 …); 1 where nothing says so."""
    recurs = any(d.kind == "consecutive" for d in find_durations(text)) or _RECURS.search(text)
    if not recurs:
        return 1
    named = isinstance(recurs, re.Match) and _SO_MANY_YEARS.search(recurs.group())  # 建好以后两年绩效都拿满
    return span_of_years(text) or (numeral(named["n"]) if named else None) or 1


_SO_MANY_YEARS = re.compile(r"(?P<n>[二两三四五六七八九2-9])个?年")


_N_YEARS = "(?<!第)[一二两三四五六七八九\\d]个?年"
_RECURS = re.compile(
    rf"每年|年年|{_N_YEARS}.{{0,4}}(最[多高]|全|都|拿满|顶格|满额|拿足)|一年[^,，。]{{0,6}}(最高|封顶|上限)|(连|满|顶格|满额|足)[拿领给补续]?(着|了|够|满)?{_N_YEARS}"
    # 一年500万，三年一共: what one year costs, and after it so many years asked for together.
    rf"|([一每单]年|年均|年年)[^,，。;；\d]{{0,10}}\d[^。;；]{{0,16}}{_N_YEARS}(下来|一共|总共|合计|加起来|累计|总|共|能|可以|会|就|补|拿|领|是|得)"
)
