package org.opensearch.ralm.trainer.cli;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.opensearch.ralm.trainer.baseline.Contenders;
import org.opensearch.ralm.trainer.baseline.TrueAffinity;
import org.opensearch.ralm.trainer.data.Attribute;
import org.opensearch.ralm.trainer.data.Dataset;
import org.opensearch.ralm.trainer.evaluation.Contender;
import org.opensearch.ralm.trainer.synthetic.SyntheticFeed;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options of what is compared, and by which attributes diversity is counted. */
final class ContenderArguments {

    private static final Pattern MIN_HASH = Pattern.compile("(\\d{1,3})x(\\d{1,3})");

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(
            names = "--models",
            paramLabel = "A,B",
            split = ",",
            description = {
                "What to compare (default: all).",
                "ralm, ralm-paper (the paper's form), ralm-average, ralm-global and ralm-local (one attention alone)",
                "ralm-content  by what is known of items alone, as those without seeds are served",
                "concat-ralm  RALM on fields side by side instead of merged by attention",
                "youtube-dnn  fields side by side, and an embedding of each item",
                "lr  a logistic regression a candidate",
                "yahoo (features of more than half of the seeds), yahoo-pq (features more frequent among the seeds), "
                        + "yahoo-pq-normalized (the same, divided by the sum of weights), yahoo-minhash",
                "popularity, recent-popularity (seven days), hour-popularity, random",
                "ralm-popularity  RALM's score beside the logarithm of recent clicks",
                "Without this option, of a made-up feed the ceiling is told, too: what made its clicks, noise aside."
            })
    private List<String> models = List.of();

    @Option(
            names = "--minhash",
            paramLabel = "BANDSxROWS",
            defaultValue = "20x4",
            description = "The hashing of yahoo-minhash (default: ${DEFAULT-VALUE}).")
    private String minHash;

    @Option(
            names = "--category",
            paramLabel = "ATTRIBUTE",
            description = "The attribute of items by which category diversity is counted (default: the first).")
    private String category;

    @Option(
            names = "--tags",
            paramLabel = "ATTRIBUTE",
            description = "The attribute of items by which tag diversity is counted (default: the last).")
    private String tags;

    /**
     * What is compared, in the order given.
     *
     * @throws ParameterException if a name or a value will not do
     */
    List<Contender> chosen() {
        Matcher shape = MIN_HASH.matcher(minHash);
        if (shape.matches() == false || Integer.parseInt(shape.group(1)) < 1 || Integer.parseInt(shape.group(2)) < 1) {
            throw fault("--minhash must be BANDSxROWS, each from 1 to 999, e.g. 20x4, but is '" + minHash + "'");
        }
        List<Contender> all = new Contenders(Integer.parseInt(shape.group(1)), Integer.parseInt(shape.group(2))).all();
        return models.isEmpty()
                ? all
                : models.stream().map(name -> named(name, all)).toList();
    }

    /**
     * Without what nobody asked for by name and the data does not allow; where nothing was asked for by name, with the
     * ceiling of a made-up feed.
     *
     * @param madeUp makes that feed, if the data is one
     */
    List<Contender> suited(List<Contender> chosen, Dataset dataset, Supplier<Optional<SyntheticFeed>> madeUp) {
        boolean all = models.isEmpty() == false || dataset.itemAttributes().isEmpty() == false;
        Stream<Contender> suited =
                chosen.stream().filter(contender -> all || contender.name().equals(Contenders.CONTENT) == false);
        Stream<Contender> ceiling =
                models.isEmpty() ? madeUp.get().<Contender>map(TrueAffinity::new).stream() : Stream.empty();
        return Stream.concat(suited, ceiling).toList();
    }

    /**
     * The attribute of categories, if there is one.
     *
     * @throws ParameterException if the one asked for is missing
     */
    Optional<Attribute> category(Dataset dataset) {
        List<Attribute> attributes = dataset.itemAttributes();
        return category == null
                ? attributes.stream().findFirst()
                : Optional.of(attribute("--category", category, dataset));
    }

    /**
     * The attribute of tags, if there is one.
     *
     * @throws ParameterException if the one asked for is missing
     */
    Optional<Attribute> tags(Dataset dataset) {
        List<Attribute> attributes = dataset.itemAttributes();
        return tags == null
                ? attributes.stream().skip(Math.max(0, attributes.size() - 1)).findFirst()
                : Optional.of(attribute("--tags", tags, dataset));
    }

    private Contender named(String name, List<Contender> all) {
        return all.stream()
                .filter(contender -> contender.name().equals(name))
                .findFirst()
                .orElseThrow(() -> fault("Invalid value for option '--models' (A,B): '" + name + "' is none of "
                        + all.stream().map(Contender::name).toList()));
    }

    private Attribute attribute(String option, String name, Dataset dataset) {
        List<Attribute> attributes = dataset.itemAttributes();
        return attributes.stream()
                .filter(attribute -> attribute.name().equals(name))
                .findFirst()
                .orElseThrow(() -> fault(option + " is '" + name + "', but the attributes of items in ["
                        + dataset.name() + "] are "
                        + attributes.stream().map(Attribute::name).toList()));
    }

    private ParameterException fault(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
