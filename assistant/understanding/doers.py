"""Who does what a question tells, where that is not the asker: 给我们放款的银行亏了, 客户交了保费, 他家付了.

An officer, a bank clerk or an accountant asks for a company: who he is decides nothing. The kind of the other is known
only where its noun is told (我朋友的公司); 他家, 客户 leave it open.
"""

from __future__ import annotations

import re
from functools import lru_cache

from assistant.understanding.lexicon import applicant_nouns

_LENDER = r"(?<![从向在找问欠跟和与同给由被是管叫])(银行|农商行|城商行|信用社)"
_LENDER_LOST = re.compile(
    rf"{_LENDER}(?![^,，。;；]{{0,4}}(说|要求|问))[^,，。;；?？借我咱]{{0,14}}(亏|损失|坏账|坏了|不良|核销|收不回)"
)
"""Only who lent the money loses it: the bank, whoever tells of it (跟我们合作的银行科技贷款亏了95万)."""

_KIN = "朋友|同学|同事|亲戚|邻居|老乡|爱人|老[婆公]|媳妇|丈夫|妻子|对象|儿子|女儿|爸|妈|爹|[哥姐弟妹]|舅|姨|叔|伯|姑"
_FIRM = "公司|企业|工厂|厂"
_THEIRS = (
    rf"我?(的|一个|有个|[表堂])*({_KIN})们?(自己)?(家|开|名下|控股|投资|办)?(了|的)?(一家|那家|那个|个|小)*"
    rf"|(他|她|它|人|别人|对方|老板)(们)?(家)?(的|那|自己)*|(这|那|某|有|一|几|辖区|园区|片区|街道|镇上|区里)(一|几)?(里|内)?(有)?(一)?(家|个)?的?"
    r"|(借款|贷款|投保|参保|买保险|付钱|服务|对接|代理|客户|供应商)(的)?|(?<!们)(?<!司)(开|创办|名下|控股|孵化)(出来)?的"
)
_DOES = (
    r"(在[^,，。;；?？我咱]{1,8}[,，])?[^,，。;；?？我咱]{0,14}?"
    r"(付|交|买|花|建|投|支出|利息|保费|贷|卖|办|用|拿|领|享受|能|可以|自己|本身|呢|想|准备|打算)"
)
_OTHER_FIRM = re.compile(
    rf"(?<!是)(?<!给)(?<!付)({_THEIRS})(?P<firm>{_FIRM})(?!的?(人|员工|会计|财务)){_DOES}"
    rf"|[,，](?P<bare>{_FIRM})(自己|一年|每年|去年|今年|的|共|一共)*(付|交|支出|利息|保费)"
)
_AND_WE = re.compile(
    r"(我们?|咱们?|我司|我行|我院|我校|本行|本院)[^,，。;；?？的]{0,6}(付|花|买|交|投|损失|亏|能|可以)(?!给)"
)
"""…, and what we did ourselves: then it is asked of us."""
_WE_PAY = re.compile(r"(我们?|咱们?|我司)(公司|企业|厂)?[^,，。;；?？行]{0,6}(付|交|支出)(了|过|的|科技|贷款|利息)")
_WE_LOST = re.compile(r"(我行|我们行|本行|我们银行|我们支行)[^,，。;；?？]{0,14}(亏|损失|坏账|坏了|不良|核销)")
_SOMEBODY = re.compile(
    rf"(?<![是给卖向])(客户|用户|投保(的)?(单位|人|方)|(借款|贷款|参保|买保险|付钱)的?(单位|人)|对方|人家|[他她]们?家|他们){_DOES[:-1]}|\d)"
    rf"|^那(么)?[^,，。我咱]{{0,6}}客户(自己|本身)?(呢|能|可以|拿)"
)
_ASKED_FOR = re.compile(
    rf"(客户|企业|公司|厂|老板|朋友|亲戚|对方|人家)(那边|那头|们|老板|老|今天|刚才?|在|想|一直|都|追着|来|要|让我|托我|叫我)*(问|打听|咨询)(?!题|公司|机构|顾问)"
    rf"|[帮替给代](我们?)?(的)?(一|几|某)?(家|个)?([^,，。;；?？我咱]{{0,8}}的?|辖区|园区|街道|镇上|区里)(内|里)?(一家)?的?(客户|企业|公司|老板|朋友|亲戚|{_KIN})们?(的)?(公司)?(来)?(问|查|算|打听|咨询|了解|配|做方案|写方案)"
)


@lru_cache(maxsize=1)
def _instead() -> re.Pattern[str]:
    nouns = "|".join(pattern.pattern for pattern in applicant_nouns().values())
    return re.compile(
        rf"(那|那么|,|，)*(?P<lead>(要是|如果|假如|换成|换作|换|改成|改由|让|由)*)(?P<who>{nouns})"
        r"(来|去|自己|也|的|付|交|买|用|办|申请|报|建|投|做|出|钱|了)*(的话)?"
        r"(?P<tail>呢|行不行|行吗|可以吗|能吗|能补吗|有吗|算吗)?[?？]?(?=[,，]|$)"
    )


def somebody_instead(text: str) -> str | None:
    """The kind of applicant that a turn puts in the place of the one before (医院呢, 换成研究院交的呢)."""
    found = _instead().match(text)
    if found is None or not (found["lead"] or found["tail"]):
        return None
    return next(kind for kind, nouns in applicant_nouns().items() if nouns.fullmatch(found["who"]))


def asks_for_another(text: str) -> bool:
    """Whether the asker asks for somebody else (银行柜员,客户问贷款利息补多少)."""
    return _ASKED_FOR.search(text) is not None


def lender_lost(text: str) -> bool:
    return _LENDER_LOST.search(text) is not None


def we_pay(text: str) -> bool:
    """Whether the asker tells what he pays himself."""
    return _WE_PAY.search(text) is not None


def another_does(text: str) -> bool:
    """Whether what is told is done by another than the asker, whatever the asker is."""
    found = _OTHER_FIRM.search(text) or _SOMEBODY.search(text)
    return found is not None and not _AND_WE.search(text, found.end()) and not _WE_LOST.search(text)


def other_firm(text: str) -> bool:
    """Whether that other is told to be a company (我老婆的公司付)."""
    return _OTHER_FIRM.search(text) is not None
