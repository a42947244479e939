"""What a question asks the text to mention (独角兽提到了吗, 文件里有没有写众创空间), to be looked for word by word."""

from __future__ import annotations

import re

_TEXT = (
    r"(?:(?:在)?(?:这个|这份|本|你们的?|这)?(?:政策|文件|条文|通知|原文|正文|里面|文中|十条)(?:里面?|中|上|里头|当中)?)"
)
_SAYS = r"(?:出现|提到?|写到?|讲到?|说到?|列(?:到|进|入)?|点名)"
_WHETHER = r"(?:到底|究竟|是否|是不是|也|都|还|有没有|有|没有?|被|专门|单独)*"
_ASKED = r"(?:了|过|到|进去|在里面|在内|的)*(?:没有?|吗|么|不|没提|没写)+[?？]?$"
_NO_NAME = r"，,。;；?？!！“”\"\d的有没是拿给把借做搞建办买卖用请招补押"  # with a verb in it, it tells of a matter
_THING = rf"[“\"]?(?P<thing>(?!第|[你我他她它咱这那])[^{_NO_NAME}]{{2,10}}?)[”\"]?"
_OFFICE = r"(?:苏州市?|市里?的?)?(?P<thing>(?!苏州|市)[一-龥]{2,8}?(?:局|委|办公室|厅))"
_PATTERNS = (
    # 教育局出现在哪条, 税务局是哪条的责任单位, 文件里有没有写到住建局: an office by its name
    re.compile(
        rf"^(?:请问|想问一?下|问一?下|那)?,?{_OFFICE}(?:的名字|的名称)?(?:是|都|被|{_SAYS})*(?:在|于)?第?[哪几][一几]?条[^,，。;；]{{0,8}}$"
    ),
    re.compile(
        rf"^(?:请问|想问一?下|问一?下|那)?,?{_TEXT}{_WHETHER}{_SAYS}(?:了|过|没{_SAYS})*{_OFFICE}(?:没有?|吗|么)?[?？]?$"
    ),
    re.compile(
        rf"^(?:请问|想问一?下|问一?下|那)?,?{_TEXT}?{_THING}(?:这个词|这一?类|这种)?[,，]?{_TEXT}?{_WHETHER}{_SAYS}{_ASKED}"
    ),
    re.compile(
        rf"^(?:请问|想问一?下|问一?下|那)?,?{_THING}(?:这个词|这一?类|这种)?[,，]?{_TEXT}?{_WHETHER}{_SAYS}(?:没|不){_SAYS}[?？]?$"
    ),
    re.compile(
        rf"^(?:请问|想问一?下|问一?下|那)?,?{_TEXT}?{_THING}(?:这个词|这一?类|这种)?[,，]?{_TEXT}?(?:有没有|有无|是否|是不是)被?{_SAYS}(?:了|过|进去)*[?？]?$"
    ),
    re.compile(
        rf"^(?:请问|想问一?下|问一?下|那)?,?{_TEXT}{_WHETHER}{_SAYS}(?:了|过|没{_SAYS})*{_THING}(?:了|过)?(?:没有?|吗|么)?[?？]?$"
    ),
)
_NO_THING = re.compile(
    r"什么|啥|哪|谁|怎么|如何|多少|几|金额|比例|标准|上限|数额|数字|要求|条件|时间|材料|流程|依据|责任|清楚|明白|具体|名额|定义|限制|期限|范围|电话"
)
_KIND = re.compile(r"(企业|公司|项目|补贴|补助|奖励|资助|支持|政策|单位|机构|方面)$")


def thing_asked(text: str) -> str | None:
    """The thing that ``text`` (normalised) asks whether the policy mentions, without 企业, 补贴 …; else None."""
    for pattern in _PATTERNS:
        if (found := pattern.search(text)) and not _NO_THING.search(found["thing"]):
            return _KIND.sub("", found["thing"]) or found["thing"]
    return None
