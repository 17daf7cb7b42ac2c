"""Short news in three languages, and items made of them."""

from dataclasses import dataclass
from random import Random

from schemas.enriched import Duplicate
from streams.steps.duplicates import Index, Item, Thresholds
from streams.steps.duplicates.verdict import HOUR_MS
from streams.steps.sketch import sketch

START_MS = 1_732_000_000_000
WINDOW_MS = 72 * HOUR_MS
LIMITS = Thresholds()
NEW = Duplicate("new")


@dataclass(frozen=True, slots=True)
class Story:
    """`lead` has a place for the number of dead; `after`: the day after, and `more` of it."""

    headline: str
    lead: str
    background: str
    after: str
    more: str

    def told(self, dead: int = 3) -> str:
        return f"{self.lead.format(dead=dead)}\n{self.background}"

    def followed(self) -> str:
        return f"{self.after}\n{self.background}"


STORIES = {
    "en": Story(
        "Ferry sinks off the island",
        "A passenger ferry sank off the northern coast of the island late on Tuesday, killing "
        "{dead} people and leaving dozens in hospital, the harbour authority said.",
        "Divers searched the hull through the night while fishing boats carried survivors to the "
        "old market hall, where doctors had set up beds between the stalls. The captain told "
        "reporters that water had entered the engine room shortly after the vessel left port. "
        "Prosecutors have opened an inquiry and taken the log book, and the operator has stopped "
        "all sailings until further notice.",
        "Relatives of the passengers gathered at the gates of the shipping company on Wednesday "
        "and asked why nobody had warned them of the storm that was on its way.",
        "A spokeswoman read out a list of names, but she would not say who had decided to sail "
        "that evening against the advice of the coast guard.",
    ),
    "ar": Story(
        "غرق عبّارة قبالة الجزيرة",
        "غرقت عبّارة ركاب قبالة الساحل الشمالي للجزيرة في وقت متأخر من مساء الثلاثاء، ما أدى إلى "
        "مقتل {dead} أشخاص ونقل العشرات إلى المستشفى، بحسب ما أعلنت سلطة الميناء.",
        "وبحث الغواصون داخل الهيكل طوال الليل، بينما نقلت قوارب الصيد الناجين إلى قاعة السوق "
        "القديمة حيث نصب الأطباء أسرّة بين الأكشاك. وقال القبطان للصحفيين إن المياه دخلت غرفة "
        "المحركات بعد وقت قصير من مغادرة السفينة المرفأ. وفتحت النيابة تحقيقا وصادرت سجل الرحلة، "
        "فيما أوقفت الشركة المشغّلة جميع رحلاتها حتى إشعار آخر.",
        "تجمّع أقارب الركاب صباح الأربعاء أمام بوابات شركة الملاحة وتساءلوا لماذا لم يحذّرهم أحد "
        "من العاصفة التي كانت في طريقها إليهم.",
        "وتلت متحدثة باسم الشركة قائمة بأسماء الركاب، لكنها "
        "رفضت الكشف عمّن قرر الإبحار في تلك الليلة رغم تحذير خفر السواحل من ارتفاع الموج.",
    ),
    "ru": Story(
        "У острова затонул паром",
        "Пассажирский паром затонул у северного берега острова поздно вечером во вторник, погибли "
        "{dead} человек, десятки доставлены в больницы, сообщила администрация порта.",
        "Водолазы всю ночь осматривали корпус, а рыбацкие лодки перевозили спасённых в старый "
        "крытый рынок, где врачи поставили койки прямо между прилавками. Капитан рассказал "
        "журналистам, что вода попала в машинное отделение вскоре после выхода судна из гавани. "
        "Прокуратура начала проверку и изъяла судовой журнал, перевозчик отменил все рейсы до "
        "особого распоряжения.",
        "Родственники пассажиров собрались в среду у ворот судоходной компании и спрашивали, "
        "почему никто не предупредил их о приближающемся шторме. Министр транспорта пообещал "
        "ответить на все вопросы до конца недели и вылетел на место.",
        "Представительница компании зачитала список имён, но отказалась назвать "
        "того, кто решил выйти в море тем вечером вопреки предупреждению береговой охраны.",
    ),
}
OTHER = (
    "The town council agreed on a new bridge across the river after two years of talks, and the "
    "first stones are to be laid in spring if the weather allows it. Engineers presented three "
    "drafts, of which the cheapest was chosen because the state pays only half of the costs. "
    "Shopkeepers on the western bank fear for their trade while the old crossing is closed, and "
    "they asked for a small boat to take customers over for as long as the work goes on."
)


def an_index() -> Index:
    return Index(WINDOW_MS, LIMITS)


def an_item(
    uri: str,
    body: str | None,
    *,
    headline: str | None = "Ferry sinks off the island",
    wire: str | None = None,
    hours: float = 0,
    known: Duplicate = NEW,
    version: int = 1,
    names: tuple[str, ...] = (),
    corrects: bool = False,
    public_ms: int = 0,
) -> Item:
    """An article as it comes to its verdict; of a wire of its own, and withdrawn without body."""
    return Item(
        uri=uri,
        version=version,
        wire=wire or f"wire of {uri}",
        fingerprint="" if body is None else f"{headline}\n{body}",
        received_ms=START_MS + round(hours * HOUR_MS),
        public_ms=public_ms,
        known=known,
        corrects=corrects,
        names=names,
        sketch=None if body is None else sketch(headline, body),
    )


def withdrawal(uri: str, *, hours: float = 0, version: int = 2) -> Item:
    known = Duplicate("withdrawn", supersedes=f"{uri}@{version - 1}")
    return an_item(uri, None, hours=hours, known=known, version=version)


def a_text(seed: int, words: int = 60) -> str:
    """Words of no language: texts of two seeds have nothing in common."""
    rng = Random(seed)
    return " ".join("".join(rng.choices("abcdefghabcdeабвгд", k=7)) for _ in range(words))
