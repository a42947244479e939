"""Articles that a question names by number (第六条, 第10条, 六条, 附则) or by their heading (金融那条)."""

from __future__ import annotations

import re

from assistant.policy.document import CLOSING, Document

# 第一款首版次软件，第二款年销售…: a product of several, and no paragraph.
_A_PRODUCT = r"[^,，。;；?？条]{0,6}(?:软件|产品|装备|设备|机器|系统|首版次|首台|[销出]?售|[年去今卖收])"
_NAMED = re.compile(rf"(?<!条)第\s*(?P<n>\d{{1,3}}|[一二三四五六七八九十百]{{1,4}})\s*(?:条|款(?!项|{_A_PRODUCT}))")
_LOOSE = re.compile(
    r"(?<![第\d一二三四五六七八九十几哪这那本该此每一共])(?!(?<=[在同到归进])一条)(?P<n>\d{1,2}|[一二三四五六七八九十]{1,3})条"
    r"(?=原文|内容|讲|说|写|是|规定|归|里|的|怎)(?![里中内]?[面头边]?[^,，。]{0,6}(最|哪))"
)
# 劳动合同法第三条: an article of another law or of a contract.
_OF_ANOTHER = re.compile(
    r"([一-龥]{1,12}(?<!办)(?<!无)法|民法典|条例|宪法|章程|公约|司法解释|((?<!签)合同|协议|保单|租约)(书|里|上|中)?)[》”」]?(里|中|上)?(面)?(的|规定的?)?$"
)
_CLOSING = re.compile(r"附则|最后一(段|条)|末尾|文末")
_DIGITS = "零一二三四五六七八九"


def numeral(number: int) -> str:
    """1 … 99 as Chinese numerals (11 → 十一)."""
    tens, ones = divmod(number, 10)
    head = "" if tens == 0 else ("十" if tens == 1 else f"{_DIGITS[tens]}十")
    return head + (_DIGITS[ones] if ones else "")


def find_articles(document: Document, text: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """(numbers that the document has, numbers that it has not), each once, in order."""
    known: dict[str, None] = {}
    unknown: dict[str, None] = {}
    for pattern in (_NAMED, _LOOSE):
        for found in pattern.finditer(text):
            if _OF_ANOTHER.search(text[: found.start()]):
                continue
            number = found["n"]
            if number.isdigit():
                number = numeral(int(number)) if 0 < int(number) < 100 else number
            (known if number in document.by_number else unknown)[number] = None
    if _CLOSING.search(text) and CLOSING in document.by_number:
        known[CLOSING] = None
    return tuple(known), tuple(unknown)


def by_heading(document: Document, text: str) -> tuple[str, ...]:
    """The one article whose heading is meant: 金融那条, 跟人才有关的有哪些, 对创新产品推广怎么说."""
    for found in (*_THAT_ONE.finditer(text), *_ABOUT.finditer(text)):
        pairs = {found["words"][i : i + 2] for i in range(len(found["words"]) - 1)}
        shared = {a.number: sum(pair in a.heading for pair in pairs) for a in document.articles}
        best = [number for number, count in shared.items() if count and count == max(shared.values())]
        if len(best) == 1:
            return (best[0],)
    if not _SAYS.search(text):
        return ()
    runs = {text[i : i + _RUN] for i in range(len(text) - _RUN + 1)}
    named = [a.number for a in document.articles if any(run in a.heading for run in runs)]
    return tuple(named) if len(named) == 1 else ()


_THAT_ONE = re.compile(r"(?P<words>[^,，。;；?？!！、的那这\s]{2,8})(方面|相关)?的?(那|这)一?条(?!件)")
_ABOUT = re.compile(
    r"(跟|和|与|关于|涉及)?(?P<words>[^,，。;；?？!！、的那这跟和与\s]{2,6})(方面|有关|相关|这一?块)的?(政策|支持|补贴|条款|内容|措施|扶持)?"
    r"(都|又)?(有|是|给|写|包括)?了?(什么|哪些|啥|哪几)"
)
_SAYS = re.compile(r"怎么(说|写|讲|规定|提)|(写|说|讲|规定|提)(了|到)?(些|点)?(什么|啥|哪些)|原文|原话")
_RUN = 4


def article_topic(text: str) -> str | None:
    """What an article is taken to be about (第七条是讲人才公寓的吧) or asked to mention (第五条有没有写孩子上学)."""
    found = next((found for pattern in (*_TOPICS, _HAS) if (found := pattern.search(text))), None)
    return found["topic"] if found and not _NO_TOPIC.search(found["topic"]) else None


_SAID = r"(?:提及|[写说提讲列]到?|规定|涉及|包括|包含)"
_A_TOPIC = r"(?P<topic>[^\d,，。;；?？什么啥哪多几吗吧没]{2,12}?)"
_TOPICS = (
    re.compile(
        r"条(不是|就是|是|应该是|好像是|里)?(专门)?(讲|说|写|管|规定|关于)(的|了)?(是|着)?"
        r"(?P<topic>[^\d,，。?？什么啥哪多几吗吧]{2,12}?)(的)?(事|内容|政策|规定)?[,，]?"
        r"(吗|吧|么|嘛|对吧|对吗|对不对|是吧|是吗|是不是|没错吧)"
    ),
    re.compile(
        rf"条(?:里面?|里头|中|上)?(?:到底|究竟|也|还)?(?:有没有|有无|是否|是不是|有)?(?:明确|专门|单独)?"
        rf"(?:{_SAID}[没不]{_SAID}|{_SAID})(?:了|过)?{_A_TOPIC}(?:的事|的内容|了|过)?(?:没有?|吗|么|$|[?？])"
    ),
    re.compile(
        rf"(?:^|[,，、])(?:[^,，。;；]{{1,12}}的)?{_A_TOPIC}[,，]?第[^,，。;；]{{1,3}}条(?:里面?|里头|中|上)?"
        rf"(?:有没有|有无|有|也|到底)?(?:{_SAID}[没不]{_SAID}|{_SAID})(?:了|过|进去)*(?:没有?|吗|么|$|[?？])"
    ),
)
_HAS = re.compile(
    r"条(?:里面?|里头|中|上)?(?:到底|究竟)?(?:有没有|有无|含不含)(?P<topic>[^\d,，。;；?？什么啥哪多几吗吧没给能要可我你他写说提讲列的]{2,8})"
    r"(?:这一?[项条块]|这回事|的说法)?(?:吗|么|呢|$|[?？])"
)
_NO_TOPIC = re.compile(
    r"什么|怎么|如何|金额|比例|标准|上限|封顶|数额|数字|要求|条件|时间|材料|流程|依据|责任|清楚|明白|具体|名额|限制|期限|范围|电话|多久|必须|只能|要先"
)
