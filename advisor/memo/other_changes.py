"""What is settled of everything but the headline, and what would change it: uses, preparations, erosion."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from advisor.advice.outcome_words import outcome_title, outcome_word
from advisor.advice.outlook_line import other_lines
from advisor.engines.outcomes import FIRST, NOT_ASSESSED, PREPARATION, VERDICT
from advisor.memo.blocks import Block, Bullets, Column, Paragraph, Table, Text
from advisor.memo.view import View

if TYPE_CHECKING:
    from advisor.advice.flips import Flips
    from advisor.engines.changes import Change

_IN_PLACE = "in_place"


def other_outlook(view: View) -> list[Block]:
    """What is settled of each use, each preparation and the erosion, and what decides the rest."""
    lines = other_lines(view.outlook, view.unit, view.rulebook, view.label) if view.outlook else []
    return [Bullets(tuple(map(Text, lines)))] if lines else []


def other_flips(view: View) -> list[Block]:
    """The smallest changes that would turn each of them, and what nothing that was tried turns."""
    flips = [each for each in view.flips or () if each.outcome not in (VERDICT, FIRST) and _is_worth_telling(each)]
    turned = [each for each in flips if each.flips]
    lead = view.say("changes.others_lead")
    blocks: list[Block] = [Paragraph(Text(view.say("changes.others"), lead)), _table(turned, view)] if turned else []
    stays = _not_turned([each for each in flips if not each.flips], view)
    return [*blocks, Paragraph(Text(stays, "" if turned else lead))] if stays else blocks


def _not_turned(flips: Sequence[Flips], view: View) -> str:
    """What stays as it is, by how many changed answers were tried together."""
    tried: dict[int, list[str]] = {}
    for each in flips:
        result, now = _title(each, view), outcome_word(each.outcome, each.now, view.rulebook)
        tried.setdefault(each.searched, []).append(view.say("changes.stays", result=result, now=now))
    said = (view.say.count("changes.not_turned", most, results=view.say.in_row(all_)) for most, all_ in tried.items())
    return " ".join(said)


def _title(flips: Flips, view: View) -> str:
    title = outcome_title(flips.outcome, view.rulebook)
    return title[:1].upper() + title[1:]


def _is_worth_telling(flips: Flips) -> bool:
    """Not of a preparation that is in place, nor where nothing is assessed and no answer would change that."""
    in_place = flips.outcome.startswith(PREPARATION) and flips.now == _IN_PLACE
    return not in_place and bool(flips.flips or flips.now != NOT_ASSESSED)


def _table(flips: Sequence[Flips], view: View) -> Table:
    columns = tuple(Column(view.say(f"changes.{head}")) for head in ("result", "now", "then", "answers"))
    return Table(columns, tuple(tuple(_row(each, view)) for each in flips))


def _row(flips: Flips, view: View) -> Iterator[Text]:
    smallest = flips.flips[0]
    yield Text(_title(flips, view))
    yield Text(outcome_word(flips.outcome, flips.now, view.rulebook))
    yield Text(outcome_word(flips.outcome, smallest.leads_to, view.rulebook))
    changes = [_change(change, view) for change in smallest.changes]
    yield Text(view.say.in_row(changes), origin=view.origin_of([change.question for change in smallest.changes], ()))


def _change(change: Change, view: View) -> str:
    before, after = (view.worded(change.question, fact) for fact in (change.before, change.after))
    return view.say("changes.change", question=view.label(change.question), before=before, after=after)
