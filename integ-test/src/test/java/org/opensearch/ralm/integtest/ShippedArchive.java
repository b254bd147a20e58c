package org.opensearch.ralm.integtest;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * An archive as the build makes it.
 *
 * @param entries in the archive's order, without directories and without the folder all of them lie in
 * @param licences the list of other people's licences
 * @param changes what changed from version to version
 */
record ShippedArchive(Path file, List<Entry> entries, String licences, String changes) {
    private static final String LICENCES = "THIRD-PARTY.txt";
    private static final String CHANGES = "CHANGELOG.md";

    /**
     * A file of an archive.
     *
     * @param modified when it was changed, in the archive's own words
     */
    record Entry(String name, String modified) {}

    static ShippedArchive zip(Path file) throws IOException {
        try (ZipFile zip = new ZipFile(file.toFile())) {
            List<Entry> entries = new ArrayList<>();
            for (ZipEntry entry : zip.stream().toList()) {
                String modified = entry.getTimeLocal().format(DateTimeFormatter.ISO_LOCAL_DATE_TIME);
                entries.add(new Entry(entry.getName(), modified));
            }
            return new ShippedArchive(file, entries, text(zip, LICENCES), text(zip, CHANGES));
        }
    }

    private static String text(ZipFile zip, String entry) throws IOException {
        try (InputStream content = zip.getInputStream(zip.getEntry(entry))) {
            return new String(content.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    static ShippedArchive tarGz(Path file) throws IOException, InterruptedException {
        List<Entry> entries = new ArrayList<>();
        for (String line : Command.of("tar", "--utc", "--full-time", "-tvzf", file.toString())
                .lines()) {
            // Mode, owner, size, day, time, name.
            String[] columns = line.split("\\s+", 6);
            if (columns[5].endsWith("/") == false) {
                String name = columns[5].substring(columns[5].indexOf('/') + 1);
                entries.add(new Entry(name, columns[3] + "T" + columns[4]));
            }
        }
        return new ShippedArchive(file, entries, text(file, LICENCES), text(file, CHANGES));
    }

    private static String text(Path tarGz, String entry) throws IOException, InterruptedException {
        return Command.of("tar", "--occurrence=1", "-xzOf", tarGz.toString(), "ralm/" + entry)
                .run();
    }

    List<String> names() {
        return entries.stream().map(Entry::name).toList();
    }

    @Override
    public String toString() {
        return file.getFileName().toString();
    }
}
