package io.thingport.platform.registry;

/**
 * What became of a line of a file.
 *
 * @param reason why it failed, else empty; names a field and its rule, but nothing that stands in the file: when columns are
 *               mixed up anything may be a secret
 */
public record LineResult(Outcome outcome, String reason) {

    public enum Outcome { CREATED, CHANGED, UNCHANGED, FAILED }

    static final LineResult CREATED = new LineResult(Outcome.CREATED, "");
    static final LineResult CHANGED = new LineResult(Outcome.CHANGED, "");
    static final LineResult UNCHANGED = new LineResult(Outcome.UNCHANGED, "");

    public static LineResult failed(String reason) {
        return new LineResult(Outcome.FAILED, reason);
    }
}
