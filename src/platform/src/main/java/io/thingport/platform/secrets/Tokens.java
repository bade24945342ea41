package io.thingport.platform.secrets;

import java.util.random.RandomGenerator;

/** Makes up keys, names and secrets. As good and as thread-safe as the source of randomness it is given. */
public final class Tokens {

    private static final String ALPHANUMERIC = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    private static final String HEX = "0123456789abcdef";

    private final RandomGenerator random;

    public Tokens(RandomGenerator random) {
        this.random = random;
    }

    /** That many ASCII letters and digits. */
    public String alphanumeric(int length) {
        return pick(ALPHANUMERIC, length);
    }

    /** That many lower-case hexadecimal digits. */
    public String hex(int length) {
        return pick(HEX, length);
    }

    private String pick(String alphabet, int length) {
        StringBuilder token = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            token.append(alphabet.charAt(random.nextInt(alphabet.length())));
        }
        return token.toString();
    }
}
