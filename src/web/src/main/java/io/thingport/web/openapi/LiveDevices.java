package io.thingport.web.openapi;

import io.thingport.platform.registry.Device;
import io.thingport.platform.session.Connections;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Asks the event loops which devices are connected. From any thread; nothing waits. */
@Dependent
public class LiveDevices {

    private final Connections connections;

    @Inject
    public LiveDevices(Connections connections) {
        this.connections = connections;
    }

    /** Fails with {@link java.util.concurrent.RejectedExecutionException} when the server is too busy or not ready. */
    CompletionStage<LiveDevice> of(Device device) {
        return connections.find(device.key()).thenApply(connection -> new LiveDevice(device, connection));
    }

    /** Each of some devices, in their order. Fails like {@link #of(Device)}. */
    CompletionStage<List<LiveDevice>> of(List<Device> devices) {
        List<CompletableFuture<LiveDevice>> each =
                devices.stream().map(device -> of(device).toCompletableFuture()).toList();
        return CompletableFuture.allOf(each.toArray(CompletableFuture[]::new))
                .thenApply(all -> each.stream().map(CompletableFuture::join).toList());
    }
}
