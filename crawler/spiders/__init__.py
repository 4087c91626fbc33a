"""The spiders that are code; the portals' spiders are made of `portals/*.toml` by `loader.py`."""
