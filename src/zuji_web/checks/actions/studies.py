"""Beginning a study from a rule."""

from datetime import date
from uuid import uuid4

from django.db import transaction

from zuji.model.category_rules import ProductCategoryRule
from zuji.model.studies import Period, Product
from zuji.rules.applying_template import template
from zuji_web.accounts.actors import Actor
from zuji_web.products.actions import studies
from zuji_web.products.models import ProductStudy


@transaction.atomic
def begin(
    *,
    rule: ProductCategoryRule,
    product: str,
    start: date,
    end: date,
    region: str,
    by: Actor,
) -> ProductStudy:
    """A draft whose lines are what the resolved rule asks for, as gaps to be filled."""
    code = " ".join(str(each) for each in rule.scope.products[:1])
    study = template(
        rule,
        study_id=str(uuid4()),
        product=Product(name=product, code=code),
        period=Period(start=start.isoformat(), end=end.isoformat()),
        geography=region,
    )
    return studies.create_from(study=study, by=by, origin=f"rule {rule.key}")
