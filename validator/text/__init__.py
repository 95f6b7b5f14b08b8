"""Characters, numerals, paragraphs and numbers in running text: language, no law."""
