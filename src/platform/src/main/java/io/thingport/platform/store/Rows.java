package io.thingport.platform.store;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What the changes of one transaction come to, put together by kind. */
final class Rows {

    private final Set<Long> ended = new LinkedHashSet<>();
    private final Map<Long, SessionState> sessions = new LinkedHashMap<>();
    private final List<InsertMessage> messages = new ArrayList<>();
    private final List<Range> ranges = new ArrayList<>();

    /** Messages of a session from one number to another, both included. */
    record Range(long sessionId, long from, long to) {

        private static final Comparator<Range> ORDER =
                Comparator.comparingLong(Range::sessionId).thenComparingLong(Range::from);

        private boolean reaches(Range next) {
            return sessionId == next.sessionId && to >= next.from - 1;
        }
    }

    /** @param changes in the order they were handed over */
    Rows(Collection<Waiting> changes) {
        for (Waiting entry : changes) {
            Change change = entry.change();
            if (change instanceof InsertMessage message) {
                messages.add(message);
            } else if (change instanceof DeleteMessages delete) {
                ranges.add(new Range(delete.sessionId(), delete.from(), delete.to()));
            } else if (change instanceof SaveSession save) {
                sessions.put(save.state().deviceId(), save.state());
            } else if (change instanceof EndSession end) {
                ended.add(end.sessionId());
            }
        }
    }

    /** Ids of sessions that end. */
    Collection<Long> ended() {
        return ended;
    }

    /** The last state of each device's session, of those that do not end here as well. */
    List<SessionState> saved() {
        return sessions.values().stream().filter(state -> !ended.contains(state.sessionId())).toList();
    }

    /** The ids of devices whose last session begins and ends here: they are left without one. */
    List<Long> sessionless() {
        return sessions.values().stream().filter(state -> ended.contains(state.sessionId()))
                .map(SessionState::deviceId).toList();
    }

    List<InsertMessage> messages() {
        return messages;
    }

    /** What is to be deleted, in as few ranges as possible. */
    List<Range> deleted() {
        List<Range> merged = new ArrayList<>();
        ranges.sort(Range.ORDER);
        for (Range next : ranges) {
            int last = merged.size() - 1;
            if (last >= 0 && merged.get(last).reaches(next)) {
                Range before = merged.get(last);
                merged.set(last, new Range(before.sessionId(), before.from(), Math.max(before.to(), next.to())));
            } else {
                merged.add(next);
            }
        }
        return merged;
    }
}
