"""Places are found by their longest name, and each is read for what it is there for."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.understanding.data import gazetteer
from assistant.understanding.places.roles import PlaceReading, find_places, roles_of_places

FOUND = [
    ("公司落在上海临港,请问临港按多少给", [("上海临港", "foreign"), ("临港", "foreign")]),
    ("苏州工业园区的企业", [("苏州工业园区", "suzhou")]),
    ("我们在相城", [("相城", "suzhou")]),
    ("昆山花桥", [("昆山花桥", "suzhou")]),
    ("在园区,做半导体", [("园区", "suzhou")]),
    ("苏州高新区", [("苏州高新区", "suzhou")]),
    ("杭州市余杭区", [("杭州市余杭区", "foreign")]),
    ("江苏省南京市", [("江苏省南京市", "foreign")]),
    ("江苏苏州", [("江苏苏州", "suzhou")]),
    ("无锡高新区的企业", [("无锡高新区", "foreign")]),
    ("安徽宿州", [("安徽宿州", "foreign")]),
    ("宿州的公司", [("宿州", "foreign")]),
    ("江苏省认定的", [("江苏省", "jiangsu")]),
    ("省里认定的", [("省里", "jiangsu")]),
    ("国家级首台套", [("国家级", "nation")]),
    ("从江苏搬来", [("江苏", "jiangsu")]),
    ("上海、无锡和常州", [("上海", "foreign"), ("无锡", "foreign"), ("常州", "foreign")]),
    ("张家口的企业", [("张家口", "foreign")]),
    ("张家港的企业", [("张家港", "suzhou")]),
    ("本市企业", [("本市", "suzhou")]),
    ("外地企业", [("外地", "foreign")]),
    ("苏州以外的企业", [("苏州以外", "foreign")]),
    ("朝阳区的公司", [("朝阳区", "foreign")]),
    ("保定人形机器人首台套封顶多少", [("保定", "foreign")]),
    ("问下云阳的揭榜挂帅给多少", [("云阳", "foreign")]),
    ("稳固安全平台建设补多少", []),
    ("典礼嘉宾的费用", []),
    ("路桥检测机器人首台套奖多少", []),
]


@pytest.mark.parametrize(("text", "places"), FOUND)
def test_found(text: str, places: list[tuple[str, str]]) -> None:
    assert [(mention.text, mention.side) for mention in find_places(text)] == places


@pytest.mark.parametrize(
    "text",
    [
        "向南京银行贷的款",
        "江苏银行的利息",
        "北京银行",
        "南京大学建的实验室",
        "和西安交大合作",
        "上海人寿的保险",
        "南京东路",
        "北京路18号",
        "朝阳产业有补贴吗",
        "大同小异",
        "日本市场",
        "城市里的项目",
        "产业园区的建设",
        "首台套奖励多少",
        "属地工信部门推荐",
        "外国人才的便利",
    ],
)
def test_no_foreign_place(text: str) -> None:
    assert [mention for mention in find_places(text) if mention.side == "foreign" and mention.level != "country"] == []


def test_an_organisation_is_no_place_but_its_branch_stands_somewhere() -> None:
    assert [mention.text for mention in find_places("上海银行苏州分行放的贷款")] in (["苏州"], [])
    assert all(mention.side != "foreign" for mention in find_places("南京大学(苏州)研究院"))
    assert all(mention.side != "foreign" for mention in find_places("西安交大苏州研究院"))


@pytest.mark.parametrize("entry", [entry for entry in gazetteer().suzhou if not entry.ambiguous], ids=lambda e: e.name)
def test_every_place_of_suzhou_is_home(entry: object) -> None:
    name = getattr(entry, "name", "")
    reading = _read(f"我们公司注册在{name},能申请吗")
    assert reading.registered == "suzhou"


def _read(text: str) -> PlaceReading:
    return roles_of_places(text, find_places(text))


def _brief(text: str) -> str:
    reading = _read(text)
    found = [f"reg={reading.registered}"] if reading.registered else []
    found += ["branch"] if reading.branch else []
    for label, mention in (
        ("rec", reading.recognised_by),
        ("plat", reading.platform),
        ("ask", reading.asked),
        ("plan", reading.planned),
    ):
        if mention is not None and not (label == "ask" and mention.side == "suzhou"):
            found.append(f"{label}={mention.name}")
    return " ".join(found)


# reg: side of registration; rec: who recognised; plat: whose computing power; ask: whose policy (Suzhou's left out).
ROLES = [
    # where the company is
    ("无锡的公司租苏州的算力能补吗", "reg=foreign plat=苏州"),
    ("我们注册在昆山,平台投了3000万能补多少", "reg=suzhou"),
    ("我们在相城,想建概念验证中心", "reg=suzhou"),
    ("人工智能企业,注册地:苏州相城", "reg=suzhou"),
    ("我们是张家港的,做氮化镓外延", "reg=suzhou"),
    ("太仓企业能不能享受这个政策", "reg=suzhou"),
    ("昆山算不算苏州", "reg=suzhou"),
    ("常熟的可以申请吗", "reg=suzhou"),
    ("我是无锡的,想用你们的算力券", "reg=foreign"),
    ("嘉兴的企业可以申请吗", "reg=foreign"),
    ("宿州的公司能申请吗", "reg=foreign"),
    ("无锡高新区的企业能拿吗", "reg=foreign"),
    ("我们公司在深圳,能拿苏州的补贴吗", "reg=foreign"),
    ("公司注册地是无锡,用苏州算力平台", "reg=foreign plat=苏州"),
    ("外省企业租用苏州算力平台可以拿补贴吗", "reg=foreign plat=苏州"),
    ("外地企业能申请吗", "reg=foreign"),
    ("我们不在苏州,能申请吗", "reg=foreign"),
    ("公司不在苏州注册", "reg=foreign"),
    ("注册在上海的公司,在苏州没有公司", "reg=foreign"),
    ("我们是香港公司", "reg=foreign"),
    ("上海某科技有限公司能申请苏州的首台套奖励吗", "reg=foreign"),
    ("帮无锡的公司问问,租苏州算力有补贴吗", "reg=foreign plat=苏州"),
    ("客户都在深圳,我们公司在吴江", "reg=suzhou"),
    ("人在上海,公司在苏州", "reg=suzhou"),
    ("我们在苏州和无锡都有公司", "reg=suzhou"),
    ("外资企业在苏州注册的能享受吗", "reg=suzhou"),
    ("我们在南京有个研发中心,公司注册在苏州", "reg=suzhou"),
    ("平台建在无锡,公司在苏州", "reg=suzhou"),
    ("朝阳区的公司能拿吗", "reg=foreign"),
    ("我们公司虽然在上海注册,但研发团队在苏州,能享受吗", "reg=foreign"),
    ("注册在苏州但实际经营在上海,可以吗", "reg=suzhou"),
    ("我朋友在杭州开公司,他能申请吗", "reg=foreign"),
    ("江苏企业,注册地盐城", "reg=foreign"),
    ("要是公司注册在宿迁呢", "reg=foreign"),
    # moved, would move, has to be there
    ("从杭州搬到苏州的公司,能申请首台套吗", "reg=suzhou"),
    ("我们原来在无锡,去年迁到吴中了", "reg=suzhou"),
    ("我们公司刚从上海迁到昆山", "reg=suzhou"),
    ("准备从上海搬到苏州,能拿什么", "plan=苏州"),
    ("正准备把公司从上海迁到苏州,迁过来能拿多少", "plan=苏州"),
    ("打算在苏州设子公司", "plan=苏州"),
    ("如果我们把公司注册到苏州,能申请吗", "plan=苏州"),
    ("想来苏州落户有什么政策", "plan=苏州"),
    ("必须注册在苏州吗", ""),
    ("要不要在苏州注册才能拿", ""),
    # head office, company of its own, branch
    ("总部在上海,在园区设了子公司,能拿吗", "reg=suzhou"),
    ("北京的母公司,苏州子公司是独立法人,能申报吗", "reg=suzhou"),
    ("我司系上海某集团在苏州设立的全资子公司", "reg=suzhou"),
    ("母公司在北京,我们是苏州独立法人", "reg=suzhou"),
    ("总部在上海,在园区设了个分公司,能拿吗", "reg=foreign branch"),
    ("总部设在深圳,苏州只有一个办事处", "reg=foreign branch"),
    ("我们是上海公司在苏州的分公司", "reg=foreign branch"),
    ("北京总部,苏州分公司,想申请算力补贴", "reg=foreign branch"),
    ("苏州分公司能申请算力补贴吗", "branch"),
    ("分公司没有独立法人资格可以申请吗", "branch"),
    ("我们不是分公司,是独立法人", ""),
    ("苏州公司,上海分公司付的算力费能补吗", "reg=suzhou"),
    # who recognised
    ("我们的首版次软件是南京认定的市级,可以吗", "rec=南京"),
    ("江苏省认定的首版次软件,年销售800万", "rec=江苏"),
    ("省里认定的首版次软件能拿吗", "rec=江苏"),
    ("省工信厅认定了我们的工业软件", "rec=江苏"),
    ("入选了江苏省首台套目录", "rec=江苏"),
    ("产品通过了上海市的首版次认定", "rec=上海"),
    ("浙江省首版次,可以在苏州拿奖励吗", "rec=浙江"),
    ("我们的首台套是浙江省认定的,能拿苏州的奖励吗", "rec=浙江"),
    ("首台套是工信部认定的", "rec=国家"),
    ("苏州市认定的首台套单价500万", "rec=苏州"),
    ("昆山市级认定的首台套可以吗", "rec=昆山"),
    ("只拿到区级认定", "rec=区里"),
    ("我们是苏州本地企业,首台套被江苏省认定", "reg=suzhou rec=江苏"),
    ("公司在太仓,软件是上海认定的首版次", "reg=suzhou rec=上海"),
    ("我们是一家注册在吴江的AI公司,上个月刚在深圳拿了首台套,能来苏州报吗", "reg=suzhou rec=深圳"),
    ("还没拿到江苏省认定,能申请首版次奖励吗", ""),
    ("需要江苏省认定吗", ""),
    ("我们2023年获得浙江省首台套认定,2024年搬到苏州,能不能补", "reg=suzhou rec=浙江"),
    ("首台套拿的是国家级的", "rec=国家"),
    ("太仓市工信局认定的首台套算吗", "rec=太仓"),
    ("园区经发委认定的", "rec=园区"),
    # whose computing power
    ("国家超算昆山中心的费用算吗", "plat=昆山"),
    ("用的算力平台是合肥先进计算中心", "plat=合肥"),
    ("算力费付给杭州的机房,能补吗", "plat=杭州"),
    ("我们用的是阿里云杭州节点,能补吗", "plat=杭州"),
    ("我们把服务器放在合肥的数据中心", "plat=合肥"),
    ("服务器托管在上海,能补吗", "plat=上海"),
    ("在贵州租的机房", "plat=贵州"),
    ("租的成都的GPU能不能补", "plat=成都"),
    ("算力是租的上海超算中心的,能报吗", "plat=上海"),
    ("我们是苏州的,在南京租的算力", "reg=suzhou plat=南京"),
    ("苏州高新区的企业,付了310万给苏州算力平台", "reg=suzhou plat=苏州"),
    # whose policy
    ("杭州的首台套奖励多少", "ask=杭州"),
    ("上海有没有类似的", "ask=上海"),
    ("深圳那边怎么补", "ask=深圳"),
    ("南京市的政策", "ask=南京"),
    ("那杭州呢", "ask=杭州"),
    ("上海呢?", "ask=上海"),
    ("江苏省南京市的首台套能奖多少", "ask=南京"),
    ("杭州算力券能抵多少", "ask=杭州"),
    ("南京有没有算力券", "ask=南京"),
    ("浙江省对首台套怎么奖", "ask=浙江"),
    ("请问广州有首版次政策吗", "ask=广州"),
    ("成都对首台套怎么奖励", "ask=成都"),
    ("问一下宁波的科技保险补贴", "ask=宁波"),
    ("无锡首台套", "ask=无锡"),
    ("合肥能补多少", "ask=合肥"),
    ("安徽宿州的首台套奖励多少", "ask=宿州"),
    ("和上海比哪个高", "ask=上海"),
    ("省里对首版次有没有奖励", "ask=江苏"),
    ("苏州有什么政策", ""),
    ("上海和苏州的政策能同时拿吗", ""),
    ("听说杭州概念验证中心补500万,苏州也是吗", ""),
    # background
    ("买方是北京的公司", ""),
    ("我们把首台套卖给了安徽的企业,单价800万", ""),
    ("南京的展会我们去办的,能补吗", ""),
    ("给无锡的客户做的场景示范项目", ""),
    ("向上海的银行贷的科技贷款,利息80万", ""),
    ("在上海办展,能补多少", ""),
    ("去年在深圳办了一场人工智能论坛花了300万能补吗", ""),
    ("展会在上海国家会展中心办的,花了480万", ""),
    ("去南京参加展会的费用能补吗", ""),
    ("客户在北京,首台套单价900万能奖多少", ""),
    ("深圳的客户买了我们首台套,单价900万,奖多少", ""),
    ("首台套卖给了杭州的客户,单价500万", ""),
    ("产品卖到深圳,能算首台套吗", ""),
    ("与浙大合作的项目", ""),
    ("和无锡的公司联合申报揭榜挂帅", ""),
    ("从北京引进的专家,有什么支持", ""),
    ("我们请了上海的专家做评审", ""),
    ("从江苏银行贷的款,利息70万", ""),
    ("场景示范项目在上海的医院落地,投资1000万", ""),
    ("区里给了算力补贴,市里还能再拿吗", ""),
    ("设备是从德国进口的", ""),
    ("首台套奖励多少", ""),
]


@pytest.mark.parametrize(("text", "roles"), ROLES)
def test_roles(text: str, roles: str) -> None:
    assert _brief(text) == roles


@given(
    st.text(
        st.sampled_from("苏州杭上海无锡公司在的市区省江认定算力补多少吗,。总部分子注册搬到外地") | st.characters(),
        max_size=30,
    )
)
@settings(max_examples=400)
def test_any_text_gives_separate_places_with_one_role_each(text: str) -> None:
    mentions = find_places(text)
    end = 0
    for mention in mentions:
        assert mention.start >= end
        assert text[mention.start : mention.end] == mention.text != ""
        end = mention.end
    reading = roles_of_places(text, mentions)
    assert tuple(mention for mention, _ in reading.roles) == mentions
    for chosen in (reading.registered_at, reading.recognised_by, reading.platform, reading.asked, reading.planned):
        assert chosen is None or chosen in mentions
