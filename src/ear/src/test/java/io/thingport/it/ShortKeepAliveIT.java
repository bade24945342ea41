package io.thingport.it;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What takes longer than a keep-alive, on a server that lets it be short. */
@Tag("once")
class ShortKeepAliveIT {

    /** 8 s after its last packet it has been silent for over one keep-alive, and is not closed yet: that would be at 9 s. */
    @Test
    void callOfADeviceThatFellSilentIsHalfConnected() throws Exception {
        try (ThingportServer server = ThingportServer.packaged("short-keep-alive",
                Map.of("thingport.keep-alive.minimum", "PT1S")).start()) {
            Rest rest = server.rest();
            Device device = new Fleet(rest).device();
            try (RawConnection raw = new RawConnection(server)) {
                raw.send(RawConnection.connect(4, device.login().keepAlive(6))).readPacket();
                raw.send(RawConnection.subscribe(4, 0, device.system("rrpc/request/+"))).readPacket();
                assertThat(rest.post(device.path() + "/rrpc", Json.createObjectBuilder().add("payload", "q")
                        .add("timeoutMillis", 8000).build()).ok().json().getString("outcome")).isEqualTo("half-connected");
            }
        }
    }
}
