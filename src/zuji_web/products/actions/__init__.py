"""The only writers of studies: whole studies, edits, imports, matches."""
