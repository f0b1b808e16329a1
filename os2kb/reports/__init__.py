"""Reports: pages of one file, with charts and tables, and tables for a spreadsheet."""
