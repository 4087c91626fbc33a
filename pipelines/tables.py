"""HTML or flattened tables -> full grids."""

from pipelines.grid import grid_of, render

__all__ = ["grid_of", "render"]
