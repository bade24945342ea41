package io.thingport.it;

import io.thingport.bench.Postgres;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** The kinds of databases that the system tests run on, one after the other. */
enum Database {
    H2 {
        @Override
        Map<String, String> empty() {
            return Map.of();
        }
    },
    POSTGRESQL {
        @Override
        Map<String, String> empty() {
            return settings(Server.RUNNING, Server.RUNNING.create("it" + COUNT.incrementAndGet()));
        }
    };

    /** The kind that this run of the tests is about. */
    static final Database OF_THIS_RUN = valueOf(System.getProperty("thingport.it.database").toUpperCase());

    private static final AtomicInteger COUNT = new AtomicInteger();

    /** The settings of a server with an empty database of this kind. */
    abstract Map<String, String> empty();

    /** The settings of a server with this database of PostgreSQL. */
    static Map<String, String> settings(Postgres postgres, String url) {
        return Map.of("thingport.database.url", url, "thingport.database.user", postgres.user(),
                "thingport.database.password", postgres.password());
    }

    /** Started by the first test that asks, stopped with the virtual machine. */
    private static final class Server {
        private static final Postgres RUNNING = start();

        private static Postgres start() {
            Path data = Path.of(System.getProperty("thingport.it.directory"), "postgresql");
            Folders.delete(data);
            return new Postgres(data).start();
        }
    }
}
