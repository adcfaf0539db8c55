"""The web front of a claim graph: GraphQL, SPARQL and pages over read-only generations.  Start at ``api.app``."""
