"""The rulebook that a memo was made with against the one that is here."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, fields, replace
from fractions import Fraction
from pathlib import Path
from tempfile import TemporaryDirectory

from advisor.advice.wording import with_unit
from advisor.memo.record import Record
from advisor.phrases import phrases_in
from advisor.reading import InvalidInput
from advisor.rulebook import Rulebook
from advisor.rulebook.languages import Language
from advisor.rulebook.model import Parameter
from advisor.rulebook.rulebook import shipped_folder
from advisor.rulebook.texts import Path as TextPath
from advisor.rulebook.texts import texts_of

_PARAMETERS = "parameters"


@dataclass(frozen=True, slots=True)
class RulebookChange:
    """Another rulebook: both by name, version and digest, the parameters that differ, each in words.

    `only_parameters` says that nothing else differs.
    """

    then: str
    now: str
    parameters: tuple[str, ...]
    only_parameters: bool


def rulebook_of(record: Record, overlays: Sequence[Path]) -> tuple[Rulebook, RulebookChange | None]:
    """The rulebook that the memo is made again with, and how the one that is here differs from that of the memo.

    It is that of the memo wherever the two differ in parameters alone, and speaks the language of the memo.
    """
    here = Rulebook.load(overlays=overlays)
    then, now = record.made_with.rulebook, here.digest
    if then.digest == now:
        return in_language_of(record, here), None
    laid_over = _with_parameters(record, here, overlays)
    is_that_of_the_memo = laid_over is not None and laid_over.digest == then.digest
    change = RulebookChange(
        then=f"{then.name} {then.version} ({then.digest})",
        now=f"{here.frame.name} {here.frame.version} ({now})",
        parameters=tuple(_differences(record, here)),
        only_parameters=is_that_of_the_memo,
    )
    return in_language_of(record, laid_over if laid_over and is_that_of_the_memo else here), change


def in_language_of(record: Record, rulebook: Rulebook) -> Rulebook:
    """The rulebook in the language of a memo; one that it does not speak leaves it as it is."""
    language = record.made_with.language
    return rulebook.in_language(language) if language in rulebook.languages else rulebook


def _with_parameters(record: Record, here: Rulebook, overlays: Sequence[Path]) -> Rulebook | None:
    """The rulebook that is here with the parameters of the record; none where they are others than here."""
    if {each.name for each in record.parameters} != {*here.parameters}:
        return None
    with TemporaryDirectory() as folder:
        Path(folder, "parameters.yaml").write_text(_as_yaml(record.parameters, here), encoding="utf-8")
        try:
            laid_over = Rulebook.load(shipped_folder(), overlays=(*overlays, Path(folder)))
        except InvalidInput:
            return None
    return replace(laid_over, overridden=tuple(record.overridden), languages=_as_then(laid_over))


def _as_yaml(parameters: Sequence[Parameter], here: Rulebook) -> str:
    """What differs from here, since a reason that is laid over has no translation. JSON is YAML too."""
    told = [
        {
            name: value
            for name, value in asdict(each).items()
            if name == "name" or (value is not None and value != getattr(here.parameters[each.name], name))
        }
        for each in parameters
    ]
    return json.dumps({"parameters": told}, default=str)


def _as_then(laid_over: Rulebook) -> Mapping[str, Language]:
    """The languages with the shipped translations of parameters whose texts are the shipped ones again."""
    shipped = Rulebook.load()
    ours = {path: text for path, text in texts_of(laid_over) if path[0] == _PARAMETERS}
    again = {path for path, text in texts_of(shipped) if ours.get(path) == text}
    return {
        code: replace(each, texts={**_chosen(shipped.languages.get(code), again), **each.texts})
        for code, each in laid_over.languages.items()
    }


def _chosen(language: Language | None, paths: Collection[TextPath]) -> dict[TextPath, str]:
    return {} if language is None else {path: text for path, text in language.texts.items() if path in paths}


def _differences(record: Record, here: Rulebook) -> Iterator[str]:
    """What differs as both rulebooks were written, said in the language of the memo."""
    then, spoken = {each.name: each for each in record.parameters}, in_language_of(record, here)
    say = phrases_in(spoken.spoken)
    for name in dict.fromkeys([*then, *here.parameters]):
        if name not in here.parameters:
            yield say("verify.parameter_gone", name=name, then=_shown(then[name], spoken))
        elif name not in then:
            new = here.parameters[name]
            yield say("verify.parameter_new", name=_called(name, spoken), now=_shown(new, spoken))
        else:
            yield from _difference(then[name], here.parameters[name], spoken)


def _difference(then: Parameter, now: Parameter, spoken: Rulebook) -> Iterator[str]:
    then = then if then.label else replace(then, label=now.label)  # as written before parameters had labels
    before, after, say = _shown(then, spoken), _shown(now, spoken), phrases_in(spoken.spoken)
    if before != after:
        yield say("verify.change", what=_called(now.name, spoken), then=before, now=after)
    elif changed := [each.name for each in fields(now) if getattr(then, each.name) != getattr(now, each.name)]:
        yield say("verify.parameter_same", name=_called(now.name, spoken), fields=say.listed(changed))


def _called(name: str, spoken: Rulebook) -> str:
    """A parameter by its name, with its label where it has one."""
    label = spoken.parameters[name].label
    return f"{name} ({label})" if label else name


def _shown(parameter: Parameter, spoken: Rulebook) -> str:
    digits = max(0, -int(parameter.value.normalize().as_tuple().exponent))
    number = phrases_in(spoken.spoken).decimal(Fraction(parameter.value), digits)
    return with_unit(number, parameter.unit, spoken, None)
