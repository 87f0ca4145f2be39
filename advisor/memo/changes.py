"""What would change the advice: what is settled, the fewest answers that turn it, the case for the runner-up."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from advisor.advice.nearest import runner_up
from advisor.engines.outcomes import EROSION, FIRST, NO_PATTERN, NO_VERDICT, PREPARATION, VERDICT
from advisor.memo.answer import use
from advisor.memo.blocks import Block, Column, Paragraph, Table, Text
from advisor.memo.reasons import carried_by
from advisor.memo.view import View, support

if TYPE_CHECKING:
    from advisor.advice.flips import Flip
    from advisor.advice.outlook import Outlook

_MOST_FLIPS = 6
_MOST_NAMED = 3
_NOTHING = {VERDICT: NO_VERDICT, FIRST: NO_PATTERN}


def changes_part(view: View) -> list[Block]:
    """The outlook, the flips in a table, the strongest case for the second use."""
    flips = _flips(view)
    blocks: list[Block] = [view.heading(_headline(flips, view))]
    outlook = " ".join(_outlook(view))
    blocks += [Paragraph(Text(outlook, view.say("changes.outlook_lead")))]
    blocks += [_table(flips, view)] if flips else _without_flips(view)
    case = _runner_up(view)
    return [*blocks, Paragraph(Text(case, view.say("changes.runner_up_lead")))] if case else blocks


def _headline(flips: Sequence[tuple[Flip, list[str]]], view: View) -> str:
    fewest = min((len(flip.changes) for flip, _ in flips), default=0)
    if not fewest:
        return view.say("changes.heading_none" if view.flips is not None else "changes.heading_open")
    return view.say.count("changes.heading", fewest)


def _flips(view: View) -> list[tuple[Flip, list[str]]]:
    """Each set of changes once, with everything that follows from it; the fewest changes first."""
    found: dict[tuple[tuple[str, object], ...], tuple[Flip, list[str]]] = {}
    for each in view.flips or ():
        for flip in each.flips:
            key = tuple((change.question, change.after) for change in flip.changes)
            found.setdefault(key, (flip, []))[1].append(becomes(each.outcome, flip.leads_to, view))
    return sorted(found.values(), key=lambda entry: len(entry[0].changes))[:_MOST_FLIPS]


def becomes(outcome: str, word: str, view: View) -> str:
    """What an outcome turns into, as a sentence says it."""
    if outcome == VERDICT:
        return view.say("changes.becomes", verdict=_called(outcome, word, view))
    if outcome == EROSION:
        titles = view.rulebook.frame.erosion.titles
        return view.say("changes.erosion", words=view.say("word.quoted", words=titles.get(word, word)))
    if outcome.startswith(PREPARATION):
        title = next(each.title for each in view.unit.preparations if PREPARATION + each.preparation == outcome)
        return view.say("changes.preparation", preparation=title, status=view.say(f"status.{word}"))
    if word == _NOTHING[FIRST]:
        return view.say("changes.no_use")
    return view.say("changes.first_use", use=_called(outcome, word, view))


def _called(outcome: str, word: str, view: View) -> str:
    if word == _NOTHING[outcome]:
        return view.say(f"changes.{word}")
    titles = {each.name: each.title for each in view.rulebook.frame.verdicts}
    return view.say("word.quoted", words=use(word, view) if outcome == FIRST else titles[word])


def _table(flips: Sequence[tuple[Flip, list[str]]], view: View) -> Table:
    columns = tuple(Column(view.say(f"changes.{head}")) for head in ("answer", "now", "then", "follows"))
    return Table(columns, tuple(_row(flip, follows, view) for flip, follows in flips))


def _row(flip: Flip, follows: list[str], view: View) -> tuple[Text, ...]:
    changes = flip.changes
    return (
        Text(view.say.in_row([view.label(each.question) for each in changes])),
        Text(view.say.in_row([view.worded(each.question, each.before) for each in changes])),
        Text(view.say.in_row([view.worded(each.question, each.after) for each in changes])),
        Text(view.say.in_row(follows)),
    )


def _without_flips(view: View) -> list[Block]:
    """That nothing turns it, and how far that was searched; nothing where it was not."""
    if view.flips is None:
        return [Paragraph(Text(view.say("changes.flips_not_computed")))]
    searched = min(each.searched for each in view.flips)
    return [Paragraph(Text(view.say.count("changes.none_found", searched)))]


def _outlook(view: View) -> Iterator[str]:
    """What is settled and what is open about the verdict and the first use, and what decides it."""
    outlook = view.outlook
    if outlook is None:
        yield view.say("changes.outlook_not_computed")
        return
    settled = [
        view.say(f"changes.settled_{name}", words=_called(name, outlook.settled[name], view))
        for name in (VERDICT, FIRST)
        if name in outlook.settled
    ]
    if settled:
        number = len(outlook.open_questions)
        yield view.say.count("changes.settled", number, what=view.say.listed(settled))
    for name in (VERDICT, FIRST):
        if name not in outlook.settled:
            yield from _open(name, outlook, view)
    if outlook.note:
        yield view.say("changes.unproven")


def _open(name: str, outlook: Outlook, view: View) -> Iterator[str]:
    words = outlook.possible[name]
    called = [_called(name, word, view) for word in words]
    undecided = outlook.undecided.get(name, ())
    questions = outlook.deciding[name][:_MOST_NAMED]
    decided = ""
    if questions and len(words) > 1:
        named = view.say.in_row([view.label(each) for each in questions])
        decided = view.say("changes.decided", questions=named)
    many = "many" if len(words) > _MOST_NAMED else "few" if len(words) > 1 else "one"
    listed, number = view.say.listed(called), len(words)
    yield view.say(f"changes.open_{name}.{many}", words=listed, number=number, decided=decided)
    if undecided:
        doubtful = view.say.in_row([_called(name, word, view) for word in undecided])
        yield view.say(
            "changes.undecided.few" if len(undecided) <= _MOST_NAMED else "changes.undecided.many", words=doubtful
        )


def _runner_up(view: View) -> str:
    """What speaks for the second use, and why it stands back."""
    second = runner_up(view.unit)
    if second is None:
        return ""
    points, terms = support(second.low, second.low), carried_by(second, view)
    said = view.say("changes.runner_up", pattern=second.title, low=points, terms=terms)
    titles = [view.say("word.quoted", words=view.rulebook.rules[rule].title) for rule in second.excluded_by]
    against = view.say("changes.against", titles=view.say.listed(titles)) if titles else ""
    mix = view.say("changes.in_mix") if second.pattern in view.unit.recommended else ""
    return " ".join(part for part in (said, against, mix) if part)
