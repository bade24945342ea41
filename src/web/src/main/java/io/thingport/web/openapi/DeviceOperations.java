package io.thingport.web.openapi;

import io.thingport.mqtt.DeviceKey;
import io.thingport.platform.accesskey.Scope;
import io.thingport.platform.config.Settings;
import io.thingport.platform.registry.DescribedProduct;
import io.thingport.platform.registry.Device;
import io.thingport.platform.registry.DeviceCatalogue;
import io.thingport.platform.registry.Devices;
import io.thingport.platform.registry.NewDevice;
import io.thingport.platform.registry.NumberedPage;
import io.thingport.platform.registry.OwnedDevice;
import io.thingport.platform.registry.ProductCatalogue;
import io.thingport.platform.registry.Products;
import jakarta.ejb.EJB;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObjectBuilder;
import java.time.ZoneId;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/** Devices, one by one and in lists. Whether they are connected their event loops say. */
@ApplicationScoped
public class DeviceOperations implements OperationGroup {

    private static final int PAGE_MAXIMUM = 50;
    private static final int STATES_MAXIMUM = 50;

    @EJB
    private Devices devices;
    @EJB
    private Products products;
    @EJB
    private DeviceCatalogue catalogue;
    @EJB
    private ProductCatalogue productCatalogue;
    @Inject
    private DeviceSelector selector;
    @Inject
    private LiveDevices live;
    @Inject
    private Settings settings;

    /** For the container. */
    public DeviceOperations() {
    }

    @Override
    public List<Operation> operations() {
        return List.of(
                Operation.of("RegisterDevice", Scope.MANAGE, this::register),
                new Operation("QueryDevice", Scope.READ, this::list),
                new Operation("QueryDeviceDetail", Scope.READ, this::detail),
                Operation.of("QueryDeviceInfo", Scope.READ, this::info),
                Operation.later("GetDeviceStatus", Scope.READ, this::found, DeviceOperations::status),
                Operation.later("BatchGetDeviceState", Scope.READ, this::several, this::states),
                Operation.of("DisableThing", Scope.MANAGE, in -> enable(in, false)),
                Operation.of("EnableThing", Scope.MANAGE, in -> enable(in, true)),
                Operation.of("DeleteDevice", Scope.MANAGE, this::delete));
    }

    private JsonObjectBuilder register(Invocation in) {
        Device device = devices.register(in.productKey(),
                new NewDevice(in.text("DeviceName"), in.text("Nickname"), Optional.empty()));
        return Answer.fields().add("Data", described(in, new OwnedDevice(device, devices.secret(device.key()))));
    }

    private CompletionStage<Supplier<JsonObjectBuilder>> list(Invocation in) {
        String productKey = in.productKey();
        PageRequest asked = PageRequest.optional(in, PAGE_MAXIMUM);
        products.get(productKey);
        NumberedPage<OwnedDevice> page = in.text("NextToken").isPresent()
                ? catalogue.next(productKey, in.text("NextToken").get(), asked.number(), asked.size())
                : catalogue.page(productKey, asked.number(), asked.size());
        return live.of(page.items().stream().map(OwnedDevice::device).toList()).thenApply(states -> () -> list(in, page, states));
    }

    private static JsonObjectBuilder list(Invocation in, NumberedPage<OwnedDevice> page, List<LiveDevice> states) {
        JsonArrayBuilder items = Answer.list();
        for (int i = 0; i < states.size(); i++) {
            LiveDevice state = states.get(i);
            items.add(described(in, page.items().get(i))
                    .add("DeviceId", state.device().iotId())
                    .add("DeviceStatus", state.state().name())
                    .add("GmtCreate", VendorTime.gmt(state.device().createdAt()))
                    .add("UtcCreate", VendorTime.utc(state.device().createdAt()))
                    .add("GmtModified", VendorTime.gmt(state.lastEvent()))
                    .add("UtcModified", VendorTime.utc(state.lastEvent())));
        }
        JsonObjectBuilder answer = Answer.fields()
                .add("Data", Answer.fields().add("DeviceInfo", items))
                .add("Page", page.number())
                .add("PageSize", page.size())
                .add("PageCount", page.pages())
                .add("Total", page.total());
        page.next().ifPresent(next -> answer.add("NextToken", next));
        return answer;
    }

    private CompletionStage<Supplier<JsonObjectBuilder>> detail(Invocation in) {
        OwnedDevice owned = catalogue.get(selector.select(in));
        DescribedProduct product = productCatalogue.get(owned.device().key().productKey());
        return live.of(owned.device()).thenApply(state -> () ->
                Answer.fields().add("Data", detail(in, owned, product, state)));
    }

    private JsonObjectBuilder detail(Invocation in, OwnedDevice owned, DescribedProduct product, LiveDevice state) {
        return described(in, owned)
                .add("Region", in.text("RegionId").orElse(""))
                .add("ProductName", product.product().name())
                .add("NodeType", ProductForm.number(product.traits().nodeType()))
                .add("Status", state.state().name())
                .add("FirmwareVersion", "")
                .add("IpAddress", state.address().orElse(""))
                .add("Owner", true)
                .add("GmtCreate", VendorTime.local(Optional.of(owned.device().createdAt()), zone()))
                .add("UtcCreate", VendorTime.utc(owned.device().createdAt()))
                .add("GmtActive", VendorTime.local(state.activatedAt(), zone()))
                .add("UtcActive", VendorTime.utc(state.activatedAt()))
                .add("GmtOnline", VendorTime.local(state.lastOnline(), zone()))
                .add("UtcOnline", VendorTime.utc(state.lastOnline()));
    }

    private JsonObjectBuilder info(Invocation in) {
        return Answer.fields().add("Data", described(in, catalogue.get(selector.select(in))));
    }

    private CompletionStage<LiveDevice> found(Invocation in) {
        return live.of(devices.get(selector.select(in)));
    }

    private static JsonObjectBuilder status(LiveDevice device) {
        JsonObjectBuilder data = Answer.fields().add("Status", device.state().name());
        device.lastChange().ifPresent(when -> data.add("Timestamp", when.toEpochMilli()));
        return Answer.fields().add("Data", data);
    }

    /** Those that there are of the devices with these ids, or these names. */
    private CompletionStage<List<LiveDevice>> several(Invocation in) {
        Set<String> ids = new LinkedHashSet<>(in.list("IotId"));
        Set<String> names = new LinkedHashSet<>(in.list("DeviceName"));
        Set<String> asked = ids.isEmpty() ? names : ids;
        if (asked.isEmpty()) {
            throw new IotException(IotError.NONE_DEVICE_NAME_ELEMENT, "DeviceName.1 or IotId.1 is missing");
        }
        if (asked.size() > STATES_MAXIMUM) {
            throw new IotException(IotError.DEVICE_COUNT_EXCEEDED, "more than " + STATES_MAXIMUM + " devices are named");
        }
        if (!ids.isEmpty()) {
            List<Device> found = catalogue.identified(ids);
            found.stream().map(device -> device.key().productKey()).distinct().forEach(in::permit);
            return live.of(found);
        }
        String productKey = in.productKey();
        products.get(productKey);
        return live.of(catalogue.all(productKey, names));
    }

    private JsonObjectBuilder states(List<LiveDevice> found) {
        JsonArrayBuilder items = Answer.list();
        found.forEach(each -> {
            JsonObjectBuilder item = Answer.fields()
                    .add("DeviceName", each.device().key().deviceName())
                    .add("IotId", each.device().iotId())
                    .add("DeviceId", each.device().iotId())
                    .add("Status", each.state().name())
                    .add("LastOnlineTime", VendorTime.local(each.lastOnline(), zone()))
                    .add("AsAddress", each.address().orElse(""));
            each.lastChange().ifPresent(when -> item.add("Timestamp", when.toEpochMilli()));
            items.add(item);
        });
        return Answer.fields().add("DeviceStatusList", Answer.fields().add("DeviceStatus", items));
    }

    private JsonObjectBuilder enable(Invocation in, boolean enabled) {
        devices.setEnabled(selector.select(in), enabled);
        return Answer.fields();
    }

    private JsonObjectBuilder delete(Invocation in) {
        devices.delete(selector.select(in));
        return Answer.fields();
    }

    /** What all operations tell of a device; its secret to those alone who may have it. */
    private static JsonObjectBuilder described(Invocation in, OwnedDevice owned) {
        DeviceKey key = owned.device().key();
        JsonObjectBuilder fields = Answer.fields()
                .add("ProductKey", key.productKey())
                .add("DeviceName", key.deviceName())
                .add("IotId", owned.device().iotId())
                .add("Nickname", owned.device().nickname().orElse(""));
        return in.permitsSecrets(key.productKey()) ? fields.add("DeviceSecret", owned.secret().reveal()) : fields;
    }

    private ZoneId zone() {
        return settings.upstream().timeZone();
    }
}
