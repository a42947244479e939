"""How people write dates: one pattern with named groups, and the words that stand around a date.

Group names with ``n_`` belong to an expression without a year of its own (10月, 三季度, 年底).
"""

from __future__ import annotations

import re

_Y4 = r"(?:19|20)\d{2}|[一二][〇零○九][〇零○一二三四五六七八九]{2}"
_N = r"\d{1,2}|[一二三四五六七八九十廿]{1,3}"
RELATIVE_YEARS = {
    "大前年": -3, "前年": -2, "去年": -1, "上一年": -1, "上年": -1, "今年": 0, "本年": 0, "这一年": 0,
    "明年": 1, "来年": 1, "下一年": 1, "后年": 2, "大后年": 3,
}  # fmt: skip
RELATIVE_DAYS = {
    "大前天": -3, "前天": -2, "昨天": -1, "昨日": -1, "昨晚": -1, "今天": 0, "今日": 0, "今早": 0,
    "明天": 1, "明日": 1, "后天": 2, "大后天": 3,
}  # fmt: skip
PAIRS = {"今明两年": (0, 1), "今明年": (0, 1), "去今两年": (-1, 0), "明后两年": (1, 2), "前去两年": (-2, -1)}
STEPS = {"上上": -2, "上": -1, "本": 0, "这": 0, "下下": 2, "下": 1}
QUARTERS = {"一": 1, "二": 2, "三": 3, "四": 4, "1": 1, "2": 2, "3": 3, "4": 4}

_MONTH = rf"(?P<month>{_N})月份?(?:(?P<day>{_N})[日号](?!线)|(?P<mpart>上旬|中旬|下旬|初|底|末|中(?![间介])))?"
_MONTHS = rf"(?P<from>{_N})月?(?:到|至|-|~|—)(?P<to>{_N})月份?"
_QUARTER = r"(?:第?(?P<quarter>[一二三四1-4])个?季度|[Qq](?P<q>[1-4])|(?P<three>前三个?季度))"
_HALF = r"(?P<half>[上下])半年"
_PART = r"(?P<ypart>[底末初](?!步)|中(?![间介心考国学]))"
_WITHIN = rf"{_MONTHS}|{_MONTH}|{_QUARTER}|{_HALF}"
_ALONE = rf"{_WITHIN}|年{_PART}".replace("?P<", "?P<n_")
# A bare year (no 年) counts only where what follows, or a list of years, shows that it is one.
_BARE = (
    r"20[012]\d(?=(?:[、,和及与跟到至~—-](?:20[0-3]\d))+(?:年|[两三四2-4]年|$|[,。?!、的])"
    r"|[两三四]年|底|初|末|[上下]半年|全年|[Qq][1-4]|的(?!\d)|认定|成立|注册|获批|获评|获得|通过|建成|财年)"
    r"|(?<=[在到于从自至])20[012]\d(?=还|就|有|才|能|可|[,。?!、]|$)"
    r"|(?<=20\d\d[、和及与跟到至~—-])20[0-3]\d(?=$|[,。?!、的])"
)
_YEAR = (
    rf"(?:(?P<y4>{_Y4})年(?:度(?!假))?|(?P<bare>{_BARE})|(?P<y2>\d{{2}})年(?:度(?!假))?"
    rf"|(?P<yrel>{'|'.join(sorted(RELATIVE_YEARS, key=len, reverse=True))})(?:度(?!假))?)"
)
DATE = re.compile(
    # The first look-ahead only saves time: what a date can begin with.
    r"(?=[\d一二两三四五六七八九十廿〇零○半第Qq前去上今本这明来次下后大昨年])(?:"
    rf"(?<![\d.,])(?P<iso>(?:19|20)\d{{2}})(?P<sep>[-/.])(?P<im>0?[1-9]|1[0-2])"
    rf"(?:(?P=sep)(?P<id>0?[1-9]|[12]\d|3[01])(?![\d.万亿元千百%台套件个号A-Za-z_/-])|(?![\d.]|[万亿元千百%台套件个号\w/-]))"
    rf"|(?<![\d.\-])(?P<compact>20[0-3]\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01]))(?![\d.万亿元千百%]|-\d)"
    rf"|(?<![\d.〔\[A-Za-z]){_YEAR}(?:的?(?:{_WITHIN}|年?{_PART}))?"
    rf"|(?P<pair>{'|'.join(PAIRS)})"
    rf"|(?P<mrel>上上|上|本|这|下下|下)个?月(?:份)?(?:(?P<rday>{_N})[日号]|(?P<rpart>上旬|中旬|下旬|初|底|末|中旬?))?"
    rf"|(?P<qrel>上|本|这|下)(?:一?个|一)?季度"
    rf"|(?P<drel>{'|'.join(sorted(RELATIVE_DAYS, key=len, reverse=True))})"
    rf"|(?P<wrel>上上|上|本|这|下下|下)(?:个?星期|个?礼拜|周)(?P<wday>[一二三四五六日天])?(?!期|刊|转)"
    rf"|(?<![\d.一二三四五六七八九十第满年月])(?P<ago>\d{{1,2}}|[一二两三四五六七八九十]{{1,3}}|半)"
    rf"(?P<unit>年|个月|个?星期|个?季度|周|天)(?P<more>多)?(?:之|以)?(?P<way>前(?![三后期沿景途往])|后(?![期来续]))"
    rf"|(?<![\d.一二三四五六七八九十百千万亿个几每年])(?:{_ALONE}))"
)
DOCUMENT_NUMBER = re.compile(r"[〔\[(【](?:19|20)\d{2}年?[〕\])】]\s*(?:第|字)?\s*\d+\s*号|\d{3,4}-\d{7,8}|1[3-9]\d{9}")
BEFORE = re.compile(r"(?:的时候)?(?:之前|以前|前(?![三期后沿景途往]))")
AFTER = re.compile(r"(?:之后|以后|以来|起|至今|开始|后(?![期来续]))")
CONNECTOR = re.compile(r"(?:到|至|-|~|—|–|直到|一直到)")
LIST = re.compile(r"[、,和及与跟]|以及")
DAY_AFTER = re.compile(rf"(?:到|至|-|~|—)({_N})[日号]")
SENTENCE_END = re.compile(r"[。!?;\n]")
CLAUSE_MARKS = ",。!?; \n"
PAST = re.compile(r"了|过|已|当时|拿到|付的|买的|签的|办的|认定的|退货|冲[回红减销]|结算|决算|盘点|对账|入账")
FUTURE = re.compile(r"将|会|打算|准备|计划|预计|想|要|拟|未来|(?<![\d万亿元])以后|明年")
