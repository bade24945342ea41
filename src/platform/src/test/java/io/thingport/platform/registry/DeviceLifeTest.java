package io.thingport.platform.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.thingport.mqtt.DeviceKey;
import io.thingport.platform.registry.FleetLine.DeviceLine;
import io.thingport.platform.secrets.Secret;
import io.thingport.platform.start.TestDatabase.Kind;
import io.thingport.platform.upstream.DeviceNotices.Action;
import io.thingport.platform.upstream.ProductSubscription;
import io.thingport.platform.upstream.UpstreamKind;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What is told to consumer groups of devices that are created, deleted, enabled and disabled. */
@ParameterizedClass
@EnumSource
class DeviceLifeTest {

    private static final String KEY = "a1AbCdEfGhI";
    private static final DeviceKey LAMP = new DeviceKey(KEY, "lamp_01");

    @Parameter
    private Kind kind;
    private Registry registry;

    @BeforeEach
    void open() {
        registry = new Registry(kind);
        registry.product(KEY);
        subscribe(UpstreamKind.LIFECYCLE);
    }

    @Test
    void aRegisteredDeviceIsToldWithItsSecret() {
        Device device = registry.device(KEY, "lamp_01");

        DeviceLife life = registry.lives.get(0);
        assertThat(life.action()).isEqualTo(Action.CREATE);
        assertThat(life.about().device()).isEqualTo(LAMP);
        assertThat(life.about().iotId()).isEqualTo(device.iotId());
        assertThat(life.about().groups()).containsExactly("DEFAULT_GROUP");
        assertThat(life.secret()).contains(registry.<Secret>devices(d -> d.secret(LAMP)));
        assertThat(life.when()).isEqualTo(Registry.NOW);
    }

    @Test
    void whatChangesIsToldWithoutTheSecret() {
        registry.device(KEY, "lamp_01");
        registry.lives.clear();

        registry.devices(d -> d.setEnabled(LAMP, false));
        registry.devices(d -> d.setEnabled(LAMP, true));
        delete();

        assertThat(registry.lives).extracting(DeviceLife::action)
                .containsExactly(Action.DISABLE, Action.ENABLE, Action.DELETE);
        assertThat(registry.lives).allMatch(life -> life.secret().isEmpty());
    }

    @Test
    void whatChangesNothingIsNotTold() {
        registry.device(KEY, "lamp_01");
        registry.lives.clear();

        registry.devices(d -> d.setEnabled(LAMP, true));

        assertThat(registry.lives).isEmpty();
    }

    @Test
    void importedDevicesAreTold() {
        registry.importLines(line(Optional.empty()));
        registry.importLines(line(Optional.of(false)));
        registry.importLines(line(Optional.of(false)));

        assertThat(registry.lives).extracting(DeviceLife::action).containsExactly(Action.CREATE, Action.DISABLE);
        assertThat(registry.lives.get(0).secret()).contains(registry.<Secret>devices(d -> d.secret(LAMP)));
    }

    @Test
    void aDeviceImportedAsDisabledIsToldTwice() {
        registry.importLines(line(Optional.of(false)));

        assertThat(registry.lives).extracting(DeviceLife::action).containsExactly(Action.CREATE, Action.DISABLE);
    }

    @Test
    void withoutAGroupForItNothingIsTold() {
        subscribe(UpstreamKind.DATA);

        registry.device(KEY, "lamp_01");
        registry.importLines(line(Optional.of(false)));
        delete();

        assertThat(registry.lives).isEmpty();
    }

    private static DeviceLine line(Optional<Boolean> enabled) {
        return new DeviceLine(KEY, "lamp_01", Optional.empty(), Optional.empty(), enabled);
    }

    private void subscribe(UpstreamKind chosen) {
        registry.products(p -> p.subscribe(KEY, new ProductSubscription(Set.of(chosen), List.of("DEFAULT_GROUP"))));
    }

    private void delete() {
        registry.database.run(entities -> registry.devicesIn(entities).delete(LAMP));
    }
}
