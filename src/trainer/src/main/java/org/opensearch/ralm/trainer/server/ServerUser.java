package org.opensearch.ralm.trainer.server;

import com.sun.security.auth.module.UnixSystem;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Whom a server runs as: OpenSearch refuses to run as root, so root hands it to somebody else. */
sealed interface ServerUser {
    /** Wraps a command so that it runs as this user, in the process that was started for the wrapped one. */
    List<String> command(List<String> command);

    /** Lets this user write in a directory, and refuses one that the user cannot reach. */
    void own(Path directory) throws IOException;

    /** The caller, unless that is root; then an unprivileged user of a user namespace; else a system account. */
    static ServerUser detect() throws IOException {
        if (!isRoot()) {
            return new Caller();
        }
        Namespace namespace = new Namespace();
        return Commands.succeeds(namespace.command(List.of("true"))) ? namespace : Account.named("ralm");
    }

    static boolean isRoot() {
        return new UnixSystem().getUid() == 0;
    }

    private static List<String> prefixed(List<String> prefix, List<String> command) {
        return Stream.concat(prefix.stream(), command.stream()).toList();
    }

    /** The user who calls. */
    record Caller() implements ServerUser {
        @Override
        public List<String> command(List<String> command) {
            return command;
        }

        @Override
        public void own(Path directory) {}
    }

    /** Root, seen from inside as an ordinary user without any capability. */
    record Namespace() implements ServerUser {
        @Override
        public List<String> command(List<String> command) {
            return prefixed(List.of("unshare", "--user", "--map-user=1000", "--map-group=1000", "--"), command);
        }

        @Override
        public void own(Path directory) {}
    }

    /** A system account, for machines and containers that refuse user namespaces. */
    record Account(String name) implements ServerUser {
        /** The account of this name, made if need be. */
        static Account named(String name) throws IOException {
            if (!Commands.succeeds(List.of("id", "--user", name))) {
                Commands.run(List.of("useradd", "--system", "--user-group", "--no-create-home", name));
            }
            return new Account(name);
        }

        @Override
        public List<String> command(List<String> command) {
            return prefixed(List.of("setpriv", "--reuid=" + name, "--regid=" + name, "--clear-groups", "--"), command);
        }

        @Override
        public void own(Path directory) throws IOException {
            Commands.run(List.of("chown", "--recursive", name + ":", directory.toString()));
            if (!Commands.succeeds(command(List.of("test", "-w", directory.toString())))) {
                throw new ServerException("the server runs as the account " + name + ", which cannot reach " + directory
                        + ": choose a state directory outside of private ones such as root's home");
            }
        }
    }
}
