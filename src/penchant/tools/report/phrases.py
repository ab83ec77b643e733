"""The words of a report, in English and Chinese."""

from datetime import datetime
from typing import Final

from penchant.tools.rendering.words import Words

PHRASES: Final[dict[str, tuple[str, str]]] = {
    # the page
    "eyebrow": ("Interest profile", "兴趣画像"),
    "page_title": ("{user} – interest profile", "{user} 的兴趣画像"),
    "skip": ("Skip to the interests", "跳到兴趣"),
    "contents": ("On this page", "本页内容"),
    "as_of": ("As of {at}", "截至{at}"),
    "version": ("version {version}", "第 {version} 版"),
    "actions_since": ("{events} actions since {first}", "自{first}以来 {events} 条行为"),
    "no_actions": ("no actions yet", "尚无行为"),
    "made": ("Made by Penchant {penchant} on {at}. This file contacts nobody.", "由 Penchant {penchant} 于{at}生成。本文件不连接任何网络。"),
    "percent": ("{value}%", "{value}%"),
    "separator": (", ", "、"),
    "and": (" and ", "和"),
    "quoted": ("“{text}”", "“{text}”"),
    # the portrait
    "drawn": ("{user} is drawn most to {first}{above}{then}.", "{user} 最关注{first}{above}{then}。"),
    "above_all": (", above all {label}", "，尤其是{label}"),
    "then": ("; then come {labels}", "；其次是{labels}"),
    "share_of": ("{label} ({share})", "{label}（{share}）"),
    "lately_both": ("Lately {rising} has been rising while {fading} fades; {memory}.", "近来{rising}在升温，{fading}在减弱；{memory}。"),
    "lately_rising": ("Lately {rising} has been rising; {memory}.", "近来{rising}在升温；{memory}。"),
    "lately_fading": ("Lately {fading} has been fading; {memory}.", "近来{fading}在减弱；{memory}。"),
    "lately_steady": ("Nothing has been rising or fading lately; {memory}.", "近来没有明显的升降；{memory}。"),
    "memory_days": ("what was done {days} ago counts half as much as what is done today", "{days}前的行为，分量只有今天的一半"),
    "memory_never": ("what was done long ago counts as much as what is done today", "很久以前的行为与今天的同样重要"),
    "days": ("{days} days", "{days} 天"),
    "day": ("a day", "一天"),
    "hours": ("{hours} hours", "{hours} 小时"),
    "hour": ("an hour", "一小时"),
    "only_dislikes": ("{user} has only let us know what not to show: {labels}.", "{user} 只表明了不想看到什么：{labels}。"),
    "only_dislikes_then": ("A first click, purchase or search would show what to offer instead.", "一次点击、购买或搜索，就能让我们知道可以推荐什么。"),
    "nothing_known": ("Nothing is known about {user} yet.", "目前对 {user} 一无所知。"),
    "nothing_known_then": (
        "As soon as something is viewed, bought, searched for or said, it appears here together with what follows from it.",
        "一旦有浏览、购买、搜索或表述，就会连同由此得出的兴趣一起出现在这里。",
    ),
    "no_interest_yet": ("{count} of {user} known so far, and no interest has formed.", "目前已知 {user} 的{count}，还没有形成兴趣。"),
    "no_interest_yet_then": (
        "An interest needs a few actions that resemble each other, or one clear word from the user.",
        "形成兴趣需要几条相似的行为，或者用户的一句明确表述。",
    ),
    "one_action": ("1 action", "1 条行为"),
    "n_actions": ("{count} actions", "{count} 条行为"),
    # interests
    "interests": ("Interests", "兴趣"),
    "interests_note": (
        "Each ring is a level; the wider an arc, the larger its share of everything. Choose an arc or a name to walk in.",
        "每一环是一个层级；弧越宽，占比越大。点选弧或名称即可深入。",
    ),
    "chart_label": ("Sunburst of the interests; the list says the same in words.", "兴趣旭日图；列表以文字给出同样的内容。"),
    "everything": ("Everything", "全部"),
    "no_interests": ("No interest has formed yet.", "尚未形成兴趣。"),
    "rising": ("rising", "上升"),
    "steady": ("steady", "平稳"),
    "fading": ("fading", "减弱"),
    "dislike": ("disliked", "不喜欢"),
    "pinned": ("pinned", "已置顶"),
    "muted": ("muted", "已屏蔽"),
    "stated": ("stated", "自述"),
    "lately": ("lately", "近期"),
    "long_run": ("in the long run", "长期"),
    "half_life": ("halves in", "半衰期"),
    "never_fades": ("never fades", "永不减弱"),
    "confidence": ("confidence", "置信度"),
    "resting_on": ("rests on", "依据"),
    "named_by": ("named by", "命名："),
    "by_llm": ("a language model", "语言模型"),
    "by_rule": ("rules", "规则"),
    "by_user": ("the user", "用户本人"),
    "telling_words": ("telling words", "特征词"),
    "evidence_word": ("evidence", "证据"),
    "from_to": ("{first} to {last}", "{first}至{last}"),
    # change
    "changes": ("How it changed", "如何变化"),
    "changes_note": (
        "How attention was shared among the topics since the first action.",
        "自第一条行为以来，注意力在各主题间的分配。",
    ),
    "moved_since": ("Since {since}", "自{since}以来"),
    "changes_label": ("Share of each topic over time; the lists below say what moved.", "各主题占比随时间的变化；下方列表说明升降。"),
    "nothing_moved": ("Nothing has moved by a hundredth of the whole since {since}.", "自{since}以来，没有任何兴趣的变化达到百分之一。"),
    "no_history": ("There is not enough history yet to see anything change.", "历史还太短，看不出变化。"),
    "because": ("Because:", "原因："),
    "nothing_since": ("Not seen since {at}.", "自{at}起再未出现。"),
    "crowded_out": ("Still seen, but others grew faster.", "仍有出现，但其他兴趣增长更快。"),
    "rested_on": ("It rested on:", "此前依据："),
    "others_together": ("all other topics", "其余主题"),
    # recommendations
    "recommendations": ("Recommendations", "推荐"),
    "recommendations_note": (
        "Every score is a plain sum. Each bar shows the parts it is made of, in the colour of the interest they come through.",
        "每个得分都是简单相加。条形显示各组成部分，颜色对应其来源兴趣。",
    ),
    "no_recommendations": ("There is nothing to recommend: the catalogue holds nothing new for this user.", "没有可推荐的内容：目录中没有该用户未接触过的物品。"),
    "score": ("score", "得分"),
    "without": ("Without “{label}” it would be number {rank}.", "若没有“{label}”，它将排在第 {rank} 位。"),
    "parts_all": ("all {count} parts", "全部 {count} 个部分"),
    "parts_caption": ("What the score of {title} is made of", "“{title}”的得分构成"),
    "signal": ("Signal", "信号"),
    "through": ("Through", "来源兴趣"),
    "adds": ("Adds", "贡献"),
    "sum": ("Score", "得分"),
    "smaller_parts": ("{count} smaller parts", "{count} 个较小部分"),
    "cited": ("Cited:", "引用："),
    "worded_by_llm": ("worded by a language model, checked against the evidence", "由语言模型撰写，已与证据核对"),
    "content": ("content", "内容相似"),
    "collaborative": ("people alike", "相似用户"),
    "trending": ("trending", "近期流行"),
    "freshness": ("newness", "新品"),
    "exploration": ("exploration", "探索"),
    "llm": ("language model", "语言模型"),
    "popularity": ("popularity", "热门"),
    "item_fact": ("catalogue: {field}", "目录字段：{field}"),
    # doubts
    "doubts": ("What it does not know", "不知道与不确定"),
    "doubts_note": ("Where the profile is silent, or would not bet on itself.", "画像沉默之处，或连自己也不敢断言之处。"),
    "no_doubts": ("Nothing stands out: every action is explained and every interest well supported.", "没有突出的疑点：每条行为都有归属，每个兴趣都有充分依据。"),
    "doubt_pool": ("{events} of {total} fit no interest yet and wait for company.", "{total}中有 {events} 条尚不属于任何兴趣，等待更多相似行为。"),
    "doubt_thin": ("These interests rest on little; a few more actions may change them:", "这些兴趣依据不足，再有几条行为就可能改变："),
    "doubt_unnamed": ("{count} of {total} interests were named by rules, not read by a language model.", "{total} 个兴趣中有 {count} 个由规则命名，未经语言模型阅读。"),
    "doubt_unknown_items": ("{count} name items that the catalogue does not know.", "{count}涉及目录中没有的物品。"),
    "doubt_quiet": ("Nothing has been seen since {at}, {days} days before this report's date.", "自{at}起没有新的行为，距本报告日期已 {days} 天。"),
    "doubt_young": ("With {count} there is no telling passing moods from lasting tastes.", "只有{count}，无法区分一时兴起与长期喜好。"),
    "doubt_unread": ("{count} happened after the profile was last updated, and are not in it.", "{count}发生在画像最近一次更新之后，尚未纳入。"),
    "doubt_behaviour_only": (
        "It knows only what was done here: nothing of what was bought elsewhere, for whom, or why.",
        "它只知道在这里发生的行为：不知道在别处买过什么、为谁而买、为何而买。",
    ),
    # evidence
    "evidence": ("Evidence", "证据"),
    "evidence_note": ("The actions everything above rests on. Times are UTC.", "以上一切所依据的行为。时间为 UTC。"),
    "evidence_shown": ("{shown} of {known} actions: all that are cited above, then the newest.", "共 {known} 条行为，此处 {shown} 条：上文引用的全部，加上最新的。"),
    "evidence_all": ("All {known}.", "全部 {known}。"),
    "no_evidence": ("No actions are known.", "没有已知的行为。"),
    "filter": ("Filter", "筛选"),
    "filter_hint": ("title, type or interest", "标题、类型或兴趣"),
    "kind_of_action": ("Kind", "类型"),
    "all_kinds": ("all", "全部"),
    "rows_match": ("{count} match", "{count} 条符合"),
    "show_more": ("Show more", "显示更多"),
    "when": ("When", "时间"),
    "action": ("Action", "行为"),
    "about": ("About", "对象"),
    "weight": ("Weight", "权重"),
    "weight_note": (
        "Weight is what this kind of action says before it fades; below zero it speaks against.",
        "权重是此类行为衰减前的分量；负值表示反对。",
    ),
    "interest": ("Interest", "兴趣"),
    "cited_by": ("Cited by", "被引用于"),
    "rank": ("no. {rank}", "第 {rank} 条"),
    "no_words": ("(no words)", "（无文字）"),
    # provenance
    "provenance": ("How it was made", "如何得出"),
    "provenance_note": ("The settings in force, what was spent, and what did not go as configured.", "所用设置、消耗，以及未按设置完成的步骤。"),
    "profile_version": ("Profile", "画像"),
    "model": ("Language model", "语言模型"),
    "no_model": ("none: rules alone", "无：仅用规则"),
    "embedded_model": ("the embedded one", "内置模型"),
    "embedder": ("Embedder", "向量模型"),
    "reranking": ("Re-ranking", "重排"),
    "reranked": ("{model}, with weight {weight}{reason}", "{model}，权重 {weight}{reason}"),
    "not_reranked": ("no model took part{reason}", "没有模型参与{reason}"),
    "for_reason": (": {reason}", "：{reason}"),
    "spent": ("Spent", "消耗"),
    "spent_on": ("{calls} calls, {prompt} tokens read and {completion} written", "{calls} 次调用，读入 {prompt} 个词元，写出 {completion} 个词元"),
    "names": ("Names", "命名"),
    "names_by": ("{llm} by a language model, {rule} by rules, {user} by the user", "语言模型 {llm} 个，规则 {rule} 个，用户 {user} 个"),
    "clocks": ("Memory", "记忆"),
    "clocks_note": ("How much each clock is trusted to foresee what this user does next.", "各时钟预测该用户下一步行为的可信程度。"),
    "degraded": ("Did not go as configured", "未按设置完成"),
    "none_degraded": ("Everything went as configured.", "一切按设置完成。"),
    "versions": ("Versions", "版本"),
    "new_actions": ("New actions", "新行为"),
    "how": ("How", "方式"),
    "kind_update": ("update", "更新"),
    "kind_edit": ("the user's word", "用户编辑"),
    "kind_undo": ("taken back", "撤销"),
    "kind_import": ("imported", "导入"),
    "calls": ("Calls", "调用"),
    "tokens": ("Tokens", "词元"),
    "status": ("Status", "状态"),
    "status_ok": ("ok", "正常"),
    "status_degraded": ("degraded", "降级"),
    "status_failed": ("failed", "失败"),
    "penchant_version": ("Penchant", "Penchant"),
    # remedies
    "remedies": ("Correct or delete it", "更正或删除"),
    "remedies_note": (
        "The user's own word stands above every summary and is never overwritten. Each line is a command; the same can be done over HTTP and MCP.",
        "用户本人的表述高于一切归纳，永不被覆盖。每行是一条命令；通过 HTTP 与 MCP 也可完成。",
    ),
    "fix_rename": ("Call an interest by another name", "给兴趣改名"),
    "fix_mute": ("Stop recommending for an interest", "不再按某个兴趣推荐"),
    "fix_pin": ("Keep an interest from fading", "让某个兴趣不再减弱"),
    "fix_remove": ("Remove an interest", "移除某个兴趣"),
    "fix_state": ("Say what you like", "说出喜好"),
    "fix_undo": ("Take the last change back", "撤销上一次更改"),
    "fix_export": ("Take the whole profile along", "导出完整画像"),
    "fix_revoke": ("Withdraw consent", "撤回同意"),
    "fix_erase": ("Delete everything, with a receipt", "全部删除并出具回执"),
    "state_example": ("I love …", "我喜欢……"),
    "name_example": ("NEW NAME", "新名称"),
    # all users
    "index_title": ("Interest profiles", "兴趣画像"),
    "index_note": ("{users} users, as of {at}.", "{users} 位用户，截至{at}。"),
    "user": ("User", "用户"),
    "actions": ("Actions", "行为"),
    "top_topics": ("Strongest topics", "最强主题"),
    "no_users": ("Nobody has been seen yet: import behaviour first, with `penchant events import`.", "尚无用户：请先用 `penchant events import` 导入行为。"),
}  # fmt: skip
DEEDS: Final[dict[str, tuple[str, str]]] = {
    "view": ("viewed {about}", "浏览了{about}"),
    "click": ("clicked {about}", "点击了{about}"),
    "search": ("searched for {about}", "搜索了{about}"),
    "like": ("liked {about}", "喜欢了{about}"),
    "save": ("saved {about}", "收藏了{about}"),
    "cart": ("put {about} in the cart", "加购了{about}"),
    "purchase": ("bought {about}", "购买了{about}"),
    "rating": ("rated {about}", "评价了{about}"),
    "dwell": ("spent time on {about}", "细看了{about}"),
    "share": ("shared {about}", "分享了{about}"),
    "follow": ("followed {about}", "关注了{about}"),
    "message": ("wrote {about}", "写道{about}"),
    "skip": ("skipped {about}", "跳过了{about}"),
    "hide": ("hid {about}", "隐藏了{about}"),
    "dislike": ("disliked {about}", "不喜欢{about}"),
    "return": ("returned {about}", "退回了{about}"),
    "other": ("{type}: {about}", "{type}：{about}"),
}
KINDS: Final[dict[str, tuple[str, str]]] = {
    "view": ("viewed", "浏览"), "click": ("clicked", "点击"), "search": ("searched", "搜索"), "like": ("liked", "喜欢"),
    "save": ("saved", "收藏"), "cart": ("in the cart", "加购"), "purchase": ("bought", "购买"), "rating": ("rated", "评分"),
    "dwell": ("spent time on", "细看"), "share": ("shared", "分享"), "follow": ("followed", "关注"), "message": ("wrote", "消息"),
    "skip": ("skipped", "跳过"), "hide": ("hid", "隐藏"), "dislike": ("disliked", "不喜欢"), "return": ("returned", "退货"),
}  # fmt: skip


class Phrases(Words):
    """Sentences, numbers and dates of one language."""

    def __init__(self, language: str) -> None:
        super().__init__(language, PHRASES)
        self._deeds, self._kinds = Words(language, DEEDS), Words(language, KINDS)

    def percent(self, share: float) -> str:
        """A share (0–1) as people read it, to a tenth of a percent."""
        return self("percent", value=f"{share * 100:.1f}")

    def day(self, at: datetime) -> str:
        """A date in full."""
        return f"{at.year}年{at.month}月{at.day}日" if self.language == "zh" else f"{at.day} {at:%B} {at.year}"

    def short_day(self, at: datetime) -> str:
        """A date for lists."""
        return f"{at:%Y-%m-%d}" if self.language == "zh" else f"{at.day} {at:%b} {at.year}"

    def actions(self, count: int) -> str:
        """So many actions."""
        return self("one_action") if count == 1 else self("n_actions", count=f"{count:,}")

    def listed(self, labels: list[str]) -> str:
        """Labels as an enumeration."""
        if len(labels) < 2:
            return "".join(labels)
        return self("separator").join(labels[:-1]) + self("and") + labels[-1]

    def span(self, days: float) -> str:
        """A length of time in words."""
        if days >= 1.5:
            return self("days", days=f"{days:.0f}")
        if days >= 0.9:
            return self("day")
        return self("hours", hours=f"{days * 24:.0f}") if days * 24 >= 1.5 else self("hour")

    def half_life(self, days: float | None) -> str:
        """A half-life in words; None never fades."""
        return self("never_fades") if days is None else self.span(days)

    def deed(self, kind: str, about: str) -> str:
        """An event in words."""
        quoted = self("quoted", text=about)
        return self._deeds(kind, about=quoted) if kind in DEEDS else self._deeds("other", type=kind, about=quoted)

    def kind(self, name: str) -> str:
        """An event type in words; one that settings added keeps its name."""
        return self._kinds(name) if name in KINDS else name
