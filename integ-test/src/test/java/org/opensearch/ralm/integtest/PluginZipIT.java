package org.opensearch.ralm.integtest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.opensearch.ralm.trainer.server.ServerLayout;

class PluginZipIT {
    @Test
    void asksForNoPermission() throws IOException {
        assertFalse(entries().contains("plugin-security.policy"), entries().toString());
    }

    @Test
    void bringsTheRolesForASecuredCluster() throws IOException {
        assertTrue(entries().contains("security-roles.json"), entries().toString());
    }

    @Test
    void installsOnEveryPatchReleaseOfItsMinor() throws IOException {
        Properties descriptor = new Properties();
        try (ZipFile zip = new ZipFile(Installation.pluginZip().toFile());
                InputStream content = zip.getInputStream(zip.getEntry("plugin-descriptor.properties"))) {
            descriptor.load(content);
        }
        assertEquals("opensearch-ralm", descriptor.getProperty("name"));
        assertEquals("{ opensearch: \"~" + Installation.openSearch() + "\" }", descriptor.getProperty("dependencies"));
    }

    @Test
    void holdsNoJarThatTheServerHas() throws IOException {
        try (Stream<Path> library = Files.list(ServerLayout.find().home().resolve("lib"))) {
            Set<String> server =
                    library.map(jar -> jar.getFileName().toString()).collect(Collectors.toSet());
            List<String> both = entries().stream().filter(server::contains).toList();
            assertEquals(List.of(), both);
        }
        assertTrue(
                entries().stream().anyMatch(name -> name.startsWith("ralm-model-")),
                entries().toString());
    }

    private static List<String> entries() throws IOException {
        try (ZipFile zip = new ZipFile(Installation.pluginZip().toFile())) {
            return zip.stream().map(ZipEntry::getName).toList();
        }
    }
}
