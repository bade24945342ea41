package io.thingport.mqtt;

/** What a topic name means for one channel: made by the platform, kept by the adapter with the topic. */
public interface Route {

    /** False once permissions or subscriptions have changed since; the adapter then asks again. Cheap: called for every publish. */
    boolean current();

    /** Whether the topic is likely to come again; a topic that carries an id is not. */
    boolean cacheable();
}
