package io.thingport.platform.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.thingport.mqtt.DeviceKey;
import io.thingport.platform.audit.AuditEntry.Outcome;
import io.thingport.platform.registry.Page;
import io.thingport.platform.registry.RegistryException;
import io.thingport.platform.start.TestDatabase;
import io.thingport.platform.start.TestDatabase.Kind;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource
class AuditTrailTest {

    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05.678Z");
    private static final Actor ALICE = new Actor("alice", "192.0.2.1", Door.REST);
    private static final Actor BOB = new Actor("bob", "192.0.2.2", Door.VENDOR_API);
    private static final DeviceKey LAMP = new DeviceKey("a1AbCdEfGhI", "lamp");

    @Parameter
    private Kind kind;
    private TestDatabase database;
    private Instant now = NOW;

    @BeforeEach
    void open() {
        database = TestDatabase.open(kind);
    }

    @AfterEach
    void leave() {
        Actor.leave();
    }

    @Test
    void anEntrySaysWhoDidWhatOnWhatAndFromWhere() {
        ALICE.enter();
        done("device.delete", Subject.device(LAMP));

        assertThat(list(AuditFilter.ALL)).containsExactly(
                new AuditEntry(NOW, ALICE, "device.delete", Subject.device(LAMP), Outcome.DONE));
    }

    @Test
    void whereNobodyCalledTheServerItselfIsAtWork() {
        done("access-key.create", Subject.NONE);

        assertThat(list(AuditFilter.ALL)).extracting(entry -> entry.actor().door()).containsExactly(Door.SERVER);
    }

    @Test
    void aRefusalIsAnEntry() {
        database.run(entities -> trail(entities).refused(BOB, "DeleteProduct", Subject.product("a1AbCdEfGhI")));

        assertThat(list(AuditFilter.ALL)).containsExactly(
                new AuditEntry(NOW, BOB, "DeleteProduct", Subject.product("a1AbCdEfGhI"), Outcome.REFUSED));
    }

    @Test
    void whatIsLongerThanAnEntryHoldsIsCut() {
        new Actor("x".repeat(1000), "y".repeat(1000), Door.REST).enter();
        done("z".repeat(1000), Subject.id("i".repeat(1000)));

        AuditEntry entry = list(AuditFilter.ALL).get(0);
        assertThat(entry.action()).hasSize(200);
        assertThat(entry.actor().caller()).hasSize(128);
        assertThat(entry.subject().id().orElseThrow()).hasSize(128);
    }

    @Test
    void theFilterTakesCallersProductsActionsAndTimes() {
        ALICE.enter();
        done("product.create", Subject.product("one"));
        now = NOW.plusSeconds(10);
        done("device.create", Subject.product("one"));
        BOB.enter();
        done("device.delete", Subject.product("two"));

        assertThat(actions(filter("alice", "", ""))).containsExactly("device.create", "product.create");
        assertThat(actions(filter("", "two", ""))).containsExactly("device.delete");
        assertThat(actions(filter("", "", "device."))).containsExactly("device.delete", "device.create");
        assertThat(actions(filter("", "", "device"))).isEmpty();
        assertThat(actions(filter("alice", "one", "product.create"))).containsExactly("product.create");
        assertThat(actions(new AuditFilter(Optional.of(now), Optional.empty(), Optional.empty(), Optional.empty(),
                Optional.empty()))).containsExactly("device.delete", "device.create");
        assertThat(actions(new AuditFilter(Optional.empty(), Optional.of(now), Optional.empty(), Optional.empty(),
                Optional.empty()))).containsExactly("product.create");
    }

    @Test
    void pagesGoFromTheNewestToTheOldest() {
        List.of("a", "b", "c").forEach(action -> done(action, Subject.NONE));

        Page<AuditEntry> first = page(Optional.empty());
        Page<AuditEntry> second = page(first.next());
        assertThat(first.items()).extracting(AuditEntry::action).containsExactly("c", "b");
        assertThat(second.items()).extracting(AuditEntry::action).containsExactly("a");
        assertThat(second.next()).isEmpty();
        assertThatThrownBy(() -> page(Optional.of("rubbish"))).isInstanceOf(RegistryException.class);
    }

    @Test
    void oldEntriesAreForgottenTheOldestFirst() {
        done("a", Subject.NONE);
        done("b", Subject.NONE);
        now = NOW.plusSeconds(10);
        done("c", Subject.NONE);

        assertThat(forget(now, 1)).isEqualTo(1);
        assertThat(actions(AuditFilter.ALL)).containsExactly("c", "b");
        assertThat(forget(now, 1000)).isEqualTo(1);
        assertThat(forget(now, 1000)).isZero();
        assertThat(actions(AuditFilter.ALL)).containsExactly("c");
    }

    private int forget(Instant before, int most) {
        return database.<Integer>call(entities -> trail(entities).forget(before, most));
    }

    private void done(String action, Subject subject) {
        database.run(entities -> trail(entities).done(action, subject));
    }

    private Page<AuditEntry> page(Optional<String> after) {
        return database.call(entities -> trail(entities).list(AuditFilter.ALL, after, 2));
    }

    private List<AuditEntry> list(AuditFilter filter) {
        return database.<Page<AuditEntry>>call(entities -> trail(entities).list(filter, Optional.empty(), 50)).items();
    }

    private List<String> actions(AuditFilter filter) {
        return list(filter).stream().map(AuditEntry::action).toList();
    }

    private static AuditFilter filter(String caller, String productKey, String action) {
        return new AuditFilter(Optional.empty(), Optional.empty(), given(caller), given(productKey), given(action));
    }

    private static Optional<String> given(String text) {
        return Optional.of(text).filter(t -> !t.isEmpty());
    }

    private AuditTrail trail(jakarta.persistence.EntityManager entities) {
        return new AuditTrail(entities, Clock.offset(Clock.fixed(NOW, ZoneOffset.UTC), Duration.between(NOW, now)));
    }
}
