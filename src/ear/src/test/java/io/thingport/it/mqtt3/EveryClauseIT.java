package io.thingport.it.mqtt3;

import io.thingport.it.EveryClause;

/** MQTT 3.1.1: the tests of this package and {@code src/docs/clauses-3.1.1.md}. */
class EveryClauseIT extends EveryClause {

    EveryClauseIT() {
        super("clauses-3.1.1.txt", "clauses-3.1.1.md");
    }
}
