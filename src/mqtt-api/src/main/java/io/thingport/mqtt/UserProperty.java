package io.thingport.mqtt;

/** A User Property of MQTT 5: ordered, repeatable [MQTT 5, 2.2.2.2]. */
public record UserProperty(String key, String value) {
}
