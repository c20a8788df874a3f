"""Fitting a data set to its schema without losing what does not fit, and undoing that when it is read.

Real data break the schemas: an author of 41 characters, a CAS number with leading zeros, no date at all.
`conform` writes the nearest thing that the schema allows and notes every change in an element that both
schemas allow at the end of a data set; `restore` undoes the changes, last first. Other programs read the
nearest thing. A value that someone edited since is left as it is.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import cast

from lxml import etree

from zuji.errors import ZujiError
from zuji.formats.ecospold2.grammar import LANGUAGE_CODE, TAG_OF_LANGUAGE, Part, Rule, made, schema_order
from zuji.formats.ecospold2.nodes import content_of, element_of, local, namespace_of
from zuji.formats.xml_tree import writable

NAMESPACE = "urn:zuji:ecospold"
_CHANGES = f"{{{NAMESPACE}}}changes"
_DEPTH = 40
_XML = "{http://www.w3.org/XML/1998/namespace}"


@dataclass(frozen=True, slots=True)
class Change:
    """At `place`, `was` became `now`; None: nothing was, or is, there. `index`: where a whole child stood."""

    place: str
    was: str | None
    now: str | None
    index: int = -1

    @property
    def filled(self) -> bool:
        """Whether the schema demanded something that the data set does not say."""
        return self.was is None


def conform(
    dataset: etree._Element,
    of: Rule,
    further: Callable[[etree._Element], Iterable[Change]] = lambda _: (),
) -> tuple[Change, ...]:
    """Fits `dataset` to the rule and notes the changes in it.

    `further` makes changes that need the whole data set, such as references to numbers that are not there.
    """
    changes = [*_fitted(dataset, of, ""), *further(dataset)]
    if changes:
        dataset.append(_written(changes))
    return tuple(changes)


def restore(dataset: etree._Element) -> int:
    """Undoes the changes noted in `dataset`; how many could not be undone."""
    failed = 0
    for note in [child for child in dataset if child.tag == _CHANGES]:
        dataset.remove(note)
        for change in reversed(list(_read(note))):
            try:
                undone = _undo(dataset, change)
            except (ZujiError, ValueError):
                # the note itself was damaged on its way
                undone = False
            failed += not undone
    return failed


def _name(element: etree._Element) -> str:
    return local(cast("str", element.tag))


def once(dataset: etree._Element, attribute: str) -> Iterator[Change]:
    """Takes away an attribute whose value occurred before in the data set."""
    seen: set[str] = set()
    for element in dataset.iter():
        value = element.get(attribute)
        if value is None:
            continue
        if value in seen:
            del element.attrib[attribute]
            yield Change(f"{path_of(dataset, element)}@{attribute}", value, None)
        seen.add(value)


def path_of(dataset: etree._Element, element: etree._Element) -> str:
    """The place of an element in its data set, with a slash at the end."""
    steps: list[str] = []
    while element is not dataset:
        parent = element.getparent()
        if parent is None:
            break
        name = _name(element)
        twins = [each for each in parent if _name(each) == name]
        steps.append(f"{name}[{twins.index(element) + 1}]/")
        element = parent
    return "".join(reversed(steps))


def _fitted(element: etree._Element, of: Rule, place: str) -> Iterator[Change]:
    yield from _fitted_attributes(element, of, place)
    text = element.text or ""
    if of.text is None:
        # blanks between elements are no text, and an element without any may hold none
        if text.strip() or not len(element):
            element.text = None
        if text.strip():
            yield Change(f"{place}text()", text, None)
    elif not of.text.fits(text):
        nearest = of.text.nearest(text)
        element.text = of.text.filler if nearest is None else nearest
        yield Change(f"{place}text()", text, element.text or None)
    schema_order(element, of, _name)
    yield from _without_strangers(element, of, place)
    yield from _with_required(element, of, place)
    numbers: dict[str, int] = {}
    for child in element:
        name = _name(child)
        part = of.part(name)
        if part is not None:
            numbers[name] = number = numbers.get(name, 0) + 1
            step = name if number == 1 else f"{name}[{number}]"
            yield from _fitted(child, part.rule, f"{place}{step}/")


def _fitted_attributes(element: etree._Element, of: Rule, place: str) -> Iterator[Change]:
    for key, text in element.attrib.items():
        name, was = str(key), str(text)
        value = of.attributes.get(name)
        if value is None:
            del element.attrib[name]
            yield Change(f"{place}@{name}", was, None)
        elif not value.fits(was):
            now = value.nearest(was)
            if now is None and name in of.required:
                now = value.filler
            if now is None:
                del element.attrib[name]
            else:
                element.set(name, now)
            yield Change(f"{place}@{name}", was, now)
    for name in of.attributes:
        if name in of.required and name not in element.attrib:
            now = of.attributes[name].filler
            element.set(name, now)
            yield Change(f"{place}@{name}", None, now)


def _without_strangers(element: etree._Element, of: Rule, place: str) -> Iterator[Change]:
    """Takes out what may not stand here: unknown names, a second of what occurs once, a second language."""
    if not len(element):
        return
    seen: set[str] = set()
    index = 0
    for child in list(element):
        name = _name(child)
        part = of.part(name)
        stranger = part is None and not (of.open and name.startswith("{") and _sound(child))
        if part is not None:
            keys = _keys(child, part)
            lacking = part.needs and not any(_serves(each, part) for each in child)
            stranger = bool(lacking) or not _numbered(child, part) or any(key in seen for key in keys)
            if not stranger:
                seen.update(keys)
        if stranger:
            element.remove(child)
            yield Change(place, content_of(child), None, index)
        else:
            index += 1


def _numbered(child: etree._Element, part: Part) -> bool:
    """Whether it has what tells it from others of its name, where the schema demands that."""
    if part.unique not in part.rule.required:
        return True
    value = child.get(part.unique)
    return value is not None and part.rule.attributes[part.unique].fits(str(value))


def _serves(grandchild: etree._Element, part: Part) -> bool:
    """Whether it is one of those that the child needs, with a text the schema allows."""
    inner = part.rule.part(_name(grandchild))
    if inner is None or inner.name not in part.needs:
        return False
    return inner.rule.text is None or inner.rule.text.fits(grandchild.text or "")


def _sound(stranger: etree._Element) -> bool:
    """Whether the attributes that XML itself defines are as they must be, even in other namespaces."""
    return not any(
        str(key).startswith(_XML) and not (key == TAG_OF_LANGUAGE and LANGUAGE_CODE.fits(str(value)))
        for each in stranger.iter()
        for key, value in each.attrib.items()
    )


def _keys(child: etree._Element, part: Part) -> list[str]:
    """What may not occur twice among the children: the name, the choice, the name with the language."""
    keys = []
    if not part.many:
        keys.append(part.choice or part.name)
    if part.unique and child.get(part.unique) is not None:
        value = str(child.get(part.unique)).strip()
        # numbers are compared as numbers
        keys.append(f"{part.name} {int(value) if value.isdecimal() and len(value) < 19 else value}")
    return keys


def _with_required(element: etree._Element, of: Rule, place: str) -> Iterator[Change]:
    if not of.children:
        return
    present = {_name(child) for child in element}
    settled = {part.choice for part in of.children if part.choice and part.name in present}
    for part in of.children:
        if not part.required or part.name in present or part.choice in settled:
            continue
        if part.choice:
            settled.add(part.choice)
        element.append(made(part.name, part.rule, namespace_of(element)))
        schema_order(element, of, _name)
        yield Change(f"{place}{part.name}/", None, "")


def _written(changes: list[Change]) -> etree._Element:
    notes = etree.Element(_CHANGES, nsmap={"zuji": NAMESPACE})
    for change in changes:
        note = etree.SubElement(notes, f"{{{NAMESPACE}}}change", place=change.place)
        if change.now is not None:
            note.set("now", writable(change.now))
        if change.index >= 0:
            note.set("index", str(change.index))
        if change.was is None:
            note.set("added", "true")
        else:
            note.text = writable(change.was)
    return notes


def _read(notes: etree._Element) -> Iterator[Change]:
    for note in notes:
        index = note.get("index", "")
        yield Change(
            note.get("place", ""),
            None if note.get("added") == "true" else note.text or "",
            note.get("now"),
            int(index) if index.isdecimal() and len(index) < 9 else -1,
        )


def _undo(dataset: etree._Element, change: Change) -> bool:
    path, mark, attribute = change.place.partition("@")
    if path.count("/") > _DEPTH:
        return False
    whole_text = path.endswith("text()")
    element = _found(dataset, path.removesuffix("text()"))
    if element is None:
        return False
    if mark:
        return _undo_attribute(element, attribute, change)
    if whole_text:
        # where nothing was left, there may be blanks for the eye now
        text = element.text or ""
        if (text if change.now else text.strip()) != (change.now or ""):
            return False
        element.text = change.was
        return True
    if change.index >= 0:
        element.insert(change.index, element_of(change.was or "", namespace_of(element)))
        return True
    parent = element.getparent()
    if parent is None or change.was is not None:
        return False
    parent.remove(element)
    return True


def _undo_attribute(element: etree._Element, attribute: str, change: Change) -> bool:
    if element.get(attribute) != change.now:
        return False
    if change.was is None:
        del element.attrib[attribute]
    else:
        element.set(attribute, change.was)
    return True


def _found(dataset: etree._Element, path: str) -> etree._Element | None:
    element = dataset
    for step in path.split("/"):
        if not step:
            continue
        name, _, number = step.partition("[")
        ordinal = int(number.rstrip("]")) if number.rstrip("]").isdecimal() and len(number) < 10 else 1
        found = [child for child in element if _name(child) == name]
        if not 0 < ordinal <= len(found):
            return None
        element = found[ordinal - 1]
    return element
