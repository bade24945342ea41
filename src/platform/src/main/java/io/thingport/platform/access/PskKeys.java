package io.thingport.platform.access;

import io.thingport.platform.registry.DeviceDirectory;
import io.thingport.platform.registry.DirectoryAnswer;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The pre-shared keys of devices: each is made from the device's present secret. The previous one of a rotation is not
 * tried, as a handshake takes one key. From any thread, never blocks.
 */
public final class PskKeys {

    /** Keys looked up in the database at a time; who comes beyond has no key. Devices that are known need no look-up. */
    static final int LOOK_UPS_MAXIMUM = 256;

    private static final CompletionStage<Optional<byte[]>> NONE = CompletableFuture.completedStage(Optional.empty());

    private final DeviceDirectory directory;
    private final AtomicInteger lookUps = new AtomicInteger();

    public PskKeys(DeviceDirectory directory) {
        this.directory = directory;
    }

    /** The key of an identity; empty when no device has it, or none can be looked up now. */
    public CompletionStage<Optional<byte[]>> key(String identity) {
        Optional<PskIdentity> parsed = PskIdentity.parse(identity);
        if (parsed.isEmpty()) {
            return NONE;
        }
        if (lookUps.incrementAndGet() > LOOK_UPS_MAXIMUM && !directory.knows(parsed.get().device())) {
            lookUps.decrementAndGet();
            return NONE;
        }
        CompletableFuture<Optional<byte[]>> key = new CompletableFuture<>();
        directory.find(parsed.get().device(), answer -> {
            lookUps.decrementAndGet();
            key.complete(answer instanceof DirectoryAnswer.Found found
                    ? Optional.of(parsed.get().key(found.credentials().secrets().present()))
                    : Optional.empty());
        });
        return key;
    }
}
