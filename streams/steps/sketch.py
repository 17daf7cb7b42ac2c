"""What two copies of one text have in common.

Exact copies only: equal after case, white space and Unicode compatibility forms are
folded. Frozen: the hashes lie in changelogs, so a change of the folding is a new
`VERSION`, which is part of every hash.
"""

import unicodedata
from hashlib import blake2b

from schemas.article import Article

VERSION = b"1"


def fingerprint(article: Article) -> str:
    """The version's own text as published, byte for byte: 16 bytes in hex."""
    digest = blake2b(digest_size=16, person=VERSION)
    for part in (article.status, article.headline or "", article.body or ""):
        digest.update(part.encode())
        digest.update(b"\0")
    return digest.hexdigest()


def content_hash(headline: str | None, body: str) -> str:
    """The folded words of a cleaned article: 16 bytes in hex."""
    text = f"{headline or ''} {body}"
    if not unicodedata.is_normalized("NFKC", text):
        text = unicodedata.normalize("NFKC", text)
    words = " ".join(text.casefold().split())
    return blake2b(words.encode(), digest_size=16, person=VERSION).hexdigest()
