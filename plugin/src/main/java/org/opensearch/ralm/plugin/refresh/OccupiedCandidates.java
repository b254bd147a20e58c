package org.opensearch.ralm.plugin.refresh;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.search.FieldExistsQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.Scorer;
import org.apache.lucene.search.Weight;
import org.apache.lucene.util.Bits;
import org.opensearch.index.engine.Engine;
import org.opensearch.index.shard.IndexShard;
import org.opensearch.ralm.plugin.seeds.SeedObject;

/** Finds the candidates of one shard that have something in a slot. Reads the local copy only; asks no other node. */
final class OccupiedCandidates {

    private static final String SOURCE = "ralm_seeds";

    private final IndexShard shard;
    private final Query occupied;

    /**
     * @param field of the slot's blocks
     */
    OccupiedCandidates(IndexShard shard, String field) {
        this.shard = shard;
        this.occupied = new BooleanQuery.Builder()
                .add(new FieldExistsQuery(field), Occur.SHOULD)
                .add(new FieldExistsQuery(SeedObject.modelBeside(field)), Occur.SHOULD)
                .build();
    }

    /** Some of them, and how many more there are. */
    CandidateScan.Result first(int most) throws IOException {
        shard.refresh(SOURCE);
        List<CandidateScan.Found> found = new ArrayList<>();
        int left = 0;
        try (Engine.Searcher searcher = shard.acquireSearcher(SOURCE)) {
            Weight weight = searcher.createWeight(searcher.rewrite(occupied), ScoreMode.COMPLETE_NO_SCORES, 1);
            for (LeafReaderContext leaf : searcher.getIndexReader().leaves()) {
                Scorer scorer = weight.scorer(leaf);
                Bits live = leaf.reader().getLiveDocs();
                DocIdSetIterator docs = scorer == null ? DocIdSetIterator.empty() : scorer.iterator();
                for (int doc = docs.nextDoc(); doc != DocIdSetIterator.NO_MORE_DOCS; doc = docs.nextDoc()) {
                    if (live != null && live.get(doc) == false) {
                        continue;
                    }
                    if (found.size() < most) {
                        found.add(CandidateScan.found(leaf, doc, 0));
                    } else {
                        left++;
                    }
                }
            }
        }
        return new CandidateScan.Result(found, 0, left);
    }
}
