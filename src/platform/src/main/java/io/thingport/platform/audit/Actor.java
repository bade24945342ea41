package io.thingport.platform.audit;

/**
 * Who is at work on the current thread. Whoever lets callers in sets it for the time of the call, and takes it away when the
 * thread leaves; on a thread where nobody has, the server itself is at work.
 *
 * @param caller  the id of the access key, or the subject of the token; {@code server} for the server itself
 * @param address where the caller is, as IP address; empty when it is nowhere
 */
public record Actor(String caller, String address, Door door) {

    private static final int CALLER_MAXIMUM = 128;
    private static final int ADDRESS_MAXIMUM = 64;
    private static final Actor SERVER = new Actor("server", "", Door.SERVER);
    private static final ThreadLocal<Actor> CURRENT = ThreadLocal.withInitial(() -> SERVER);

    /** What is longer than an entry holds is cut. */
    public Actor {
        caller = caller.substring(0, Math.min(CALLER_MAXIMUM, caller.length()));
        address = address.substring(0, Math.min(ADDRESS_MAXIMUM, address.length()));
    }

    /** Who is at work here. */
    public static Actor current() {
        return CURRENT.get();
    }

    /** From here on this one is at work on the current thread, until {@link #leave}. */
    public void enter() {
        CURRENT.set(this);
    }

    /** Nobody but the server is at work on the current thread any more. */
    public static void leave() {
        CURRENT.remove();
    }

    /** The same work, done on another thread by whoever is at work here now. */
    public static Runnable carried(Runnable work) {
        Actor actor = current();
        return () -> {
            actor.enter();
            try {
                work.run();
            } finally {
                leave();
            }
        };
    }
}
