"""Styles of piece: one file each, found by listing the folder of the piece."""
