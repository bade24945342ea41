package io.thingport.platform.registry;

/** Which devices of a product get what they connect with from the server, by proving that they know the product's secret. */
public enum DynamicRegistration {

    /** None. */
    OFF,

    /** Those that were registered beforehand and have never connected: each gets a new secret of its own. */
    PRE_REGISTERED,

    /**
     * These, and under any device name a few physical devices, each with a token of its own. A device is registered when
     * there is none of the name; one that has connected with its secret is left alone.
     */
    ANY_NAME
}
