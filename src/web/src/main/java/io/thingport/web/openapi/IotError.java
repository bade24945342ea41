package io.thingport.web.openapi;

/** The vendor's codes for operations that refuse. Odd spellings are the vendor's. */
enum IotError {
    SYSTEM_EXCEPTION("iot.system.SystemException"),
    ILLEGAL_REQUEST("iot.system.IllegalRequest"),
    IOT_INSTANCE_NOT_FOUND("iot.Sre.IotInstanceNotFound"),

    INVALID_PAGE_PARAMS("iot.common.InvalidPageParams"),
    INVALID_FORMATTED_PARAMETER("iot.common.InvalidFormattedParameter"),

    NULL_PRODUCT_KEY("iot.prod.NullProductKey"),
    NULL_PRODUCT_NAME("iot.prod.NullProductName"),
    INVALID_FORMATTED_PRODUCT_KEY("iot.prod.InvalidFormattedProductkey"),
    INVALID_FORMATTED_PRODUCT_NAME("iot.prod.InvalidFormattedProductName"),
    INVALID_NODE_TYPE("iot.prod.InvalidNodeType"),
    INVALID_ALIYUN_COMMODITY_CODE("iot.prod.InvalidAliyunCommodityCode"),
    LONG_PRODUCT_DESC("iot.prod.LongProductDesc"),
    ALREADY_EXISTED_PRODUCT_NAME("iot.prod.AlreadyExistedProductName"),
    NOT_EXISTED_PRODUCT("iot.prod.NotExistedProduct"),
    PRODUCT_COUNT_EXCEED_MAX("iot.prod.ProductCountExceedMax"),
    CREATE_PRODUCT_FAILED("iot.prod.CreateProductFailed"),
    UPDATE_PRODUCT_FAILED("iot.prod.UpdateProductFailed"),
    /** Our own: the vendor documents none for a product that has devices. */
    DELETE_PRODUCT_FAILED("iot.prod.DeleteProductFailed"),

    NONE_DEVICE_NAME_ELEMENT("iot.device.NoneDeviceNameElement"),
    NULL_DEVICE_NAME("iot.device.NullDeviceName"),
    INVALID_IOT_ID("iot.device.InvalidIoTId"),
    INVALID_FORMATTED_DEVICE_NAME("iot.device.InvalidFormattedDeviceName"),
    ALREADY_EXISTED_DEVICE_NAME("iot.device.AlreadyExistedDeviceName"),
    NOT_EXISTED_DEVICE("iot.device.NotExistedDevice"),
    INVALID_NICKNAME("iot.device.InvalidFormattedNickname"),
    DEVICE_COUNT_EXCEEDED("iot.device.DeviceCountExceeded"),
    NULL_APPLY_ID("iot.device.NullApplyId"),
    INVALID_FORMATTED_APPLY_ID("iot.device.InvalidFormattedApplyId"),
    DEVICE_APPLY_IS_NOT_FOUND("iot.device.DeviceApplyIsNotFound"),
    INCORRENT_DEVICE_APPLY_INFO("iot.device.IncorrentDeviceApplyInfo"),
    CREATE_DEVICE_TASK_IS_RUNNING("iot.device.CreateDeviceTaskIsRunning"),
    APPLY_MANY_DEVICES_FAILED("iot.device.ApplyManyDevicesFailed"),

    CONTENT_NOT_BASE64("iot.messagebroker.MessageContentIsNotBase64Encode"),
    NULL_MESSAGE_CONTENT("iot.messagebroker.NullMessageContent"),
    NULL_TOPIC_NAME("iot.messagebroker.NullTopicName"),
    INVALID_FORMATTED_TOPIC_NAME("iot.messagebroker.InvalidFormattedTopicName"),
    INVALID_TIMEOUT_VALUE("iot.messagebroker.InvalidTimeoutValue"),
    OFFLINE("iot.messagebroker.OFFLINE"),
    NULL_TOPIC_TEMPLATE_ID("iot.messagebroker.NullTopicTemplateId"),
    INVALID_FORMATTED_TOPIC_TEMPLATE_ID("iot.messagebroker.InvalidFormattedTopicTemplateId"),
    NULL_TOPIC_TEMPLATE_OPERATION("iot.messagebroker.NullTopicTemplateOperation"),
    INVALID_TOPIC_TEMPLATE_OPERATION_VALUE("iot.messagebroker.InvalidTopicTemplateOperationValue"),
    TOPIC_ALREADY_FOUND("iot.messagebroker.TopicAlreadyFound"),
    TOPIC_TEMPLATE_COUNT_EXCEED_MAX("iot.messagebroker.TopicTemplateCountExceedMax"),
    TOPIC_TEMPLATE_IS_NOT_FOUND("iot.messagebroker.TopicTemplateIsNotFound"),
    RATE_LIMIT("iot.messagebroker.RateLimit"),
    PUBLISH_MESSAGE_FAILED("iot.messagebroker.PublishMessageFailed"),
    RRPC_FAILED("iot.messagebroker.RrpcFailed"),

    CONSUMER_GROUP_NOT_EXIST("iot.consumer.group.ConsumerGroupNotExist"),
    CONSUMER_GROUP_NAME_EXISTED("iot.consumer.group.ConsumerGroupNameExisted"),
    INVALID_CONSUMER_GROUP_NAME("iot.consumer.group.InvalidConsumerGroupName"),
    INVALID_CONSUMER_GROUP_ID("iot.consumer.group.InvalidConsumerGroupId"),
    CONSUMER_GROUP_EXCEED_LIMIT("iot.consumer.group.ConsumerGroupExceedLimit"),
    /** Of one subscription. */
    CONSUMER_GROUP_EXCEEDS_LIMIT("iot.consumer.group.ConsumerGroupExceedsLimit"),
    INVALID_SUBSCRIBE_TYPE("iot.consumer.group.InvalidSubscribeType"),
    CHANGE_DEFAULT_GROUP_NOT_ALLOWED("iot.consumer.group.ChangeDefaultConsumerGroupNotAllowed"),
    CALLBACK_TYPE_EMPTY("iot.consumer.group.CallbackTypeEmpty"),
    DELETE_CONSUMER_GROUP_FAILED("iot.consumer.group.DeleteConsumerGroupFailed"),
    QUERY_CONSUMER_GROUP_STATUS_FAILED("iot.consumer.group.QueryConsumerGroupStatusFailed");

    private final String code;

    IotError(String code) {
        this.code = code;
    }

    /** As it stands in the answer. */
    String code() {
        return code;
    }
}
