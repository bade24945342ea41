package io.thingport.platform.transfer;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/** The columns of a fleet's file, in the order they are written in. */
enum Column {
    TYPE("type"),
    PRODUCT_KEY("productKey"),
    PRODUCT_SECRET("productSecret"),
    NAME("name"),
    DESCRIPTION("description"),
    TOPIC_CLASSES("topicClasses"),
    SUFFIX("suffix"),
    OPERATION("operation"),
    DEVICE_NAME("deviceName"),
    DEVICE_SECRET("deviceSecret"),
    NICKNAME("nickname"),
    STATE("state"),
    DYNAMIC_REGISTRATION("dynamicRegistration"),
    AUTHENTICATION("authentication");

    private final String title;

    Column(String title) {
        this.title = title;
    }

    /** What stands in the header. */
    String title() {
        return title;
    }

    /** The column with this title, in whatever case. */
    static Optional<Column> titled(String title) {
        return Arrays.stream(values()).filter(column -> column.title.equalsIgnoreCase(title.strip())).findFirst();
    }

    static String titles() {
        return Arrays.stream(values()).map(Column::title).collect(Collectors.joining(", "));
    }
}
