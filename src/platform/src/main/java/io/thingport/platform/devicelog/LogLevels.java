package io.thingport.platform.devicelog;

import io.thingport.mqtt.DeviceKey;
import io.thingport.platform.audit.Audited;
import io.thingport.platform.registry.RegistryException;
import io.thingport.platform.registry.RegistryProblem;
import jakarta.ejb.Stateless;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * How much goes into the device log: of the server by its settings, of a product until that is changed, of a device for a
 * while. What is nearest to the device holds. Every method may throw {@link RegistryException}; calls block on the database.
 */
@Stateless
public class LogLevels {

    /** How long a device may be traced. */
    public static final Duration TRACE_MINIMUM = Duration.ofSeconds(1);
    public static final Duration TRACE_MAXIMUM = Duration.ofHours(24);

    @PersistenceContext(unitName = "thingport")
    private EntityManager entities;
    @Inject
    private PresentLevels present;
    @Inject
    private Clock clock;
    @Inject
    private Event<ProductLevelChange> levelChanges;
    @Inject
    private Event<TraceChange> traceChanges;

    /** For the container. */
    public LogLevels() {
    }

    LogLevels(EntityManager entities, PresentLevels present, Clock clock, Event<ProductLevelChange> levelChanges,
            Event<TraceChange> traceChanges) {
        this.entities = entities;
        this.present = present;
        this.clock = clock;
        this.levelChanges = levelChanges;
        this.traceChanges = traceChanges;
    }

    /** Reads what holds into memory, at the start. */
    public void load() {
        entities.createQuery("select l from ProductLevelRow l", ProductLevelRow.class).getResultList()
                .forEach(row -> present.set(row.productKey(), Optional.of(row.level())));
        endOverdue();
        traces().forEach((device, trace) -> present.set(device, Optional.of(trace)));
    }

    /** Where nothing else is said. */
    public LogLevel server() {
        return present.server();
    }

    /** The level of a product; empty where the server's holds. */
    public Optional<LogLevel> product(String productKey) {
        checkProduct(productKey);
        return Optional.ofNullable(entities.find(ProductLevelRow.class, productKey)).map(ProductLevelRow::level);
    }

    /**
     * Sets the level of a product.
     *
     * @param level empty for the server's
     */
    @Audited("product.log-level.set")
    public void setProduct(@Audited.Product String productKey, Optional<LogLevel> level) {
        checkProduct(productKey);
        level.ifPresentOrElse(set -> entities.merge(new ProductLevelRow(productKey, set)),
                () -> Optional.ofNullable(entities.find(ProductLevelRow.class, productKey)).ifPresent(entities::remove));
        entities.flush();
        levelChanges.fire(new ProductLevelChange(productKey, level));
    }

    /** The trace of a device, if it is being traced. */
    public Optional<Trace> trace(DeviceKey device) {
        checkDevice(device);
        return Optional.ofNullable(entities.find(TraceRow.class, new TraceRow.Id(device))).map(TraceRow::toTrace)
                .filter(trace -> !trace.isOver(clock.millis()));
    }

    /**
     * Traces a device from now on; ends by itself. A trace that there is is replaced.
     *
     * @param time {@link #TRACE_MINIMUM} to {@link #TRACE_MAXIMUM}
     */
    @Audited("device.trace.start")
    public Trace startTrace(DeviceKey device, LogLevel level, boolean payloads, Duration time) {
        if (time.compareTo(TRACE_MINIMUM) < 0 || time.compareTo(TRACE_MAXIMUM) > 0) {
            throw new RegistryException(RegistryProblem.INVALID_TRACE,
                    "seconds: has to be " + TRACE_MINIMUM.toSeconds() + " to " + TRACE_MAXIMUM.toSeconds());
        }
        checkDevice(device);
        endOverdue();
        boolean added = entities.find(TraceRow.class, new TraceRow.Id(device)) == null;
        if (added && count() >= PresentLevels.TRACES_MAXIMUM) {
            throw new RegistryException(RegistryProblem.TOO_MANY_TRACES,
                    PresentLevels.TRACES_MAXIMUM + " devices are being traced, no more are allowed");
        }
        Trace trace = new Trace(level, payloads, clock.instant().plus(time).truncatedTo(ChronoUnit.MILLIS));
        entities.merge(new TraceRow(device, trace));
        entities.flush();
        traceChanges.fire(new TraceChange(device, Optional.of(trace)));
        return trace;
    }

    /** Traces a device no more; without effect when it is not traced. */
    @Audited("device.trace.end")
    public void endTrace(DeviceKey device) {
        checkDevice(device);
        Optional.ofNullable(entities.find(TraceRow.class, new TraceRow.Id(device))).ifPresent(entities::remove);
        entities.flush();
        traceChanges.fire(new TraceChange(device, Optional.empty()));
    }

    /** The devices that are being traced, {@link PresentLevels#TRACES_MAXIMUM} at most. */
    public Map<DeviceKey, Trace> traces() {
        Map<DeviceKey, Trace> traces = new HashMap<>();
        entities.createQuery("select t from TraceRow t where t.endsAt > :now", TraceRow.class)
                .setParameter("now", now()).getResultList()
                .forEach(row -> traces.put(row.device(), row.toTrace()));
        return traces;
    }

    private long count() {
        return entities.createQuery("select count(t) from TraceRow t", Long.class).getSingleResult();
    }

    private void endOverdue() {
        entities.createQuery("select t from TraceRow t where t.endsAt <= :now", TraceRow.class)
                .setParameter("now", now()).getResultList().forEach(row -> {
                    entities.remove(row);
                    traceChanges.fire(new TraceChange(row.device(), Optional.empty()));
                });
        entities.flush();
    }

    private Instant now() {
        return clock.instant();
    }

    private void checkProduct(String productKey) {
        if (entities.createQuery("select p.id from ProductRow p where p.productKey = :key", Long.class)
                .setParameter("key", productKey).getResultList().isEmpty()) {
            throw new RegistryException(RegistryProblem.PRODUCT_NOT_FOUND, "there is no product " + productKey);
        }
    }

    private void checkDevice(DeviceKey device) {
        if (entities.createQuery("select d.id from DeviceRow d where d.productKey = :product and d.deviceName = :name", Long.class)
                .setParameter("product", device.productKey()).setParameter("name", device.deviceName())
                .getResultList().isEmpty()) {
            throw new RegistryException(RegistryProblem.DEVICE_NOT_FOUND, "there is no device " + device);
        }
    }
}
