package io.thingport.web.openapi;

/** Why a request is refused before an operation is run, as the vendor's gateway says it. */
enum GatewayError {
    MISSING_PARAMETER(400, "MissingParameter"),
    INVALID_PARAMETER(400, "InvalidParameter"),
    INVALID_VERSION(400, "InvalidVersion"),
    INVALID_ACTION(404, "InvalidAction.NotFound"),
    /** The key is unknown or disabled. */
    INVALID_ACCESS_KEY_ID(404, "InvalidAccessKeyId.NotFound"),
    SIGNATURE_DOES_NOT_MATCH(400, "SignatureDoesNotMatch"),
    /** The signature is malformed or does not cover what it has to. */
    INCOMPLETE_SIGNATURE(400, "IncompleteSignature"),
    SIGNATURE_NONCE_USED(400, "SignatureNonceUsed"),
    /** The clocks differ too much. */
    INVALID_TIME_STAMP(400, "InvalidTimeStamp.Expired"),
    MALFORMED_TIME_STAMP(400, "InvalidTimeStamp.Format"),
    /** The key has no right to the operation. */
    FORBIDDEN(403, "Forbidden.RAM"),
    THROTTLING(400, "Throttling.User"),
    UNSUPPORTED_METHOD(405, "UnsupportedHTTPMethod"),
    INTERNAL_ERROR(500, "InternalError"),
    SERVICE_UNAVAILABLE(503, "ServiceUnavailable");

    private final int status;
    private final String code;

    GatewayError(int status, String code) {
        this.status = status;
        this.code = code;
    }

    /** The HTTP status. */
    int status() {
        return status;
    }

    /** As it stands in the answer. */
    String code() {
        return code;
    }
}
