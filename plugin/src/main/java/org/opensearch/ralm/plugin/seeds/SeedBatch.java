package org.opensearch.ralm.plugin.seeds;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.opensearch.ExceptionsHelper;
import org.opensearch.OpenSearchStatusException;
import org.opensearch.action.ActionRunnable;
import org.opensearch.action.StepListener;
import org.opensearch.action.get.MultiGetItemResponse;
import org.opensearch.action.get.MultiGetRequest;
import org.opensearch.cluster.metadata.Metadata;
import org.opensearch.core.action.ActionListener;
import org.opensearch.core.common.breaker.CircuitBreakingException;
import org.opensearch.core.rest.RestStatus;
import org.opensearch.index.IndexNotFoundException;
import org.opensearch.ingest.IngestDocumentWrapper;
import org.opensearch.ralm.lookalike.LookalikeModel;
import org.opensearch.ralm.plugin.click.ClicksMapping;
import org.opensearch.ralm.plugin.feed.Feed;
import org.opensearch.ralm.plugin.feed.IndexMapping;
import org.opensearch.ralm.plugin.feed.RecallField;
import org.opensearch.ralm.plugin.feed.SeedField;
import org.opensearch.ralm.plugin.ingest.AsyncBatchProcessor;
import org.opensearch.ralm.plugin.ingest.CheckedIndices;
import org.opensearch.ralm.plugin.stats.Stat;
import org.opensearch.ralm.plugin.system.Reservation;
import org.opensearch.search.fetch.subphase.FetchSourceContext;

/**
 * One sub-batch of candidates on its way through the processor: one request for what is stored, few for the vectors of
 * users, then the computation.
 *
 * <p>A document's own fault fails that document only. The steps follow each other, each on the thread that answers the
 * one before, so one thread at a time works here.
 */
final class SeedBatch implements AsyncBatchProcessor.Batch {

    /** How many vectors are in memory at a time, unless one document alone needs more. */
    private static final int VECTORS_AT_A_TIME = 50_000;

    private static final String BLOCK = ".seeds";

    /** The source of a stored candidate, its members as objects, and those of the new document. */
    private static final long COPIES_WHILE_READ = 4;

    private final List<IngestDocumentWrapper> documents;
    private final SeedIngest ingest;
    private final String feedName;
    private final String processorTarget;
    private final Map<IngestDocumentWrapper, CandidateWrite> writes = new LinkedHashMap<>();
    private final Map<IngestDocumentWrapper, Exception> faults = new IdentityHashMap<>();
    private Reservation storedRoom;
    private BlockMaker maker;
    private BlockMaker makerBeside;
    private String targetField;
    private CheckedIndices clicks;

    SeedBatch(List<IngestDocumentWrapper> documents, SeedIngest ingest, String feedName, String targetField) {
        this.documents = documents;
        this.ingest = ingest;
        this.feedName = feedName;
        this.processorTarget = targetField;
        this.targetField = targetField;
    }

    @Override
    public void run(ActionListener<Void> listener) {
        ingest.stats().add(Stat.INGESTED_DOCUMENTS, documents.size());
        storedRoom = ingest.memory().reserve(0, "ralm_seeds");
        ActionListener<Void> released = ActionListener.runBefore(listener, storedRoom::close);
        if (ingest.isOn().getAsBoolean()) {
            complete(released);
        } else {
            keepForLater(released);
        }
    }

    /** Nothing is computed while the plugin is off: what is stored stays, what is given is counted another time. */
    private void keepForLater(ActionListener<Void> listener) {
        readDocuments(index -> {});
        fetchStored(
                () -> {
                    writes.values().forEach(CandidateWrite::keep);
                    listener.onResponse(null);
                },
                listener);
    }

    private void complete(ActionListener<Void> listener) {
        StepListener<Feed> feed = new StepListener<>();
        StepListener<LookalikeModel> model = new StepListener<>();
        StepListener<BlockMaker> beside = new StepListener<>();
        feed.whenComplete(found -> ingest.models().get(found.model(), model), listener::onFailure);
        model.whenComplete(
                found -> {
                    maker = maker(feed.result(), found);
                    findMakerBeside(feed.result(), beside);
                },
                listener::onFailure);
        beside.whenComplete(
                other -> {
                    makerBeside = other;
                    targetField = target(feed.result());
                    Metadata metadata = ingest.metadata().get();
                    clicks = new CheckedIndices(index -> ClicksMapping.check(metadata, index, maker.feed()));
                    readDocuments(index -> requireField(metadata, index));
                    fetchStored(() -> computeNext(new ArrayDeque<>(writes.keySet()), listener), listener);
                },
                listener::onFailure);
        ingest.feeds().get(feedName, feed);
    }

    @Override
    public List<IngestDocumentWrapper> results(Exception fault) {
        List<IngestDocumentWrapper> results = new ArrayList<>(documents.size());
        for (IngestDocumentWrapper document : documents) {
            Exception own = fault == null ? faults.get(document) : fault;
            if (own != null) {
                ingest.stats().count(Stat.INGEST_FAILURES);
                ingest.stats().add(Stat.INGEST_REJECTIONS, isRejection(own) ? 1 : 0);
            }
            results.add(new IngestDocumentWrapper(
                    document.getSlot(), document.getChildSlot(), document.getIngestDocument(), own));
        }
        return results;
    }

    private BlockMaker maker(Feed feed, LookalikeModel model) {
        Metadata metadata = ingest.metadata().get();
        return new BlockMaker(feed, model, RecallField.isMapped(metadata, feed.candidates(), feed.field()));
    }

    /** Answers with what makes the pseudo-seeds of the other slot; null if there are none. */
    private void findMakerBeside(Feed feed, ActionListener<BlockMaker> listener) {
        if (feed.isTwofold() == false || feed.seeds().contentFields().isEmpty()) {
            listener.onResponse(null);
            return;
        }
        Feed beside = feed.beside().orElseThrow();
        ingest.models().get(beside.model(), ActionListener.map(listener, model -> maker(beside, model)));
    }

    /** The object that blocks go to just now: after a change of the feed's model it is that beside the one it was. */
    private String target(Feed feed) {
        String written = processorTarget + BLOCK;
        if (feed.field().equals(written)
                || feed.rollout() != null && feed.fieldBeside().equals(written)) {
            return feed.field().substring(0, feed.field().length() - BLOCK.length());
        }
        throw new IllegalArgumentException("feed [" + feed.name() + "] scores by field [" + feed.field()
                + "], but the processor [" + SeedsProcessor.TYPE + "] writes to [" + written + "]");
    }

    private void readDocuments(Consumer<String> check) {
        Set<List<String>> candidates = new HashSet<>();
        CheckedIndices indices = new CheckedIndices(check);
        for (IngestDocumentWrapper document : documents) {
            try {
                CandidateWrite write = new CandidateWrite(
                        document.getIngestDocument(),
                        targetField,
                        ingest.maximumSeeds().getAsInt());
                indices.require(write.index());
                if (write.id() != null && candidates.add(write.identity()) == false) {
                    throw new OpenSearchStatusException(
                            "candidate [{}] is in this bulk more than once; only the first is written, send this one again",
                            RestStatus.CONFLICT,
                            write.id());
                }
                writes.put(document, write);
            } catch (Exception e) {
                faults.put(document, e);
            }
        }
    }

    /** Text that a dynamic mapping makes of a block would never be scored, so the field must be there. */
    private void requireField(Metadata metadata, String index) {
        if (IndexMapping.exists(metadata, index) == false) {
            throw new IllegalArgumentException("index [" + index + "] does not exist; create it with a field ["
                    + targetField + ".seeds] of type [" + SeedField.TYPE + "] first");
        }
        int dimension = SeedField.dimension(metadata, index, targetField + ".seeds");
        if (dimension != maker.model().dimension()) {
            throw new IllegalArgumentException("field [" + targetField + ".seeds] of index [" + index
                    + "] has dimension " + dimension + ", but model ["
                    + maker.feed().model() + "] of feed ["
                    + maker.feed().name() + "] has dimension "
                    + maker.model().dimension());
        }
    }

    private void fetchStored(Runnable next, ActionListener<Void> listener) {
        MultiGetRequest request = new MultiGetRequest();
        List<IngestDocumentWrapper> asked = new ArrayList<>();
        FetchSourceContext fields = new FetchSourceContext(true, storedFields(), null);
        writes.forEach((document, write) -> {
            if (write.id() != null) {
                asked.add(document);
                request.add(new MultiGetRequest.Item(write.index(), write.id())
                        .routing(write.routing())
                        .fetchSourceContext(fields));
            }
        });
        if (asked.isEmpty()) {
            next.run();
            return;
        }
        ingest.client()
                .multiGet(
                        request,
                        ActionListener.wrap(
                                response -> {
                                    for (int i = 0; i < asked.size(); i++) {
                                        takeStored(asked.get(i), response.getResponses()[i]);
                                    }
                                    next.run();
                                },
                                listener::onFailure));
    }

    private String[] storedFields() {
        return objectBeside() == null
                ? new String[] {SeedsProcessor.SEEDS_FIELD, targetField}
                : new String[] {SeedsProcessor.SEEDS_FIELD, targetField, objectBeside()};
    }

    /** The object of the other slot, which stays as it is but for a pseudo-seed; null if there is nothing in it. */
    private String objectBeside() {
        if (maker == null) {
            // While the plugin is off no feed says which slot is which.
            return processorTarget.endsWith("_2")
                    ? processorTarget.substring(0, processorTarget.length() - 2)
                    : processorTarget + "_2";
        }
        Feed feed = maker.feed();
        return feed.isTwofold()
                ? feed.fieldBeside().substring(0, feed.fieldBeside().length() - BLOCK.length())
                : null;
    }

    private void takeStored(IngestDocumentWrapper document, MultiGetItemResponse item) {
        CandidateWrite write = writes.get(document);
        try {
            if (item.isFailed()) {
                Exception failure = item.getFailure().getFailure();
                if (ExceptionsHelper.unwrapCause(failure) instanceof IndexNotFoundException == false) {
                    throw failure;
                }
                write.setStored(null);
            } else if (item.getResponse().isExists()) {
                storedRoom.add(COPIES_WHILE_READ
                        * item.getResponse().getSourceInternal().length());
                write.setStored(StoredCandidate.of(item.getResponse(), targetField));
                write.keep(objectBeside(), item.getResponse().getSourceAsMap());
            } else {
                write.setStored(null);
            }
        } catch (Exception e) {
            fail(document, e);
        }
    }

    /** Takes as many candidates as there is room for vectors, completes them, and goes on with the rest. */
    private void computeNext(Deque<IngestDocumentWrapper> waiting, ActionListener<Void> listener) {
        if (waiting.isEmpty()) {
            listener.onResponse(null);
            return;
        }
        List<IngestDocumentWrapper> round = new ArrayList<>();
        Set<String> users = new LinkedHashSet<>();
        while (waiting.isEmpty() == false && users.size() < VECTORS_AT_A_TIME) {
            IngestDocumentWrapper document = waiting.remove();
            try {
                CandidateWrite write = writes.get(document);
                if (write != null) {
                    users.addAll(write.plan(maker));
                    if (maker.feed().hasClicks() && write.addedSeeds().isEmpty() == false) {
                        clicks.require(maker.feed().clicks());
                    }
                    round.add(document);
                }
            } catch (Exception e) {
                fail(document, e);
            }
        }
        ActionListener<Void> next = ActionListener.wrap(done -> computeNext(waiting, listener), listener::onFailure);
        try {
            Reservation room = ingest.memory().reserve(maker.bytesFor(users.size()), "ralm_seeds");
            compute(round, users, ActionListener.runBefore(next, room::close));
        } catch (CircuitBreakingException e) {
            round.forEach(document -> fail(document, e));
            next.onResponse(null);
        }
    }

    private void compute(List<IngestDocumentWrapper> round, Set<String> users, ActionListener<Void> listener) {
        UserVectorFetch fetch =
                new UserVectorFetch(ingest.client(), maker.feed(), maker.model().dimension());
        fetch.fetch(
                users,
                ActionListener.wrap(
                        vectors -> ingest.executor().execute(ActionRunnable.wrap(listener, same -> {
                            round.forEach(document -> complete(document, vectors));
                            writeClicks(round, vectors, same);
                        })),
                        listener::onFailure));
    }

    private void complete(IngestDocumentWrapper document, UserVectorFetch.Vectors vectors) {
        try {
            CandidateWrite write = writes.get(document);
            if (maker.feed().hasClicks() == false) {
                vectors.requireFaultless(write.neededUsers());
            }
            int unknown = write.complete(maker, vectors.byUser(), ingest.clock().get());
            if (makerBeside != null) {
                write.completeBeside(objectBeside(), makerBeside, ingest.clock().get());
            }
            ingest.stats().add(Stat.UNKNOWN_USERS, unknown);
            ingest.stats().add(Stat.SEEDS_ADDED, write.neededUsers().size() - unknown);
        } catch (Exception e) {
            fail(document, e);
        }
    }

    private void writeClicks(
            List<IngestDocumentWrapper> round, UserVectorFetch.Vectors vectors, ActionListener<Void> listener) {
        List<SeedClicks.Seed> seeds = new ArrayList<>();
        if (maker.feed().hasClicks()) {
            for (IngestDocumentWrapper document : round) {
                CandidateWrite write = writes.get(document);
                if (write != null) {
                    write.addedSeeds().forEach(user -> seeds.add(new SeedClicks.Seed(document, write.id(), user)));
                }
            }
        }
        new SeedClicks(ingest.client(), maker.feed(), ingest.clock().get(), this::fail)
                .write(seeds, vectors.byUser(), listener);
    }

    private void fail(IngestDocumentWrapper document, Exception e) {
        writes.remove(document);
        faults.put(document, e);
    }
}
