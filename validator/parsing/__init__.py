"""Document → Report: the lexer classes blocks by the forms' vocabulary, Lark groups them, thin modules give them their types."""
