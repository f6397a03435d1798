"""Official documents: content model, layout writer (GB/T 9704—2012), checker, numbers, signatures.

This room knows how a document looks and lives; what it says is decided by higher floors.
"""
