"""Stop words by language, and the language of a text in Latin letters by them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache, lru_cache

ENGLISH = frozenset(
    """
    a about above after again against all also am an and any are as at be because been before being below between
    both but by can could did do does doing down during each else ever few for from further get got had has have
    having he her here hers herself him himself his how i if in into is it its itself just let like may me might
    more most much must my myself no nor not now of off on once one only or other our ours ourselves out over own
    please same shall she should so some such than that the their theirs them themselves then there these they
    this those through to too under until up upon us very was we were what when where whether which while who whom
    whose why will with would you your yours yourself yourselves tell s t d ll m re ve don didn doesn isn wasn
    aren won isn't don't didn't doesn't wasn't what's who's it's i'm
    """.split()
)
_LATIN: Mapping[str, str] = {
    "ca": """el la els les un una uns unes i o però no de del dels al als a en amb per que què qui com quan on
        és són era va ha han he hi ho em et es meu meva teu seu seva aquest aquesta això molt més quina quin""",
    "cs": """a i nebo ale ne není je jsou byl byla bylo jsem jsi na v ve s se si z ze do k ke o od po pro při
        za že co kdo kde kdy jak jaký jaká jaké který která které proč kolik můj moje tvůj jeho její jejich ten
        ta to tento má mám""",
    "da": """og i er en et den det de at på af til med for som har var ikke jeg du han hun vi min mit mine din
        hvad hvem hvor hvornår hvordan hvorfor hvilken men eller fra om der blev kan skal vil efter ved sig""",
    "de": """ich du er sie es wir ihr mich mir dich dir ihn ihm ihnen uns euch der die das den dem des ein eine
        einen einem einer eines und oder aber nicht kein keine mein meine meinen meiner meinem dein deine sein
        seine ihre unser ist sind war waren bin hat habe haben hatte hatten wird werden wurde wurden kann können
        mit von vom zu zum zur im in am an auf für bei nach aus über unter durch um als auch noch wie was wer
        wen wem wessen wo wohin woher wann warum wieso weshalb welche welcher welches welchen welchem viele viel
        wieviel dass daß wenn so sich man""",
    "es": """el la los las un una unos unas de del al y e o u a en con por para sin sobre que qué quién quiénes
        cuál cuáles cómo cuándo dónde cuánto cuánta cuántos cuántas es son era fue fueron ser está están ha han
        hay no se su sus lo le les me te mi mis tu tus yo él ella nosotros como más pero este esta esto ese esa
        entre hasta desde muy""",
    "et": """ja ei on oli olid see et kui mis kes kus millal kuidas miks ma sa ta me te nad minu sinu tema aga
        või ka oma mida mitu milline ning kas""",
    "eu": """eta da dira zen ziren ez bat hau hori nor zer non noiz nola zergatik zein zenbat nire zure bere du
        dute izan dela""",
    "fi": """ja on ei oli ovat olivat se että kuin mikä mitä kuka missä milloin miten miksi minä sinä hän me te
        he minun sinun hänen mutta tai myös joka jossa jonka kun niin mihin mistä kuinka paljon monta""",
    "fr": """je tu il elle on nous vous ils elles le la les l un une des du de d et ou mais ne n pas plus mon
        ma mes ton ta tes son sa ses notre votre leur leurs au aux à en dans par pour sur sous avec sans chez
        est sont était étaient été être a ont avait suis ai as que qu qui quoi quel quelle quels quelles quand
        comment pourquoi où combien ce cette ces cet c s se y lequel laquelle comme""",
    "hu": """a az és vagy de nem is van volt vannak egy hogy ki mi mit hol hova mikor hogyan miért melyik
        mennyi hány én te ő ti ők ezt azt ez meg már csak mint lesz enyém""",
    "id": """yang dan di ke dari untuk dengan ini itu adalah tidak pada dalam saya kamu dia kami kita mereka
        apa siapa mana kapan bagaimana mengapa berapa akan telah sudah oleh atau juga ada sebagai""",
    "it": """il lo la i gli le l un uno una di del dello della dei degli delle a al allo alla ai agli alle da
        dal dalla in nel nella nei con su sul sulla per tra fra e ed o ma non che chi cosa quale quali quando
        come dove perché quanto quanta quanti quante è sono era erano ha hanno ho sei mio mia miei tuo sua suo
        si ci anche più questo questa""",
    "lt": """ir yra buvo ne ar bet kad su iš į per apie po prie kas ką kur kada kaip kodėl kuris kuri kiek aš
        tu jis ji mes jūs jie mano tavo jo jos tai šis""",
    "nl": """ik jij je hij zij ze wij we het een de en of maar niet geen mijn jouw zijn haar ons hun is was
        waren ben heb heeft had hebben met van op voor in te aan bij uit naar over door als dat die dit deze
        waar wie wanneer hoe welke welk waarom wat hoeveel er ook nog om tot wordt werd worden""",
    "no": """og i er en et den det de at på av til med for som har var ikke jeg du han hun vi min mitt mine din
        hva hvem hvor når hvordan hvorfor hvilken men eller fra om der ble kan skal vil etter ved seg""",
    "pl": """i w z na do nie się jest są był była było to że a o od po za przez dla jak co kto kogo gdzie kiedy
        jaki jaka jakie który która które dlaczego czy ile ja ty on ona my mój moja moje jego jej ich ale lub
        oraz ten ta te""",
    "pt": """o a os as um uma de do da dos das em no na nos nas e ou mas não com por para pelo pela que quem
        qual quais quando como onde quanto quanta quantos quantas é são era foi foram ser está estão tem têm há
        se seu sua seus suas meu minha eu ele ela nós ao à aos mais este esta isso""",
    "ro": """și în la de pe cu un o din pentru este sunt era a au fost nu că ce cine unde când cum care cât
        câți eu tu el ea noi meu mea lui ei sau dar mai al ai ale să se""",
    "sv": """och i är en ett den det de att på av till med för som har var inte jag du han hon vi min mitt mina
        din vad vem vilken vilket när hur varför men eller från om där blev kan ska vill efter vid sig hade""",
    "tr": """ben sen o biz siz onlar ve veya ama değil benim senin onun bir bu şu var yok için ile kim nerede
        nereye nereden ne nasıl hangi neden niçin kaç mi mı mu mü ki de da olarak olan daha çok gibi kadar en
        zaman""",
    "vi": """và là của có không được trong cho với các những một này đó khi ở đâu ai gì nào bao nhiêu tại sao
        thế tôi bạn anh chị nó đã sẽ đang từ đến về như cũng""",
}
_OTHER: Mapping[str, str] = {
    "ru": """и в во не что он на я с со как а то все она так его но да ты к у же вы за бы по ее мне было вот от
        меня о из ему когда где куда откуда кто кого кому чем чей какой какая какое какие каком какого какую
        который которая которые которого сколько почему зачем ли или если мой моя мое мои твой их наш быть был
        была были есть это этот эта эти для при до под об над между того том также""",
    "uk": """і й та в у на не що він я з як а вона але ти до за від про коли де хто який яка яке які скільки
        чому чи або мій моя моє це цей був була було є для при""",
    "bg": """и в на не че с от за до по при е са беше кой коя кое кои къде кога как колко защо ли моя мой това
        този аз ти се""",
    "el": """ο η το οι τα του της των τον την ένα μια και να με σε από για που πού ποιος ποια ποιο ποιοι πότε
        πώς γιατί πόσο πόσα πόσοι τι είναι ήταν έχει δεν θα στο στη στην στον στις στα μου σου""",
    "ar": """في من على إلى عن مع ما ماذا هل هو هي هم هما هن نحن أنا أنت الذي التي الذين اللذان اللتان اللواتي هذا هذه
        ذلك تلك هؤلاء كان كانت كانوا يكون تكون ليس ليست أين متى كيف كم لماذا بماذا بما لمن بمن لأي بأي أي أية أو و ثم لا
        لم لن قد كل بعض بعد قبل بين عند عندما لدى حيث بينما خلال حول ضد دون منذ حتى غير مثل لكن بل أم إما إلا إذا لأن
        أن إن بأن أنه أنها بأنه بأنها كما كي لكي تم تمت يتم به بها له لها لهم فيه فيها فيهم منه منها منهم عنه عنها
        عليه عليها إليه إليها لديه لديها لديهم التى اي اين الى""",
    "fa": """و در به از که این آن را با برای است بود بودند هست نیست من تو او ما شما چه چی کی کجا چرا چگونه چطور
        چند کدام یا هم تا بر هر یک می ها آیا""",
    "ur": """اور میں کے کی کا کو سے پر نے ہے ہیں تھا تھی تھے یہ وہ کیا کون کہاں کب کیوں کیسے کتنا کتنے میرا
        میری ایک جو""",
    "he": """של את על עם הוא היא הם אני אתה זה זאת זו מה מי איפה היכן מתי איך למה מדוע כמה איזה איזו אילו האם
        לא כן גם או אבל כי אם היה היתה הייתה היו יש אין שלי שלך אל מן""",
    "hi": """का की के में है हैं था थी थे और को से पर ने यह वह ये वे क्या कौन कहाँ कहां कब क्यों कैसे कितना
        कितने कितनी किस किसने किसका मेरा मेरी मेरे जो तो भी नहीं एक हो लिए कर इस उस""",
    "ta": """ஒரு இது அது என்ன யார் எங்கே எப்போது ஏன் எப்படி எந்த எத்தனை மற்றும் என் உள்ளது""",
    "hy": """և է են էր որ ինչ ով որտեղ երբ ինչպես ինչու քանի իմ ես դու նա մի այս այդ""",
    "ka": """და არის იყო რა ვინ სად როდის როგორ რატომ რამდენი ჩემი ეს ის რომ""",
}
_AND = "وف"
"""In Arabic "and" and "then" are written in one word with the next."""
_WORDS_WITH_AND = frozenset("هم هن قد".split())
"""Stop words that make another word with one of them, which is none: "understanding", "weakness", "lost"."""
_PHRASES: Mapping[str, str] = {
    "han": """什么时候 什麼時候 什么 什麼 哪里 哪裡 哪儿 哪些 哪个 哪一个 哪個 哪一 哪 谁 誰 怎么样 怎么 怎麼
        怎样 为什么 為什麼 为何 多少 几个 何时 是否 的 了 吗 嗎 呢 吧 我的 您 请问 有没有 是什么 告诉我
        どこですか どこにありますか どこ いつですか いつ だれ なぜ どのように どのような どのくらい どう どの
        どれ いくら いくつ 何ですか 何でしょうか 何という なんという なに 何 でしょうか でしたか でした ですか
        ますか ましたか ました ます ません という""",
    "other": """อะไร ที่ไหน ไหน เมื่อไหร่ เมื่อไร เมื่อใด ใคร ทำไม อย่างไร ยังไง เท่าไหร่ เท่าไร เท่าใด ใด
        หรือไม่ ຫຍັງ ໃສ ໃຜ ເມື່ອໃດ ແມ່ນ ຂອງ អ្វី ណា នៅឯណា ពេលណា ហេតុអ្វី ប៉ុន្មាន ဘာလဲ ဘယ်မှာ ဘယ်သူ ဘယ်တော့
        ဘယ်လောက်""",
    "hangul": """무엇인가요 무엇입니까 무엇을 무엇이 무엇 뭐예요 뭐야 뭐 어디에 어디서 어디 언제 누구 누가
        어떻게 어떤 왜 얼마나 얼마 몇 있나요 있어요 있습니까 있니 인가요 입니까 나요 였나요 했나요""",
}
FEWEST = 2
"""Stop words of a language that a text must hold to be taken for one in it."""
SHARE = 0.12
"""The least share of a text's words that must be stop words of its language."""
SAMPLE = 2_000
_WORD = re.compile("[a-z\u00df-\u024f\u1e00-\u1eff]+")


@cache
def _by_word() -> Mapping[str, tuple[str, ...]]:
    """By stop word, the languages that have it; English is ""."""
    found: dict[str, tuple[str, ...]] = dict.fromkeys(ENGLISH, ("",))
    for language, words in _LATIN.items():
        for word in dict.fromkeys(words.split()):
            found[word] = (*found.get(word, ()), language)
    return found


@lru_cache(maxsize=2_000)
def language_by_words(text: str) -> str:
    """The language of a text in Latin letters by its stop words; "" for English, and where they do not tell."""
    sample = text[:SAMPLE].lower()
    words = _WORD.findall(sample)
    if 2 * sum(map(len, words)) < len(sample):
        return ""
    by_word = _by_word()
    counts: dict[str, int] = {}
    for word in words:
        for language in by_word.get(word, ()):
            counts[language] = counts.get(language, 0) + 1
    english = counts.pop("", 0)
    if not counts:
        return ""
    best = max(counts, key=lambda language: counts[language])
    return best if counts[best] >= max(FEWEST, 2 * english + 1, SHARE * len(words)) else ""


@cache
def stop_words(language: str) -> frozenset[str]:
    """The words of a language that carry no meaning; empty for one that is not listed."""
    if language in ("", "en"):
        return ENGLISH
    return frozenset((_LATIN.get(language) or _OTHER.get(language) or "").split())


@cache
def other_stop_words() -> frozenset[str]:
    """Stop words of all languages that are not written in Latin letters."""
    arabic = [word for word in _OTHER["ar"].split() if len(word) > 1 and word not in _WORDS_WITH_AND]
    return frozenset(word for words in _OTHER.values() for word in words.split()) | frozenset(
        one + word for one in _AND for word in arabic
    )


@cache
def separators(kind: str) -> re.Pattern[str]:
    """Phrases of a script without spaces that ask or bind, and so part the runs of a question."""
    phrases = sorted(_PHRASES[kind].split(), key=len, reverse=True)
    ending = "$" if kind == "hangul" else ""
    begin = "^" if kind == "hangul" else ""
    return re.compile(rf"{begin}(?:{'|'.join(map(re.escape, phrases))}){ending}")
