package io.thingport.mqtt.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Fails a test class in which a buffer was lost. Netty reports one once the garbage collector has found it; that it has
 * looked is known by a buffer that is lost on purpose. Applied to every test class by the service loader.
 */
public final class LeakReports implements BeforeAllCallback, AfterAllCallback {

    private static final String ON_PURPOSE = "lost on purpose";
    private static final List<String> REPORTS = new CopyOnWriteArrayList<>();

    @Override
    public void beforeAll(ExtensionContext context) {
        ByteBufUtil.setLeakListener((type, records) -> REPORTS.add(records));
    }

    @Override
    public void afterAll(ExtensionContext context) {
        String onPurpose = ON_PURPOSE + " by " + context.getUniqueId(); // Netty tells nothing twice
        loseOne(onPurpose);
        Eventually.until("the garbage collector has looked", () -> {
            System.gc();
            allocator().directBuffer(1).release(); // Netty reports what was found when a buffer is allocated
            return REPORTS.stream().anyMatch(report -> report.contains(onPurpose));
        });
        List<String> lost = REPORTS.stream().filter(report -> !report.contains(ON_PURPOSE)).toList();
        REPORTS.clear();
        assertThat(lost).isEmpty();
    }

    private static void loseOne(String hint) {
        ByteBuf buffer = allocator().directBuffer(1);
        buffer.touch(hint);
    }

    private static UnpooledByteBufAllocator allocator() {
        return UnpooledByteBufAllocator.DEFAULT;
    }
}
