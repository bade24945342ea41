package io.thingport.bench;

import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What devices were promised that consumer groups will receive, and what of it has come to their consumers. A message may come
 * to a group more than once, with the same message id. Belongs to one thread.
 */
final class GroupLedger {

    private final List<String> groups;
    private final Findings findings;
    private final Map<String, BitSet> promised = new HashMap<>(); // by device; counters of its messages
    private final Map<String, BitSet> come = new HashMap<>(); // by group and device
    private final Map<String, String> messageIds = new HashMap<>(); // by device and counter

    GroupLedger(List<String> groups, Findings findings) {
        this.groups = List.copyOf(groups);
        this.findings = findings;
    }

    List<String> groups() {
        return groups;
    }

    /** A device's publish has been acknowledged. */
    void promised(String device, int counter) {
        findings.groupPromised += groups.size();
        promised.computeIfAbsent(device, name -> new BitSet()).set(counter);
    }

    /**
     * A consumer has done a message.
     *
     * @param alone   whether it is the only one of its group, so that messages have to come in order
     * @param highest the highest counters, by device, that have come to the consumer's connection before
     */
    void received(String group, ConsumedMessage message, boolean alone, Map<String, Integer> highest) {
        String device = message.device();
        Optional<Ledger.Label> label = Ledger.read(device, message.payload());
        if (label.isEmpty()) {
            findings.damaged(group + ": " + message);
            return;
        }
        if (!label.get().sender().equals(LoadDevice.OWN)) {
            return;
        }
        findings.groupReceived++;
        int counter = label.get().counter();
        String known = messageIds.putIfAbsent(device + " " + counter, message.messageId());
        if (known != null && !known.equals(message.messageId())) {
            findings.otherMessageId(group + ": " + device + " " + counter + " as " + message.messageId() + " and " + known);
        }
        BitSet counters = come(group, device);
        if (counters.get(counter)) {
            findings.groupReceivedAgain++;
        } else if (alone && !message.redelivered() && counter < highest.getOrDefault(device, -1)) {
            findings.misorderedForGroup(group + ": " + device + " " + counter + " came for the first time after "
                    + highest.get(device));
        }
        counters.set(counter);
        highest.merge(device, counter, Math::max);
    }

    /** Messages that are promised and have not come, each for each group. */
    long missing() {
        return promised.keySet().stream().flatMapToInt(device -> groups.stream()
                .mapToInt(group -> missing(group, device).cardinality())).asLongStream().sum();
    }

    /** Reports what was promised and has not come. */
    void close() {
        promised.keySet().forEach(device -> groups.forEach(group -> missing(group, device).stream()
                .forEach(counter -> findings.lostForGroup(group + ": " + device + " " + counter))));
    }

    private BitSet missing(String group, String device) {
        BitSet missing = (BitSet) promised.get(device).clone();
        missing.andNot(come(group, device));
        return missing;
    }

    private BitSet come(String group, String device) {
        return come.computeIfAbsent(group + " " + device, name -> new BitSet());
    }
}
