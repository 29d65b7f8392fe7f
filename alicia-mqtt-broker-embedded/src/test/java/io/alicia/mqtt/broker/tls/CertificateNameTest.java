package io.alicia.mqtt.broker.tls;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CertificateNameTest {

    @TempDir
    static Path directory;

    @BeforeAll
    static void find() {
        OpenSsl.require("openssl");
    }

    private static X509Certificate certificate(String subject) throws IOException {
        OpenSsl.run(
                directory,
                "req",
                "-x509",
                "-newkey",
                "ec",
                "-pkeyopt",
                "ec_paramgen_curve:P-256",
                "-nodes",
                "-keyout",
                "k.key",
                "-utf8",
                "-multivalue-rdn",
                "-subj",
                subject,
                "-days",
                "1",
                "-out",
                "k.crt");
        return Certificates.read(directory.resolve("k.crt")).get(0);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/C=GB/ST=Nottinghamshire/L=Nottingham/O=Server/OU=Production/CN=test client",
                "/CN=hall/emailAddress=hall@house.example",
                "/CN=a,b\\+c\\\"d\\\\e<f>g;h",
                "/CN=#hash/O= blank ",
                "/CN=Küche/O=Flügel",
                "/DC=example/DC=house/UID=me/CN=me",
                "/O=house/serialNumber=42/title=Dr/GN=A/SN=B/initials=C/dnQualifier=q/pseudonym=p",
                "/O=a+OU=b/CN=c",
                "/O=house",
            })
    void the_subject_is_what_openssl_prints(String subject) throws IOException {
        X509Certificate certificate = certificate(subject);
        String printed = OpenSsl.run(directory, "x509", "-in", "k.crt", "-noout", "-subject", "-nameopt", "RFC2253")
                .strip()
                .replaceFirst("^subject=", "");

        assertThat(CertificateName.SUBJECT.ofOrNull(certificate)).isEqualTo(printed);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "none", textBlock = """
            /O=house/CN=hall               | hall
            /CN=first/O=house/CN=second    | first
            /O=house+CN=hall               | hall
            /CN=Küche, unten               | Küche, unten
            /O=house                       | none
            """)
    void the_common_name_is_the_first_one(String subject, @Nullable String name) throws IOException {
        assertThat(CertificateName.COMMON_NAME.ofOrNull(certificate(subject))).isEqualTo(name);
    }
}
