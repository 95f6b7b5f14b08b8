"""The narrative of a sound report. Each aspect keeps to its own words, so that taking one away leaves nothing of it."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from tests.acceptance.mutation.report import Paragraph, Unit

Counts = dict[tuple[str, str, str], str]

#: What a style of sub-heading prints for the five aspects.
ASPECT_NAMES = {
    "disclosure": ("主动公开", "主动公开情况", "主动公开政府信息情况"),
    "applications": ("依申请公开", "依申请公开情况", "依申请公开办理情况"),
    "management": ("政府信息管理", "政府信息管理情况", "政府信息管理工作"),
    "platform": ("平台建设", "政府信息公开平台建设情况", "政府信息公开平台建设"),
    "supervision": ("监督保障", "监督保障情况", "监督保障"),
}
STYLES = ("run-in", "own-line", "digits", "spoken", "plain")


@dataclass(frozen=True, kw_only=True)
class Scene:
    """Who reports on what, with the figures the prose has to agree with."""

    unit: Unit
    year: int
    form: str
    figures: Counts

    def total(self, row: str) -> int:
        """The total of a row of section 3."""
        return int(self.figures["applications", row, "total"])


def requests(scene: Scene) -> str:
    """What the text says about applications, in agreement with section 3."""
    year, me = scene.year, scene.unit.self_word
    new, brought, done, left = (scene.total(row) for row in ("new", "carried_in", "total", "carried_out"))
    if not new and not brought:
        return f"{year}年，{me}未收到政府信息公开申请。"
    text = f"{year}年，{me}共收到政府信息公开申请{new}件" if new else f"{year}年，{me}未收到新的政府信息公开申请"
    text += f"，上年结转{brought}件" if brought else ""
    text += f"，办结{done}件" if done else ""
    return text + (f"，结转下年度继续办理{left}件。" if left else "，均在法定期限内答复。")


def _made(scene: Scene) -> str:
    """What the text says about normative documents."""
    made = int(scene.figures["disclosure", "normative_documents", "made"])
    if scene.form == "2019" or not made:
        return ""
    rest = [scene.figures["disclosure", "normative_documents", key] for key in ("repealed", "effective")]
    return f"全年制发行政规范性文件{made}件，废止{rest[0]}件，现行有效{rest[1]}件。"


def aspects(scene: Scene, random: Random) -> dict[str, str]:
    """A paragraph for each of the five aspects."""
    unit, me, count = scene.unit, scene.unit.self_word, random.randint(41, 380)
    return {
        "disclosure": random.choice(
            (
                f"{me}围绕重点工作和群众关切，全年主动公开各类信息{count}条，其中概况类{count - 37}条、政策文件及解读37条。",
                f"坚持以公开为常态、不公开为例外，及时公开财政预决算、重大项目、惠民资金等内容，全年共公开信息{count}条。",
            )
        )
        + _made(scene),
        "applications": requests(scene)
        + random.choice(("对申请的登记、办理、答复各环节均留有台账。", "办理中注重与申请人沟通，答复文书由专人校核。")),
        "management": random.choice(
            (
                "严格执行先审查、后发布的程序，明确公文公开属性，对失效内容及时清理。",
                "完善政府信息管理机制，信息发布实行三审三校，定期清理过期内容，做到有据可查。",
            )
        ),
        "platform": random.choice(
            (
                f"依托县政府门户网站做好平台建设，按要求更新{unit.short}专栏，同时在便民服务大厅设置查阅点。",
                "加强政府信息公开平台建设，规范网站专栏设置，政务新媒体账号由专人维护，全年运行平稳。",
            )
        ),
        "supervision": random.choice(
            (
                "明确分管负责人和一名工作人员，全年开展业务培训2次，接受群众监督。",
                "把监督任务分解到各科室，每季度通报一次，组织业务培训2次。",
            )
        ),
    }


def accountability(unit: Unit, random: Random) -> str:
    """What a government has to say: assessment, public review, accountability."""
    below = {"township": "各村（社区）", "government": "各乡镇、各部门", "subdistrict": "各社区"}.get(unit.kind, "各科室")
    return random.choice(
        (
            f"工作考核方面，将公开工作纳入{below}年度综合考核；社会评议方面，邀请群众代表开展评议，总体评价较好；责任追究方面，全年未发生需要追究责任的情形。",
            f"年内把此项工作列入对{below}的考核内容，组织开展社会评议，满意率98%，没有因公开工作不力被责任追究的情况。",
            f"坚持将公开工作纳入考核，开展群众满意度测评1次，本年度无责任追究情况，有关结果已向{below}通报。",
        )
    )


def overview(scene: Scene, random: Random, style: str, accountable: bool) -> tuple[Paragraph, ...]:
    """Section 1."""
    unit = scene.unit
    intro = f"{scene.year}年，{unit.short}认真贯彻落实《中华人民共和国政府信息公开条例》，" + random.choice(
        ("坚持便民利民，扎实做好各项公开工作。", "把公开透明要求落实到决策、执行和服务全过程。")
    )
    items = [Paragraph(text=intro, tag="intro")]
    texts = aspects(scene, random)
    if accountable:
        texts["accountability"] = accountability(unit, random)
    pick = random.randrange(3)
    for place, (tag, text) in enumerate(texts.items()):
        name = ASPECT_NAMES[tag][pick] if tag in ASPECT_NAMES else "工作考核、社会评议和责任追究结果"
        items += _under(style, place, name, text, tag)
    return tuple(items)


def _under(style: str, place: int, name: str, text: str, tag: str) -> list[Paragraph]:
    """A paragraph under its sub-heading, as the style has it."""
    numeral = "一二三四五六"[place]
    if style == "own-line":
        return [Paragraph(text=f"（{numeral}）{name}", tag=tag, level=2), Paragraph(text=text, tag=tag)]
    if style == "digits":
        return [Paragraph(text=f"{place + 1}.{name}。{text}", tag=tag)]
    if style == "spoken":
        return [Paragraph(text=f"{numeral}是{name}。{text}", tag=tag)]
    if style == "plain":
        return [Paragraph(text=text if tag == "accountability" else f"在{ASPECT_NAMES[tag][0]}方面，{text}", tag=tag)]
    return [Paragraph(text=f"（{numeral}）{name}。{text}", tag=tag)]


def problems(unit: Unit, random: Random) -> tuple[Paragraph, ...]:
    """Section 5: as many measures as problems."""
    found = random.sample(
        (
            "个别栏目更新不够及时，存在滞后现象",
            "政策解读形式较为单一，图表、视频等方式运用不足",
            "基层工作人员调整频繁，对公开标准掌握不够准确",
            "惠民补贴等重点领域公开的深度和广度还有欠缺",
        ),
        2,
    )
    planned = random.sample(
        (
            "建立信息更新提醒机制，按月检查并督促整改",
            "丰富解读方式，制作图解和短视频，提高群众知晓率",
            "组织业务骨干以会代训，编印工作手册",
            "对照基层公开标准目录逐项补齐内容",
        ),
        2,
    )
    me = unit.self_word
    if random.random() < 0.5:
        return (
            Paragraph(text=f"{me}政府信息公开工作虽取得一定成效，但仍存在一些问题：一是{found[0]}；二是{found[1]}。", tag="problem"),
            Paragraph(text=f"下一步，{me}将采取以下措施加以改进：一是{planned[0]}；二是{planned[1]}。", tag="measure"),
        )
    return (
        Paragraph(text="（一）存在的主要问题", tag="problem", level=2),
        Paragraph(text=f"1.{found[0]}。2.{found[1]}。", tag="problem"),
        Paragraph(text="（二）改进措施", tag="measure", level=2),
        Paragraph(text=f"1.{planned[0]}。2.{planned[1]}。", tag="measure"),
    )


def others(scene: Scene, random: Random) -> tuple[Paragraph, ...]:
    """Section 6."""
    rest = Paragraph(text="无其他需要报告的事项。", tag="other")
    if scene.year < 2021:
        return (rest,)
    unpaid = int(scene.figures["applications", "other.unpaid_fee", "total"]) if scene.form == "2021" else 0
    if unpaid:
        return (Paragraph(text=f"本年度发出信息处理费收费通知{unpaid}件，总金额{unpaid * 100}元，实际收取0元。", tag="fee"), rest)
    fee = random.choice(
        (
            "本年度未收取信息处理费。",
            "按照《政府信息公开信息处理费管理办法》，本年度没有收取信息处理费的情况。",
            f"{scene.year}年，未收取任何费用。",
        )
    )
    return (
        (Paragraph(text=fee, tag="fee"), rest)
        if random.random() < 0.6
        else (Paragraph(text=fee + "除此之外，无其他需要报告的事项。", tag="fee"),)
    )
