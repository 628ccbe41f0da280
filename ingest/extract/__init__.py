"""From clauses to statements: the rule extractor and the protocol that other extractors satisfy."""
