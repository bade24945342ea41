package io.thingport.platform.registry;

import java.util.Optional;

/**
 * What servers of the Aliyun IoT Platform write about a product when they create it. It is kept and told, and has no effect.
 *
 * @param protocolType up to 32 printable characters of ASCII
 * @param validateType how strictly the vendor checks a device's properties, 0 to 2
 * @param thingModel   whether the product was created as one with a thing model
 */
public record ProductTraits(NodeType nodeType, DataFormat dataFormat, Optional<NetType> netType,
        Optional<String> protocolType, Optional<Integer> validateType, boolean thingModel) {

    /** Of a product about which nothing was written. */
    public static final ProductTraits NONE = new ProductTraits(NodeType.DEVICE, DataFormat.CUSTOM, Optional.empty(),
            Optional.empty(), Optional.empty(), false);

    /** What stands behind a device. */
    public enum NodeType { DEVICE, GATEWAY }

    /** What is in a device's payloads. */
    public enum DataFormat { CUSTOM, ALINK_JSON }

    /** How a device gets into the net. */
    public enum NetType { WIFI, CELLULAR, ETHERNET, OTHER }
}
