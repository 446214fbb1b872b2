"""Pendant styles. A file here is a style: nothing else has to know of it."""

FIRST = "solitaire"  # what a client sees who has not chosen yet
