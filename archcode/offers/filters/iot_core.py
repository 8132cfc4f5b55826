"""AWSIoT: connections, messages, rules, registry and shadows."""

from archcode.offers.match import Match

MATCHES = (
    Match("connectivity_minutes", "ConnectionMinutes"),
    Match("messages_mqtt_http", "Messages"),
    Match("rules_triggered", "RulesTriggered"),
    Match("actions_executed", "ActionsExecuted"),
    Match("registry_and_shadow_operations", "RegistryAndShadowOperations"),
    Match("lorawan_messages", "LoRaWAN-Messages"),
)
