"""A wire to measure duplicates with: many different articles from a few real ones, and copies.

Nothing here reads a file or a clock: the same articles and the same seed give the same stream,
without end. `Originals` makes articles, `EDITS` are what an agency's customers do to them, and
`wire` mixes both in the order of their arrival.
"""

import re
import unicodedata
from array import array
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import accumulate, pairwise
from math import ceil
from random import Random

START_MS = 1_732_000_000_000
EVERY_MS = 1_000
"""Between two articles: 200,000 of them fill the greater part of the window."""
WINDOW_MS = 3 * 86_400_000
EDITED = 0.08
"""The share of copies; 7.3 % of the articles were repeats on the sites that were counted."""
WIRES = 40
SHORTEST = 40
"""Words of an article; what is shorter is a caption, and is compared as a whole only."""
KEPT = 0.25
"""The most that a replica keeps of its source's word pairs: a Jaccard of 0.25 / 1.75 = 0.14."""
ALREADY_COPIED = 0.5
"""From this Jaccard on, two articles of the corpus are copies, and the later one is left out."""

_CJK = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_WORD = re.compile(rf"[{_CJK}]|[^\s{_CJK}]+")
_EDGES = re.compile(r"^\W+|\W+$")
_SENTENCE = re.compile(r"[^\n]+?(?:[.!?؟۔।][\"»”’)]*(?=\s)|[。！？]|(?=\n)|\Z)\s*")

Text = tuple[str | None, str]
"""Headline and body."""


@dataclass(frozen=True, slots=True)
class Item:
    """An article as it arrives; a copy names the `uri` of its original and the edit made."""

    uri: str
    wire: str
    headline: str | None
    body: str
    received_ms: int
    origin: str | None
    edit: str | None


def words(text: str) -> list[str]:
    """In lower case and without punctuation; where no spaces are written, characters."""
    return [bare for word in _WORD.findall(text) if (bare := _bare(word))]


def pairs(text: str) -> set[tuple[str, str]]:
    """The different pairs of neighbours among the words."""
    return set(pairwise(words(text)))


def jaccard(one: set[tuple[str, str]], other: set[tuple[str, str]]) -> float:
    """The share of what two sets have in common, 0 to 1; two empty ones have nothing."""
    union = len(one | other)
    return len(one & other) / union if union else 0.0


def distinct(texts: Iterable[Text]) -> list[Text]:
    """The texts that are long enough, and no copies of an earlier one."""
    kept: list[Text] = []
    sets: list[set[tuple[str, str]]] = []
    holders: dict[tuple[str, str], list[int]] = defaultdict(list)
    for text in texts:
        own = pairs(text[1])
        shared = Counter(number for pair in own for number in holders[pair][:50])
        likely = (sets[number] for number, _ in shared.most_common(5))
        if len(words(text[1])) < SHORTEST or any(jaccard(own, s) >= ALREADY_COPIED for s in likely):
            continue
        for pair in own:
            holders[pair].append(len(kept))
        kept.append(text)
        sets.append(own)
    return kept


class Originals:
    """Article number n: the texts themselves, then round upon round of replicas.

    A round replaces the letters of rare words, the same ones everywhere, so that its articles
    have in common what the texts have. Frequent words stay, and with them the language.
    """

    def __init__(self, texts: Sequence[Text], seed: int) -> None:
        self._seed = seed
        self._frequency = Counter(word for _, body in texts for word in set(words(body)))
        self._cut = [self._cut_up(headline, body) for headline, body in texts]
        Random(seed).shuffle(self._cut)
        letters = sorted(set().union(*(body.lower() for _, body in texts)))
        self._alphabets: dict[str, list[str]] = defaultdict(list)
        for letter in filter(str.isalnum, letters):
            self._alphabets[_script(letter)].append(letter)
        self._cipher = cache(self._new_cipher)

    def __len__(self) -> int:
        """How many articles there are in a round."""
        return len(self._cut)

    def __call__(self, number: int) -> Text:
        """Headline and body of an article, from 0."""
        turn, index = divmod(number, len(self._cut))
        headline, body = self._cut[index]
        return (self._replica(headline, turn) or None, self._replica(body, turn))

    def _cut_up(self, headline: str | None, body: str) -> tuple[list[str], list[str]]:
        seldom = sorted(min(self._frequency[a], self._frequency[b]) for a, b in pairs(body))
        rare = seldom[ceil((1 - KEPT) * len(seldom)) - 1] if seldom else 0
        return self._pieces(headline or "", rare), self._pieces(body, rare)

    def _pieces(self, text: str, rare: int) -> list[str]:
        pieces, last = [], 0
        for word in _WORD.finditer(text):
            if self._frequency[_bare(word[0])] <= rare:
                pieces += [text[last : word.start()], word[0]]  # every second one is renamed
                last = word.end()
        return [*pieces, text[last:]]

    def _replica(self, pieces: list[str], turn: int) -> str:
        if not turn:
            return "".join(pieces)
        cipher, renamed = self._cipher(turn), pieces.copy()
        renamed[1::2] = [word.translate(cipher) for word in pieces[1::2]]
        return "".join(renamed)

    def _new_cipher(self, turn: int) -> dict[int, str]:
        rng, cipher = Random(f"{self._seed}:{turn}"), {}
        for alphabet in self._alphabets.values():
            ring = rng.sample(alphabet, len(alphabet))
            # Along a ring no letter stays what it was, as some do when letters are shuffled.
            for old, new in zip(ring, ring[1:] + ring[:1], strict=True):
                cipher[ord(old)] = new
                if len(old.upper()) == 1:
                    cipher.setdefault(ord(old.upper()), new.upper())
        return cipher


@dataclass(frozen=True, slots=True)
class Phrases:
    """What an outlet puts around an article, in one script."""

    menu: str
    footer: str
    byline: str
    lead: str


_PHRASES = {
    "LATIN": Phrases(
        "Home\nWorld news\nShare this story",
        "Read more of our coverage in the evening edition. All rights reserved.",
        "By our own correspondent\nGENEVA, Nov 5 (Wire) —",
        "What had been rumoured for days among those close to the matter was made public late on "
        "Tuesday, and the first reactions were not slow to come.",
    ),
    "CYRILLIC": Phrases(
        "Главная\nНовости мира\nПоделиться",
        "Больше новостей читайте в вечернем выпуске. Все права защищены.",
        "От нашего корреспондента\nЖЕНЕВА, 5 ноября (Лента) —",
        "То, о чём уже несколько дней говорили люди, близкие к делу, стало известно поздно вечером "
        "во вторник, и первые отклики не заставили себя ждать.",
    ),
    "ARABIC": Phrases(
        "الرئيسية\nأخبار العالم\nشارك الخبر",
        "لمزيد من الأخبار تابعوا نشرتنا المسائية. جميع الحقوق محفوظة.",
        "من مراسلنا الخاص\nجنيف، 5 نوفمبر (السلك) —",
        "ما ظل يتردد منذ أيام بين المقربين من الأمر أصبح معلنا في ساعة متأخرة من مساء الثلاثاء، "
        "ولم تتأخر ردود الفعل الأولى عليه.",
    ),
    "CJK": Phrases(
        "首页\n国际新闻\n分享本文",
        "更多报道请看晚间版。版权所有。",
        "本报记者\n日内瓦十一月五日电",
        "知情人士多日来私下谈论的事情，星期二深夜终于对外公布，各方很快作出了最初的反应。",
    ),
}
_ORTHOGRAPHY = str.maketrans("أإآةىёç国会时说", "اااهيеc國會時說")
_QUOTES = str.maketrans({'"': "”", "'": "’", "“": '"', "”": '"', "«": '"', "»": '"', "-": "‑"})
_ONE_LETTER = re.compile(r"\b(\w) ")


def _parts(text: str) -> list[str]:
    lines = [line for line in text.split("\n") if line.strip()]
    return lines if len(lines) >= 3 else [part.strip() for part in _SENTENCE.findall(text)]


def _trimmed(text: str, share: float) -> str:
    ends = [word.end() for word in _WORD.finditer(text)]
    return text[: ends[ceil((1 - share) * len(ends)) - 1]] if ends else text


def _respelled(text: str, rng: Random) -> str:
    long = sorted({word for word in words(text) if len(word) > 4})
    changed = set(rng.sample(long, ceil(len(long) / 25)))
    return _WORD.sub(
        lambda word: word[0][:2] + word[0][3:] if _bare(word[0]) in changed else word[0],
        text.translate(_ORTHOGRAPHY),
    )


def _reordered(text: str, rng: Random) -> str:
    parts = _parts(text)
    return "\n".join([*parts[:1], *rng.sample(parts[1:], len(parts[1:]))])


def _first_parts(text: str) -> str:
    parts = _parts(text)
    sizes = accumulate(len(words(part)) for part in parts)
    enough = sum(size < SHORTEST for size in sizes) + 1
    return "\n".join(parts[:enough])


def _combined(text: str, phrases: Phrases, rng: Random) -> str:
    for kind in rng.sample(COMBINED, 3):
        text = EDITS[kind](text, phrases, rng)
    return text


Edit = Callable[[str, Phrases, Random], str]

EDITS: dict[str, Edit] = {
    "trim_40": lambda text, _phrases, _rng: _trimmed(text, 0.4),
    "trim_60": lambda text, _phrases, _rng: _trimmed(text, 0.6),
    "boilerplate": lambda text, phrases, _rng: f"{phrases.menu}\n{text}\n{phrases.footer}",
    "byline": lambda text, phrases, _rng: f"{phrases.byline} {text}",
    "spelling": lambda text, _phrases, rng: _respelled(text, rng),
    "quotes": lambda text, _phrases, _rng: _ONE_LETTER.sub("\\1\xa0", text.translate(_QUOTES)),
    "reordered": lambda text, _phrases, rng: _reordered(text, rng),
    "sentences_dropped": lambda text, _phrases, rng: "\n".join(
        part for number, part in enumerate(_parts(text)) if not number or rng.random() >= 0.25
    ),
    "new_lead": lambda text, phrases, _rng: "\n".join([phrases.lead, *_parts(text)[1:]]),
    "first_parts": lambda text, _phrases, _rng: _first_parts(text),
    "words_deleted": lambda text, _phrases, rng: _WORD.sub(
        lambda word: word[0] if rng.random() >= 0.08 else "", text
    ),
    "combined": _combined,
}
"""What becomes of a body, by name. They take any text and may leave nothing of it."""

COMBINED = ("trim_40", "boilerplate", "byline", "spelling", "quotes", "words_deleted")


def phrases_for(text: str) -> Phrases:
    """Phrases in the script that the text begins in, or else Latin ones."""
    scripts = Counter(unicodedata.name(c, "?").split()[0] for c in text[:200] if c.isalpha())
    return next((_PHRASES[s] for s, _ in scripts.most_common() if s in _PHRASES), _PHRASES["LATIN"])


def wire(originals: Originals, seed: int) -> Iterator[Item]:
    """Originals and copies of those of the last three days, by other wires, without end."""
    rng = Random(seed)
    numbers = array("q")  # of the items that are originals; small beside what is measured
    kinds = list(EDITS)
    number = 0
    while True:
        received = START_MS + number * EVERY_MS
        first = bisect_left(numbers, number - WINDOW_MS // EVERY_MS)
        if first < len(numbers) and rng.random() < EDITED:
            origin = rng.randrange(first, len(numbers))
            kind = rng.choice(kinds)
            headline, body = originals(origin)
            edited = EDITS[kind](body, phrases_for(body), rng)
            if len(words(edited)) < SHORTEST:
                continue
            publisher = (origin + rng.randrange(1, WIRES)) % WIRES
            shown = headline if headline is None or rng.random() < 0.5 else headline[:40]
            of, edit, text = _uri(numbers[origin]), kind, (shown, edited)
        else:
            of, edit, text = None, None, originals(len(numbers))
            publisher = len(numbers) % WIRES
            numbers.append(number)
        yield Item(_uri(number), f"wire-{publisher}", *text, received, of, edit)
        number += 1


def _uri(number: int) -> str:
    return f"urn:benchmark:{number}"


def _bare(word: str) -> str:
    return (word if word.isalnum() else _EDGES.sub("", word)).casefold()


def _script(letter: str) -> str:
    # Letters with marks stay letters with marks: an English text gets no Turkish ones.
    name = unicodedata.name(letter, "?")
    return f"{name.split()[0]} {' WITH ' in name} {letter.isascii()}"
