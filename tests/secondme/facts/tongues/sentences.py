"""Sentences in German, Spanish, French and Chinese, with what each states; people and firms in them are invented."""

from __future__ import annotations

from tests.secondme.facts.tongues import oblique

GERMAN = """
Ich heiße Miriam. | me name Miriam
Hallo, ich heiße Miriam Okafor. | me name Miriam Okafor
Mein Name ist Miriam. | me name Miriam
Alle nennen mich Miri. | me name Miri
Ich heiße dich willkommen. |
Ich wohne in Jena. | me lives_in Jena
Seit 2015 wohne ich in Jena. | me lives_in Jena
ich wohne in jena seit letztem jahr | me lives_in Jena
Wir leben jetzt in der Schweiz. | me lives_in Schweiz
Ich lebe seit drei Jahren mit meinem Hund in Münster. | me lives_in Münster
Ich bin gestern nach Köln gezogen. | me lives_in Köln
Ich bin letzten Monat von Jena nach Graz umgezogen. | me lives_in -Jena; me lives_in Graz
Ich wohne nicht mehr in Jena. | me lives_in -Jena
Ich habe früher in Bonn gewohnt. | me lives_in -Bonn
Ich wohne nicht in Jena. |
Nächstes Jahr wohne ich in Rom. |
Ich lebe in Frieden mit meinen Nachbarn. |
Paula wohnt in Bremen. | Paula lives_in Bremen
Meine Schwester wohnt in Kiel. | me/sister lives_in Kiel
Das Team wohnt in Bremen. |
Ich arbeite bei Telcora. | me works_at Telcora
Ich arbeite seit 2019 als Köchin bei der Nordmühle. | me works_at Nordmühle
Ich habe letzte Woche bei Telcora angefangen. | me works_at Telcora
Mein Arbeitgeber ist Telcora. | me works_at Telcora
Ich arbeite nicht mehr bei Telcora. | me works_at -Telcora
Ich habe bei Telcora gearbeitet. | me works_at -Telcora
Ich arbeite bei Regen drinnen. |
Meine Frau heißt Jana. | me spouse Jana
Ich bin mit Jana verheiratet. | me spouse Jana
Jana ist meine Freundin. | me spouse Jana
Jana und ich sind verheiratet. | me spouse Jana
Ich habe mich von Jana getrennt. | me spouse -Jana
Meine Frau ist Ärztin. |
Meine Tochter heißt Lea. | me child Lea
Mein Sohn Emil schläft. | me child Emil
Unsere Kinder heißen Lea und Emil. | me child Lea; me child Emil
Emil ist mein Sohn. | me child Emil
Mein Sohn ist Lehrer. |
Bei Brandt & Söhne arbeite ich schon lange nicht mehr. | me works_at -Brandt & Söhne
Zum Frühstück esse ich gern Müsli. | me likes Müsli
Ich mag Rhabarberkuchen. | me likes Rhabarberkuchen
Ich trinke gern grünen Tee. | me likes grünen Tee
Ich liebe Opern. | me likes Opern
Ich mag keinen Spinat. | me dislikes Spinat
Ich mag Spinat nicht. | me dislikes Spinat
Ich liebe dich. |
Ich bin allergisch gegen Haselnüsse. | me allergic_to Haselnüsse
Ich bin gegen Katzen allergisch. | me allergic_to Katzen
Ich habe eine Nussallergie. | me allergic_to Nuss
Ich bin allergisch gegen Nüsse und Katzen. | me allergic_to Nüsse; me allergic_to Katzen
Ich bin nicht allergisch gegen Katzen. |
Ich habe am 3. Mai Geburtstag. | me birthday 3 May
Mein Geburtstag ist der 12. Dezember. | me birthday 12 December
Ich bin am 3.5.1985 geboren. | me birthday 3 May
Paula hat am 4. Juli Geburtstag. | Paula birthday 4 July
Heute hat Paula Geburtstag. |
"""
SPANISH = """
Me llamo Lucía. | me name Lucía
Hola, me llamo Lucía Ferrán. | me name Lucía Ferrán
Mi nombre es Lucía. | me name Lucía
Todos me llaman Luci. | me name Luci
Me llamo a mí misma tonta. |
Vivo en Vigo. | me lives_in Vigo
Yo vivo en Vigo desde 2018. | me lives_in Vigo
ahora vivo en vigo | me lives_in Vigo
Me mudé ayer a Lima. | me lives_in Lima
Nos hemos mudado a Lima. | me lives_in Lima
Ya no vivo en Vigo. | me lives_in -Vigo
Antes vivía en Vigo. | me lives_in -Vigo
No vivo en Vigo. |
Quiero vivir en Roma. |
El concierto en vivo en Madrid fue genial. |
Paula vive en Quito. | Paula lives_in Quito
Mi hermana vive en Quito. | me/sister lives_in Quito
Trabajo en Telcora. | me works_at Telcora
Trabajo como enfermera en el Hospital Clínico. | me works_at Hospital Clínico
Trabajo para Telcora. | me works_at Telcora
Ya no trabajo en Telcora. | me works_at -Telcora
Trabajaba en Telcora. | me works_at -Telcora
Trabajo en Madrid. |
Mi trabajo en Telcora es duro. |
Mi marido se llama Pablo. | me spouse Pablo
Estoy casada con Pablo. | me spouse Pablo
Pablo es mi novio. | me spouse Pablo
Pablo y yo nos casamos ayer. | me spouse Pablo
Me divorcié de Pablo. | me spouse -Pablo
Mi marido es médico. |
Mi hija se llama Inés. | me child Inés
Tengo dos hijos: Inés y Mateo. | me child Inés; me child Mateo
Mateo es mi hijo. | me child Mateo
Mi hijo Mateo duerme. | me child Mateo
Mi hija es profesora. |
Estoy divorciada de Tomás. | me spouse -Tomás
No soporto el cilantro. | me dislikes cilantro
Desde hace un año vivo con mi novio en Gijón. | me lives_in Gijón
Me gusta el té verde. | me likes té verde
Me encantan las aceitunas. | me likes aceitunas
Adoro el mar. | me likes mar
No me gusta el café. | me dislikes café
Odio los lunes. | me dislikes lunes
Me gusta que vengas. |
Soy alérgica a los gatos. | me allergic_to gatos
Soy alérgico al polen y a los gatos. | me allergic_to polen; me allergic_to gatos
Tengo alergia a las nueces. | me allergic_to nueces
Mi hermano es alérgico al polen. | me/brother allergic_to polen
No soy alérgica a los gatos. |
Mi cumpleaños es el 3 de mayo. | me birthday 3 May
Nací el 3 de mayo de 1985. | me birthday 3 May
El cumpleaños de Paula es el 4 de julio. | Paula birthday 4 July
Cumplo años el 12 de diciembre. | me birthday 12 December
Hoy es mi cumpleaños. |
"""
FRENCH = """
Je m'appelle Lucie. | me name Lucie
Bonjour, je m’appelle Lucie Ferran. | me name Lucie Ferran
Mon nom est Lucie. | me name Lucie
Tout le monde m'appelle Lulu. | me name Lulu
Je m'appelle toujours en retard. |
J'habite à Lyon. | me lives_in Lyon
J’habite à Lyon depuis 2018. | me lives_in Lyon
Je vis au Canada. | me lives_in Canada
j'habite à lyon | me lives_in Lyon
J'ai déménagé hier à Lille. | me lives_in Lille
Je n'habite plus à Lyon. | me lives_in -Lyon
J'habitais à Metz. | me lives_in -Metz
Je n'habite pas à Lyon. |
Je voudrais habiter à Rome. |
Je vis en paix. |
Chloé habite à Nantes. | Chloé lives_in Nantes
Ma sœur habite à Nantes. | me/sister lives_in Nantes
Je travaille chez Telcora. | me works_at Telcora
Je travaille comme infirmière à l'Hôpital Saint-Louis. | me works_at Hôpital Saint-Louis
J'ai commencé chez Telcora. | me works_at Telcora
Je ne travaille plus chez Telcora. | me works_at -Telcora
J'ai travaillé chez Telcora. | me works_at -Telcora
Je travaille chez moi. |
Mon mari s'appelle Rémi. | me spouse Rémi
Je suis mariée avec Rémi. | me spouse Rémi
Rémi est mon mari. | me spouse Rémi
Rémi et moi sommes mariés. | me spouse Rémi
Rémi n'est plus mon mari. | me spouse -Rémi
Mon mari est médecin. |
Ma fille s'appelle Zoé. | me child Zoé
J'ai deux enfants : Zoé et Luc. | me child Zoé; me child Luc
Luc est mon fils. | me child Luc
Mon fils Luc dort. | me child Luc
Ma fille est médecin. |
Depuis mars, je travaille à la Banque du Lac. | me works_at Banque du Lac
J'aime le thé vert. | me likes thé vert
J'adore les olives. | me likes olives
Je suis fan de jazz. | me likes jazz
Je n'aime pas le café. | me dislikes café
Je déteste les lundis. | me dislikes lundis
J'aime quand il pleut. |
Je suis allergique aux noix. | me allergic_to noix
Je suis très allergique aux noix et au pollen. | me allergic_to noix; me allergic_to pollen
J'ai une allergie au pollen. | me allergic_to pollen
Mon frère est allergique au pollen. | me/brother allergic_to pollen
Je ne suis pas allergique aux noix. |
Mon anniversaire est le 3 mai. | me birthday 3 May
Je suis née le 3 mai 1985. | me birthday 3 May
L'anniversaire de Chloé est le 4 juillet. | Chloé birthday 4 July
Mon anniversaire, c'est le 12 décembre. | me birthday 12 December
C'est bientôt mon anniversaire. |
"""
CHINESE = """
我叫陈静。 | me name 陈静
你好，我叫陈静。 | me name 陈静
我的名字是陈静。 | me name 陈静
大家都叫我小静。 | me name 小静
我叫他来。 |
我住在杭州。 | me lives_in 杭州
我现在住在杭州已经三年了。 | me lives_in 杭州
我从2015年起住在杭州。 | me lives_in 杭州
我昨天搬到了成都。 | me lives_in 成都
我家在成都。 | me lives_in 成都
我不住在杭州了。 | me lives_in -杭州
我以前住在北京。 | me lives_in -北京
我没有住在杭州。 |
我想搬到成都。 |
我住在一个小房间里。 |
小明住在南京。 | 小明 lives_in 南京
我姐姐住在南京。 | me/sister lives_in 南京
我在远山科技工作。 | me works_at 远山科技
我现在在远山科技上班。 | me works_at 远山科技
我上个月加入了远山科技。 | me works_at 远山科技
我不在远山科技工作了。 | me works_at -远山科技
我以前在远山科技工作。 | me works_at -远山科技
我在北京工作。 |
我在家工作。 |
我老婆叫王芳。 | me spouse 王芳
王芳是我老婆。 | me spouse 王芳
我和王芳结婚了。 | me spouse 王芳
我的妻子是王芳。 | me spouse 王芳
我和王芳离婚了。 | me spouse -王芳
我老婆是医生。 |
我女儿叫小雨。 | me child 小雨
小雨是我女儿。 | me child 小雨
我有一个儿子，叫小龙。 | me child 小龙
我的儿子叫小龙。 | me child 小龙
我儿子是谁。 |
我喜欢绿茶。 | me likes 绿茶
我很喜欢喝绿茶。 | me likes 绿茶
我最爱吃饺子。 | me likes 饺子
我不喜欢香菜。 | me dislikes 香菜
我讨厌下雨。 | me dislikes 下雨
我喜欢你。 |
我对花生过敏。 | me allergic_to 花生
我对花生和海鲜过敏。 | me allergic_to 花生; me allergic_to 海鲜
我花粉过敏。 | me allergic_to 花粉
我弟弟对花生过敏。 | me/brother allergic_to 花生
我对花生不过敏。 |
我的生日是5月3日。 | me birthday 3 May
我生日是五月三号。 | me birthday 3 May
小明的生日是7月4日。 | 小明 birthday 4 July
我是1985年12月12日出生的。 | me birthday 12 December
我的生日快到了。 |
"""
CLAUSES = {
    "de": (
        "ich heiße Miriam", "ich wohne in Jena", "ich arbeite bei Telcora", "meine Frau heißt Jana",
        "meine Tochter heißt Lea", "ich mag Rhabarberkuchen", "ich bin allergisch gegen Nüsse",
        "ich habe am 3. Mai Geburtstag",
    ),
    "es": (
        "me llamo Lucía", "vivo en Vigo", "trabajo en Telcora", "mi marido se llama Pablo", "mi hija se llama Inés",
        "me gusta el té verde", "soy alérgica a los gatos", "mi cumpleaños es el 3 de mayo",
    ),
    "fr": (
        "je m'appelle Lucie", "j'habite à Lyon", "je travaille chez Telcora", "mon mari s'appelle Rémi",
        "ma fille s'appelle Zoé", "j'aime le thé vert", "je suis allergique aux noix", "mon anniversaire est le 3 mai",
    ),
    "zh": (
        "我叫陈静", "我住在杭州", "我在远山科技工作", "我老婆叫王芳", "我女儿叫小雨", "我喜欢绿茶", "我对花生过敏",
        "我的生日是5月3日",
    ),
}  # fmt: skip
"""A statement in each relation."""
FRAMES = {
    "de": (
        "{}?", "Falls {}, sag es ihm.", "Paula sagt, {}.", "Angeblich: {}.", "Stell dir vor, {}.", "Vielleicht: {}.",
        "„{}“, rief er.", "Scherz: {}!",
    ),
    "es": (
        "¿{}?", "Si {}, díselo.", "Paula dice que {}.", "Según Paula, {}.", "Imagina que {}.", "Quizás {}.",
        "«{}», gritó.", "Es broma: {}.",
    ),
    "fr": (
        "{} ?", "Si {}, dis-le-lui.", "Chloé dit que {}.", "Selon Chloé, {}.", "Imagine que {}.", "Peut-être que {}.",
        "« {} », cria-t-il.", "Je plaisante : {}.",
    ),
    "zh": (
        "{}吗？", "如果{}就好了。", "小明说{}。", "听说{}。", "假如{}，就告诉他。", "也许{}。",
        "「{}」，他喊道。", "开玩笑，{}。",
    ),
}  # fmt: skip
"""What makes no statement of any of them: questions, conditions, hearsay, doubt, quotations, jokes."""


def _rows(block: str) -> list[tuple[str, str]]:
    return [(text.strip(), stated.strip()) for text, _, stated in (line.partition("|") for line in block.split("\n"))]


BLOCKS = (
    GERMAN, SPANISH, FRENCH, CHINESE, oblique.GERMAN, oblique.SPANISH, oblique.FRENCH, oblique.CHINESE, oblique.NOTHING
)  # fmt: skip
SAID = [
    *((text, stated) for block in BLOCKS for text, stated in _rows(block) if text),
    *((frame.format(clause), "") for code in FRAMES for frame in FRAMES[code] for clause in CLAUSES[code]),
]
"""Each sentence with what it states."""
