"""The kinds of input on which public tools fail: each with its right value, as a table and as tests."""
