"""What WhatsApp writes itself, in the languages of its phones: places of media, marks of edits, notices."""

from __future__ import annotations

import re

_OMITTED = r"""
    omitted / weggelassen / ausgeschlossen / omitid[oa]s? / omise?s? / omess[oaie] / weggelaten / ocult[oa]s?
    oculta / dahil edilmedi / pominięt[oyae]+ / utelämnad / utelatt / udeladt / vynechán[oay]?
    vynechan[éý] / kihagyva / изъят / пропущен[оаы]? / опущен[оаы]? / без медиафайлов / пропущено
    exclus[ăe]? / omis[ăe]? / tidak disertakan / diabaikan / tidak termasuk / izostavljen[oa]?
    jätetty pois / παραλείφθηκε / 省略 / 已略去 / 忽略 / 已忽略 / 生略 / 省略されました / 생략 / 제외
    הושמט[הו]? / لم يتم تضمين ?\w* / تم استبعاد ?\w* / حذف شد / छोड़ दी गई / ไม่ถูกรวม / đã bị bỏ qua
    bị bỏ qua
"""
_MEDIA_NOUNS = r"""
    image / video(?: note| message)? / audio / sticker / gif / document / contact card / media / photo / voice message
    bild / videonachricht / sprachnachricht / dokument / kontaktkarte / foto / medien / imagen / vídeo / documento
    tarjeta de contacto / imagem / figurinha / cartão de contato / image / vidéo / document / carte de contact
    immagine / adesivo / scheda contatto / afbeelding / contactkaart / görüntü / resim / ses / çıkartma / belge
    kişi kartı / obraz / zdjęcie / wideo / dźwięk / naklejka / изображение / видео / аудио / стикер / документ
    gambar / stiker / dokumen / bilde / billede / kuva / ääni / obrázek / kép / hang / imagine / slika
    图片 / 圖片 / 影像 / 视频 / 影片 / 视讯 / 音频 / 音訊 / 语音消息 / 語音訊息 / 贴图 / 貼圖 / 文件 / 文档
    已 / 画像 / 動画 / 音声 / スタンプ / ビデオ / ドキュメント / は / 사진 / 동영상 / 오디오 / 스티커 / 문서 / 이미지
    תמונה / סרטון / הקלטה / מסמך / صورة / فيديو / مقطع صوتي / ملصق / चित्र / वीडियो / hình ảnh / รูปภาพ
"""
_DELETED = r"""
    this message was deleted(?: by .*)? / you deleted this message / diese nachricht wurde gelöscht
    du hast diese nachricht gelöscht / se eliminó este mensaje / eliminaste este mensaje
    este mensaje fue eliminado / ce message a été supprimé / vous avez supprimé ce message
    questo messaggio è stato eliminato / hai eliminato questo messaggio
    (?:esta )?mensagem (?:foi )?apagada / você apagou esta mensagem / esta mensagem foi eliminada
    dit bericht is verwijderd / (?:je|u) (?:hebt|hebben) dit bericht verwijderd / bu mesaj silindi
    bu mesajı sildiniz / usunięto tę wiadomość / ta wiadomość została usunięta / данное сообщение удалено
    вы удалили данное сообщение / сообщение удалено / det här meddelandet togs bort
    pesan ini telah dihapus / pesan ini dihapus / 此訊息已刪除 / 此消息已删除 / 您已刪除此訊息
    你已删除这条消息 / このメッセージは削除されました / 삭제된 메시지입니다 / تم حذف هذه الرسالة
"""
_EDITED = r"""
    this message was edited / diese nachricht wurde bearbeitet / se editó este mensaje
    ce message a été modifié / questo messaggio è stato modificato / mensagem editada
    esta mensagem foi editada / dit bericht is bewerkt / bu mesaj düzenlendi / wiadomość została edytowana
    ta wiadomość została edytowana / сообщение изменено / данное сообщение изменено / pesan ini diedit
    meddelandet har redigerats / 此訊息已編輯 / 此消息已编辑 / このメッセージは編集されました
    수정된 메시지입니다 / تم تعديل هذه الرسالة
"""
_MADE_GROUP = r"""
    created (?:this )?group / hat die gruppe\b.*\berstellt / creó (?:el|este) grupo
    a créé (?:le|ce) groupe / criou (?:o|este)? ?grupo / ha creato (?:il|questo)? ?gruppo
    heeft (?:de |deze )?groep\b.*(?:ge|aange)maakt / grubu oluşturdu / utworzył(?:/?a)? (?:tę )?grup
    создал(?:\(?а\)?)? (?:эту )?групп / skapade gruppen / membuat grup / 建立了(?:此)?群組
    創建了(?:此)?群組 / 创建了(?:此)?群组 / グループ.*作成しました / 그룹을 만들었습니다
    أنشأ(?:ت)? المجموعة / یہ گروپ بنایا
"""


def _any(words: str) -> str:
    """A pattern for any of the phrases, which stand between slashes."""
    phrases = (phrase.strip() for line in words.splitlines() for phrase in line.split(" / "))
    return "|".join(phrase for phrase in phrases if phrase)


_MEDIA_NOUN = rf"(?:{_any(_MEDIA_NOUNS)})"
_MEDIA = re.compile(rf"(?i)\A(?:{_MEDIA_NOUN} ?){{1,2}}(?:{_any(_OMITTED)})[.。]?\Z")
_OMITTED_BY_ITSELF = re.compile(rf"(?i)\A(?:[^\s<>]+ ){{0,3}}\S*(?:{_any(_OMITTED)})\S*(?: \S+)?\Z")
_MEDIA_LINE = re.compile(r"\A<[^<>\d:]{4,40}>\Z", re.MULTILINE)
_ATTACHED = re.compile(r"\A<[^<>:：]{2,40}[:：]\s*(?P<name>[^<>/]+\.\w{2,5})>", re.MULTILINE)
_WITH_FILE = re.compile(r"\A(?P<name>[^\n/<>]{1,160}\.\w{2,5}) \([^()\d\n]{3,40}\)")
_DELETED_MESSAGE = re.compile(rf"(?i)\A(?:{_any(_DELETED)})[.。]?\Z")
_EDIT_MARK = re.compile(rf"(?i)\s*<(?:{_any(_EDITED)})[.。]?>\s*\Z")
_GROUP_NOTICE = re.compile(rf"(?i)(?:{_any(_MADE_GROUP)})")
NOTICE_WORDS = 6
"""A short text of WhatsApp itself stands for something the speaker did (a missed call); a long one is a notice."""


def words_said(text: str, speaker: str, *, by_itself: bool) -> str:
    """The text of a message without WhatsApp's own: media as `[media]` or `[attached: NAME]`, marks of edits left out.

    Empty for a deleted message and for a notice. `by_itself`: a mark shows that WhatsApp wrote the text.
    """
    text = (_EDIT_MARK.sub("", text) if "<" in text else text).strip()
    if _DELETED_MESSAGE.match(text):
        return ""
    for pattern, sign in ((_ATTACHED, "<"), (_WITH_FILE, " (")):
        found = pattern.match(text) if sign in text else None
        if found is not None:
            return f"[attached: {found['name'].strip()}]{text[found.end() :]}".strip()
    first, _, rest = text.partition("\n")
    if _MEDIA.match(first) or _MEDIA_LINE.match(first) or (by_itself and _OMITTED_BY_ITSELF.match(first)):
        return f"[media]\n{rest}".strip()
    if text.startswith(f"{speaker} ") and (by_itself or _GROUP_NOTICE.search(first)):
        return ""
    if by_itself and "\n" not in text and not _is_link(text):
        longest = 60 if " " in text else 16  # Chinese has no spaces
        return f"[{text}]" if len(text.split()) <= NOTICE_WORDS and len(text) <= longest else ""
    return text


def _is_link(text: str) -> bool:
    return "://" in text


def same_words(text: str) -> str:
    """The text for comparing: media are the same whether or not the export holds their files."""
    return _PLACEHOLDER.sub("[media]", " ".join(text.split())).casefold()


_PLACEHOLDER = re.compile(r"\[(?:media|photo|attached: [^\]]*)\]", re.IGNORECASE)
