package io.thingport.it.mqtt5;

import io.thingport.it.EveryClause;

/** MQTT 5.0: the tests of this package and {@code src/docs/clauses-5.md}. */
class EveryClauseIT extends EveryClause {

    EveryClauseIT() {
        super("clauses-5.0.txt", "clauses-5.md");
    }
}
