package io.thingport.platform.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.thingport.mqtt.PublishProperties;
import io.thingport.mqtt.Subscription;
import io.thingport.mqtt.TopicFilter;
import io.thingport.mqtt.TopicName;
import io.thingport.mqtt.UserProperty;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class StoredFormsTest {

    private static final long UNSIGNED_INT = 0xFFFF_FFFFL;

    @Property
    void subscriptionsComeBackAsTheyWereInTheirOrder(@ForAll("subscriptions") SubscriptionState subscriptions) {
        assertThat(SubscriptionsCodec.decode(SubscriptionsCodec.encode(subscriptions))).isEqualTo(subscriptions);
    }

    /** Rows that were written before devices were subscribed to their system topics. */
    @Example
    void theFirstFormIsReadAndWrittenAsEver() {
        byte[] row = HexFormat.of().parseHex("01" + "00000001" + "01" + "00000002" + "2f78");
        SubscriptionState x = new SubscriptionState(List.of(new Subscription(new TopicFilter("/x"), true)), false,
                List.of());

        assertThat(SubscriptionsCodec.decode(row)).isEqualTo(x);
        assertThat(SubscriptionsCodec.encode(x)).isEqualTo(row);
    }

    @Property
    void propertiesComeBackAsTheyWere(@ForAll("properties") PublishProperties properties) {
        PublishProperties back = PropertiesCodec.encode(properties).map(PropertiesCodec::decode)
                .orElse(PublishProperties.NONE);

        assertThat(withoutData(back)).isEqualTo(withoutData(properties));
        assertThat(data(back)).isEqualTo(data(properties));
    }

    @Example
    void noPropertiesAreNoBytes() {
        assertThat(PropertiesCodec.encode(PublishProperties.NONE)).isEmpty();
    }

    @Property
    void whatIsCutOffIsNoticed(@ForAll("properties") PublishProperties properties) {
        PropertiesCodec.encode(properties).ifPresent(bytes -> {
            for (int length = 1; length < bytes.length; length++) {
                byte[] cut = Arrays.copyOf(bytes, length);
                assertThatIllegalArgumentException().isThrownBy(() -> PropertiesCodec.decode(cut));
            }
        });
    }

    @Property
    void aLaterFormIsRefused(@ForAll("subscriptions") SubscriptionState subscriptions) {
        byte[] later = SubscriptionsCodec.encode(subscriptions);
        later[0] = 3;

        assertThatIllegalArgumentException().isThrownBy(() -> SubscriptionsCodec.decode(later));
    }

    @Provide
    Arbitrary<SubscriptionState> subscriptions() {
        Arbitrary<List<Subscription>> own = Combinators
                .combine(text().map(TopicFilter::new), Arbitraries.of(true, false)).as(Subscription::new)
                .list().ofMaxSize(20);
        Arbitrary<List<TopicFilter>> excepted = text().map(TopicFilter::new).list().ofMaxSize(5);
        return Combinators.combine(own, Arbitraries.of(true, false), excepted)
                .as((subscriptions, automatic, filters) -> new SubscriptionState(subscriptions, automatic,
                        automatic ? filters : List.of()));
    }

    @Provide
    Arbitrary<PublishProperties> properties() {
        Arbitrary<OptionalInt> format = Arbitraries.of(OptionalInt.empty(), OptionalInt.of(0), OptionalInt.of(1));
        Arbitrary<OptionalLong> expiry = Arbitraries.longs().between(0, UNSIGNED_INT).optional()
                .map(o -> o.map(OptionalLong::of).orElse(OptionalLong.empty()));
        Arbitrary<TopicName> topic = Arbitraries.strings().withCharRange('a', 'z').ofMinLength(1).map(TopicName::of);
        Arbitrary<byte[]> bytes = Arbitraries.bytes().array(byte[].class).ofMaxSize(200);
        Arbitrary<List<UserProperty>> user =
                Combinators.combine(text(), text()).as(UserProperty::new).list().ofMaxSize(10);
        return Combinators.combine(format, expiry, text().optional(), topic.optional(), bytes.optional(), user)
                .as(PublishProperties::new);
    }

    private static Arbitrary<String> text() {
        return Arbitraries.strings().withCharRange('\u0001', '\uD7FF').ofMaxLength(60);
    }

    private static List<Object> withoutData(PublishProperties p) {
        return List.of(p.payloadFormat(), p.messageExpiry(), p.contentType(), p.responseTopic(), p.userProperties());
    }

    private static Optional<List<Byte>> data(PublishProperties p) {
        return p.correlationData().map(bytes -> {
            Byte[] boxed = new Byte[bytes.length];
            Arrays.setAll(boxed, i -> bytes[i]);
            return List.of(boxed);
        });
    }
}
