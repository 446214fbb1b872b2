"""Keepsake: a design configurator for custom jewelry that tells the truth about price, wear and value."""
