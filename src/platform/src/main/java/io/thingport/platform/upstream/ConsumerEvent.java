package io.thingport.platform.upstream;

/** What is refused to consumers, or comes back from them; with the number that the vendor's run logs have for it. */
public enum ConsumerEvent {
    TOO_MANY_CONNECTIONS("9600 too many connections"),
    IDLE_TIMEOUT("9601 idle time-out not allowed"),
    CLOSED("9602 closed by the server"),
    ACK_TIMEOUT("9650 not acknowledged in time"),
    RELEASED("9651 released"),
    REJECTED("9652 rejected"),
    LOGIN("login failed"),
    UNKNOWN_GROUP("unknown consumer group"),
    LINK("link not allowed");

    private final String text;

    ConsumerEvent(String text) {
        this.text = text;
    }

    /** For the log and the consumer. */
    @Override
    public String toString() {
        return text;
    }
}
