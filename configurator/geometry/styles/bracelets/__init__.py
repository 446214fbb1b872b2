"""Bracelet styles. A file here is a style: nothing else has to know of it."""

FIRST = "tennis"  # what a client sees who has not chosen yet
