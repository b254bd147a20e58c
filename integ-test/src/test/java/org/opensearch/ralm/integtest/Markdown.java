package org.opensearch.ralm.integtest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A page of documentation: its fenced blocks, its inline code and its links. */
record Markdown(Path file, String text) {
    private static final Pattern FENCED = Pattern.compile("(?ms)^```(\\w*)\\n(.*?)^```$");
    private static final Pattern INDENTED = Pattern.compile("(?m)^\\n {4}\\S.*$");
    private static final Pattern CODE = Pattern.compile("`([^`\\n]+)`");
    private static final Pattern LINK = Pattern.compile("]\\(([^)#:]+)(#[^)]*)?\\)");

    /**
     * A fenced block.
     *
     * @param line where it begins in its file, from 1
     * @param language what stands behind the fence; empty if nothing does
     */
    record Block(int line, String language, String text) {}

    static Markdown read(Path file) throws IOException {
        return new Markdown(file, Files.readString(file));
    }

    /** The pages that people read first: those of the root and of the modules. */
    static List<Path> pages() throws IOException {
        List<Path> pages = new ArrayList<>();
        for (String folder : List.of(
                "",
                "plugin",
                "src/model",
                "src/model/benchmarks",
                "src/trainer",
                "model-artifacts",
                "distribution",
                "distribution/dashboards",
                "integ-test")) {
            try (Stream<Path> files = Files.list(Checkout.file(folder))) {
                files.filter(file -> file.toString().endsWith(".md")).sorted().forEach(pages::add);
            }
        }
        return pages;
    }

    List<Block> blocks() {
        return FENCED.matcher(text)
                .results()
                .map(block -> new Block(lineAt(block.start()), block.group(1), block.group(2)))
                .toList();
    }

    /** What is set off by four spaces, which nobody says the language of. */
    List<String> indented() {
        return INDENTED.matcher(FENCED.matcher(text).replaceAll(""))
                .results()
                .map(match -> match.group().strip())
                .toList();
    }

    /** The code within sentences and tables. */
    List<String> inlineCode() {
        return CODE.matcher(FENCED.matcher(text).replaceAll(""))
                .results()
                .map(match -> match.group(1).replace("\\|", "|"))
                .toList();
    }

    /** The links to other files of the project that lead nowhere. */
    List<String> brokenLinks() {
        Matcher links = LINK.matcher(FENCED.matcher(text).replaceAll(""));
        return links.results()
                .map(link -> link.group(1))
                .filter(target -> Files.notExists(file.resolveSibling(target)))
                .toList();
    }

    private int lineAt(int offset) {
        return 1
                + (int) text.substring(0, offset).chars().filter(c -> c == '\n').count();
    }
}
