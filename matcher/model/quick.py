"""What pydantic makes of an object in which nothing is wrong, made quicker: an import reads thousands of them."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Set
from typing import Annotated, Any, Generic, TypeVar, get_args, get_origin, get_type_hints

from annotated_types import Ge, GroupedMetadata, Le, MaxLen
from pydantic import AfterValidator, BaseModel, BeforeValidator
from pydantic.fields import FieldInfo

_Model = TypeVar("_Model", bound=BaseModel)
MOST_REMEMBERED = 4096
_Reader = Callable[[Any], Any]


class _Remembered(dict[Any, Any]):
    """Values as they were read, by what was told; it forgets all of them when there are too many."""

    __slots__ = ("_read",)

    def __init__(self, read: _Reader) -> None:
        self._read = read

    def __missing__(self, told: Any) -> Any:
        found = self._read(told)
        if len(self) >= MOST_REMEMBERED:
            self.clear()
        self[told] = found
        return found


class Quick(Generic[_Model]):
    """Reads objects of one model, by the rules that stand with its fields.

    Parameters
    ----------
    model : type
        Its fields hold a value of one type, a tuple of such values, or None.
    agree : callable
        Raises ValueError when the fields of an object disagree.
    new : set of str
        Fields whose value hardly ever comes back; texts of the others are remembered as they were read.

    Notes
    -----
    The rules are those that pydantic calls, in its order. It alone tells what is wrong with an object, and what
    is unusual is left to it as well: a whole number for a float, a value of a type derived from the one asked for.
    """

    def __init__(self, model: type[_Model], agree: Callable[[_Model], object], *, new: Set[str]) -> None:
        hints = get_type_hints(model, include_extras=True)
        fields = model.model_fields
        self._model, self._agree = model, agree
        self._readers = {key: _reader(_known(hints[key]), remembers=key not in new) for key in fields}
        self._required = frozenset(key for key, field in fields.items() if field.is_required())
        self._unknown = {key: None if field.is_required() else field.default for key, field in fields.items()}

    def read(self, data: object) -> _Model | None:
        """Make an object of the values of JSON, or None when pydantic must look at them."""
        if type(data) is not dict:
            return None
        readers, values = self._readers, self._unknown.copy()
        try:
            for key, value in data.items():
                if value is not None:
                    values[key] = readers[key](value)
            if None in [values[key] for key in self._required]:
                return None
            found = self._model.__new__(self._model)
            set_it = object.__setattr__
            set_it(found, "__dict__", values)
            set_it(found, "__pydantic_fields_set__", set())
            set_it(found, "__pydantic_extra__", None)
            set_it(found, "__pydantic_private__", None)
            self._agree(found)
        except (KeyError, TypeError, ValueError):
            return None
        return found


def _known(annotation: Any) -> Any:
    """Return the annotation of a value that is not None."""
    return annotation if get_origin(annotation) is Annotated else get_args(annotation)[0]


def _reader(annotation: Any, *, remembers: bool) -> _Reader:
    """Return what reads a value by its rules, and raises ValueError for one that may be wrong."""
    kind, *given = get_args(annotation)
    rules = list(_each(given))
    before: list[Any] = [rule.func for rule in reversed(rules) if isinstance(rule, BeforeValidator)]
    after: list[Any] = [rule.func for rule in rules if isinstance(rule, AfterValidator)]
    if get_origin(kind) is tuple:
        item = get_args(kind)[0]
        return _list_reader(_reader(item, remembers=False), before, after, remembers and get_args(item)[0] is str)
    if kind is str:
        longest = next((rule.max_length for rule in rules if isinstance(rule, MaxLen)), sys.maxsize)
        return _text_reader(longest, before, after, remembers)
    least: Any = next((rule.ge for rule in rules if isinstance(rule, Ge)), None)
    most: Any = next((rule.le for rule in rules if isinstance(rule, Le)), None)

    def read(value: Any) -> Any:
        for rule in before:
            value = rule(value)
        if type(value) is not kind or (least is not None and not least <= value <= most):
            raise ValueError
        return value

    return read


def _text_reader(longest: int, before: list[_Reader], after: list[_Reader], remembers: bool) -> _Reader:
    def read(value: Any) -> Any:
        for rule in before:
            value = rule(value)
        if type(value) is not str or len(value) > longest:
            raise ValueError
        for rule in after:
            value = rule(value)
        return value

    return _Remembered(read).__getitem__ if remembers else read


def _list_reader(item: _Reader, before: list[_Reader], after: list[_Reader], remembers: bool) -> _Reader:
    def read(value: tuple[Any, ...]) -> Any:
        for rule in before:
            value = rule(value)
        value = tuple(map(item, value))
        for rule in after:
            value = rule(value)
        return value

    read_tuple: _Reader = _Remembered(read).__getitem__ if remembers else read

    def read_list(value: Any) -> Any:
        if type(value) is not list and type(value) is not tuple:
            raise ValueError
        return read_tuple(tuple(value))

    return read_list


def _each(rules: Iterable[Any]) -> Iterator[Any]:
    for rule in rules:
        if isinstance(rule, FieldInfo):
            yield from rule.metadata
        elif isinstance(rule, GroupedMetadata):
            yield from _each(rule)
        else:
            yield rule
