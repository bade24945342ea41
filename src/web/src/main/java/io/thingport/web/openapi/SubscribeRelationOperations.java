package io.thingport.web.openapi;

import io.thingport.platform.accesskey.Scope;
import io.thingport.platform.registry.Products;
import io.thingport.platform.registry.RegistryException;
import io.thingport.platform.registry.RegistryProblem;
import io.thingport.platform.upstream.ProductSubscription;
import io.thingport.platform.upstream.UpstreamKind;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObjectBuilder;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * A product's subscription. Flags for messages that there are none of here may be given, do nothing, and are false in
 * answers.
 */
@ApplicationScoped
public class SubscribeRelationOperations implements OperationGroup {

    private static final String TYPE = "AMQP";
    private static final int GROUPS_MAXIMUM = 10;
    private static final Map<String, UpstreamKind> FLAGS = new TreeMap<>(Map.of("DeviceDataFlag", UpstreamKind.DATA,
            "DeviceStatusChangeFlag", UpstreamKind.STATUS, "DeviceLifeCycleFlag", UpstreamKind.LIFECYCLE));
    private static final List<String> OTHER_FLAGS = List.of("DeviceTagFlag", "DeviceTopoLifeCycleFlag", "FoundDeviceListFlag",
            "OtaEventFlag", "OtaJobFlag", "OtaVersionFlag", "ThingHistoryFlag");

    @Inject
    private Products products;

    /** For the container. */
    public SubscribeRelationOperations() {
    }

    SubscribeRelationOperations(Products products) {
        this.products = products;
    }

    @Override
    public List<Operation> operations() {
        return List.of(
                Operation.of("CreateSubscribeRelation", Scope.MANAGE, this::set),
                Operation.of("UpdateSubscribeRelation", Scope.MANAGE, this::set),
                Operation.of("QuerySubscribeRelation", Scope.READ, this::query),
                Operation.of("DeleteSubscribeRelation", Scope.MANAGE, this::delete),
                Operation.of("CreateConsumerGroupSubscribeRelation", Scope.MANAGE, this::addGroup),
                Operation.of("DeleteConsumerGroupSubscribeRelation", Scope.MANAGE, this::removeGroup));
    }

    /** Creating one that is there replaces it, and updating one that is not there creates it. */
    private JsonObjectBuilder set(Invocation in) {
        String productKey = productKey(in);
        List<String> groups = in.list("ConsumerGroupIds");
        if (groups.isEmpty()) {
            throw new IotException(IotError.INVALID_CONSUMER_GROUP_ID, "ConsumerGroupIds.1 is missing");
        }
        if (groups.size() > GROUPS_MAXIMUM) {
            throw tooManyGroups();
        }
        Set<UpstreamKind> kinds = EnumSet.noneOf(UpstreamKind.class);
        FLAGS.forEach((name, kind) -> in.flag(name).filter(chosen -> chosen).ifPresent(chosen -> kinds.add(kind)));
        if (kinds.isEmpty()) {
            throw new IotException(IotError.CALLBACK_TYPE_EMPTY, "none of " + String.join(", ", FLAGS.keySet()) + " is true");
        }
        products.subscribe(productKey, new ProductSubscription(kinds, groups));
        return Answer.fields();
    }

    private JsonObjectBuilder query(Invocation in) {
        String productKey = productKey(in);
        ProductSubscription subscription = subscription(productKey);
        JsonArrayBuilder groups = Answer.list();
        subscription.groups().forEach(groups::add);
        JsonObjectBuilder answer = Answer.fields().add("ProductKey", productKey).add("Type", TYPE)
                .add("ConsumerGroupIds", groups);
        FLAGS.forEach((name, kind) -> answer.add(name, subscription.kinds().contains(kind)));
        OTHER_FLAGS.forEach(name -> answer.add(name, false));
        return answer;
    }

    private ProductSubscription subscription(String productKey) {
        try {
            return products.subscription(productKey);
        } catch (RegistryException e) {
            if (e.problem() == RegistryProblem.SUBSCRIPTION_NOT_FOUND) {
                return ProductSubscription.NONE;
            }
            throw e;
        }
    }

    /** Deleting what is not there is harmless. */
    private JsonObjectBuilder delete(Invocation in) {
        String productKey = productKey(in);
        if (!subscription(productKey).kinds().isEmpty()) {
            products.unsubscribe(productKey);
        }
        return Answer.fields();
    }

    private JsonObjectBuilder addGroup(Invocation in) {
        String productKey = in.productKey();
        try {
            products.subscribeGroup(productKey, group(in));
        } catch (RegistryException e) {
            throw e.problem() == RegistryProblem.INVALID_SUBSCRIPTION ? tooManyGroups() : e;
        }
        return Answer.fields();
    }

    private JsonObjectBuilder removeGroup(Invocation in) {
        products.unsubscribeGroup(in.productKey(), group(in));
        return Answer.fields();
    }

    private static String group(Invocation in) {
        return in.required("ConsumerGroupId", IotError.INVALID_CONSUMER_GROUP_ID);
    }

    private static String productKey(Invocation in) {
        String productKey = in.productKey();
        if (!in.required("Type", IotError.INVALID_SUBSCRIBE_TYPE).equals(TYPE)) {
            throw new IotException(IotError.INVALID_SUBSCRIBE_TYPE, "Type is not " + TYPE);
        }
        return productKey;
    }

    private static IotException tooManyGroups() {
        return new IotException(IotError.CONSUMER_GROUP_EXCEEDS_LIMIT, "more than " + GROUPS_MAXIMUM + " groups");
    }
}
