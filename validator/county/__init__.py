"""nianbao.yaml, the set of a county's reports, and what the county accepts."""
