"""Report's tables → Figures: which official form, which row, which column, and what is not there."""
