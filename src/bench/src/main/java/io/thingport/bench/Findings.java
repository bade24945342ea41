package io.thingport.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What a trial has counted, and each violation of the promise with an example. Belongs to one thread. */
final class Findings {

    private static final int EXAMPLES_MAXIMUM = 20;

    long published;
    long promised;
    long received;
    long duplicates;
    long duplicatesOfFreshlyAcknowledged;
    long pubs;
    long pubsWithoutAnswer;
    long pubsRefused;
    long connects;
    long refusedConnects;
    long qos0Received;
    long groupPromised;
    long groupReceived;
    long groupReceivedAgain;
    long consumersStarted;
    private final Map<String, Long> violations = new TreeMap<>();
    private final List<String> examples = new ArrayList<>();

    void lost(String what) {
        violation("lost", what);
    }

    void misordered(String what) {
        violation("misordered", what);
    }

    void duplicateWithoutDup(String what) {
        violation("duplicates without DUP", what);
    }

    void duplicateOfAcknowledged(String what) {
        violation("sent again though acknowledged", what);
    }

    void lostForGroup(String what) {
        violation("lost for a group", what);
    }

    void misorderedForGroup(String what) {
        violation("misordered for a group", what);
    }

    void otherMessageId(String what) {
        violation("other message id when repeated", what);
    }

    void damaged(String what) {
        violation("damaged or another device's", what);
    }

    void sessionMissing(String what) {
        violation("sessions lost", what);
    }

    private void violation(String kind, String what) {
        violations.merge(kind, 1L, Long::sum);
        if (examples.size() < EXAMPLES_MAXIMUM) {
            examples.add(kind + ": " + what);
        }
    }

    /** How many violations of this kind. */
    long count(String kind) {
        return violations.getOrDefault(kind, 0L);
    }

    boolean clean() {
        return violations.isEmpty();
    }

    /** All of it, for a human. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        text.append("published by devices      ").append(published).append('\n');
        text.append("published by Pub          ").append(pubs).append(" (").append(pubsWithoutAnswer).append(" without an answer, ")
                .append(pubsRefused).append(" refused)\n");
        text.append("acknowledged              ").append(promised).append('\n');
        text.append("received                  ").append(received).append('\n');
        text.append("connects                  ").append(connects).append(" (").append(refusedConnects).append(" refused)\n");
        text.append("duplicates with DUP       ").append(duplicates).append(", and of messages acknowledged just before the break ")
                .append(duplicatesOfFreshlyAcknowledged).append('\n');
        if (groupPromised > 0) {
            text.append("acknowledged, by group    ").append(groupPromised).append('\n');
            text.append("received by consumers     ").append(groupReceived).append(", again ").append(groupReceivedAgain).append(", by ")
                    .append(consumersStarted).append(" processes\n");
        }
        for (String kind : List.of("lost", "misordered", "duplicates without DUP", "sent again though acknowledged",
                "damaged or another device's", "sessions lost", "lost for a group", "misordered for a group",
                "other message id when repeated")) {
            text.append(String.format("%-32s", kind)).append(count(kind)).append('\n');
        }
        examples.forEach(example -> text.append("  ").append(example).append('\n'));
        return text.toString();
    }
}
