"""Where pictures come from. `open_source` knows them all."""
