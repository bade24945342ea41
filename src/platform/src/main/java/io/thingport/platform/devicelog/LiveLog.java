package io.thingport.platform.devicelog;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Shows the log as it grows to those who follow it. The last lines are kept, {@link #LINES_MAXIMUM} and 1 MiB at most, so that
 * who loses its connection can go on where it was; nothing is kept over a restart. From any thread; the lock is held for no
 * more than a look through the lines and those who follow.
 */
public final class LiveLog {

    private static final Logger LOG = System.getLogger(LiveLog.class.getName());
    public static final int FOLLOWERS_MAXIMUM = 100;
    /** Followers with the same access key. */
    public static final int KEY_FOLLOWERS_MAXIMUM = 25;
    /** The last lines that are kept. */
    public static final int LINES_MAXIMUM = 1_000;
    private static final long BYTES_MAXIMUM = 1024 * 1024;

    private final Deque<LogLine> lines = new ArrayDeque<>(); // the last ones
    private final Set<LogFollower> followers = new LinkedHashSet<>();
    private long bytes; // of these lines
    private long goneThrough; // no line with an id up to this is kept
    private long last; // id of the newest line
    private long missed; // by all followers
    private long refused;

    /** The log goes on behind the line with this id, of an earlier run; 0 for none. */
    synchronized void begin(long after) {
        goneThrough = after;
        last = after;
    }

    /** Lines were added to the log. They are shown before they are written. */
    void show(List<LogLine> added) {
        List<LogFollower> woken = new ArrayList<>();
        synchronized (this) {
            for (LogLine line : added) {
                keep(line);
                for (LogFollower follower : followers) {
                    if (follower.show(line)) {
                        woken.add(follower);
                    }
                }
            }
        }
        woken.forEach(LiveLog::wake);
    }

    /** One that cannot be woken keeps no other from it, and nothing from being written: it is ended. */
    private static void wake(LogFollower follower) {
        try {
            follower.wake();
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, "one who follows the device log cannot be woken and is let go", e);
            follower.close();
        }
    }

    private void keep(LogLine line) {
        lines.add(line);
        last = line.id();
        bytes += line.entry().weight();
        while (lines.size() > LINES_MAXIMUM || bytes > BYTES_MAXIMUM) {
            LogLine gone = lines.remove();
            bytes -= gone.entry().weight();
            goneThrough = gone.id();
        }
    }

    /**
     * Begins to follow the log.
     *
     * @param accessKeyId who follows
     * @param after       the position of the last event that was seen; empty to see what comes from now on
     * @param wake        runs on other threads when the follower, which had nothing more, has a next event or has ended; must
     *                    not block
     * @return empty when too many follow
     */
    public synchronized Optional<LogFollower> follow(LogFilter filter, String accessKeyId, OptionalLong after,
            Runnable wake) {
        long ofKey = followers.stream().filter(f -> f.accessKeyId().equals(accessKeyId)).count();
        if (followers.size() >= FOLLOWERS_MAXIMUM || ofKey >= KEY_FOLLOWERS_MAXIMUM) {
            refused++;
            return Optional.empty();
        }
        boolean known = after.isPresent() && after.getAsLong() >= goneThrough && after.getAsLong() <= last;
        long from = known ? after.getAsLong() : after.isPresent() ? goneThrough : last;
        LogFollower follower = new LogFollower(filter, accessKeyId, wake, this, from, after.isPresent() && !known);
        lines.stream().filter(line -> line.id() > from).forEach(follower::show);
        followers.add(follower);
        return Optional.of(follower);
    }

    /** An access key is valid no more: who follows with it stops. */
    public void keyRevoked(String accessKeyId) {
        end(follower -> follower.accessKeyId().equals(accessKeyId));
    }

    private void end(Predicate<LogFollower> which) {
        List<LogFollower> ending;
        synchronized (this) {
            ending = followers.stream().filter(which).toList();
        }
        ending.forEach(LogFollower::end);
    }

    synchronized void remove(LogFollower follower) {
        followers.remove(follower);
    }

    /** The place behind which nothing has been shown yet. Under this lock. */
    long last() {
        return last;
    }

    /** Under this lock. */
    void missedOne() {
        missed++;
    }

    /** A moment late. */
    public synchronized FollowCounters counters() {
        return new FollowCounters(followers.size(), missed, refused);
    }
}
