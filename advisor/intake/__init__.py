"""Answers that are given away from the keyboard: workbooks, printed guides and staff pulses, written and read."""
