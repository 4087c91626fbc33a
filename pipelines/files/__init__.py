"""Files that carry a report, read: bytes in, blocks out; no network, no other program. `reading.read_file` is the way in.

The libraries for each format are imported when the first file of that format comes: most runs never see one.
"""
