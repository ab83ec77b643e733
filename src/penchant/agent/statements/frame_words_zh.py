"""What the frames of Chinese clauses are put together from: who speaks, how much, of what, and where a clause ends."""

import re
import zlib
from functools import cached_property

from penchant.agent.statements.wordings_en import Kind, Polarity

#: The writer.
ME = r"(?:我们全?家|我们一家|我们俩?|我俩|我家|我个人|我自己|我这个?人|我|本人|咱们?|俺)"
#: How much, how long, how surely; no word of it turns a sentence round.
ADV = (
    r"(?:真的是?|真心|真是|真|是真的?|确实|的确|其实|实在是?|简直|完全|根本|压根儿?|彻底|绝对|坚决|很|非常|特别|特|超级?|巨|贼|老|挺|蛮|最|极其|极度|极|无比|十分|相当|格外|尤其|比较|越来越|可以说|可太|可|就是|就|都|也|还是?"
    r"|一直以来|一直|一向|向来|始终|历来|从小到大|从小|打小|自小|天生|本来|现在|目前|如今|最近|近几年|这几年|这两年|已经|早就|早|平时|平常|平日里?|一般|通常|大多|多半|基本上?|几乎|总是|总会|总|老是|经常|常常?|每次|有点儿?|有些|稍微"
    r"|打心底里?|打心眼儿?里|发自内心地?|从心底里?|由衷地?|个人|本身|自己|这人|是|会|算是|算|又|却|倒是?|反而|偏偏|偏|尽量|尽可能|刻意|有意识地|有意|特意|主动|一律|一概|统统|全都|全|对此|太|好|在|正在|正|努力|更加|无条件|习惯性地?|下意识地?|本能地?|自觉地?)"
)
ADVS = rf"{ADV}{{0,6}}"
#: In front of the writer: when, where, of what; nobody else, and no supposition.
SETTING = r"(?:(?!如果|要是|假如|为什么|为啥|怎么|什么|哪|万一|是不是|难道|幸好|除非|不如|求|不是|谁|就算|除了|猜|即使|哪怕)[^，,。我咱俺你他她它谁]{0,18}?(?<![说问让叫给跟和比被帮像吓逗气劝陪请骂夸对得令把使的]))"
#: When or where, behind the writer.
_WHERE = (
    r"(?:(?:在[^，。我你]{1,8}?(?:上|里|中|时候?|期间|家|后|前|下|外面)|(?:早上|晚上|睡前|周末|出门|出差|旅行|夏天|冬天|平时|饭后|空腹|工作日|上班|下班后|午饭后|晚饭后|开车|吃饭|睡觉|工作)(?:的时候|时)?)"
    rf"{ADV}{{0,3}})?"
)
#: The writer, named or not, up to the verb. Where nobody is named, only such adverbs may stand before it.
WRITER = rf"^(?:{SETTING}(?P<me>{ME})|但是?|可是?|不过|而且|所以|因为|而是?)?{ADVS}{_WHERE}"
#: The writer by name.
NAMED = rf"^{SETTING}(?P<me>{ME}){ADVS}{_WHERE}"
#: What points at something shown or said before names nothing.
_POINTS = (
    r"(?:你|您|他|她|它|这(?:$|[个段篇首版样次句些里件部款双条家道班趟](?!人))|那(?:$|种.{1,3}$|[个段篇首版样次句些里件部款双条家道])|上面|下面|刚才|刚刚|第[一二三四五六七八九十\d]+[个段章页种版款条]|[两三几]个|[这那]几|最后一|原来的|死[你他她它这那]|就|也|[A-Da-d一二三四五\d][个号]?(?:方案|选项|款|版|号)|[^，。]{0,6}(?:版本|初稿|原稿)$"
    r"|上一|前一|前者|后者|别的|其[他它]|什么|啥|谁|哪|怎么|自己$|的|是|过|于|得|一下|知道|说$|不(?![^，。]{1,8}的)|没(?!有[^，。]{1,8}的)|吗|呢|了$|[吃喝看听玩用去做干动穿学写碰逛坐尝]了?$)"
)
#: What the sentence is of: to the end of the clause, without the reason behind it.
OBJECT = rf"(?P<s>(?!{_POINTS})[^，。！？,!?；;：:]{{1,40}}?)(?:(?:因为|由于|毕竟|所以|但是?|不过|可是|而且|不然|否则|尤其是?|特别是)[^，]{{2,}})?$"
#: What the sentence is of, in front of what is said of it.
TOPIC = rf"^(?:其实|说真的|说实话|老实说|但是?|不过|而且|反正|还有|另外|唯独|真香|没想到|凡是|只要是)*(?P<s>(?!(?:反正|其实|平常|平时|一般|通常|现在|最近|以前|从小|晚上|早上|中午|周末|夏天|冬天|有时候?|后来|目前|睡前|出门|上班|下班|吃饭|工作日|小时候|这几年|今年|去年|一?[点口滴]儿?|半点|什么|啥)(?:我|都|也)|但我|{_POINTS}|我|本人|咱|俺|如果|要是|假如|为什么|大家|别人|有人|人们|人家|老师|老板|朋友|同事|因为|由于|毕竟|所以|不然|否则|除了|就算|就是|即使|[^，。我]{{0,18}}(?<!不)了我|有[^，。]{{1,6}}我就|能|谁)[^，。！？,!?；;：:我]{{1,20}}?)"
#: As TOPIC, and the writer behind it.
TOPIC_ME = rf"{TOPIC}(?<![让使令叫给对跟被把问比和帮])(?<!(?<![小传学])说)(?P<me>{ME}){ADVS}"
END = r"(?:了|的|啊|呀|吧|呢|啦|哦|哈|嘛|而已|来着|哈哈+)*$"
#: What a subject ends in that says nothing of it.
AROUND = re.compile(
    r"(?:这种东西|这类东西|这种事儿?|这玩意儿?|这事儿?|这件事儿?|那(?:股|种)?子?味(?:道|儿)?|这一?口|这一?套|什么的|之类的?|的话|方面|来说|(?<![走行])走|很久|好久|(?<=..)的事儿?|(?<=.[^目])的(?:过程|样子|时候)|(?:和|跟|与|以及)(?:这|那|你)[^，]*)$"
)
#: What holds for the moment, or is about what was just said.
PASSING = re.compile(
    r"今天|今晚|今早|昨天|昨晚|前天|明天|后天|刚才|刚刚|这会儿|这次|这回|待会|等会|一会儿|上次|那次|现在(?:好|就|只|不)?想|这几天|这周|下周|上周|突然|[这那上前]一?(?:段(?!时间|日子)|[版句稿])|上一[个条]|[这那](?:首|个)(?:诗|标题|方案|回答|答案|开头|结尾|颜色|配色)"
)


class Frame:
    """A shape of clauses: what such a clause states of the subject `s`.

    `needs`: literals of which one must stand in the clause; `alone`: said by nobody in particular, it still states something of its writer;
    `passes`: it may hold for the moment only.
    """

    def __init__(
        self, kind: Kind, sign: str, text: str, *needs: str, alone: bool = False, passes: bool = False
    ) -> None:
        signs: dict[str, Polarity | None] = {"+": "like", "-": "dislike", "0": None}
        self.kind: Kind = kind
        self.polarity = signs[sign]
        self.text = text
        self.needs = needs
        self.alone = alone
        self.passes = passes

    @cached_property
    def regex(self) -> re.Pattern[str]:
        """Compiled at the first use."""
        return re.compile(self.text)

    @cached_property
    def number(self) -> int:
        """What the classifier knows it by: not of its text, which changes with every piece that frames share."""
        return 16 + zlib.crc32(f"{self.kind} {self.polarity} {' '.join(self.needs)}".encode())

    def find(self, clause: str) -> re.Match[str] | None:
        if self.needs and not any(word in clause for word in self.needs):
            return None
        return self.regex.match(clause)
