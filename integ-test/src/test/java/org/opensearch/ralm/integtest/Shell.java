package org.opensearch.ralm.integtest;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Splits lines of shell into simple commands, and these into words; knows as much as the documentation uses. */
final class Shell {
    private static final Pattern WORD =
            Pattern.compile("(&&|[;&|]|(?<!\\S)#.*|\\n)|((?:'[^']*'|\"[^\"]*\"|[^\\s'\";&|#]|(?<=\\S)#)+)");
    private static final Pattern QUOTED = Pattern.compile("'([^']*)'|\"([^\"]*)\"");
    private static final List<String> KEYWORDS = List.of("do", "done", "then", "fi");

    private Shell() {}

    /** The commands of a block, each as its words. */
    static List<List<String>> commands(String block) {
        List<List<String>> commands = new ArrayList<>();
        List<String> command = new ArrayList<>();
        Matcher words = WORD.matcher(block.replace("\\\n", " ") + "\n");
        while (words.find()) {
            if (words.group(1) != null) {
                if (command.isEmpty() == false) {
                    commands.add(List.copyOf(command));
                }
                command.clear();
            } else {
                String word = QUOTED.matcher(words.group(2)).replaceAll("$1$2");
                if (command.isEmpty() == false || KEYWORDS.contains(word) == false) {
                    command.add(word);
                }
            }
        }
        return commands;
    }
}
