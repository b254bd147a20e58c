package org.opensearch.ralm.trainer.data;

import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The SHA-256 of all that a dataset holds. */
final class DatasetDigest {

    private final MessageDigest digest;
    private final DataOutputStream out;

    private DatasetDigest() {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
        out = new DataOutputStream(
                new BufferedOutputStream(new DigestOutputStream(OutputStream.nullOutputStream(), digest), 1 << 16));
    }

    static String of(Dataset dataset) {
        DatasetDigest digest = new DatasetDigest();
        try {
            digest.add(dataset);
            digest.out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException("nothing is written anywhere", e);
        }
        return HexFormat.of().formatHex(digest.digest.digest());
    }

    private void add(Dataset dataset) throws IOException {
        add(dataset.name());
        add(dataset.users());
        add(dataset.items());
        out.writeInt(dataset.itemAttributes().size());
        for (Attribute attribute : dataset.itemAttributes()) {
            add(attribute);
        }
        add(dataset.events());
        out.writeInt(dataset.fields().size());
        for (Field field : dataset.fields()) {
            add(field);
        }
        out.writeLong(dataset.timing().blockSeconds());
        out.writeLong(dataset.timing().poolSeconds());
    }

    private void add(Field field) throws IOException {
        add(field.name());
        add(field.kind().name());
        switch (field) {
            case CategoricalField profile -> add(profile.attribute());
            case ContinuousField profile -> {
                for (int user = 0; user < profile.users(); user++) {
                    out.writeFloat(profile.value(user));
                }
            }
            case HistoryField derived -> {
                out.writeInt(derived.last());
                add(derived.source());
            }
            case ContextField derived -> {
                out.writeInt(derived.last());
                add(derived.source());
            }
            case ActivityField derived -> {}
        }
    }

    private void add(Events events) throws IOException {
        out.writeInt(events.size());
        for (int event = 0; event < events.size(); event++) {
            out.writeInt(events.user(event));
            out.writeInt(events.item(event));
            out.writeLong(events.time(event));
        }
        out.writeInt(events.untimed());
        out.writeInt(events.contexts());
        for (int event = 0; event < events.size() && events.hasContexts(); event++) {
            out.writeInt(events.context(event));
        }
    }

    private void add(Attribute attribute) throws IOException {
        add(attribute.name());
        add(attribute.vocabulary());
        add(attribute.values().offsets());
        add(attribute.values().ids());
    }

    private void add(Vocabulary names) throws IOException {
        out.writeInt(names.size());
        for (int id = 0; id < names.size(); id++) {
            add(names.name(id));
        }
    }

    private void add(int[] values) throws IOException {
        out.writeInt(values.length);
        for (int value : values) {
            out.writeInt(value);
        }
    }

    private void add(String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.writeInt(bytes.length);
        out.write(bytes);
    }
}
