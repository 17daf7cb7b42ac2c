"""Consumer groups, and the members that died without leaving."""

from kafka.admin import MemberToRemove

from streams.broker.admin import admin


def evict_ghosts(address: str, group: str) -> int:
    """Removes every member of `group`; the number of those there were.

    For the embedded broker, just before its only worker joins: it never expires a member
    that was killed, and gives it partitions for ever. On Kafka, where the session timeout
    does this, it would throw out workers that live.

    Raises:
        BrokerError: the broker does not answer.
    """
    with admin(address) as client:
        members = client.describe_groups([group])[group]["members"]
        client.remove_group_members(
            group,
            [
                # A static member is known by its instance; its member id changes when it rejoins.
                MemberToRemove(group_instance_id=member["group_instance_id"])
                if member["group_instance_id"]
                else MemberToRemove(member_id=member["member_id"])
                for member in members
            ],
        )
        return len(members)
