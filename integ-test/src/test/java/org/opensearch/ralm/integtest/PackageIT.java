package org.opensearch.ralm.integtest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is shipped says what it holds, and the same sources make the same bytes. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PackageIT {
    /** The coordinates in a line of the list of licences. */
    private static final Pattern LISTED = Pattern.compile("\\(([\\w.-]+):([\\w.-]+):([\\w.-]+) - ");

    private List<ShippedArchive> archives;

    @BeforeAll
    void read() throws IOException, InterruptedException {
        archives = List.of(
                ShippedArchive.zip(Installation.pluginZip()), ShippedArchive.tarGz(Installation.trainerArchive()));
    }

    List<ShippedArchive> archives() {
        return archives;
    }

    @ParameterizedTest
    @MethodSource("archives")
    void bringsWhatIsToBeKnown(ShippedArchive archive) {
        Set<String> expected = Set.of("LICENSE", "NOTICE", "THIRD-PARTY.txt", "CHANGELOG.md");
        assertTrue(archive.names().containsAll(expected), () -> archive.names().toString());
    }

    @ParameterizedTest
    @MethodSource("archives")
    void theChangesBeginWithThoseOfThisVersion(ShippedArchive archive) {
        Matcher first = Pattern.compile("^## (.*)$", Pattern.MULTILINE).matcher(archive.changes());
        assertTrue(first.find());
        assertEquals(Installation.version(), first.group(1));
    }

    @Test
    void theFirstPageNamesThisVersion() throws IOException {
        Set<String> named = Pattern.compile("opensearch-ralm-(.+?)-os")
                .matcher(Files.readString(Checkout.file("README.md")))
                .results()
                .map(zip -> zip.group(1))
                .collect(Collectors.toSet());
        assertEquals(Set.of(Installation.version()), named);
    }

    @ParameterizedTest
    @MethodSource("archives")
    void theListOfLicencesNamesEveryLibraryOfOthersAndNothingElse(ShippedArchive archive) {
        Set<String> others = libraries(archive);
        others.removeIf(jar -> jar.startsWith("ralm-") || jar.startsWith("opensearch-ralm-"));
        Set<String> listed = LISTED.matcher(archive.licences())
                .results()
                .map(coordinates -> coordinates.group(2) + "-" + coordinates.group(3))
                .collect(Collectors.toCollection(TreeSet::new));
        assertEquals(others, listed);
    }

    @ParameterizedTest
    @MethodSource("archives")
    void theBillOfMaterialsNamesEveryLibraryWithItsLicenceAndNothingElse(ShippedArchive archive) throws IOException {
        JsonNode bill = new ObjectMapper().readTree(Files.readString(beside(archive, ".cdx.json")));
        Set<String> named = new TreeSet<>();
        for (JsonNode component : bill.path("components")) {
            named.add(nameOf(component));
            assertTrue(component.path("licenses").size() > 0, component::toString);
        }
        named.add(nameOf(bill.at("/metadata/component")));
        assertEquals(libraries(archive), named);
    }

    @ParameterizedTest
    @MethodSource("archives")
    void matchesItsChecksum(ShippedArchive archive) throws IOException {
        for (Path file : List.of(archive.file(), beside(archive, ".cdx.json"))) {
            assertEquals(
                    Checksum.of(Files.readAllBytes(file), "SHA-512") + "  " + file.getFileName(),
                    Files.readString(Path.of(file + ".sha512")).strip());
        }
    }

    /** What would differ between two builds: times, and the order in which a file system tells of files. */
    @ParameterizedTest
    @MethodSource("archives")
    void entriesAreInOrderAndOfOneTime(ShippedArchive archive) {
        assertEquals(archive.names().stream().sorted().toList(), archive.names());
        assertEquals(
                Set.of("1980-01-01T08:00:00"),
                archive.entries().stream().map(ShippedArchive.Entry::modified).collect(Collectors.toSet()));
    }

    /** Its pom tells of one of the licences only; the override that tells of the others names its version. */
    @Test
    void whatComesWithPyTorchIsNotPassedOver() throws IOException {
        ShippedArchive trainer = archives.getLast();
        List<String> licences = List.of("Apache-2.0", "BSD-3-Clause", "Intel Simplified", "WITH GCC-exception-3.1");
        String listed = trainer.licences()
                .lines()
                .filter(line -> line.contains("ai.djl.pytorch:pytorch-native-cpu:"))
                .collect(Collectors.joining());
        JsonNode bill = new ObjectMapper().readTree(Files.readString(beside(trainer, ".cdx.json")));
        String billed = StreamSupport.stream(bill.path("components").spliterator(), false)
                .filter(component -> component.path("name").asText().equals("pytorch-native-cpu"))
                .map(component -> component.path("licenses").toString())
                .collect(Collectors.joining());
        for (String licence : licences) {
            assertTrue(listed.contains(licence), listed);
            assertTrue(billed.contains(licence), billed);
        }
        List<String> texts = List.of("licenses/pytorch.txt", "licenses/onemkl.txt", "licenses/libgomp.txt");
        assertTrue(trainer.names().containsAll(texts), () -> trainer.names().toString());
    }

    private static Path beside(ShippedArchive archive, String ending) {
        return Path.of(archive.file().toString().replaceFirst("(\\.zip|\\.tar\\.gz)$", "") + ending);
    }

    /** The libraries of an archive, without their ending and without the platform they are for. */
    private static Set<String> libraries(ShippedArchive archive) {
        return archive.names().stream()
                .filter(name -> name.endsWith(".jar"))
                .map(name -> name.substring(name.lastIndexOf('/') + 1).replaceFirst("(-linux-x86_64)?\\.jar$", ""))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static String nameOf(JsonNode component) {
        return component.path("name").asText() + "-" + component.path("version").asText();
    }
}
