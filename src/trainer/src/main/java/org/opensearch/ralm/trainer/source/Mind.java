package org.opensearch.ralm.trainer.source;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.opensearch.ralm.trainer.data.Timing;

/**
 * The MIND format: {@code behaviors.tsv} and {@code news.tsv}, in the folder or in several below it, as the parts for
 * training and development are. The parts list many of the same news.
 */
final class Mind {
    private static final int READ = 50;

    private Mind() {}

    static DatasetSpec spec(Path folder) {
        List<String> behaviors = FolderFiles.required(folder, "behaviors\\.tsv(\\.gz)?", "behaviors.tsv");
        List<String> news = FolderFiles.required(folder, "news\\.tsv(\\.gz)?", "news.tsv");
        return new DatasetSpec(
                "mind",
                new MindBehaviors(table(behaviors, "impression_id", "user", "time", "history", "impressions"), READ),
                ContextSpec.NONE,
                Optional.empty(),
                Optional.of(news(table(
                        news,
                        "news",
                        "category",
                        "subcategory",
                        "title",
                        "abstract",
                        "url",
                        "title_entities",
                        "abstract_entities"))),
                List.of(
                        FieldSpec.history("read", FieldSpec.ITEM, READ),
                        FieldSpec.history("categories", "category", READ),
                        FieldSpec.history("subcategories", "subcategory", READ),
                        FieldSpec.activity("activity")),
                Timing.NEWS,
                0);
    }

    private static Table table(List<String> files, String... columns) {
        return Table.ofTexts(files, new CsvDialect("\t", "", false, "utf-8"), columns);
    }

    private static ProfileSpec news(Table table) {
        return new ProfileSpec(
                table,
                "news",
                List.of(ColumnSpec.one("category", "category"), ColumnSpec.one("subcategory", "subcategory")),
                true);
    }
}
