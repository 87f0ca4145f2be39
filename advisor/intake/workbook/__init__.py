"""Workbooks for Excel in which people fill in a profile: written with XlsxWriter, read with openpyxl."""
