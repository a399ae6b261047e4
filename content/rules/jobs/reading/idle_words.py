"""What is said around a search for work and asks for nothing that a posting could be held against."""

from __future__ import annotations

import re

from content.rules.language import plain_text

WISH = re.compile(
    "招(?!标|商|生|呼|牌|待)|聘|求职|找工|工作(?!日|总结|报告|动态|居住证)|岗位|职位|上班|打工|兼职|做事|挣钱|赚钱|赚点|挣点|进厂|干活|有活(?!动)|的活(?!动)|啥活|什么活|找活|活干|活路|用工|要人|应聘|上岗|就业(?=$|[\\s,])|实习|当学徒|缺(?:什么|啥|哪些)?(?:人|工)|合适的(?:吗|有)|学手艺|学门手艺|[想要]找(?!房|人|对象|领导|工作人员)|找[个份](?!房|人|对象)|[男女]工|进.{0,4}厂|的(?:厂子?|公司|单位|工厂)里?(?=$|[吗呢有,\\s])|能[干做](?:点|些)?(?:啥|什么)|[干做]点?(?:啥|什么)"
)
_TALK = (
    "随便(?:啥|什么)活?(?:都)?(?:干|做|行)|(?:啥|什么)活?都(?:干|做|行|可以)|活都[干做]|才毕业|刚毕业|毕业|对口的?|我们|咱们?|俺们?|你们|这里|这边|那边|那里|这儿|那儿|哪里|哪儿|哪家|哪个|哪些|什么样?|怎么样?|怎样|如何|为什么|多少|几个|有没有?|没有|有的|还有|是不是|能不能|可不可以|会不会|需要|需不需要|想要|想找|打算|准备|可以|能够|应该|适合|合适|随便|本人|自己|一起|一样|以上|以外|之外|左右|的话|差不多|一般|平均|通常|普遍|先不说|不说|请问|您好|你好|麻烦|帮忙|一下|看看|推荐|介绍|告诉|老板娘?|师傅|大哥|大姐|亲戚?|朋友|老乡"
    "|招聘|招工|招人|招收|求职|找工作|应聘|工作|岗位?|职位|职业|活儿?|事情|单位|公司|厂子?|厂里|企业|地方|大家|现在|目前|最近|最新|园里|工厂|学生|在校|大[一二三四]|外面|回来|[一二三五六七八九十]+多?年|多年|年了|老家|家乡|年底|年前|年后|过年|节前|节后|今年|马上|立刻|刚刚?|毕业生?|文化|学历|经验|条件|要求|工资|待遇|薪水|薪资|收入|月薪|高薪|高一?点|轻松|稳定|长期|正规|靠谱|离家?|附近|周边|比较|特别|非常|不累|体面|别的|其他|其它|类似|相关|方面|类型|行业|信息|消息|机会|上班|打工|做事|干活|挣钱|赚钱|养家|家里|家人|孩子|小孩|老婆|老公|媳妇|男人|女人|男的|女的|男生|女生|男女|女工|男工|女性|男性|年龄|年纪|岁数?|周岁|急需|急着|着急|希望|最好|优先|谢谢|专业|毕业于?|本地|外地|园区"
)
_PARTICLES = "咱|俺|我|你|您|他|她|它|谁|的|了|吗|呢|吧|啊|呀|嘛|么|哦|哈|嗯|哎|诶|嘞|咧|哩|噻|哟|喔|咯|啵|撒|唦|冇|是|在|有|没|想|要|会|能|可|找|去|来|给|让|被|把|个|份|些|这|那|和|跟|与|或|也|都|还|就|又|再|才|只|但|很|太|最|更|挺|啥|哪|不|别|请|招|聘|求|进(?![口修度展出])"
_SIGNS = "地|得|行|做|干|到|当|点|种|类|家|一|里|边|及|而|好|多|少|高|低|大|小|新|老|近|远|快|慢|几|两|问|说|看|急|工|人|事|钱|学|读|念|过|完|着|从|为|对|于|所|以|者|性|等|期|月|天|年|岁|证|用|吃|住|包|上|下|前|后|中|外|间|时|候"
_IDLE = re.compile(f"(?:{_TALK}|{_PARTICLES}|{_SIGNS})+")
_AROUND = re.compile(f"{_TALK}|{_PARTICLES}")
SKILL = re.compile("英语|日语|韩语|德语|法语|俄语|西班牙语|粤语|普通话|cad|excel|photoshop")
SKILLED = re.compile(f"(?:{SKILL.pattern})(?:[好强棒]|流利|熟练|精通|不错|专业|[四六八]级)*")


def skills_plain(text: str) -> str:
    """The text with skills by their name alone: 英语 of 英语流利."""
    return SKILLED.sub(lambda found: f" {SKILL.match(found[0])[0]} ", text)  # type: ignore[index]  # it begins with one


def says_nothing(word: str) -> bool:
    """Whether a word is made of such words alone."""
    return _IDLE.fullmatch(word) is not None


def without(text: str) -> list[str]:
    """The runs of a folded text that are left without them, of two characters and more."""
    runs = plain_text.runs_of(_AROUND.sub(" ", text))
    return [run for run in runs if len(run) > 1 and not says_nothing(run)]
