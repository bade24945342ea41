package io.thingport.web.openapi;

import io.thingport.platform.accesskey.Scope;
import io.thingport.platform.apply.ApplyState;
import io.thingport.platform.apply.DeviceApplies;
import io.thingport.platform.apply.DeviceApply;
import io.thingport.platform.apply.NameState;
import io.thingport.platform.registry.NamedDevice;
import io.thingport.platform.registry.NumberedPage;
import io.thingport.platform.registry.OwnedDevice;
import jakarta.ejb.EJB;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObjectBuilder;
import java.util.List;
import java.util.Optional;

/**
 * Devices by thousands: they are applied for and created in the background. To have names checked is to apply, too: it is kept,
 * and pushes out the oldest.
 */
@ApplicationScoped
public class BatchRegistrationOperations implements OperationGroup {

    private static final int PAGE_MAXIMUM = 50;

    @EJB
    private DeviceApplies applies;

    /** For the container. */
    public BatchRegistrationOperations() {
    }

    @Override
    public List<Operation> operations() {
        return List.of(
                Operation.of("BatchRegisterDevice", Scope.MANAGE, this::generate),
                Operation.of("BatchCheckDeviceNames", Scope.MANAGE, this::check),
                Operation.of("BatchRegisterDeviceWithApplyId", Scope.MANAGE, this::start),
                Operation.of("QueryBatchRegisterDeviceStatus", Scope.READ, this::status),
                Operation.of("QueryPageByApplyId", Scope.READ, this::devices));
    }

    private JsonObjectBuilder generate(Invocation in) {
        String productKey = in.productKey();
        int count = in.integer("Count", IotError.INVALID_FORMATTED_PARAMETER).filter(given -> given > 0)
                .orElseThrow(() -> new IotException(IotError.INVALID_FORMATTED_PARAMETER, "Count has to be above 0"));
        return applied(applies.generate(productKey, count));
    }

    private JsonObjectBuilder check(Invocation in) {
        String productKey = in.productKey();
        List<NamedDevice> named = named(in);
        if (named.isEmpty()) {
            throw new IotException(IotError.NONE_DEVICE_NAME_ELEMENT,
                    "DeviceNameList.1.DeviceName or DeviceName.1 is missing");
        }
        if (named.size() > DeviceApplies.DEVICES_MAXIMUM) {
            throw new IotException(IotError.DEVICE_COUNT_EXCEEDED,
                    "more than " + DeviceApplies.DEVICES_MAXIMUM + " devices are named");
        }
        NameProblems.of(named).ifPresent(problems -> {
            throw problems.refusal();
        });
        return applied(applies.check(productKey, named));
    }

    /** The list that can hold nicknames wins. */
    private static List<NamedDevice> named(Invocation in) {
        List<NamedDevice> withNicknames = in.records("DeviceNameList").stream()
                .map(fields -> new NamedDevice(fields.text("DeviceName").orElse(""), fields.text("DeviceNickname"))).toList();
        return withNicknames.isEmpty()
                ? in.list("DeviceName").stream().map(name -> new NamedDevice(name, Optional.empty())).toList()
                : withNicknames;
    }

    private JsonObjectBuilder start(Invocation in) {
        String productKey = in.productKey();
        return applied(applies.start(productKey, applyId(in)));
    }

    private JsonObjectBuilder status(Invocation in) {
        String productKey = in.productKey();
        DeviceApply apply = applies.get(applyId(in));
        if (!apply.productKey().equals(productKey)) {
            throw new IotException(IotError.DEVICE_APPLY_IS_NOT_FOUND, "the product has no apply " + apply.id());
        }
        boolean created = apply.state() == ApplyState.FAILED;
        boolean failed = created || apply.state() == ApplyState.REFUSED;
        List<String> valid = failed ? applies.names(apply.id(), created ? NameState.CREATED : NameState.FREE) : List.of();
        List<String> invalid = failed ? applies.names(apply.id(), NameState.TAKEN) : List.of();
        JsonArrayBuilder details = Answer.list();
        invalid.forEach(name -> details.add(Answer.fields().add("DeviceName", name)
                .add("ErrorMsg", "another device of the product has the name")));
        return Answer.fields().add("Data", Answer.fields()
                .add("Status", status(apply.state()))
                .add("ValidList", Answer.fields().add("Name", Answer.list(valid)))
                .add("InvalidList", Answer.fields().add("Name", Answer.list(invalid)))
                .add("InvalidDetailList", Answer.fields().add("invalidDetailList", details))); // in lower case, as the vendor
    }

    private static String status(ApplyState state) {
        return switch (state) {
            case CHECKED -> "CHECK_SUCCESS";
            case REFUSED -> "CHECK_FAILED";
            case CREATING -> "CREATE";
            case CREATED -> "CREATE_SUCCESS";
            case FAILED -> "CREATE_FAILED";
        };
    }

    private JsonObjectBuilder devices(Invocation in) {
        PageRequest asked = PageRequest.optional(in, PAGE_MAXIMUM);
        DeviceApply apply = applies.get(applyId(in));
        in.permit(apply.productKey());
        NumberedPage<OwnedDevice> page = applies.devices(apply.id(), asked.number(), asked.size());
        JsonArrayBuilder items = Answer.list();
        page.items().forEach(owned -> {
            JsonObjectBuilder item = Answer.fields()
                    .add("DeviceId", owned.device().iotId())
                    .add("DeviceName", owned.device().key().deviceName())
                    .add("IotId", owned.device().iotId());
            items.add(in.permitsSecrets(apply.productKey()) ? item.add("DeviceSecret", owned.secret().reveal()) : item);
        });
        return Answer.fields()
                .add("ApplyDeviceList", Answer.fields().add("ApplyDeviceInfo", items))
                .add("Page", page.number())
                .add("PageSize", page.size())
                .add("PageCount", page.pages())
                .add("Total", page.total());
    }

    private static long applyId(Invocation in) {
        in.required("ApplyId", IotError.NULL_APPLY_ID);
        return in.number("ApplyId", IotError.INVALID_FORMATTED_APPLY_ID).orElseThrow();
    }

    private static JsonObjectBuilder applied(DeviceApply apply) {
        return Answer.fields().add("Data", Answer.fields().add("ApplyId", apply.id()));
    }
}
