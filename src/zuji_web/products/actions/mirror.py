"""What lists and searches show of a study, kept beside its document."""

from zuji_web.products import drafts
from zuji_web.products.models import ProductStudy
from zuji_web.products.queries.calculation import live


def mirror(study: ProductStudy) -> None:
    """Sets name, product, marking and total of a study from its document; the caller saves."""
    product = drafts.text_at(study.document, "product", "name")
    model = drafts.text_at(study.document, "product", "model")
    study.product_name = product[:200]
    study.name = f"{product} {model}".strip()[:200]
    study.demonstration = study.document.get("demonstration") is True
    result = live(study)
    study.total = result.total if result.complete else None
    study.total_unit = result.unit[:40]
