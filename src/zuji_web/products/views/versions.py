"""The difference between two versions of a study."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET

from zuji.lca.differences import Alteration, ChangeKind, Step
from zuji_web.accounts.guards import signed_in
from zuji_web.products import drafts
from zuji_web.products.labels import COLUMNS, FIELDS, STUDY_FIELDS
from zuji_web.products.models import ProductStudy
from zuji_web.products.queries import calculation, differences
from zuji_web.products.queries.differences import Compared
from zuji_web.products.views.reviews import own_study
from zuji_web.products.views.workbench import frame
from zuji_web.ui.numbers import published, shown


@require_GET
@signed_in
def changes(request: HttpRequest, study_id: UUID) -> HttpResponse:
    """What changed the number since another version, and by how much."""
    study = own_study(request, study_id)
    others = differences.comparable_versions(study)
    base = _chosen(request, others) or differences.base_of(study, others)
    context = frame(request, study, "review") | {"versions": others, "base": base}
    if base is not None:
        context |= _shown(differences.between(base, study))
    return render(request, "products/changes.html", context)


def _chosen(request: HttpRequest, others: list[ProductStudy]) -> ProductStudy | None:
    asked = request.GET.get("against", "")
    if not asked:
        return None
    found = next((version for version in others if str(version.pk) == asked), None)
    if found is None:
        raise Http404
    return found


def _shown(compared: Compared) -> dict[str, Any]:
    found = compared.difference
    kept, rest = differences.condensed(found.steps)
    steps = [_row(step, found.before) for step in found.steps]
    names = [_title(step) for step in kept]
    effects = [step.effect or 0.0 for step in kept]
    drawn = found
    if rest:
        others = Step(alterations=(), effect=sum(step.effect or 0.0 for step in rest))
        drawn = differences.with_steps(found, (*kept, others))
        names.append(ngettext("%(n)s further change", "%(n)s further changes", len(rest)) % {"n": len(rest)})
        effects.append(others.effect or 0.0)
    option = differences.waterfall(
        drawn,
        [
            _("Version %(n)s") % {"n": compared.before.version},
            *names,
            _("Version %(n)s") % {"n": compared.after.version},
        ],
        [signed(effect) for effect in effects],
        (published(found.before), published(found.after)),
    )
    before_unit, unit = (calculation.live(each).unit for each in (compared.before, compared.after))
    return {
        "found": found,
        "unit": unit,
        "before_unit": before_unit,
        "other_unit": unit != before_unit,
        "before_text": published(found.before),
        "after_text": published(found.after),
        "effect_text": signed(found.effect),
        "share_text": _share(found.effect, found.before),
        "steps": steps,
        "words": [_word(name, compared.after) for name in found.words],
        "chart": option,
        "height": 60 + 30 * (len(names) + 2),
    }


def signed(value: float | None) -> str:
    """A change with its sign."""
    if value is None:
        return "—"
    return f"+{published(value)}" if value > 0 else published(value)


def _share(effect: float | None, before: float | None) -> str:
    if effect is None or not before:
        return ""
    return f"{effect / abs(before) * 100:+.1f} %"


def _row(step: Step, before: float | None) -> dict[str, Any]:
    return {
        "title": _title(step),
        "changes": [_change(alteration) for alteration in step.alterations],
        "effect": signed(step.effect),
        "share": _share(step.effect, before),
        "line": step.alterations[0].line if step.alterations else "",
    }


def _title(step: Step) -> str:
    first = step.alterations[0]
    name = (
        str(STUDY_FIELDS.get(first.name, first.name)) if not first.line and not first.process else first.name
    )
    more = len(step.alterations) - 1
    if not more:
        return name
    return ngettext("%(name)s and %(n)s more", "%(name)s and %(n)s more", more) % {"name": name, "n": more}


def _change(alteration: Alteration) -> dict[str, Any]:
    kinds = {
        ChangeKind.ADDED: _("added"),
        ChangeKind.REMOVED: _("removed"),
        ChangeKind.CHANGED: _("changed"),
        ChangeKind.FACTOR: _("newer factor"),
    }
    keys = dict.fromkeys([*alteration.before, *alteration.after])
    return {
        "kind": kinds[alteration.kind],
        "name": alteration.name,
        "fields": [
            {
                "name": _field(key),
                "before": _value(alteration.before.get(key)),
                "after": _value(alteration.after.get(key)),
            }
            for key in keys
            if alteration.before.get(key) != alteration.after.get(key)
        ],
    }


def _field(key: str) -> str:
    known = {
        "quantity": COLUMNS["amount"],
        "factor_version": _("Version of the factor"),
        "intensity": _("Factor value"),
        "process": _("Process"),
    }
    if key in known:
        return str(known[key])
    if key in FIELDS:
        return str(FIELDS[key][0])
    return str(COLUMNS.get(key) or STUDY_FIELDS.get(key) or key)


def _value(value: Any) -> str:
    if value is None or value in ("", [], {}):
        return "—"
    if isinstance(value, float):
        return shown(value, 5)
    if isinstance(value, dict):
        if value.keys() == {"amount", "unit"}:
            return f"{shown(value['amount'])} {value['unit']}"
        return ", ".join(f"{key}: {_value(part)}" for key, part in value.items())
    if isinstance(value, list):
        return "; ".join(_value(part) for part in value)
    return str(value)


def _word(name: str, study: ProductStudy) -> str:
    if name.startswith("lines."):
        items = dict(_items(study))
        line = name.removeprefix("lines.")
        return _("words of the line “%(item)s”") % {"item": items.get(line) or line}
    return str(STUDY_FIELDS.get(name, name))


def _items(study: ProductStudy) -> list[tuple[str, str]]:
    return [(row["id"], str(row.get("item", ""))) for _process, row in drafts.lines(study.document)]
