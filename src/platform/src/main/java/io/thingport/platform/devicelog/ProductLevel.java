package io.thingport.platform.devicelog;

/** How much goes into the log of one product's devices at present. From any thread. */
public final class ProductLevel {

    private volatile LogLevel level; // volatile: read on every loop, set by whoever commits a change

    ProductLevel(LogLevel level) {
        this.level = level;
    }

    public LogLevel level() {
        return level;
    }

    void set(LogLevel next) {
        level = next;
    }
}
