"""What the store knows: its tables, its transactions, and how the pages of one report are arranged."""
