"""Reading with a language model only for those who allow it."""

from collections.abc import Sequence

from penchant.agent.privacy.consent import Permissions
from penchant.agent.profiles.readers.reader import Reader, ReadReply, ReadRequest


class ConsentingReader:
    """Has `reader` read for those who allow a language model, and `by_rule` for those who do not."""

    def __init__(self, reader: Reader, by_rule: Reader, permissions: Permissions) -> None:
        self.reader, self.by_rule, self.permissions = reader, by_rule, permissions

    def read(self, requests: Sequence[ReadRequest]) -> list[ReadReply]:
        barred = self.permissions.consents.barred("llm")
        by_rule = [request for request in requests if barred(request.user_id)]
        allowed = [request for request in requests if not barred(request.user_id)]
        replies = {id(request): reply for request, reply in zip(allowed, self.reader.read(allowed), strict=True)}
        replies |= {id(request): reply for request, reply in zip(by_rule, self.by_rule.read(by_rule), strict=True)}
        return [replies[id(request)] for request in requests]
