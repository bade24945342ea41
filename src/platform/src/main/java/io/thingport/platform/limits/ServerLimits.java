package io.thingport.platform.limits;

/** Counts what passes through the whole server; see {@link ServerRates}. */
public record ServerLimits(TokenBucket connects, TokenBucket publishes, TokenBucket messages, TokenBucket calls) {

    public static ServerLimits of(ServerRates rates, long now) {
        return new ServerLimits(TokenBucket.of(rates.connects(), now), TokenBucket.of(rates.publishes(), now),
                TokenBucket.of(rates.messages(), now), TokenBucket.of(rates.calls(), now));
    }
}
