"""Sources that lie elsewhere, mirrored as files into folders that the index reads."""
