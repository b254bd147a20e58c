package org.opensearch.ralm.plugin.score;

import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.opensearch.common.settings.Settings;
import org.opensearch.common.xcontent.json.JsonXContent;
import org.opensearch.core.common.ParsingException;
import org.opensearch.core.common.io.stream.NamedWriteableRegistry;
import org.opensearch.core.common.io.stream.Writeable;
import org.opensearch.core.xcontent.NamedXContentRegistry;
import org.opensearch.core.xcontent.ToXContent;
import org.opensearch.core.xcontent.XContentBuilder;
import org.opensearch.core.xcontent.XContentParser;
import org.opensearch.plugins.Plugin;
import org.opensearch.plugins.SearchPlugin;
import org.opensearch.search.SearchExtBuilder;
import org.opensearch.search.SearchModule;
import org.opensearch.search.builder.SearchSourceBuilder;
import org.opensearch.test.AbstractWireSerializingTestCase;

public class ScoreLogBuilderTests extends AbstractWireSerializingTestCase<ScoreLogBuilder> {

    /** Brings the extension alone. */
    public static final class LogPlugin extends Plugin implements SearchPlugin {

        @Override
        public List<SearchExtSpec<?>> getSearchExts() {
            return Scoring.extensions();
        }
    }

    private final SearchModule search = new SearchModule(Settings.EMPTY, List.of(new LogPlugin()));

    @Override
    protected Writeable.Reader<ScoreLogBuilder> instanceReader() {
        return ScoreLogBuilder::new;
    }

    @Override
    protected NamedWriteableRegistry getNamedWriteableRegistry() {
        return new NamedWriteableRegistry(search.getNamedWriteables());
    }

    @Override
    protected NamedXContentRegistry xContentRegistry() {
        return new NamedXContentRegistry(search.getNamedXContents());
    }

    @Override
    protected ScoreLogBuilder createTestInstance() {
        return new ScoreLogBuilder(new LinkedHashSet<>(Arrays.asList(generateRandomStringArray(4, 8, false, true))));
    }

    @Override
    protected ScoreLogBuilder mutateInstance(ScoreLogBuilder instance) {
        return new ScoreLogBuilder(instance.equals(new ScoreLogBuilder(Set.of("a"))) ? Set.of() : Set.of("a"));
    }

    public void testItTravelsInARequest() throws IOException {
        SearchSourceBuilder source = new SearchSourceBuilder().ext(List.<SearchExtBuilder>of(createTestInstance()));
        SearchSourceBuilder copy = copyWriteable(source, getNamedWriteableRegistry(), SearchSourceBuilder::new);
        assertEquals(source.ext(), copy.ext());
    }

    public void testWhatIsWrittenIsRead() throws IOException {
        ScoreLogBuilder builder = createTestInstance();
        XContentBuilder json = JsonXContent.contentBuilder().startObject();
        builder.toXContent(json, ToXContent.EMPTY_PARAMS).endObject();
        assertEquals(builder, read("{\"ext\": " + json + "}"));
    }

    public void testNamesArePicked() throws IOException {
        ScoreLogBuilder all = read("{\"ext\": {\"ralm_log\": {}}}");
        assertTrue(all.wants("a") && all.wants(null));
        ScoreLogBuilder one = read("{\"ext\": {\"ralm_log\": {\"name\": \"a\"}}}");
        assertTrue(one.wants("a"));
        assertFalse(one.wants("b") || one.wants(null));
        ScoreLogBuilder two = read("{\"ext\": {\"ralm_log\": {\"name\": [\"a\", \"b\"]}}}");
        assertTrue(two.wants("a") && two.wants("b"));
        assertFalse(two.wants("c"));
    }

    public void testBadBodiesAreRefused() throws IOException {
        String many = "[\"a\"" + ", \"b%d\"".repeat(32).formatted((Object[]) numbers(32)) + "]";
        assertRefused("true", "[ralm_log] must be an object");
        assertRefused("[]", "[ralm_log] must be an object");
        assertRefused("{\"names\": \"a\"}", "[names] is not a known member of [ralm_log], expected [name]");
        assertRefused("{\"name\": 7}", "must be a string of 1 to 512 characters");
        assertRefused("{\"name\": \"\"}", "must be a string of 1 to 512 characters");
        assertRefused("{\"name\": \"" + "x".repeat(513) + "\"}", "must be a string of 1 to 512 characters");
        assertRefused("{\"name\": {\"a\": 1}}", "must be a string of 1 to 512 characters");
        assertRefused("{\"name\": [[\"a\"]]}", "must be a string of 1 to 512 characters");
        assertRefused("{\"name\": []}", "must be 1 to 32 names of queries, but there are 0");
        assertRefused("{\"name\": " + many + "}", "must be 1 to 32 names of queries, but there are 33");
    }

    private static Integer[] numbers(int count) {
        Integer[] numbers = new Integer[count];
        Arrays.setAll(numbers, i -> i);
        return numbers;
    }

    private void assertRefused(String body, String said) {
        ParsingException e =
                expectThrows(ParsingException.class, () -> read("{\"ext\": {\"ralm_log\": " + body + "}}"));
        assertTrue(e.getMessage(), e.getMessage().contains(said));
    }

    private ScoreLogBuilder read(String source) throws IOException {
        try (XContentParser parser = createParser(JsonXContent.jsonXContent, source)) {
            return (ScoreLogBuilder)
                    SearchSourceBuilder.fromXContent(parser).ext().get(0);
        }
    }
}
