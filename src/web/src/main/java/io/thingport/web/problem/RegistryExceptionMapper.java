package io.thingport.web.problem;

import io.thingport.platform.registry.RegistryException;
import io.thingport.platform.registry.RegistryProblem;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;

/** Refusals of the registry. */
@Provider
public class RegistryExceptionMapper implements ExceptionMapper<RegistryException> {

    @Override
    public Response toResponse(RegistryException e) {
        return new ProblemMapper().toResponse(problem(e.problem(), e.getMessage()));
    }

    static ProblemException problem(RegistryProblem problem, String message) {
        return switch (problem) {
            case PRODUCT_NOT_FOUND -> new ProblemException(ProblemCode.PRODUCT_NOT_FOUND, message);
            case PRODUCT_EXISTS -> new ProblemException(ProblemCode.PRODUCT_EXISTS, message);
            case PRODUCT_NAME_EXISTS -> new ProblemException(ProblemCode.PRODUCT_NAME_EXISTS, message);
            case PRODUCT_HAS_DEVICES -> new ProblemException(ProblemCode.PRODUCT_HAS_DEVICES, message);
            case TOO_MANY_PRODUCTS -> new ProblemException(ProblemCode.TOO_MANY_PRODUCTS, message);
            case DEVICE_NOT_FOUND -> new ProblemException(ProblemCode.DEVICE_NOT_FOUND, message);
            case DEVICE_EXISTS -> new ProblemException(ProblemCode.DEVICE_EXISTS, message);
            case DEVICE_TOKEN_NOT_FOUND -> new ProblemException(ProblemCode.DEVICE_TOKEN_NOT_FOUND, message);
            case TOPIC_CLASS_NOT_FOUND -> new ProblemException(ProblemCode.TOPIC_CLASS_NOT_FOUND, message);
            case TOPIC_CLASS_EXISTS -> new ProblemException(ProblemCode.TOPIC_CLASS_EXISTS, message);
            case TOO_MANY_TOPIC_CLASSES -> new ProblemException(ProblemCode.TOO_MANY_TOPIC_CLASSES, message);
            case CONSUMER_GROUP_NOT_FOUND -> new ProblemException(ProblemCode.CONSUMER_GROUP_NOT_FOUND, message);
            case CONSUMER_GROUP_NAME_EXISTS -> new ProblemException(ProblemCode.CONSUMER_GROUP_NAME_EXISTS, message);
            case TOO_MANY_CONSUMER_GROUPS -> new ProblemException(ProblemCode.TOO_MANY_CONSUMER_GROUPS, message);
            case DEFAULT_CONSUMER_GROUP -> new ProblemException(ProblemCode.DEFAULT_CONSUMER_GROUP, message);
            case LAST_GROUP_OF_SUBSCRIPTION -> new ProblemException(ProblemCode.LAST_GROUP_OF_SUBSCRIPTION, message);
            case SUBSCRIPTION_NOT_FOUND -> new ProblemException(ProblemCode.SUBSCRIPTION_NOT_FOUND, message);
            case MESSAGE_ENGINE_UNAVAILABLE -> new ProblemException(ProblemCode.MESSAGE_ENGINE_UNAVAILABLE, message);
            case ACCESS_KEY_NOT_FOUND -> new ProblemException(ProblemCode.ACCESS_KEY_NOT_FOUND, message);
            case TOO_MANY_ACCESS_KEYS -> new ProblemException(ProblemCode.TOO_MANY_ACCESS_KEYS, message);
            case LAST_MANAGING_KEY -> new ProblemException(ProblemCode.LAST_MANAGING_KEY, message);
            case CHANGED_MEANWHILE -> new ProblemException(ProblemCode.CHANGED_MEANWHILE, message);
            case MASTER_KEY_CONFIGURED -> new ProblemException(ProblemCode.MASTER_KEY_CONFIGURED, message);
            case ROTATION_RUNNING -> new ProblemException(ProblemCode.ROTATION_RUNNING, message);
            case IMPORT_NOT_FOUND -> new ProblemException(ProblemCode.IMPORT_NOT_FOUND, message);
            case IMPORT_RUNNING -> new ProblemException(ProblemCode.IMPORT_RUNNING, message);
            case INVALID_IMPORT -> invalid("body", message);
            case CERTIFICATE_NOT_FOUND -> new ProblemException(ProblemCode.CERTIFICATE_NOT_FOUND, message);
            case CERTIFICATE_EXISTS -> new ProblemException(ProblemCode.CERTIFICATE_EXISTS, message);
            case TOO_MANY_CERTIFICATES -> new ProblemException(ProblemCode.TOO_MANY_CERTIFICATES, message);
            case NOT_BY_CERTIFICATE -> new ProblemException(ProblemCode.NOT_BY_CERTIFICATE, message);
            case INVALID_CERTIFICATE -> invalid("certificate", message);
            case INVALID_PRODUCT_KEY -> invalid("productKey", message);
            case INVALID_PRODUCT_NAME -> invalid("name", message);
            case INVALID_DEVICE_NAME -> invalid("deviceName", message);
            case INVALID_DEVICE_SECRET -> invalid("deviceSecret", message);
            case INVALID_PRODUCT_SECRET -> invalid("productSecret", message);
            case INVALID_GRACE -> invalid("graceSeconds", message);
            case INVALID_NICKNAME -> invalid("nickname", message);
            case INVALID_DESCRIPTION -> invalid("description", message);
            case INVALID_TOPIC_CLASS -> invalid("suffix", message);
            case INVALID_RATE, INVALID_ACCESS_KEY -> invalid(message.substring(0, message.indexOf(':')), message);
            case INVALID_CONSUMER_GROUP_NAME -> invalid("name", message);
            case INVALID_SUBSCRIPTION -> invalid(message.substring(0, message.indexOf(':')), message);
            case INVALID_CURSOR -> invalid("after", message);
            case INVALID_LIMIT -> invalid("limit", message);
            case TOO_MANY_TRACES -> new ProblemException(ProblemCode.TOO_MANY_TRACES, message);
            case INVALID_TRACE -> invalid("seconds", message);
            // of the vendor's operations, which answer them otherwise
            case INVALID_PAGE, INVALID_TRAITS, APPLY_NOT_FOUND, APPLY_REFUSED, APPLY_RUNNING, TOO_MANY_APPLIES,
                    INVALID_APPLY -> invalid("body", message);
        };
    }

    /** The message begins with the registry's own name of the field. */
    private static ProblemException invalid(String field, String message) {
        return ProblemException.invalid(field, message.substring(message.indexOf(':') + 1).strip());
    }
}
