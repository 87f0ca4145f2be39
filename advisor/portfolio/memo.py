"""A portfolio as a memo: through the blocks and renderers of the memo on one client."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from advisor.engines.outcomes import EROSION, FIRST, NO_PATTERN, PREPARATION, VERDICT
from advisor.interview.wording import wording_of
from advisor.memo.appendix import sources_part
from advisor.memo.blocks import (
    Bar,
    BarPart,
    Block,
    Bullets,
    Callout,
    Column,
    Figure,
    Heading,
    KeyFigures,
    PageBreak,
    Paragraph,
    Particulars,
    Table,
    Text,
    Title,
)
from advisor.memo.charts import chart_of
from advisor.memo.citations import Citations
from advisor.memo.document import Furniture, Memo
from advisor.memo.renderers import renderer_for
from advisor.memo.view import View
from advisor.portfolio.codes import CODES
from advisor.portfolio.headline import figures, headline, hours
from advisor.portfolio.insight.method import about, method
from advisor.portfolio.insight.outliers import Outlier
from advisor.portfolio.insight.overview import Overview, Ranked
from advisor.portfolio.insight.pairs import pairs_of
from advisor.portfolio.insight.reasons import like, rare_words, reasons
from advisor.portfolio.insight.unusual import LEAST
from advisor.portfolio.sameness import sameness
from advisor.portfolio.sources.heads import ORGANISATION
from advisor.portfolio.words import Words
from advisor.profile import CODES as PROFILE_CODES
from advisor.reading import CODES as READING_CODES
from advisor.reading import write_atomically

MOST_IN_TABLE = 40
"""Units up to which each has its line."""
_MOST_INDICATORS = 5


def write_portfolio_memo(overview: Overview, words: Words, path: Path) -> None:
    """Write the memo in the format that the ending names; what cannot be written raises `InvalidInput`."""
    render = renderer_for(path)
    write_atomically(path, render(portfolio_memo(overview, words)))


def portfolio_memo(overview: Overview, words: Words) -> Memo:
    """The memo on a portfolio; the same portfolio gives the same memo."""
    page = words.say
    single = overview.listed[ORGANISATION][0] if overview.summary.organisations == 1 else ""
    furniture = Furniture(
        language=words.say.language,
        organisation=single,
        reference="",
        prepared_for="",
        prepared_by="",
        date=None,
        contents=page("page.contents"),
        notes=page("page.notes"),
        back=page("page.back", number="{number}"),
        page=page("page.number", number="{number}", total="{total}"),
        record=page("record.fenced"),
    )
    return Memo(tuple(_Writer(overview, words).blocks()), furniture)


class _Writer:
    def __init__(self, overview: Overview, words: Words) -> None:
        self.overview, self.words, self.say, self.summary = overview, words, words.say, overview.summary
        self.cite = Citations(words.rulebook, words.say("sources.judgement"))

    def blocks(self) -> Iterator[Block]:
        yield Title(headline(self.summary, self.words))
        yield Particulars(tuple(about(self.overview, self.words)))
        if self.summary.units:
            yield from self.short()
            yield from self.next()
            yield PageBreak()
            for part in (self.uses, self.preparations, self.erosion, self.across, self.outliers, self.pairs):
                yield from part()
            yield from self.each_unit()
        yield from self.rejected()
        yield Heading(self.say("memo.record"), 2)
        yield from (Paragraph(Text(sentence)) for sentence in method(self.overview, self.words))
        if self.overview.outliers:
            yield from sources_part(self.cite, self.say)

    def short(self) -> Iterator[Block]:
        yield Heading(self.say("memo.short"), 2)
        yield KeyFigures(tuple(Figure(label, value) for value, label in figures(self.summary, self.words)))
        told = [*hours(self.summary, self.words), self.prepared()]
        yield Bullets(tuple(Text(sentence) for sentence in told))
        same = " ".join(sameness(self.summary, self.words))
        if same:
            yield Callout("note", Text(same, self.say("dash.sameness")))

    def next(self) -> Iterator[Block]:
        counts = self.counts(VERDICT)
        most = max(counts, key=lambda word: counts[word])
        said, units = self.words.verdicts[most], self.summary.units
        title = self.say("memo.verdict_chart", verdict=said)
        if list(counts.values()).count(counts[most]) > 1:
            title = self.say("memo.verdict_chart_tied")
        if counts[most] == units:
            title = self.say.count("memo.verdict_chart_all", units, verdict=said, shown=self.words.number(units))
        yield Heading(self.say("sum.verdicts"), 2)
        yield from self.chart(VERDICT, title)

    def uses(self) -> Iterator[Block]:
        counts = self.counts(FIRST)
        nothing, units = counts.get(NO_PATTERN, 0), self.summary.units
        title = self.say("memo.use_chart_none" if 2 * nothing > units else "memo.use_chart")
        if nothing == units:
            title = self.say.count("memo.use_chart_none_at_all", units, shown=self.words.number(units))
        yield Heading(self.say("sum.patterns"), 2)
        yield from self.chart(FIRST, title)

    def preparations(self) -> Iterator[Block]:
        statuses = ("missing", "partial", "in_place", "not_assessed")
        heads = [
            Column(self.say("memo.preparation")),
            *(Column(self.say(f"status.{word}"), "right") for word in statuses),
        ]
        rows = []
        for name, title in self.words.preparations.items():
            counts = self.summary.frequencies.words_of(PREPARATION + name)
            rows.append((Text(title), *(Text(self.counted(counts.get(word, 0))) for word in statuses)))
        yield Heading(self.say("sum.preparations"), 2)
        yield Table(tuple(heads), tuple(rows))

    def prepared(self) -> str:
        names = list(self.words.preparations)
        ready = self.overview.ready
        missing = {name: self.summary.frequencies.words_of(PREPARATION + name).get("missing", 0) for name in names}
        most = max(missing, key=lambda name: missing[name])
        unassessed = self.overview.unassessed
        told = [self.say.count("memo.ready", ready, shown=self.counted(ready))]
        told += [self.say.count("memo.unassessed", unassessed, shown=self.counted(unassessed))] if unassessed else []
        if missing[most]:
            title = self.words.preparations[most]
            told.append(self.say("memo.most_missing", name=title, missing=self.counted(missing[most])))
        else:
            told.append(self.say("memo.none_missing"))
        return " ".join(told)

    def erosion(self) -> Iterator[Block]:
        say, worst = self.say, self.words.rulebook.frame.erosion.levels[0]
        title = self.words.rulebook.frame.erosion.titles.get(worst, worst)
        units = self.summary.frequencies.words_of(EROSION)[worst]
        yield Heading(say("sum.erosion"), 2)
        yield from self.chart(EROSION, say.count("memo.erosion_chart", units, title=title, shown=self.counted(units)))
        frame, rulebook = self.words.rulebook.frame.erosion, self.words.rulebook
        groups = [rulebook.groups[name] for name in (frame.red, frame.structural) if name in rulebook.groups]
        fired = {rule: self.summary.frequencies.fired[rule] for group in groups for rule in group.rules}
        most = sorted((rule for rule in fired if fired[rule]), key=lambda rule: -fired[rule])[:_MOST_INDICATORS]
        if not most:
            yield Paragraph(Text(say("memo.no_indicators")))
            return
        yield Heading(say("memo.indicators"), 3)
        columns = (Column(say("memo.indicator")), Column(say("memo.seen"), "right"))
        rows = [(Text(rulebook.rules[rule].title), Text(self.counted(fired[rule]))) for rule in most]
        yield Table(columns, tuple(rows))

    def across(self) -> Iterator[Block]:
        say = self.say
        yield Heading(say("dash.across"), 2)
        yield Paragraph(Text(" ".join(hours(self.summary, self.words))))
        for key, head, units in (
            ("dash.free", "dash.free_hours", self.overview.freest),
            ("dash.growing", "dash.growth", self.overview.growing),
            ("dash.later", "dash.later_hours", self.overview.later),
        ):
            if units:
                yield Heading(say(key), 3)
                yield self.ranked(units, head)
        yield Paragraph(Text(say("dash.across_note")))

    def ranked(self, units: Sequence[Ranked], head: str) -> Table:
        heads = [self.say("dash.unit"), self.say("dash.organisation")]
        columns = (*map(Column, heads), Column(self.say(head), "right"))
        rows = [
            (
                Text(self.words.held(each.unit, each.held_by)),
                Text(each.organisation),
                Text(self.words.figure(each.figure)),
            )
            for each in units
        ]
        return Table(columns, tuple(rows))

    def outliers(self) -> Iterator[Block]:
        say = self.say
        yield Heading(say("dash.outliers"), 2)
        if not self.overview.outliers:
            few = self.summary.units < LEAST
            yield Paragraph(Text(say("dash.outliers_few" if few else "dash.outliers_none")))
            return
        yield Paragraph(Text(say("dash.outliers_note")))
        for outlier in self.overview.outliers:
            yield Heading(self.overview.name(outlier.place), 3)
            yield Paragraph(Text(self.say.in_row(rare_words(outlier, self.overview, self.words)) + "."))
            told = tuple(self.reasons(outlier))
            if told:
                yield Bullets(told)
            other = like(outlier, self.overview, self.words)
            if other:
                yield Paragraph(Text(other))

    def reasons(self, outlier: Outlier) -> Iterator[Text]:
        """The findings with what they rest on, as the memo on one client has them."""
        advice = outlier.advice
        view = View(advice, outlier.unit, advice.profile.units[0], advice.units[0], self.say, self.cite, 3, set())
        for finding, says in reasons(outlier):
            yield Text(says, f"{finding.title}.", view.origin(finding))

    def pairs(self) -> Iterator[Block]:
        yield Heading(self.say("pairs.heading"), 2)
        pairs = pairs_of(self.overview, self.words)
        if not pairs:
            yield Paragraph(Text(self.say("pairs.none")))
            return
        yield Paragraph(Text(self.say("pairs.note")))
        yield Bullets(tuple(Text(pair.differences, pair.lead) for pair in pairs))

    def each_unit(self) -> Iterator[Block]:
        """All units in one table, where they are few."""
        if self.summary.units > MOST_IN_TABLE:
            return
        say, words = self.say, self.words
        heads = [
            say("dash.unit"),
            say("dash.verdict"),
            say("dash.use"),
            *words.preparations.values(),
            say("dash.erosion"),
        ]
        rows = [
            tuple(
                Text(cell)
                for cell in (
                    self.overview.name(place),
                    words.word(VERDICT, row[VERDICT]),
                    words.word(FIRST, row[FIRST]),
                    *(words.word(PREPARATION + name, row[name]) for name in words.preparations),
                    words.word(EROSION, row[EROSION]),
                )
            )
            for place, row in enumerate(self.overview.listed.iter_rows(named=True))
        ]
        yield Heading(say("memo.each_unit"), 2)
        yield Table(tuple(map(Column, heads)), tuple(rows))

    def rejected(self) -> Iterator[Block]:
        if not self.overview.reject_codes:
            return
        known = {**READING_CODES, **PROFILE_CODES, **CODES, **wording_of(self.say.language).problems}
        columns = (Column(self.say("memo.code")), Column(self.say("memo.rows"), "right"))
        codes = sorted(self.overview.reject_codes.items(), key=lambda each: (-each[1], each[0]))
        rows = [(Text(f"{code}: {known.get(code, '')}"), Text(self.words.number(rows))) for code, rows in codes]
        yield Heading(self.say("memo.rejected"), 2)
        yield Table(columns, tuple(rows))

    def chart(self, outcome: str, title: str) -> Iterator[Block]:
        bars = [
            Bar(self.words.word(outcome, word), self.counted(units), (BarPart(self.summary.share(units), "full"),))
            for word, units in self.counts(outcome).items()
        ]
        yield from chart_of(title, bars, {}, self.say, whole=100)

    def counts(self, outcome: str) -> dict[str, int]:
        """The words of an outcome that some unit has, with how many do."""
        return {word: units for word, units in self.summary.frequencies.words_of(outcome).items() if units}

    def counted(self, units: int) -> str:
        """A number of units with its share."""
        return self.say(
            "figures.of", number=self.words.number(units), share=self.words.percent(self.summary.share(units))
        )
