package org.opensearch.ralm.trainer.server;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** One node of a local cluster: a process that can be stopped, killed and started again. Thread-safe. */
public final class ServerNode {
    private static final int SECONDS_TO_STOP = 30;

    private final NodeAddress address;
    private final NodeDirectory directory;
    private final HealthCheck check;
    private final PidFile pidFile;
    private DeadManSwitch deadManSwitch;

    ServerNode(NodeAddress address, NodeDirectory directory, HealthCheck check) {
        this.address = address;
        this.directory = directory;
        this.check = check;
        this.pidFile = new PidFile(directory.pidFile());
    }

    public String name() {
        return address.name();
    }

    /** Where the node answers HTTP, without a slash at the end. */
    public URI url() {
        return address.url();
    }

    /** The node's process, if it runs. */
    public Optional<ProcessHandle> process() {
        try {
            return pidFile.process();
        } catch (IOException failure) {
            throw new ServerException("cannot read " + directory.pidFile(), failure);
        }
    }

    public boolean isAlive() {
        return process().isPresent();
    }

    /** What the node says of its cluster; nothing if it doesn't answer or has found no cluster yet. */
    public Optional<ClusterHealth> health() {
        return check.of(url());
    }

    /** The ends of the node's logs. */
    public String logTail() {
        try {
            return directory.logTail();
        } catch (IOException failure) {
            throw new ServerException("cannot read the logs of " + name(), failure);
        }
    }

    /** Ends the process as an administrator would, and waits until it has ended; a stopped node stays stopped. */
    public void stop() {
        end(false);
    }

    /** Ends the process with SIGKILL and waits until it has ended. */
    public void kill() {
        end(true);
    }

    /** Stops the process where it stands (SIGSTOP), as a machine does that hangs; its connections stay open. */
    public void pause() {
        signal("STOP");
    }

    /** Lets a paused process go on. */
    public void resume() {
        signal("CONT");
    }

    private void signal(String name) {
        process().ifPresent(process -> {
            try {
                Commands.run(List.of("kill", "-" + name, Long.toString(process.pid())));
            } catch (IOException failure) {
                throw new ServerException("cannot send SIG" + name + " to " + name(), failure);
            }
        });
    }

    synchronized void start(ServerCommand command) throws IOException {
        if (isAlive()) {
            throw new IllegalStateException(name() + " runs already");
        }
        ProcessBuilder builder = command.of(directory)
                .redirectInput(new File("/dev/null"))
                .redirectErrorStream(true)
                .redirectOutput(directory.console().toFile());
        ProcessHandle process = builder.start().toHandle();
        detach();
        deadManSwitch = DeadManSwitch.on(process);
        pidFile.write(process);
    }

    /** Lets the process outlive this JVM. */
    synchronized void detach() {
        if (deadManSwitch != null) {
            deadManSwitch.release();
            deadManSwitch = null;
        }
    }

    private synchronized void end(boolean forcibly) {
        process().ifPresent(process -> end(process, forcibly));
        detach();
        try {
            pidFile.delete();
        } catch (IOException failure) {
            throw new ServerException("cannot delete " + directory.pidFile(), failure);
        }
    }

    private void end(ProcessHandle process, boolean forcibly) {
        if (forcibly) {
            process.destroyForcibly();
        } else {
            process.destroy();
        }
        try {
            process.onExit().get(SECONDS_TO_STOP, TimeUnit.SECONDS);
        } catch (TimeoutException slow) {
            process.destroyForcibly();
            process.onExit().join();
        } catch (InterruptedException interruption) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        } catch (ExecutionException failure) {
            throw new ServerException("cannot stop " + name() + ", process " + process.pid(), failure);
        }
    }
}
