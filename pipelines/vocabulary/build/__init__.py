"""Scripts that build the data files of the vocabulary from pinned public packages; nothing at run time needs them."""
