"""How people say in English what is so of them: data for `patterns_en`, which tries these last."""

from penchant.agent.statements.wordings_en import AM, HAVE, I, Pattern, V, _p

FACTS: tuple[Pattern, ...] = (
    _p("fact", "0", rf"{AM}{V}(?:allergic|diabetic)\b(?=\s*$)"),
    _p(
        "fact",
        "0",
        rf"{I}{V}(?:suffer\s+from|live\s+with|deal\s+with|struggle\s+with|was\s+diagnosed\s+with|have\s+been\s+diagnosed\s+with|got\s+diagnosed\s+with)\s+",
    ),
    _p(
        "fact",
        "0",
        rf"{I}{V}get\s+(?:really\s+|very\s+|so\s+|quite\s+)?(?P<s>seasick|carsick|airsick|motion\s+sick(?:ness)?|travel\s?sick|homesick|altitude\s+sickness|cold|migraines?|sunburnt|vertigo|dizzy)\b",
    ),
    _p(
        "fact",
        "0",
        r"\b(?:i|we)\s+(?:just\s+|recently\s+|currently\s+|now\s+){0,5}(?:moved\s+(?:from\s+(?P<from>[\w\s]{2,30}?)\s+)?(?:back\s+)?to|live\s+(?:in|on|at|near|by|with|alone\s+with|alone\s+in)|work\s+(?:as|in|for|at)|study|speak|own|drive|grew\s+up\s+in|come\s+from|share\s+(?:a\s+\w+\s+)?with|raise)\s+",
    ),
    _p("fact", "0", rf"{I}(?:just\s+|recently\s+|finally\s+)?got\s+(?P<s>married|divorced|engaged)\b"),
    _p("fact", "0", rf"{I}(?=(?:don['’]?t|do\s+not)\s+(?:have|own|speak|drive)\s)"),
    _p(
        "fact",
        "0",
        rf"{I}(?=(?:can['’]?t|cannot)\s+(?:drive|swim|cook|ride\s+a\s+bike|read\s+music|stand\s+for\s+long|lift\s+heavy\s+\w+|walk\s+far|hear\s+well|see\s+well|sleep)\b)",
    ),
    _p(
        "fact",
        "0",
        r"\bmy\s+(?P<slot>budget(?:\s+for\s+[\w\s]{2,20}?)?|name|phone|car|skin|hair|eyes?|knees?|teeth|feet|ears|nails|wrists?|shoulders?|hips?|ankles?|lungs?|stomach|heart|neck|hands|legs|height|waist|religion|faith|apartment|flat|house|home|eyesight|hearing|job|native\s+language|mother\s+tongue|shoe\s+size|time\s+zone|kitchen|balcony|laptop|computer|bike)\s+(?:is|are)\s+",
    ),
    _p(
        "fact",
        "0",
        r"\bmy\s+(?:\w+\s+)?(?:daughter|son|kid|kids|child|children|baby|twins|toddler|dog|cat|dogs|cats|puppy|kitten|rabbit|parrot|horse)\s+(?:is|are|has|have|gets?|can['’]?t)\s+",
    ),
    _p(
        "fact",
        "0",
        rf"{HAVE}(?!(?:(?:just|already|never|been)\s+)?(?:\w+ed\s+(?:the|this|that|your|it|by|twice|to)|read|seen|had|lost|forgotten|broken|got\s+to|to\s)\b)",
    ),
    _p("fact", "0", rf"{AM}{V}(?:a\s+|an\s+|the\s+|from\s+|originally\s+from\s+|on\s+)?"),
)
