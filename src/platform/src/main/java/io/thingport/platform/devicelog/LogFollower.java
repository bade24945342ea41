package io.thingport.platform.devicelog;

import io.thingport.platform.devicelog.LogEvent.Gap;
import io.thingport.platform.devicelog.LogEvent.Shown;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * One who follows the log. Takes events at its own pace. At most {@link #LINES_MAXIMUM} lines and 256 KiB wait for it; it
 * misses what exceeds that, and is told so, until it has taken what waits. From any thread, by one at a time, but for {@link
 * #ended} and {@link #close}, which anybody may call.
 */
public final class LogFollower implements AutoCloseable {

    static final int LINES_MAXIMUM = 500;
    private static final long BYTES_MAXIMUM = 256 * 1024;

    private final LogFilter filter;
    private final String accessKeyId;
    private final Runnable wake;
    private final LiveLog live;
    private volatile boolean ended; // set by whoever ends it, read by the one who takes

    // Guarded by the live log's lock:
    private final Deque<LogLine> waiting = new ArrayDeque<>();
    private long bytes; // of these
    private long position; // of the last event that was taken
    private long missed; // lines it wants, and had no room for
    private boolean unsure; // whether it missed any before it began is not known
    private boolean idle; // it has seen all there is and waits to be woken

    /**
     * @param position behind which it sees what there is
     * @param unsure   it may have missed something before that
     */
    LogFollower(LogFilter filter, String accessKeyId, Runnable wake, LiveLog live, long position, boolean unsure) {
        this.filter = filter;
        this.accessKeyId = accessKeyId;
        this.wake = wake;
        this.live = live;
        this.position = position;
        this.unsure = unsure;
    }

    /** The next event. When there is none, the follower is woken once there is. Never blocks. */
    public Optional<LogEvent> next() {
        synchronized (live) {
            if (unsure) {
                unsure = false;
                return Optional.of(new Gap(position(), OptionalLong.empty()));
            }
            if (!waiting.isEmpty()) {
                LogLine line = waiting.remove();
                bytes -= line.entry().weight();
                position = line.id();
                return Optional.of(new Shown(line));
            }
            if (missed > 0) {
                Gap gap = new Gap(position(), OptionalLong.of(missed));
                missed = 0;
                return Optional.of(gap);
            }
            idle = true;
            return Optional.empty();
        }
    }

    /** All that it wants up to this position it has been given, or told that it missed it. */
    public long position() {
        synchronized (live) {
            return waiting.isEmpty() ? live.last() : position;
        }
    }

    /** Whether it must stop: its access key is gone, or it was closed. It is woken to see that. */
    public boolean ended() {
        return ended;
    }

    /** Stops following. More than once is as once. */
    @Override
    public void close() {
        ended = true;
        live.remove(this);
    }

    String accessKeyId() {
        return accessKeyId;
    }

    /**
     * Takes a line if it is wanted. Under the live log's lock.
     *
     * @return whether to wake it
     */
    boolean show(LogLine line) {
        if (!filter.matches(line.entry())) {
            return false;
        }
        if (missed > 0 || waiting.size() == LINES_MAXIMUM || bytes + line.entry().weight() > BYTES_MAXIMUM) {
            missed++;
            live.missedOne();
            return false;
        }
        waiting.add(line);
        bytes += line.entry().weight();
        boolean wasIdle = idle;
        idle = false;
        return wasIdle;
    }

    void wake() {
        wake.run();
    }

    void end() {
        ended = true;
        wake.run();
    }
}
