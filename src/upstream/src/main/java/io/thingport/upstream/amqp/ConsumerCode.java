package io.thingport.upstream.amqp;

/** Why something was refused to a consumer or came back from it, with the number that the vendor's run logs have for it. */
enum ConsumerCode {
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

    ConsumerCode(String text) {
        this.text = text;
    }

    @Override
    public String toString() {
        return text;
    }
}
