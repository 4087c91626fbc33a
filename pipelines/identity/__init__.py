"""Whose report, of which place and of which span: divisions, names of bodies, periods, sign-offs."""
