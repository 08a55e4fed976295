"""Makes both the record that a file is read by and the frozen object that comes of it, from one declaration.

The declaration is a frozen dataclass. A field that stands in the file says how it is read beside its type::

    @dataclass(frozen=True)
    class Band:
        least: Annotated[float, Number(0, 3), Key("from")]
        name: Annotated[Translated, Texts()]
        note: Annotated[Translated | None, Texts()]

A field that may be None may be left out of the file, and so may one with a ``Default``. A field with a type only is
given by whoever makes the object: the id that is a file's name, for instance. JSON Schema and the example of a new
file come of the record.
"""

from __future__ import annotations

import dataclasses
import functools
from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field
from types import NoneType
from typing import Annotated, Any, TypeVar, get_args, get_origin, get_type_hints

from guide.reading.schema import ByLanguage, Found, Kind, ListOf, Notes, Record

Made = TypeVar("Made")


@dataclass(frozen=True)
class Default:
    """The value of a key that is left out."""

    value: Any


@dataclass(frozen=True)
class Key:
    """What a field is called in the file, where that is no name for it here."""

    name: str


@dataclass(frozen=True)
class Shape(Record):
    """A record that objects of the class ``of`` are made of; ``fields`` has the field of each key."""

    of: type[Any] = object
    fields: Mapping[str, str] = field(default_factory=dict)
    defaults: Mapping[str, Any] = field(default_factory=dict)

    @property
    def given(self) -> frozenset[str]:
        """The fields that do not stand in the file."""
        return frozenset(one.name for one in dataclasses.fields(self.of)) - frozenset(self.fields.values())

    def json_schema(self, key: str, notes: Notes) -> dict[str, Any]:
        """Also what a key that is left out stands for, where that can be written: an editor shows it."""
        schema = super().json_schema(key, notes)
        for name, value in self.defaults.items():
            if isinstance(value, str | int | float) and _may_be(schema["properties"][name], value):
                schema["properties"][name]["default"] = value
        return schema

    def is_whole(self, found: Found) -> bool:
        """Returns whether nothing is missing that every object has."""
        return all(found[key] is not None for key in self.keys if key not in self.optional)


def _may_be(schema: Mapping[str, Any], value: Any) -> bool:
    """Whether ``value`` may stand in the file: not so a number that only sorts after all that can be written."""
    return not isinstance(value, int) or value <= schema.get("maximum", value)


def shape_of(declared: type[Any]) -> Shape:
    """Returns the record of a class, its keys in the order of the fields."""
    known: Any = declared
    return _shape_of(known)


@functools.cache
def _shape_of(declared: Hashable) -> Shape:
    assert isinstance(declared, type)
    keys: dict[str, Kind] = {}
    fields: dict[str, str] = {}
    defaults: dict[str, Any] = {}
    hints = get_type_hints(declared, include_extras=True)
    for one in dataclasses.fields(declared):
        said = _said(hints[one.name])
        if Kind not in said:
            continue
        key = said[Key].name if Key in said else one.name
        keys[key], fields[key] = said[Kind], one.name
        if Default in said:
            defaults[key] = said[Default].value
        elif NoneType in get_args(get_args(hints[one.name])[0]):
            defaults[key] = None
    return Shape(keys, frozenset(defaults), of=declared, fields=fields, defaults=defaults)


def _said(hint: Any) -> dict[type[Any], Any]:
    """Returns what stands beside a type: its kind, its default, its key."""
    beside = get_args(hint)[1:] if get_origin(hint) is Annotated else ()
    return {wanted: one for one in beside for wanted in (Kind, Default, Key) if isinstance(one, wanted)}


def list_of(declared: type[Any], length: int | None = None, least: int = 1) -> ListOf:
    """Returns a list of records of a class."""
    return ListOf(shape_of(declared), length, least)


def make(declared: type[Made], found: Found, **given: Any) -> Made:
    """The object of a record that is whole; ``given`` are the fields that do not stand in the file, or are otherwise.

    Of lists and languages, what could not be read is left out.
    """
    made: Made = declared(**_values(shape_of(declared), found), **given)
    return made


def _values(shape: Shape, found: Found) -> dict[str, Any]:
    return {
        shape.fields[key]: shape.defaults.get(key) if found[key] is None else _made(kind, found[key])
        for key, kind in shape.keys.items()
    }


def _made(kind: Kind, value: Any) -> Any:
    """Returns a value as the object holds it; None where a record in it is not whole."""
    if isinstance(kind, Shape):
        return kind.of(**_values(kind, value)) if kind.is_whole(value) else None
    if isinstance(kind, ListOf):
        made = (_made(kind.item, one) for one in value if one is not None)
        return tuple(one for one in made if one is not None)
    if isinstance(kind, ByLanguage):
        return {code: _made(kind.item, one) for code, one in value.items()}
    return value
