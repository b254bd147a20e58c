package org.opensearch.ralm.integtest;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * The certificates of a secured node, made anew for each run: those of an authority of its own and of a node on
 * 127.0.0.1.
 *
 * @param directory the node's config directory, or what becomes one
 */
record Certificates(Path directory) {
    private static final String PASSWORD = "changeit";
    private static final String NODE_STORE = "node.p12";
    private static final String TRUST_STORE = "trust.p12";

    static Certificates make(Path directory) throws IOException, InterruptedException {
        Certificates certificates = new Certificates(directory);
        certificates.keytool(NODE_STORE, "-genkeypair -alias authority -keyalg EC -dname CN=authority -ext bc:c");
        certificates.keytool(
                NODE_STORE,
                "-genkeypair -alias node -signer authority -keyalg EC -dname CN=node -ext san=ip:127.0.0.1"
                        + " -ext eku=serverAuth,clientAuth");
        certificates.keytool(
                NODE_STORE, "-exportcert -alias authority -rfc -file " + directory.resolve("authority.pem"));
        certificates.keytool(
                TRUST_STORE, "-importcert -noprompt -alias authority -file " + directory.resolve("authority.pem"));
        return certificates;
    }

    /** The authority's certificate, as PEM. */
    Path authority() {
        return directory.resolve("authority.pem");
    }

    /** What a node's settings say of them, with the files relative to its config directory. */
    Map<String, String> settings() {
        Map<String, String> settings = new LinkedHashMap<>();
        for (String layer : List.of("http", "transport")) {
            String prefix = "plugins.security.ssl." + layer + ".";
            settings.put(prefix + "keystore_type", "PKCS12");
            settings.put(prefix + "keystore_filepath", NODE_STORE);
            settings.put(prefix + "keystore_password", PASSWORD);
            settings.put(prefix + "keystore_alias", "node");
            settings.put(prefix + "truststore_type", "PKCS12");
            settings.put(prefix + "truststore_filepath", TRUST_STORE);
            settings.put(prefix + "truststore_password", PASSWORD);
        }
        settings.put("plugins.security.ssl.http.enabled", "true");
        settings.put("plugins.security.nodes_dn", "CN=node");
        return settings;
    }

    /** Trusts the authority alone. */
    SSLContext trust() throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream content = Files.newInputStream(directory.resolve(TRUST_STORE))) {
            store.load(content, PASSWORD.toCharArray());
        }
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, factory.getTrustManagers(), null);
        return context;
    }

    private void keytool(String store, String arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(List.of(arguments.split(" ")));
        command.addAll(List.of("-keystore", directory.resolve(store).toString(), "-storetype", "PKCS12"));
        command.addAll(List.of("-storepass", PASSWORD));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), output);
    }
}
