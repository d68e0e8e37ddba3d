"""What mail programs write around quoted and forwarded messages, in the languages that they speak."""

from __future__ import annotations

import re

_ORIGINAL = """
original; ursprüngliche; messaggio originale; message d'origine; oorspronkelijk; oprindelig; opprinnelig;
ursprungligt; alkuperäinen; oryginalna; wiadomość; původní; pôvodná; eredeti; mesajul; исходное; исходно; оригинал;
початкове; вихідне; αρχικό; özgün; orijinal; 原始; 原邮件; 元のメッセージ; 原件; 원본; الأصلية; מקורית; pesan asli; gốc;
izvorna; izvorno; algne; sākotnēj; pradin
"""
_FORWARDED = """
forward; weitergeleitet; reenviad; reexpedid; inoltrat; transféré; réexpédi; encaminhad; doorgestuurd; vidarebefordra;
videresen; vidaresen; välitet; edelleen lähetet; przekazan; přeposlan; preposlan; továbbít; redirecționat; пересыл;
пересл; переадрес; προωθημέν; iletilen; yönlendiril; 转发; 轉寄; 転送; 전달; معاد توجيه; المُعاد; הועבר; diteruskan;
chuyển tiếp; proslijeđen; posredovan; edastatud
"""
_END = """
end; ende; ends; fin; fine; fim; slut; koniec; konec; конец; кінець; einde; loppu; vége; sfârșit; τέλος; kraj
"""
_WROTE = """
wrote; writes; said; schrieb; schrieben; geschrieben; a écrit; écrivait; escribió; escribía; ha scritto; scrive;
escreveu; schreef; geschreven; skrev; kirjoitti; napisał; napisała; napísal; napísala; napsal; napsala; написал;
написала; пишет; писал; писала; пише; написав; έγραψε; yazdı; írta; a scris; skrifaði; kirjutas; rašė; rakstīja;
napisao; napisal; menulis; đã viết; va escriure; idatzi
"""
_WROTE_UNSPACED = "写道; 寫道; 书写; 書きました; のメッセージ; 님이 작성; 작성:; 작성：; كتب; כתב"
_HEADERS = {
    "from": """
        from; von; de; da; van; från; fra; lähettäjä; od; от; від; από; kimden; gönderen; odesílatel; odosielateľ;
        feladó; expeditor; dari; từ; šalje; saatja; nuo; no; expéditeur; remitente; mittente; remetente; absender;
        afzender; nadawca; отправитель; відправник; pošiljatelj; envoyé par; 发件人; 寄件者; 寄件人; 差出人; 送信者;
        보낸 사람; 보낸사람; 보낸이; من; מאת
        """,
    "date": """
        sent; date; date sent; sent at; sent on; gesendet; datum; envoyé; envoyé le; date d'envoi; enviado; enviado el;
        enviado em; enviada em; fecha; data; inviato; verzonden; skickat; sendt; dato; lähetetty; päivämäärä; päiväys;
        wysłano; отправлено; дата; надіслано; στάλθηκε; ημερομηνία; gönderildi; gönderme tarihi; tarih; odesláno;
        odoslané; elküldve; dátum; trimis; dikirim; tanggal; ngày; đã gửi; poslano; 发送时间; 发送日期; 日期;
        時間; 时间; 寄件日期; 送信日時; 送信日; 日時; 日付; 보낸 날짜; 날짜; تاريخ الإرسال; التاريخ; נשלח; תאריך
        """,
    "to": """
        to; an; à; a; para; aan; till; til; vastaanottaja; do; кому; до; προς; kime; alıcı; komu; címzett; către;
        kepada;
        đến; za; pour; per; destinataire; destinatario; destinatário; empfänger; ontvanger; mottagare; modtager;
        收件人; 收件者; 宛先; 받는 사람; 받는사람; إلى; אל; cc; kopie; copie; копия
        """,
    "subject": """
        subject; betreff; betr; objet; asunto; oggetto; assunto; onderwerp; ämne; emne; aihe; temat; тема; θέμα; konu;
        předmět; predmet; tárgy; subiect; perihal; subjek; chủ đề; re; 主题; 主旨; 主題; 件名; 제목; الموضوع; נושא
        """,
}
_FORWARD_SUBJECT = """
fw; fwd; wg; tr; rv; enc; vb; vl; vs; fs; i; ilt; pd; πρθ; doorst; nr; továbbítás; пересл; 転送; 转发; 轉寄; 轉發; 전달
"""


def _either(words: str) -> str:
    """A pattern for any of the words, the longest first."""
    found = {" ".join(word.split()) for word in words.split(";")} - {""}
    return "|".join(re.escape(word) for word in sorted(found, key=len, reverse=True))


OTHER_MESSAGE = re.compile(_either(f"{_ORIGINAL};{_FORWARDED}"), re.IGNORECASE)
"""Parts of words with which a message that is quoted whole is named."""
END_OF_MESSAGE = re.compile(rf"\b(?:{_either(_END)})\b|结束|終わり|끝", re.IGNORECASE)
WROTE = re.compile(rf"\b(?:{_either(_WROTE)})\b|{_either(_WROTE_UNSPACED)}", re.IGNORECASE)
"""Verbs of the line before a quotation."""
HEADERS = {kind: re.compile(rf"(?:{_either(words)})\Z", re.IGNORECASE) for kind, words in _HEADERS.items()}
"""The names of headers as programs translate them, by what they head."""
HEADERS_WITHIN = {
    kind: re.compile(rf"(?:^|\s)\*?(?:{_either(words)})[ \u00a0]?[:：]\*?\s", re.IGNORECASE)
    for kind, words in _HEADERS.items()
}
"""The same within a line."""
FORWARD_SUBJECT = re.compile(rf"\[?(?:{_either(_FORWARD_SUBJECT)})\s*[:：]", re.IGNORECASE)
