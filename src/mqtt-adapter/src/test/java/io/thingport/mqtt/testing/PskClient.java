package io.thingport.mqtt.testing;

import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Hashtable;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.UnaryOperator;
import org.bouncycastle.tls.BasicTlsPSKIdentity;
import org.bouncycastle.tls.CipherSuite;
import org.bouncycastle.tls.MaxFragmentLength;
import org.bouncycastle.tls.PSKTlsClient;
import org.bouncycastle.tls.ProtocolVersion;
import org.bouncycastle.tls.TlsClientProtocol;
import org.bouncycastle.tls.TlsExtensionsUtils;
import org.bouncycastle.tls.crypto.TlsCrypto;
import org.bouncycastle.tls.crypto.impl.jcajce.JcaTlsCryptoProvider;

/** The client's side of TLS with a pre-shared key, with a way to send it otherwise than a client would. */
public final class PskClient {

    private static final TlsCrypto CRYPTO = new JcaTlsCryptoProvider().create(new SecureRandom(), new SecureRandom());
    private static final int HEADER = 5;

    private final int port;
    private final String identity;
    private final byte[] key;
    private int suite = CipherSuite.TLS_PSK_WITH_AES_128_CBC_SHA;
    private boolean smallFragments;
    private UnaryOperator<byte[]> change = UnaryOperator.identity();
    private final ByteArrayOutputStream received = new ByteArrayOutputStream();
    private volatile OptionalInt alert = OptionalInt.empty();

    public PskClient(int port, String identity, byte[] key) {
        this.port = port;
        this.identity = identity;
        this.key = key;
    }

    /** Offers this suite alone. */
    public PskClient suite(int suite) {
        this.suite = suite;
        return this;
    }

    /** Asks for fragments of no more than 512 bytes. */
    public PskClient smallFragments() {
        smallFragments = true;
        return this;
    }

    /** Changes what goes to the socket, write by write. */
    public PskClient change(UnaryOperator<byte[]> change) {
        this.change = change;
        return this;
    }

    /** Shakes hands. */
    public RawClient connect() throws IOException {
        Socket socket = RawClient.connect(port, 0);
        try {
            TlsClientProtocol tls = new TlsClientProtocol(kept(socket.getInputStream()), changed(socket.getOutputStream()));
            tls.connect(new Client());
            return new RawClient(socket, tls.getInputStream(), tls.getOutputStream());
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    /** The fatal alert that the server has sent. */
    public OptionalInt alert() {
        return alert;
    }

    /** The lengths of the records that have come. */
    public List<Integer> recordLengths() {
        byte[] bytes = received.toByteArray();
        List<Integer> lengths = new ArrayList<>();
        for (int i = 0; i + HEADER <= bytes.length; i += HEADER + lengths.get(lengths.size() - 1)) {
            lengths.add((bytes[i + 3] & 0xFF) << 8 | bytes[i + 4] & 0xFF);
        }
        return lengths;
    }

    private InputStream kept(InputStream in) {
        return new FilterInputStream(in) {
            @Override
            public int read() throws IOException {
                int b = super.read();
                if (b >= 0) {
                    received.write(b);
                }
                return b;
            }

            @Override
            public int read(byte[] bytes, int offset, int length) throws IOException {
                int count = super.read(bytes, offset, length);
                if (count > 0) {
                    received.write(bytes, offset, count);
                }
                return count;
            }
        };
    }

    private OutputStream changed(OutputStream out) {
        return new FilterOutputStream(out) {
            @Override
            public void write(byte[] bytes, int offset, int length) throws IOException {
                byte[] given = new byte[length];
                System.arraycopy(bytes, offset, given, 0, length);
                out.write(change.apply(given));
            }
        };
    }

    private final class Client extends PSKTlsClient {

        Client() {
            super(CRYPTO, new BasicTlsPSKIdentity(identity, key));
        }

        @Override
        protected int[] getSupportedCipherSuites() {
            return new int[] {suite};
        }

        @Override
        protected ProtocolVersion[] getSupportedVersions() {
            return ProtocolVersion.TLSv12.only();
        }

        @Override
        public Hashtable<?, ?> getClientExtensions() throws IOException {
            Hashtable<?, ?> extensions = super.getClientExtensions();
            if (smallFragments) {
                TlsExtensionsUtils.addMaxFragmentLengthExtension(extensions, MaxFragmentLength.pow2_9);
            }
            return extensions;
        }

        @Override
        public void notifyAlertReceived(short level, short description) {
            if (level == 2) {
                alert = OptionalInt.of(description);
            }
        }
    }
}
