"""The shipped examples on the platform: all complete, marked, and with the library's own result."""

from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from zuji.formats import document
from zuji.quality import evaluate
from zuji_web.factors.queries import library
from zuji_web.products.models import ProductStudy
from zuji_web.products.queries.calculation import live

pytestmark = pytest.mark.django_db
FILES = sorted((Path(settings.ROOT) / "examples").glob("*.yaml"))


def test_every_example_is_loaded_once_and_complete() -> None:
    for said in (f"{len(FILES)} added", f"{len(FILES)} unchanged"):
        out = StringIO()
        call_command("load_examples", stdout=out)
        assert said in out.getvalue()
    examples = ProductStudy.objects.all()
    assert len(examples) == len(FILES) >= 10
    assert all(example.demonstration and example.organisation.demonstration for example in examples)
    assert not [example.name for example in examples if example.total is None]


def test_the_live_total_of_an_example_is_what_the_command_line_prints() -> None:
    call_command("load_examples", verbosity=0)
    using = library()
    for path in FILES:
        study = document.load(path.read_bytes(), name=path.name)
        expected = evaluate(study, using.source, using.gwp[study.gwp], using.fuels)
        example = ProductStudy.objects.get(document__id=study.id)
        assert live(example).total == expected.total == example.total


def test_a_folder_without_examples_is_said(tmp_path: Path) -> None:
    with pytest.raises(CommandError):
        call_command("load_examples", directory=tmp_path)


def test_a_damaged_example_loads_none(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_bytes(FILES[0].read_bytes())
    (tmp_path / "b.yaml").write_text("product: [", encoding="utf-8")
    with pytest.raises(CommandError):
        call_command("load_examples", directory=tmp_path)
    assert not ProductStudy.objects.exists()
