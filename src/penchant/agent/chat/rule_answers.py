"""Answers a message by rules, for models that cannot call tools: its intent decides which tools are called.

For a statement that was stored, the answer says how it was understood, and which earlier statement no longer holds.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, get_args

from penchant.agent.chat.answers import Shown, as_line
from penchant.agent.chat.change_checks import Stance, tastes
from penchant.agent.chat.forgetting import is_everything, most_similar, statements_to_forget
from penchant.agent.chat.intents import Intent, Kind, intent_of
from penchant.agent.chat.item_questions import answer_of_item, is_named, price_name, price_of
from penchant.agent.chat.lists import LISTED, first_items, further_items
from penchant.agent.chat.own_history import answer_from_events
from penchant.agent.chat.reactions import reactions
from penchant.agent.chat.references import is_only_a_reference, place_in
from penchant.agent.chat.statement_answers import answer_from_statements
from penchant.agent.chat.statement_questions import OwnQuestion
from penchant.agent.chat.toolbox import items_in, numbered, result_text
from penchant.agent.chat.turn import Turn
from penchant.agent.chat.user_words import MAX_READ
from penchant.agent.statements.changes_en import FORGET
from penchant.agent.statements.reading_zh import FORGET as FORGET_ZH
from penchant.agent.statements.temporary_clauses import masked
from penchant.characters import Language
from penchant.prompts.locales import Translator
from penchant.store.amounts import amount

_SEVERAL_SENTENCES = re.compile(r"[.”]\s\S|[。”][^\s，。]")
MAX_WISH = 500
"""The most characters of a wish that the tools take."""
LONGEST_SENTENCE = 400
"""The most characters of a sentence that is stored verbatim."""


def answer_by_rule(turn: Turn) -> str:
    """Recognise the intent, call the tools for it, and return the answer."""
    turn.message = _completed(turn)
    return "\n".join(_corrections(turn)) or _answer_by_intent(turn)


_UNANSWERED: Mapping[Kind, str] = {
    "item": "no item is called that",
    "unsay": "nothing of the kind was said",
    "history": "nothing of the kind was done",
    "self": "nothing that was said answers it",
}
"""Intents that the message has only if there is an answer, and what is known where there is none."""


def _answer_by_intent(turn: Turn) -> str:
    without: list[Kind] = []
    found = ""
    while True:
        intent = intent_of(turn.message, turn.shown, without=without)
        turn.step("rule", intent.kind, says=f"{found}the message reads as: {intent.kind}")
        if intent.kind not in _UNANSWERED or intent.kind in without:
            answers = [*_stated_beside(turn, intent), *_answers(turn, intent)]
            return "\n".join(answers) or turn.say("nothing")
        if answer := _answer_if_known(turn, intent):
            return answer
        without.append(intent.kind)
        found = f"{_UNANSWERED[intent.kind]}: "


def _answer_if_known(turn: Turn, intent: Intent) -> str:
    """Return the answer to an intent of `_UNANSWERED`; empty where there is none and the message may mean something else."""
    if intent.kind == "item":
        return _of_item(turn, intent)
    if intent.kind == "unsay":
        return "\n".join(_forget_statements(turn, intent))
    if intent.history:
        if intent.history.is_reference_only:
            return _which_item(turn)
        return answer_from_events(intent.history, turn.past_events(), turn.language)
    question = intent.user_question or OwnQuestion()
    return answer_from_statements(question, intent.query, turn.statements(), turn.language)


def events_answer(turn: Turn) -> bool:
    """Return whether the message asks what the user did here, and their events say so."""
    question = intent_of(turn.message, turn.shown, without=["self"]).history
    if question is None or question.is_reference_only:
        return False
    return bool(answer_from_events(question, turn.past_events(), turn.language))


def _of_item(turn: Turn, intent: Intent) -> str:
    """Return the answer to a question about an item; empty where the catalogue has none of the name and something else may be meant."""
    item = _look_up(turn, intent)
    if item is None and not intent.definite:
        return ""
    if item is None and (not intent.query or is_only_a_reference(intent.query)):
        return _which_item(turn)
    return answer_of_item(intent.asked or "stock", intent.query, item, turn.language)


def _corrections(turn: Turn) -> Iterator[str]:
    """Record a correction of what was said directly before, and yield lines that confirm it; nothing where it corrects no statement."""
    stances = tuple(stance for stance in tastes(turn.message[:MAX_READ]) if stance.of_last)
    if stances and turn.before:
        yield from record_statements(turn, Intent("state", stances=stances))


def _answers(turn: Turn, intent: Intent) -> Iterator[str]:
    match intent.kind:
        case "forget" | "profile":
            yield _call_and_describe(turn, "forget_user" if intent.kind == "forget" else "get_profile", {})
        case "explain":
            yield from _explanation_of(turn, intent)
        case "feedback" | "state":
            yield from record_statements(turn, intent)
        case "search":
            yield _call_and_describe(turn, "search_items", {"query": _words_of_wish(intent.query), "k": LISTED})
        case "recommend":
            arguments = _list_arguments(turn, intent)
            is_cheaper = bool(intent.limits and intent.limits.cheaper)
            if _has_shown(turn) and is_cheaper and "where" not in arguments:
                yield turn.say("no_prices")
            yield (further_items if intent.more and not is_cheaper else first_items)(turn, arguments)
        case "again":
            yield _last_list(turn)
        case "which_item" | "show":
            yield _item_again(turn, intent, intent.item) if intent.item else _which_item(turn)
        case "others" | "greeting" | "thanks" | "bye" | "nothing":
            yield turn.say(intent.kind)


def _completed(turn: Turn) -> str:
    """Return the message; one that only names an item in answer to "which item?" says of it what the message before said."""
    before, _, answer = turn.before.partition("\n")
    if not any(answer.startswith(Translator(each, "chat")("which_item")) for each in get_args(Language)):
        return turn.message
    named = turn.message.strip(" .。!！")
    named = f"number {named}" if named.isdecimal() else named
    item = turn.shown.find(named)
    if item is None or not (is_only_a_reference(named) or is_named(named, item.title)):
        return turn.message
    judged = f"{named}: {before}"
    return judged if any(each.item == item for each in reactions(judged, turn.shown)) else named


def _which_item(turn: Turn) -> str:
    """Ask which item is meant, with the numbers of those that can be meant."""
    listed = [item.model_copy(update={"why": ""}) for item in turn.shown.latest]
    return "\n".join([turn.say("which_item"), *([numbered(listed)] if listed else [])])


def _item_again(turn: Turn, intent: Intent, item: Shown) -> str:
    """Show an item of the conversation again, with its reason, its price and whether it is available."""
    found, turn.again = _look_up(turn, intent) or {}, item
    place = next((at for at, each in enumerate(turn.shown.latest, 1) if each.item_id == item.item_id), 1)
    price = price_of(found.get("attributes") or {})
    is_told = found.get("item_id") == item.item_id and (price or found.get("why"))
    facts = [answer_of_item("price" if price else "stock", item.title, found, turn.language)] if is_told else []
    return "\n".join([as_line(place, item), *facts])


def _last_list(turn: Turn) -> str:
    """Return the last list once more, under the heading of its wish, without what the user disliked of it since."""
    say, items = turn.say, turn.listed_again()
    if not items:
        return say("none_left" if turn.shown.latest else "none_shown")
    query = turn.wish.get("query")
    return "\n".join([say("recommended_for" if query else "recommended", query=query), numbered(items)])


def _has_shown(turn: Turn) -> bool:
    """Return whether there is something that "cheaper" can be compared with."""
    return bool(turn.shown.focus or turn.shown.latest)


def _explanation_of(turn: Turn, intent: Intent) -> Iterator[str]:
    """Yield why an item is recommended; nothing where the message names none that the catalogue has."""
    item = intent.item
    if item and intent.query and place_in(turn.message) is None and not is_named(intent.query, item.title):
        named = _look_up(turn, replace(intent, item=None, definite=False))
        item = Shown(item_id=str(named["item_id"]), title=str(named["title"])) if named else item
    wanted = {"query": _words_of_wish(intent.query), "k": 1}
    item = item or next(iter(items_in(turn.call("search_items", wanted))), None)
    if item is not None:
        yield _explanation(turn, item)


def _explanation(turn: Turn, item: Shown) -> str:
    """Return why an item is recommended. For one that was listed for a wish that is the list's own reason, because the tool
    explains it without the wish: what it says is added only if it speaks for the item.
    """
    text = _call_and_describe(turn, "explain_recommendation", {"item_id": item.item_id})
    result = turn.called[-1].result
    if not item.why or not (turn.wish or result.get("recommended") is False):
        return text
    say = Translator(turn.language, "reasons")
    weak = result.get("recommended") is False or result.get("why") in (say("nothing"), say("nearest"))
    if (turn.wish and weak) or _SEVERAL_SENTENCES.search(item.why):
        return item.why
    return " ".join(dict.fromkeys((item.why, str(result.get("why", "")))))


def _forget_statements(turn: Turn, intent: Intent) -> Iterator[str]:
    """Forget what the message names of what the user has said, and yield what that was.

    Yields nothing where no statement matches and the message may mean something else.
    """
    say = turn.say
    nothing = {say("not_known"), say("nothing_ended")}
    if ended := [line for line in record_statements(turn, intent) if line not in nothing]:
        yield from ended
        return
    statements = turn.statements()
    if statements and is_everything(intent.query):
        yield from _forget_all(turn, statements)
        return
    found = (
        statements_to_forget(intent.query, statements)
        if intent.query
        else [each for each in statements if str(each["text"]) in turn.before]
    )
    for each in found:
        turn.forget(str(each["id"]))
    removed = {str(each["id"]) for each in found}
    stay = {str(each["text"]) for each in statements if str(each["id"]) not in removed}
    names = dict.fromkeys(str(each["subject" if each["text"] in stay else "text"]) for each in found)
    yield from (say("unsaid", text=name) for name in names)
    if not found and intent.definite:
        near = most_similar(intent.query, statements) if intent.query else None
        yield say("not_known") if near is None else say("not_known_but", text=str(near["text"]))


def _forget_all(turn: Turn, statements: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    """Forget everything that the user has said if they confirm it; what they did stays."""
    if not turn.confirms(turn.say("forget_all_said", count=len(statements))):
        yield turn.say("not_confirmed")
        return
    for each in statements:
        turn.forget(str(each["id"]))
    yield turn.say("all_unsaid", count=len(statements))


def _look_up(turn: Turn, intent: Intent) -> Mapping[str, Any] | None:
    """Return the one item that is asked about, as the catalogue has it, or None.

    Another item that the search finds was not shown and is not counted as an item of the turn.
    """
    wanted = intent.item.title if intent.item else intent.query
    if not wanted or is_only_a_reference(wanted):
        return None
    result = turn.call("search_items", {"query": _words_of_wish(wanted), "k": 1})
    definite = intent.definite or intent.item is not None
    found = (item for item in result.get("items", ()) if is_named(wanted, str(item["title"]), definite=definite))
    item: Mapping[str, Any] | None = next(found, None)
    if item is None:
        turn.called = [each for each in turn.called if each.result is not result]
    return item


def _words_of_wish(text: str) -> str:
    """Return the text of a wish, cut at a word where it is longer than the tools take."""
    return text if len(text) <= MAX_WISH else text[:MAX_WISH].rsplit(" ", 1)[0]


def _list_arguments(turn: Turn, intent: Intent) -> dict[str, object]:
    """Return the arguments for a list; for more of the last list, its wish again without what was shown."""
    wishes = ("query", intent.query), ("avoid", intent.avoid)
    wanted = {name: _words_of_wish(value) for name, value in wishes if value}
    seen = [item.item_id for item in turn.shown.known] if intent.more else []
    return {
        **(turn.wish if intent.more else {}),
        **wanted,
        **({"exclude": seen} if seen else {}),
        **_limit_arguments(turn, intent),
    }


def _limit_arguments(turn: Turn, intent: Intent) -> dict[str, object]:
    """Return how many items are wanted, and the limits of the price by the catalogue's name for it."""
    limits = intent.limits
    if limits is None:
        return {}
    counted: dict[str, object] = {"k": limits.number} if limits.number else {}
    if limits.cheaper:
        return counted | _price_below_shown(turn)
    if limits.at_most is None and limits.at_least is None:
        return counted
    attributes = _found_attributes(turn, intent.query or turn.message)
    return {**counted, "where": limits.where(price_name(attributes) or "price")}


def _price_below_shown(turn: Turn) -> dict[str, object]:
    """Return a filter for lower prices than that of the item mentioned last, or else the first one listed; empty without a price."""
    item = turn.shown.focus or next(iter(turn.shown.latest), None)
    attributes = _found_attributes(turn, item.title) if item else {}
    name = price_name(attributes)
    price = amount(str(attributes[name])) if name else None
    return {"where": [f"attributes.{name}<{price:g}"]} if price else {}


def _found_attributes(turn: Turn, wanted: str) -> Mapping[str, Any]:
    """Return the attributes of the first item that a search finds, which was not shown and is not counted as an item of the turn."""
    result = turn.call("search_items", {"query": _words_of_wish(wanted), "k": 1})
    turn.called = [each for each in turn.called if each.result is not result]
    return next((item.get("attributes") or {} for item in result.get("items", ())), {})


def _stated_beside(turn: Turn, intent: Intent) -> Iterator[str]:
    """Record and confirm what is stated in a message that asks for something else."""
    if intent.kind not in ("feedback", "state"):
        yield from record_statements(turn, intent)


def record_statements(turn: Turn, intent: Intent) -> Iterator[str]:
    """Record what the user has said about items and their taste, and yield lines that confirm it."""
    for reaction in intent.reactions:
        if reaction.item is not None:
            arguments = {"item_id": reaction.item.item_id, "outcome": reaction.outcome}
            result = turn.call("give_feedback", arguments)
            yield result_text("give_feedback", {"title": reaction.item.title}, result, turn.say)
    lines: set[str] = set()  # one sentence may state several things
    for stance in intent.stances:
        words = stance.text if len(stance.text) <= LONGEST_SENTENCE else stance.polarity
        if words is None or (words != stance.text and stance.retracts):
            continue
        arguments = {"action": "state", "interest": stance.label, "text": words}
        result = turn.call("edit_interest", arguments)
        if "error" in result and (stance.corrects or (stance.retracts and stance.kind == "goal")):
            continue  # it corrects the assistant, or reports something done that was no goal
        noted = _confirmation(stance, result, turn.say).split("\n")
        yield from (line for line in noted if line not in lines)
        lines.update(noted)


def _call_and_describe(turn: Turn, name: str, arguments: Mapping[str, object]) -> str:
    result = turn.call(name, arguments)
    called = next((each for each in turn.called if each.result is result), None)
    return result_text(name, called.arguments if called else arguments, result, turn.say)


_ALLERGY_BEFORE = re.compile(
    r"(?:allergic|allerg(?:y|ies))\s+to\s+(?P<rest>[^.;!?]*)|对(?P<zh>[^。；！？]*?)过敏", re.IGNORECASE
)
_TURNS = re.compile(r"\b(?:i|we|my|never|don['’]?t|can['’]?t|but)\b|我|但|不", re.IGNORECASE)
_NAMED_BY_IT = re.compile(r"(?:allerg(?:y|ies)|intolerance|intolerant|sensitivity|过敏|不耐受?)$", re.IGNORECASE)


def _confirmation(stance: Stance, result: Mapping[str, Any], say: Translator) -> str:
    """Return the confirmation of a stance, on one line or more. `result`: of the edit, or why nothing was stored."""
    if stance.retracts and result.get("error"):
        return say("not_known" if FORGET.match(stance.text) or FORGET_ZH.match(stance.text) else "nothing_ended")
    if "error" in result:
        return result_text("edit_interest", {}, result, say)
    return "\n".join(
        [
            *_confirmation_parts(stance, result, say),
            *(say("noted_ended", text=text) for text in result.get("ended", ())),
        ]
    )


def _confirmation_parts(stance: Stance, result: Mapping[str, Any], say: Translator) -> Iterator[str]:
    """Yield what holds from now on; nothing for a stance that only ends another."""
    if stance.retracts:
        return
    name = _phrase_name(stance)
    what = stance.label[:1].lower() + stance.label[1:]
    values = {"what": what, "many": "yes" if what.endswith("s") else "no", "text": masked(stance.text)}
    if stance.whom:
        whose = stance.whom.removeprefix("for ").partition(" ")[2] or stance.whom.removeprefix("为")
        yield say("noted_for", who=whose, noted=say(name, **values))
    elif name == "is_taste":
        yield say(
            "noted", stance=say("not_like" if stance.polarity == "dislike" else "like"), interest=result["interest"]
        )
    else:
        yield say("noted_need", noted=say(name, **values)) if name != "noted_words" else say(name, **values)


def _phrase_name(stance: Stance) -> str:
    """Return the name of the phrase for a stance: as an allergy, as something to avoid, by the sentence, or as a taste."""
    if stance.kind == "avoid" and stance.strict:
        if _NAMED_BY_IT.search(stance.label):
            return "is_need"
        return "is_allergy" if _is_allergy(stance) else "is_avoided"
    if stance.whom:
        return "is_need"
    if stance.kind == "avoid":
        return "noted_words"  # who does not smoke has not said what they dislike
    return "is_taste" if stance.is_taste else "noted_words"


def _is_allergy(stance: Stance) -> bool:
    """Return whether the sentence states an allergy to this very thing, not to another one in it."""
    for found in _ALLERGY_BEFORE.finditer(stance.text):
        named = found["rest"] or found["zh"] or ""
        before, known, _ = named.casefold().partition(stance.label.casefold())
        if known and not _TURNS.search(before):
            return True
    return bool(re.search(re.escape(stance.label) + r"(?:严重|会)?过敏", stance.text))
