package org.opensearch.ralm.trainer.network;

/** What a field passes before it is merged. */
public enum FieldLayer {
    /** Nothing: a linear layer would be part of the table anyway. */
    NONE,
    /** A fully connected layer of its own with ReLU, as figure 3 of the paper may be read. */
    RELU
}
