"""The words around results, by language."""

from collections.abc import Mapping
from string import Formatter
from typing import Final

Table = Mapping[str, tuple[str, str]]
"""English and Chinese, by name."""
_WORDS: Final[dict[str, tuple[str, str]]] = {
    "profile_of": ("Profile of {user}", "{user} 的画像"),
    "profile_facts": (
        "version {version}, as of {at}, {events} events",
        "版本 {version}，截至 {at}，{events} 条行为",
    ),
    "nothing_known": (
        "Nothing is known yet: add behaviour with `penchant events add`, then `penchant update {user}`.",
        "尚无兴趣：先用 `penchant events add` 添加行为，再运行 `penchant update {user}`。",
    ),
    "pool": ("events that no interest explains yet: {events}", "{events} 条行为尚未归入任何兴趣"),
    "memory": ("remembers with half-lives {clocks}", "记忆半衰期：{clocks}"),
    "days": ("{days} d", "{days} 天"),
    "never_forgets": ("never fades", "永不衰减"),
    "rose": ("rising: {labels}", "上升：{labels}"),
    "fell": ("fading: {labels}", "下降：{labels}"),
    "pinned": ("pinned", "已置顶"),
    "muted": ("muted", "已屏蔽"),
    "dislike": ("dislikes", "不喜欢"),
    "stated": ("stated", "自述"),
    "lent": ("lent by others", "借自他人"),
    "list_separator": (", ", "、"),
    "user": ("User", "用户"),
    "version": ("Version", "版本"),
    "events": ("Events", "行为"),
    "updated": ("Updated", "更新于"),
    "event": ("Event", "行为编号"),
    "time": ("Time", "时间"),
    "type": ("Type", "类型"),
    "item": ("Item", "物品"),
    "says": ("Says", "内容"),
    "value": ("Value", "数值"),
    "file": ("File", "文件"),
    "lines": ("Lines", "行数"),
    "accepted": ("Accepted", "接受"),
    "duplicate": ("Duplicate", "重复"),
    "quarantined": ("Set aside", "隔离"),
    "set_aside": ("Rows set aside, with the reason for each: {file}", "被隔离的行及原因：{file}"),
    "seconds": ("{lines} lines in {seconds} s", "{lines} 行，用时 {seconds} 秒"),
    "new": ("New", "新增"),
    "assigned": ("Assigned", "已归类"),
    "pooled": ("Waiting", "待归类"),
    "named": ("Named (LLM + rules)", "命名（模型+规则）"),
    "llm_use": ("LLM calls / tokens", "模型调用 / 词元"),
    "status": ("Status", "状态"),
    "degraded": ("{step}: {reason}", "{step}：{reason}"),
    "recommended_for": ("Recommended for {user}", "给 {user} 的推荐"),
    "nothing_to_recommend": (
        "Nothing to recommend: the catalogue holds nothing this user has not had. Add items with `penchant items import`.",
        "没有可推荐的内容：目录中没有该用户未接触过的物品。请用 `penchant items import` 添加。",
    ),
    "without": ("without {interest} it would be number {rank}", "若没有“{interest}”，它将排在第 {rank} 位"),
    "number": (
        "number {rank} of what is left to recommend, score {score}",
        "在可推荐内容中排第 {rank} 位，得分 {score}",
    ),
    "not_ranked": ("not recommended, score {score}", "不推荐，得分 {score}"),
    "signal": ("Signal", "信号"),
    "through": ("Through", "通过"),
    "adds": ("Adds", "贡献"),
    "evidence": ("Evidence", "依据"),
    "why_not": ("Why not", "为何不"),
    "no_interest": ("(no interest yet)", "（尚未归类）"),
    "other_parts": ("{count} more", "其余 {count} 项"),
    "sum": ("score", "总分"),
    "and_more": (", and {count} more", "（另有 {count} 项）"),
    "content": ("content", "内容"),
    "collaborative": ("others", "协同"),
    "trending": ("trending", "趋势"),
    "freshness": ("fresh", "新品"),
    "exploration": ("explore", "探索"),
    "llm": ("model", "模型"),
    "popularity": ("popular", "热门"),
    "title": ("Title", "标题"),
    "description": ("Description", "描述"),
    "categories": ("Categories", "类别"),
    "tags": ("Tags", "标签"),
    "domain": ("Domain", "领域"),
    "attributes": ("Attributes", "属性"),
    "created": ("Created", "创建于"),
    "items_known": ("{count} items", "{count} 件物品"),
    "setting": ("Setting", "设置"),
    "origin": ("From", "来源"),
    "check": ("Check", "检查"),
    "found": ("Found", "结果"),
    "step_load": ("A gift shop's catalogue and its customers' behaviour", "一家礼品店的商品目录与顾客行为"),
    "step_customer": ("Who this is about", "主人公是谁"),
    "customer": (
        "Customer {user} ({countries}): {orders} orders with {events} purchases and returns, from {first} to {last}.",
        "顾客 {user}（{countries}）：{orders} 份订单，{events} 条购买与退货，{first} 至 {last}。",
    ),
    "favourites": ("Ordered most often: {titles}.", "最常订购：{titles}。"),
    "company": (
        "{count} other customers were read by rules alone: people who buy alike make the recommendations.",
        "另有 {count} 位顾客由规则读取：购买习惯相近的人让推荐更准。",
    ),
    "step_spring": ("Spring, {at}: what the profile says", "春天，{at}：画像如是说"),
    "step_christmas": ("Time moves on to Christmas, {at}", "时间来到圣诞，{at}"),
    "step_changes": ("What rose and what faded since spring", "春天以来的升与降"),
    "step_recommend": ("Ten recommendations, and why", "十条推荐及理由"),
    "step_explain": ("The account of the first one", "第一条推荐的得分明细"),
    "step_report": ("The same as a page", "同样的内容，做成网页"),
    "report_is": ("Open it in a browser: {file}", "用浏览器打开：{file}"),
    "interest": ("Interest", "兴趣"),
    "as_of": ("As of", "截至"),
    "made_by": ("Made by", "来自"),
    "kind_update": ("update", "更新"),
    "kind_edit": ("the user's word", "用户自述"),
    "kind_undo": ("undo", "撤销"),
    "kind_import": ("import", "导入"),
    "diff_facts": ("version {before} to {after}, {events} events", "版本 {before} 至 {after}，{events} 条行为"),
    "appeared": ("new", "新增"),
    "vanished": ("gone", "消失"),
    "nothing_changed": ("Nothing changed.", "没有变化。"),
    "before": ("Before", "之前"),
    "after": ("After", "之后"),
    "change": ("Change", "变化"),
    "demo_home": ("All of this lives in {home}: look around with", "以上数据都在 {home}，可继续查看："),
    "demo_took": ("{seconds} s", "用时 {seconds} 秒"),
    "system": ("System", "系统"),
    "log_loss": ("Log-loss (nats)", "对数损失 (nats)"),
    "eval_facts": ("{dataset}, {protocol}, {users} users", "{dataset}，{protocol}，{users} 位用户"),
    "eval_legend": (
        "x, p: nDCG@10 of penchant against the system, as a ratio, and how likely chance explains the difference",
        "x、p：penchant 的 nDCG@10 与该系统之比，以及差异出于偶然的概率",
    ),
    "tune_facts": (
        "Learnt from {choices} choices of the past in {seconds} s; nDCG@10 gained on choices not learnt from",
        "从过去的 {choices} 次选择中学习，用时 {seconds} 秒；以下为未参与学习的选择上 nDCG@10 的增益",
    ),
    "gain": ("Gain", "增益"),
    "interval": ("95 % interval", "95% 区间"),
    "decision": ("Decision", "决定"),
    "weights": ("weights", "权重"),
    "rules": ("list rules", "列表规则"),
    "replaced": ("the new setting is in force", "采用新设置"),
    "stays": ("no sure gain: the old setting stays", "无可靠增益：保留原设置"),
    "earned": ("may move lists, with weight {weight}", "可影响排序，权重 {weight}"),
    "earned_nothing": ("has earned no weight: lists stay as the rules order them", "未获得权重：列表仍按规则排序"),
    "forecast_facts": ("{dataset}, {events} events of {users} users", "{dataset}，{users} 位用户的 {events} 条行为"),
    "purpose": ("Purpose", "用途"),
    "allowed": ("Allowed", "允许"),
    "since": ("Since", "自"),
    "means": ("Means", "含义"),
    "yes": ("yes", "是"),
    "no": ("no", "否"),
    "purpose_profile": ("write behaviour down and learn interests from it", "记录行为并从中学习兴趣"),
    "purpose_recommend": (
        "use the profile: recommendations, explanations, context for a chat, reports",
        "使用画像：推荐、解释、对话上下文、报告",
    ),
    "purpose_llm": (
        "let a language model read behaviour or messages, and send the user's words to an embedding server",
        "允许语言模型阅读行为或消息，并把用户的文字发送给向量服务器",
    ),
    "place": ("Place", "位置"),
    "removed": ("Removed", "已删除"),
    "residue": ("Residue: {count}", "残留：{count}"),
    "behind": ("newer behaviour waits for an update of: {users}", "以下用户有新行为待更新：{users}"),
    "rebuilt": (
        "{identical} of {profiles} profiles made anew from the ledger are byte for byte the stored ones",
        "由行为记录重建的 {profiles} 份画像中，{identical} 份与存储的逐字节一致",
    ),
    "adds_up": ("Everything adds up.", "全部一致。"),
    "does_not_add_up": ("Something does not add up: see above.", "存在不一致：见上。"),
    "all_well": ("Everything works.", "一切正常。"),
    "something_wrong": ("{count} checks failed: see what to do above.", "{count} 项检查未通过：处理办法见上。"),
}
_COLUMN: Final = {"en": 0, "zh": 1}


class Words:
    """The words of one language: `Words("zh")("profile_of", user="ada")`. `table`: a sentence per language under each name."""

    def __init__(self, language: str, table: Table = _WORDS) -> None:
        self.language = language if language in _COLUMN else "en"
        self._table = table

    def __call__(self, name: str, **values: object) -> str:
        return self._table[name][_COLUMN[self.language]].format(**values)


def placeholders(table: Table = _WORDS) -> dict[str, tuple[frozenset[str], ...]]:
    """Which values each sentence takes, by language: they have to agree."""
    return {
        name: tuple(frozenset(field for _, field, _, _ in Formatter().parse(text) if field) for text in texts)
        for name, texts in table.items()
    }
