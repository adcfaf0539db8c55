"""``python -m api.graphql`` prints the schema, to be written to ``schema.graphql`` when a change of it is meant."""

import sys

from api.graphql.schema import printed

sys.stdout.write(printed())
