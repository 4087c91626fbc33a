"""Where headings stand, how they rank, and what the parts of a report are called."""
