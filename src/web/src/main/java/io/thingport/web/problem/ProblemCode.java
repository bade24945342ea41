package io.thingport.web.problem;

import io.thingport.web.DashedName;
import jakarta.ws.rs.core.Response.Status;

/** The stable codes of the API's errors. Clients decide by them; title and detail may change. */
public enum ProblemCode {
    /** One or more fields or parameters break their rule; {@code errors} names each. */
    INVALID_REQUEST(Status.BAD_REQUEST),
    /** The body is no JSON object. */
    MALFORMED_JSON(Status.BAD_REQUEST),
    /** The HTTP message itself is wrong. */
    BAD_REQUEST(Status.BAD_REQUEST),
    /** No access key, or not a valid one. */
    UNAUTHENTICATED(Status.UNAUTHORIZED),
    /** The access key lacks the scope. */
    SCOPE_MISSING(Status.FORBIDDEN),
    /** The caller is confined to other products. */
    PRODUCT_NOT_GRANTED(Status.FORBIDDEN),
    /** The caller has a token, and this is for those with an access key. */
    ACCESS_KEY_NEEDED(Status.FORBIDDEN),
    /** No resource has this path. */
    NO_SUCH_RESOURCE(Status.NOT_FOUND),
    PRODUCT_NOT_FOUND(Status.NOT_FOUND),
    TOPIC_CLASS_NOT_FOUND(Status.NOT_FOUND),
    DEVICE_NOT_FOUND(Status.NOT_FOUND),
    CONSUMER_GROUP_NOT_FOUND(Status.NOT_FOUND),
    /** No message of the product goes to a consumer group. */
    SUBSCRIPTION_NOT_FOUND(Status.NOT_FOUND),
    ACCESS_KEY_NOT_FOUND(Status.NOT_FOUND),
    DEVICE_TOKEN_NOT_FOUND(Status.NOT_FOUND),
    IMPORT_NOT_FOUND(Status.NOT_FOUND),
    CERTIFICATE_NOT_FOUND(Status.NOT_FOUND),
    /** The device has no connection. */
    NOT_CONNECTED(Status.NOT_FOUND),
    /** The device is not being traced. */
    NOT_TRACED(Status.NOT_FOUND),
    METHOD_NOT_ALLOWED(Status.METHOD_NOT_ALLOWED),
    NOT_ACCEPTABLE(Status.NOT_ACCEPTABLE),
    PRODUCT_EXISTS(Status.CONFLICT),
    PRODUCT_NAME_EXISTS(Status.CONFLICT),
    TOO_MANY_PRODUCTS(Status.CONFLICT),
    PRODUCT_HAS_DEVICES(Status.CONFLICT),
    TOPIC_CLASS_EXISTS(Status.CONFLICT),
    TOO_MANY_TOPIC_CLASSES(Status.CONFLICT),
    DEVICE_EXISTS(Status.CONFLICT),
    /** It stands for this device or another one already. */
    CERTIFICATE_EXISTS(Status.CONFLICT),
    TOO_MANY_CERTIFICATES(Status.CONFLICT),
    /** The devices of the product connect with their secrets. */
    NOT_BY_CERTIFICATE(Status.CONFLICT),
    CONSUMER_GROUP_NAME_EXISTS(Status.CONFLICT),
    TOO_MANY_CONSUMER_GROUPS(Status.CONFLICT),
    /** The default group cannot be renamed or deleted. */
    DEFAULT_CONSUMER_GROUP(Status.CONFLICT),
    /** Without it a product's subscription would have no group. */
    LAST_GROUP_OF_SUBSCRIPTION(Status.CONFLICT),
    TOO_MANY_ACCESS_KEYS(Status.CONFLICT),
    /** As many devices are being traced as may be. */
    TOO_MANY_TRACES(Status.CONFLICT),
    /** Without it nobody could manage access keys. */
    LAST_MANAGING_KEY(Status.CONFLICT),
    /** The master key is in the configuration and has to be changed there. */
    MASTER_KEY_CONFIGURED(Status.CONFLICT),
    /** A rotation of the master key is still going on. */
    ROTATION_RUNNING(Status.CONFLICT),
    /** One import at a time. */
    IMPORT_RUNNING(Status.CONFLICT),
    /** Someone else changed it at the same time. */
    CHANGED_MEANWHILE(Status.CONFLICT),
    /** A request with the same idempotency key has not been answered yet. */
    IDEMPOTENCY_KEY_IN_USE(Status.CONFLICT),
    /** It is not, or not any more, as the request's If-Match says. */
    PRECONDITION_FAILED(Status.PRECONDITION_FAILED),
    /** The body is larger than the server takes. */
    BODY_TOO_LARGE(Status.REQUEST_ENTITY_TOO_LARGE),
    /** The message is larger than the server or the device takes. */
    MESSAGE_TOO_LARGE(Status.REQUEST_ENTITY_TOO_LARGE),
    UNSUPPORTED_MEDIA_TYPE(Status.UNSUPPORTED_MEDIA_TYPE),
    /** The topic is not one the device may subscribe to. */
    TOPIC_NOT_PERMITTED(422, "Unprocessable Content"),
    /** Another request had the same idempotency key. */
    IDEMPOTENCY_KEY_REUSED(422, "Unprocessable Content"),
    /** More messages, calls or broadcasts than may be sent; nothing was sent. */
    THROTTLED(Status.TOO_MANY_REQUESTS),
    /** A defect of the server; its log says more. */
    INTERNAL_ERROR(Status.INTERNAL_SERVER_ERROR),
    /** The device's connection or session took no more. */
    MESSAGE_DROPPED(Status.SERVICE_UNAVAILABLE),
    /** The server is overloaded, or starting, or stopping. */
    UNAVAILABLE(Status.SERVICE_UNAVAILABLE),
    /** The database does not answer. */
    DATABASE_UNAVAILABLE(Status.SERVICE_UNAVAILABLE),
    /** The message engine, which keeps messages for consumer groups, does not answer. */
    MESSAGE_ENGINE_UNAVAILABLE(Status.SERVICE_UNAVAILABLE);

    private final int status;
    private final String title;
    private final String code;

    ProblemCode(Status status) {
        this(status.getStatusCode(), status.getReasonPhrase());
    }

    ProblemCode(int status, String title) {
        this.status = status;
        this.title = title;
        this.code = DashedName.of(this);
    }

    /** The HTTP status. */
    public int status() {
        return status;
    }

    /** The status' phrase. */
    public String title() {
        return title;
    }

    /** The code as it stands in the answer, lower-case-dashed. */
    public String code() {
        return code;
    }
}
