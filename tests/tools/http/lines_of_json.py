"""For schemathesis: how lines of JSON are sent, which it does not know of itself."""

import schemathesis

schemathesis.serializer.alias("application/x-ndjson", "text/plain")
