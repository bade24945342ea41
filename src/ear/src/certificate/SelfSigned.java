import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * Makes a root of its own and a certificate for this machine under it, so that TLS can be tried without either. Both say
 * in their names what they are. The root stays; the certificate is made anew when it is about to expire, or when the
 * machine has got a name or an address that it does not have.
 *
 * <p>The start command runs it from source, so it uses the JDK and nothing else. RSA, because devices made for the Aliyun
 * IoT Platform know nothing else. The files, in the folder that is the only argument and for its owner only:
 * <ul>
 *   <li>{@code root.pem}: the root's certificate, for devices and browsers
 *   <li>{@code server.pem}, {@code server-key.pem}: certificate and key of the server, for MQTT
 *   <li>{@code https.p12}: the same for HTTPS, with the password that is in {@code password}
 *   <li>{@code root.p12}: the root's key
 * </ul>
 */
public class SelfSigned {

    private static final String MARK = ", OU=self-signed for trying out, O=Thingport";
    private static final String ROOT_DAYS = "3650";
    private static final String SERVER_DAYS = "365";
    private static final Duration RENEW_BEFORE = Duration.ofDays(30);

    private final Path folder;
    private final char[] password;

    private SelfSigned(Path folder) throws IOException {
        this.folder = folder;
        Path file = folder.resolve("password");
        if (Files.notExists(file)) {
            byte[] random = new byte[16];
            new SecureRandom().nextBytes(random);
            write(file, HexFormat.of().formatHex(random));
        }
        password = Files.readString(file).strip().toCharArray();
    }

    public static void main(String[] args) throws Exception {
        Path folder = Path.of(args[0]);
        Files.createDirectories(folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        SelfSigned files = new SelfSigned(folder);
        if (Files.notExists(folder.resolve("root.pem"))) {
            files.makeRoot();
        }
        Set<String> names = names();
        if (!files.serverIsGood(names)) {
            files.makeServer(names);
            System.out.println("Made a certificate for TLS under a root of its own, for trying out: " + folder.resolve("server.pem"));
        }
    }

    private void makeRoot() throws IOException, GeneralSecurityException, InterruptedException {
        Files.deleteIfExists(folder.resolve("root.p12"));
        keytool("-genkeypair", "-alias", "root", "-keystore", "root.p12", "-keyalg", "RSA", "-keysize", "2048",
                "-validity", ROOT_DAYS, "-dname", "CN=Thingport root of " + hostName() + MARK,
                "-ext", "bc:critical=ca:true,pathlen:0", "-ext", "ku:critical=keyCertSign,cRLSign");
        write(folder.resolve("root.pem"), pem("CERTIFICATE", load("root.p12").getCertificate("root").getEncoded()));
    }

    private boolean serverIsGood(Set<String> names) throws IOException, GeneralSecurityException {
        if (Files.notExists(folder.resolve("server.pem"))) {
            return false;
        }
        try (InputStream in = Files.newInputStream(folder.resolve("server.pem"))) {
            X509Certificate server = (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
            Set<String> known = new HashSet<>();
            for (List<?> name : server.getSubjectAlternativeNames()) {
                known.add(name.get(1).toString());
            }
            return server.getNotAfter().toInstant().isAfter(Instant.now().plus(RENEW_BEFORE))
                    && known.containsAll(names);
        }
    }

    private void makeServer(Set<String> names) throws IOException, GeneralSecurityException, InterruptedException {
        for (String file : List.of("server.p12", "request", "signed")) {
            Files.deleteIfExists(folder.resolve(file));
        }
        String alternatives = names.stream().map(name -> (isAddress(name) ? "ip:" : "dns:") + name)
                .collect(Collectors.joining(","));
        keytool("-genkeypair", "-alias", "server", "-keystore", "server.p12", "-keyalg", "RSA", "-keysize", "2048",
                "-validity", SERVER_DAYS, "-dname", "CN=" + hostName() + MARK);
        keytool("-certreq", "-alias", "server", "-keystore", "server.p12", "-file", "request");
        keytool("-gencert", "-alias", "root", "-keystore", "root.p12", "-infile", "request", "-outfile", "signed",
                "-validity", SERVER_DAYS, "-ext", "san=" + alternatives, "-ext", "ku:critical=digitalSignature,keyEncipherment",
                "-ext", "eku=serverAuth");
        Certificate signed;
        try (InputStream in = Files.newInputStream(folder.resolve("signed"))) {
            signed = CertificateFactory.getInstance("X.509").generateCertificate(in);
        }
        Certificate[] chain = {signed, load("root.p12").getCertificate("root")};
        KeyStore server = load("server.p12");
        Key key = server.getKey("server", password);
        server.setKeyEntry("server", key, password, chain);
        Path https = folder.resolve("https.p12.new");
        try (OutputStream out = Files.newOutputStream(https)) {
            server.store(out, password);
        }
        Files.move(https, folder.resolve("https.p12"), StandardCopyOption.ATOMIC_MOVE);
        write(folder.resolve("server-key.pem"), pem("PRIVATE KEY", key.getEncoded()));
        write(folder.resolve("server.pem"), pem("CERTIFICATE", chain[0].getEncoded()) + pem("CERTIFICATE", chain[1].getEncoded()));
        for (String file : List.of("server.p12", "request", "signed")) {
            Files.delete(folder.resolve(file));
        }
    }

    /** What this machine may be called by: its names and the addresses of its interfaces. */
    private static Set<String> names() throws IOException {
        Set<String> names = new TreeSet<>(List.of("localhost", "127.0.0.1", "0:0:0:0:0:0:0:1"));
        if (hostName().matches("[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?")) {
            names.add(hostName());
        }
        for (NetworkInterface network : Collections.list(NetworkInterface.getNetworkInterfaces())) {
            if (network.isUp()) {
                for (InetAddress address : Collections.list(network.getInetAddresses())) {
                    if (!address.isLinkLocalAddress()) {
                        names.add(address.getHostAddress().replaceFirst("%.*", ""));
                    }
                }
            }
        }
        return names;
    }

    private static boolean isAddress(String name) {
        return name.contains(":") || name.matches("[0-9.]+");
    }

    private static String hostName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (IOException e) {
            return "localhost";
        }
    }

    private KeyStore load(String file) throws IOException, GeneralSecurityException {
        return KeyStore.getInstance(folder.resolve(file).toFile(), password);
    }

    private void keytool(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "keytool").toString()));
        command.addAll(List.of(arguments));
        command.addAll(List.of("-storetype", "PKCS12", "-storepass:file", "password"));
        Process process = new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!process.waitFor(1, TimeUnit.MINUTES) || process.exitValue() != 0) {
            throw new IOException("keytool " + arguments[0] + " failed: " + said);
        }
    }

    private static String pem(String type, byte[] der) {
        return "-----BEGIN " + type + "-----\n"
                + Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII)).encodeToString(der)
                + "\n-----END " + type + "-----\n";
    }

    /** For its owner only, and all of it or nothing. */
    private static void write(Path file, String text) throws IOException {
        Path beside = Path.of(file + ".new");
        Files.deleteIfExists(beside);
        Files.createFile(beside, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(beside, text);
        Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE);
    }
}
