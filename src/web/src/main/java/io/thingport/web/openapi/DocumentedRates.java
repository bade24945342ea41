package io.thingport.web.openapi;

import io.thingport.platform.config.Settings.VendorApiRates;
import io.thingport.platform.limits.TokenBucket;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

/**
 * How often each operation may be called in a second, by all callers together: where it is switched on as often as the vendor
 * documents it for an account. Broadcasts have a bound of their own, which always holds. From any thread, never blocks.
 */
final class DocumentedRates {

    private static final Map<String, Integer> PER_SECOND = Map.ofEntries(
            Map.entry("Pub", 1_600), Map.entry("RRpc", 1_000), Map.entry("BatchPub", 50),
            Map.entry("SubscribeTopic", 10), Map.entry("QueryDeviceSubTopic", 100),
            Map.entry("CreateProduct", 50), Map.entry("QueryProductList", 50), Map.entry("QueryProduct", 50),
            Map.entry("UpdateProduct", 10), Map.entry("DeleteProduct", 500),
            Map.entry("RegisterDevice", 30), Map.entry("BatchRegisterDevice", 10), Map.entry("BatchCheckDeviceNames", 10),
            Map.entry("QueryBatchRegisterDeviceStatus", 30), Map.entry("QueryPageByApplyId", 50),
            Map.entry("QueryDevice", 50), Map.entry("QueryDeviceDetail", 50), Map.entry("GetDeviceStatus", 500),
            Map.entry("BatchGetDeviceState", 50), Map.entry("DisableThing", 500), Map.entry("EnableThing", 500),
            Map.entry("DeleteDevice", 500),
            Map.entry("CreateProductTopic", 1), Map.entry("QueryProductTopic", 3), Map.entry("UpdateProductTopic", 50),
            Map.entry("DeleteProductTopic", 50),
            Map.entry("CreateConsumerGroup", 5), Map.entry("UpdateConsumerGroup", 5), Map.entry("DeleteConsumerGroup", 5),
            Map.entry("QueryConsumerGroupList", 5), Map.entry("QueryConsumerGroupByGroupId", 5),
            Map.entry("QueryConsumerGroupStatus", 5), Map.entry("ResetConsumerGroupPosition", 5),
            Map.entry("CreateSubscribeRelation", 5), Map.entry("UpdateSubscribeRelation", 5),
            Map.entry("QuerySubscribeRelation", 5), Map.entry("DeleteSubscribeRelation", 5),
            Map.entry("CreateConsumerGroupSubscribeRelation", 5), Map.entry("DeleteConsumerGroupSubscribeRelation", 5));

    private final Map<String, TokenBucket> buckets;
    private final LongSupplier nanoTime;

    DocumentedRates(VendorApiRates rates, LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.buckets = rates == VendorApiRates.UNLIMITED ? Map.of() : PER_SECOND.entrySet().stream().collect(
                Collectors.toUnmodifiableMap(Map.Entry::getKey, e -> TokenBucket.of(e.getValue(), nanoTime.getAsLong())));
    }

    /** @throws GatewayException when the operation is called too often */
    void take(Operation operation) {
        TokenBucket bucket = buckets.getOrDefault(operation.name(), TokenBucket.UNLIMITED);
        if (!bucket.take(1, nanoTime.getAsLong())) {
            throw new GatewayException(GatewayError.THROTTLING, "Request was denied due to user flow control: "
                    + PER_SECOND.get(operation.name()) + " calls of " + operation.name() + " may be made in a second.");
        }
    }
}
