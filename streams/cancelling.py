"""Whose cancellation it is: our own task's, or one that a client passes on.

aiokafka closes a consumer by cancelling its fetches; one that rests after an error, as all do
without a broker, hands that to whoever awaits the close, as if he were cancelled himself.
"""

import asyncio


def is_cancelled() -> bool:
    """Whether the task that asks was itself told to end."""
    task = asyncio.current_task()
    return task is not None and task.cancelling() > 0
