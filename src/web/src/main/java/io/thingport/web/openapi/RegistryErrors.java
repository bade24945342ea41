package io.thingport.web.openapi;

import io.thingport.platform.registry.RegistryException;
import io.thingport.platform.registry.RegistryProblem;

/** The registry's refusals in the vendor's codes. */
final class RegistryErrors {

    private RegistryErrors() {
    }

    /** What to answer instead. */
    static IotException of(RegistryException e) {
        return new IotException(error(e.problem()), e.getMessage());
    }

    private static IotError error(RegistryProblem problem) {
        return switch (problem) {
            case PRODUCT_NOT_FOUND -> IotError.NOT_EXISTED_PRODUCT;
            case PRODUCT_EXISTS -> IotError.CREATE_PRODUCT_FAILED;
            case PRODUCT_NAME_EXISTS -> IotError.ALREADY_EXISTED_PRODUCT_NAME;
            case PRODUCT_HAS_DEVICES -> IotError.DELETE_PRODUCT_FAILED;
            case TOO_MANY_PRODUCTS -> IotError.PRODUCT_COUNT_EXCEED_MAX;
            case INVALID_PRODUCT_KEY -> IotError.INVALID_FORMATTED_PRODUCT_KEY;
            case INVALID_PRODUCT_NAME -> IotError.INVALID_FORMATTED_PRODUCT_NAME;
            case INVALID_DESCRIPTION -> IotError.LONG_PRODUCT_DESC;
            case DEVICE_NOT_FOUND -> IotError.NOT_EXISTED_DEVICE;
            case DEVICE_EXISTS -> IotError.ALREADY_EXISTED_DEVICE_NAME;
            case INVALID_DEVICE_NAME -> IotError.INVALID_FORMATTED_DEVICE_NAME;
            case INVALID_NICKNAME -> IotError.INVALID_NICKNAME;
            case TOPIC_CLASS_NOT_FOUND -> IotError.TOPIC_TEMPLATE_IS_NOT_FOUND;
            case TOPIC_CLASS_EXISTS -> IotError.TOPIC_ALREADY_FOUND;
            case TOO_MANY_TOPIC_CLASSES -> IotError.TOPIC_TEMPLATE_COUNT_EXCEED_MAX;
            case INVALID_TOPIC_CLASS -> IotError.INVALID_FORMATTED_TOPIC_NAME;
            case CONSUMER_GROUP_NOT_FOUND -> IotError.CONSUMER_GROUP_NOT_EXIST;
            case CONSUMER_GROUP_NAME_EXISTS -> IotError.CONSUMER_GROUP_NAME_EXISTED;
            case INVALID_CONSUMER_GROUP_NAME -> IotError.INVALID_CONSUMER_GROUP_NAME;
            case TOO_MANY_CONSUMER_GROUPS -> IotError.CONSUMER_GROUP_EXCEED_LIMIT;
            case DEFAULT_CONSUMER_GROUP -> IotError.CHANGE_DEFAULT_GROUP_NOT_ALLOWED;
            case LAST_GROUP_OF_SUBSCRIPTION -> IotError.DELETE_CONSUMER_GROUP_FAILED;
            case INVALID_SUBSCRIPTION, SUBSCRIPTION_NOT_FOUND -> IotError.CALLBACK_TYPE_EMPTY;
            case MESSAGE_ENGINE_UNAVAILABLE -> IotError.QUERY_CONSUMER_GROUP_STATUS_FAILED;
            case INVALID_CURSOR, INVALID_LIMIT, INVALID_PAGE -> IotError.INVALID_PAGE_PARAMS;
            case APPLY_NOT_FOUND -> IotError.DEVICE_APPLY_IS_NOT_FOUND;
            case APPLY_REFUSED -> IotError.INCORRENT_DEVICE_APPLY_INFO;
            case APPLY_RUNNING -> IotError.CREATE_DEVICE_TASK_IS_RUNNING;
            case TOO_MANY_APPLIES -> IotError.APPLY_MANY_DEVICES_FAILED;
            case INVALID_APPLY -> IotError.DEVICE_COUNT_EXCEEDED;
            case INVALID_TRAITS, INVALID_PRODUCT_SECRET, INVALID_DEVICE_SECRET, INVALID_GRACE, INVALID_RATE,
                    INVALID_ACCESS_KEY, INVALID_CERTIFICATE,
                    INVALID_IMPORT -> IotError.INVALID_FORMATTED_PARAMETER;
            case DEVICE_TOKEN_NOT_FOUND, ACCESS_KEY_NOT_FOUND, TOO_MANY_ACCESS_KEYS, LAST_MANAGING_KEY,
                    MASTER_KEY_CONFIGURED, ROTATION_RUNNING, IMPORT_NOT_FOUND, IMPORT_RUNNING, CERTIFICATE_NOT_FOUND,
                    CERTIFICATE_EXISTS, TOO_MANY_CERTIFICATES, NOT_BY_CERTIFICATE, TOO_MANY_TRACES,
                    INVALID_TRACE, CHANGED_MEANWHILE ->
                    IotError.SYSTEM_EXCEPTION;
        };
    }
}
