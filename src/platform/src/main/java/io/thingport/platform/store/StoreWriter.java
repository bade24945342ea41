package io.thingport.platform.store;

/** Takes changes for the database. From any thread, never blocks. */
public interface StoreWriter {

    /**
     * Hands a message over.
     *
     * @return false when as many wait already as may; it will not be written and nobody is told
     */
    boolean insert(InsertMessage message);

    /** Hands over a change that is always taken, because what causes it is bounded. */
    void submit(Change change);
}
