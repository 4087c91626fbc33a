"""Grids, the standard forms that they hold, and the identities that must hold in them."""
