"""Well-known places whose names differ from language to language: "Lisbon" is "Lissabon" is "Lisboa"."""

from __future__ import annotations

from functools import cache

from secondme.text.entities import fold_name

_PLACES = """
Lisbon Lissabon Lisboa Lisbonne Lisbona | Vienna Wien Vienne Viena | Cologne Köln Colonia | Munich München Múnich
Monaco-di-Baviera | Nuremberg Nürnberg | Hanover Hannover Hanovre | Brunswick Braunschweig | Aachen Aix-la-Chapelle
Aquisgrán | Geneva Genf Genève Ginebra Ginevra | Zurich Zürich Zurigo | Basel Basle Bâle Basilea | Bern Berne Berna
| Lucerne Luzern Lucerna | Prague Prag Praha Praga | Warsaw Warschau Warszawa Varsovie Varsovia | Cracow Krakau Kraków
Cracovie Cracovia | Wroclaw Breslau | Gdańsk Gdansk Danzig | Copenhagen Kopenhagen København Copenhague Copenaghen
| Gothenburg Göteborg | Helsinki Helsingfors | Turku Åbo | Brussels Brüssel Bruxelles Bruselas Brussel
| Antwerp Antwerpen Anvers Amberes | Ghent Gent Gand Gante | Bruges Brügge Brugge Brujas | Liège Lüttich Luik Lieja
| Louvain Leuven Löwen | Hague Haag Haye Haya | Luxembourg Luxemburg Luxemburgo | Paris Parigi París
| Lyon Lyons Lione | Marseille Marseilles Marsella Marsiglia | Nice Nizza Niza | Strasbourg Straßburg Estrasburgo
Strasburgo | London Londres Londra Londen | Edinburgh Édimbourg Edimburgo | Dublin Dublín Dublino | Rome Rom Roma
| Milan Mailand Milano Milán | Venice Venedig Venezia Venise Venecia | Florence Florenz Firenze Florencia
| Naples Neapel Napoli Nápoles | Turin Torino | Genoa Genua Genova Gênes Génova | Padua Padova Padoue
| Mantua Mantova | Syracuse Syrakus Siracusa | Seville Sevilla Séville Siviglia | Saragossa Zaragoza | Cordoba Córdoba
Cordoue | Barcelona Barcelone Barcellona | Madrid Madryt | Porto Oporto | Athens Athen Athènes Atenas Atene Athina
| Thessaloniki Saloniki Thessalonique Tesalónica | Istanbul Estambul | Bucharest Bukarest București Bucarest
| Belgrade Belgrad Beograd Belgrado | Sofia Sofía | Budapest Budapeszt | Zagreb Agram | Kyiv Kiev Kiew | Lviv Lemberg
Lwów | Moscow Moskau Moskva Moscou Moscú Mosca | Vilnius Wilna Wilno | Riga Ryga | Tallinn Reval | Cairo Kairo Caire
| Alexandria Alexandrien Alexandrie Alejandría | Jerusalem Jérusalem Jerusalén Gerusalemme | Damascus Damaskus Damas
Damasco | Beirut Beyrouth | Tehran Teheran Téhéran Teherán | Beijing Peking Pékin Pekín Pechino | Shanghai Schanghai
| Tokyo Tokio | Kyoto Kioto | Seoul Séoul Seúl | Singapore Singapur Singapour | Mumbai Bombay | Hanoi Hanói
| Havana Havanna Habana Havane | Mexico Mexiko México Mexique Messico | Algiers Algier Alger Argel
| Germany Deutschland Allemagne Alemania Germania | Austria Österreich Autriche | Switzerland Schweiz Suisse Suiza
Svizzera | France Frankreich Francia | Italy Italien Italie Italia | Spain Spanien Espagne España Spagna
| Portugal Portogallo | Netherlands Niederlande Pays-Bas Bajos | Belgium Belgien Belgique Bélgica Belgio
| Denmark Dänemark Danmark Danemark Dinamarca | Sweden Schweden Sverige Suède Suecia | Norway Norwegen Norge Norvège
Noruega | Finland Finnland Suomi Finlande Finlandia | Iceland Island Islande Islandia | Ireland Irland Irlande Irlanda
| England Angleterre Inglaterra Inghilterra | Scotland Schottland Écosse Escocia | Poland Polen Polska Pologne Polonia
| Czechia Tschechien Česko Tchéquie Chequia | Hungary Ungarn Hongrie Hungría Magyarország | Greece Griechenland Grèce
Grecia | Turkey Türkei Turquie Turquía Türkiye | Croatia Kroatien Croatie Croacia Hrvatska | Romania Rumänien Roumanie
Rumanía | Russia Russland Rußland Russie Rusia | Ukraine Ucrania | Japan Japon Japón | China Chine | India Indien Inde
| Egypt Ägypten Égypte Egipto | Morocco Marokko Maroc Marruecos | Brazil Brasilien Brésil Brasil
"""


def other_names(name: str) -> frozenset[str]:
    """The other names of a place, folded; none for what is in no table."""
    return _by_name().get(fold_name(name), frozenset()) - {fold_name(name)}


@cache
def _by_name() -> dict[str, frozenset[str]]:
    found: dict[str, frozenset[str]] = {}
    for group in _PLACES.split("|"):
        names = frozenset(map(fold_name, group.split()))
        found |= {name: names | found.get(name, frozenset()) for name in names}
    return found
