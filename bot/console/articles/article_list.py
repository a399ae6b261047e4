"""稿件: all articles, by tabs and conditions that stand in the address."""

from __future__ import annotations

from flask import Blueprint, render_template, request

from bot.console import context, forms
from bot.console.family import NavLink, PageFamily, opened
from bot.web.addresses import with_args
from content.rules.people import Right
from content.rules.publishing.article_states import ArticleState
from content.rules.publishing.limits import one_line
from content.services import coded_names
from content.services.articles import article_list
from content.services.articles.article_list import NOT_OUT, ArticleConditions
from content.services.people import staff

pages = Blueprint("article_list", __name__, url_prefix="/articles")
FAMILY = PageFamily(pages, (NavLink(1, "稿件", "console.article_list.listing"),))
PAGE = 50
TABS = (("open", "没发出的"), ("mine", "我写的"), ("reserve", "备稿"), ("out", "已发布"), ("all", "全部"))
CONDITIONS = {"q": "标题", "category": "栏目", "department": "部门", "author": "谁写的"}


@pages.get("/")
@opened()
def listing() -> str:
    """One page of one tab."""
    tab = request.args.get("tab", "open")
    tab = tab if tab in dict(TABS) else "open"
    number = forms.number("page")
    found = article_list.page(
        context.office(), _wanted(tab), newest_first=tab not in ("open", "reserve"), number=number, size=PAGE
    )
    names = {person.username: person.name for person in staff.everyone(context.office())}
    return render_template(
        "console/article_list.html",
        found=found,
        number=number,
        last=max(1, -(-found.total // PAGE)),
        tab=tab,
        tabs=[(with_args(tab=key, page=""), words, None, key == tab) for key, words in TABS],
        given={name: request.args.get(name, "") for name in CONDITIONS},
        chips=[(with_args(**{name: "", "page": ""}), f"{words}：{names.get(value, value)}")
               for name, words in CONDITIONS.items() if (value := request.args.get(name, ""))],
        all_off=with_args(**dict.fromkeys(CONDITIONS, ""), page=""),
        categories=[(each.name, each.name) for each in coded_names.every_category(context.office())],
        departments=[(each.name, each.name) for each in coded_names.every_department(context.office())],
        authors=list(names.items()),
        may_write=context.visitor().may(Right.WRITE),
        year=context.office().clock.today().year,
    )  # fmt: skip


def _wanted(tab: str) -> ArticleConditions:
    author = context.visitor().username if tab == "mine" else request.args.get("author", "")
    states = {"open": NOT_OUT, "out": (ArticleState.PUBLISHED,), "reserve": NOT_OUT}.get(tab, ())
    return ArticleConditions(
        states=states,
        author=author,
        words=one_line(request.args.get("q", "")),
        category=request.args.get("category", ""),
        department=request.args.get("department", ""),
        reserve=True if tab == "reserve" else None,
    )
