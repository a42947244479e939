"""Names and signs of currencies, before and after a figure."""

from __future__ import annotations

import re
import string

YUAN = "CNY"

_AFTER = {
    "USD": "美元|美金|美刀|刀(?![具片头架床库])|USD|US dollars?|dollars?",
    "EUR": "欧元|EUR|euros?|欧(?![洲盟美姆亚阳菲拉文冠])",
    "HKD": "港元|港币|港纸|HKD|HK dollars?",
    "JPY": "日元|日币|JPY|yen",
    "GBP": "英镑|GBP|pounds?|镑",
    "KRW": "韩元|韩币|KRW",
    "TWD": "新台币|台币|TWD|NTD",
    "SGD": "新加坡元|新加坡币|新币|新元|坡币|SGD",
    "AUD": "澳大利亚元|澳元|澳币|AUD",
    "CAD": "加拿大元|加元|加币|CAD(?![\\w图])",
    "CHF": "瑞士法郎|瑞郎|法郎|CHF",
    "MOP": "澳门元|澳门币|葡币|MOP",
    "RUB": "卢布|RUB",
    "INR": "印度卢比|卢比|INR",
    "THB": "泰铢|THB",
    "MYR": "林吉特|马币|MYR",
    "VND": "越南盾|VND",
}
_BEFORE = {
    "USD": r"美元|美金|USD|US\$|\$",
    "EUR": "欧元|EUR|€",
    "HKD": r"港元|港币|HKD|HK\$",
    "JPY": "日元|日币|JPY|JP¥",
    "GBP": "英镑|GBP|£",
    "KRW": "韩元|韩币|KRW|₩",
    "TWD": r"新台币|台币|TWD|NT\$",
    "SGD": r"新加坡元|新币|SGD|S\$",
    "AUD": r"澳元|澳币|AUD|A\$",
    "CAD": r"加元|加币|CAD|C\$",
    "CHF": "瑞士法郎|瑞郎|CHF",
    YUAN: "人民币|RMB|CNY|CN¥|¥",
}
# 元 begins other words too: 元宇宙, 元素, 元胞. (一元化 and 三元锂 are told apart in context.py.)
_YUAN_AFTER = (
    "(?:元|块钱|块)[ ]?[(]?(?:人民币|RMB|CNY)[)]?|元钱|元(?!宇宙|素(?![材养质])|旦|胞|化(?![学工妆])|论)"
    "|块钱?|人民币元?|RMB|CNY|yuan|kuai"
)
_FOREIGN_AFTER = "|".join(f"(?P<{code}>(?:[元块][ ]?)?(?:{names}))" for code, names in _AFTER.items())
_UNIT = re.compile(
    rf"[ ]?(?P<more>[多余])?[ ]?(?P<paren>[(])?(?:{_FOREIGN_AFTER}|(?P<CNY>{_YUAN_AFTER}))(?(paren)[)])(?![A-Za-z])",
    re.IGNORECASE,
)
_UNIT_STARTS = frozenset(" (多余元块人刀镑美欧港日英韩新台坡澳加瑞法葡卢印泰林马越") | frozenset(string.ascii_letters)
_SIGNS = "|".join(f"(?P<{code}>(?<![A-Za-z])(?:{names}))" for code, names in _BEFORE.items())
_SIGN = re.compile(rf"(?:{_SIGNS})[ ]?[(:]?[ ]?(?:大写|小写)?[): ]{{0,2}}$", re.IGNORECASE)
_SIGN_ENDS = frozenset("元币金镑郎$€£₩¥写 :)BYDFPRWbydfprw")

NAMES = {
    "USD": "美元", "EUR": "欧元", "HKD": "港元", "JPY": "日元", "GBP": "英镑", "KRW": "韩元", "TWD": "新台币",
    "SGD": "新加坡元", "AUD": "澳元", "CAD": "加元", "CHF": "瑞士法郎", "MOP": "澳门元", "RUB": "卢布", "INR": "卢比",
    "THB": "泰铢", "MYR": "林吉特", "VND": "越南盾", YUAN: "人民币",
}  # fmt: skip


def unit_after(text: str, at: int) -> tuple[str, int, bool] | None:
    """Currency code, end position and whether 多/余 stands before it, for a unit at ``at``; None without one."""
    if text[at : at + 1] not in _UNIT_STARTS:
        return None
    found = _UNIT.match(text, at)
    if found is None:
        return None
    return found.lastgroup or "", found.end(), found.group("more") is not None


def sign_before(text: str, at: int) -> tuple[str, int] | None:
    """Currency code and start of a sign or name right before ``at`` (¥, US$, 人民币, RMB); None without one."""
    if at == 0 or text[at - 1] not in _SIGN_ENDS:
        return None
    low = max(0, at - 12)
    found = _SIGN.search(text[low:at])
    return (found.lastgroup or "", low + found.start()) if found else None
