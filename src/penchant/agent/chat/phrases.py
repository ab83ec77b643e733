"""What rules answer, in English and Chinese."""

from typing import Final

_WORDS: Final[dict[str, tuple[str, str]]] = {
    "recommended": ("For you:", "为您推荐："),
    "recommended_for": ('For "{query}":', "按“{query}”为您推荐："),
    "avoiding": (" (without {avoid})", "（避开{avoid}）"),
    "found": ("In the catalogue:", "目录中有："),
    "nothing_found": ("There is nothing in the catalogue for that.", "目录中没有符合的内容。"),
    "profile": ("What I know of you, from what you did:", "根据您的行为，我了解到："),
    "interest": (
        "- {interest}: {percent} % ({signs} signs){marks}",
        "- {interest}：{percent}%（{signs} 次行为）{marks}",
    ),
    "rising": (", rising", "，上升"),
    "fading": (", fading", "，下降"),
    "dislike": (", a dislike", "，不喜欢"),
    "muted": (", muted", "，已屏蔽"),
    "pinned": (", pinned", "，已置顶"),
    "nothing_known": ("I know nothing of your interests yet.", "我还不了解您的兴趣。"),
    "noted": (
        "Noted: you {stance} {interest}. This stands until you take it back.",
        "已记下：您{stance}{interest}。在您收回之前一直有效。",
    ),
    "like": ("like", "喜欢"),
    "not_like": ("dislike", "不喜欢"),
    "others": (
        "I only speak of your own profile: other people's are not shown.",
        "我只能谈您自己的画像，不会展示他人的画像。",
    ),
    "forgotten": ("Everything known about you is erased ({removed} entries).", "关于您的一切已删除（{removed} 条）。"),
    "greeting": (
        "Hello. Ask me for something to your taste, why it is shown, or what is known about you.",
        "您好。您可以让我推荐内容、询问推荐理由，或查看我了解的您的兴趣。",
    ),
    "nothing": ("What are you looking for?", "您想找什么？"),
    "not_judged": (
        "I could not judge what is “{avoid}”: look for yourself.",
        "我无法判断哪些内容属于“{avoid}”，请自行留意。",
    ),
    "failed": ("That could not be done: {reason}", "未能完成：{reason}"),
    "stopped": ("I stopped here ({limit} reached).", "我在此停下（已达上限：{limit}）。"),
    "steps": ("the limit of steps", "步数"),
    "calls": ("the limit of tool calls", "工具调用次数"),
    "tokens": ("the limit of tokens", "词元数"),
    "time": ("the time limit", "时间"),
    "not_asked": ("Nothing was changed: {reason}.", "没有作任何更改：{reason}。"),
}


def words(name: str, language: str, **values: object) -> str:
    """A sentence in English, or in Chinese for `zh`."""
    return _WORDS[name][language == "zh"].format(**values)
