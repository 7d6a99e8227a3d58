"""Is every citation true, as far as a build can know: is the article there (条文存在)? A lawyer's review is more."""

from __future__ import annotations

import datetime
import difflib
import re
from collections.abc import Iterable, Iterator

from ..corpus import Corpus, CourseMeta, Page
from ..mistakes import Mistake
from ..source import read_yaml, split_front_matter, text_of
from . import verbatim
from .citation import Bare, Citation, article_name
from .register import Register, register_of
from .sources import Located
from .statute import Institution

OLD = datetime.timedelta(days=365)
# A sentence that says whom a rule does not bind, or compares, lays no duty on anyone.
CONTRAST = re.compile(r"不(?:管|适用|约束|及于|属于|能照|是|得援引|套)|只(?:管|约束|及|对|适用)|套不到|比较|比照|而非")


def check(corpus: Corpus, today: datetime.date | None = None) -> Iterator[Mistake]:
    """Find the mistakes and notices of all legal statements."""
    register = register_of(corpus)
    for page in corpus.pages():
        name = corpus.source_of(page.path)
        found = [(name, located) for located in page.citations]
        for data in corpus.data_files(page):
            found += [(corpus.name_of(data), located) for located in corpus.data_citations(data)]
        for file, located in found:
            yield from _judge(register, page, file, located)
        if found:
            yield from _checked(page, name, today or datetime.datetime.now(tz=datetime.UTC).date())
        yield from _duties(register, page, name)
    for page in register.pages:
        yield from _statute(register, page)


def _judge(register: Register, page: Page, file: str, located: Located) -> Iterator[Mistake]:
    line, cited, _ = located
    if isinstance(cited, Bare):
        remedy = f"写成“《民法典》{cited.text}”这样，或“同法{cited.text}”；大纲原话放进“/// outline”块或反引号里"
        yield Mistake(file, line, f"“{cited.text}”没有写明是哪部法", remedy)
        return
    statute = register.page_of(cited, page)
    if statute is None or statute.statute is None:
        yield _unknown(register, file, line, cited)
    elif statute.statute.status == "已废止":
        yield Mistake(file, line, f"《{cited.statute}》已经废止，不能按条引用", "改引现行规定")
    elif cited.key not in statute.articles:
        yield _missing(register, statute, file, line, cited)
    elif not _has(statute, cited):
        yield Mistake(file, line, _no_such_part(statute, cited), "核对款、项的数目；没有分款的条文不写“第一款”")
    else:
        yield from _bound(register, page, statute, file, located)


def _unknown(register: Register, file: str, line: int, cited: Citation) -> Mistake:
    if cited.statute is None:
        return Mistake(file, line, "“本法”“本规定”只能用在法规库的页面里", "写出法律的名称")
    if now := register.repealed.get(cited.statute):
        what = f"《{cited.statute}》已经废止，不能按条引用"
        return Mistake(file, line, what, f"改引{now}；只说历史时写“原《{cited.statute}》”，不写条号")
    close = difflib.get_close_matches(cited.statute, register.by_name, 1, 0.5)
    remedy = f"是不是《{close[0]}》？" if close else "先在 docs/law/ 为它建一页"
    return Mistake(file, line, f"法规库里没有《{cited.statute}》", remedy)


def _missing(register: Register, statute: Page, file: str, line: int, cited: Citation) -> Mistake:
    assert statute.statute
    short, name = statute.statute.short[0], article_name(cited.key)
    last = verbatim.last_article(statute.statute.full)
    if last and cited.article > last:
        return Mistake(file, line, f"《{short}》没有{name}，它只有 {last} 条", "核对条号")
    if last and cited.key not in verbatim.texts(statute.statute.full):
        return Mistake(file, line, f"《{short}》没有{name}", "核对条号")
    page = register.corpus.source_of(statute.path)
    return Mistake(file, line, f"法规库的《{short}》里没有收{name}", f"核对条文后，在 {page} 加一节“## {name}”和要旨")


def _has(statute: Page, cited: Citation) -> bool:
    assert statute.statute
    if text := verbatim.texts(statute.statute.full).get(cited.key):
        return text.has(cited.paragraph, cited.item)
    count = statute.statute.paragraphs.get(cited.key)
    return count is None or cited.paragraph is None or 1 <= cited.paragraph <= count


def _no_such_part(statute: Page, cited: Citation) -> str:
    assert statute.statute
    text = verbatim.texts(statute.statute.full).get(cited.key)
    count = len(text.paragraphs) if text else statute.statute.paragraphs[cited.key]
    where = f"《{statute.statute.short[0]}》{article_name(cited.key)}"
    if cited.paragraph is not None and cited.paragraph > count:
        return f"{where}只有 {count} 款，没有第 {cited.paragraph} 款"
    return f"{where}没有第 {cited.item} 项"


def _bound(register: Register, page: Page, statute: Page, file: str, located: Located) -> Iterator[Mistake]:
    """A rule that binds none of those a course is for must not be taught as their duty."""
    institutions, learners = _whose(register.corpus, page)
    assert statute.statute
    if institutions and not statute.statute.binds(institutions) and not CONTRAST.search(located.sentence):
        short, whom = statute.statute.short[0], "、".join(statute.statute.applies_to)
        what = f"《{short}》约束的是{whom}，不约束{learners}（{'、'.join(institutions)}）"
        yield Mistake(file, located.line, what, "同一句里写明它不适用，或改引对他们有效的规定")


def _whose(corpus: Corpus, page: Page) -> tuple[list[Institution], str]:
    """Give the institutions for whose staff a page is, and what to call them; none where nobody said."""
    if corpus.company and page.path in corpus.company.pages:
        own = corpus.company.profile.institution if corpus.company.profile else None
        return [own] if own else [], "本公司"
    course = corpus.course_of(page.path)
    return course.meta.institutions if course and isinstance(course.meta, CourseMeta) else [], "这门课的对象"


def _checked(page: Page, name: str, today: datetime.date) -> Iterator[Mistake]:
    if page.meta.checked is None:
        if page.mistakes:
            return  # Its front matter could not be read; its author is told of that alone.
        yield Mistake(name, 1, "引用了法条，页首却没有“checked”", "核对之后写上日期，如“checked: 2026-11-22”")
    elif today - page.meta.checked > OLD:
        what = f"法律表述上次核对是 {page.meta.checked}，超过一年"
        yield Mistake(name, 1, what, "重新核对后改日期", notice=True)


def _duties(register: Register, page: Page, name: str) -> Iterator[Mistake]:
    """A duty without an article rests on its statute's name, which must be the register's too."""
    for place, duty in enumerate(page.duties):
        if duty.statute not in register.by_name:
            front, _ = split_front_matter(text_of(register.corpus.file_of(page.path), name)[0])
            line = 2 + read_yaml(front, name, 2)[0].line(("duties", place, "basis"))
            yield Mistake(
                name, line, f"法规库里没有《{duty.statute}》", "写法规库里的名称，或先在 docs/law/ 为它建一页"
            )


def _statute(register: Register, page: Page) -> Iterator[Mistake]:
    """What a statute's own page can get wrong."""
    assert page.statute
    name = register.corpus.source_of(page.path)
    for short in (page.statute.full, *page.statute.short):
        if (other := register.by_name[short]) != page:
            yield Mistake(name, 1, f"“{short}”这个名称已经属于 {other.path}", "换一个简称")
    known = verbatim.texts(page.statute.full)
    for article in page.articles.values():
        line = page.first_line + article.line
        if known and article.key not in known:
            yield Mistake(
                name, line, f"法律数据包里的《{page.statute.short[0]}》没有{article_name(article.key)}", "核对条号"
            )
        if not article.gist:
            yield Mistake(name, line, f"{article_name(article.key)}下面没有要旨", "写一段：它对催收意味着什么")
    for key in page.statute.paragraphs:
        if key not in page.articles:
            yield Mistake(name, 1, f"paragraphs 里的“{key}”在本页没有这一条", "删去，或补上那一条")
    if unused := [key for key in page.articles if (page.path, key) not in register.cited_by]:
        yield Mistake(name, 1, f"有 {len(unused)} 条没有一页引用：{_listed(unused)}", notice=True)


def _listed(keys: Iterable[str]) -> str:
    return "、".join(map(article_name, keys))
