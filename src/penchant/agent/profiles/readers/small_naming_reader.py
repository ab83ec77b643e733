"""Reading with a model of one to three billion parameters: it can name a group, when it is asked of nothing else.

Shown several groups it says of all what it said of the first, and of 28 numbered topics it says the first. So it gets one group in one
short question, and answers with a topic's name, then a label. On the seen gold groups the 1.5 B model finds 12 of 14 English topics this
way, where it found one in a question that asked for numbers, kinds and links as well. What is left out, rules do.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import chain

from penchant.agent.llm.structured_output import Completion, complete
from penchant.agent.profiles.readers.naming_reader import (
    ANY_REPLY,
    GROUP_EVIDENCE,
    GROUP_REPLY,
    Batch,
    NamingReader,
    line,
    shown_texts,
)
from penchant.agent.profiles.readers.reader import Group, Reading
from penchant.prompts.budget import fit
from penchant.prompts.contexts import NameGroup
from penchant.prompts.render import render
from penchant.prompts.replies import GroupReading, NamedGroup, NamedGroups, name_group_reply, speaks

STEP = "name_group"
NOTHING = slice(0)
#: So many letters of a word tell it from others, whatever its ending.
STEM = 4


class SmallNamingReader(NamingReader):
    """One call per group, and one for the messages that may state something."""

    def _together(self, groups: Sequence[slice], remarks: Sequence[slice]) -> Iterable[tuple[slice, slice]]:
        return chain(((some, NOTHING) for some in groups), ((NOTHING, some) for some in remarks))

    def _complete(self, batch: Batch, *, may_repair: bool = True) -> Completion[NamedGroups]:
        if not batch.groups:
            return super()._complete(batch, may_repair=may_repair)
        [group], language = batch.groups, batch.request.language
        topics = self._topics(batch)
        bare = NameGroup(topics, line(group, ()))
        fixed = render(STEP, language, bare, folder=self.prompts)
        room = self.model.profile.context_tokens - GROUP_REPLY - ANY_REPLY - self.count(fixed.system)
        [shown] = fit([shown_texts(group)], min(room, GROUP_EVIDENCE), self.count)
        asked = replace(bare, group=line(group, shown))
        prompt = render(STEP, language, asked, user_id=batch.request.user_id, folder=self.prompts)
        limit = GROUP_REPLY + ANY_REPLY
        reply_type = name_group_reply(*topics)
        return _as_groups(
            complete(self.model, prompt, reply_type, max_tokens=limit, language=language, may_repair=may_repair)
        )

    def _is_of(self, label: str, topic_id: str | None, by_rule: Reading, group: Group) -> bool:
        """It says one of the group's words, is as near to it as the rule's label, or belongs where the group does; in Chinese it may be
        any (the words of a text cannot be told apart)."""
        if speaks(label, "zh"):
            return True
        said = {word[:STEM] for word in re.findall(r"\w{3,}", label.casefold())}
        if said & {word[:STEM] for text in group.texts for word in re.findall(r"\w{3,}", text.casefold())}:
            return True
        placement = self.places.placement
        vectors = placement.embedder.embed([label, by_rule.path[-1]])
        [[nearest]] = placement.topics(vectors[:1], 1)
        near = vectors @ group.vector
        return nearest.topic_id == topic_id or bool(near[0] >= near[1])


def _as_groups(done: Completion[NamedGroup]) -> Completion[NamedGroups]:
    read = done.value
    value = None
    if read:  # both were checked as parts of the smaller reply
        reading = GroupReading.model_construct(group=1, topic=read.topic, label=read.label)
        value = NamedGroups.model_construct(groups=[reading], said=[])
    return Completion(value, done.salvaged, done.truncated, done.degraded, done.usage)
