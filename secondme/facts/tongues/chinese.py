"""Facts in Chinese, in simplified and in traditional characters."""

from __future__ import annotations

import re

from secondme.facts.tongues.oblique import chinese
from secondme.facts.tongues.tongue import Answer, Inquiry, Saying, Tongue

_KIN = {
    "老婆": "wife", "妻子": "wife", "太太": "wife", "老公": "husband", "丈夫": "husband", "先生": "husband",
    "爱人": "partner", "愛人": "partner", "对象": "partner", "對象": "partner", "女朋友": "girlfriend",
    "男朋友": "boyfriend", "女友": "girlfriend", "男友": "boyfriend", "未婚妻": "fiancée", "未婚夫": "fiancé",
    "女儿": "daughter", "女兒": "daughter", "儿子": "son", "兒子": "son", "妈妈": "mum", "媽媽": "mum",
    "母亲": "mother",
    "母親": "mother", "爸爸": "dad", "父亲": "father", "父親": "father", "姐姐": "sister", "妹妹": "sister",
    "哥哥": "brother", "弟弟": "brother", "奶奶": "grandma", "外婆": "grandma", "爷爷": "grandpa", "爺爺": "grandpa",
    "外公": "grandpa", "姑姑": "aunt", "阿姨": "aunt", "叔叔": "uncle", "舅舅": "uncle", "表哥": "cousin",
    "表姐": "cousin",
    "表弟": "cousin", "表妹": "cousin",
}  # fmt: skip
_PARTNERS = "老婆|妻子|太太|老公|丈夫|先生|爱人|愛人|对象|對象|女朋友|男朋友|女友|男友|未婚妻|未婚夫"
_CHILDREN = "女儿|女兒|儿子|兒子|大女儿|小女儿|大儿子|小儿子"
_STOP = r"[，。！？,.!?；;、\s：:）)」』”…]|$"
_END = (
    rf"(?={_STOP}|了|已经|已經|很|的(?!家)|附近|那边|这边|這邊|那邊|工作|上班|任职|任職|就职|就職|当|當|做|住|生活"
    r"|[一二两兩三四五六七八九十\d]+(?:多)?(?:年|个月|個月)|快|有|和我|跟|吧|呢|啦|因为|因為|所以|但)"
)
_HAN = "[\u3400-\u9fff·]"
_NAME = rf"(?:{_HAN}{{1,4}}?|[A-Z][\w'’-]+(?: [A-Z][\w'’-]+)*)"
_CITIES = (
    "北京|上海|广州|廣州|深圳|成都|重庆|重慶|天津|武汉|武漢|杭州|南京|苏州|蘇州|西安|长沙|長沙|青岛|青島|大连|厦门|昆明"
    "|哈尔滨|香港|澳门|台北|高雄|台湾|台灣|中国|中國|美国|美國|德国|英国|日本|法国|加拿大|澳大利亚|新加坡|纽约|伦敦"
    "|东京"
    "|巴黎|柏林|家|外地|国外|这里|那里|这儿|那儿|哪|一家|一个"
)
_NOW = "(?:现在|現在|目前|一直|已经|已經|就|都|也|还|還|平时|今年|暂时)*"

CHINESE = Tongue(
    code="zh",
    hint=r"[我]|人(?:已经)?在|[\u3400-\u9fff](?:住在|搬到|过敏|過敏|生日|喜欢|喜歡)",
    phrases={
        "NOW": _NOW,
        "KIN": f"(?:{'|'.join(_KIN)})",
        "GAP": r"[^，。！？,.!?；;不没沒想要会會打算准以曾过過]{0,14}?",
        "PLACE": rf"(?:{_HAN}{{2,8}}?|[A-Z][\w'’-]+){_END}",
        "NAME_ZH": rf"{_NAME}(?={_STOP}|了|的|，|和|跟|住|在|很|今年|对|喜欢|吧|啦)",
        "WHO": rf"(?:(?:^|[，。！？,.!?；;\s])(?P<s>(?!我|你|他|她|它|这|那|谁|大家|有人|没人|如果|要是|听说)"
        rf"(?:{_HAN}{{2,3}}?"
        rf"|[A-Z][\w'’-]+))|我的?(?P<k>{'|'.join(_KIN)})(?P<n>(?!叫|是|现|目|住|在|对|喜|最|很|也|搬|不|的|以|曾|从"
        rf"|说|想|要|今|去"
        rf"|上|生|去){_HAN}{{2,3}}?)?)",
        "ORG": rf"(?P<o>(?!(?:{_CITIES}))(?:{_HAN}{{2,14}}?|[A-Z][\w&'’-]+(?: [A-Z][\w'’-]+)*))",
        "WORKS": "(?:工作|上班|任职|任職|就职|就職|做事|当[\u3400-\u9fff]{2,5}|當[\u3400-\u9fff]{2,5}|做"
        "[\u3400-\u9fff]{2,5})",
        "PARTNER": f"(?:{_PARTNERS})",
        "CHILD": f"(?:{_CHILDREN})",
        "THING": rf"[^，。！？,.!?；;、：:\s（()）“”「」]{{1,16}}?(?={_STOP}|了(?:{_STOP})|和我|因为|因為|但|，)",
        "LIST": r"[^不，。！？,.!?；;：:\s（()）“”「」]{1,24}?(?=过敏|過敏)",
        "DAY": r"\d{1,2} ?月 ?\d{1,2} ?[日号號]|[一二三四五六七八九十]{1,2}月[一二三四五六七八九十]{1,3}[日号號]",
        "LIKE": "(?:喜欢|喜歡|爱|愛)",
        "WHOM": rf"(?:我的?(?P<k>{'|'.join(_KIN)})(?P<n>[\u3400-\u9fff]{{2,3}}?)?"
        r"|(?!我|你|他|她|它|谁)(?P<s>[\u3400-\u9fff]{2,4}?|[A-Za-z]\w+))",
        "PERSON": rf"(?:{_HAN}{{2,4}}?|[A-Z][\w'’-]+(?: [A-Z][\w'’-]+)*)",
        "TOWN": rf"(?:{_HAN}{{2,8}}?|[A-Z][\w'’-]+)",
        "FOND": r"(?!我|你|他|她|它|这|那|什么|人|大家|谁|不"
        r"|上了?)[^，。！？,.!?；;、：:\s的我你他她不（()）“”「」]{1,10}?",
        "STOP": rf"(?={_STOP}|了(?:{_STOP}))",
        "DO": "(?:吃|喝|看|听|聽|玩|打|读|讀|去)?",
    },
    sayings=(
        # What someone is called.
        Saying("name", r"(^|[，。！？,.!?\s好])我(的名字)?(叫|名叫|是叫)(做)?(?!我)(?P<o><NAME_ZH>)", called=True),
        Saying("name", r"我的(名字|姓名|全名)(是|叫)(?P<o><NAME_ZH>)"),
        Saying("name", r"(大家|朋友们?|别人|他们)(都)?叫我(?P<o><NAME_ZH>)", called=True),
        # Where someone lives.
        Saying("lives_in", r"我们?(家)?(?!的|<KIN>)<GAP>住在?(?P<o><PLACE>)(?!不)"),
        Saying("lives_in", r"我们?<NOW>(定居|居住)在(?P<o><PLACE>)"),
        Saying("lives_in", r"我们?家在(?P<o><PLACE>)"),
        Saying(
            "lives_in",
            r"我们?[^，。！？,.!?；;不没沒想要会會打算准]{0,14}?(搬到|搬去|搬来|搬家到|搬回)了?(?P<o><PLACE>)",
        ),
        Saying("lives_in", r"<WHO><NOW>住在?(?P<o><PLACE>)"),
        Saying("lives_in", r"<WHO>[^，。！？,.!?；;不没沒想要会會打算准]{0,8}?(搬到|搬去)了?(?P<o><PLACE>)"),
        Saying("lives_in", r"我们?(已经|已經)?(不再|不)住在?(?P<o><PLACE>)了?", ends=True),
        Saying(
            "lives_in",
            r"我们?(以前|之前|曾经|曾經|曾|过去|過去|小时候|小時候|原来|原來|从前)(一直)?(住在|住过)(?P<o><PLACE>)",
            ends=True,
        ),
        Saying("lives_in", r"我们?在(?P<o><PLACE>)(住过|住過|生活过|生活過)", ends=True),
        Saying("lives_in", r"我们?(已经|已經)?(搬离|搬離|离开|離開)了?(?P<o><PLACE>)了?", ends=True),
        Saying(
            "lives_in",
            r"我们?[^，。！？,.!?；;不没沒想要会會打算准]{0,8}?从(?P<o>[\u3400-\u9fff]{2,6})(搬到|搬去)",
            ends=True,
        ),
        Saying("lives_in", r"我们?<NOW>在(?P<o>[\u3400-\u9fff]{2,6}?)(住了|生活了|定居)"),
        # Where someone works.
        Saying("works_at", r"我<NOW>在<ORG><WORKS>"),
        Saying(
            "works_at",
            r"我[^，。！？,.!?；;不没沒想要会會打算准]{0,8}?(加入|入职|入職)了?<ORG>(?=[，。！？,.!?；;\s了]|$)",
        ),
        Saying("works_at", r"我<NOW>(就职于|就職於|任职于|供职于)<ORG>(?=[，。！？,.!?；;\s]|$)"),
        Saying("works_at", r"我的?(公司|单位|單位)(叫|是)<ORG>(?=[，。！？,.!?；;\s]|$)"),
        Saying("works_at", r"<WHO><NOW>在<ORG><WORKS>"),
        Saying("works_at", r"我(已经|已經)?(不在|不再在)<ORG><WORKS>了?", ends=True),
        Saying("works_at", r"我(以前|之前|曾经|曾經|曾|过去|過去|原来|原來)在<ORG><WORKS>(过|過)?", ends=True),
        Saying("works_at", r"我(已经|已經)?从<ORG>(辞职|辭職|离职|離職)了?", ends=True),
        Saying("works_at", r"我(已经|已經)?(离开|離開|辞去|辭去)了<ORG>(的工作|公司)", ends=True),
        # With whom someone lives.
        Saying("spouse", r"我(的)?(?P<w><PARTNER>)(叫|名叫|是|的名字是|的名字叫)(?P<o><NAME_ZH>)"),
        Saying(
            "spouse",
            r"(^|[，。！？,.!?；;\s])(?P<o>(?!她|他|这|那|谁)[\u3400-\u9fff]{2,4}?|[A-Z]\w+)是我(的)?(?P<w><PARTNER>)",
        ),
        Saying(
            "spouse",
            r"我(和|跟|与)(?P<o>[\u3400-\u9fff]{2,4}?|[A-Z]\w+)[^，。！？,.!?；;不没沒想要会會打算准离]{0,8}?"
            r"(结婚|結婚|订婚|訂婚|在一起|领证)",
        ),
        Saying(
            "spouse",
            r"我(和|跟|与)(?P<o>[\u3400-\u9fff]{2,4}?|[A-Z]\w+)(已经|已經)?(离婚|離婚|分手|分居)了?",
            ends=True,
        ),
        Saying(
            "spouse",
            r"(^|[，。！？,.!?；;\s])(?P<o>(?!她|他)[\u3400-\u9fff]{2,4}?|[A-Z]\w+)(不再是|已经不是)我"
            r"(的)?<PARTNER>了?",
            ends=True,
        ),
        # Children.
        Saying("child", r"我(们|的)?(?P<w><CHILD>)(叫|名叫|的名字是|的名字叫)(?P<o><NAME_ZH>)"),
        Saying(
            "child",
            r"(^|[，。！？,.!?；;\s])(?P<o>(?!她|他|这|那|谁)[\u3400-\u9fff]{2,4}?|[A-Z]\w+)是我(的)?(?P<w><CHILD>)",
        ),
        Saying("child", r"我有(一个|一個|个|個)(?P<w><CHILD>)，?(叫|名叫)(?P<o><NAME_ZH>)"),
        Saying(
            "child",
            r"我(们)?有?(两个|兩個|三个|三個)(孩子|女儿|儿子)，?(分别)?(叫|是)(?P<o>[\u3400-\u9fff]{2,3}(、"
            r"[\u3400-\u9fff]"
            r"{2,3})*和[\u3400-\u9fff]{2,3})",
            listed=True,
        ),
        # What someone likes.
        Saying("dislikes", r"我(真的|最|一直|从来|很|非常)?(不|不太|不怎么)<LIKE><DO>(?P<o><THING>)(?!了)"),
        Saying("dislikes", r"我(最|很|非常|特别)?(讨厌|討厭|恨)(?P<o><THING>)"),
        Saying("likes", r"我(很|非常|特别|特別|最|超|真的|也|都|一直|还是|挺|比较|尤其)*<LIKE><DO>(?P<o><THING>)"),
        Saying("likes", r"我是(?P<o>[^，。！？,.!?\s的]{2,10})的?(粉丝|粉絲|爱好者|愛好者)"),
        Saying("likes", r"<WHO>(很|非常|特别|特別|最|超|也|一直|挺)*<LIKE><DO>(?P<o><THING>)"),
        Saying("likes", r"我(已经)?不(再)?<LIKE><DO>(?P<o><THING>)了", ends=True),
        # What someone can't have.
        Saying("allergic_to", r"我<NOW>(对|對)(?P<o><LIST>)(有)?(严重|嚴重)?(过敏|過敏)", listed=True),
        Saying(
            "allergic_to",
            r"我(有)?(?P<o>(?!对|對|[\u3400-\u9fff]*[不会會])[\u3400-\u9fff]{1,4}?)(过敏|過敏)"
            r"(?!药|科|原|季)",
        ),
        Saying("allergic_to", r"<WHO><NOW>(对|對)(?P<o><LIST>)(过敏|過敏)", listed=True),
        # Birthdays.
        Saying("birthday", r"我的?生日(是|在)?(每年的?|农历|公历)?(?P<o><DAY>)"),
        Saying("birthday", r"我(是)?(\d{4}年)?(?P<o><DAY>)(出生|生的|生日|过生日|過生日)"),
        Saying("birthday", r"<WHO>的?生日(是|在)?(?P<o><DAY>)"),
        Saying("birthday", r"<WHO>(是)?(\d{4}年)?(?P<o><DAY>)(出生|生的|过生日|過生日)"),
        # How old someone is.
        Saying("age", r"我(今年|现在|已经|才|刚|刚满|满)*(?P<o>\d{1,3}|[一二三四五六七八九十]{1,3})岁"),
        Saying("age", r"<WHO>(今年|现在|已经|才|刚|刚满|满|快)*(?P<o>\d{1,3}|[一二三四五六七八九十]{1,3})岁"),
        *chinese.OBLIQUE,
    ),
    kin=_KIN,
    no_objects={
        "": r"(?:我|你|您|他|她|它|谁|誰|什么|甚么|哪|怎么|多少|几|这|那|今天|明天|昨天)",
        "lives_in": r"(?:了|一起|一个|一间|一套|同一|家里|家裡|学校|宿舍|酒店|医院|楼上|楼下|这里|那里|这儿|那儿|附近"
        r"|乡下|城里|不|不惯|得|过|的|"
        r"[一二三四五六七八九十\d]+[楼层层室号])|.*(?:宿舍|酒店|旅馆|楼$|层$|[上下里裡外边旁中]$)",
        "works_at": r"(?:(?:医院|学校|工厂|超市|银行|餐厅|饭店|外地|国外)$|家|哪|一|公司$|外面|办公室"
        r"|.{0,6}(?:市|省|县|区)$)|.*(?:时候|期间|时间)$",
        "name": r"(?:不|什么|做|他|她|你|来|去|醒|外卖|车)",
        "spouse": r"(?:爱情|寂寞|不|什么|个|一|最|去|来|说|谁|医生|老师|律师)",
        "child": r"(?:孩子|不|什么|个|一|最|去|来|说|谁)",
        "likes": r"(?:人|上|的|你|他|她|这|那|和|跟|不|一个人|我|吗|什么|过|了|死|一个(?:男|女))",
        "dislikes": r"(?:你|他|她|这|那|我|什么|的)",
        "allergic_to": r"(?:你|他|她|什么|所有|没|不|容易|体质|皮肤|会|就|又)",
    },
    no_subjects=r"(?:的|或|与|及|等|被|使|我|你|您|他|她|它|谁|这|那|哪|大家|有人|没人|如果|要是|假如|听说|据说|虽然|因为|所以|但是|不过"
    r"|而且|可是|今天"
    r"|昨天|明天|以前|现在|目前|朋友|同事|老师|很多|有些|一个|许多|人们|孩子|女儿|儿子|老婆|老公|妈妈|爸爸|姐姐|妹妹"
    r"|哥哥|弟弟|不|也|都|还)",
    drops=r"^(?:吃|喝|看|听)(?=\S)",
    pair=re.compile("、|和|以及|跟|与"),
    asks=r"[吗嗎呢嘛]\W*$|什么|什麼|哪|谁|誰|怎么|怎麼|多少|是不是|有没有|记得吗",
    denies=r"(?<!不是)(?:不|没|沒|没有|从未|从来没)(?!过敏)",
    hearsay=r"(?:说|說|听说|聽說|据说|據說|以为|以為|认为|認為|觉得|传闻|告诉我|好像|似乎|看来|写道)",
    unsure=r"(?:如果|要是|假如|假设|假設|若|万一|也许|或许|可能|想(?!念)|想要|希望|打算|计划|計劃|准备|準備|将|將要?"
    r"|会(?!议|[让使令害我就引起导致]{0,3}过敏)|會|要(?!好)|"
    r"梦见|梦到|夢|差点|几乎|好像|假装|下个?(?:月|周|星期)|下個月|明年|明天|小说|小說|电影里|故事里|角色|扮演|愿意"
    r"|应该|應該)",
    unsure_after=r"^(?:的话|的話|就好了|该多好|該多好|，?多好|，?就好|吧(?:？|\?))",
    jokes=r"(?:开玩笑|開玩笑|玩笑|骗你)",
    months=(),
    since=r"从|從|自|起",
    happens=r"搬|加入|入职|结婚|結婚|离开|離開|辞职|辭職|离婚",
    inquiries=(
        Inquiry("lives_in", r"我们?<NOW>(住在?|家在)(哪里|哪儿|哪裡|哪个城市|什么地方|哪)"),
        Inquiry("lives_in", r"<whom:WHOM><NOW>(住在?|家在)(哪里|哪儿|哪裡|哪个城市|什么地方|哪)"),
        Inquiry("lives_in", r"我们?(以前|之前|曾经|原来|过去)(都)?住(在|过)?(哪里|哪儿|哪裡|什么地方)", "before"),
        Inquiry(
            "lives_in",
            r"我(是)?(从)?(什么时候|何时)(开始|起)?(就)?(住在|搬到)(?P<named>[\u3400-\u9fff]{2,8}?)(的)?",
            "since",
        ),
        Inquiry("works_at", r"我<NOW>在(哪里|哪儿|哪裡|哪家公司|哪个公司|什么公司|什么地方)(工作|上班|任职)"),
        Inquiry("works_at", r"<whom:WHOM><NOW>在(哪里|哪儿|哪裡|哪家公司|哪个公司|什么公司)(工作|上班|任职)"),
        Inquiry("works_at", r"我(以前|之前|曾经|原来|过去)在(哪里|哪儿|哪家公司)(工作|上班)(过)?", "before"),
        Inquiry("name", r"我(叫|的名字是|的名字叫)什么(名字)?|我是谁"),
        Inquiry("spouse", rf"(?P<w>我的?({_PARTNERS}))(叫什么(名字)?|是谁|的名字(是|叫)什么)"),
        Inquiry("spouse", r"我(和|跟)谁(结婚|結婚)(了)?"),
        Inquiry("child", rf"(?P<w>我的?({_CHILDREN}|孩子))(们)?(叫什么(名字)?|是谁|的名字(是|叫)什么)"),
        Inquiry("likes", r"我(最)?<LIKE>(吃|喝|看|听|玩)?(什么|哪些)(东西)?"),
        Inquiry("likes", r"<whom:WHOM>(最)?<LIKE>(吃|喝|看|听|玩)?(什么|哪些)(东西)?"),
        Inquiry("dislikes", r"我(不|讨厌)<LIKE>?(吃|喝|看)?什么"),
        Inquiry("allergic_to", r"我(对|對)(什么|哪些东西|甚么)(东西)?(过敏|過敏)|我有什么过敏"),
        Inquiry("allergic_to", r"<whom:WHOM>(对|對)(什么|哪些东西)(东西)?(过敏|過敏)"),
        Inquiry("age", r"我(今年|现在)?(几岁|多大)(了)?"),
        Inquiry("age", r"<whom:WHOM>(今年|现在)?(几岁|多大)(了)?"),
        Inquiry(
            "birthday",
            r"我的?生日(是|在)?(什么时候|哪天|哪一天|几月几[日号])|我(是)?(什么时候|几月几[日号])(出生|生的|过生日)"
            r"(的)?",
        ),
        Inquiry("birthday", r"<whom:WHOM>的?生日(是|在)?(什么时候|哪天|哪一天|几月几[日号])"),
    ),
    answers={
        "name": Answer("你叫{o}", "{s}叫{o}"),
        "lives_in": Answer("你住在{o}", "{s}住在{o}", "你以前住在{o}", "{s}以前住在{o}"),
        "works_at": Answer("你在{o}工作", "{s}在{o}工作", "你以前在{o}工作", "{s}以前在{o}工作"),
        "spouse": Answer("{w}是{o}", "{w}是{o}", without_word="你和{o}在一起"),
        "child": Answer("{w}是{o}", "{w}是{o}", without_word="你的孩子是{o}"),
        "likes": Answer("你喜欢{o}", "{s}喜欢{o}", "你以前喜欢{o}", "{s}以前喜欢{o}"),
        "dislikes": Answer("你不喜欢{o}", "{s}不喜欢{o}"),
        "allergic_to": Answer("你对{o}过敏", "{s}对{o}过敏"),
        "age": Answer("你{o}岁", "{s}{o}岁"),
        "birthday": Answer("你的生日是{o}", "{s}的生日是{o}"),
    },
    mine_to_yours=(("我们", "你们"), ("我", "你")),
    and_="和",
    from_="（从{}起）",
    until="（到{}为止）",
    day="{m}月{d}日",
    day_of_year="{y}年{m}月{d}日",
    month_of_year="{y}年{m}月",
    year="{y}年",
    before="（之前：{}）",
    comma="、",
)
