package org.opensearch.ralm.trainer.simulation;

import java.util.List;

/**
 * What came of one replay.
 *
 * @param control an outcome for each user who came and saw no look-alike
 * @param treatment the same of those who saw it
 */
record Replay(List<UserOutcome> control, List<UserOutcome> treatment) {}
