"""The rows of a portfolio in a format: for a spreadsheet, a warehouse, a program, a person at a terminal."""
