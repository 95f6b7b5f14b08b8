"""How much of a report stands in another one: what is its own, how much of that the other has too, and which reports to compare at all."""
