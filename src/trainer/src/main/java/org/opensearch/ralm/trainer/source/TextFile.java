package org.opensearch.ralm.trainer.source;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPInputStream;

/** Text files as they are, compressed or not; only ASCII characters are told apart. */
final class TextFile {
    private static final String BYTE_ORDER_MARK = "\u00ef\u00bb\u00bf";

    private TextFile() {}

    /** Whether {@link #open} knows the compression. */
    static boolean isReadable(String file) {
        return !file.endsWith(".zst");
    }

    static BufferedReader open(String file) throws IOException {
        InputStream bytes = Files.newInputStream(Path.of(file));
        InputStream text = file.endsWith(".gz") ? new GZIPInputStream(bytes) : bytes;
        return new BufferedReader(new InputStreamReader(text, StandardCharsets.ISO_8859_1));
    }

    /**
     * Checks that CSV files begin with a header of these columns. A file without a line is fine.
     *
     * @throws DatasetException that names the first file whose header is another
     */
    static void checkHeaders(List<String> files, List<String> columns) {
        for (String file : files) {
            String header = firstLine(file);
            List<String> found =
                    Arrays.stream(header.split(",", -1)).map(TextFile::unquoted).toList();
            if (!header.isEmpty() && !found.equals(columns)) {
                throw new DatasetException(file + ":1: the header is " + found + ", expected " + columns);
            }
        }
    }

    /**
     * Checks that CSV files begin with the same header, as columns are told by their place. A file without a line is
     * fine.
     *
     * @throws DatasetException that names the first file whose header differs
     */
    static void checkSameHeader(List<String> files) {
        String first = "";
        for (String file : files) {
            String header = firstLine(file);
            if (!first.isEmpty() && !header.isEmpty() && !header.equals(first)) {
                throw new DatasetException(file + ":1: the header is [" + header + "], but that of " + files.get(0)
                        + " is [" + first + "]");
            }
            first = first.isEmpty() ? header : first;
        }
    }

    private static String firstLine(String file) {
        if (!isReadable(file)) {
            return "";
        }
        try (BufferedReader reader = open(file)) {
            String line = reader.readLine();
            return line == null ? "" : line.replace(BYTE_ORDER_MARK, "");
        } catch (IOException e) {
            throw new DatasetException("cannot read [" + file + "]: " + e, e);
        }
    }

    private static String unquoted(String column) {
        return column.strip().replace("\"", "");
    }
}
