package io.thingport.platform.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.thingport.mqtt.TlsMaterial;
import io.thingport.platform.config.Settings.ServerFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MaterialReaderTest {

    private static Issuer root;
    private static Issuer between;
    private static Issuer server;

    @TempDir
    private Path folder;

    @BeforeAll
    static void issue() throws Exception {
        root = Issuer.root("root");
        between = root.issue("between");
        server = between.issue("server");
    }

    @Test
    void aChainAndItsKeyAreRead() throws Exception {
        TlsMaterial material = read(server.certificatePem() + between.certificatePem(), server.keyPem());

        assertThat(material.chain()).containsExactly(server.certificate(), between.certificate());
        assertThat(material.key()).isEqualTo(server.key());
        assertThat(material.clientAuthorities()).isEmpty();
        assertThat(material.revocations()).isEmpty();
    }

    @Test
    void textAroundTheBlocksMeansNothing() throws Exception {
        TlsMaterial material = read("subject=CN = server\r\n" + server.certificatePem().replace("\n", "\r\n") + "\nthe end",
                "Key Attributes: <No Attributes>\n" + server.keyPem());

        assertThat(material.chain()).containsExactly(server.certificate());
    }

    @Test
    void anRsaKeyMayBeOfPkcs1() throws Exception {
        assertThat(read(server.certificatePem(), server.oldKeyPem()).key()).isEqualTo(server.key());
    }

    @Test
    void aKeyMayBeOfAnEllipticCurve() throws Exception {
        Issuer elliptic = root.issue("elliptic", "EC", Issuer.NOW);

        assertThat(read(elliptic.certificatePem(), elliptic.keyPem()).key()).isEqualTo(elliptic.key());
    }

    @Test
    void authoritiesAndRevocationListsOfClientsAreRead() throws Exception {
        Path authorities = write("authorities.pem", root.certificatePem() + between.certificatePem());
        Path lists = write("lists.pem", Issuer.pem("X509 CRL", root.emptyList().getEncoded()));

        TlsMaterial material = new MaterialReader(files(server.certificatePem(), server.keyPem()), Optional.of(authorities),
                Optional.of(lists)).read();

        assertThat(material.clientAuthorities()).containsExactly(root.certificate(), between.certificate());
        assertThat(material.revocations()).containsExactly(root.emptyList());
    }

    @Test
    void aKeyOfAnotherCertificateIsRefused() {
        assertThatThrownBy(() -> read(server.certificatePem(), between.keyPem()))
                .hasMessageContaining("key.pem does not belong to the first certificate").hasMessageContaining("CN=server");
    }

    @Test
    void aKeyOfAnotherKindIsRefused() {
        assertThatThrownBy(() -> read(server.certificatePem(), root.issue("elliptic", "EC", Issuer.NOW).keyPem()))
                .hasMessageContaining("does not belong");
    }

    @Test
    void aChainOutOfOrderIsRefused() {
        assertThatThrownBy(() -> read(server.certificatePem() + root.certificatePem() + between.certificatePem(),
                server.keyPem()))
                .hasMessageContaining("certificate 1, CN=server, was not issued by the one after it, CN=root");
    }

    @Test
    void anEncryptedKeyIsRefusedWithTheWayOut() {
        String encrypted = Issuer.pem("ENCRYPTED PRIVATE KEY", new byte[64]);

        assertThatThrownBy(() -> read(server.certificatePem(), encrypted)).hasMessageContaining("openssl pkcs8 -topk8 -nocrypt");
    }

    @Test
    void aFileWithoutKeyIsRefused() {
        assertThatThrownBy(() -> read(server.certificatePem(), server.certificatePem()))
                .hasMessageContaining("key.pem: it holds 0 private keys");
    }

    @Test
    void aFileWithoutCertificateIsRefused() {
        assertThatThrownBy(() -> read("", server.keyPem())).hasMessageContaining("certificate.pem: it holds no CERTIFICATE");
    }

    @Test
    void aDamagedCertificateIsRefused() {
        assertThatThrownBy(() -> read(Issuer.pem("CERTIFICATE", new byte[100]), server.keyPem()))
                .hasMessageContaining("certificate.pem: certificate 1 cannot be read");
    }

    @Test
    void aMissingFileIsNamed() {
        ServerFiles missing = new ServerFiles(folder.resolve("none.pem"), folder.resolve("none.pem"));

        assertThatThrownBy(() -> new MaterialReader(missing, Optional.empty(), Optional.empty()).read())
                .hasMessageContaining("none.pem: there is no such file");
    }

    private TlsMaterial read(String certificate, String key) throws Exception {
        return new MaterialReader(files(certificate, key), Optional.empty(), Optional.empty()).read();
    }

    private ServerFiles files(String certificate, String key) throws IOException {
        return new ServerFiles(write("certificate.pem", certificate), write("key.pem", key));
    }

    private Path write(String name, String content) throws IOException {
        return Files.writeString(folder.resolve(name), content);
    }
}
