"""The dashboard of a portfolio: one HTML file, nothing loaded from elsewhere; to be filtered, sorted and printed."""

from __future__ import annotations

from base64 import b64encode
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template

from advisor.engines.outcomes import EROSION, FIRST, PREPARATION, VERDICT
from advisor.portfolio.dashboard.data import TONES, as_json, level_tones
from advisor.portfolio.headline import figures, headline, hours
from advisor.portfolio.insight.method import about, method
from advisor.portfolio.insight.overview import Overview, Ranked
from advisor.portfolio.insight.pairs import pairs_of
from advisor.portfolio.insight.reasons import like, rare_words, reasons
from advisor.portfolio.insight.unusual import LEAST
from advisor.portfolio.sameness import sameness, untelling
from advisor.portfolio.words import Words

_FOLDER = Path(__file__).parent


def render_dashboard(overview: Overview, words: Words) -> str:
    """The whole dashboard as one HTML text; the same portfolio gives the same text."""
    summary, say = overview.summary, words.say
    style, script = _style(), _read("dashboard.js")
    few = summary.units < LEAST
    return _template().render(
        language=words.say.language,
        say=say,
        title=headline(summary, words),
        about=list(about(overview, words)),
        figures=list(figures(summary, words)),
        has_units=summary.units > 0,
        outcomes=[_outcome(name, overview, words) for name in (VERDICT, FIRST, EROSION)],
        preparations=[_outcome(PREPARATION + name, overview, words) for name in words.preparations],
        sameness=list(sameness(summary, words)),
        untelling=untelling(summary, words),
        hours=list(hours(summary, words)),
        freest=[_ranked(unit, "dash.free_unit", overview, words) for unit in overview.freest],
        later=[_ranked(unit, "dash.free_unit", overview, words) for unit in overview.later],
        growing=[_ranked(unit, "dash.growing_unit", overview, words) for unit in overview.growing],
        outliers=[_outlier(place, overview, words) for place in range(len(overview.outliers))],
        pairs=pairs_of(overview, words),
        no_outliers=say("dash.outliers_few" if few else "dash.outliers_none"),
        partly=_partly(overview, words),
        method=list(method(overview, words)),
        data=as_json(overview, words),
        style=style,
        script=script,
        style_digest=_digest(style),
        script_digest=_digest(script),
    )


def _outcome(name: str, overview: Overview, words: Words) -> dict[str, Any]:
    summary = overview.summary
    stacked = name.startswith(PREPARATION)
    counts = {word: units for word, units in summary.frequencies.words_of(name).items() if units}
    if stacked:
        counts = {word: counts[word] for word in reversed(TONES) if word in counts}
    most = max(counts.values(), default=1)
    tones = level_tones(words.rulebook.frame.erosion.levels) if name == EROSION else TONES
    return {
        "name": name,
        "title": words.outcome(name),
        "bars": [
            {
                "word": word,
                "label": words.word(name, word),
                "shown": f"{words.number(units)} · {words.percent(summary.share(units))}",
                "width": max(1, round(100 * units / (summary.units if stacked else most))),
                "tone": tones.get(word, ""),
            }
            for word, units in counts.items()
        ],
    }


def _ranked(unit: Ranked, form: str, overview: Overview, words: Words) -> dict[str, str]:
    figure = words.figure(unit.figure)
    return {
        "name": words.held(overview.called(unit.unit, unit.organisation), unit.held_by),
        "figure": figure if unit.figure is None else words.say(form, figure=figure),
    }


def _outlier(which: int, overview: Overview, words: Words) -> dict[str, Any]:
    outlier = overview.outliers[which]
    return {
        "place": outlier.place,
        "name": overview.name(outlier.place),
        "rare": rare_words(outlier, overview, words),
        "reasons": [(f"{finding.title}.", says) for finding, says in reasons(outlier)],
        "like": like(outlier, overview, words),
    }


def _partly(overview: Overview, words: Words) -> str:
    if overview.is_complete:
        return ""
    return words.say(
        "dash.partly", listed=words.number(overview.listed.height), all=words.number(overview.summary.units)
    )


def _digest(text: str) -> str:
    return b64encode(sha256(text.encode()).digest()).decode()


@cache
def _read(name: str) -> str:
    return _FOLDER.joinpath(name).read_text(encoding="utf-8")


@cache
def _style() -> str:
    """The style with a class for each width in per cent: the security policy allows no style on an element."""
    return _read("dashboard.css") + "".join(f".w{width}{{width:{width}%}}" for width in range(101)) + "\n"


@cache
def _template() -> Template:
    environment = Environment(
        loader=FileSystemLoader(_FOLDER),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    return environment.get_template("dashboard.html.jinja")
