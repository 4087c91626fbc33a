"""The scrapy commands of the project: one module per command, named like it."""
