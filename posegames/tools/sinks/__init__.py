"""What writes the looks at a source: a module a kind of file. `posegames.tools.formats` has the table."""
