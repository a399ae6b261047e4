"""What citizens say about writing to a person of the office: wanting one, having done, asking when the answer comes."""

from __future__ import annotations

import re

LONGEST_WISH = 60  # characters in which a wish for a person is looked for; a longer message is the matter itself
LONGEST_END = 24

_WHO = "真人|活人|人工|工作人员|客服|专人|大活人|管事的?|负责的?人?|领导|你们主任|能做主的|值班的|办事员|同志"
_YOURS = "(?:你们|您们|恁|你|您|那边|这边|咱们|单位|里面|上面)?(?:那边|这边|单位|那里|这里)?(?:的)?"
_SPEAK = "说|聊|谈|讲|沟通|反映|对话|通话|问|答|回|处理|接|联系|咨询|解决|打"
_WISH = re.compile(
    rf"(?:找|揾|搵|转|接|换|叫|喊|让|派|见|要|有没有|帮我找|帮我转|给我转|联系|接通)(?:一?[个位下]|到|成|给)?{_YOURS}(?:{_WHO})|(?:跟|和|同|与|向|问)(?:一?[个位下])?{_YOURS}(?:{_WHO}).{{0,4}}?(?:{_SPEAK})"
    rf"|(?:{_WHO})(?:在吗|在不在|呢|在哪|来|接|回)|^(?:我(?:要|想))?(?:给你们|给单位)?留个?言$|(?:不|别|不要|不想|讨厌)(?:再)?(?:跟|和|用|要)?(?:你?这个)?机器人?(?:说|聊|回|答)?|(?:不是|是不是)机器人?.{{0,4}}(?:找|换|转)"
    rf"|^(?:能不能|可不可以|麻烦|快|赶紧)?(?:来|找|叫|换|派|要)(?:一?个|一位|点)人(?:来)?(?:{_SPEAK})*(?:话|下|一下|我|吗|吧|行不行|好不好)*$|(?:叫|派|找|换|让)(?:一?个|一?位)人(?:来|过来)?(?:跟|和|同|给)我(?:说|讲|谈|聊|打)|(?:想|要)(?:跟|和|同|找)(?:一?个)?人(?:{_SPEAK})|有(?:没有)?人(?:能|可以)?(?:回|答|管|理|接)(?:我|一下|电话)"
    rf"|(?:让|叫|请)?(?:人|{_WHO})?(?:给|跟|和)我(?:回|打)(?:一?个|个)?电话|(?:不要|别|别给我|不用)(?:再)?(?:发|自动)(?:这些|自动|的)?(?:链接|回复|消息)?.{{0,8}}(?:{_WHO}|人(?:说|聊|来))"
)
_NO_WISH = re.compile(
    "招聘|岗位|录用|名单|公告|人工智能|人工湖|领导班子|分工|是谁|哪些|(?:转|交|报|递|反映)(?:给|到).{0,8}(?:了吗|了没|没有)|(?<![打回个])电话(?:多少|是|号码?|呢|$)|(?:多少|几)[个位名]"
)
_AS_A_TRADE = re.compile(
    "^(?!.*(?:转|接(?!电话)|联系|人工|真人|投诉|问题)).*(?:客服.*{work}|{work}.*客服)".replace(
        "{work}", "(?:工作(?!人员|时间|日)|招(?!呼)|岗|职位|应聘|求职|找活|经验|兼职|月薪|学历|[包管][吃住])"
    )
)  # 有没有客服的工作
_AROUND = re.compile(
    rf"(?:那种|{_WHO}|{_SPEAK}|一?个人|人|话|电话|来|派|回复|再|自动|讨厌|这个|那边|这边|单位|对话|通话|行不行|好不好|找|揾|搵|转|接|换|叫|喊|让|来|见|请|可唔可以|同我讲|帮我|我要|我想|要|想|能不能|可不可以|可以|能|麻烦|给|你们|您们|你|您|我|跟|和|同|一?[个位下]|有没有|有人吗|有人|说说?话?|聊聊?|谈谈?|讲讲?|沟通|反映|服务|在吗|在不在"
    r"|呢|吗|吧|啊|呀|的|了|到|留个?言|说不清楚?|听不懂|没用|答非所问|不|别|机器人?|直接|赶紧|快|[\s,。.!?~])+"
)
_END = re.compile(
    r"(?:好的?|行|嗯|哦|那|就这样|谢谢|谢了|,|\s)*(?:返回|结束|退出|取消|没有了|没别的了?|没有别的了?|没了|没事了?|不用了|不必了|算了|不找了|不转了|不写了|不说了|不问了|先这样|就这些|就这样)"
    r"(?:我?自己(?:查|看|来|找|弄)(?:吧|了|看看?)?|吧|了|谢谢|谢了|您|你|啊|,|\s|。|!)*|我?(?:还是)?自己(?:查|看|找|来)(?:吧|了|看看?)?"
)  # fmt: skip
_WHEN = re.compile(
    "(?:什么时候|啥时候|多久|几时|哪天|几天|多长时间|怎么还(?:没|不)|还没|到底).{0,8}?(?:回我|回复|答复|回信|回话|回音|理我|联系我|给我打|有人看|处理|有结果|有消息)"
    "|(?:留言|投诉|举报|反映|说|写|转)(?:过|过去|上去)?的.{0,6}(?:有结果|有消息|有回复|怎么样|处理|回复|下文|动静).{0,4}(?:吗|么|没|不|了|呢)"
    "|(?:转|交|报|递|反映)(?:给|到|过去|上去).{0,6}(?:了吗|了没|没有)|(?:说|写|讲|发)的.{0,6}(?:记下|收到|看到|记录|知道).{0,4}(?:吗|没)|(?:收到|看到|看了).{0,6}(?:留言|投诉|来信|我的话|我说的|我写的).{0,3}(?:吗|没|不)"
)
_OF_ONESELF = re.compile("回我|给我回|回复我|理我|联系我|给我打|我的(?:留言|投诉|话)")
_OF_A_LETTER = re.compile(
    "回我|给我回|回复我|回信|回话|理我|联系我|给我打|有人看|回复|留言|转|投诉|举报|反映|说的|写的|来信|我的话"
)
_OF_OTHERS = re.compile("申请|公开|复议|补贴|审批|批")


def wishes(bare: str) -> bool:
    """Whether a bare text asks for a person in so many words: 能不能找个活人跟我说话."""
    if len(bare) > LONGEST_WISH or _NO_WISH.search(bare) or _AS_A_TRADE.search(bare):
        return False
    return _WISH.search(bare) is not None


def is_only_a_wish(bare: str) -> bool:
    """Whether it says nothing but that a person is wanted."""
    return _AROUND.fullmatch(bare) is not None


def ends(bare: str) -> bool:
    """不用了, 我自己查, 好的没别的了: the citizen has done with writing to a person."""
    return len(bare) <= LONGEST_END and _END.fullmatch(bare) is not None


def asks_when(bare: str) -> bool:
    """你们什么时候回我."""
    return len(bare) <= LONGEST_END and _WHEN.search(bare) is not None


def asks_of_a_letter(bare: str) -> bool:
    """Whether it asks for an answer to what one has written, and to no application: 多久能回复我."""
    return _OF_A_LETTER.search(bare) is not None and not _OF_OTHERS.search(bare)


def names_oneself(bare: str) -> bool:
    """Whether who asks for it is to be answered, whatever was shown before: 多久能回复我."""
    return _OF_ONESELF.search(bare) is not None
