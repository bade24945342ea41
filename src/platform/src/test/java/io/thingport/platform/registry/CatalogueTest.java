package io.thingport.platform.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.thingport.mqtt.DeviceKey;
import io.thingport.platform.registry.ProductTraits.DataFormat;
import io.thingport.platform.registry.ProductTraits.NetType;
import io.thingport.platform.registry.ProductTraits.NodeType;
import io.thingport.platform.registry.StatusStore.Update;
import io.thingport.platform.start.TestDatabase;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource
class CatalogueTest {

    private static final String LAMP = "a1lamp";
    private static final ProductTraits GATEWAY = new ProductTraits(NodeType.GATEWAY, DataFormat.ALINK_JSON,
            Optional.of(NetType.CELLULAR), Optional.of("modbus"), Optional.of(1), true);

    @Parameter
    private TestDatabase.Kind kind;
    private Registry registry;

    @BeforeEach
    void open() {
        registry = new Registry(kind);
    }

    @Test
    void whatIsWrittenAboutAProductIsTold() {
        create("a1gate", GATEWAY);

        assertThat(registry.<DescribedProduct>productCatalogue(c -> c.get("a1gate")).traits()).isEqualTo(GATEWAY);
    }

    @Test
    void aProductAboutWhichNothingWasWrittenHasNoTraits() {
        registry.product(LAMP);

        assertThat(registry.<DescribedProduct>productCatalogue(c -> c.get(LAMP)).traits()).isEqualTo(ProductTraits.NONE);
    }

    @Test
    void traitsHaveBounds() {
        refused(RegistryProblem.INVALID_TRAITS, () -> create(LAMP, new ProductTraits(NodeType.DEVICE, DataFormat.CUSTOM,
                Optional.empty(), Optional.of("x".repeat(33)), Optional.empty(), false)));
        refused(RegistryProblem.INVALID_TRAITS, () -> create(LAMP, new ProductTraits(NodeType.DEVICE, DataFormat.CUSTOM,
                Optional.empty(), Optional.empty(), Optional.of(3), false)));
    }

    @Test
    void productsAreListedByPagesNewestFirst() {
        for (int i = 1; i <= 5; i++) {
            registry.product("p" + i);
        }

        NumberedPage<DescribedProduct> second = registry.productCatalogue(c -> c.page(key -> true, Optional.empty(), 2, 2));

        assertThat(second.items()).extracting(each -> each.product().productKey()).containsExactly("p3", "p2");
        assertThat(second.total()).isEqualTo(5);
        assertThat(second.pages()).isEqualTo(3);
    }

    @Test
    void productsThatAreNotVisibleAreNotCountedEither() {
        registry.product("p1");
        registry.product("p2");

        NumberedPage<DescribedProduct> page =
                registry.productCatalogue(c -> c.page("p1"::equals, Optional.empty(), 1, 10));

        assertThat(page.items()).extracting(each -> each.product().productKey()).containsExactly("p1");
        assertThat(page.total()).isEqualTo(1);
    }

    @Test
    void productsAreListedByWhetherTheyHaveAThingModel() {
        registry.product(LAMP);
        create("a1gate", GATEWAY);

        assertThat(registry.<NumberedPage<DescribedProduct>>productCatalogue(
                c -> c.page(key -> true, Optional.of(true), 1, 10)).items())
                .extracting(each -> each.product().productKey()).containsExactly("a1gate");
    }

    @Test
    void aPageBeyondTheEndIsEmpty() {
        registry.product(LAMP);

        assertThat(registry.<NumberedPage<DescribedProduct>>productCatalogue(
                c -> c.page(key -> true, Optional.empty(), 2, 10)).items()).isEmpty();
    }

    @Test
    void pagesHaveBounds() {
        registry.product(LAMP);

        refused(RegistryProblem.INVALID_PAGE, () -> registry.deviceCatalogue(c -> c.page(LAMP, 0, 10)));
        refused(RegistryProblem.INVALID_PAGE, () -> registry.deviceCatalogue(c -> c.page(LAMP, 201, 50)));
        refused(RegistryProblem.INVALID_LIMIT, () -> registry.deviceCatalogue(c -> c.page(LAMP, 1, 0)));
    }

    @Test
    void devicesAreCountedByProduct() {
        registry.product(LAMP);
        registry.product("a1none");
        registry.device(LAMP, "lamp_1");
        registry.device(LAMP, "lamp_2");

        assertThat(registry.<Map<String, Long>>productCatalogue(c -> c.devices(List.of(LAMP, "a1none"))))
                .containsExactlyInAnyOrderEntriesOf(Map.of(LAMP, 2L, "a1none", 0L));
    }

    @Test
    void devicesAreListedByPagesAndGoOnByTheCursor() {
        registry.product(LAMP);
        for (int i = 1; i <= 5; i++) {
            registry.device(LAMP, "lamp_" + i);
        }

        NumberedPage<OwnedDevice> second = registry.deviceCatalogue(c -> c.page(LAMP, 2, 2));
        NumberedPage<OwnedDevice> third = registry.deviceCatalogue(c -> c.next(LAMP, second.next().orElseThrow(), 3, 2));

        assertThat(names(second)).containsExactly("lamp_3", "lamp_2");
        assertThat(names(third)).containsExactly("lamp_1");
        assertThat(third.next()).isEmpty();
        assertThat(third.total()).isEqualTo(5);
    }

    @Test
    void listedDevicesHaveTheirSecrets() {
        registry.product(LAMP);
        Device device = registry.device(LAMP, "lamp_1");

        OwnedDevice listed = registry.<NumberedPage<OwnedDevice>>deviceCatalogue(c -> c.page(LAMP, 1, 10)).items().get(0);

        assertThat(listed).isEqualTo(new OwnedDevice(device, registry.devices(d -> d.secret(device.key()))));
    }

    @Test
    void devicesAreFoundByTheirIds() {
        registry.product(LAMP);
        Device device = registry.device(LAMP, "lamp_1");

        assertThat(registry.<Device>deviceCatalogue(c -> c.identified(device.iotId()))).isEqualTo(device);
        refused(RegistryProblem.DEVICE_NOT_FOUND, () -> registry.deviceCatalogue(c -> c.identified("nobody")));
    }

    @Test
    void ofNamesThoseAreFoundThatDevicesHave() {
        registry.product(LAMP);
        registry.device(LAMP, "lamp_1");

        assertThat(registry.<Set<String>>deviceCatalogue(c -> c.present(LAMP, List.of("lamp_1", "lamp_2"))))
                .containsExactly("lamp_1");
    }

    @Test
    void activatedDevicesAreCounted() {
        registry.product(LAMP);
        registry.device(LAMP, "lamp_1");
        registry.device(LAMP, "lamp_2");
        registry.write(List.of(Update.online(new DeviceKey(LAMP, "lamp_1"), Registry.NOW, "192.0.2.1")));

        assertThat(registry.<DeviceCounts>deviceCatalogue(c -> c.counts(Optional.of(LAMP)))).isEqualTo(new DeviceCounts(2, 1));
        assertThat(registry.<DeviceCounts>deviceCatalogue(c -> c.counts(Optional.empty()))).isEqualTo(new DeviceCounts(2, 1));
    }

    private Product create(String key, ProductTraits traits) {
        return registry.products(p -> p.create(new NewProduct(Optional.of(key), "name_" + key, Optional.empty(),
                Optional.empty(), Authentication.SECRET, traits)));
    }

    private static List<String> names(NumberedPage<OwnedDevice> page) {
        return page.items().stream().map(owned -> owned.device().key().deviceName()).toList();
    }

    private static void refused(RegistryProblem problem, ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(RegistryException.class,
                e -> assertThat(e.problem()).isEqualTo(problem));
    }
}
