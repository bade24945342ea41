package io.thingport.mqtt.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import io.thingport.mqtt.Route;
import io.thingport.mqtt.TopicName;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TopicCacheTest {

    private final TopicCache cache = new TopicCache();

    @Test
    void findsNothingInTheBeginning() {
        assertThat(find("a")).isNull();
    }

    @Test
    void findsEachOfItsTopics() {
        List<TopicEntry> entries = addAll(TopicCache.CAPACITY);

        for (int i = 0; i < TopicCache.CAPACITY; i++) {
            assertThat(find("topic/" + i)).isSameAs(entries.get(i));
        }
        assertThat(find("topic/0")).isSameAs(entries.get(0));
    }

    @Test
    void theOldestEntryMakesRoom() {
        addAll(TopicCache.CAPACITY + 2);

        assertThat(find("topic/0")).isNull();
        assertThat(find("topic/1")).isNull();
        assertThat(find("topic/2")).isNotNull();
        assertThat(find("topic/33")).isNotNull();
    }

    @Test
    void keepsNoMoreThanItsCapacity() {
        addAll(TopicCache.CAPACITY * 5);

        long found = 0;
        for (int i = 0; i < TopicCache.CAPACITY * 5; i++) {
            found += find("topic/" + i) == null ? 0 : 1;
        }
        assertThat(found).isEqualTo(TopicCache.CAPACITY);
    }

    private List<TopicEntry> addAll(int count) {
        List<TopicEntry> entries = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            TopicEntry entry = new TopicEntry(TopicName.of("topic/" + i), new Route() {
                @Override
                public boolean current() {
                    return true;
                }

                @Override
                public boolean cacheable() {
                    return true;
                }
            });
            cache.add(entry);
            entries.add(entry);
        }
        return entries;
    }

    private TopicEntry find(String topic) {
        byte[] utf8 = topic.getBytes(StandardCharsets.UTF_8);
        return cache.find(Unpooled.wrappedBuffer(utf8), 0, utf8.length);
    }
}
