"""Did the warnings come true: the rulebook over dated assessments of units whose later outcome is known.

Needs the extra `portfolio`.
"""
