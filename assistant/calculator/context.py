"""What makes a number money: its unit or sign, a 万 that counts nothing else, a label, or (on request) nothing."""

from __future__ import annotations

import re
from decimal import Decimal

from assistant.calculator import approximation
from assistant.calculator.counters import belongs_elsewhere, counted_before, counts_things, is_idiom, is_torn
from assistant.calculator.currency import YUAN
from assistant.calculator.digits import ONE, WAN, YI, Numeral

_MONEY_WORD = re.compile(
    "[投花付卖融奖补借贷欠赚亏缴交]|[元块价款费资金额利税]|营收|收入|成本|预算|报价|合同|采购|售"
    "|invest|pa[iy]|cost|spen[dt]|grant|budget|revenue",
    re.IGNORECASE,
)

# 800W, 3kw: watts when power is spoken of.
_POWER_BEFORE = re.compile(
    "(?:功率|功耗|TDP|瓦数|[耗用]电|负[载荷]|电源|电机|充电|快充|激光器?|光伏|储能|装机|输出)[^,。;，；]{0,5}$",
    re.IGNORECASE,
)
_OTHER_W = re.compile("[0-9]w")  # 500w至1kw
_POWER_AFTER = re.compile(
    "[ ]?(?:的|级|左右的|以上的)?[ ]?(?:功率|功耗|电源|激光|充电|快充|灯|LED|光|电|风扇|散热|逆变|储能|机组|/|·|每小时)"
)
# 128k, 4K: lengths, pixels, kelvin.
_KILO_BEFORE = re.compile(
    "(?:上下文|token|context|分辨率|参数|显存|内存|码率|窗口|屏幕?|采样|样本|温度|超高清|视频)[^,。;，；]{0,6}$",
    re.IGNORECASE,
)
_KILO_AFTER = re.compile(
    "[ ]?的?[ ]?(?:分辨率|视频|屏|显示|超高清|电视|上下文|窗口|context|画质|采样|字)", re.IGNORECASE
)
_SPELLED = re.compile("llion|mio|mn|bn|MN|BN|thousand|IO")

# 三元锂, 一元化: not three yuan, not one.
_FEW_YUAN_END = re.compile("元(?=$|[,，。;；:：!！?？、)）/ \\n+]|[钱整每一的了吧吗起左以人多不费])")
# 块 counts flat things as well as yuan.
_BLOCK_NOUN = re.compile(
    "块[ ]?(?:(?!AI(?![A-Za-z0-9]))[A-Za-z]|显卡|加速卡|计算卡|卡|芯|板|电[池路]|地|硬盘|内存|固态|屏|晶|砖|玻|石|田|牌"
    "|模|区|业务|内容|工作|儿|去|来|做|组成|阵地|[全都均各]|[合加](?:起来|在|计|总|一)|一[起共]|总[共计]|分[开别])"
)
_PAID_BEFORE = re.compile("[花付收值费交给卖赚][了到过]?$|^$")  # three flat things are counted more often than yuan
_ADVERB_AFTER = re.compile("[别要不勿记注小莫得当以富雄]|千万|分之|年")  # 千万别, 千万要
_TEN_MILLION_BEFORE = re.compile("[投融奖补花付亏赚入收助贴励资额值润][了过到达为]?$")
_NO_AMOUNT_BEFORE = re.compile(r"[(/【\[:每][ ]?$|单位[:]?$|[0-9零一二三四五六七八九两十百千万亿]$")

_LABEL = re.compile(
    r"[(\[](?:单位[: ]{0,2}|人民币[,， ]?|含税[,， ]?|CNY |RMB ?)?(?P<scale>百万|千万|[千万亿])?"
    r"(?P<unit>美元|欧元|港元|港币|日元|元|人民币)?(?:/[^)\]]{1,4})?[)\]]"
    r"[ ]?(?:为|是|约|共|合计|[:：=|\t]){0,2}[ ]{0,3}$"
)
_LABEL_CODES = {"美元": "USD", "欧元": "EUR", "港元": "HKD", "港币": "HKD", "日元": "JPY"}
_LABEL_SCALES = {"万": WAN, "亿": YI, "百万": Decimal(10**6), "千": Decimal(1000), "千万": Decimal(10**7)}

# 付款流水(元):1月211,000;2月189,000: the unit of every figure in a list, told once at its head.
_HEADER = re.compile(
    r"(?:[(\[](?:单位[: ]{0,2})?|单位[: 为是]{0,2})(?P<scale>百万|千万|[千万亿])?元[)\]]?[ ]{0,2}[:：,，;；]"
    r"(?P<listed>[^。!?！？()]*)$"
)
_LISTED = re.compile(
    r"(?:[^0-9,，;；、万亿元%]{0,8}(?:[0-9]{1,2}月份?|20[0-9]{2}年|[0-9]季度)?[^0-9,，;；、万亿元%]{0,8}"
    r"(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?[,，;；、 ]{1,2})*"
    r"[^0-9,，;；、万亿元%]{0,8}(?:[0-9]{1,2}月份?|20[0-9]{2}年|[0-9]季度)?[^0-9,，;；、万亿元%]{0,8}"
)
_TIME_AFTER = re.compile(r"[ ]?(?:[年月日号季期张卡小个]|[0-9.,]*%)")
# 利息1,040,000: who groups the digits of a hundred thousand and more writes out yuan (in 万元 it were ten milliards).
_GROUPED = re.compile(r"[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]{1,2})?")
_SURELY_YUAN = 100_000
# 每人8千, 每个账号3千: the price of one.
_EACH_BEFORE = re.compile(
    r"每一?(?:个|张|块)?(?:人头?|员工|研发|工程师|账号|帐号|席位|坐席|卡|用户|授权|天|月|期|次)[^,，。;；0-9]{0,4}$"
)

_BARE_NOT_AFTER = re.compile(
    r"[年月日号条款时点分秒楼层室栋路弄届版岁强大项块寸°′%‰×*\]〕A-Za-z_@]"
    r"|[-/.:~][0-9]|[ ][0-9]|[ ](?:[年月]|GPU|NPU|CPU)|英寸|高校"
)
_BARE_NOT_BEFORE = re.compile(
    r"(?:[A-Za-z_#№@〔\[《.]|[A-Za-z]-|版本?|第|[0-9][-/.:~ ]|[+×*]|拨打|工业"
    r"|(?:电话|热线|手机|微信|邮编|编码|代码|号码|[证账卡编文税尾]号)[:是为 ]{0,3})$"
)
_EXPONENT = re.compile("[0-9][eE][+]?[0-9]")
_LEADING_ZERO = re.compile("(?<![0-9.,])0[0-9]")  # 0512-…, 007
_MOBILE = re.compile("1[3-9][0-9]{9}")


def unit_in_label(text: str, start: int) -> tuple[Decimal, str] | None:
    """Scale and currency that a label right before ``start`` gives: 总投资(万元):3200; None without one."""
    if start < 3:
        return None
    found = _LABEL.search(text[max(0, start - 20) : start])
    if found is None or not (found["unit"] or found["scale"] in ("万", "亿")):
        return _unit_in_header(text, start)
    return _LABEL_SCALES.get(found["scale"] or "", ONE), _LABEL_CODES.get(found["unit"] or "", YUAN)


def _unit_in_header(text: str, start: int) -> tuple[Decimal, str] | None:
    """Scale and currency that the head of a list gives the figure at ``start``, one of those listed behind it."""
    found = _HEADER.search(text[:start])
    figure = _FIGURE.match(text, start)
    if not found or not figure or _TIME_AFTER.match(text, figure.end()) or not _LISTED.fullmatch(found["listed"]):
        return None
    return _LABEL_SCALES.get(found["scale"] or "", ONE), YUAN


_FIGURE = re.compile(r"[0-9][0-9,]*(?:\.[0-9]+)?(?<!,)")


def money_word_before(text: str, start: int) -> bool:
    """Whether a word of paying, price or funds stands in the ten characters before ``start``."""
    return _MONEY_WORD.search(text[max(0, start - 10) : start]) is not None


def evidence_of_money(text: str, numeral: Numeral, end: int, *, named: bool, unit: str) -> bool:
    """Whether ``numeral`` is money by its scale or unit alone.

    ``end`` is where number and unit end, ``named`` whether a currency is named, ``unit`` the words after the number.
    """
    start = numeral.start
    if numeral.vague or text[max(0, start - 2) : start] == "分之" or text[start - 1 : start] == "第":
        return False
    if is_torn(text, start):
        return False
    if numeral.implied:
        return _implied_is_money(text, numeral, end, named=named, more=unit[:1] in ("多", "余"))
    if named:
        return _named_is_money(text, numeral, unit)
    if numeral.scale == ONE and _EXPONENT.search(text[start : numeral.end]):
        return money_word_before(text, start) and not counts_things(text, end)  # 投资5.5E+06: a cell of a spreadsheet
    if numeral.scale == ONE and not counts_things(text, end) and _written_out(text, numeral):
        return True
    if numeral.scale == ONE or counts_things(text, end) or counted_before(text, start):
        return False
    if numeral.letters:
        return _letters_are_money(text, numeral)
    return not is_idiom(text, start) and text[max(0, start - 2) : start - 1] + text[start - 1 : start] not in ("公元",)


def _written_out(text: str, numeral: Numeral) -> bool:
    """Whether a number without 万 or 元 is a sum in yuan all the same: 利息1,040,000; 每人8千."""
    before, digits = text[: numeral.start], text[numeral.start : numeral.end]
    if _GROUPED.fullmatch(digits):
        return numeral.minimum >= _SURELY_YUAN and bool(_SPENT_BEFORE.search(before))
    return digits.endswith("千") and digits[0].isdigit() and bool(_EACH_BEFORE.search(before))


_SPENT_BEFORE = re.compile(
    r"(?:[付投花卖交缴租买]|[价款费额]|利息|总?投资|投入|支出|成本|销售|损失|开票|预算|决算|结算)"
    r"[^,，。;；:：0-9]{0,10}[:：是为约]?$"
)


def _named_is_money(text: str, numeral: Numeral, unit: str) -> bool:
    if unit.startswith("块") and counts_things(text, numeral.end):
        return False
    if numeral.scale != ONE or not unit:
        return True
    if unit.startswith("块"):
        counted = _BLOCK_NOUN.match(text, text.index("块", numeral.end - 1)) is not None
        paid = len(unit) > 1 or _PAID_BEFORE.search(text[max(0, numeral.start - 3) : numeral.start])
        return not counted and (numeral.minimum >= 10 or paid is not None)
    if unit[0] in "刀欧":  # slang, and part of other words (一刀切): only for sums
        return numeral.minimum >= 1000
    few = numeral.end - numeral.start == 1 and text[numeral.start] not in "0123456789"
    return not few or unit != "元" or _FEW_YUAN_END.match(text, numeral.end) is not None


def _implied_is_money(text: str, numeral: Numeral, end: int, *, named: bool, more: bool) -> bool:
    """百万, 千万, 亿 without a figure: with 元, after 上 / 近 / 过, or (百万) with nothing counted."""
    start = numeral.start
    if _NO_AMOUNT_BEFORE.search(text[max(0, start - 4) : start]) or is_idiom(text, start):
        return False
    if not named and (counts_things(text, end) or counted_before(text, start) or _ADVERB_AFTER.match(text, end)):
        return False
    if approximation.implied(text, start):
        return numeral.scale > 1
    if more:
        return True  # 万余元
    words = text[start : numeral.end]
    if words in ("万", "亿") or numeral.scale == ONE:
        return False
    if named or numeral.fuzzy or words == "百万":
        return True
    return words == "千万" and _TEN_MILLION_BEFORE.search(text[max(0, start - 3) : start]) is not None


def _letters_are_money(text: str, numeral: Numeral) -> bool:
    letters, start, end = numeral.letters, numeral.start, numeral.end
    before = text[max(0, start - 14) : start]
    if letters in ("w", "kw"):
        if _POWER_BEFORE.search(before) or _POWER_AFTER.match(text, end):
            return False
        return letters == "w" or money_word_before(text, start) or _OTHER_W.search(text[start:end]) is not None
    if letters == "k":
        if _KILO_BEFORE.search(before) or _KILO_AFTER.match(text, end):
            return False
        return numeral.minimum >= 10_000 or money_word_before(text, start)
    return letters == "wan" or _SPELLED.search(text[start:end]) is not None


def bare_is_amount(text: str, start: int, end: int, numeral: Numeral, *, whole: bool) -> bool:
    """Whether a number with no unit may be an amount: no date, time, code, telephone number, count or year.

    ``whole``: the text is nothing but this number, so only what cannot be an amount is refused.
    """
    digits = text[numeral.start : numeral.end]
    if numeral.vague or numeral.implied or numeral.letters or counts_things(text, end) or _LEADING_ZERO.search(digits):
        return False
    if digits.isascii() and digits.isdigit():
        round_figure = digits.endswith("0000")
        if len(digits) > 16:
            return False
        if len(digits) == 11 and _MOBILE.fullmatch(digits) and not round_figure:
            return False
        if not whole and (
            digits == "12345" or (len(digits) == 4 and "1980" <= digits <= "2039" and digits[-2:] != "00")
        ):
            return False
    if whole:
        return True
    if numeral.minimum < 100 and not (numeral.plain and money_word_before(text, start)):
        return False
    return not (
        belongs_elsewhere(text, start)
        or counted_before(text, start)
        or is_idiom(text, start)
        or _BARE_NOT_AFTER.match(text, end)
        or _BARE_NOT_BEFORE.search(text[max(0, start - 5) : start])
    )
