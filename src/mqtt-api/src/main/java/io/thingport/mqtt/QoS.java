package io.thingport.mqtt;

/** The qualities of service this dialect knows; the publisher's decides. */
public enum QoS {
    AT_MOST_ONCE, AT_LEAST_ONCE
}
