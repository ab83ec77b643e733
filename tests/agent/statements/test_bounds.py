"""A subject ends where its phrase ends: before reasons, manners and asides, and not before what belongs to it."""

import pytest

from penchant.agent.statements.detection import StatementDetector
from penchant.settings import Settings
from penchant.store.embedders import open_embedder

DETECTOR = StatementDetector()


def stated(message: str) -> list[tuple[str, str]]:
    """Kind and subject of what the message states."""
    return [(each.kind, each.subject) for each in DETECTOR.detect(message)]


@pytest.mark.parametrize(
    ("message", "statement"),
    [
        ("I detest vacuuming with every bone in my body.", ("dislike", "vacuuming")),
        ("I refuse to eat at buffets after an incident with shrimp.", ("avoid", "eat at buffets")),
        ("I don't see the point of cruises and doubt I ever will.", ("dislike", "cruises")),
        ("I adore lighthouses, every single one.", ("like", "lighthouses")),
        ("I avoid escalators since the accident.", ("avoid", "escalators")),
        ("I love folk songs to bits.", ("like", "folk songs")),
        ("I hate shopping centres, always have.", ("dislike", "shopping centres")),
        ("I dislike cartoons where animals get hurt, so is there another one?", ("dislike", "cartoons where animals get hurt")),
        ("I like parks that my dog can run around in.", ("like", "parks that my dog can run around in")),
        ("Noise upsets me so clubs are a no-go for me.", ("dislike", "clubs")),
        ("I live ten minutes from the sea.", ("fact", "ten minutes from the sea")),
        ("Sundays are when I bake bread.", ("habit", "bake bread")),
        ("Most evenings you'll find me sketching in the attic.", ("habit", "sketching in the attic")),
        ("I invariably take a book to the park.", ("habit", "take a book to the park")),
        ("I'm hell-bent on finishing my novel.", ("goal", "finishing my novel")),
        ("It's high time I learnt to cook.", ("goal", "learnt to cook")),
        ("My heart is set on opening a tea room.", ("goal", "opening a tea room")),
        ("I've promised myself I'll climb Ben Nevis.", ("goal", "climb Ben Nevis")),
        ("I want to run a marathon before I turn sixty.", ("goal", "run a marathon before I turn sixty")),
        ("When it comes to shoes, boots suit me best.", ("prefer", "boots")),
        ("I'd rather watch films at home.", ("prefer", "watch films at home")),
        ("I can only sleep with the radio on.", ("require", "sleep with the radio on")),
        ("I walk the dog along the river every morning before work in winter.", ("habit", "walk the dog along the river every morning")),
        ("I spend most Sundays at the boatyard.", ("habit", "at the boatyard")),
        ("Would love to bake all our own bread within the next few years.", ("goal", "bake all our own bread within the next few years")),
        ("I teach maths at a village school.", ("fact", "maths at a village school")),
        ("I'm on an old laptop with hardly any memory.", ("fact", "old laptop with hardly any memory")),
    ],
)  # fmt: skip
def test_a_subject_ends_where_its_phrase_ends(message: str, statement: tuple[str, str]) -> None:
    assert stated(message) == [statement]


@pytest.mark.parametrize(
    "message",
    [
        "Saturdays are when the bins get collected, right?",
        "Come March we move house.",
        "I'm out to lunch, back at two.",
        "I've been meaning to ask you something.",
        "It's about time I left for the airport.",
        "I get up at five tomorrow, set an alarm.",
        "I live in hope that the bug gets fixed.",
    ],
)
def test_what_happens_once_is_no_routine_and_no_aim(message: str) -> None:
    assert stated(message) == []


@pytest.mark.parametrize(
    ("message", "statement"),
    [
        ("I feel at home in draughty village halls.", ("like", "draughty village halls")),
        ("I get a kick out of spotting herons on the canal.", ("like", "spotting herons on the canal")),
        ("I prefer to walk to the shops.", ("prefer", "walk to the shops")),
        ("I can only take calls in the afternoon.", ("require", "take calls in the afternoon")),
        ("I keep my bikes for a good ten years.", ("habit", "keep my bikes")),
        ("I've cut fizzy drinks out completely.", ("avoid", "fizzy drinks")),
        ("I'm giving meat up for good.", ("avoid", "meat")),
        ("My faith doesn't allow me to drink wine.", ("avoid", "drink wine")),
        ("One thing I really can't handle is slow walkers.", ("dislike", "slow walkers")),
        ("I can't take horoscopes seriously.", ("dislike", "horoscopes")),
        ("I've always found cruises deadly dull.", ("dislike", "cruises")),
        ("I refuse to set foot in a casino ever again after the Vegas trip.", ("avoid", "set foot in a casino")),
        ("When I choose a hotel I look for a good gym.", ("require", "good gym")),
        ("Between jam and honey I go for honey nine times out of ten.", ("prefer", "honey")),
    ],
)
def test_a_subject_has_what_belongs_to_it_and_nothing_else(message: str, statement: tuple[str, str]) -> None:
    assert stated(message) == [statement]


@pytest.mark.parametrize(
    ("message", "statement"),
    [
        ("I've got a thing for scruffy terriers.", ("like", "scruffy terriers", "like")),
        ("I have a horror of lifts.", ("dislike", "lifts", "dislike")),
        ("My skin is very sensitive to wool.", ("fact", "wool", "dislike")),
        ("My daughter can only eat soft food.", ("require", "soft food", "like")),
        ("I'm reluctant to fly with small airlines.", ("avoid", "fly with small airlines", "dislike")),
        ("I made a promise to myself never to lend money again.", ("avoid", "lend money", "dislike")),
        ("It's important to me not to support cruel farms.", ("avoid", "support cruel farms", "dislike")),
        ("I don't host dinner parties.", ("avoid", "host dinner parties", "dislike")),
        ("Boots must have a zip, otherwise I can't wear them.", ("require", "zip", "like")),
        ("I want a female dentist whenever possible.", ("require", "female dentist", "like")),
        ("I want to read ten pages a day.", ("goal", "read ten pages a day", "like")),
        ("It has become a ritual of mine to swim at dawn.", ("habit", "swim at dawn", "like")),
        ("It makes my day when the first swallows come back.", ("like", "first swallows come back", "like")),
        ("I avoid trails where I might slip.", ("avoid", "trails where I might slip", "dislike")),
        ("pls always give me metric units", ("require", "metric units", "like")),
    ],
)
def test_a_need_or_aversion_in_other_words_is_heard_the_way_it_is_meant(
    message: str, statement: tuple[str, str, str]
) -> None:
    assert [(each.kind, each.subject, each.polarity) for each in DETECTOR.detect(message)] == [statement]


@pytest.mark.parametrize(
    ("message", "statement"),
    [
        ("香菜我闻到味儿都想吐。", ("dislike", "香菜", "dislike")),
        ("要读短信的软件我一律不装。", ("avoid", "要读短信的软件", "dislike")),
        ("容易扭到脚的运动我都避开。", ("avoid", "容易扭到脚的运动", "dislike")),
        ("没有什么比在雨里散步更能让我放松了。", ("like", "在雨里散步", "like")),
        ("我主要听七十年代的埃塞俄比亚爵士。", ("habit", "七十年代的埃塞俄比亚爵士", "like")),
        ("我晚上效率比白天高得多。", ("prefer", "晚上", "like")),
        ("我是收入不稳定的自由职业者。", ("fact", "收入不稳定的自由职业者", None)),
        ("我不喜欢你每次回答都先夸我一句。", ("dislike", "你每次回答都先夸我一句", "dislike")),
        ("对大开间我真的喜欢不来。", ("dislike", "大开间", "dislike")),
        ("我每周三下班后打羽毛球。", ("habit", "打羽毛球", "like")),
        ("我支持上海申花二十年了。", ("prefer", "上海申花", "like")),
        ("麻烦以后都给我用公制单位。", ("require", "公制单位", "like")),
        ("茶和咖啡之间，我十次有九次选茶。", ("prefer", "茶", "like")),
        ("滑雪我只滑初级道。", ("require", "初级道", "like")),
        ("鞋子一定要鞋头宽的，不然我穿不了。", ("require", "鞋头宽", "like")),
    ],
)
def test_a_chinese_subject_is_the_topic_of_its_clause_and_whole(
    message: str, statement: tuple[str, str, str | None]
) -> None:
    assert [(each.kind, each.subject, each.polarity) for each in DETECTOR.detect(message)] == [statement]


def test_things_joined_by_or_in_chinese_are_each_named_whole() -> None:
    assert stated("我买衣服只买纯棉或者亚麻的。") == [("require", "纯棉"), ("require", "亚麻")]


@pytest.mark.parametrize(
    ("message", "statement"),
    [
        ("I grew up on a sheep farm in Wales.", ("fact", "sheep farm in Wales")),
        ("I stay clear of cafes smaller than a garage.", ("avoid", "cafes smaller than a garage")),
        ("I don't go to see remakes of films I loved.", ("dislike", "remakes of films I loved")),
        ("I watch films only in the original language.", ("require", "films only in the original language")),
        ("I'll rent a flat only if it has a balcony.", ("require", "balcony")),
        ("I feel calmer after an hour in the garden.", ("like", "hour in the garden")),
        ("Our next flat needs room for two desks.", ("require", "room for two desks")),
        ("My perfect evening is soup and a detective novel.", ("like", "soup and a detective novel")),
        ("I find haggling embarrassing.", ("dislike", "haggling")),
        ("We don't let the kids play shooters.", ("avoid", "kids play shooters")),
        ("心内科医生让我别吃西柚。", ("avoid", "西柚")),
        ("我很介意服务员拍我肩膀。", ("dislike", "服务员拍我肩膀")),
        ("我在执行严格的低脂饮食。", ("fact", "严格的低脂饮食")),
        ("油漆味我嫌弃得很。", ("dislike", "油漆味")),
        ("说真的我觉得菠萝放披萨上简直是犯罪。", ("dislike", "菠萝放披萨上")),
        ("I have about 300 euros a month for hobbies.", ("fact", "about 300 euros a month for hobbies")),
        ("My budget is £400 for everything, flights and hotel", ("fact", "£400 for everything, flights and hotel")),
        ("There's no lift in our building and we're on the fourth floor", ("fact", "no lift in our building")),
        ("I don't enjoy coffee after lunch.", ("dislike", "coffee after lunch")),
        ("I keep away from the news before bed.", ("avoid", "the news before bed")),
        ("I enjoy long walks through empty cities at night", ("like", "long walks through empty cities at night")),
        ("I go swimming on Tuesdays and Thursdays.", ("habit", "go swimming on Tuesdays and Thursdays")),
    ],
)
def test_a_subject_goes_on_as_far_as_its_place_comparison_or_clause(message: str, statement: tuple[str, str]) -> None:
    assert stated(message) == [statement]


@pytest.mark.parametrize(
    ("message", "statement"),
    [
        ("I have Crohn's disease and can't eat raw vegetables.", [("fact", "Crohn's disease"), ("avoid", "raw vegetables")]),
        ("I can't afford more than 60 a night.", [("avoid", "more than 60 a night")]),
        ("My doctor says I shouldn't have alcohol with my tablets.", [("avoid", "alcohol with my tablets")]),
        ("I love spicy food, the hotter the better.", [("like", "spicy food")]),
        ("I'd rather have fewer but better clothes.", [("prefer", "fewer but better clothes")]),
        ("The louder the concert the less I enjoy it.", []),
        ("我不吃香菜和葱。", [("avoid", "香菜"), ("avoid", "葱")]),
        ("只要下雨我就不出门。", [("avoid", "出门")]),
    ],
)  # fmt: skip
def test_a_subject_is_neither_halved_nor_turned_into_another_kind(
    message: str, statement: list[tuple[str, str]]
) -> None:
    assert stated(message) == statement


@pytest.mark.parametrize("subject", ["waiting in line", "waiting on hold", "when people are late"])
def test_a_plain_taste_is_heard_whatever_its_sentence_is_similar_to(subject: str) -> None:
    embedder = open_embedder(Settings())
    detector = StatementDetector(embedder.embed, embedder.name)
    assert [each.subject for each in detector.detect(f"I hate {subject}.")] == [subject]


@pytest.mark.parametrize(
    "message",
    [
        "I don't recognise these charges.",
        "My next question needs a longer answer.",
        "Answers should be A, B or C.",
        "The function must return a list, otherwise I get an error.",
        "I have a problem with my router.",
        "I'm reluctant to merge this branch, what do you think?",
        "My doctor said I can't get an appointment until May.",
        "My ideal answer is three lines long.",
        "I feel better after reading the docs.",
        "I will deploy only when it is green.",
        "I've cut the file down, still too big.",
        "I find the second paragraph awkward.",
        "I hate when the page jumps.",
        "只要报错我就不知道怎么办。",
        "一改代码我就不会调试了。",
        "我有一点不明白，就是这个参数怎么用。",
    ],
)
def test_the_same_words_about_a_task_state_nothing(message: str) -> None:
    assert stated(message) == []


@pytest.mark.parametrize(
    ("message", "statement"),
    [
        ("I refuse to fly because of the emissions.", ("avoid", "fly")),
        ("I avoid driving at night due to poor vision.", ("avoid", "driving at night")),
        ("I am trying to avoid plastic packaging as much as possible.", ("avoid", "plastic packaging")),
        ("I don't eat out much.", ("avoid", "eat out")),
        ("I value flexibility over a high salary.", ("prefer", "flexibility")),
        ("I would never consider living in a tower block.", ("avoid", "living in a tower block")),
        ("I'm saving money to travel around Chile.", ("goal", "travel around Chile")),
        ("I have an unusual love of brutalist architecture.", ("like", "brutalist architecture")),
        ("I don't want to work for big corporations.", ("avoid", "work for big corporations")),
        ("因为过敏，我不能吃任何含芝麻的东西。", ("avoid", "任何含芝麻的东西")),
        ("我晚上不开车。", ("avoid", "开车")),
        ("我退休以后想搬到云南。", ("goal", "搬到云南")),
    ],
)
def test_a_subject_stops_before_a_reason_and_keeps_its_verb_and_noun(message: str, statement: tuple[str, str]) -> None:
    assert stated(message) == [statement]


@pytest.mark.parametrize(
    "message",
    ["Please keep answers short, I read them on my phone", "Those are great and I always buy them on Fridays"],
)
def test_a_pronoun_with_a_place_or_time_is_no_subject(message: str) -> None:
    assert not [subject for _, subject in stated(message) if subject.startswith("them")]


@pytest.mark.parametrize(
    ("message", "kind", "subject"),
    [
        ("I go for a run every morning.", "habit", "go for a run every morning"),
        ("I drink green tea after dinner.", "habit", "drink green tea after dinner"),
        ("We have pancakes on Sundays", "habit", "have pancakes on Sundays"),
        ("my husband and i play squash on thursdays", "habit", "play squash on thursdays"),
        ("I swim laps three mornings a week before work", "habit", "swim laps three mornings a week before work"),
        ("I intend to lose two stone by my daughter's wedding.", "goal", "lose two stone by my daughter's wedding"),
        ("I play tennis twice a week now", "habit", "play tennis twice a week"),
    ],
)
def test_a_habit_or_goal_is_named_from_its_verb_to_how_often_or_by_when(message: str, kind: str, subject: str) -> None:
    assert stated(message) == [(kind, subject)]


@pytest.mark.parametrize(
    ("message", "statement"),
    [
        ("We have a rescue parrot who screams.", ("fact", "rescue parrot who screams")),
        ("I'm practically blind without my glasses.", ("fact", "practically blind without my glasses")),
        ("I plan on walking the Camino when I retire", ("goal", "walking the Camino when I retire")),
        ("I've got into the habit of walking the last stop home.", ("habit", "walking the last stop home")),
    ],
)
def test_a_subject_has_the_clause_that_specifies_it_and_no_words_of_having_or_planning_it(
    message: str, statement: tuple[str, str]
) -> None:
    assert stated(message) == [statement]


@pytest.mark.parametrize(
    ("message", "subject"),
    [
        ("I'm planning to propose this autumn", "propose this autumn"),
        ("I want to propose this autumn", "propose this autumn"),
        (
            "I'm planning to apply for a master's in hydrology next autumn",
            "apply for a master's in hydrology next autumn",
        ),
        ("I'm planning to apply for a visa next month", "apply for a visa next month"),
        ("I plan to quit my job next month", "my job"),
        ("I want to get married before I'm 30", "get married before I'm 30"),
    ],
)
def test_by_when_a_goal_is_to_be_reached_does_not_keep_it_from_being_heard(message: str, subject: str) -> None:
    assert stated(message) == [("goal", subject)]


@pytest.mark.parametrize(
    ("message", "subject"),
    [
        ("My knees are bad.", "knees are bad"),
        ("my eyesight is really poor", "eyesight is really poor"),
        ("My daughter is left-handed.", "daughter is left-handed"),
        ("our kitchen is tiny", "kitchen is tiny"),
    ],
)
def test_a_quality_stands_with_what_has_it(message: str, subject: str) -> None:
    assert stated(message) == [("fact", subject)]


@pytest.mark.parametrize(
    ("message", "subject"), [("My budget is 500.", "500"), ("My phone is a Pixel 7.", "Pixel 7"), ("My mother tongue is Tamil", "Tamil")]
)  # fmt: skip
def test_a_thing_an_amount_or_a_name_stands_alone(message: str, subject: str) -> None:
    assert stated(message) == [("fact", subject)]
