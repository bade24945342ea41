package io.thingport.web.openapi;

import io.thingport.platform.accesskey.Scope;
import io.thingport.platform.registry.ConsumerBacklogs;
import io.thingport.platform.registry.ConsumerGroup;
import io.thingport.platform.registry.ConsumerGroups;
import io.thingport.platform.upstream.ConsumerQueues;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObjectBuilder;
import java.util.List;
import java.util.Optional;

/** Consumer groups and what waits for them. They are no product's: a key for some products alone may list and read them. */
@ApplicationScoped
public class ConsumerGroupOperations implements OperationGroup {

    private static final int PAGE_SIZE_MAXIMUM = 1_000;

    @Inject
    private ConsumerGroups groups;
    @Inject
    private ConsumerBacklogs backlogs;

    /** For the container. */
    public ConsumerGroupOperations() {
    }

    ConsumerGroupOperations(ConsumerGroups groups, ConsumerBacklogs backlogs) {
        this.groups = groups;
        this.backlogs = backlogs;
    }

    @Override
    public List<Operation> operations() {
        return List.of(
                Operation.of("CreateConsumerGroup", Scope.MANAGE, this::create),
                Operation.of("UpdateConsumerGroup", Scope.MANAGE, this::update),
                Operation.of("DeleteConsumerGroup", Scope.MANAGE, this::delete),
                Operation.of("QueryConsumerGroupList", Scope.READ, this::list),
                Operation.of("QueryConsumerGroupByGroupId", Scope.READ, this::query),
                Operation.of("QueryConsumerGroupStatus", Scope.READ, this::status),
                Operation.of("ResetConsumerGroupPosition", Scope.MANAGE, this::reset));
    }

    private JsonObjectBuilder create(Invocation in) {
        in.permitEverywhere();
        String name = in.required("GroupName", IotError.INVALID_CONSUMER_GROUP_NAME);
        return Answer.fields().add("GroupId", groups.create(name).id());
    }

    private JsonObjectBuilder update(Invocation in) {
        in.permitEverywhere();
        groups.rename(id(in), in.required("NewGroupName", IotError.INVALID_CONSUMER_GROUP_NAME));
        return Answer.fields();
    }

    private JsonObjectBuilder delete(Invocation in) {
        in.permitEverywhere();
        groups.delete(id(in));
        return Answer.fields();
    }

    private JsonObjectBuilder list(Invocation in) {
        PageRequest asked = PageRequest.required(in, PAGE_SIZE_MAXIMUM);
        List<ConsumerGroup> found = named(in);
        JsonArrayBuilder shown = Answer.list();
        found.stream().skip((asked.number() - 1L) * asked.size()).limit(asked.size()).forEach(group -> shown.add(answer(group)));
        return Answer.fields()
                .add("CurrentPage", asked.number())
                .add("PageSize", asked.size())
                .add("PageCount", (found.size() + asked.size() - 1) / asked.size())
                .add("Total", found.size())
                .add("Data", Answer.fields().add("ConsumerGroupDTO", shown));
    }

    private List<ConsumerGroup> named(Invocation in) {
        Optional<String> name = in.text("GroupName");
        boolean part = in.flag("Fuzzy").orElse(false);
        if (part && name.isEmpty()) {
            throw new IotException(IotError.INVALID_CONSUMER_GROUP_NAME, "GroupName is missing, which Fuzzy needs");
        }
        return groups.all().stream()
                .filter(group -> name.isEmpty() || (part ? group.name().contains(name.get()) : group.name().equals(name.get())))
                .toList();
    }

    private JsonObjectBuilder query(Invocation in) {
        return Answer.fields().add("Data", answer(groups.get(id(in))));
    }

    /** How fast consumers are is not measured, so the fields about that are absent. */
    private JsonObjectBuilder status(Invocation in) {
        in.permitEverywhere();
        ConsumerQueues.Status status = backlogs.status(id(in));
        JsonArrayBuilder consumers = Answer.list();
        status.consumers().forEach(consumer -> consumers.add(Answer.fields()
                .add("ClientId", consumer.clientId())
                .add("ClientIpPort", consumer.address())
                .add("OnlineTime", consumer.connectedAt().toEpochMilli())));
        return Answer.fields()
                .add("AccumulationCount", Math.min(status.waiting(), Integer.MAX_VALUE)) // an Integer in the vendor's SDKs
                .add("ClientConnectionStatusList",
                        Answer.fields().add("ConsumerGroupClientConnectionInfo", consumers));
    }

    private JsonObjectBuilder reset(Invocation in) {
        in.permitEverywhere();
        backlogs.clear(id(in));
        return Answer.fields();
    }

    private static String id(Invocation in) {
        return in.required("GroupId", IotError.INVALID_CONSUMER_GROUP_ID);
    }

    private static JsonObjectBuilder answer(ConsumerGroup group) {
        return Answer.fields()
                .add("GroupId", group.id())
                .add("GroupName", group.name())
                .add("CreateTime", VendorTime.utc(group.createdAt()));
    }
}
