package org.opensearch.ralm.integtest;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.opensearch.ralm.trainer.server.ClusterHealth;
import org.opensearch.ralm.trainer.server.ClusterOptions;
import org.opensearch.ralm.trainer.server.LocalCluster;
import org.opensearch.ralm.trainer.server.ServerLayout;

/**
 * A node with the security plugin, TLS, and system indices protected, as an admin sets it up for a cluster that others
 * depend on; with the two roles that the plugin ships.
 */
final class SecuredServer implements AutoCloseable {
    private static final ObjectMapper JSON =
            new ObjectMapper().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);
    private static final String PASSWORD = "correct-Horse-7-battery";

    private final LocalCluster cluster;
    private final Certificates certificates;
    private final Path log;
    private final Rest nobody;

    private SecuredServer(LocalCluster cluster, Certificates certificates, Path log) throws Exception {
        this.cluster = cluster;
        this.certificates = certificates;
        this.log = log;
        this.nobody = Rest.secured(url(), certificates.trust());
    }

    static SecuredServer start() throws Exception {
        ClusterOptions options = Installation.cluster("secured");
        ServerLayout server = ServerLayout.find().copyTo(options.state().resolveSibling("secured-server"));
        copyConfiguration(server);
        Certificates certificates = Certificates.make(server.config());
        options = options.withSetting("plugins.security.allow_default_init_securityindex", "true")
                .withSetting("plugins.security.restapi.roles_enabled", "all_access")
                .withSetting("plugins.security.system_indices.enabled", "true");
        for (var setting : certificates.settings().entrySet()) {
            options = options.withSetting(setting.getKey(), setting.getValue());
        }
        SSLContext trust = certificates.trust();
        LocalCluster cluster = LocalCluster.start(server, options, url -> health(url, trust));
        SecuredServer started =
                new SecuredServer(cluster, certificates, options.state().resolve("node-1/logs/server.log"));
        started.installRoles(server.home().resolve("plugins/opensearch-ralm/security-roles.json"));
        return started;
    }

    URI url() {
        return tls(cluster.url());
    }

    /** The certificate that a client has to trust. */
    Path authority() {
        return certificates.authority();
    }

    /** What the server has logged so far. */
    String log() throws IOException {
        return Files.readString(log);
    }

    /** A client without a user. */
    Rest nobody() {
        return nobody;
    }

    Rest admin() {
        return admin(nobody);
    }

    /** A client of a user, made for it, with these roles. */
    Rest user(String name, String... roles) {
        return nobody.as(name, credentials(name, roles).substring(name.length() + 1));
    }

    /** What a user signs in with, made for it, with these roles: its name and password with a colon between. */
    String credentials(String name, String... roles) {
        String quoted = roles.length == 0 ? "" : "\"" + String.join("\", \"", roles) + "\"";
        admin().put(
                        "/_plugins/_security/api/internalusers/" + name,
                        "{\"password\": \"" + PASSWORD + "\", \"opendistro_security_roles\": [" + quoted + "]}")
                .ok();
        return name + ":" + PASSWORD;
    }

    /** Defines a role. */
    void role(String name, Role role) {
        admin().put("/_plugins/_security/api/roles/" + name, role.definition().toString())
                .ok();
    }

    @Override
    public void close() {
        cluster.close();
    }

    /** As the README says, with one request. */
    private void installRoles(Path roles) throws IOException {
        admin().send("PATCH", "/_plugins/_security/api/roles", Files.readString(roles))
                .ok();
    }

    /** What the installation of the zip does with the plugin's configuration. */
    private static void copyConfiguration(ServerLayout server) throws IOException {
        Path source = server.home().resolve("plugins/opensearch-security/config");
        Path target = Files.createDirectories(server.config().resolve("opensearch-security"));
        try (var files = Files.list(source)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                Files.copy(file, target.resolve(file.getFileName()));
            }
        }
    }

    private static Optional<ClusterHealth> health(URI url, SSLContext trust) {
        try {
            Rest.Answer answer = admin(Rest.secured(tls(url), trust)).get("/_cluster/health");
            return answer.status() == 200
                    ? Optional.of(JSON.readValue(answer.text(), ClusterHealth.class))
                    : Optional.empty();
        } catch (IOException | AssertionError noAnswer) {
            return Optional.empty();
        }
    }

    private static Rest admin(Rest nobody) {
        return nobody.as("admin", "admin");
    }

    private static URI tls(URI url) {
        return URI.create(url.toString().replaceFirst("^http:", "https:"));
    }
}
