"""Is a rulebook sound for every valid profile: proofs, and counterexamples that the default engine has confirmed."""

from advisor.assurance.verify.run import Report, Result, verify

__all__ = ["Report", "Result", "verify"]
