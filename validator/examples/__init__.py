"""The examples inside rules, run as tests."""
