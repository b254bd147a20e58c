package org.opensearch.ralm.plugin.score;

import org.opensearch.core.common.io.stream.Writeable;
import org.opensearch.ralm.artifact.Calibration;
import org.opensearch.ralm.plugin.exposure.ExposureRule;
import org.opensearch.test.AbstractWireSerializingTestCase;

public class ScoreParametersTests extends AbstractWireSerializingTestCase<ScoreParameters> {

    @Override
    protected Writeable.Reader<ScoreParameters> instanceReader() {
        return ScoreParameters::read;
    }

    @Override
    protected ScoreParameters createTestInstance() {
        return new ScoreParameters(
                randomAlphaOfLength(5),
                randomAlphaOfLength(5),
                randomLong(),
                new float[] {randomFloat(), randomFloat()},
                new float[] {randomFloat(), randomFloat()},
                randomDouble(),
                randomDouble(),
                randomDouble(),
                randomDouble(),
                new Calibration(randomDouble(), randomDouble()),
                randomFrom(ScoreOutput.values()),
                randomBoolean() ? null : new Popularity(randomAlphaOfLength(5), randomDouble()),
                randomBoolean() ? null : new ExposureRule(randomDoubleBetween(1, 50, true)));
    }

    @Override
    protected ScoreParameters mutateInstance(ScoreParameters p) {
        float[] other = {2, 3};
        return switch (randomIntBetween(0, 6)) {
            case 0 -> with(p, p.model() + "x", p.fingerprint(), p.user(), p.query(), p.alpha());
            case 1 -> with(p, p.model(), p.fingerprint() + 1, p.user(), p.query(), p.alpha());
            case 2 -> with(p, p.model(), p.fingerprint(), other, p.query(), p.alpha());
            case 3 -> with(p, p.model(), p.fingerprint(), p.user(), other, p.alpha());
            case 4 -> with(p, p.model(), p.fingerprint(), p.user(), p.query(), p.alpha() + 1);
            case 5 -> with(p, new Popularity("other", 2), p.exposure());
            default -> with(p, p.popularity(), new ExposureRule(99));
        };
    }

    private static ScoreParameters with(
            ScoreParameters p, String model, long fingerprint, float[] user, float[] query, double alpha) {
        return new ScoreParameters(
                p.field(),
                model,
                fingerprint,
                user,
                query,
                alpha,
                p.beta(),
                p.temperature(),
                p.sizeWeight(),
                p.calibration(),
                p.output(),
                p.popularity(),
                p.exposure());
    }

    private static ScoreParameters with(ScoreParameters p, Popularity popularity, ExposureRule exposure) {
        return new ScoreParameters(
                p.field(),
                p.model(),
                p.fingerprint(),
                p.user(),
                p.query(),
                p.alpha(),
                p.beta(),
                p.temperature(),
                p.sizeWeight(),
                p.calibration(),
                p.output(),
                popularity,
                exposure);
    }
}
