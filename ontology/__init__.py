"""The terms, concepts, lexicons, shapes and links that every other part stands on; imports nothing of ours."""
