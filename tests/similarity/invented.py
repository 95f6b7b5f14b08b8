"""Invented texts and reports, their own parts and signatures."""

from __future__ import annotations

import random
from types import ModuleType
from typing import Any

from tests.support import book
from validator.forms.read_tables import measure
from validator.model import Sketch
from validator.pipeline.check_file import understand
from validator.readers import read_documents
from validator.roster.units import judge_unit
from validator.similarity.own_text import OwnPart, excluded_text, parts_of, unit_names
from validator.similarity.sketch import sketch_of


def texts(st: ModuleType) -> Any:
    """Of few letters, so that common passages of every length come about."""
    return st.text(alphabet="天地玄黄", max_size=60)


def parts(text: str) -> tuple[OwnPart, ...]:
    report = understand(read_documents(text.encode(), "report.txt")[0], book())
    figures = measure(report, book().forms, year=report.year)
    return parts_of(
        report,
        excluded_text(book().tables.copying, figures, *unit_names(book().tables.copying, judge_unit(report.unit, book().tables.units))),
    )


def report(unit: str, year: int, *sections: str) -> str:
    headings = {5: "五、存在的主要问题及改进情况", 1: "一、总体情况", 6: "六、其他需要报告的事项"}
    body = "\n".join(f"{headings[int(text[0])]}\n{text[1:]}" for text in sections)
    return f"{unit}{year}年政府信息公开工作年度报告\n\n{body}\n"


OWN = (
    "1（一）主动公开。2023年，青石镇把茶园改造补贴的申报条件、评审打分和发放名单放在同一个栏目里，村民对照序号就能查到自家的进度。"
    "全年公开各类信息214条，比上一年多出31条，多出来的主要是农房审批结果。（二）依申请公开。收到申请6件，其中3件问的是同一条机耕路的占地补偿，"
    "经办人把测绘图和补偿表一并寄给申请人，后来没有人再问。（三）平台建设。村口电子屏改成每周二轮播惠农政策，夜里十点以后自动熄屏。",
    "5存在的主要问题：一是政策解读只有文字，年纪大的茶农看不懂补贴档次怎么分；二是农房审批结果由国土所手工报送，平均晚报4天，最长的一次晚了11天。"
    "改进情况：一是请县融媒体中心把三项惠农政策录成方言音频，在村广播轮播；二是把报送时间写进国土所的月度清单，逾期由分管副镇长当面提醒，十月以后没有再晚报。",
)


OTHER = (
    "1（一）主动公开。2023年，白塔乡围绕水库移民后扶、护林员选聘和村级小型工程招标公开信息97条，护林员选聘的笔试成绩第二天贴到了各村。"
    "（二）依申请公开。收到申请2件，都是查阅早年的林权登记，档案室用一个星期把纸质卷宗扫描成电子件。（三）平台建设。乡便民大厅门口设了查阅点，"
    "老人不会用电脑的，由窗口人员代查代印，全年代印材料一百三十份。",
    "5存在的主要问题：一是林业站、水利站各报各的，同一项工程在两个栏目里数字对不上；二是公开人员由宣传干事兼任，全年换了两次人，新人对保密审查不熟。"
    "改进情况：一是工程类信息统一由项目办汇总，一个口子出数；二是编了一本二十页的操作手册，新人跟班两周后才能独立发布。",
)


ALPHABET = "".join(chr(0x4E10 + number * 7) for number in range(400))


def invented(rnd: random.Random, length: int) -> str:
    return "".join(rnd.choice(ALPHABET) for _ in range(length))


def sketched(text: str) -> Sketch:
    found = parts("云岭县甲镇人民政府2023年政府信息公开工作年度报告\n\n五、存在的主要问题及改进情况\n" + text)
    return sketch_of(found, 100)
