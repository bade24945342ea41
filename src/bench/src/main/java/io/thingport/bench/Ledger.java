package io.thingport.bench;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.zip.CRC32;

/**
 * What one sender sends to one device under a rising counter, and what of it has come. Nothing is ever sent twice by the
 * sender, so what comes twice was sent twice by the server. Belongs to one thread.
 */
final class Ledger {

    /** An acknowledgement of the device that was not older than this when its connection broke may have been lost. */
    private static final long FRESH_NANOS = TimeUnit.SECONDS.toNanos(2);
    private static final int FILLER_MAXIMUM = 200;

    private final String device;
    private final String sender;
    private final Findings findings;
    private final List<Entry> entries = new ArrayList<>(); // by counter
    private final Deque<Entry> open = new ArrayDeque<>(); // promised and not come; come ones leave lazily
    private int openCount;
    private int firstReceptions = -1; // the highest counter that has come for the first time
    private int lastOfConnection = -1;

    Ledger(String device, String sender, Findings findings) {
        this.device = device;
        this.sender = sender;
        this.findings = findings;
    }

    /** A message of this ledger. */
    static final class Entry {
        private final int counter;
        private boolean promised;
        private boolean forgiven;
        private boolean come;
        private long acknowledgedAt; // 0: not by the device
        private boolean acknowledgementDoubtful;

        private Entry(int counter) {
            this.counter = counter;
        }

        int counter() {
            return counter;
        }
    }

    /** A message to be sent now. */
    Entry next() {
        Entry entry = new Entry(entries.size());
        entries.add(entry);
        return entry;
    }

    /** Its payload: device, sender, counter, a filler, and a check sum over all of it. */
    String payload(Entry entry) {
        String head = device + " " + sender + " " + entry.counter + " "
                + "x".repeat(entry.counter * 31 % FILLER_MAXIMUM) + " ";
        return head + checkSum(head);
    }

    /** The server has promised to deliver it. */
    void promised(Entry entry) {
        findings.promised++;
        entry.promised = true;
        if (!entry.come && !entry.forgiven) {
            openCount++;
            open.add(entry);
        }
    }

    /** Messages that are promised and have not come. */
    int backlog() {
        return openCount;
    }

    /** The session was ended on purpose: what has not come need not come any more. */
    void forgive() {
        for (int i = entries.size() - 1; i >= 0 && !entries.get(i).forgiven; i--) {
            if (!entries.get(i).come) {
                entries.get(i).forgiven = true;
            }
        }
        open.clear();
        openCount = 0;
    }

    /** Forgives one message, whose promise was about no session. */
    void forgive(Entry entry) {
        entry.forgiven = true;
    }

    /** A new connection begins: on each one counters rise. */
    void connected() {
        lastOfConnection = -1;
    }

    /** The connection broke: the device's latest acknowledgements may not have been taken. */
    void broken(long now) {
        for (int i = entries.size() - 1; i >= 0; i--) {
            Entry entry = entries.get(i);
            if (entry.acknowledgedAt != 0) {
                if (now - entry.acknowledgedAt > FRESH_NANOS) {
                    return;
                }
                entry.acknowledgementDoubtful = true;
            }
        }
    }

    /** A message with this counter has come. */
    Optional<Entry> received(int counter, boolean dup) {
        if (counter < 0 || counter >= entries.size()) {
            findings.damaged(device + ": " + sender + " " + counter + " was never sent");
            return Optional.empty();
        }
        Entry entry = entries.get(counter);
        findings.received++;
        if (counter <= lastOfConnection) {
            findings.misordered(device + ": " + sender + " " + counter + " came after " + lastOfConnection
                    + " on one connection");
        }
        lastOfConnection = Math.max(lastOfConnection, counter);
        if (entry.come) {
            again(entry, dup);
        } else {
            firstTime(entry);
        }
        return Optional.of(entry);
    }

    private void firstTime(Entry entry) {
        entry.come = true;
        if (entry.counter < firstReceptions) {
            findings.misordered(device + ": " + sender + " " + entry.counter + " came for the first time after "
                    + firstReceptions);
        }
        firstReceptions = Math.max(firstReceptions, entry.counter);
        if (entry.promised && !entry.forgiven) {
            openCount--;
            while (!open.isEmpty() && open.peek().come) {
                open.remove();
            }
        }
    }

    private void again(Entry entry, boolean dup) {
        if (!dup) {
            findings.duplicateWithoutDup(device + ": " + sender + " " + entry.counter);
        } else if (entry.acknowledgedAt == 0) {
            findings.duplicates++;
        } else if (entry.acknowledgementDoubtful) {
            findings.duplicatesOfFreshlyAcknowledged++;
        } else {
            findings.duplicateOfAcknowledged(device + ": " + sender + " " + entry.counter);
        }
    }

    /** The device has sent its acknowledgement. */
    void acknowledged(Entry entry, long now) {
        entry.acknowledgedAt = now;
        entry.acknowledgementDoubtful = false;
    }

    /** Reports what was promised and has not come. */
    void close() {
        for (Entry entry : entries) {
            if (entry.promised && !entry.come && !entry.forgiven) {
                findings.lost(device + ": " + sender + " " + entry.counter);
            }
        }
    }

    /** Who sent a payload and under which counter; empty when it is damaged or not for this device. */
    static Optional<Label> read(String device, byte[] payload) {
        String text = new String(payload, StandardCharsets.ISO_8859_1);
        int end = text.lastIndexOf(' ') + 1;
        String[] words = text.split(" ", 4);
        if (words.length != 4 || !words[0].equals(device) || !checkSum(text.substring(0, end)).equals(text.substring(end))) {
            return Optional.empty();
        }
        return Optional.of(new Label(words[1], Integer.parseInt(words[2])));
    }

    private static String checkSum(String text) {
        CRC32 crc = new CRC32();
        crc.update(text.getBytes(StandardCharsets.ISO_8859_1));
        return Long.toHexString(crc.getValue());
    }

    /** What a payload says of itself. */
    record Label(String sender, int counter) {
    }
}
