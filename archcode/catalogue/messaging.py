"""What the services between senders and receivers refuse, or do not bear."""

from __future__ import annotations

from archcode.catalogue._known import ERROR, REFUSED, WARNING, Known

SHARED = (
    Known(
        "message_too_large",
        ERROR,
        "AWS refuses messages that are larger than the component takes, and they are lost.",
    ),
)
"""Raised for every service that takes messages."""
SQS = (
    Known("fifo_setting_on_standard_queue", REFUSED, "Only a FIFO queue has this setting."),
    Known(
        "high_throughput_without_scope",
        REFUSED,
        "AWS refuses high throughput unless messages are deduplicated within their groups.",
    ),
)
SNS = (
    Known("batch_too_large", ERROR, "SNS refuses a batch above 10 messages or its size."),
    Known("fifo_setting_on_standard_topic", REFUSED, "Only a FIFO topic has this setting."),
    Known(
        "large_message_protocol",
        ERROR,
        "A subscriber that cannot take large messages never gets them from such a topic.",
    ),
    Known(
        "subscription_without_protocol",
        ERROR,
        "What a delivery costs, and how often it is tried, depends on its protocol.",
    ),
)
EVENT_BUSES = (
    Known("aws_events_on_custom_bus", ERROR, "AWS services send events to the default bus only."),
    Known("batch_of_events", ERROR, "A target of a rule gets one event at a time."),
    Known("disabled_rule_with_events", WARNING, "A disabled rule sends nothing; it is counted."),
    Known("discovery_on_encrypted_bus", ERROR, "A discoverer cannot read what a key encrypts."),
    Known(
        "invocation_rate_below_peak",
        WARNING,
        "At the peak events wait for the API destination and arrive late.",
    ),
    Known(
        "invocation_rate_too_low",
        ERROR,
        "Events wait for the API destination longer and longer, and are dropped after a day.",
    ),
    Known(
        "partner_bus_with_other_name", REFUSED, "A partner bus has the name of its event source."
    ),
    Known("partner_events_on_custom_bus", ERROR, "A partner's events reach its partner bus only."),
    Known("replay_without_rate", ERROR, "A replay of unknown size would count as nothing."),
    Known("schedule_on_custom_bus", ERROR, "Rules on a schedule belong to the default bus."),
    Known("several_event_buses", ERROR, "A rule, an archive or a discoverer has one bus."),
    Known("source_of_no_partner", REFUSED, "AWS knows partner sources by how their names begin."),
    Known(
        "stored_with_retention", REFUSED, "What an archive holds follows from how long it keeps."
    ),
)
SCHEDULES = (
    Known(
        "ahead_of_recurring_schedule", REFUSED, "Only a schedule made by a flow has a lead time."
    ),
    Known(
        "flexible_window_without_mode", REFUSED, "A window needs its mode, and the mode a window."
    ),
    Known("flow_into_schedule_with_expression", ERROR, "A schedule with a time takes no flow."),
    Known("schedule_expression_unreadable", REFUSED, "AWS refuses it, or it never fires."),
    Known("schedule_without_size", REFUSED, "What a schedule sends has a size, which is charged."),
    Known(
        "schedules_never_deleted",
        WARNING,
        "Schedules that have fired use up the quota until no new one can be made.",
    ),
)
PIPES = (
    Known(
        "batch_above_pipe_payload", WARNING, "A pipe cuts batches at its payload, so more calls."
    ),
    Known("batch_to_single_target", ERROR, "The target takes less at a time than the pipe sends."),
    Known("invocation_type_of_other_target", ERROR, "The target does not know how it is called."),
)
BROKERS = (
    Known("activemq_cluster", REFUSED, "ActiveMQ has no cluster deployment on Amazon MQ."),
    Known("broker_overloaded", ERROR, "More comes in than the broker is said to carry."),
    Known("ebs_on_micro", REFUSED, "The smallest ActiveMQ brokers have no EBS storage."),
    Known("ebs_with_standby", REFUSED, "An ActiveMQ standby shares EFS; EBS cannot be shared."),
    Known("instance_type_of_other_engine", REFUSED, "The engine does not run on such an instance."),
    Known("mapping_too_slow", WARNING, "Lambda fetches slower than messages come; they pile up."),
    Known("rabbitmq_active_standby", REFUSED, "RabbitMQ has clusters, no standby, on Amazon MQ."),
    Known("rabbitmq_on_efs", REFUSED, "RabbitMQ brokers keep messages on EBS only."),
)
THINGS = (
    Known("fleet_without_topic_rule", ERROR, "Only MQTT clients and rules get what things send."),
    Known("message_rate_without_size", REFUSED, "Messages of unknown size cannot be counted."),
    Known("peak_message_rate_below_mean", REFUSED, "A peak below the mean is none."),
    Known("peak_message_rate_without_rate", REFUSED, "A peak alone says nothing of a month."),
    Known("receivers_above_things", REFUSED, "More receivers than things cannot get a message."),
    Known("shadow_rate_without_size", REFUSED, "Shadow updates are counted by their size."),
    Known("shadow_size_without_rate", REFUSED, "A shadow that nothing updates costs nothing."),
)

MESSAGING = {
    "All services": SHARED,
    "Amazon SQS": SQS,
    "Amazon SNS": SNS,
    "Amazon EventBridge": EVENT_BUSES,
    "EventBridge Scheduler": SCHEDULES,
    "EventBridge Pipes": PIPES,
    "Amazon MQ and other brokers": BROKERS,
    "AWS IoT Core": THINGS,
}
