"""Mutation testing: does a test fail when the code says something else? See docs/decisions/0029.

`changes` makes the wrong variants of a file, `trying` runs the tests on each, `__main__` reports.
"""
