"""`<os2-search>`: search and cited answers on other websites, and a page that shows it."""
