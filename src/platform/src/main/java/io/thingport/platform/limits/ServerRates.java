package io.thingport.platform.limits;

/**
 * What may pass through the whole server in a second; 0 = as much as comes.
 *
 * @param connects  connects of devices that have proven who they are
 * @param publishes publishes of devices
 * @param messages  messages of applications to devices
 * @param calls     calls of devices (RRPC)
 */
public record ServerRates(int connects, int publishes, int messages, int calls) {

    /** No bounds. */
    public static final ServerRates NONE = new ServerRates(0, 0, 0, 0);
}
