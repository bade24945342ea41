package io.thingport.platform.apply;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.thingport.platform.registry.Device;
import io.thingport.platform.registry.NamedDevice;
import io.thingport.platform.registry.NumberedPage;
import io.thingport.platform.registry.OwnedDevice;
import io.thingport.platform.registry.Registry;
import io.thingport.platform.registry.RegistryException;
import io.thingport.platform.registry.RegistryProblem;
import io.thingport.platform.start.TestDatabase;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource
class DeviceAppliesTest {

    private static final String LAMP = "a1lamp";

    @Parameter
    private TestDatabase.Kind kind;
    private Registry registry;
    private Instant now = Registry.NOW;

    @BeforeEach
    void open() {
        registry = new Registry(kind);
        registry.product(LAMP);
    }

    @Test
    void freeNamesAreCheckedAndTheirDevicesCreatedWhenItIsAskedFor() {
        DeviceApply checked = checked("lamp_1", "lamp_2");
        assertThat(checked.state()).isEqualTo(ApplyState.CHECKED);
        assertThat(devices(checked).items()).isEmpty();

        assertThat(this.<DeviceApply>applies(a -> a.start(LAMP, checked.id())).state()).isEqualTo(ApplyState.CREATING);
        createAll();

        assertThat(state(checked)).isEqualTo(ApplyState.CREATED);
        assertThat(names(devices(checked))).containsExactly("lamp_1", "lamp_2");
        assertThat(devices(checked).items()).allSatisfy(owned ->
                assertThat(owned.secret().reveal()).matches("[0-9a-f]{32}"));
    }

    @Test
    void aDeviceThatIsAppliedForHasItsNickname() {
        DeviceApply apply = applies(a -> a.addRunning(LAMP, List.of(new NamedDevice("lamp_1", Optional.of("hall_lamp")))));
        createAll();

        assertThat(devices(apply).items().get(0).device().nickname()).contains("hall_lamp");
    }

    @Test
    void anApplyWithANameThatADeviceHasIsRefused() {
        registry.device(LAMP, "lamp_2");

        DeviceApply refused = checked("lamp_1", "lamp_2");

        assertThat(refused.state()).isEqualTo(ApplyState.REFUSED);
        assertThat(this.<List<String>>applies(a -> a.names(refused.id(), NameState.FREE))).containsExactly("lamp_1");
        assertThat(this.<List<String>>applies(a -> a.names(refused.id(), NameState.TAKEN))).containsExactly("lamp_2");
        refused(RegistryProblem.APPLY_REFUSED, () -> applies(a -> a.start(LAMP, refused.id())));
    }

    @Test
    void aNameThatIsTakenMeanwhileMakesAnApplyFailAndLeavesTheOtherDeviceAsItIs() {
        DeviceApply apply = checked("lamp_1", "lamp_2");
        String iotId = registry.device(LAMP, "lamp_2").iotId();
        applies(a -> a.start(LAMP, apply.id()));
        createAll();

        assertThat(state(apply)).isEqualTo(ApplyState.FAILED);
        assertThat(this.<List<String>>applies(a -> a.names(apply.id(), NameState.TAKEN))).containsExactly("lamp_2");
        assertThat(names(devices(apply))).containsExactly("lamp_1");
        assertThat(registry.<List<Device>>deviceCatalogue(c -> c.all(LAMP, List.of("lamp_2"))))
                .extracting(Device::iotId).containsExactly(iotId);
    }

    @Test
    void devicesAreCreatedSomeAtATimeSoThatAnotherRunCanGoOn() {
        DeviceApply apply = applies(a -> a.addRunning(LAMP, IntStream.range(0, 1001)
                .mapToObj(i -> new NamedDevice("lamp_" + i, Optional.empty())).toList()));

        assertThat(this.<Boolean>applies(a -> a.create(apply.id()))).isTrue();
        assertThat(devices(apply).total()).isEqualTo(500);
        assertThat(this.<Optional<Long>>applies(ApplyStore::running)).contains(apply.id());
        createAll();

        assertThat(devices(apply).total()).isEqualTo(1001);
        assertThat(state(apply)).isEqualTo(ApplyState.CREATED);
        assertThat(this.<Optional<Long>>applies(ApplyStore::running)).isEmpty();
    }

    @Test
    void theDevicesOfAnApplyAreListedByPages() {
        DeviceApply apply = applies(a -> a.addRunning(LAMP, named("lamp_1", "lamp_2", "lamp_3")));
        createAll();

        NumberedPage<OwnedDevice> second = applies(a -> a.devices(apply.id(), 2, 2));

        assertThat(names(second)).containsExactly("lamp_3");
        assertThat(second.total()).isEqualTo(3);
    }

    @Test
    void anApplyIsStartedOnceAndOfItsProductOnly() {
        DeviceApply apply = checked("lamp_1");
        registry.product("a1other");

        refused(RegistryProblem.APPLY_NOT_FOUND, () -> applies(a -> a.start("a1other", apply.id())));
        applies(a -> a.start(LAMP, apply.id()));
        refused(RegistryProblem.APPLY_RUNNING, () -> applies(a -> a.start(LAMP, apply.id())));
        createAll();

        assertThat(this.<DeviceApply>applies(a -> a.start(LAMP, apply.id())).state()).isEqualTo(ApplyState.CREATED);
    }

    @Test
    void applyingNeedsAProduct() {
        refused(RegistryProblem.PRODUCT_NOT_FOUND, () -> applies(a -> a.addRunning("a1none", named("lamp_1"))));
        refused(RegistryProblem.APPLY_NOT_FOUND, () -> applies(a -> a.get(4711)));
    }

    @Test
    void onlySomeAppliesAreUnderWayAtATime() {
        for (int i = 0; i < ApplyStore.RUNNING_MAXIMUM; i++) {
            String name = "lamp_" + i;
            applies(a -> a.addRunning(LAMP, named(name)));
        }

        refused(RegistryProblem.TOO_MANY_APPLIES, () -> applies(a -> a.addRunning(LAMP, named("one_more"))));
    }

    @Test
    void anOldApplyIsForgottenUnlessItIsUnderWay() {
        DeviceApply old = checked("lamp_1");
        DeviceApply running = applies(a -> a.addRunning(LAMP, named("lamp_2")));
        now = now.plus(DeviceApplies.KEPT).plus(Duration.ofDays(1));
        checked("lamp_3");

        refused(RegistryProblem.APPLY_NOT_FOUND, () -> applies(a -> a.get(old.id())));
        assertThat(state(running)).isEqualTo(ApplyState.CREATING);
    }

    @Test
    void theOldestApplyGivesWayWhenThereAreTooMany() {
        DeviceApply oldest = checked("lamp_0");
        DeviceApply second = checked("lamp_1");
        registry.database.run(entities -> {
            for (int i = 2; i < DeviceApplies.KEPT_MAXIMUM; i++) {
                entities.createNativeQuery("insert into device_apply (id, product_key, state, devices, created_at, version)"
                        + " select id + " + i * 1_000_000 + ", product_key, state, devices, created_at, version"
                        + " from device_apply where id = " + oldest.id()).executeUpdate();
            }
        });
        checked("lamp_2");

        refused(RegistryProblem.APPLY_NOT_FOUND, () -> applies(a -> a.get(oldest.id())));
        assertThat(state(second)).isEqualTo(ApplyState.CHECKED);
    }

    @Test
    void aDeletedProductHasNoApplies() {
        DeviceApply apply = checked("lamp_1");
        registry.products(p -> {
            p.delete(LAMP);
            return true;
        });

        refused(RegistryProblem.APPLY_NOT_FOUND, () -> applies(a -> a.get(apply.id())));
    }

    private DeviceApply checked(String... names) {
        return applies(a -> a.addChecked(LAMP, named(names)));
    }

    private static List<NamedDevice> named(String... names) {
        return List.of(names).stream().map(name -> new NamedDevice(name, Optional.empty())).toList();
    }

    private void createAll() {
        Optional<Long> next = applies(ApplyStore::running);
        while (next.isPresent()) {
            long id = next.get();
            applies(a -> a.create(id));
            next = applies(ApplyStore::running);
        }
    }

    private ApplyState state(DeviceApply apply) {
        return this.<DeviceApply>applies(a -> a.get(apply.id())).state();
    }

    private NumberedPage<OwnedDevice> devices(DeviceApply apply) {
        return applies(a -> a.devices(apply.id(), 1, 100));
    }

    private static List<String> names(NumberedPage<OwnedDevice> page) {
        return page.items().stream().map(owned -> owned.device().key().deviceName()).toList();
    }

    private <T> T applies(Function<ApplyStore, T> work) {
        return registry.database.call(entities -> work.apply(new ApplyStore(entities, registry.productsIn(entities),
                registry.deviceCatalogueIn(entities), registry.batchIn(entities), Clock.fixed(now, ZoneOffset.UTC))));
    }

    private static void refused(RegistryProblem problem, ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(RegistryException.class,
                e -> assertThat(e.problem()).isEqualTo(problem));
    }
}
