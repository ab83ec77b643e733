"""What is put at some length is heard whole and goes the way it is meant; what is only asked for once, or told by others, is not."""

import pytest

from penchant.agent.statements.detection import StatementDetector

DETECTOR = StatementDetector()


@pytest.mark.parametrize(
    ("message", "statements"),
    [
        ("I usually steer well clear of casinos.", [("avoid", "casinos", "dislike")]),
        ("I tend to shy away from loud bars.", [("avoid", "loud bars", "dislike")]),
        ("I like to keep away from dairy aisles.", [("avoid", "dairy aisles", "dislike")]),
        ("I want to overcome my shyness.", [("goal", "my shyness", "dislike")]),
        ("I'm trying to conquer my fear of flying.", [("goal", "my fear of flying", "dislike")]),
        ("We are planning to foster a child.", [("goal", "foster a child", "like")]),
        ("I have eczema and avoid wool.", [("fact", "eczema", None), ("avoid", "wool", "dislike")]),
        (
            "I have asthma and never use spray perfume.",
            [("fact", "asthma", None), ("avoid", "spray perfume", "dislike")],
        ),
        ("I have gout, hence I avoid anchovies.", [("fact", "gout", None), ("avoid", "anchovies", "dislike")]),
        ("I insist that my meals are cooked without salt.", [("require", "my meals are cooked without salt", "like")]),
        ("I request that all my rooms be smoke-free.", [("require", "my rooms be smoke-free", "like")]),
        ("I demand that my dentist explain each step.", [("require", "my dentist explain each step", "like")]),
        ("I prefer that people text first.", [("prefer", "people text first", "like")]),
        ("Any hotel you recommend must have a pool.", [("require", "pool", "like")]),
        ("Every flat you show me must have a bathtub.", [("require", "bathtub", "like")]),
        ("Any recipe you find needs to be egg-free.", [("require", "egg-free", "like")]),
        ("For us, a holiday house must have a fence.", [("require", "fence", "like")]),
        ("For me, any phone must have a big battery.", [("require", "big battery", "like")]),
        ("Our tent has gotta have two rooms.", [("require", "two rooms", "like")]),
        ("Barefoot shoes are the only kind I can run in.", [("require", "Barefoot shoes", "like")]),
        ("Free-range eggs only, as always.", [("require", "Free-range eggs", "like")]),
        ("Not one film unless it has subtitles.", [("require", "subtitles", "like")]),
        ("Make sure any cafe you pick has step-free access.", [("require", "step-free access", "like")]),
        ("I'd have a printed map rather than an app.", [("prefer", "printed map", "like")]),
        ("I'd take a small theatre over a stadium.", [("prefer", "small theatre", "like")]),
        ("Rather than gold, I'd pick silver.", [("prefer", "silver", "like")]),
        ("Metric over imperial pls, for every recipe.", [("prefer", "Metric", "like")]),
        ("Between cats and dogs, I've always preferred cats.", [("prefer", "cats", "like")]),
        ("The top bunk, if I can choose.", [("prefer", "The top bunk", "like")]),
        ("I'm revising for my law finals.", [("goal", "my law finals", "like")]),
        ("We're preparing for the Berlin marathon.", [("goal", "Berlin marathon", "like")]),
        ("One way or another I will become fluent in Greek.", [("goal", "become fluent in Greek", "like")]),
        ("I have to gain some weight for my health.", [("goal", "gain some weight", "like")]),
        ("We've decided to move to the coast.", [("goal", "move to the coast", "like")]),
        ("What we're saving for is a canal boat.", [("goal", "canal boat", "like")]),
        ("tryna learn the banjo", [("goal", "learn the banjo", "like")]),
        ("I hope I can dance at my son's wedding one day.", [("goal", "dance at my son's wedding one day", "like")]),
        ("We're total suckers for steam trains.", [("like", "steam trains", "like")]),
        ("I ended up enjoying cold showers.", [("like", "cold showers", "like")]),
        ("I've come to dread long car trips.", [("dislike", "long car trips", "dislike")]),
        ("I absolutely worship Nina Simone.", [("like", "Nina Simone", "like")]),
        ("Farming runs in my veins.", [("like", "Farming", "like")]),
        ("My real weakness is for cheap crime novels.", [("like", "cheap crime novels", "like")]),
        ("It makes my day to spot a kingfisher.", [("like", "spot a kingfisher", "like")]),
        ("I could listen to rain on a tin roof for hours.", [("like", "rain on a tin roof", "like")]),
        ("I haven't stopped playing online chess since May.", [("like", "online chess", "like")]),
        ("Whenever I hear bagpipes I cringe.", [("dislike", "bagpipes", "dislike")]),
        ("I find reality shows silly.", [("dislike", "reality shows", "dislike")]),
        ("You'll never get me to like liver.", [("dislike", "liver", "dislike")]),
        ("I refuse to stay in hotels with casinos.", [("avoid", "stay in hotels with casinos", "dislike")]),
        ("I don't cycle in rain.", [("avoid", "cycle in rain", "dislike")]),
        ("I rarely if ever touch spirits.", [("avoid", "spirits", "dislike")]),
        ("No one could make me eat snails.", [("dislike", "snails", "dislike")]),
        ("I can't be near lilies.", [("avoid", "lilies", "dislike")]),
        ("We decided against a television.", [("avoid", "television", "dislike")]),
        ("I'm in the habit of reading at breakfast.", [("habit", "reading at breakfast", "like")]),
        ("I'm stationed in Cyprus.", [("fact", "Cyprus", None)]),
        ("My Italian is pretty rusty.", [("fact", "Italian is pretty rusty", None)]),
        ("I look after my grandmother.", [("fact", "my grandmother", None)]),
        ("I'm epileptic, so are strobe lights a problem?", [("fact", "epileptic", None)]),
        ("I'm a size 14 on a good day.", [("fact", "size 14", None)]),
        ("I've been a Celtic supporter since I was four.", [("like", "Celtic", "like")]),
        ("I've been a Bowie fan all my life.", [("like", "Bowie", "like")]),
        ("I lose the will to live in call queues.", [("dislike", "call queues", "dislike")]),
        ("I have a real grudge against leaf blowers.", [("dislike", "leaf blowers", "dislike")]),
        ("I hardly ever open the curtains.", [("habit", "open the curtains", "dislike")]),
        ("I seldom eat out.", [("habit", "eat out", "dislike")]),
        ("I refrain from smoking indoors.", [("avoid", "smoking indoors", "dislike")]),
        ("I shy away from horror podcasts.", [("avoid", "horror podcasts", "dislike")]),
        ("Whenever I'm sad I bake scones.", [("habit", "bake scones", "like")]),
        ("When I get stressed I walk along the canal.", [("habit", "walk along the canal", "like")]),
        ("I take the bus over the tram when I can.", [("prefer", "bus", "like")]),
        ("I use honey instead of sugar, always.", [("prefer", "honey", "like")]),
        ("Oat milk, not soy, for me.", [("prefer", "Oat milk", "like")]),
        ("Handwritten cards, not emails, please.", [("prefer", "Handwritten cards", "like")]),
        (
            "The most important thing any flat has to offer is quiet neighbours.",
            [("require", "quiet neighbours", "like")],
        ),
        ("A fan is what I need to sleep.", [("require", "A fan", "like")]),
        ("My condition for a new job is a four-day week.", [("require", "four-day week", "like")]),
        ("Halal meals only.", [("require", "Halal meals", "like")]),
        ("We'd love to stop buying plastic bottles.", [("goal", "buying plastic bottles", "dislike")]),
        ("I'll eat anything bar liver.", [("avoid", "liver", "dislike")]),
        ("Car alarms ruin my sleep and I dread them.", [("avoid", "Car alarms", "dislike")]),
        ("Wet socks make my feet ache and I hate them.", [("avoid", "Wet socks", "dislike")]),
        ("We own two rabbits and I can't be near hay.", [("fact", "two rabbits", None), ("avoid", "hay", "dislike")]),
        (
            "I enjoy watching people who dance when no one looks.",
            [("like", "watching people who dance when no one looks", "like")],
        ),
        ("I hate people humming at dinner.", [("dislike", "people humming at dinner", "dislike")]),
        (
            "I'd like to learn how to restore old chairs when I have the time.",
            [("goal", "learn how to restore old chairs", "like")],
        ),
        ("I want to lower my blood pressure.", [("goal", "lower my blood pressure", "like")]),
        ("We hope to build up some savings.", [("goal", "build up some savings", "like")]),
        ("I'd love to play the harp once I retire.", [("goal", "play the harp", "like")]),
        ("I have a son who is autistic, which museums are calm?", [("fact", "son who is autistic", None)]),
        ("We've got an old spaniel who can't climb.", [("fact", "old spaniel who can't climb", None)]),
        (
            "I usually eat a bowl of rice with pickles at noon.",
            [("habit", "eat a bowl of rice with pickles at noon", "like")],
        ),
        ("I'm allergic to the glue in plasters.", [("avoid", "glue in plasters", "dislike")]),
        ("I always plan my week on Sundays.", [("habit", "plan my week on Sundays", "like")]),
        (
            "I need subtitles, im hard of hearing.",
            [("fact", "hard of hearing", None), ("require", "subtitles", "like")],
        ),
        ("I've been sober for a year, good alcohol free bars in York?", [("fact", "sober", None)]),
    ],
)
def test_what_is_put_at_some_length_is_heard_whole(message: str, statements: list[tuple[str, str, str | None]]) -> None:
    assert [(each.kind, each.subject, each.polarity) for each in DETECTOR.detect(message)] == statements


@pytest.mark.parametrize(
    "message",
    [
        "I ask that my deposit be returned.",
        "I insist that this be fixed today.",
        "I prefer that you call me back.",
        "I demand that the seller replies.",
        "I want a voucher, not a refund.",
        "I'd have chicken rather than fish for tonight's dinner.",
        "I have decided to return the shoes.",
        "I will become available on Monday.",
        "The dream is over.",
        "Our garden is flooded.",
        "Don't bother sending me the invoice.",
        "Every time I see a doctor I feel better.",
        "Mine must be late again, where is it?",
        "A comma is only useful if it's in the right place.",
        "I can't choose between the two curtains.",
        "I couldn't decide whether to take the bus.",
        "I usually pay by bank transfer but it's greyed out.",
        "I normally log in with my phone and it won't load.",
        "My teacher goes, I don't do excuses.",
        "She's like, I never eat lunch.",
        "My uncle's like, I hate computers.",
        "Answer as though I were a lawyer.",
        "Prepare a cover letter for a nurse who wants fewer hours.",
        "Please remind me about the dentist at five.",
        "As a vegan shop owner, how do I find suppliers?",
        "I've got six eggs and a leek, quick dinner?",
        "my bf loves horror films, any gift ideas",
        "I got over my cold.",
        "I want to beat my brother at chess tonight.",
        "I'd appreciate a quick summary of the plot.",
        "I'd welcome some tips on pruning.",
        "Come April we change banks.",
        "I lost my temper with the printer.",
        "I used flour instead of sugar by mistake.",
        "Not now, not later, please.",
        "I rarely get an error, but today I do.",
        "If I get stuck I close the window.",
        "I've been a customer since 2010, where is my order?",
        "The one thing a resume must have is a date, is that right?",
    ],
)
def test_what_is_asked_for_once_or_told_by_others_states_nothing(message: str) -> None:
    assert DETECTOR.detect(message) == []


@pytest.mark.parametrize(
    ("message", "described"),
    [
        ("I need a physio who is gentle.", "physio who is gentle"),
        ("I want a plumber who doesn't smoke.", "plumber who doesn't smoke"),
        ("I'm looking for an optician who takes his time.", "optician who takes his time"),
        ("I need someone who can teach me chess without sighing.", "someone who can teach me chess without sighing"),
    ],
)
def test_who_is_to_serve_a_user_is_a_requirement_if_they_are_described(message: str, described: str) -> None:
    assert [(each.kind, each.subject) for each in DETECTOR.detect(message)] == [("require", described)]


@pytest.mark.parametrize(
    "message",
    [
        "My next ferry has to be rebooked.",
        "My trunk must be collected by noon.",
        "Our lease needs to be redone.",
        "I need a plumber in York.",
        "I need a character who is brave.",
        "Either works for me.",
        "I like to think we are friends, Claude.",
        "When I was seven I loved trains.",
        "From: Otto\nI can't eat eggs.\n\nAnswer Otto.",
    ],
)
def test_what_is_done_once_or_held_long_ago_or_by_others_states_nothing(message: str) -> None:
    assert DETECTOR.detect(message) == []


@pytest.mark.parametrize(
    ("message", "subjects"),
    [
        ("long flights drain me, and airports are my idea of hell", ["long flights", "airports"]),
        ("I'm a carpenter, I live in Ghent, and I have two hens.", ["two hens", "carpenter", "Ghent"]),
        ("We keep halal, so lard is out.", ["halal", "lard"]),
        ("My husband is coeliac, so we can't have barley in the house.", ["barley in the house", "coeliac"]),
        ("please no snakes, I have a phobia", ["snakes", "phobia"]),
        ("I used to love surfing but I can't bear it any more.", ["surfing"]),
        ("My boss swears by fax but I'd much rather send a letter.", ["send a letter"]),
    ],
)
def test_every_clause_is_heard_of_a_sentence_that_states_several_things(message: str, subjects: list[str]) -> None:
    assert [each.subject for each in DETECTOR.detect(message) if each.subject] == subjects


@pytest.mark.parametrize(
    ("message", "statement"),
    [
        ("As a couple we swim together every Friday.", ("habit", "swim together every Friday", "like")),
        (
            "The best holidays for me are the ones where everybody sings.",
            ("like", "ones where everybody sings", "like"),
        ),
        ("Neither my sister nor I like marzipan.", ("dislike", "marzipan", "dislike")),
        ("I'm bored stiff by golf.", ("dislike", "golf", "dislike")),
        ("One of my ambitions is to sail round Iceland.", ("goal", "sail round Iceland", "like")),
        ("My son uses a wheelchair.", ("fact", "wheelchair", None)),
    ],
)
def test_a_subject_is_whole_and_goes_the_way_it_is_meant(message: str, statement: tuple[str, str, str | None]) -> None:
    assert statement in [(each.kind, each.subject, each.polarity) for each in DETECTOR.detect(message)]


@pytest.mark.parametrize(
    ("message", "statement"),
    [
        ("The thing I like least about boats is the smell.", ("dislike", "smell", "dislike")),
        ("I go into shock if I eat walnuts.", ("avoid", "walnuts", "dislike")),
        ("It's the silence after midnight that I love about winter.", ("like", "silence after midnight", "like")),
        ("I'm better with spoken directions than written ones.", ("prefer", "spoken directions", "like")),
        ("Before I go to bed I write down two jokes.", ("habit", "write down two jokes", "like")),
        ("I made up my mind years ago never to eat eel.", ("avoid", "eel", "dislike")),
        (
            "I enjoy long drives with friends who don't talk much.",
            ("like", "long drives with friends who don't talk much", "like"),
        ),
        ("I insist on a table away from the kitchen.", ("require", "table away from the kitchen", "like")),
        (
            "I don't like soup made with stock that hasn't boiled.",
            ("dislike", "soup made with stock that hasn't boiled", "dislike"),
        ),
        ("I'm allergic to pollen and live in an old barn.", ("avoid", "pollen", "dislike")),
    ],
)
def test_comparisons_reactions_and_descriptions_are_read_to_their_end(
    message: str, statement: tuple[str, str, str]
) -> None:
    assert statement in [(each.kind, each.subject, each.polarity) for each in DETECTOR.detect(message)]


def test_what_happened_to_a_thing_at_hand_states_nothing() -> None:
    assert DETECTOR.detect("My train got cancelled two hours before departure, what now?") == []


@pytest.mark.parametrize(
    ("message", "statement"),
    [
        ("I was put off salmon for life by a school dinner.", ("dislike", "salmon", "dislike")),
        ("I don't rate electric bikes.", ("dislike", "electric bikes", "dislike")),
        ("I keep meaning to take up archery.", ("goal", "take up archery", "like")),
        ("I'm Norwegian.", ("fact", "Norwegian", None)),
        ("We rent a camper van from the eighties.", ("fact", "camper van from the eighties", None)),
        ("If I had to choose I'd say autumn.", ("prefer", "autumn", "like")),
    ],
)
def test_plain_words_for_tastes_aims_and_origins_are_heard(
    message: str, statement: tuple[str, str, str | None]
) -> None:
    assert statement in [(each.kind, each.subject, each.polarity) for each in DETECTOR.detect(message)]


@pytest.mark.parametrize(
    ("message", "statements"),
    [
        ("I need captions because I'm deaf.", [("fact", "deaf", None), ("require", "captions", "like")]),
        (
            "I need large print, my eyesight is poor.",
            [("fact", "eyesight is poor", None), ("require", "large print", "like")],
        ),
        ("I need a hotel in Rome, I'm in a wheelchair.", [("fact", "in a wheelchair", None)]),
    ],
)
def test_a_need_is_heard_beside_the_reason_that_makes_it_last_and_a_request_is_not(
    message: str, statements: list[tuple[str, str, str | None]]
) -> None:
    assert [(each.kind, each.subject, each.polarity) for each in DETECTOR.detect(message)] == statements


@pytest.mark.parametrize(
    ("message", "statements"),
    [
        ("As much as I love my sister's cooking I just can't get on board with aubergine.", [("dislike", "aubergine")]),
        (
            "Although the reviews are glowing, open-back headphones just aren't for me.",
            [("dislike", "open-back headphones")],
        ),
        (
            "To be fair I thought I'd hate it, but cold water swimming has really grown on me.",
            [("like", "cold water swimming")],
        ),
        ("Sequels rarely do it for me.", [("dislike", "Sequels")]),
        ("I'd be lying if I said I liked abstract poetry.", [("dislike", "abstract poetry")]),
        ("I was sceptical about audiobooks but now I'm totally sold.", [("like", "audiobooks")]),
        ("I limit red meat to once a month.", [("avoid", "red meat")]),
        ("I carry an EpiPen because of wasps.", [("avoid", "wasps")]),
        ("I never really got into stand-up comedy nights.", [("dislike", "stand-up comedy nights")]),
    ],
)
def test_a_concession_a_doubt_or_a_limit_does_not_turn_what_is_meant(
    message: str, statements: list[tuple[str, str]]
) -> None:
    assert [(each.kind, each.subject) for each in DETECTOR.detect(message)] == statements


@pytest.mark.parametrize(
    ("message", "subjects"),
    [
        ("I have no oven.", ["no oven"]),
        ("I have arthritis in my hands.", ["arthritis in my hands"]),
        ("I'm 6'4\" and slim.", ["6'4\""]),
        ("I refuse to have anything to do with karaoke.", ["karaoke"]),
        ("I try to avoid flying when I can take the train.", ["flying"]),
        ("I'd sooner pay a bit more than put up with ads.", ["pay a bit more"]),
        ("Most days I skip lunch and just have a big dinner.", ["lunch"]),
        ("Even after all these years Mozart still gives me goosebumps.", ["Mozart"]),
        ("Quick heads up before you plan a menu: I'm allergic to cashews.", ["cashews"]),
    ],
)
def test_a_subject_has_what_belongs_to_it_and_nothing_that_surrounds_it(message: str, subjects: list[str]) -> None:
    assert [each.subject for each in DETECTOR.detect(message)] == subjects
