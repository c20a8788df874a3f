"""The house's template tags and components."""

from datetime import UTC, date, datetime

import pytest
from django import forms
from django.core.paginator import Paginator
from django.template import RequestContext, Template
from django.test import RequestFactory
from django.utils import translation

from zuji.errors import Place, problem
from zuji.text import Text


def rendered(source: str, **context: object) -> str:
    request = RequestFactory().get(str(context.pop("path", "/factors/?q=1")))
    return Template(source).render(RequestContext(request, context))


def test_a_bilingual_text_follows_the_page() -> None:
    text = Text("水泥", "cement")
    assert rendered("{{ text|words }}", text=text) == "水泥"
    with translation.override("en"):
        assert rendered("{{ text|words }}", text=text) == "cement"
        assert rendered("{{ text|words }}", text=Text("水泥")) == "水泥"


def test_a_number_stands_with_its_unit() -> None:
    shown = rendered("{% number value 'kgCO2e/kWh' %}", value=0.5777)
    assert '<span class="number">0.5777</span>' in shown
    assert '<span class="unit">kgCO2e/kWh</span>' in shown
    assert "unit" not in rendered("{% number value 'kg' %}", value=None)


def test_what_people_typed_is_escaped() -> None:
    assert "<b>" not in rendered("{% badge text 'warn' %}{% number 1 text %}", text="<b>")
    assert "<b>" not in rendered("{% card title=text %}x{% endcard %}", text="<b>")


def test_a_moment_is_shown_in_the_sites_time() -> None:
    assert rendered("{{ at|when }}", at=datetime(2026, 11, 21, 16, 30, tzinfo=UTC)) == "2026-11-22 00:30"
    assert rendered("{{ at|when }}", at=date(2026, 1, 2)) == "2026-01-02"
    assert rendered("{{ at|when }}", at=None) == ""


def test_the_other_language_is_the_same_page() -> None:
    assert rendered("{% here_in 'en' %}", path="/factors/?q=水泥&page=2").startswith("/en/factors/?q=")
    with translation.override("en"):
        assert rendered("{% here_in 'zh-hans' %}", path="/en/policy/") == "/policy/"


def test_the_navigation_marks_where_one_is() -> None:
    assert 'aria-current="page"' in rendered("{% at '/factors/' %}", path="/factors/?q=1")
    assert 'aria-current="true"' in rendered("{% at '/factors/' %}", path="/factors/gwp/")
    assert rendered("{% at '/' exactly=True %}", path="/factors/") == ""
    assert rendered("{% at '' %}", path="/factors/") == ""


class _Form(forms.Form):
    name = forms.CharField(label="Name", help_text="As on the licence", max_length=5)
    agreed = forms.BooleanField(label="Agreed", required=False)
    way = forms.ChoiceField(label="Way", choices=[("a", "A"), ("b", "B")], widget=forms.RadioSelect)


FIELD = '{% include "ui/components/field.html" %}'


def test_a_field_has_label_help_and_error_tied_to_it() -> None:
    form = _Form({"name": "far too long"})
    shown = rendered(FIELD, field=form["name"])
    assert '<label class="form-label" for="id_name">' in shown
    assert 'id="id_name_helptext"' in shown
    assert 'id="id_name_error"' in shown
    assert 'aria-describedby="id_name_helptext id_name_error"' in shown
    assert "is-invalid" in shown


def test_choices_have_a_legend_and_a_checkbox_its_label_behind_it() -> None:
    form = _Form()
    assert "<legend" in rendered(FIELD, field=form["way"])
    checkbox = rendered(FIELD, field=form["agreed"])
    assert checkbox.index("<input") < checkbox.index("<label")
    assert 'class="form-check-input"' in checkbox


def test_problems_say_where_what_and_the_cure() -> None:
    found = problem(
        "x", "数量缺失", "amount missing", cure_zh="请填写", cure_en="fill it in", place=Place(row=3)
    )
    shown = rendered('{% include "ui/components/problems.html" %}', problems=[found])
    for words in ("第 3 行", "数量缺失", "请填写", 'role="alert"'):
        assert words in shown
    assert rendered('{% include "ui/components/problems.html" %}', problems=[]).strip() == ""


def test_page_links_keep_the_rest_of_the_address() -> None:
    page = Paginator(range(1000), 10).page(50)
    shown = rendered('{% include "ui/components/pagination.html" %}', page=page, path="/factors/?q=a&page=50")
    assert "q=a&amp;page=51" in shown
    assert 'aria-current="page"' in shown
    assert "…" in shown


def test_a_modal_names_itself_by_its_title() -> None:
    shown = rendered("{% modal id='ask' title='Ask' %}<p>x</p>{% endmodal %}")
    assert 'aria-labelledby="ask-title"' in shown
    assert "<p>x</p>" in shown


@pytest.mark.parametrize("name", ["search", "menu", "download", "warning"])
def test_icons_exist(name: str) -> None:
    from django.contrib.staticfiles import finders

    with open(str(finders.find("ui/icons.svg")), encoding="utf-8") as file:  # noqa: PTH123 - a found path
        assert f'id="{name}"' in file.read()
    assert 'aria-hidden="true"' in rendered(f"{{% icon '{name}' %}}")
    assert 'role="img"' in rendered(f"{{% icon '{name}' 'Label' %}}")
