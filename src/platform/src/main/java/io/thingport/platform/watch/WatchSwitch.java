package io.thingport.platform.watch;

/** Turns on and off that the loops offer what a product's devices do. */
@FunctionalInterface
public interface WatchSwitch {

    /** From any thread; never blocks. */
    void watch(String productKey, boolean on);
}
