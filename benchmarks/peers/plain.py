"""A Faust app as its manual makes one."""

import faust

from schemas.topics import MAX_MESSAGE_BYTES


def plain_app(group: str, address: str) -> faust.App:
    """Raw bytes both ways, every other setting Faust's own, but that it takes what we take."""
    return faust.App(
        group,
        broker=f"kafka://{address}",
        value_serializer="raw",
        key_serializer="raw",
        topic_allow_declare=False,
        topic_disable_leader=True,
        consumer_auto_offset_reset="earliest",
        consumer_max_fetch_size=MAX_MESSAGE_BYTES,
        producer_max_request_size=MAX_MESSAGE_BYTES,
        web_enabled=False,
    )
