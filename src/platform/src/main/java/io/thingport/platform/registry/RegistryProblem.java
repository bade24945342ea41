package io.thingport.platform.registry;

/** Why the registry refused. */
public enum RegistryProblem {
    PRODUCT_NOT_FOUND,
    PRODUCT_EXISTS,
    /** Another product has the name. */
    PRODUCT_NAME_EXISTS,
    PRODUCT_HAS_DEVICES,
    TOO_MANY_PRODUCTS,
    DEVICE_NOT_FOUND,
    DEVICE_EXISTS,
    DEVICE_TOKEN_NOT_FOUND,
    TOPIC_CLASS_NOT_FOUND,
    TOPIC_CLASS_EXISTS,
    TOO_MANY_TOPIC_CLASSES,
    CONSUMER_GROUP_NOT_FOUND,
    CONSUMER_GROUP_NAME_EXISTS,
    TOO_MANY_CONSUMER_GROUPS,
    /** It is always there, as it is. */
    DEFAULT_CONSUMER_GROUP,
    /** Without it a product's subscription would have no group. */
    LAST_GROUP_OF_SUBSCRIPTION,
    SUBSCRIPTION_NOT_FOUND,
    MESSAGE_ENGINE_UNAVAILABLE,
    ACCESS_KEY_NOT_FOUND,
    TOO_MANY_ACCESS_KEYS,
    /** Its description, its scopes, its products or its rate. */
    INVALID_ACCESS_KEY,
    /** Without it nobody could manage access keys. */
    LAST_MANAGING_KEY,
    /** The master key comes from the configuration, so it is changed there. */
    MASTER_KEY_CONFIGURED,
    /** Secrets are being sealed with a new version of the master key. */
    ROTATION_RUNNING,
    IMPORT_NOT_FOUND,
    /** One import at a time. */
    IMPORT_RUNNING,
    /** What is to be imported is not CSV of the form it has to have. */
    INVALID_IMPORT,
    CERTIFICATE_NOT_FOUND,
    /** It stands for this device or for another one. */
    CERTIFICATE_EXISTS,
    TOO_MANY_CERTIFICATES,
    /** The devices of the product prove themselves otherwise. */
    NOT_BY_CERTIFICATE,
    INVALID_CERTIFICATE,
    INVALID_PRODUCT_KEY,
    INVALID_PRODUCT_NAME,
    INVALID_PRODUCT_SECRET,
    INVALID_DEVICE_NAME,
    INVALID_DEVICE_SECRET,
    /** How long the old secret of a device is valid. */
    INVALID_GRACE,
    INVALID_NICKNAME,
    INVALID_DESCRIPTION,
    INVALID_TOPIC_CLASS,
    INVALID_RATE,
    INVALID_CONSUMER_GROUP_NAME,
    /** No kind, no group or too many groups. */
    INVALID_SUBSCRIPTION,
    /** The cursor of a list was not one this registry gave. */
    INVALID_CURSOR,
    INVALID_LIMIT,
    /** A page's number or size is out of bounds. */
    INVALID_PAGE,
    /** What is written about a product. */
    INVALID_TRAITS,
    APPLY_NOT_FOUND,
    /** Not all of its names could be used. */
    APPLY_REFUSED,
    /** Its devices are being created. */
    APPLY_RUNNING,
    /** As many applies as there may be are under way. */
    TOO_MANY_APPLIES,
    /** It applies for no device, or for too many. */
    INVALID_APPLY,
    TOO_MANY_TRACES,
    /** How long a device is to be traced. */
    INVALID_TRACE,
    /** Two changed the same row at the same time; the other one won. */
    CHANGED_MEANWHILE
}
