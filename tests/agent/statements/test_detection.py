"""What people say of themselves is heard, whole and the right way round; what is not theirs is not."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from processor_time import seconds

from penchant.agent.statements.detection import Detection, StatementDetector
from penchant.agent.statements.patterns_en import PATTERNS
from penchant.agent.statements.patterns_en_sure import SURE
from penchant.agent.statements.wordings import Wordings

DETECTOR = StatementDetector()


def stated(message: str) -> list[tuple[str, str, str | None]]:
    """Kind, subject and polarity of what the message states."""
    return [
        (statement.kind, statement.subject, statement.polarity)
        for statement in DETECTOR.detect(message)
        if not statement.retracts
    ]


def only(message: str) -> Detection:
    [detection] = DETECTOR.detect(message)
    return detection


@pytest.mark.parametrize("message", ["不愛想な人が嫌いです", "私は肉を食べない", "コーヒーは好きじゃない"])
def test_japanese_is_not_read_by_the_rules_for_chinese(message: str) -> None:
    assert stated(message) == []


@pytest.mark.parametrize(
    ("message", "subject"),
    [("我喜欢抹茶の味道", "抹茶の味道"), ("我喜欢宫崎骏的《千と千尋の神隠し》", "宫崎骏的《千と千尋の神隠し》")],
)
def test_kana_inside_a_chinese_sentence_leave_it_chinese(message: str, subject: str) -> None:
    assert stated(message) == [("like", subject, "like")]


@pytest.mark.parametrize(
    ("message", "subject", "polarity"),
    [
        ("I love anime.", "anime", "like"),
        ("I like apples.", "apples", "like"),
        ("我喜欢跑步", "跑步", "like"),
        ("我喜欢看科幻小说。", "看科幻小说", "like"),
        ("What I really enjoy is crime fiction.", "crime fiction", "like"),
        ("I enjoy theatre.", "theatre", "like"),
        ("I hate anchovies.", "anchovies", "dislike"),
        ("Don't recommend anything violent.", "anything violent", "dislike"),
        ("I prefer not to attend crowded conventions.", "crowded conventions", "dislike"),
        ("I only use phones with removable batteries.", "phones with removable batteries", "like"),
        ("I have a severe nut allergy.", "nut allergy", "dislike"),
        ("I have an acute fear of heights.", "heights", "dislike"),
        ("I follow a strict gluten-free diet.", "gluten-free diet", "like"),
        ("I find large crowds exhausting.", "large crowds", "dislike"),
        ("I can't stand open-plan offices!", "open-plan offices", "dislike"),
        ("My favourite player is Megan Rapinoe.", "Megan Rapinoe", "like"),
        ("I'd rather take the train than fly.", "take the train", "like"),
        ("When travelling I prefer apartments with a kitchen.", "apartments with a kitchen", "like"),
        ("I enjoy films or shows that focus on character development.", "films or shows that focus on character development", "like"),
        ("I'm allergic to cats, can you suggest a pet?", "cats", "dislike"),
        ("我对花生过敏。", "花生", "dislike"),
        ("最近在戒糖", "糖", "dislike"),
        ("吃不了辣", "辣", "dislike"),
        ("一直用安卓", "安卓", "like"),
        ("我不喜欢人多的景区", "人多的景区", "dislike"),
        ("我特别爱逛博物馆", "逛博物馆", "like"),
        ("不要再给我推荐恐怖片了", "恐怖片", "dislike"),
    ],
)  # fmt: skip
def test_what_a_user_states_is_heard_with_its_subject_whole(message: str, subject: str, polarity: str) -> None:
    assert [(subject, polarity)] == [(found, sign) for _, found, sign in stated(message)]


@pytest.mark.parametrize(
    "message",
    [
        "I am allergic to peanuts.",
        "I'm severely allergic to peanuts.",
        "Just so you know, I'm allergic to peanuts.",
        "I have a peanut allergy.",
        "I can't eat peanuts.",
        "I never eat peanuts.",
        "Please never suggest peanuts to me.",
        "Note: I'm allergic to peanuts.",
        "I avoid peanuts because they make me ill.",
        "I don't eat peanuts, what can I have instead?",
        "我对花生过敏",
        "花生过敏，一点都不能碰",
        "我不能吃花生",
        "我从来不吃花生",
        "别给我推荐花生",
        "我花生过敏",
        "不吃花生，推荐点别的零食",
        "医生让我别吃花生",
        "吃不了花生",
        "花生我不吃",
    ],
)
def test_ten_wordings_of_one_thing_in_two_languages_say_the_same(message: str) -> None:
    assert [("peanut" in subject or "花生" in subject, sign) for _, subject, sign in stated(message)] == [
        (True, "dislike")
    ]


@pytest.mark.parametrize(
    ("message", "subject", "polarity"),
    [
        ("I'd rather chew glass than sit through another musical.", "musical", "dislike"),
        ("You won't catch me in a karaoke bar.", "karaoke bar", "dislike"),
        ("Few things please me as much as fresh bed linen.", "fresh bed linen", "like"),
        ("I never thought I'd enjoy opera, but here I am, hooked.", "opera", "like"),
        ("Everyone raves about kale, but I find it vile.", "kale", "dislike"),
        ("My least favourite chore is ironing.", "ironing", "dislike"),
        ("The thought of karaoke makes me cringe.", "karaoke", "dislike"),
        ("Musicals? Never liked them.", "Musicals", "dislike"),
        ("Pickled beets are just wrong, I hate them.", "Pickled beets", "dislike"),
        ("My brother got me into chess and now I'm hooked.", "chess", "like"),
        ("I can't enjoy a film without popcorn.", "popcorn", "like"),
        ("I won't consider a laptop with less than 16 GB of RAM.", "16 GB of RAM", "like"),
        ("I'm trying to cut down on plastic.", "plastic", "dislike"),
        ("大家都说榴莲香，我就是吃不惯", "榴莲", "dislike"),
        ("我实在喜欢不起来抽象画", "抽象画", "dislike"),
        ("我一天不弹琴就浑身难受", "弹琴", "like"),
        ("早高峰的地铁让我窒息", "早高峰的地铁", "dislike"),
        ("猫和狗我更喜欢狗", "狗", "like"),
    ],
)  # fmt: skip
def test_a_turn_of_phrase_goes_the_way_it_is_meant(message: str, subject: str, polarity: str) -> None:
    assert [(found, sign) for _, found, sign in stated(message)] == [(subject, polarity)]


@pytest.mark.parametrize(
    ("message", "subject"),
    [
        ("I find self-help books insufferable.", "self-help books"),
        ("The sheer thoughtlessness of litterers makes me cringe.", "sheer thoughtlessness of litterers"),
        ("I eat only halal meat.", "halal meat"),
        ("I can spend 200 dollars a month on hobbies.", "200 dollars a month on hobbies"),
        ("I'd sooner stay in than go clubbing.", "stay in"),
        ("I cherish quiet evenings at home.", "quiet evenings at home"),
        ("I can't drive.", "can't drive"),
        ("I'm learning the cello.", "cello"),
        ("我家没有烤箱", "没有烤箱"),
        ("我怀孕五个月了", "怀孕五个月"),
    ],
)
def test_a_subject_is_not_cut_within_what_belongs_together(message: str, subject: str) -> None:
    assert subject.removeprefix("The ") in [found.removeprefix("The ") for _, found, _ in stated(message)]


@pytest.mark.parametrize(
    "message",
    [
        "I'm after a waterproof jacket in medium.",
        "I have 3 apples and eat one, how many are left?",
        "I have a voucher.",
        "I've been charged twice.",
        "I feel like pizza.",
        "I always thought tomatoes were vegetables, are they?",
        "I don't like any of these, show me others.",
        "i love new york mug",
        "// I prefer tabs over spaces",
        "If I can't sleep, should I take melatonin?",
        "All my friends are into crypto.",
        "As a user I want to filter by price so that I can find cheap items.",
        "I tried the recipe, came out too salty.",
        "I prefer we stop here",
        "Dear diary, said the princess, I hate balls.",
        "这几个我都不喜欢，换一批",
        "我喜欢蓝色那件，有货吗",
        "我以前以为番茄是蔬菜",
        "我没用过 PS，怎么裁剪",
        "患者对青霉素过敏，用什么药",
        "我嫂子不能吃乳制品，买什么蛋糕好",
        "我总是登录失败",
        "我选二",
    ],
)
def test_what_is_of_the_moment_or_of_others_states_nothing(message: str) -> None:
    assert stated(message) == []


def test_a_need_leaves_out_what_is_named_behind_it() -> None:
    assert ("avoid", "wine", "dislike") in stated("We're teetotal, no wine on the menu please.")


@pytest.mark.parametrize(
    "message",
    [
        "Jim told me: I love death metal.",
        "Translate to French: I love roller coasters.",
        "Write a short story where the hero says I love gambling.",
        'What does "I can\'t stand it" mean?',
        "My roommate hates garlic.",
        "I need a gift for my sister, who loves gardening.",
        "If I were vegan, what would I eat in Seoul?",
        "Suppose I'm allergic to nuts, what do I eat in Thailand?",
        "Do I like jazz?",
        "Anna: I love sushi\nBen: I hate it",
        "> I love golf\nwhat does he mean?",
        "```\nI love Rust\n```",
        "Summarise this text: I have never liked the sea.",
        "Summarise this mail: 'Dear team, I prefer meetings on Monday. I hate late replies. Best, Tom'",
        "I love your answer.",
        "I prefer the second option, please expand it.",
        "I need a recipe for tonight.",
        "I'm looking for a plumber near the station.",
        "Explain the difference between a mutex and a semaphore.",
        "ok",
        "Good night!",
        "Make a weekly plan for me",
        "太阳系有几颗行星",
        "我室友不吃辣",
        "翻译成英文：我喜欢吃辣",
        "“我不喜欢吃香菜”英文怎么说",
        "如果我对海鲜过敏，去青岛吃什么好",
        "小王说：我最讨厌开会",
        "我喜欢吃什么",
        "帮我写个故事，主角说我讨厌大海",
        "今晚想吃火锅",
        "晚安",
        "玩具火车",
        "玩偶收纳",
        "用具收纳盒",
        "用品套装",
        "种子套装",
    ],
)
def test_what_is_not_the_users_own_word_states_nothing(message: str) -> None:
    assert stated(message) == []


@pytest.mark.parametrize(
    ("traditional", "simplified"),
    [
        ("我喜歡烏龍茶,不喜歡咖啡。我對花生過敏。", "我喜欢乌龙茶,不喜欢咖啡。我对花生过敏。"),
        ("我討厭恐怖片", "我讨厌恐怖片"),
        ("請不要推薦暴力電影給我", "请不要推荐暴力电影给我"),
        ("我想學日語", "我想学日语"),
        ("給我推薦幾本關於園藝的書", "给我推荐几本关于园艺的书"),
        ("我最近愛上了攝影", "我最近爱上了摄影"),
    ],
)
def test_traditional_characters_say_what_simplified_ones_do_and_stay_as_they_were_written(
    traditional: str, simplified: str
) -> None:
    read, plain = DETECTOR.detect(traditional), DETECTOR.detect(simplified)

    assert [(found.kind, found.polarity, found.strict) for found in read] == [
        (found.kind, found.polarity, found.strict) for found in plain
    ]
    assert [found.subject in traditional for found in read] == [True] * len(plain)
    assert [len(found.subject) for found in read] == [len(found.subject) for found in plain]


@pytest.mark.parametrize("message", ["Don't forget me", "Please don't ask me again.", "Don't be silly"])
def test_what_the_assistant_is_not_to_do_is_no_taste(message: str) -> None:
    assert stated(message) == []


def test_a_question_about_the_future_is_no_lasting_wish() -> None:
    assert DETECTOR.detect("tell me what films come out in the future") == []
    assert [found.kind for found in DETECTOR.detect("give me short answers in the future")] == ["require"]


def test_what_is_merely_listed_is_several_things_and_what_belongs_together_one() -> None:
    assert [subject for _, subject, _ in stated("I love anime and art.")] == ["anime", "art"]
    assert [subject for _, subject, _ in stated("I love fish and chips.")] == ["fish and chips"]
    assert [subject for _, subject, _ in stated("我喜欢咖啡、爬山和爵士乐")] == ["咖啡", "爬山", "爵士乐"]


def test_two_clauses_say_two_things() -> None:
    assert stated("I hate opera but I love boots") == [("dislike", "opera", "dislike"), ("like", "boots", "like")]


def test_a_statement_of_the_user_stands_beside_what_they_quote() -> None:
    assert stated("I love chess. Jim told me: I love death metal.") == [("like", "chess", "like")]


@pytest.mark.parametrize(
    ("message", "subject"),
    [
        ("Forget that I like Rust.", "Rust"),
        ("don't remember that I like golf", "golf"),
        ("I used to love jazz.", "jazz"),
        ("忘掉我喜欢爵士乐", "爵士乐"),
        ("我以前喜欢爬山", "爬山"),
    ],
)
def test_taking_something_back_states_nothing_new(message: str, subject: str) -> None:
    taken_back = only(message)
    assert (taken_back.retracts, taken_back.subject) == (True, subject)


@pytest.mark.parametrize(
    ("message", "strict"),
    [
        ("No more yoga please.", True),
        ("I'm allergic to shellfish.", True),
        ("I never eat pork.", True),
        ("I only stay in hotels with a gym.", True),
        ("I keep kosher.", True),
        ("I really enjoy slow novels.", False),
        ("I've never had a car.", False),
        ("I don't have a smartphone, only an old Nokia.", False),
        ("我严格执行生酮饮食", True),
        ("我对青霉素过敏", True),
        ("我挺喜欢民谣", False),
    ],
)
def test_what_must_not_be_broken_is_strict(message: str, strict: bool) -> None:
    assert only(message).strict is strict


def test_a_statement_holds_its_sentence_and_where_it_stands() -> None:
    message = "Hello there. For work I prefer a trackball! Thanks."
    found = only(message)
    assert (found.text, message[found.start : found.end], found.scope) == (found.text, found.text, "For work")
    assert found.text == "For work I prefer a trackball!"


def test_the_same_sentences_in_a_batch_and_alone_say_the_same() -> None:
    messages = ["I love chess.", "ok", "我吃素", "I hate olives, and I can't stand capers."]
    assert DETECTOR.detect_all(messages) == [DETECTOR.detect(message) for message in messages]


@settings(deadline=None)
@given(st.text(max_size=300))
def test_any_text_is_read_and_what_is_found_stands_in_it(text: str) -> None:
    for found in DETECTOR.detect(text):
        assert text[found.start : found.end] == found.text
        assert "".join(found.subject.split()) in "".join(found.text.split())


@pytest.mark.parametrize(
    "piece", ["and ", "I really ", "i ", "我", "我和我", "   ", "a, ", "“", "I find ", "真的", "because "]
)
def test_a_hundred_kilobytes_of_anything_take_no_time(piece: str) -> None:
    texts = [piece * (100_000 // len(piece)), ("I love " + piece * (300 // len(piece)) + ".\n") * 20]
    assert seconds(2, lambda: [DETECTOR.detect(text) for text in texts]) < 2


def test_wordings_tried_together_are_found_where_each_is_found_alone() -> None:
    wordings = Wordings((*PATTERNS, *SURE))
    texts = [
        "My wife and I really love opera, and I'm allergic to nuts.",
        "As a family we've never liked camping but I would rather cook than eat out.",
        "Snow is my favourite thing; both of us are fond of it, and i have a fear of heights",
        "Give me a quiet beach any day over the city.",
        "nothing at all",
    ]
    for text in texts:
        alone = [(at, each.regex.search(text)) for at, each in enumerate(wordings.patterns)]
        assert [(at, match.span()) for at, match in wordings.matches(text)] == [
            (at, match.span()) for at, match in alone if match
        ]


@pytest.mark.parametrize(
    ("message", "expected"),
    [
        (
            "I hate crowds and prefer small museums.",
            [("dislike", "crowds", "dislike"), ("prefer", "small museums", "like")],
        ),
        ("I'm allergic to dust and avoid carpets.", [("avoid", "dust", "dislike"), ("avoid", "carpets", "dislike")]),
        (
            "As someone who loves birdsong, I always look for quiet hotels.",
            [("like", "birdsong", "like"), ("require", "quiet hotels", "like")],
        ),
        ("Please note that I'm coeliac. All recipes must be gluten-free.", [("require", "gluten-free", "like")]),
        ("我没有车，平时靠公共交通出行", [("habit", "靠公共交通出行", "like")]),
        ("我在学日语，想在年底前考过N3", [("goal", "考过N3", "like")]),
        ("我讨厌人多的地方，更喜欢小众景点", [("dislike", "人多的地方", "dislike"), ("prefer", "小众景点", "like")]),
    ],
)
def test_everything_that_a_message_states_is_heard(message: str, expected: list[tuple[str, str, str | None]]) -> None:
    heard = stated(message)
    assert [each for each in expected if each not in heard] == []


@pytest.mark.parametrize(
    ("message", "subject"),
    [
        ("I only buy shoes that can be resoled.", "shoes that can be resoled"),
        ("I never fly.", "fly"),
        ("I have a five-year-old daughter.", "five-year-old daughter"),
        ("I only stay in hotels where I can cook.", "hotels where I can cook"),
        ("I prefer recipes with fewer than six ingredients.", "recipes with fewer than six ingredients"),
        ("I prefer watching films at home rather than in a cinema.", "watching films at home"),
        ("I love it when a film has no dialogue.", "film has no dialogue"),
        ("I strictly avoid any food that contains palm oil.", "any food that contains palm oil"),
        ("我只穿棉麻这类天然面料", "棉麻这类天然面料"),
        ("我住在没有阳台的单间里", "没有阳台的单间"),
    ],
)
def test_a_subject_is_the_whole_phrase_with_what_says_which_of_its_kind_is_meant(message: str, subject: str) -> None:
    assert only(message).subject == subject


@pytest.mark.parametrize(
    "message",
    [
        "I need ideas for a birthday party.",
        "I'm trying to choose a name for my kitten.",
        "I'd prefer to pick it up in store.",
        "I love how quick you are.",
        "Please suggest a name for my podcast.",
        "Only show results from 2020.",
        "It's too expensive for me.",
        "I'm on platform four.",
        "I'm in Berlin.",
        "I'm in Zurich at the moment.",
        "As an adult, can I still learn ballet?",
        "I'm comparing electric bikes under 2000 euros.",
        "I'm nervous about tomorrow's interview.",
        "As a rule, how long do eggs keep?",
        "Please write a thank-you note to my dentist.",
        "The coat is too heavy for me.",
        "gluten free cake near me",
        "The hotel was fine, but I didn't like the breakfast.",
        "I'm at gate 14, how long do I have?",
        "Tom avoids 3 of 12 questions. How many does he answer?",
        "As someone who has never been to Japan, what should I know?",
        "vegan restaurants in Leeds open on Sunday",
        "Give me five reasons to prefer trains over planes.",
        "import pandas as pd  # I prefer pandas here",
        "我人在罗马，只有两个小时，看什么好",
        "我在14号登机口，还有多久",
        "很多旅客更喜欢靠过道的座位",
        "给膝盖不好的人做个健身计划",
        "真希望我喜欢跑步",
        "现在好想吃饺子",
        "我周日回奥斯陆",
        "一直没人回我",
        "我认识一个只吃水果的人",
        "不用道歉",
        "想找辆五千镑以下的二手车",
        "小票不用了",
        "开头别用套话",
        "对我来说太贵了",
        "汤我尝了，是凉的",
        "班里人都爱看动漫，放哪部好",
        "侧睡防过敏枕头",
        "有八个鸡蛋一根葱，晚饭做什么",
        "酒店不错，就是早餐我不喜欢",
    ],
)
def test_tasks_places_of_the_moment_single_occasions_and_others_tastes_state_nothing(message: str) -> None:
    assert stated(message) == []
