package io.thingport.platform.registry;

/** What a device may do on a topic class. */
public enum Operation {
    PUB(true, false),
    SUB(false, true),
    ALL(true, true);

    private final boolean publish;
    private final boolean subscribe;

    Operation(boolean publish, boolean subscribe) {
        this.publish = publish;
        this.subscribe = subscribe;
    }

    /** Whether the device may publish. */
    public boolean publish() {
        return publish;
    }

    /** Whether the device may subscribe. */
    public boolean subscribe() {
        return subscribe;
    }
}
