"""Numbers that point at a person or a company's papers are masked before anything is stored; money never is.

Masked: mobile and landline telephones, identity cards, bank cards and accounts, 统一社会信用代码, e-mail addresses.
A number is left alone when a unit of money follows it or a word for money stands right before it, so that
「投资 8000000 元」 or 「总投资20000000」 stays readable. What has a check digit must pass it, unless the text itself
names the number (「身份证号…」): then a mistyped one is masked too.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

Json: TypeAlias = "bool | int | float | str | Sequence[Json] | Mapping[str, Json] | None"

_INVISIBLE = re.compile("[\u0000\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\ud800-\udfff]")
# One character for one character, so that spans hold in the text as it was written.
_NARROW = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}

_START = r"(?<![0-9])(?<![0-9]\.)"
_END = r"(?![0-9])(?!\.[0-9])(?!,[0-9]{3}(?![0-9]))"
_AREA = r"(?:010|02[0-9]|0[3-9][0-9]{2})"
_UNIT = r"(?:[元块圆万亿千%]|百万|人民币|[美欧日英港澳台]元|美金|欧|港币|英镑|[wW](?![A-Za-z])|rmb|cny|usd|eur|hkd)"
_RANGE = r"(?:\s*(?:-|~|–|—|至|到|或|和)\s*[0-9][0-9.,]*)?"
_MONEY_AFTER = re.compile(rf"{_RANGE}\s*(?:多|余|左右|上下)?\s*{_UNIT}", re.I)
_MONEY_BEFORE = re.compile(
    r"(?:[¥$€£]|rmb|cny|usd|人民币|投资|投入|额度?|费用?|支出|支付|实付|花[了费]|营收|收入|销售|利润"
    r"|产值|税|[单售总定均]?价格?|价值|合同|预算|决算|造价|成本|利息|本金|保费|贷款|损失|[资奖租押定订佣]金|资产|资本|注资|融资"
    r"|补贴|补助|奖励|资助|款项?|到账|[上下]限)"
    r"(?:\s|[为是约共计达合有到在了近超过满足:=]|大概|大约|差不多|一共|总共|合计|不到|不足|至少|最多|左右)*$",
    re.I,
)


# What every kind has: seven figures or letters on end, figures in groups, or an @. Most texts have none of it.
_WORTH_A_LOOK = re.compile("[0-9A-Za-z\uff10-\uff5a]{7}|(?:[0-9\uff10-\uff19][ \u3000\uff0d-]?){7}|[@\uff20]")


@dataclass(frozen=True, slots=True)
class Secret:
    """A stretch of text to be masked: its span and the label that takes its place."""

    start: int
    end: int
    label: str


@dataclass(frozen=True, slots=True)
class _Kind:
    label: str
    pattern: re.Pattern[str]
    valid: Callable[[str], bool]


def _digits(text: str) -> str:
    return re.sub(r"[^0-9A-Za-z]", "", text).upper()


def _always(_: str) -> bool:
    return True


def is_identity_number(text: str) -> bool:
    """Whether 18 characters are a resident identity number: region, a possible birthday, ISO 7064 check character."""
    if not re.fullmatch(r"[1-8][0-9]{16}[0-9X]", text):
        return False
    try:
        born = date(int(text[6:10]), int(text[10:12]), int(text[12:14]))
    except ValueError:
        return False
    weighted = sum(int(digit) * (2 ** (17 - place) % 11) for place, digit in enumerate(text[:17]))
    return born.year >= 1900 and "10X98765432"[weighted % 11] == text[17]


def is_credit_code(text: str) -> bool:
    """Whether 18 characters are a unified social credit code (GB 32100: no I O S V Z, check modulo 31)."""
    alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY"
    if len(text) != 18 or any(character not in alphabet for character in text) or text[0] == "0":
        return False
    weighted = sum(alphabet.index(character) * (3**place % 31) for place, character in enumerate(text[:17]))
    return alphabet[-weighted % 31] == text[17]


def is_card_number(text: str) -> bool:
    """Whether 16 to 19 digits are a bank card: an issuer's first digit, not a round sum, Luhn's check."""
    if not re.fullmatch(r"[2-69][0-9]{15,18}", text) or text.endswith("000000"):
        return False
    doubled = (int(digit) * (1 + place % 2) for place, digit in enumerate(reversed(text)))
    return sum(value - 9 if value > 9 else value for value in doubled) % 10 == 0


_LABELLED = r"[^0-9A-Za-z\n〕]{0,8}"
# In order of precedence: what is named by the text itself, then the longer and better checked kinds.
_KINDS = (
    _Kind(
        "邮箱",
        re.compile(r"[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63})*\.[A-Za-z]{2,24}"),
        _always,
    ),
    _Kind("身份证号", re.compile(rf"身份证{_LABELLED}(?P<n>[0-9]{{14,17}}[0-9Xx])"), _always),
    _Kind("统一社会信用代码", re.compile(rf"信用代码{_LABELLED}(?P<n>[0-9A-Za-z]{{15,18}})"), _always),
    _Kind(
        "银行卡号",
        re.compile(rf"(?:卡号|银行卡|[账帐]号|[账帐]户){_LABELLED}(?P<n>[0-9](?:[ -]?[0-9]){{11,23}})"),
        _always,
    ),
    _Kind(
        "身份证号",
        re.compile(rf"{_START}[1-8][0-9]{{5}}[ -]?[0-9]{{8}}[ -]?[0-9]{{3}}[0-9Xx]{_END}"),
        is_identity_number,
    ),
    _Kind(
        "统一社会信用代码", re.compile(r"(?<![0-9A-Za-z])(?![0-9]{17}w)[0-9A-Za-z]{18}(?![0-9A-Za-z])"), is_credit_code
    ),
    _Kind(
        "银行卡号",
        re.compile(rf"{_START}[0-9]{{4}}(?:[ -]?[0-9]{{4}}){{3}}(?:[ -]?[0-9]{{1,3}})?{_END}"),
        is_card_number,
    ),
    _Kind(
        "手机号",
        re.compile(rf"{_START}(?:\+?86[ -]?)?1[3-9][0-9][ -]?[0-9]{{4}}[ -]?[0-9]{{4}}{_END}"),
        _always,
    ),
    _Kind(
        "固定电话",
        re.compile(
            rf"{_START}(?:\+?86[ -]?)?(?:{_AREA}|\({_AREA}\))[ -]?[1-9][0-9]{{2,3}}[ -]?[0-9]{{4}}"
            rf"(?:\s?(?:转|-|ext\.?)\s?[0-9]{{1,6}})?{_END}"
        ),
        _always,
    ),
    _Kind(
        "固定电话",
        re.compile(r"(?:电话|座机|致电|tel)[^0-9\n〕]{0,6}(?P<n>[2-9][0-9]{2,3}[ -]?[0-9]{4})(?![0-9])", re.I),
        _always,
    ),
)


def clean_text(text: str) -> str:
    """Text that any database can store: without NUL, lone surrogates and invisible marks that could split a number."""
    return _INVISIBLE.sub("", text)


def find_secrets(text: str) -> tuple[Secret, ...]:
    """The stretches of ``text`` to be masked, in order and without overlap. Spans count its characters."""
    if not _WORTH_A_LOOK.search(text):
        return ()
    narrow = text.translate(_NARROW)
    found: list[Secret] = []
    for kind in _KINDS:
        for match in kind.pattern.finditer(narrow):
            named = "n" in kind.pattern.groupindex
            start, end = match.span("n" if named else 0)
            if any(start < other.end and other.start < end for other in found):
                continue
            if kind.valid(_digits(narrow[start:end])) and not _is_money(
                narrow, match.start() if named else max(0, start - 16), start, end
            ):
                found.append(Secret(start, end, kind.label))
    return tuple(sorted(found, key=lambda secret: secret.start))


def mask(text: str) -> str:
    """``text`` with every telephone, card, account and code replaced by its kind in 〔〕; idempotent."""
    text = clean_text(text)
    # What was glued to a masked number may only now stand alone, so until nothing is found.
    while secrets := find_secrets(text):
        for secret in reversed(secrets):
            text = f"{text[: secret.start]}〔{secret.label}〕{text[secret.end :]}"
    return text


def mask_json(value: Json, secrets: frozenset[str] = frozenset()) -> Json:
    """A JSON value with every text in it masked. Numbers by themselves are amounts and stay, unless they are among
    ``secrets`` (the digits of what was masked in the user's own words: see ``digits_masked``)."""
    if isinstance(value, str):
        if re.fullmatch(r"-?[0-9]+(?:\.[0-9]+)?", value):
            return "〔号码〕" if value in secrets else value
        return mask(value)
    if isinstance(value, Mapping):
        return {clean_text(str(key)): mask_json(item, secrets) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [mask_json(item, secrets) for item in value]
    if isinstance(value, int | float) and not isinstance(value, bool) and f"{value:.0f}" in secrets:
        return "〔号码〕"
    return value


def digits_masked(text: str) -> frozenset[str]:
    """The digits of every secret in a user's words, to find them again where they stand alone."""
    text = clean_text(text)
    return frozenset(_digits(text[secret.start : secret.end].translate(_NARROW)) for secret in find_secrets(text))


def _is_money(narrow: str, since: int, start: int, end: int) -> bool:
    """Whether a unit of money follows the number, or a word for money stands right before it (not before ``since``)."""
    return bool(_MONEY_AFTER.match(narrow, end) or _MONEY_BEFORE.search(narrow[since:start]))
