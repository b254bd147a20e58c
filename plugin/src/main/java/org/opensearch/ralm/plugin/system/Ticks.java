package org.opensearch.ralm.plugin.system;

import org.apache.logging.log4j.Logger;
import org.opensearch.cluster.service.ClusterService;
import org.opensearch.common.lifecycle.Lifecycle;
import org.opensearch.common.unit.TimeValue;
import org.opensearch.common.util.concurrent.AbstractAsyncTask;
import org.opensearch.gateway.GatewayService;
import org.opensearch.threadpool.ThreadPool;

/**
 * Runs something again and again, one run at a time, while this node knows the cluster's state: before the cluster
 * service has started there is none to ask for, and before it is recovered no index is in it. Begins by {@link
 * #rescheduleIfNecessary}, ends by {@link #close}. Safe for use by several threads.
 */
public final class Ticks extends AbstractAsyncTask {

    private final ClusterService clusterService;
    private final String pool;
    private final Runnable run;

    /**
     * @param logger is told what a run throws
     * @param pool the name of the threads it runs on
     * @param interval from one run's end to the next one's beginning
     */
    public Ticks(
            Logger logger,
            ThreadPool threadPool,
            String pool,
            TimeValue interval,
            ClusterService clusterService,
            Runnable run) {
        super(logger, threadPool, interval, true);
        this.clusterService = clusterService;
        this.pool = pool;
        this.run = run;
    }

    @Override
    protected boolean mustReschedule() {
        return isClosed() == false;
    }

    @Override
    protected String getThreadPool() {
        return pool;
    }

    @Override
    protected void runInternal() {
        if (knowsState()) {
            run.run();
        }
    }

    private boolean knowsState() {
        return clusterService.lifecycleState() == Lifecycle.State.STARTED
                && clusterService.state().blocks().hasGlobalBlock(GatewayService.STATE_NOT_RECOVERED_BLOCK) == false;
    }
}
