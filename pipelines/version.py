"""Version of the rules: raised when the same bytes may come out differently; stored with each record."""

PARSER_VERSION = "1.2.0"
