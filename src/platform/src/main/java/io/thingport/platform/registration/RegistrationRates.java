package io.thingport.platform.registration;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.thingport.mqtt.Origin;
import io.thingport.platform.limits.TokenBucket;
import java.util.function.LongSupplier;

/**
 * Counts how often devices ask to be registered: whoever asks by where he comes from, who has proven to know a product's
 * secret by the product, so that nobody else uses that up. Bounded: what was not asked for longest is forgotten and begins
 * anew. From any thread, never blocks.
 */
final class RegistrationRates {

    private static final int ORIGINS_MAXIMUM = 10_000;
    private static final int PRODUCTS_MAXIMUM = 1_000;

    private final int perOrigin;
    private final int perProduct;
    private final LongSupplier nanoTime;
    private final Cache<Origin, TokenBucket> origins = Caffeine.newBuilder().maximumSize(ORIGINS_MAXIMUM)
            .executor(Runnable::run).build();
    private final Cache<String, TokenBucket> products = Caffeine.newBuilder().maximumSize(PRODUCTS_MAXIMUM)
            .executor(Runnable::run).build();

    /**
     * @param perOrigin  in a second
     * @param perProduct in a second
     */
    RegistrationRates(int perOrigin, int perProduct, LongSupplier nanoTime) {
        this.perOrigin = perOrigin;
        this.perProduct = perProduct;
        this.nanoTime = nanoTime;
    }

    boolean take(Origin from) {
        long now = nanoTime.getAsLong();
        return origins.get(from, f -> TokenBucket.of(perOrigin, now)).take(1, now);
    }

    boolean take(String productKey) {
        long now = nanoTime.getAsLong();
        return products.get(productKey, p -> TokenBucket.of(perProduct, now)).take(1, now);
    }
}
