package io.thingport.platform.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.thingport.mqtt.DeviceKey;
import io.thingport.platform.limits.ProductRates;
import io.thingport.platform.registry.FleetLine.DeviceLine;
import io.thingport.platform.registry.FleetLine.ProductLine;
import io.thingport.platform.registry.FleetLine.TopicClassLine;
import io.thingport.platform.registry.LineResult.Outcome;
import io.thingport.platform.registry.RegistryChange.Kind;
import io.thingport.platform.secrets.Secret;
import io.thingport.platform.start.TestDatabase;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource
class FleetImportTest {

    private static final String KEY = "a1AbCdEfGhI";
    private static final DeviceKey LAMP = new DeviceKey(KEY, "lamp_01");
    private static final Secret PRODUCT_SECRET = Secret.of("AbCdEfGh01234567");
    private static final Secret DEVICE_SECRET = Secret.of("7f3c9a5e1b8d4260a7c5e3f19b2d8640");
    private static final ProductLine PRODUCT = new ProductLine(KEY, Optional.of(PRODUCT_SECRET), Optional.of("lamp"),
            Optional.of("lights up"), false, Optional.of(DynamicRegistration.PRE_REGISTERED),
            Optional.of(Authentication.SECRET));
    private static final TopicClassLine TOPIC_CLASS =
            new TopicClassLine(KEY, "user/state", Operation.ALL, Optional.of("on or off"));
    private static final DeviceLine DEVICE = new DeviceLine(KEY, "lamp_01", Optional.of(DEVICE_SECRET),
            Optional.of("hall_lamp"), Optional.of(false));

    @Parameter
    private TestDatabase.Kind kind;
    private Registry registry;

    @BeforeEach
    void open() {
        registry = new Registry(kind);
    }

    @Test
    void whatIsGivenIsTakenAsItIs() {
        assertThat(outcomes(PRODUCT, TOPIC_CLASS, DEVICE))
                .containsExactly(Outcome.CREATED, Outcome.CREATED, Outcome.CREATED);

        assertThat(registry.<Product>products(p -> p.get(KEY)))
                .isEqualTo(new Product(KEY, "lamp", Optional.of("lights up"), Registry.NOW, ProductRates.NONE,
                        DynamicRegistration.PRE_REGISTERED, Authentication.SECRET));
        assertThat(registry.<Secret>products(p -> p.secret(KEY))).isEqualTo(PRODUCT_SECRET);
        assertThat(registry.<List<TopicClass>>products(p -> p.topicClasses(KEY)))
                .extracting(TopicClass::suffix, TopicClass::operation, TopicClass::description)
                .containsExactly(tuple("user/state", Operation.ALL, Optional.of("on or off")));
        Device device = registry.devices(d -> d.get(LAMP));
        assertThat(device.nickname()).contains("hall_lamp");
        assertThat(device.enabled()).isFalse();
        assertThat(registry.<Secret>devices(d -> d.secret(LAMP))).isEqualTo(DEVICE_SECRET);
    }

    @Test
    void whatIsExportedIsWhatWasImported() {
        registry.importLines(PRODUCT, TOPIC_CLASS, DEVICE);

        assertThat(registry.<List<FleetLine>>export(e -> e.product(KEY, true))).containsExactly(PRODUCT, TOPIC_CLASS);
        assertThat(registry.<FleetExport.DevicePage>export(e -> e.devices(KEY, 0, true)).lines()).containsExactly(DEVICE);
        assertThat(registry.<List<String>>export(FleetExport::productKeys)).containsExactly(KEY);
    }

    @Test
    void aTopicClassOfOldIsExportedAsItWasImported() {
        TopicClassLine old = new TopicClassLine(KEY, "/update/error", Operation.PUB, Optional.empty());
        registry.importLines(PRODUCT, old);

        assertThat(registry.<List<FleetLine>>export(e -> e.product(KEY, true))).containsExactly(PRODUCT, old);
        assertThat(outcomes(old)).containsExactly(Outcome.UNCHANGED);
    }

    @Test
    void anExportWithoutSecretsHasNone() {
        registry.importLines(PRODUCT, DEVICE);

        assertThat(registry.<List<FleetLine>>export(e -> e.product(KEY, false)))
                .containsExactly(new ProductLine(KEY, Optional.empty(), PRODUCT.name(), PRODUCT.description(), false,
                        PRODUCT.registration(), PRODUCT.authentication()));
        assertThat(registry.<FleetExport.DevicePage>export(e -> e.devices(KEY, 0, false)).lines())
                .extracting(DeviceLine::secret).containsExactly(Optional.empty());
    }

    @Test
    void devicesAreExportedInPartsOfBoundedSize() {
        registry.importLines(PRODUCT);
        registry.importLines(IntStream.range(0, 1500).mapToObj(i -> device("lamp_" + i)).toArray(FleetLine[]::new));

        FleetExport.DevicePage first = registry.export(e -> e.devices(KEY, 0, true));
        FleetExport.DevicePage second = registry.export(e -> e.devices(KEY, first.next().orElseThrow(), true));

        assertThat(first.lines()).hasSize(1000);
        assertThat(Stream.concat(first.lines().stream(), second.lines().stream()).map(DeviceLine::deviceName).distinct())
                .hasSize(1500);
        assertThat(second.next()).isEmpty();
    }

    @Test
    void whatIsThereAlreadyIsUnchanged() {
        registry.importLines(PRODUCT, TOPIC_CLASS, DEVICE);

        assertThat(outcomes(PRODUCT, TOPIC_CLASS, DEVICE)).containsOnly(Outcome.UNCHANGED);
    }

    @Test
    void aLineThatComesTwiceInAFileIsUnchangedTheSecondTime() {
        assertThat(outcomes(PRODUCT, PRODUCT, TOPIC_CLASS, TOPIC_CLASS, DEVICE, DEVICE)).containsExactly(
                Outcome.CREATED, Outcome.UNCHANGED, Outcome.CREATED, Outcome.UNCHANGED, Outcome.CREATED, Outcome.UNCHANGED);
    }

    @Test
    void whatIsNotGivenStaysAsItIs() {
        registry.importLines(PRODUCT, TOPIC_CLASS, DEVICE);

        assertThat(outcomes(
                new ProductLine(KEY, Optional.empty(), Optional.empty(), Optional.empty(), true, Optional.empty(), Optional.empty()),
                new TopicClassLine(KEY, "state", Operation.ALL, Optional.empty()),
                new DeviceLine(KEY, "lamp_01", Optional.empty(), Optional.empty(), Optional.empty())))
                .containsOnly(Outcome.UNCHANGED);
    }

    @Test
    void whatDiffersIsChanged() {
        registry.importLines(PRODUCT, TOPIC_CLASS, DEVICE);

        assertThat(outcomes(
                new ProductLine(KEY, Optional.empty(), Optional.of("lantern"), Optional.empty(), false, Optional.empty(), Optional.empty()),
                new TopicClassLine(KEY, "user/state", Operation.PUB, Optional.empty()),
                new DeviceLine(KEY, "lamp_01", Optional.empty(), Optional.of("attic_lamp"), Optional.of(true))))
                .containsOnly(Outcome.CHANGED);
        assertThat(registry.<Product>products(p -> p.get(KEY)).name()).isEqualTo("lantern");
        assertThat(registry.<List<TopicClass>>products(p -> p.topicClasses(KEY)).get(0).operation())
                .isEqualTo(Operation.PUB);
        assertThat(registry.<Device>devices(d -> d.get(LAMP))).returns(true, Device::enabled)
                .returns(Optional.of("attic_lamp"), Device::nickname);
    }

    @Test
    void aSecretIsNeverOverwritten() {
        registry.importLines(PRODUCT, DEVICE);
        Secret other = Secret.of("0123456789abcdef");

        assertThat(outcomes(
                new ProductLine(KEY, Optional.of(other), Optional.of("lantern"), Optional.empty(), false, Optional.empty(), Optional.empty()),
                new DeviceLine(KEY, "lamp_01", Optional.of(other), Optional.of("attic_lamp"), Optional.of(true))))
                .containsOnly(Outcome.FAILED);
        assertThat(registry.<Secret>products(p -> p.secret(KEY))).isEqualTo(PRODUCT_SECRET);
        assertThat(registry.<Secret>devices(d -> d.secret(LAMP))).isEqualTo(DEVICE_SECRET);
        assertThat(registry.<Device>devices(d -> d.get(LAMP)).nickname()).contains("hall_lamp");
    }

    @Test
    void devicesThatAreSwitchedAreTold() {
        registry.importLines(PRODUCT, device("lamp_01"), device("lamp_02"));

        registry.importLines(new DeviceLine(KEY, "lamp_01", Optional.empty(), Optional.empty(), Optional.of(false)),
                new DeviceLine(KEY, "lamp_02", Optional.empty(), Optional.of("kitchen_lamp"), Optional.of(true)));

        assertThat(registry.deviceChanges).containsExactly(new DeviceChange(new RegistryChange(LAMP, Kind.DISABLED)));
    }

    @Test
    void howDevicesProveThemselvesIsTakenOverAndNeverChanges() {
        ProductLine certified = new ProductLine(KEY, Optional.empty(), Optional.of("lamp"), Optional.empty(), false,
                Optional.empty(), Optional.of(Authentication.X509));

        assertThat(outcomes(certified)).containsExactly(Outcome.CREATED);
        assertThat(registry.<Product>products(p -> p.get(KEY)).authentication()).isEqualTo(Authentication.X509);
        assertThat(outcomes(new ProductLine(KEY, Optional.empty(), Optional.of("lantern"), Optional.empty(), false,
                Optional.empty(), Optional.of(Authentication.SECRET)))).containsExactly(Outcome.FAILED);
        assertThat(registry.<Product>products(p -> p.get(KEY)).name()).isEqualTo("lamp");
    }

    @Test
    void aNewProductHasTheDefaultClassesUnlessItsOwnAreListed() {
        registry.importLines(new ProductLine(KEY, Optional.empty(), Optional.of("lamp"), Optional.empty(), true, Optional.empty(), Optional.empty()));
        registry.importLines(new ProductLine("a1listed", Optional.empty(), Optional.of("lantern"), Optional.empty(), false, Optional.empty(), Optional.empty()));

        assertThat(registry.<List<TopicClass>>products(p -> p.topicClasses(KEY))).hasSize(3);
        assertThat(registry.<List<TopicClass>>products(p -> p.topicClasses("a1listed"))).isEmpty();
    }

    @Test
    void aWrongDeviceFailsAlone() {
        List<FleetLine> lines = new ArrayList<>(List.of(PRODUCT));
        for (String name : List.of("lamp_01", "no", "lamp_02", "a/b/c")) {
            lines.add(device(name));
        }
        lines.add(new DeviceLine("a1unknown", "lamp_03", Optional.empty(), Optional.empty(), Optional.empty()));
        lines.add(new DeviceLine(KEY, "lamp_04", Optional.of(Secret.of("short")), Optional.empty(), Optional.empty()));

        assertThat(outcomes(lines.toArray(FleetLine[]::new))).containsExactly(Outcome.CREATED, Outcome.CREATED,
                Outcome.FAILED, Outcome.CREATED, Outcome.FAILED, Outcome.FAILED, Outcome.FAILED);
    }

    @Test
    void noReasonShowsWhatStandsInTheLine() {
        String secret = "7f3c9a5e1b8d4260a7c5e3f19b2d8640";
        assertThat(registry.importLines(
                new DeviceLine(secret, "lamp_01", Optional.empty(), Optional.empty(), Optional.empty()),
                new DeviceLine(KEY, secret + "0", Optional.empty(), Optional.empty(), Optional.empty()),
                new TopicClassLine(secret, "user/get", Operation.SUB, Optional.empty())))
                .extracting(LineResult::reason).allSatisfy(reason -> assertThat(reason).doesNotContain(secret));
    }

    @Test
    void aProductThatIsRefusedTakesItsWholeTransactionWithIt() {
        registry.product("a1other");

        assertThatThrownBy(() -> registry.importLines(device("lamp_01"),
                new ProductLine(KEY, Optional.empty(), Optional.of("name_a1other"), Optional.empty(), true, Optional.empty(), Optional.empty())))
                .isInstanceOfSatisfying(RegistryException.class,
                        e -> assertThat(e.problem()).isEqualTo(RegistryProblem.PRODUCT_NAME_EXISTS));
        assertThat(registry.<List<String>>export(FleetExport::productKeys)).containsExactly("a1other");
    }

    private static DeviceLine device(String name) {
        return new DeviceLine(KEY, name, Optional.empty(), Optional.empty(), Optional.empty());
    }

    private List<Outcome> outcomes(FleetLine... lines) {
        return registry.importLines(lines).stream().map(LineResult::outcome).toList();
    }
}
