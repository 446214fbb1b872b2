"""Pendant styles. A file here is a style: nothing else has to know of it."""
