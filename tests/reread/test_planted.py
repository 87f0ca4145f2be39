"""What somebody changed is found in every format, shown as it was and as it is, told from what changed by itself."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from typing import Any

import pytest
from docx import Document
from pypdf import PdfReader, PdfWriter
from pypdf.annotations import FreeText
from pypdf.generic import ByteStringObject, DecodedStreamObject, NameObject

from advisor.memo import Memo, memo_of, renderer_for
from advisor.memo.blocks import Block, Callout, Heading, Table
from advisor.reread import read_memo
from advisor.reread.passages import Spot
from advisor.reread.verify import verify_memo
from tests.cli.command import run
from tests.memo.samples import ROOT, advice
from tests.reread.memos import ENDINGS, rendered, replaced, verified, with_part

KLARNA = ROOT / "profiles" / "klarna-2024.yaml"


@cache
def memo(ending: str) -> bytes:
    return rendered(advice("klarna-2024"), ending)


def rewritten(ending: str, change: Callable[[Block], Block]) -> bytes:
    """The memo with other blocks and the record of the true one, as an editor of that format would leave it."""
    true = memo_of(advice("klarna-2024"))
    changed = replace(true, blocks=tuple(map(change, true.blocks)))
    assert changed != true
    return _bytes(changed, ending)


def _bytes(made: Memo, ending: str) -> bytes:
    file = renderer_for(ROOT / f"memo{ending}")(made)
    return file if isinstance(file, bytes) else file.encode()


def _sentence(block: Block) -> Block:
    if isinstance(block, Callout) and "No measure" in block.text.words:
        words = block.text.words.replace("No measure", "Each measure", 1)
        return replace(block, text=replace(block.text, words=words))
    return block


def _heading(block: Block) -> Block:
    if isinstance(block, Heading) and block.words == "2 more warnings hold":
        return replace(block, words="Nothing to worry about")
    return block


def _cell(block: Block) -> Block:
    if not isinstance(block, Table):
        return block
    rows = tuple(
        tuple(replace(cell, words="Always open") if cell.words == "Limited / None" else cell for cell in row)
        for row in block.rows
    )
    return replace(block, rows=rows)


def _head(block: Block) -> Block:
    if isinstance(block, Table) and block.columns[0].head == "Indicator":
        return replace(block, columns=(*block.columns[:-1], replace(block.columns[-1], head="Verdict")))
    return block


def _note(block: Block) -> Block:
    if isinstance(block, Callout) and block.text.origin:
        origin = replace(block.text.origin, words=block.text.origin.words.replace("B15", "B99"))
        return replace(block, text=replace(block.text, origin=origin))
    return block


@pytest.mark.parametrize("ending", ENDINGS)
@pytest.mark.parametrize(
    ("change", "was", "becomes"),
    [
        (_sentence, "No measure", "Each measure"),
        (_heading, "2 more warnings hold", "Nothing to worry about"),
        (_cell, "Limited / None", "Always open"),
        (_head, "State", "Verdict"),
        (_note, "B15", "B99"),
    ],
)
def test_an_edit_is_shown_as_it_was_and_as_it_is(ending, change, was, becomes, tmp_path):
    found = verified(rewritten(ending, change), ending, tmp_path)
    old, new = (" ".join(getattr(each, side) for each in found.edited) for side in ("old", "new"))
    for words in was.split():
        assert words in old
    for words in becomes.split():
        assert words in new
    assert (found.rulebook, found.derived, found.faults) == (None, (), ())


@pytest.mark.parametrize("ending", [".md", ".html", ".docx"])
def test_only_what_was_edited_is_shown(ending, tmp_path):
    (edit,) = verified(rewritten(ending, _sentence), ending, tmp_path).edited
    assert edit.under == "The answer on one page"
    assert edit.old.replace("No measure", "Each measure", 1) == edit.new


@pytest.mark.parametrize("ending", [".md", ".html", ".docx"])
def test_a_passage_that_was_taken_out_and_one_that_was_put_in(ending, tmp_path):
    words = "No rhythm of reviews is known (provisional)."
    data = replaced(memo(ending), ending, words, "")
    assert words in verified(data, ending, tmp_path).edited[0].old
    document = Document(io.BytesIO(memo(".docx")))
    document.add_paragraph("The board has approved this.")
    file = io.BytesIO()
    document.save(file)
    (edit,) = verified(file.getvalue(), ".docx", tmp_path).edited
    assert (edit.old, edit.new) == ("", "The board has approved this.")


def test_a_figure_in_a_chart_of_word(tmp_path):
    data = with_part(
        memo(".docx"), "word/charts/chart1.xml", lambda xml: re.sub(rb"<c:v>-?[\d.]+</c:v>", b"<c:v>7</c:v>", xml)
    )
    assert {each.under for each in verified(data, ".docx", tmp_path).edited} == {Spot("chart", 1)}


def test_a_tracked_change_counts_as_an_edit(tmp_path):
    def insert(xml: bytes) -> bytes:
        added = b'<w:ins w:id="900" w:author="x"><w:r><w:t>not </w:t></w:r></w:ins>'
        return xml.replace(b"<w:r><w:t", added + b"<w:r><w:t", 1)

    assert verified(with_part(memo(".docx"), "word/document.xml", insert), ".docx", tmp_path).edited


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("</style>", "p { display: none }</style>"),
        ("<p>", '<p style="display:none">'),
        ("<p>", "<p hidden>"),
        ("<main>", '<main><iframe src="https://example.org"></iframe>'),
        ("<main>", '<main><script>alert("x")</script>'),
        ('<img src="data:image/svg+xml;base64,', '<img src="data:image/svg+xml;base64,AAAA'),
        ('alt="', 'alt="All is well. '),
        ("<main>", '<main><form action="https://example.org"><input value="All is well."></form>'),
        ("<main>", '<main><video src="https://example.org"></video>'),
        ("<main>", '<main><a href="https://example.org">'),
        ("<head>", '<head><meta http-equiv="refresh" content="0; url=https://example.org">'),
        ("default-src 'none'", "default-src *"),
    ],
)
def test_looks_scripts_and_pictures_of_a_page(old, new, tmp_path):
    assert verified(replaced(memo(".html"), ".html", old, new), ".html", tmp_path).edited


def test_that_a_browser_says_how_a_page_is_coded_is_no_edit(tmp_path):
    said = '<meta http-equiv="Content-Type" content="text/html; charset=UTF-8">'
    assert verified(replaced(memo(".html"), ".html", "<head>", f"<head>{said}"), ".html", tmp_path).is_same


def _edited_pdf(change: Callable[[PdfWriter], None]) -> bytes:
    writer = PdfWriter(clone_from=io.BytesIO(memo(".pdf")))
    change(writer)
    file = io.BytesIO()
    writer.write(file)
    return file.getvalue()


def _other_letters(writer: PdfWriter) -> None:
    """Two letters of the first line exchanged in the content of the page, as an editor of PDF does it."""
    page = writer.pages[0]
    content: Any = page.get_contents()
    first = next(operands[0] for operands, operator in content.operations if operator == b"TJ")
    place = next(place for place, part in enumerate(first) if hasattr(part, "original_bytes") and len(part) > 3)
    raw = first[place].original_bytes
    first[place] = ByteStringObject(raw[2:4] + raw[:2] + raw[4:])
    page[NameObject("/Contents")] = writer._add_object(content)


def _a_patch(writer: PdfWriter) -> None:
    """A white area over the words."""
    page = writer.pages[0]
    content: Any = page.get_contents()
    stream = DecodedStreamObject()
    stream.set_data(content.get_data() + b"\nq 1 g 50 600 400 60 re f Q\n")
    page[NameObject("/Contents")] = writer._add_object(stream)


def _a_comment(writer: PdfWriter) -> None:
    writer.add_annotation(0, FreeText(text="Approved", rect=(50, 550, 200, 650)))


@pytest.mark.parametrize(("change", "kind"), [(_other_letters, "page"), (_a_patch, "painted"), (_a_comment, "page")])
def test_what_was_changed_in_a_pdf_itself(change, kind, tmp_path):
    edits = verified(_edited_pdf(change), ".pdf", tmp_path).edited
    assert edits
    assert {each.under for each in edits} == {Spot(kind, 1)}


def test_a_comment_in_word(tmp_path):
    document = Document(io.BytesIO(memo(".docx")))
    document.add_comment(document.paragraphs[0].runs[0], text="Not before the council has agreed.")
    file = io.BytesIO()
    document.save(file)
    edited = verified(file.getvalue(), ".docx", tmp_path).edited
    assert [(each.under, each.old, each.new) for each in edited] == [
        (Spot("comment"), "", "Not before the council has agreed.")
    ]


def test_a_page_that_was_taken_out_of_a_pdf(tmp_path):
    reader = PdfReader(io.BytesIO(memo(".pdf")))
    writer = PdfWriter(clone_from=io.BytesIO(memo(".pdf")))
    writer.remove_page(1)
    file = io.BytesIO()
    writer.write(file)
    gone = " ".join(reader.pages[1].extract_text().split()[3:20])
    assert gone in " ".join(each.old for each in verified(file.getvalue(), ".pdf", tmp_path).edited)


def _with_record(ending: str, change: Callable[[dict[str, Any]], None], folder: Any) -> bytes:
    """The file with its record changed, and its words as they were."""
    path = folder / f"true{ending}"
    path.write_bytes(memo(ending))
    written = read_memo(path).written
    fields = json.loads(written)
    change(fields)
    record = json.dumps(fields, ensure_ascii=False, indent=1).translate(
        {ord("<"): "\\u003c", ord(">"): "\\u003e", ord("&"): "\\u0026"}
    )
    return _bytes(replace(memo_of(advice("klarna-2024")), record=record), ending)


@pytest.mark.parametrize("ending", ENDINGS)
def test_a_record_with_another_answer(ending, tmp_path):
    def change(fields: dict[str, Any]) -> None:
        lines = fields["profile"]["lines"]
        place = next(place for place, line in enumerate(lines) if "human_path: {value: limited" in line)
        lines[place] = lines[place].replace("limited", "always")

    found = verified(_with_record(ending, change, tmp_path), ending, tmp_path)
    assert any("does not have the digest" in each for each in found.faults)
    assert any("Way to a person" in each.old for each in found.derived)
    assert found.edited == ()


def test_a_record_with_another_verdict(tmp_path):
    def change(fields: dict[str, Any]) -> None:
        fields["units"][0]["verdict"] = "redeploy"

    (fault,) = verified(_with_record(".md", change, tmp_path), ".md", tmp_path).faults
    assert "what the record says was advised does not follow from its profile" in fault


def test_text_and_record_changed_together(tmp_path):
    """Whoever writes the memo anew, text and all, still has to leave the profile or the rulebook behind."""
    from advisor.memo.packed import pack

    true = memo_of(advice("klarna-2024"))
    forged = replace(true, blocks=tuple(map(_sentence, true.blocks)))

    def change(fields: dict[str, Any]) -> None:
        fields["text"] = pack(forged)

    record = json.loads(true.record or "")
    change(record)
    data = _bytes(replace(forged, record=json.dumps(record)), ".html")
    found = verified(data, ".html", tmp_path)
    assert found.edited == ()
    (edit,) = found.derived
    assert "Each measure" in edit.old
    assert "No measure" in edit.new


def test_a_memo_of_another_version_says_so_and_is_the_same(tmp_path):
    def change(fields: dict[str, Any]) -> None:
        fields["made_with"]["advisor"] = "0.0.1"

    found = verified(_with_record(".md", change, tmp_path), ".md", tmp_path)
    assert [each.new for each in found.derived] == [
        "0.0.1"
    ]  # only what the memo says of itself does not fit its record
    assert any(note.startswith("written by advisor 0.0.1") for note in found.notes)


@pytest.fixture
def house(tmp_path):
    folder = tmp_path / "house"
    folder.mkdir()
    return folder


def test_a_rulebook_with_another_parameter(house, tmp_path):
    (house / "p.yaml").write_text("parameters:\n  - {name: months_until_stable, value: 2, why: A quieter market.}\n")
    (tmp_path / "m.docx").write_bytes(memo(".docx"))
    found = verify_memo(tmp_path / "m.docx", [house])
    assert found.rulebook is not None
    label = "Months in use before figures are a baseline"
    assert found.rulebook.parameters == (f"months_until_stable ({label}): 3 months then, 2 months now",)
    assert found.rulebook.only_parameters
    assert (found.edited, found.derived, found.faults) == ((), (), ())


def test_a_german_memo_with_another_parameter_stays_german(house, tmp_path):
    (tmp_path / "m.md").write_bytes(rendered(advice("article-example", "de"), ".md"))
    for text in ("value: 2", "value: 2, why: The house is quick."):
        (house / "p.yaml").write_text(f"parameters:\n  - {{name: advice_valid_days, {text}}}\n")
        found = verify_memo(tmp_path / "m.md", [house])
        assert found.rulebook is not None
        label = "Tage, für die eine Empfehlung gilt"
        assert found.rulebook.parameters == (f"advice_valid_days ({label}): damals 180 Tage, jetzt 2 Tage",)
        assert (found.edited, found.derived, found.faults) == ((), (), ())


def test_an_edit_is_told_from_another_parameter(house, tmp_path):
    (house / "p.yaml").write_text("parameters:\n  - {name: months_until_stable, value: 2}\n")
    (tmp_path / "m.md").write_bytes(rewritten(".md", _sentence))
    found = verify_memo(tmp_path / "m.md", [house])
    assert [each.under for each in found.edited] == ["The answer on one page"]
    assert found.derived == ()


def test_a_house_view_is_named_or_its_parameters_are_taken_from_the_record(house, tmp_path):
    (house / "p.yaml").write_text("parameters:\n  - {name: months_until_stable, value: 2, why: A quieter market.}\n")
    done = run("memo", KLARNA, "--no-outlook", "--rules", house, "-o", "m.pdf", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert run("verify-memo", "m.pdf", "--rules", house, cwd=tmp_path).returncode == 0
    done = run("verify-memo", "m.pdf", cwd=tmp_path)
    assert done.returncode == 1
    words = " ".join(done.stdout.split())
    assert "baseline): 2 months then, 3 months now" in words
    assert "nothing but these parameters differs" in done.stdout
    assert "Edited" not in done.stdout


def test_a_rulebook_with_another_rule(house, tmp_path):
    (house / "r.yaml").write_text(
        "layer: warnings\nrules:\n  - id: new-house-warning\n    title: A house warning\n    when: ai_phase == live\n"
        "    severity: warning\n    says: The house has a word on this.\n    because: It has seen this before.\n"
        "    sources: [judgement]\n"
    )
    (tmp_path / "m.md").write_bytes(memo(".md"))
    done = run("verify-memo", "m.md", "--rules", house, cwd=tmp_path)
    assert done.returncode == 1
    assert "entries other than parameters differ" in done.stdout
    assert "Reads differently with the rulebook that is here" in done.stdout
    assert "The house has a word on this." in done.stdout
    assert "Edited" not in done.stdout


def test_a_question_that_is_gone(house, tmp_path):
    (house / "q.yaml").write_text(
        "questions:\n  - {name: house_mood, section: workforce, label: Mood, ask: How is the mood?, help: Say it., "
        "who: manager, type: yes_no, sources: [judgement]}\n"
    )
    source = KLARNA.read_text() + "      house_mood: true\n"
    (tmp_path / "p.yaml").write_text(source)
    done = run("memo", "p.yaml", "--no-outlook", "--rules", house, "-o", "m.md", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    done = run("verify-memo", "m.md", cwd=tmp_path)
    assert done.returncode == 1
    assert "cannot be read with the rulebook that is here" in done.stdout
    assert "house_mood" in done.stdout


@pytest.mark.parametrize("ending", ENDINGS)
def test_a_profile_that_has_changed_since(ending, tmp_path):
    (tmp_path / f"m{ending}").write_bytes(memo(ending))
    (tmp_path / "p.yaml").write_text(KLARNA.read_text().replace("value: freeze", "value: no_cuts_agreed"))
    done = run("verify-memo", f"m{ending}", "--profile", "p.yaml", cwd=tmp_path)
    assert done.returncode == 1
    assert "The profile has changed" in done.stdout
    assert "Customer service chats: headcount_policy: {value: freeze" in done.stdout
    assert "Edited" not in done.stdout
