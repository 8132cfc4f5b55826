"""What rules say about the shape of a system: who waits, who is heard, and what is lost."""

from __future__ import annotations

from case import ASKED, BUS, CLIENT, ERROR, HTTP_API, INFO, THINGS, WARNING, Case

ENTERS = "{rate: 1/s, size: 1 KB}"
PEAK = "{rate: 10/s, peak: 100/s, size: 1 KB}"
TABLE = "t: {type: dynamodb.table, billing_mode: PAY_PER_REQUEST, stored: 1 GB}\n"

CASES = (
    # 101/s x 0.1 s = 10.1, so 11 executions; (1 - 11/10) = -10%; 21,600 s = 6 h
    Case(
        "capped_consumer_without_queue",
        WARNING,
        "t -> f",
        "101 events/s at peak need 11 executions at a time, and f reserves 10: a headroom of"
        " -10%; the rest is throttled and tried again for 6 h at most",
        "put a queue between t and f",
        CLIENT + "t: {type: sns.topic}\n"
        "f: {type: lambda.function, duration: 100 ms, reserved_concurrent_executions: 10}",
        "- c -> t: {rate: 10/s, peak: 101/s, size: 1 KB}\n- t -> f",
    ),
    Case(
        "domain_events_on_default_bus",
        INFO,
        "c -> b",
        "c puts events of its own on the default bus",
        "give them an event bus of their own, with another name than default",
        CLIENT + "b: {type: events.event_bus, name: default}\nq: {type: sqs.queue}",
        f"- c -> b: {ENTERS}\n- b -> q",
    ),
    Case(
        "dual_write",
        WARNING,
        "f",
        "writes to t and publishes to n and q, and nobody repeats what fails between the two",
        "write the event into the same transaction as a row of an outbox table, and let a pipe"
        " publish it from the table's stream",
        CLIENT + TABLE + "f: {type: lambda.function, duration: 80 ms}\n"
        "n: {type: sns.topic}\nq: {type: sqs.queue}",
        f"- c -> f: {ENTERS}\n- f -> t\n- f -> n\n- f -> q",
    ),
    # ten messages of a hundred: 10% x 1 s = 0.1 s, more than 80 ms
    Case(
        "duration_below_calls",
        WARNING,
        "f.duration",
        "is 0.08 s, but f waits 0.1 s on average for the answer of g",
        "add what it waits for: 0.1 s, and its own work",
        CLIENT + "f: {type: lambda.function, duration: 80 ms}\n"
        "g: {type: lambda.function, duration: 1 s}",
        f"- c -> f: {ENTERS}\n- f -> g: {{filter: 10%}}",
    ),
    # 1/s x 2,628,000 s in 730 hours
    Case(
        "events_without_target",
        WARNING,
        "b",
        "has no rule, so 2,628,000 events a month are dropped",
        "draw a flow to what takes them, such as - b -> TARGET",
        BUS,
        f"- c -> b: {ENTERS}",
    ),
    # 10 things x 1/min = 1/6 a second; 2,628,000 / 6
    Case(
        "events_without_target",
        WARNING,
        "r",
        "has no action, so 438,000 events a month are dropped",
        "draw a flow to what takes them, such as - r -> TARGET",
        THINGS,
        "- t -> r",
    ),
    Case(
        "failed_events_lost",
        WARNING,
        "f",
        "has no dead-letter queue: what comes from t and b is lost after 3 tries",
        "set dead_letter_config: {target_arn: NAME}, a queue or a topic",
        BUS + "t: {type: sns.topic}\nf: {type: lambda.function, duration: 80 ms}",
        f"- c -> t: {ENTERS}\n- c -> b: {ENTERS}\n- t -> f\n- b -> f",
    ),
    Case(
        "failed_events_lost",
        WARNING,
        "g",
        "has no dead-letter queue: what comes from f is lost after one try",
        "set dead_letter_config: {target_arn: NAME}, a queue or a topic",
        CLIENT + "f: {type: lambda.function, duration: 80 ms}\n"
        "g: {type: lambda.function, duration: 80 ms, maximum_retry_attempts: 0}",
        f"- c -> f: {ENTERS}\n- f -> g: {{invocation_type: Event}}",
    ),
    Case(
        "flow_key_without_effect",
        ERROR,
        "f -> q.invocation_type",
        "means nothing on a flow from lambda.function to sqs.queue",
        "allowed on flows from lambda.function; to lambda.function",
        CLIENT + "f: {type: lambda.function, duration: 80 ms}\nq: {type: sqs.queue}",
        f"- c -> f: {ENTERS}\n- f -> q: {{invocation_type: Event}}",
    ),
    Case(
        "function_timeout_above_caller_timeout",
        WARNING,
        "g.timeout",
        "is 11 s, but f waits 10 s for an answer",
        "set it to 10 s or less, or do the work behind a queue",
        CLIENT + "f: {type: lambda.function, duration: 80 ms, timeout: 10}\n"
        "g: {type: lambda.function, duration: 10 ms, timeout: 11}",
        f"- c -> f: {ENTERS}\n- f -> g",
    ),
    # 0.9^16 = 0.185302..., of 2,628,000 messages 486,973.7
    Case(
        "loop_above_16_rounds",
        WARNING,
        "f -> q",
        "the loop f -> q -> f keeps 90% of its messages in each round: 486,973 a month come to f"
        " for the 17th time, where Lambda stops them",
        "let a state machine wait and repeat, or give up sooner",
        CLIENT + "q: {type: sqs.queue}\nf: {type: lambda.function, duration: 80 ms}",
        f"- c -> q: {ENTERS}\n- q -> f\n- f -> q: {{filter: 90%}}",
    ),
    Case(
        "schedule_on_event_rule",
        INFO,
        "r.schedule_expression",
        "is a schedule on a rule, which AWS keeps for old designs only",
        "make r a scheduler.schedule, with the size of its input",
        "r: {type: events.rule, schedule_expression: rate(1 day)}\nq: {type: sqs.queue}",
        "- r -> q",
    ),
    Case(
        "stream_without_reader",
        WARNING,
        "k",
        "is read by nobody: 2,628,000 records a month expire unseen",
        "draw a flow to its reader, such as - k -> READER, or leave it out",
        CLIENT + "k: {type: kinesis.stream}",
        f"- c -> k: {ENTERS}",
    ),
    Case(
        "synchronous_chain_above_timeout",
        WARNING,
        "g.timeout",
        "is 40 s at the end of h -> f -> g, and h waits 30 s for all of it",
        "set it to 30 s or less, or do the work behind a queue",
        CLIENT + HTTP_API + "f: {type: lambda.function, duration: 80 ms, timeout: 60}\n"
        "g: {type: lambda.function, duration: 10 ms, timeout: 40}",
        f"- c -> h: {ASKED}\n- h -> f\n- f -> g",
    ),
    Case(
        "synchronous_chain_above_timeout",
        INFO,
        "f",
        "waits for g and i, which may take 16 + 15 = 31 s one after another, and h waits 30 s",
        "call them at the same time, shorten their timeouts, or use a state machine",
        CLIENT + HTTP_API + "f: {type: lambda.function, duration: 80 ms, timeout: 60}\n"
        "g: {type: lambda.function, duration: 10 ms, timeout: 16}\n"
        "i: {type: lambda.function, duration: 10 ms, timeout: 15}",
        f"- c -> h: {ASKED}\n- h -> f\n- f -> g\n- f -> i",
    ),
    # 10/s x 0.2 s = 2
    Case(
        "synchronous_function_call",
        WARNING,
        "f -> g",
        "f waits for g, and both are paid for meanwhile: 10 calls/s × 0.2 s are 2 executions that"
        " only wait",
        "say invocation_type: Event where no answer is needed, else put a queue or an event bus"
        " between them, or let a state machine call both",
        CLIENT + "f: {type: lambda.function, duration: 300 ms}\n"
        "g: {type: lambda.function, duration: 200 ms}",
        f"- c -> f: {PEAK}\n- f -> g",
    ),
    Case(
        "topic_without_subscriber",
        WARNING,
        "t",
        "has no subscriber, so 2,628,000 messages a month are dropped",
        "draw a flow to what takes them, such as - t -> SUBSCRIBER",
        CLIENT + "t: {type: sns.topic}",
        f"- c -> t: {ENTERS}",
    ),
    # nothing is said to fail, so how much the topic gets is not known
    Case(
        "topic_without_subscriber",
        WARNING,
        "t",
        "has no subscriber, so all messages are dropped",
        "draw a flow to what takes them, such as - t -> SUBSCRIBER",
        CLIENT + "f: {type: lambda.function, dead_letter_config: {target_arn: t}}\n"
        "t: {type: sns.topic}",
        f"- c -> f: {ENTERS}",
    ),
    Case(
        "undelivered_events_lost",
        WARNING,
        "r",
        "has no dead-letter queue: what does not reach q and p is lost after 186 tries",
        "set dead_letter_config: {arn: NAME}, a standard queue",
        BUS + "r: {type: events.rule}\nq: {type: sqs.queue}\np: {type: sqs.queue}",
        f"- c -> b: {ENTERS}\n- b -> r\n- r -> q\n- r -> p",
    ),
    Case(
        "undelivered_events_lost",
        WARNING,
        "b -> q",
        "has no dead-letter queue: what does not reach q is lost after 186 tries",
        "put an events.rule with dead_letter_config between it and q",
        BUS + "q: {type: sqs.queue}",
        f"- c -> b: {ENTERS}\n- b -> q: {{failure_rate: 99%}}",
    ),
    Case(
        "undelivered_events_lost",
        WARNING,
        "r",
        "has no error action: what does not reach q is lost",
        "set topic_rule_payload: {error_action: NAME}",
        THINGS + "q: {type: sqs.queue}",
        "- t -> r\n- r -> q",
    ),
    # an event starts f, g and 40% of q: 2.4; 100/s x 0.2 s + 100/s x 0.1 s = 20 + 10
    Case(
        "unreserved_fan_out",
        WARNING,
        "b",
        "one event starts f and g, through rules that match every event: 2.4 invocations of"
        " targets in all, and 30 concurrent executions at peak, of which none is reserved",
        "give each rule an event_pattern and the flow into it a filter, and set"
        " reserved_concurrent_executions on the functions",
        BUS + "r: {type: events.rule}\nf: {type: lambda.function, duration: 200 ms}\n"
        "g: {type: lambda.function, duration: 100 ms}\nq: {type: sqs.queue}",
        f"- c -> b: {PEAK}\n- b -> r\n- r -> f\n- b -> g\n- b -> q: {{filter: 40%}}",
    ),
    # six functions, of which three are named
    Case(
        "unreserved_fan_out",
        WARNING,
        "b",
        "one event starts f1, f2, f3 and 3 others, through rules that match every event: 6"
        " invocations of targets in all",
        "give each rule an event_pattern and the flow into it a filter, and set"
        " reserved_concurrent_executions on the functions",
        BUS + "\n".join(f"f{number}: {{type: lambda.function}}" for number in range(1, 7)),
        f"- c -> b: {PEAK}\n" + "\n".join(f"- b -> f{number}" for number in range(1, 7)),
    ),
)
