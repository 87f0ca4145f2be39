"""What a use of the hours is worth in money."""

from __future__ import annotations

from advisor.advice.model import PatternResult
from advisor.profile import read_profile
from tests.shipped.answers import ADVISER, PROFILES, RULEBOOK, advised


class TestMoneyOfAShare:
    """What a use is worth follows from the hours that it gets: no amount is shown for hours it does not have."""

    @staticmethod
    def patterns(unit: str) -> dict[str, PatternResult]:
        profile = read_profile(PROFILES[0].with_name("healthy-insurer.yaml"), RULEBOOK.questions)
        (found,) = [each for each in ADVISER.advise(profile).document.units if each.unit == unit]
        return {each.pattern: each for each in found.patterns}

    def test_it_is_that_share_of_what_all_hours_are_worth(self):
        quality = self.patterns("Claims handling")["quality"]
        assert (quality.share_pct, quality.money_per_year) == (90, 158_400 * 90 // 100)

    def test_an_excluded_use_has_none(self):
        advice = self.patterns("Claims handling")["advice"]
        assert advice.excluded_by
        assert advice.money_per_year is None

    def test_without_shares_there_is_none(self):
        unit = advised(
            ai_minutes_saved_per_case=3, verification_min_per_case=4, cases_per_day=200, saving_basis="all_cases",
            error_rate_pct=6, error_rate_target_pct=2, cost_per_error=40, failure_demand_share_pct=60,
        )  # fmt: skip
        assert unit.verdict == "fix_ai_first"
        assert set(unit.money.values()) == {None}
