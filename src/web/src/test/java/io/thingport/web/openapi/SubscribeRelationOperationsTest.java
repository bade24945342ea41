package io.thingport.web.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import io.thingport.platform.registry.Products;
import io.thingport.platform.registry.RegistryException;
import io.thingport.platform.registry.RegistryProblem;
import io.thingport.platform.upstream.ProductSubscription;
import io.thingport.platform.upstream.UpstreamKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SubscribeRelationOperationsTest {

    private static final List<String> PRODUCT = List.of("ProductKey", "a1Qx7Lm2Zt9", "Type", "AMQP");

    private final OneProduct product = new OneProduct();
    private final Calling calling = new Calling(new SubscribeRelationOperations(product));

    @Test
    void flagsChooseWhatGoesToWhichGroups() {
        calling.call("CreateSubscribeRelation", with("ConsumerGroupIds.1", "a", "ConsumerGroupIds.2", "b", "DeviceDataFlag", "true",
                "DeviceLifeCycleFlag", "true", "DeviceStatusChangeFlag", "false"));

        assertThat(product.subscription).isEqualTo(
                new ProductSubscription(Set.of(UpstreamKind.DATA, UpstreamKind.LIFECYCLE), List.of("a", "b")));
    }

    @Test
    void answerHasEveryFlagAndABareList() {
        product.subscription = new ProductSubscription(Set.of(UpstreamKind.STATUS), List.of("a"));

        assertThat(calling.call("QuerySubscribeRelation", with()).toString()).isEqualTo("{\"ProductKey\":\"a1Qx7Lm2Zt9\","
                + "\"Type\":\"AMQP\",\"ConsumerGroupIds\":[\"a\"],\"DeviceDataFlag\":false,\"DeviceLifeCycleFlag\":false,"
                + "\"DeviceStatusChangeFlag\":true,\"DeviceTagFlag\":false,\"DeviceTopoLifeCycleFlag\":false,"
                + "\"FoundDeviceListFlag\":false,\"OtaEventFlag\":false,\"OtaJobFlag\":false,\"OtaVersionFlag\":false,"
                + "\"ThingHistoryFlag\":false}");
    }

    @Test
    void productWithoutSubscriptionHasNoFlagAndNoGroup() {
        assertThat(calling.call("QuerySubscribeRelation", with()).getJsonArray("ConsumerGroupIds")).isEmpty();
    }

    @Test
    void flagsForWhatThereIsNotHereAreNotEnough() {
        calling.refused(IotError.CALLBACK_TYPE_EMPTY, "CreateSubscribeRelation",
                with("ConsumerGroupIds.1", "a", "OtaEventFlag", "true"));
    }

    @Test
    void oneToTenGroupsAreTaken() {
        calling.refused(IotError.INVALID_CONSUMER_GROUP_ID, "UpdateSubscribeRelation", with("DeviceDataFlag", "true"));
        List<String> eleven = new ArrayList<>(List.of("DeviceDataFlag", "true"));
        for (int i = 1; i <= 11; i++) {
            eleven.addAll(List.of("ConsumerGroupIds." + i, "g" + i));
        }
        calling.refused(IotError.CONSUMER_GROUP_EXCEEDS_LIMIT, "UpdateSubscribeRelation", with(eleven.toArray(String[]::new)));
    }

    @Test
    void otherTypesThanAmqpAreRefused() {
        calling.refused(IotError.INVALID_SUBSCRIBE_TYPE, "QuerySubscribeRelation", "ProductKey", "a1", "Type", "MNS");
        calling.refused(IotError.INVALID_SUBSCRIBE_TYPE, "QuerySubscribeRelation", "ProductKey", "a1");
    }

    @Test
    void deletingWhatIsNotThereIsHarmless() {
        assertThat(calling.call("DeleteSubscribeRelation", with())).isEmpty();
    }

    @Test
    void deletedSubscriptionIsGone() {
        product.subscription = new ProductSubscription(Set.of(UpstreamKind.STATUS), List.of("a"));
        calling.call("DeleteSubscribeRelation", with());
        assertThat(product.subscription).isEqualTo(ProductSubscription.NONE);
    }

    @Test
    void oneGroupTooManyIsOfTheSubscription() {
        product.full = true;
        calling.refused(IotError.CONSUMER_GROUP_EXCEEDS_LIMIT, "CreateConsumerGroupSubscribeRelation", with("ConsumerGroupId", "g"));
    }

    private static String[] with(String... more) {
        List<String> all = new ArrayList<>(PRODUCT);
        all.addAll(List.of(more));
        return all.toArray(String[]::new);
    }

    /** Products of which there is one. */
    private static final class OneProduct extends Products {

        private ProductSubscription subscription = ProductSubscription.NONE;
        private boolean full;

        @Override
        public ProductSubscription subscription(String productKey) {
            if (subscription.kinds().isEmpty()) {
                throw new RegistryException(RegistryProblem.SUBSCRIPTION_NOT_FOUND, "the product has no subscription");
            }
            return subscription;
        }

        @Override
        public ProductSubscription subscribe(String productKey, ProductSubscription to) {
            subscription = to;
            return to;
        }

        @Override
        public ProductSubscription subscribeGroup(String productKey, String group) {
            if (full) {
                throw new RegistryException(RegistryProblem.INVALID_SUBSCRIPTION, "groups: 1 to 10");
            }
            return subscription;
        }

        @Override
        public void unsubscribe(String productKey) {
            subscription = ProductSubscription.NONE;
        }
    }
}
