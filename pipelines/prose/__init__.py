"""Figures that sentences state: quantities, metrics, zeros in words, percentages."""
