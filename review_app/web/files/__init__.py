"""Pages: file index, upload, viewer."""
