"""Checked studies and adopted rules for tests, made as the platform makes them."""

from typing import Any

from django.core.management import call_command

from tests.web.factories import accounts, products
from tests.web.factories.results import tray
from zuji_web.accounts.actors import Actor
from zuji_web.checks.actions import rechecks
from zuji_web.checks.models import Recheck
from zuji_web.products.models import ProductStudy
from zuji_web.rulebook.actions import versions
from zuji_web.rulebook.models import RuleVersion

GENERAL = "gbt24067@1"
RULE = """id: test-electricity
version: '{version}'
name: 试验规则
name_en: Test rule
standing: demonstration
source: 仅用于测试
certainty: unconfirmed
extends: gbt24067@1
{rest}"""


def loaded() -> None:
    """The shipped rules."""
    call_command("load_rules", verbosity=0)


def draft(rest: str = "", *, version: str = "1", by: Actor | None = None) -> RuleVersion:
    """A draft of a rule that exists only in tests."""
    text = RULE.format(version=version, rest=rest)
    return versions.create(text=text, by=by or accounts.appointed("rule_editor"))


def adopted(rest: str = "", *, version: str = "1", by: Actor | None = None) -> RuleVersion:
    """The same, adopted by somebody else."""
    row = draft(rest, version=version)
    return versions.adopt(rule=row, reason="Meeting 1", by=by or accounts.appointed("standards_approver"))


def naming(rule: str, *, by: Actor | None = None, **values: Any) -> ProductStudy:
    """A countable draft that names a rule."""
    return products.study(rule=rule, by=by, **values)


def whole(*, by: Actor | None = None, **values: Any) -> ProductStudy:
    """A draft with two processes, co-products and scenarios."""
    return tray(by=by, **values)


def recheck(of: Actor, *, version: str = "1") -> Recheck:
    """A finished run over the studies of an organisation."""
    rule = RuleVersion.objects.filter(rule_id="test-electricity", version=version).first()
    rule = rule or adopted(version=version)
    naming(rule.key, by=of)
    return rechecks.begin(rule=rule, by=of)
