"""A page taken apart: its pieces, its head, the region of the article, the site's furniture."""
