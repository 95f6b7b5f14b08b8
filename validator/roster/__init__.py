"""Units: what a name says of a unit, and which unit of the roster a report is of."""
