"""What a question denies (都不是科技保险), does not know (不晓得是不是科技保险), puts aside (不是问首台套) or tells of
other things (别的软件没有认定)."""

from __future__ import annotations

import re

Span = tuple[int, int]
BLANK = "…"

# Not the 不是 of a question (是不是, 属不属于), nor one that asks to be agreed with (这不是科技保险吗).
_DENIED = re.compile(
    r"(?<![是属算没])(?:不是|不属于?|不算是?|算不上|谈不上|称不上|够不上|并非|而非|不为|(?<!有)没有?(?:什么|达到|到(?=[国省市全])|用|走|上|在|经|通过|租|付给)|未(?:用|走|在|经)|不(?:走|在))"
    r"(?![^,，。;；能可给补报拿领算]{1,10}[吗么嘛])"
    r"(?:(?!不是|不算|谈不上)[^\s,，。;；?？但而是]){0,14}"
)
_UNKNOWN = re.compile(
    r"(?:不(?:知道?|晓得|清楚|确定|懂|明白)|[说搞弄吃]不(?:清|准|明白)|没(?:搞|弄)清|没问过|拿不准|忘了)(?:楚)?[^,，。;；?？]{0,6}?"
    r"(?P<what>(?:是不是|算不算|属不属于|是否|有没有|算|是)[^,，。;；?？]{0,16})"
)
_UNDECIDED = (
    r"(?:没有?|未)(?:写|说|注|标|定|讲|明确|提|分|搞清|弄清)|看不出|[分说搞弄]不(?:清|出|准|明白)"
    r"|不(?:清楚|明确|好说|确定|知道|晓得)|两可|有争议|存疑|拿不准"
)
_EITHER_OR = re.compile(
    rf"(?:{_UNDECIDED})[^,，。;；?？]{{0,6}}?(?P<after>[^,，。;；?？]{{2,14}}还是[^,，。;；?？]{{2,14}})"
    rf"|(?P<before>[^,，。;；?？]{{2,14}}还是[^,，。;；?？]{{2,14}}?)[,，]?[^,，。;；?？]{{0,8}}?(?:{_UNDECIDED})"
)
"""没写新建还是改造; 到底归工业软件还是管理软件,证书上没写."""

_REST = r"[^,，。;；?？()]"
_REST_END = r"[,，。;；?？]|$"
_SET_ASIDE = re.compile(
    rf"[就只光单]问{_REST}{{1,14}}[,，]?(?P<other>不是{_REST}{{1,14}})"
    rf"|(?:不是问|不问|问的不是|别(?:说|提|扯|跟我讲|跟我说|给我讲)|不用(?:说|讲|提)){_REST}{{1,14}}"
    rf"|(?<!{_REST}){_REST}{{1,12}}?(?:先不(?:说|谈|问|提|管|论|看|聊)|另说|另算|(?:先)?(?:放|搁)(?:在)?一边|放一边不说|暂且不(?:说|谈|提|论)|(?:且|姑且)不(?:说|论|提))"
    rf"|(?<!{_REST}){_REST}{{2,20}}[,，]?(?:先|暂时|也)?(?:不(?:算|管|提|说|谈|问|聊|论|考虑)|抛开|撇开|别管|甭管)(?:它|他|她|这个|那个|那边|那块|那(?:一)?家|那事)(?!们)(?={_REST_END})"
    r"|(?<![^,，。;；?？()])[^,，。;；?？()\d]{2,14}?(?:不(?:算|管)|不用管|先放着|先放一?放|不(?:办|做|搞|建|弄|报)了)(?=[,，])"
    rf"|(?:抛开|撇开|且不说|先不(?:说|谈|管|论)|除开|刨开){_REST}{{1,14}}(?=[,，])"
)


def set_aside(text: str) -> tuple[Span, ...]:
    """What the asker puts aside: it is not what the question is about (就问注册证,不是首台套; 老婆孩子先不说)."""
    return tuple(match.span("other" if match["other"] else 0) for match in _SET_ASIDE.finditer(text))


def of_other_things(text: str) -> tuple[Span, ...]:
    """What is said of another product, or of a part that is no artificial intelligence, beside the matter itself
    (别的软件卖了2300万没有认定; AI部分300万，硬件跟AI没关系): no fact about the matter."""
    spans = [match.span("said") for match in _OTHER_PRODUCTS.finditer(text)]
    for match in _NOT_OF_THE_PART.finditer(text):
        outside = f"{text[: match.start()]}|{text[match.end() :]}"
        if _PART_WITH_A_SUM.search(outside):
            spans.append(match.span())
    return tuple(spans)


_OTHER_PRODUCTS = re.compile(
    r"(?:^|[,，。;；])(?P<said>(?:公司|我们?|咱们?|还有|至于|而|剩下)?(?:别的|其他|其它|其余|另外的?)的?(?:[一二两三四五六几]?[款个台套种])?[^,，。;；]{0,4}"
    r"(?:软件|产品|装备|设备|版本|型号|机型|材料|零件|部件)[^,，。;；]*"
    r"(?:[,，](?=(?:也|都|还|就|并)*(?:没|未|不)[^,，。;；]{0,6}(?:认定|评|鉴定))[^,，。;；]*)?)"
)
_NOT_OF_THE_PART = re.compile(
    r"(?<![^,，。;；])(?!(?:这个?|那个?|整个)?(?:项目|场景|我们?|公司))[^,，。;；\d]{2,14}?(?:跟|和|与|同)(?:AI|ai|人工智能)[^,，。;；\d]{0,4}"
    r"(?:没(?:有|什么|半点)?关系|无关|不(?:沾边|搭界?|相干|相关))"
)
_PART_WITH_A_SUM = re.compile(r"(?:AI|ai|人工智能|算法|智能)[^,，。;；]{0,8}\d")


def likened_to(text: str) -> tuple[Span, ...]:
    """What a question only likens its matter to (首批次材料跟首台套一样按10%奖吗, 不能像首台套那样按单价算吗)."""
    return tuple(match.span() for match in _LIKENED_TO.finditer(text))


_LIKENED_TO = re.compile(
    r"(?:跟|和|同|与|像|比照|参照|照着)[^,，。;；?？]{1,12}?(?:一样|那样|那么|似的|同样)(?:的|地)?(?=(?:也|都|能|可以|是)*[按拿给奖补贴领申报自算有])"
)


def yardstick(text: str) -> tuple[Span, ...]:
    """What a question would have its matter reckoned by (首批次按首台套的10%到30%算)."""
    return tuple(match.span() for match in _YARDSTICK.finditer(text))


_YARDSTICK = re.compile(
    r"(?:按照?|参照|比照|套用?|依照|沿用|照着?|适用|执行)(?:着|那个|这个)?[^,，。;；?？\d]{2,8}?的?"
    r"(?:标准|比例|待遇|办法|口径|规则|算法|档|那档|那一?条|\d[\d.]*%)"
)


def left_as_it_was(text: str) -> tuple[Span, ...]:
    """What a turn leaves as it was told, while it changes something else (平台改成1亿，算力不变)."""
    return tuple(match.span() for match in _LEFT_AS_IT_WAS.finditer(text))


_LEFT_AS_IT_WAS = re.compile(
    rf"(?<!{_REST})[^,，。;；?？()\d]{{2,10}}?(?:的|那个|那块|那边|那项|还是|都|也)*(?:不变|没变|不动|没动|不改|没改|照旧|原样)(?={_REST_END})"
)


def passed_off(text: str) -> tuple[Span, ...]:
    """What the asker would have its matter count as (按新建算行不行, 包装成成果转化来报): asked, not told."""
    return tuple(match.span(match.lastgroup or 0) for match in _PASSED_OFF.finditer(text))


_ASKS_SO = r"(?=[,，]?(?:行|可|能|成不|合|对|通|吗|么|不|给|有没|是不))"
_PASSED_OFF = re.compile(
    rf"(?:(?:包装|伪装|粉饰|说|写|报|套|装|算|当|看|归)成|冒充成?|充当|充作|当作|算作|视作|视为)(?!普通|一般|通用)"
    rf"(?P<what>{_REST}{{2,12}}?)(?=的?(?:名义)?(?:[来去]|报|领|拿|申)|{_REST_END}|[吗么行可能])"
    rf"|(?<![不是])按照?(?P<as>新建|{_REST}{{0,6}}?认定(?:的|过)?)(?:来|去)?(?:算|报|申报|申请|走){_ASKS_SO}"
    rf"|算(?:是|得上|作)?(?P<level>(?:国家|江苏|苏州|省|市|区|县)+[级里]的?(?:认定)?)(?=[吗么吧不]|{_REST_END})"
)


def told_along(text: str) -> tuple[Span, ...]:
    """What a question tells beside its matter: who said so, that the asker has moved, a title that he may need
    (招商的同志说的; 公司是从杭州搬来的; 要不要高企资格)."""
    return tuple(match.span() for match in _TOLD_ALONG.finditer(text))


_TOLD_ALONG = re.compile(
    rf"(?:招商|顾问|中介|代理|专家|朋友|同行){_REST}{{0,6}}?(?:说|讲|告诉|拍胸脯|保证|答应)的?"
    rf"|(?:从{_REST}{{2,6}})?(?:搬|迁)(?:来|到|进|至|过来){_REST}{{0,6}}"
    rf"|(?:要不要|非要?|要先|必须|得先|没有?|不是|也没有?){_REST}{{0,5}}?(?:高企|高新|专精特新|小巨人|独角兽|上市){_REST}{{0,8}}"
)


def denied(text: str) -> tuple[Span, ...]:
    """Where ``text`` denies something; the span begins with the denying word."""
    return tuple(match.span() for match in _DENIED.finditer(text))


def unknown(text: str) -> tuple[Span, ...]:
    """Where ``text`` says that the asker does not know."""
    either_or = (match.span(match.lastgroup or 0) for match in _EITHER_OR.finditer(text))
    return (
        *(match.span("what") for match in _UNKNOWN.finditer(text)),
        *((start - 1, end) for start, end in either_or),  # its first word is doubted too
    )


def inside(start: int, spans: tuple[Span, ...]) -> bool:
    """Whether what begins at ``start`` is what one of ``spans`` speaks of (not the denying word itself)."""
    return any(first < start < last for first, last in spans)


def without(text: str, spans: tuple[Span, ...]) -> str:
    """``text`` with ``spans`` blanked, every other letter in its place."""
    for start, end in spans:
        text = f"{text[:start]}{BLANK * (end - start)}{text[end:]}"
    return text
