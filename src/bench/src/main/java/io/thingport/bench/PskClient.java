package io.thingport.bench;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import org.bouncycastle.tls.BasicTlsPSKIdentity;
import org.bouncycastle.tls.PSKTlsClient;
import org.bouncycastle.tls.TlsClientProtocol;
import org.bouncycastle.tls.crypto.impl.bc.BcTlsCrypto;

/** TLS with a pre-shared key, as a device with the vendor's C SDK has it. */
final class PskClient {

    private static final String TIMESTAMP = "2524608000000";

    private PskClient() {
    }

    /** The connection of a device after its handshake. */
    static Wire open(Socket socket, Fleet.Device device) throws IOException {
        String id = device.productKey() + "&" + device.name();
        String key = DeviceLogin.sign(device.secret(), "id" + id + "timestamp" + TIMESTAMP).toUpperCase();
        TlsClientProtocol tls = new TlsClientProtocol(socket.getInputStream(), socket.getOutputStream());
        tls.connect(new PSKTlsClient(new BcTlsCrypto(new SecureRandom()), new BasicTlsPSKIdentity(
                "devicename|hmacsha256|" + id + "|" + TIMESTAMP, key.getBytes(StandardCharsets.US_ASCII))));
        return new StreamWire(tls.getInputStream(), tls.getOutputStream(), () -> {
            tls.close();
            socket.close();
        });
    }
}
