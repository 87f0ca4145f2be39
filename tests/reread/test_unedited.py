"""A memo that nobody edited always verifies: whatever profile, options and format, and after it was saved again."""

from __future__ import annotations

import io
import re
import subprocess

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from pypdf import PdfWriter

from advisor.engines.outcomes import FIRST, VERDICT
from advisor.engines.random_units import random_units
from advisor.memo import MemoOptions
from advisor.profile import Frozen, Organisation, Profile, Unit
from advisor.profile.facts import answer_of
from advisor.reread import read_memo
from advisor.reread.verify import Verification
from tests.cli.command import run
from tests.memo.documents import client_texts, with_client_text
from tests.memo.office import needs_office
from tests.memo.samples import PROFILES, ROOT, advice, adviser, rulebook
from tests.reread.memos import ENDINGS, rendered, verified, with_part

pytestmark = pytest.mark.filterwarnings("ignore::advisor.memo.document.MemoWarning")
_SLOW = [HealthCheck.too_slow, HealthCheck.function_scoped_fixture]


@pytest.mark.parametrize("ending", ENDINGS)
@pytest.mark.parametrize("name", ["blank", "healthy-insurer", "ikea", "klarna-2024"])
def test_samples(name, ending, tmp_path):
    assert name in PROFILES
    assert is_untouched(verified(rendered(advice(name), ending), ending, tmp_path))


@st.composite
def random_profiles(draw: st.DrawFn) -> Profile:
    """One or two units with anything from few to all answers."""
    scope, found = rulebook().scope, random_units(rulebook(), draw(st.integers(1, 2)), draw(st.integers(0, 9999)))
    units = []
    for name, facts in zip("ab", found, strict=False):
        answers = {each: answer for each, fact in facts.items() if (answer := answer_of(fact, scope[each]))}
        units.append(Unit(name, Frozen(answers)))
    return Profile(Organisation("Example", currency="EUR"), tuple(units))


def is_untouched(verification: Verification) -> bool:
    """Whether nothing differs, not even a byte."""
    return verification.is_same and not any("byte for byte" in note for note in verification.notes)


@settings(max_examples=10, suppress_health_check=_SLOW)
@given(
    random_profiles(),
    st.sampled_from([".md", ".html", ".docx"]),
    st.sampled_from(["footnotes", "margin", "off"]),
    st.booleans(),
)
def test_random_profiles(tmp_path, profile, ending, provenance, with_flips):
    made = adviser().advise(profile)
    made = adviser().with_flips(made, (VERDICT, FIRST)) if with_flips else made
    assert is_untouched(verified(rendered(made, ending, MemoOptions(provenance)), ending, tmp_path))


@settings(max_examples=15, suppress_health_check=_SLOW)
@given(client_texts(), st.sampled_from([".md", ".html", ".docx"]))
@example("</script><script>alert(1)</script>", ".html")
@example("```", ".md")
@example("]]></record>", ".docx")
@example("a\u00ad b", ".docx")
def test_whatever_a_client_wrote(tmp_path, text, ending):
    made = adviser().advise(with_client_text(text))
    assert is_untouched(verified(rendered(made, ending), ending, tmp_path))


@settings(max_examples=4, suppress_health_check=_SLOW)
@given(client_texts())
@example("中文 العربية </script>")
@example("no font has \U000fb26f")
def test_whatever_a_client_wrote_in_a_pdf(tmp_path, text):
    made = adviser().advise(with_client_text(text))
    assert is_untouched(verified(rendered(made, ".pdf"), ".pdf", tmp_path))


def test_a_trial_for_one_unit(tmp_path):
    profile = ROOT / "profiles" / "healthy-insurer.yaml"
    options = ("--unit", "Claims handling", "--set", "error_rate_pct=4", "--set", "sales_quota_incentive=yes")
    assert run("memo", profile, "--no-outlook", *options, "-o", "m.docx", cwd=tmp_path).returncode == 0
    done = run("verify-memo", "m.docx", "--profile", profile, cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, ""), done.stdout
    assert "Nothing differs" in done.stdout


def test_a_memo_with_its_outlook_from_the_other_engine(tmp_path):
    pytest.importorskip("z3")
    done = run("memo", ROOT / "profiles" / "no-net-saving.yaml", "-o", "m.html", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    done = run("verify-memo", "m.html", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, ""), done.stdout


def test_markdown_laid_out_anew(tmp_path):
    """Line ends of Windows, other marks for lists and strong words, tables with their columns in line."""
    memo = rendered(advice("klarna-2024"), ".md").decode()
    text, fence, record = memo.partition("\n```json")
    text = re.sub(r"(?m)^- ", "*   ", text)
    text = re.sub(r"\*\*(\S(?:.*?\S)?)\*\*", r"__\1__", text)
    text = re.sub(r"(?m)^\| ", "|      ", text)
    assert verified((text + fence + record).replace("\n", "\r\n").encode(), ".md", tmp_path).is_same


def test_html_as_a_browser_saves_it(tmp_path):
    page = rendered(advice("klarna-2024"), ".html").decode()
    page = page.replace("<!DOCTYPE html>", "<!-- saved from url=(0014)about:internet -->\n<!DOCTYPE html>")
    body, script, record = page.partition("<script")
    body = body.replace("<p>", "\n  <p>\n    ").replace("</td>", "\n</td>")
    assert verified((body + script + record).encode(), ".html", tmp_path).is_same


def test_word_after_its_runs_were_cut_up(tmp_path):
    """As Word does it for spelling and for who edited when."""

    def cut(xml: bytes) -> bytes:
        runs = re.sub(
            r'<w:r>(<w:rPr>(?:(?!</w:rPr>).)*</w:rPr>)?<w:t xml:space="preserve">([^<& ]+ )([^<&]+)</w:t></w:r>',
            r'<w:r w:rsidR="00A1">\1<w:t xml:space="preserve">\2</w:t></w:r><w:proofErr w:type="spellStart"/>'
            r'<w:r w:rsidR="00B2">\1<w:lastRenderedPageBreak/><w:t xml:space="preserve">\3</w:t></w:r>',
            xml.decode(),
        )
        assert runs != xml.decode()
        return runs.encode()

    data = with_part(rendered(advice("klarna-2024"), ".docx"), "word/document.xml", cut)
    assert verified(data, ".docx", tmp_path).is_same


@pytest.mark.slow
@needs_office
def test_word_saved_by_another_office(tmp_path):
    file = tmp_path / "healthy.docx"
    file.write_bytes(rendered(advice("healthy-insurer"), ".docx"))
    command = ["soffice", "--headless", f"-env:UserInstallation={(tmp_path / 'office').as_uri()}"]
    command += ["--convert-to", "docx", "--outdir", str(tmp_path / "out"), str(file)]
    subprocess.run(command, check=True, capture_output=True, timeout=600)
    saved = (tmp_path / "out" / "healthy.docx").read_bytes()
    assert saved != file.read_bytes()
    assert verified(saved, ".docx", tmp_path).is_same


def test_pdf_written_anew_by_another_program(tmp_path):
    packed = io.BytesIO()
    writer = PdfWriter(clone_from=io.BytesIO(rendered(advice("klarna-2024"), ".pdf")))
    writer.compress_identical_objects()
    writer.write(packed)
    assert verified(packed.getvalue(), ".pdf", tmp_path).is_same


def test_staff_answers_of_few_people_are_withheld_in_the_record_too(tmp_path):
    source = (
        "advisor_profile: 1\norganisation: {name: x}\nunits:\n  - name: u\n    answers: {team_headcount: 40, "
        "staff_respondents: 4, clarity_mgr: 80, clarity_staff: 17, routine_time_share_pct: 61.23}\n"
    )
    (tmp_path / "p.yaml").write_text(source)
    for ending in ENDINGS:
        assert run("memo", "p.yaml", "--no-outlook", "-o", f"m{ending}", cwd=tmp_path).returncode == 0
        found = read_memo(tmp_path / f"m{ending}")
        assert "61.23" not in found.written
        assert "61.23" not in " ".join(each.text for each in found.passages)
        assert found.record.profile.withheld == {"u": ["clarity_staff", "routine_time_share_pct"]}
        done = run("verify-memo", f"m{ending}", "--profile", "p.yaml", cwd=tmp_path)
        assert done.returncode == 0, done.stdout


def test_the_record_can_be_left_out(tmp_path):
    profile = ROOT / "profiles" / "ikea.yaml"
    for ending in ENDINGS:
        run("memo", profile, "--no-outlook", "--no-embed", "-o", f"m{ending}", cwd=tmp_path)
        data = (tmp_path / f"m{ending}").read_bytes()
        assert b"advisor_memo" not in data
        done = run("verify-memo", f"m{ending}", cwd=tmp_path)
        assert done.returncode == 2
        assert f"m{ending} M012 it carries no record" in done.stderr
