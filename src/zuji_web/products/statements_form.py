"""The page of statements as a form over a draft: what was seen, what was answered, what others changed.

Each answer is saved by itself: a question, a record as a whole, a list as a whole. Where somebody else
changed the same answer meanwhile, the present one is told at the question and nothing of this page is lost.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from zuji.model.stages import STAGE_NAMES
from zuji_web.products.forms import AmountField, UnitField, seen_values
from zuji_web.products.inventory_forms import rows
from zuji_web.products.operations import Document, Operation, same
from zuji_web.products.statements_cells import Cell, Question
from zuji_web.products.statements_questions import EXCLUDED, QUESTIONS, RECORDS, TABLES
from zuji_web.products.statements_tables import table
from zuji_web.products.vocabulary import spoken

Choices = Mapping[str, Sequence[tuple[str, Any]]]
_ROWS = 2
_NEEDED = {
    "statements.comparison": ("product", "total", "unit.amount", "unit.unit"),
    "statements.tracking": ("period", "total", "unit.amount", "unit.unit"),
}
_SHOWN_OF_OTHERS = 300


class NamesField(forms.CharField):
    """Names apart by commas, of a known list."""

    def __init__(self, *args: Any, known: Sequence[str], **kwargs: Any) -> None:
        self.known = frozenset(known)
        super().__init__(*args, **kwargs)

    def clean(self, value: Any) -> Any:
        text = super().clean(value) or ""
        for sign in "，、;；\n":
            text = text.replace(sign, ",")
        names = [name.strip() for name in text.split(",") if name.strip()]
        unknown = [name for name in names if name not in self.known]
        if unknown:
            raise ValidationError(_("Not known: %(names)s") % {"names": ", ".join(unknown[:5])})
        return list(dict.fromkeys(names))

    def prepare_value(self, value: Any) -> Any:
        return ", ".join(map(str, value)) if isinstance(value, list) else value


class StatementsForm(forms.Form):
    """Every question, every reason for a stage left out, and the tables beside them.

    `choices` are the lists that a question names. `seen` in the posted data is what the person was shown.
    """

    def __init__(self, data: Any = None, *, document: Document, choices: Choices) -> None:
        self.document = document
        self.stored = {path: at(document, path) for path in answers_of()}
        self.seen = seen_values(data.get("seen")) if data is not None else dict(self.stored)
        shown = {path: _shown(question, at(document, path)) for path, question in QUESTIONS.items()}
        shown |= {f"{EXCLUDED}.{stage}": reason for stage, reason in self._exclusions(self.stored).items()}
        super().__init__(data, auto_id="%s", initial=shown)
        for path, question in QUESTIONS.items():
            self.fields[path] = _field(question, choices, shown[path])
        self.outside = [stage for stage in STAGE_NAMES if stage not in _inside(document)]
        for stage in self.outside:
            self.fields[f"{EXCLUDED}.{stage.value}"] = forms.CharField(
                label=spoken(STAGE_NAMES[stage]),
                required=False,
                max_length=1000,
                widget=forms.TextInput(attrs={"placeholder": _("For example: not known where it is used")}),
            )
        self.tables = {
            path: table(path, data, document=document, stored=self.stored[path]) for path in TABLES
        }
        self.overtaken: dict[str, str] = {}

    @staticmethod
    def _exclusions(stored: Mapping[str, Any]) -> dict[str, str]:
        records = stored[EXCLUDED] if isinstance(stored[EXCLUDED], list) else []
        return {
            str(record.get("stage")): str(record.get("reason", ""))
            for record in records
            if isinstance(record, Mapping)
        }

    def is_valid(self) -> bool:
        return all([super().is_valid(), *(each.is_valid() for each in self.tables.values())])

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        start, end = given.get("period.start"), given.get("period.end")
        if start and end and end <= start:
            self.add_error("period.end", _("The end must be after the begin"))
        for whole in RECORDS:
            if self._record(whole) is None:
                continue
            for part in _NEEDED[whole]:
                path = f"{whole}.{part}"
                if path not in self.errors and _stored_as(QUESTIONS[path], given.get(path)) is None:
                    self.add_error(path, _("Needed as soon as anything else about it is stated"))
        return given

    def operations(self) -> list[Operation]:
        """What the person changed, each with what they had seen; empty where another was faster.

        `overtaken` then says what the others wrote, and `seen` is what stands there now, so that saving once
        more puts this person's answer in its place knowingly.
        """
        changes: list[Operation] = []
        for path, value in self._answers():
            if path not in self.seen or _alike(value, self.seen[path]):
                continue
            if _alike(value, self.stored[path]):
                continue
            if not same(self.stored[path], self.seen[path]):
                self.overtaken[path] = self._told(path)
                self.seen[path] = self.stored[path]
                continue
            changes.append({"op": "set", "path": path.split("."), "value": value, "was": self.stored[path]})
        return [] if self.overtaken else changes

    @property
    def seen_text(self) -> str:
        """What the page was filled with, to be sent back with the answers."""
        return json.dumps(self.seen, ensure_ascii=False)

    def _answers(self) -> Iterator[tuple[str, Any]]:
        """Every answer by its path, nothing where it is empty."""
        for path, question in QUESTIONS.items():
            if not path.startswith(tuple(f"{whole}." for whole in RECORDS)):
                yield path, self._scalar(question)
        for whole in RECORDS:
            yield whole, self._record(whole)
        yield EXCLUDED, self._excluded()
        for path, formset in self.tables.items():
            yield path, rows(formset) or None

    def _scalar(self, question: Question) -> Any:
        value = _stored_as(question, self.cleaned_data.get(question.path))
        if question.cell is Cell.CHECK and self.stored[question.path] is False:
            return bool(value)
        # The set that a study has without saying so is not written down.
        return None if question.path == "gwp" and value == "AR6" and self.stored["gwp"] is None else value

    def _record(self, whole: str) -> dict[str, Any] | None:
        """A record from its questions, None where all of them are empty."""
        record: dict[str, Any] = {}
        for path, question in QUESTIONS.items():
            value = (
                _stored_as(question, self.cleaned_data.get(path)) if path.startswith(f"{whole}.") else None
            )
            if value is None:
                continue
            node, parts = record, path.removeprefix(f"{whole}.").split(".")
            for part in parts[:-1]:
                node = node.setdefault(part, {})
            node[parts[-1]] = value
        return record or None

    def _excluded(self) -> list[dict[str, Any]] | None:
        said = {stage.value: self.cleaned_data.get(f"{EXCLUDED}.{stage.value}", "") for stage in self.outside}
        kept = {stage: reason for stage, reason in self._exclusions(self.stored).items() if stage not in said}
        reasons = {stage: _plain(reason) for stage, reason in {**kept, **said}.items()}
        return [{"stage": stage, "reason": reason} for stage, reason in reasons.items() if reason] or None

    def _told(self, path: str) -> str:
        stored = self.stored[path]
        if stored in (None, "", []):
            there = _("empty")
        elif isinstance(stored, str | int | float):
            there = _("“%(value)s”") % {"value": str(stored)[:_SHOWN_OF_OTHERS]}
        else:
            there = _("other entries")
        return _(
            "Somebody else changed this meanwhile; it now says %(there)s. Save again to put yours there."
        ) % {"there": there}


def answers_of() -> list[str]:
    """The paths under which answers are saved."""
    records = tuple(f"{whole}." for whole in RECORDS)
    return [*(path for path in QUESTIONS if not path.startswith(records)), *RECORDS, EXCLUDED, *TABLES]


def at(document: Mapping[str, Any], path: str) -> Any:
    """What stands at a path such as `goal.reason`, None where nothing does."""
    node: Any = document
    for part in path.split("."):
        node = node.get(part) if isinstance(node, Mapping) else None
    return node


def _inside(document: Document) -> frozenset[str]:
    stages = at(document, "boundary.stages")
    return frozenset(map(str, stages)) if isinstance(stages, list) else frozenset()


def _shown(question: Question, stored: Any) -> Any:
    if question.cell is Cell.TRUTH:
        return {True: "true", False: "false"}.get(stored, "") if isinstance(stored, bool) else ""
    if question.path == "gwp":
        return stored or "AR6"
    return stored


def _stored_as(question: Question, given: Any) -> Any:
    """A cleaned answer as the document holds it."""
    if question.cell is Cell.TRUTH:
        return {"true": True, "false": False}.get(given)
    if isinstance(given, date):
        return given.isoformat()
    if isinstance(given, str):
        return _plain(given) or None
    return None if given is False or given == [] else given


def _plain(text: str) -> str:
    return text.replace("\r\n", "\n").strip()


def _alike(value: Any, other: Any) -> bool:
    """Whether two answers say the same; what is left out counts as empty."""
    return same(_bare(value), _bare(other))


def _bare(value: Any) -> Any:
    if isinstance(value, str):
        return _plain(value) or None
    if isinstance(value, Mapping):
        parts = {key: _bare(item) for key, item in value.items()}
        return {key: item for key, item in parts.items() if item is not None and item is not False} or None
    if isinstance(value, list):
        return [_bare(item) for item in value] or None
    return value


def _field(question: Question, choices: Choices, shown: Any) -> forms.Field:
    common: dict[str, Any] = {"label": question.label, "help_text": question.help, "required": False}
    example = {"placeholder": question.example} if question.example else {}
    field: forms.Field
    match question.cell:
        case Cell.LONG:
            area = forms.Textarea(attrs={"rows": _ROWS, **example})
            return forms.CharField(widget=area, max_length=question.most, **common)
        case Cell.CHECK:
            return forms.BooleanField(**common)
        case Cell.TRUTH:
            said = [("", _("not said")), ("true", _("inside")), ("false", _("not inside"))]
            return forms.ChoiceField(choices=said, **common)
        case Cell.CHOICE:
            return forms.ChoiceField(choices=_with(choices[question.choices], shown), **common)
        case Cell.SEVERAL:
            return forms.MultipleChoiceField(
                choices=_with(choices[question.choices], shown), widget=forms.CheckboxSelectMultiple, **common
            )
        case Cell.NUMBER:
            field = AmountField(**common)
        case Cell.UNIT:
            field = UnitField(max_length=40, **common)
            field.widget.attrs.update({"list": "unit-list", "autocomplete": "off"})
        case Cell.DAY:
            day = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
            return forms.DateField(widget=day, **common)
        case Cell.NAMES:
            names = [str(name) for name, _label in choices["gases"]]
            field = NamesField(known=names, max_length=question.most, **common)
        case _:
            field = forms.CharField(max_length=question.most, **common)
    field.widget.attrs.update(example)
    return field


def _with(listed: Sequence[tuple[str, Any]], shown: Any) -> list[tuple[str, Any]]:
    """The choices, with what is stored among them even where it is none of them."""
    known = {
        str(value)
        for value, label in listed
        for value, _label in (label if isinstance(label, list) else [(value, label)])
    }
    others = shown if isinstance(shown, list) else [shown]
    extra = [
        (str(value), str(value)) for value in others if value not in (None, "") and str(value) not in known
    ]
    return [*listed, *extra]
