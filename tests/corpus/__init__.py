"""Whole pages with their truth, generated from this corpus' own words: the blind measure of bench/report_floors.py."""
