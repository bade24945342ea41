package io.thingport.web.openapi;

import io.thingport.mqtt.DeviceKey;
import io.thingport.platform.registry.DeviceCatalogue;
import jakarta.ejb.EJB;
import jakarta.enterprise.context.Dependent;

/** Which device an operation is about: the one with {@code IotId}, else the one of {@code ProductKey} and {@code DeviceName}. */
@Dependent
public class DeviceSelector {

    @EJB
    private DeviceCatalogue devices;

    /** For the container. */
    public DeviceSelector() {
    }

    DeviceSelector(DeviceCatalogue devices) {
        this.devices = devices;
    }

    /**
     * The device, of a product that the caller may do this to. Blocks on the database.
     *
     * @throws IotException when there is no such device by its id, or the parameters do not name one
     */
    DeviceKey select(Invocation in) {
        if (in.text("IotId").isPresent()) {
            DeviceKey key = devices.identified(in.text("IotId").get()).key();
            in.permit(key.productKey());
            return key;
        }
        if (in.text("ProductKey").isEmpty() && in.text("DeviceName").isEmpty()) {
            throw new IotException(IotError.INVALID_IOT_ID, "IotId, or ProductKey and DeviceName, have to name a device");
        }
        return in.deviceKey();
    }
}
