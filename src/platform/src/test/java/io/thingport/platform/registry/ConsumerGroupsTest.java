package io.thingport.platform.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.thingport.platform.limits.ProductRates;
import io.thingport.platform.registry.DeviceSource.StoredAccess;
import io.thingport.platform.start.TestDatabase.Kind;
import io.thingport.platform.upstream.ConsumerQueues;
import io.thingport.platform.upstream.Engine;
import io.thingport.platform.upstream.Handover;
import io.thingport.platform.upstream.ProductSubscription;
import io.thingport.platform.upstream.UpstreamKind;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource
class ConsumerGroupsTest {

    private static final String KEY = "a1AbCdEfGhI";

    private final ScheduledThreadPoolExecutor scheduler = new ScheduledThreadPoolExecutor(0);
    private final Engine engine = new Engine(new Handover(Thread::new), Set::of, scheduler);

    @Parameter
    private Kind kind;
    private Registry registry;

    @BeforeEach
    void open() {
        registry = new Registry(kind);
    }

    @AfterEach
    void stop() {
        scheduler.shutdownNow();
    }

    @Test
    void theDefaultGroupIsAlwaysThere() {
        assertThat(this.<Set<String>>groups(ConsumerGroups::ids)).containsExactly("DEFAULT_GROUP");
    }

    @Test
    void theDefaultGroupStaysAsItIs() {
        refused(RegistryProblem.DEFAULT_CONSUMER_GROUP, g -> g.rename("DEFAULT_GROUP", "other"));
        refused(RegistryProblem.DEFAULT_CONSUMER_GROUP, g -> deleted(g, "DEFAULT_GROUP"));
    }

    @Test
    void aGroupIsKeptAsItWasCreated() {
        ConsumerGroup created = group("billing_账");

        assertThat(created.id()).matches("[A-Za-z0-9]{32}");
        assertThat(created.createdAt()).isEqualTo(Registry.NOW);
        assertThat(this.<ConsumerGroup>groups(g -> g.get(created.id()))).isEqualTo(created);
    }

    @Test
    void aNewGroupAndADeletedOneAreToldToTheEngine() {
        ConsumerGroup created = group("billing");
        assertThat(registry.groupChanges).hasSize(1);

        groups(g -> deleted(g, created.id()));

        assertThat(registry.groupChanges).hasSize(2);
    }

    @Test
    void aNameIsFourToThirtyWideAndUnique() {
        group("billing");

        refused(RegistryProblem.INVALID_CONSUMER_GROUP_NAME, g -> g.create("abc"));
        refused(RegistryProblem.INVALID_CONSUMER_GROUP_NAME, g -> g.create("消".repeat(16)));
        refused(RegistryProblem.CONSUMER_GROUP_NAME_EXISTS, g -> g.create("billing"));
        assertThat(group("账单").name()).isEqualTo("账单");
    }

    @Test
    void aRenamedGroupKeepsItsId() {
        ConsumerGroup created = group("billing");

        groups(g -> g.rename(created.id(), "invoices"));

        assertThat(this.<ConsumerGroup>groups(g -> g.get(created.id())).name()).isEqualTo("invoices");
    }

    @Test
    void groupsAreListedNewestFirst() {
        ConsumerGroup first = group("first");
        ConsumerGroup second = group("second");

        Page<ConsumerGroup> page = groups(g -> g.list(Optional.empty(), 2));
        Page<ConsumerGroup> rest = groups(g -> g.list(page.next(), 2));

        assertThat(page.items()).containsExactly(second, first);
        assertThat(rest.items()).extracting(ConsumerGroup::id).containsExactly("DEFAULT_GROUP");
        assertThat(rest.next()).isEmpty();
    }

    @Test
    void allGroupsAreNewestFirstToo() {
        ConsumerGroup first = group("first");
        ConsumerGroup second = group("second");

        List<ConsumerGroup> all = groups(ConsumerGroups::all);

        assertThat(all).startsWith(second, first).hasSize(3);
    }

    @Test
    void anUnknownGroupIsNotFoundWhateverItsIdHolds() {
        refused(RegistryProblem.CONSUMER_GROUP_NOT_FOUND, g -> g.get("abc"));
        refused(RegistryProblem.CONSUMER_GROUP_NOT_FOUND, g -> g.rename("a\0b", "other"));
        refused(RegistryProblem.CONSUMER_GROUP_NOT_FOUND, g -> deleted(g, "' or 1=1"));
        refused(RegistryProblem.CONSUMER_GROUP_NOT_FOUND, g -> backlogs(g).status("abc"));
        refused(RegistryProblem.CONSUMER_GROUP_NOT_FOUND, g -> backlogs(g).clear("abc"));
    }

    @Test
    void aSubscriptionReachesTheDevicesOfItsProduct() {
        String group = group("billing").id();
        registry.product(KEY);

        ProductSubscription both = subscribe(Set.of(UpstreamKind.DATA, UpstreamKind.STATUS), group, "DEFAULT_GROUP");

        assertThat(both.groups()).containsExactlyInAnyOrder("DEFAULT_GROUP", group);
        assertThat(lastChange().subscription()).isEqualTo(both);
        assertThat(stored().subscription()).isEqualTo(both);
        assertThat(stored().version()).isEqualTo(lastChange().version());
        assertThat(stored().classes()).hasSize(3);
        assertThat(this.<ProductSubscription>products(p -> p.subscription(KEY))).isEqualTo(both);
    }

    @Test
    void aSubscriptionIsReplacedAsAWhole() {
        String group = group("billing").id();
        registry.product(KEY);
        subscribe(Set.of(UpstreamKind.DATA), group);

        subscribe(Set.of(UpstreamKind.LIFECYCLE), "DEFAULT_GROUP");

        assertThat(stored().subscription())
                .isEqualTo(new ProductSubscription(Set.of(UpstreamKind.LIFECYCLE), List.of("DEFAULT_GROUP")));
    }

    @Test
    void otherChangesOfAProductLeaveItsSubscriptionAlone() {
        registry.product(KEY);
        ProductSubscription before = subscribe(Set.of(UpstreamKind.DATA), "DEFAULT_GROUP");

        products(p -> p.addTopicClass(KEY, "new", Operation.PUB, Optional.empty()));
        products(p -> p.update(KEY, new ProductChange(Optional.empty(), Optional.empty(), Optional.of(ProductRates.NONE), Optional.empty())));

        assertThat(lastChange().subscription()).isEqualTo(before);
        assertThat(stored().subscription()).isEqualTo(before);
    }

    @Test
    void aGroupEntersASubscriptionOnceAndLeavesIt() {
        String group = group("billing").id();
        registry.product(KEY);
        subscribe(Set.of(UpstreamKind.DATA), "DEFAULT_GROUP");

        products(p -> p.subscribeGroup(KEY, group));
        products(p -> p.subscribeGroup(KEY, group));
        assertThat(stored().subscription().groups()).containsExactlyInAnyOrder("DEFAULT_GROUP", group);

        products(p -> p.unsubscribeGroup(KEY, "DEFAULT_GROUP"));
        assertThat(stored().subscription()).isEqualTo(new ProductSubscription(Set.of(UpstreamKind.DATA), List.of(group)));
        assertThat(lastChange().subscription()).isEqualTo(stored().subscription());
    }

    @Test
    void aGroupNeedsASubscriptionToEnterAndAnotherGroupToLeave() {
        registry.product(KEY);
        refused(RegistryProblem.SUBSCRIPTION_NOT_FOUND, () -> products(p -> p.subscribeGroup(KEY, "DEFAULT_GROUP")));
        refused(RegistryProblem.SUBSCRIPTION_NOT_FOUND, () -> products(p -> p.unsubscribeGroup(KEY, "DEFAULT_GROUP")));

        subscribe(Set.of(UpstreamKind.DATA), "DEFAULT_GROUP");

        refused(RegistryProblem.CONSUMER_GROUP_NOT_FOUND, () -> products(p -> p.subscribeGroup(KEY, "unknown")));
        refused(RegistryProblem.CONSUMER_GROUP_NOT_FOUND, () -> products(p -> p.unsubscribeGroup(KEY, "unknown")));
        refused(RegistryProblem.LAST_GROUP_OF_SUBSCRIPTION, () -> products(p -> p.unsubscribeGroup(KEY, "DEFAULT_GROUP")));
    }

    @Test
    void anEleventhGroupDoesNotEnter() {
        registry.product(KEY);
        subscribe(Set.of(UpstreamKind.DATA), "DEFAULT_GROUP");
        for (int i = 1; i < 10; i++) {
            String group = group("group_" + i).id();
            products(p -> p.subscribeGroup(KEY, group));
        }

        String eleventh = group("eleventh").id();

        refused(RegistryProblem.INVALID_SUBSCRIPTION, () -> products(p -> p.subscribeGroup(KEY, eleventh)));
    }

    @Test
    void aProductWithoutSubscriptionHasNone() {
        registry.product(KEY);

        refused(RegistryProblem.SUBSCRIPTION_NOT_FOUND, () -> products(p -> p.subscription(KEY)));
        refused(RegistryProblem.SUBSCRIPTION_NOT_FOUND, this::unsubscribe);
        assertThat(stored().subscription()).isEqualTo(ProductSubscription.NONE);
    }

    @Test
    void anEndedSubscriptionIsGone() {
        registry.product(KEY);
        subscribe(Set.of(UpstreamKind.DATA), "DEFAULT_GROUP");

        unsubscribe();

        assertThat(lastChange().subscription()).isEqualTo(ProductSubscription.NONE);
        assertThat(stored().subscription()).isEqualTo(ProductSubscription.NONE);
    }

    @Test
    void aSubscriptionNeedsAKindAndOneToTenGroupsThatExist() {
        registry.product(KEY);

        refused(RegistryProblem.INVALID_SUBSCRIPTION, () -> subscribe(Set.of(), "DEFAULT_GROUP"));
        refused(RegistryProblem.INVALID_SUBSCRIPTION, () -> subscribe(Set.of(UpstreamKind.DATA)));
        refused(RegistryProblem.INVALID_SUBSCRIPTION,
                () -> subscribe(Set.of(UpstreamKind.DATA), "0 1 2 3 4 5 6 7 8 9 10".split(" ")));
        refused(RegistryProblem.CONSUMER_GROUP_NOT_FOUND, () -> subscribe(Set.of(UpstreamKind.DATA), "unknown"));
    }

    @Test
    void aDeletedGroupLeavesTheSubscriptions() {
        String group = group("billing").id();
        registry.product(KEY);
        subscribe(Set.of(UpstreamKind.DATA), group, "DEFAULT_GROUP");

        groups(g -> deleted(g, group));

        assertThat(lastChange().subscription().groups()).containsExactly("DEFAULT_GROUP");
        assertThat(stored().subscription().groups()).containsExactly("DEFAULT_GROUP");
        refused(RegistryProblem.CONSUMER_GROUP_NOT_FOUND, g -> g.get(group));
    }

    @Test
    void theOnlyGroupOfASubscriptionStays() {
        String group = group("billing").id();
        registry.product(KEY);
        subscribe(Set.of(UpstreamKind.DATA), group);

        refused(RegistryProblem.LAST_GROUP_OF_SUBSCRIPTION, g -> deleted(g, group));
        assertThat(this.<Set<String>>groups(ConsumerGroups::ids)).contains(group);
    }

    @Test
    void aProductIsDeletedWithItsSubscription() {
        registry.product(KEY);
        subscribe(Set.of(UpstreamKind.DATA), "DEFAULT_GROUP");

        registry.database.run(entities -> registry.productsIn(entities).delete(KEY));

        assertThat(registry.<Optional<StoredAccess>>source(s -> s.access(KEY))).isEmpty();
    }

    @Test
    void withoutTheEngineThereIsNoStatus() {
        refused(RegistryProblem.MESSAGE_ENGINE_UNAVAILABLE, g -> backlogs(g).status("DEFAULT_GROUP"));
        refused(RegistryProblem.MESSAGE_ENGINE_UNAVAILABLE, g -> backlogs(g).clear("DEFAULT_GROUP"));
    }

    @Test
    void theEngineTellsHowAGroupIsDoing() {
        ConsumerQueues.Status status = new ConsumerQueues.Status(5, List.of());
        engine.connect(messages -> { }, new FixedQueues(status));

        assertThat(this.<ConsumerQueues.Status>groups(g -> backlogs(g).status("DEFAULT_GROUP"))).isEqualTo(status);
        assertThat(this.<Long>groups(g -> backlogs(g).clear("DEFAULT_GROUP"))).isEqualTo(5);
    }

    private record FixedQueues(Status status) implements ConsumerQueues {
        @Override
        public void keep(Set<String> groups) {
        }

        @Override
        public Optional<Status> status(String group) {
            return Optional.of(status);
        }

        @Override
        public long clear(String group) {
            return status.waiting();
        }

        @Override
        public Totals totals() {
            return new Totals(status.waiting(), 0, 0);
        }
    }

    private ConsumerGroup group(String name) {
        return groups(g -> g.create(name));
    }

    private ProductSubscription subscribe(Set<UpstreamKind> kinds, String... groups) {
        return products(p -> p.subscribe(KEY, new ProductSubscription(kinds, List.of(groups))));
    }

    private void unsubscribe() {
        registry.database.run(entities -> registry.productsIn(entities).unsubscribe(KEY));
    }

    private StoredAccess stored() {
        return registry.<Optional<StoredAccess>>source(s -> s.access(KEY)).orElseThrow();
    }

    private StoredAccess lastChange() {
        return registry.accessChanges.get(registry.accessChanges.size() - 1).access();
    }

    private static boolean deleted(ConsumerGroups groups, String id) {
        groups.delete(id);
        return true;
    }

    private <T> T groups(Function<ConsumerGroups, T> work) {
        return registry.groups(work);
    }

    private ConsumerBacklogs backlogs(ConsumerGroups groups) {
        return new ConsumerBacklogs(groups, engine);
    }

    private <T> T products(Function<Products, T> work) {
        return registry.products(work);
    }

    private void refused(RegistryProblem problem, Function<ConsumerGroups, ?> work) {
        refused(problem, () -> groups(work));
    }

    private static void refused(RegistryProblem problem, Runnable work) {
        assertThatThrownBy(work::run).isInstanceOfSatisfying(RegistryException.class,
                e -> assertThat(e.problem()).isEqualTo(problem));
    }
}
