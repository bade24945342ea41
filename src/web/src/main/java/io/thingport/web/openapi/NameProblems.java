package io.thingport.web.openapi;

import io.thingport.platform.registry.NamedDevice;
import io.thingport.platform.registry.RegistryException;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObjectBuilder;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What is wrong with the names of devices that are applied for together.
 *
 * @param names     that no device may have
 * @param nicknames that no device may have
 * @param repeated  names that are there more than once
 * @param details   each problem
 */
record NameProblems(List<String> names, List<String> nicknames, List<String> repeated, List<Detail> details) {

    /** Why a device cannot be called so. */
    record Detail(NamedDevice device, String why) {
    }

    /** The problems; empty when there is none. */
    static Optional<NameProblems> of(List<NamedDevice> named) {
        NameProblems problems = new NameProblems(new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        Set<String> seen = new HashSet<>();
        named.forEach(device -> problems.look(device, seen));
        return problems.details.isEmpty() ? Optional.empty() : Optional.of(problems);
    }

    private void look(NamedDevice device, Set<String> seen) {
        Optional<RegistryException> name = device.nameProblem();
        name.ifPresent(problem -> add(names, device.deviceName(), new Detail(device, problem.getMessage())));
        device.nicknameProblem().ifPresent(problem ->
                add(nicknames, device.nickname().orElse(""), new Detail(device, problem.getMessage())));
        if (name.isEmpty() && !seen.add(device.deviceName())) {
            add(repeated, device.deviceName(), new Detail(device, "the name is there more than once"));
        }
    }

    private void add(List<String> to, String text, Detail detail) {
        to.add(text);
        details.add(detail);
    }

    /** What to answer. */
    IotException refusal() {
        IotError error = !names.isEmpty() ? IotError.INVALID_FORMATTED_DEVICE_NAME
                : !nicknames.isEmpty() ? IotError.INVALID_NICKNAME : IotError.ALREADY_EXISTED_DEVICE_NAME;
        return new IotException(error, details.size() + " names cannot be used: " + details.get(0).why(), data().build());
    }

    private JsonObjectBuilder data() {
        JsonArrayBuilder each = Answer.list();
        details.forEach(detail -> {
            JsonObjectBuilder item = Answer.fields().add("DeviceName", detail.device().deviceName());
            detail.device().nickname().ifPresent(nickname -> item.add("NickName", nickname));
            each.add(item.add("ErrorMsg", detail.why()));
        });
        return Answer.fields()
                .add("InvalidDeviceNameList", Answer.fields().add("InvalidDeviceName", Answer.list(names)))
                .add("InvalidDeviceNicknameList", Answer.fields().add("InvalidDeviceNickname", Answer.list(nicknames)))
                .add("RepeatedDeviceNameList", Answer.fields().add("RepeatDevieNameList", Answer.list(repeated))) // sic
                .add("InvalidDetailList", Answer.fields().add("InvalidDetailList", each));
    }
}
