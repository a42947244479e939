"""What is counted but is no money: the measure words and nouns that may follow 3万, and what may stand before it.

A number with 万 or 亿 and no 元 is money unless one of these says otherwise. Many measure words also begin a word
that money stands before (3万家企业, but 500万家具; 500万台, but 500万台湾; 100万人, but 100万人才奖励): hence the
exceptions.
"""

from __future__ import annotations

import re

# measure word -> what may follow it when it is not a measure word at all (regular expression inside a look-ahead)
_COUNTERS = {
    "个": "亿|百万|千万|人所得税|税|小目标|[wW](?![A-Za-z])|点(?!子|位)|百分点",
    "人": "民币|才|工智能|工[成费智]|力[成资费]|均|社|事|形机器人|机|脸|员[成工经费]",
    "名": "下|义|额|为|称|单|录",
    "位": "于|列",
    "家": "里|庭|具|电|装|族|居|属|乡|教",
    "户": "口|外|型|均|用",
    "台": "币|账|湾|州|商|资|阶|北|积电",
    "套": "现|利|餐|路|期|保|取|房|用|牢|件",
    "件": "套",
    "项": "目",
    "次": "年|日|月|级|贷|要|高|于|轮",
    "条": "件|款|例|约",
    "只": "有|能|够|是|要|用|给|算|补|占|花|剩|到|付|拿|投|需|计|限|按|可|报|批|差|多|少|会|认|针",
    "支": "持|付|出|撑|援|行|取|架|配|部|票|公",
    "张": "家港|江|某|总|三|家口|贴",
    "辆": "",
    "颗": "",
    "粒": "子",
    "枚": "",
    "片": "区|上|剂|面",
    "份": "额",
    "篇": "",
    "字": "样|号|母",
    "册": "",
    "股": "权|东|本|改|市|价|债|票|息|比|民",
    "平": "台|均|安|时|江|摊|价|行|衡|等|湖|板|面|顶|稳",
    "亩": "产",
    "公顷": "",
    "吨": "位",
    "斤": "",
    "公斤": "",
    "千克": "",
    "升": "级|至|到|为|值|降|学|腾",
    "毫升": "",
    "米": "其林",
    "公里": "",
    "海里": "",
    "立方": "",
    "方米": "",
    "度电": "",
    "伏": "",
    "瓦": "",
    "千瓦": "",
    "兆瓦": "",
    "赫兹": "",
    "剂": "量",
    "瓶": "颈",
    "盒": "子",
    "例": "如|外|行|会",
    "岁": "末",
    "倍": "",
    "级": "",
    "像素": "",
    "核": "心|减|算|定|准|销|验|电|查|实|酸|磁|医|发|对|增|能|武",
    "卡": "脖|车|尔|在|住|点|证|号|片|位|上|里|通|内|耗|间|介|痛",
    "节点": "",
    "组": "织|建|成|合|件|装|团|网|长|里|态",
    "座": "谈|椅|位",
    "层": "次|面|级",
    "栋": "",
    "幢": "",
    "箱": "",
    "桶": "",
    "单": "价|台|套|个|位|独|笔|一|项|体|克|次|纯|品|户|据|抗|晶|细|边|产",
    "转": "化|账|给|让|型|移|增|股|到|入|出|为|贷|款|包|固|租|正|基|交|投|回|做|嫁",
    "年": "底|初|末|中|内|度|前|薪|终|会|报|费|产|营|收|租|检|金|利|审|付|销|服|均|化|息|缴|交",
    "天": "使|津|然|花|际",
    "小时": "",
    "分钟": "",
    "秒": "",
    "日": "元|币|圆|常|前|本|均|后|语|韩|用|产|内",
    "月": "底|初|末|中|内|前|薪|租|费|均|付|供|度|结",
    "季度": "",
    "期": "望|间|权|限|初|末|货|内|满|待",
    "岁以": "",
    "门": "槛|面|店|诊|禁|窗|锁|票|类",
    "架次": "",
    "艘": "",
    "匹": "配",
    "头": "部|寸|一|期|款|戴|年|先|里|上|皮",
    "株": "式|洲",
    "棵": "",
    "羽": "",
    "尾": "款|号|气|部|数|翼|矿",
    "车": "间|辆|联|规|载|位|险|机|企|用|贷|路|床|库",
    "票": "据|面|款|价",
    "用户": "",
    "粉丝": "",
    "会员": "费|卡|制|系|管|服|体",
    "人口": "",
    "居民": "",
    "观众": "",
    "样本": "",
    "参数": "",
    "图片": "",
    "病例": "",
    "字节": "",
    "行代码": "",
    "中心": "",
    "平台用户": "",
    "元素": "材|养|质",
    "里": "有|面|的|程|头|边|包|就|只|要|能|花|用|还|,|，|$",
    "双": "方|创|碳|边|一流|百|轨|良",
    "种": "子|植|类|苗",
    "宗": "旨",
    "步": "骤|入|伐|行",
    "间": "接|隔|的|歇",
    "处": "理|置|罚|于|长|分|级",
    "所": "以|有|得|需|属|在|谓|用|花|剩|欠",
    "口": "径|腔|岸|罩|服|碑|头|令",
    "担": "保|任|心|当|负",
    "计": "算|划|提|价|入|量|费|息|税|件|时|为|约|在|到|$|[,，。;；?？呢吧]|的话",
    "[遍句卷枝顷盏锭石声]": "",
    "英[尺里寸亩]": "",
    "[A-Z]{3,4}(?:卡?时|小时|核时)": "",
    "方(?=$|[,，。;；)）]|的?(?:厂|场|仓|楼|实验|研发|空间|办公|洁净))": "",
    "块(?:[ ]?(?!AI(?![A-Za-z0-9]))[A-Z]{2}|显卡|加速卡|计算卡|芯片|硬盘|内存条|电池片|晶圆|显示屏|玻璃)": "",
    "的?(?:注册|活跃|付费|日活|月活)?(?:用户|粉丝|人口|居民|观众|读者)": "",
    "[Tt]okens?": "",
    "TOPS|[TGPE]?FLOPS|[TGP]flops|QPS|qps": "",
    "[kKMGT]?Wh|[kMGm]?W(?![A-Za-z])|[kKMGT]?[Bb](?![A-Za-z])|[kMG]?Hz|[kM]?Pa(?![A-Za-z])": "",
    "(?:[ckm]?m[23²³]?|k?m|km|cm|mm|nm|μm|kg|mg|g|t|L|ml|mL)(?![A-Za-z])|㎡|m²|m³|℃|°": "",
    "users?|people|persons?|params?|parameters|units?|pieces|customers|downloads|tokens?|employees|records|images"
    "|samples|patients|cells|chips|devices|times|hours|days|years?|square|lines|subscribers|views|shares|copies": "",
    "分之": "",
    "%|‰|个?百分点": "",
}


def _pattern(words: dict[str, str]) -> str:
    parts = [f"(?:{word})(?!{refused})" if refused else f"(?:{word})" for word, refused in words.items()]
    return "|".join(parts)


_COUNTER = re.compile(rf"[ ]{{0,2}}(?:{_pattern(_COUNTERS)})")

# After a bare digit (一, 3 …) many more words count things: 500万一套, 2亿三期, 300万两中心.
_DIGIT_COUNTER = re.compile(
    r"[ ]?(?:大(?![概约致])|小(?!时)"
    r"|[个家台套年月天日次期项人名位件条批轮笔倍成层楼号点分折级代类国星行座区季届种款块张份支只颗片组方险保维甲院所校镇村路步段阶环"
    r"相流会线网通端边角度栋部场幢栏道门口面头脚周岁亩平米吨斤升字页股单户刀包箱遍趟回顿番班把根枚盒桶瓶"
    r"亿万千百十0-9A-Za-z%./~-]|,(?=[0-9])|:(?=[ ]?[0-9]))"
)
# Right before: what the number counts is people, devices, data … (用户300万, 参数量70亿, 年产能5万).
_COUNTED_BEFORE = re.compile(
    r"(?:人口|人群|受众|患者|学生|用户|日活|月活|活跃|粉丝|员工|职工|人数|参数|产能|产量|销量|出货量?|下载|访问|注册量|调用|点击|播放|阅读|数据|样本|装机"
    r"|语料|面积|建面|占地|户籍|库存|里程|转速|像素|词表|客流|游客|人次)(?:总?[数量]|规模)?"
    r"(?:约|近|达到?|超过?|是|为|有|已|共|:|突破|大概|大约|将近|接近|不到|[ ])*$"
)
# The number belongs to something else: 第500万台, 百分之三, 三分之一, №3.
_OTHER_BEFORE = re.compile(r"(?:第|分之|[A-Za-z0-9][.]?|[#№])$")
# 1,5亿 and 1，50万 may be a decimal, a slip or two numbers: not read.
_TORN_FIGURE = re.compile(r"(?<![0-9.,，])[0-9]{1,2}[,，]$")
_SHORT_FIGURE = re.compile("[0-9]{1,2}(?![0-9])")
_IDIOMS = re.compile(
    r"十万八千里|十万个为什么|千千万万|十万火|[一二三四五六七八九十]万大山|十万大山|道一万|千[山秋]万|成千上万|万一|百万雄|百万庄|千万里|亿万富|一万年太久|千千万|以[十百千几数]*万计"
)


def counts_things(text: str, end: int) -> bool:
    """Whether what follows ``end`` (多 or 余 skipped) says that the number counts things, people, measures."""
    return _COUNTER.match(text, end + 1 if text[end : end + 1] in ("多", "余", "来") else end) is not None


def counts_after_digit(text: str, end: int) -> bool:
    """The same for a single digit (500万三期), where far more words count."""
    return _DIGIT_COUNTER.match(text, end) is not None


def counted_before(text: str, start: int) -> bool:
    """Whether the words right before ``start`` say what is counted (用户数300万)."""
    return _COUNTED_BEFORE.search(text[max(0, start - 14) : start]) is not None


def belongs_elsewhere(text: str, start: int) -> bool:
    """Whether the number at ``start`` is an ordinal, the tail of a fraction or of a code."""
    return _OTHER_BEFORE.search(text[max(0, start - 3) : start]) is not None


def is_torn(text: str, start: int) -> bool:
    """Whether the one or two digits at ``start`` follow one or two others and a comma: 1,5亿 may mean anything."""
    if _SHORT_FIGURE.match(text, start) is None:
        return False
    return _TORN_FIGURE.search(text[max(0, start - 4) : start]) is not None


def is_idiom(text: str, start: int) -> bool:
    """Whether a set phrase that only looks like a number holds the character at ``start``."""
    low = max(0, start - 5)
    return any(
        low + found.end() > start for found in _IDIOMS.finditer(text[low : start + 6]) if low + found.start() <= start
    )
