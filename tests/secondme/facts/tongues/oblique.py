"""What is said in a roundabout way in German, Spanish, French and Chinese, with what it states; then
what only looks like it. People, firms and places are invented or have nothing to do with each other.
"""

from __future__ import annotations

GERMAN = """
In Worms bin ich zu Hause. | me lives_in Worms
Meine Wohnung liegt in Halle. | me lives_in Halle
Mein Wohnort ist Erfurt. | me lives_in Erfurt
Ich habe meinen Wohnsitz in Passau. | me lives_in Passau
Zuhause bin ich in Erfurt. | me lives_in Erfurt
Mein Geld verdiene ich bei Telcora. | me works_at Telcora
Ich habe eine Stelle bei Brandauer bekommen. | me works_at Brandauer
Telcora ist mein Arbeitgeber. | me works_at Telcora
Kornfeld hat mich eingestellt. | me works_at Kornfeld
Ich bin Ingenieurin bei Lindtal. | me works_at Lindtal
Verheiratet bin ich mit Ruben. | me spouse Ruben
Der Mann an meiner Seite heißt Ruben. | me spouse Ruben
Ich habe Silke das Jawort gegeben. | me spouse Silke
Silke ist die Frau, mit der ich verheiratet bin. | me spouse Silke
Als Mutter von Jonte habe ich wenig Zeit. | me child Jonte
Mein Kind heißt Jonte. | me child Jonte
Unsere Kleine heißt Nele. | me child Nele
Ich bin der Vater von Nele. | me child Nele
Pflaumenkuchen ist mein Lieblingskuchen. | me likes Pflaumenkuchen
Lakritz schmeckt mir besonders gut. | me likes Lakritz
Für Linsensuppe lasse ich alles stehen. | me likes Linsensuppe
Ich stehe auf Krimis. | me likes Krimis
Mein Lieblingsessen ist Linsensuppe. | me likes Linsensuppe
Mir schmeckt Rosenkohl überhaupt nicht. | me dislikes Rosenkohl
Rosenkohl kann ich nicht ausstehen. | me dislikes Rosenkohl
Ich reagiere allergisch auf Birkenpollen. | me allergic_to Birkenpollen
Von Erdnüssen bekomme ich Ausschlag. | me allergic_to Erdnüssen
Ich leide an einer Hausstauballergie. | me allergic_to Hausstaub
Gegen Hausstaub bin ich allergisch. | me allergic_to Hausstaub
Mein Geburtsdatum ist der 7. März 1984. | me birthday 7 March
Ich kam am 2. November 1990 zur Welt. | me birthday 2 November
Der 19. Juni ist mein Geburtstag. | me birthday 19 June
Am 19. Juni feiere ich meinen Geburtstag. | me birthday 19 June
Mein Vorname ist Torge. | me name Torge
Ich höre auf den Namen Torge. | me name Torge
Man kennt mich als Wiebke. | me name Wiebke
Getauft bin ich auf den Namen Wiebke. | me name Wiebke
"""
SPANISH = """
Acabo de mudarme a Soria. | me lives_in Soria
Me instalé en Cádiz el año pasado. | me lives_in Cádiz
Mi casa está en Lugo. | me lives_in Lugo
Resido desde hace años en Lugo. | me lives_in Lugo
Hace tres años que vivo en Huesca. | me lives_in Huesca
Acabamos de mudarnos a Soria. | me lives_in Soria
Soy empleada de Telcora. | me works_at Telcora
Soy enfermera en el Hospital Sierra Alta. | me works_at Hospital Sierra Alta
Telcora es mi empresa. | me works_at Telcora
Quien me paga el sueldo es Lumetal. | me works_at Lumetal
Estoy contratada en Nordania. | me works_at Nordania
Conseguí un puesto en Brandauer. | me works_at Brandauer
Mi jefa en Telcora es muy buena. |
Salgo con Gonzalo desde mayo. | me spouse Gonzalo
Comparto mi vida con Nuria. | me spouse Nuria
Llevo diez años casado con Nuria. | me spouse Nuria
Nuria y yo somos matrimonio. | me spouse Nuria
Tenemos una hija, Vera. | me child Vera
A nuestro hijo le pusimos Iker. | me child Iker
Soy padre de una niña llamada Vera. | me child Vera
Mi peque se llama Vera. | me child Vera
Mi comida favorita es la fabada. | me likes fabada
Disfruto mucho del ajedrez. | me likes ajedrez
Me vuelve loca la fabada. | me likes fabada
Me chiflan los tebeos. | me likes tebeos
Me da asco el hígado. | me dislikes hígado
No puedo ni ver el hígado. | me dislikes hígado
Padezco alergia al marisco. | me allergic_to marisco
Los cacahuetes me dan alergia. | me allergic_to cacahuetes
Tengo alergia grave al marisco. | me allergic_to marisco
Al marisco soy alérgico. | me allergic_to marisco
El 19 de junio celebro mi cumpleaños. | me birthday 19 June
Celebro mi cumpleaños el 19 de junio. | me birthday 19 June
El 7 de marzo es mi cumple. | me birthday 7 March
Mi nombre de pila es Lourdes. | me name Lourdes
Me bautizaron como Eusebio. | me name Eusebio
Eusebio es mi nombre. | me name Eusebio
"""
FRENCH = """
Je loge à Colmar. | me lives_in Colmar
Je me suis posé à Brest. | me lives_in Brest
Mon appartement est à Dijon. | me lives_in Dijon
Je suis installée à Dijon depuis mars. | me lives_in Dijon
Nous venons de déménager à Pau. | me lives_in Pau
Je suis domiciliée à Colmar. | me lives_in Colmar
Je gagne ma vie chez Telcora. | me works_at Telcora
Nordalia m'a embauchée. | me works_at Nordalia
Telcora est mon employeur. | me works_at Telcora
Mon boulot est chez Lumetal. | me works_at Lumetal
Je suis salariée de Telcora. | me works_at Telcora
Je suis en poste chez Brandauer. | me works_at Brandauer
Baptiste est l'homme que j'ai épousé. | me spouse Baptiste
Je partage ma vie avec Solène. | me spouse Solène
Je sors avec Solène depuis mai. | me spouse Solène
Nous avons une fille, Élina. | me child Élina
Nous avons appelé notre fils Mahé. | me child Mahé
Je suis le papa d'Élina. | me child Élina
Ma petite s'appelle Élina. | me child Élina
Mon plat préféré est la tartiflette. | me likes tartiflette
Je raffole de la tartiflette. | me likes tartiflette
Je raffole des figues. | me likes figues
Les endives, je déteste ça. | me dislikes endives
Je ne supporte pas les endives. | me dislikes endives
Je souffre d'une allergie au latex. | me allergic_to latex
Les cacahuètes me donnent de l'urticaire. | me allergic_to cacahuètes
Je suis allergique depuis toujours au latex. | me allergic_to latex
Le 7 mars, c'est mon anniversaire. | me birthday 7 March
Je suis du 19 juin. | me birthday 19 June
J'ai vu le jour le 19 juin 1990. | me birthday 19 June
On me connaît sous le nom de Corentin. | me name Corentin
Je suis Corentin, enchanté. | me name Corentin
Tu peux m'appeler Maëlle. | me name Maëlle
Moi c'est Maëlle. | me name Maëlle
"""
CHINESE = """
我落户在扬州。 | me lives_in 扬州
我在昆山生活了五年。 | me lives_in 昆山
我的家在青州。 | me lives_in 青州
我定居在青州。 | me lives_in 青州
我们刚搬来泉州。 | me lives_in 泉州
我的住址在扬州。 | me lives_in 扬州
我的工作单位是星河软件。 | me works_at 星河软件
我受雇于云杉医药。 | me works_at 云杉医药
我是星河软件的员工。 | me works_at 星河软件
我进了白鹭传媒工作。 | me works_at 白鹭传媒
我在星河软件当程序员。 | me works_at 星河软件
云杉医药是我的雇主。 | me works_at 云杉医药
我跟孙婷在谈恋爱。 | me spouse 孙婷
我嫁给了赵磊。 | me spouse 赵磊
我和赵磊是夫妻。 | me spouse 赵磊
我娶了孙婷。 | me spouse 孙婷
我儿子安安上小学了。 | me child 安安
我家宝宝叫安安。 | me child 安安
安安是我们的孩子。 | me child 安安
我的小女儿名叫安安。 | me child 安安
普洱茶我很喜欢。 | me likes 普洱茶
螺蛳粉是我的最爱。 | me likes 螺蛳粉
我的爱好是摄影。 | me likes 摄影
我特别爱吃榴莲。 | me likes 榴莲
我对螺蛳粉情有独钟。 | me likes 螺蛳粉
榴莲我一点都不喜欢。 | me dislikes 榴莲
我最讨厌吃榴莲。 | me dislikes 榴莲
芒果会让我过敏。 | me allergic_to 芒果
医生说我对尘螨过敏。 |
我一碰尘螨就过敏。 | me allergic_to 尘螨
我有芒果过敏。 | me allergic_to 芒果
3月7日是我的生日。 | me birthday 7 March
我生于1990年6月19日。 | me birthday 19 June
我的出生日期是1984年3月7日。 | me birthday 7 March
我姓顾，叫顾晓峰。 | me name 顾晓峰
大家喊我晓峰。 | me name 晓峰
我名字叫顾晓峰。 | me name 顾晓峰
"""
NOTHING = """
Mein Lieblingsmensch ist Paula. |
Nüsse vertrage ich gut. |
Ich vertrage Nüsse. |
Am 3. Mai feiere ich Omas Geburtstag. |
Telcora ist mein Kunde. |
Ich bin Kunde bei Telcora. |
Ich bin Patientin bei Dr. Sommer. |
Ich bin Mitglied bei Greenpeace. |
Ich bin Gast bei Müllers. |
In Worms bin ich nicht zu Hause. |
Früher war Halle mein Zuhause. |
Halle wird bald mein Zuhause. |
Dein Lieblingskuchen ist Streuselkuchen. |
Ist Jena dein Wohnort? |
Mein Wohnort ist nicht Jena. |
Wo ist mein Zuhause? |
Mein Name ist Programm. |
Ich bin die Mutter von drei Kindern. |
Ich bin der Vater vom Bräutigam. |
Mir schmeckt das Essen nicht. |
Mein Haus ist in Gefahr. |
Unser Zimmer ist in Ordnung. |
Mein Zuhause ist mein Schloss. |
Ich stehe auf dem Balkon. |
Ich stehe auf Platz drei. |
Ich reagiere nicht allergisch auf Nüsse. |
Am 3. Mai werde ich operiert. |
Am 3. Mai werde ich verreisen. |
Ich habe eine Stelle bei Telcora gesehen. |
Ich verdiene bei Regen mehr. |
Du kannst mich mal. |
Du kannst mich Montag anrufen. |
Nenn mich nicht Torge. |
Telcora hat mich nicht eingestellt. |
Telcora hat mich angerufen. |
Vielleicht ist Telcora bald mein Arbeitgeber. |
Auf Peter reagiere ich allergisch, sagt sie. |
Mi persona favorita es Paula. |
Soy cliente de Telcora. |
Soy paciente en el Hospital Sierra Alta. |
Soy socio de Nordania. |
Telcora es mi cliente. |
No soy vecina de Teruel. |
Mi casa está en venta. |
Mi casa está en obras. |
Mi casa es grande. |
El 7 de marzo cumple Paula. |
El 7 de marzo es el cumpleaños de Paula. |
¿Puedes llamarme mañana? |
Puedes llamarme Lunes. |
Yo soy Tauro. |
Yo soy Dios. |
Si Telcora me contrata, me mudo. |
Telcora no me ha contratado. |
Me gustaría instalarme en Cádiz. |
Quizás me instalé en Cádiz. |
Tu plato favorito es la fabada. |
¿Mi plato favorito es la fabada? |
No tengo alergia al marisco. |
Salgo con Gonzalo esta noche. |
Llevo diez años sin casarme con Nuria. |
No acabo de mudarme a Soria. |
La fabada no es mi plato favorito. |
Soy madre de dos hijos. |
Mi jefe es Paco. | me boss Paco
Disfruto de la vida. |
Moi, c'est pareil. |
Je suis client chez Telcora. |
Je suis membre de Nordalia. |
Je suis allé chez Paul. |
Je suis née à Lyon. |
Je suis arrivée à la Gare du Nord. |
Mon appartement est à vendre. |
Ma maison est en travaux. |
Ma ville est belle. |
Je sors avec Solène ce soir. |
Je suis du matin. |
Le 7 mars, j'aurai fini. |
Le 7 mars, c'est l'anniversaire de Paul. |
Tu peux m'appeler demain. |
Tu peux m'appeler Lundi. |
Telcora n'est pas mon employeur. |
Nordalia ne m'a pas embauchée. |
J'aimerais que Telcora soit mon employeur. |
Est-ce que mon plat préféré est la tartiflette ? |
Ton plat préféré est la tartiflette. |
Je ne suis pas domiciliée à Colmar. |
Mes parents m'ont appelé hier. |
Je suis content à la Mairie. |
Paul et moi formons une équipe. |
Je partage mon bureau avec Solène. |
Ma petite sœur dort. |
J'habite Rue des Lilas. |
Je ne fais pas d'allergie aux cacahuètes. |
Le chat, je déteste ça, dit Paul. |
我的家在哪里？ |
我的家在山上。 |
我在北京买了一本书。 |
我在超市买了苹果。 |
我想在青州安家。 |
我的工作单位不是星河软件。 |
我不是星河软件的员工。 |
我是星河软件的客户。 |
星河软件没有录用我。 |
我去了星河软件面试。 |
我和孙婷是同事。 |
我和孙婷是朋友。 |
我嫁给了爱情。 |
我是孩子的妈妈。 |
我是他的妈妈。 |
他最喜欢的食物是螺蛳粉。 |
你最喜欢的食物是什么？ |
我不爱吃榴莲吗？ |
我对芒果不过敏。 |
我吃芒果不会过敏。 |
我没有芒果过敏。 |
3月7日是我妈妈的生日。 |
如果3月7日是我的生日就好了。 |
叫我怎么办。 |
叫我起床。 |
别叫我小顾。 |
现在住院。 |
现在住校。 |
现在住在酒店。 |
我爱你。 |
我爱我家。 |
我爱人很好。 |
我迷路了。 |
我不能吃芒果。 |
他让我过敏。 |
我在公司做饭。 |
我在家做作业。 |
我去了医院工作。 |
我女儿今年五岁。 | me/daughter age 5
我儿子已经睡了。 |
我老婆今天不在。 |
"""
