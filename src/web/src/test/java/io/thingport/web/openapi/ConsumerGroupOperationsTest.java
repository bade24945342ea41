package io.thingport.web.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import io.thingport.platform.registry.ConsumerBacklogs;
import io.thingport.platform.registry.ConsumerGroup;
import io.thingport.platform.registry.ConsumerGroups;
import io.thingport.platform.upstream.ConsumerQueues;
import io.thingport.platform.upstream.Engine;
import io.thingport.platform.upstream.Handover;
import jakarta.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ConsumerGroupOperationsTest {

    private final ScheduledThreadPoolExecutor scheduler = new ScheduledThreadPoolExecutor(0);
    private final ConsumerGroups groups = new FiveGroups();
    private final Calling calling = new Calling(new ConsumerGroupOperations(groups,
            new FixedBacklogs(groups, new Engine(new Handover(Thread::new), Set::of, scheduler))));

    @AfterEach
    void stop() {
        scheduler.shutdownNow();
    }

    @Test
    void listIsPagedWithItsFieldsAtTheTop() {
        JsonObject page = calling.call("QueryConsumerGroupList", "CurrentPage", "3", "PageSize", "2");

        assertThat(page.toString()).isEqualTo("{\"CurrentPage\":3,\"PageSize\":2,\"PageCount\":3,\"Total\":5,\"Data\":"
                + "{\"ConsumerGroupDTO\":[{\"GroupId\":\"id5\",\"GroupName\":\"group_5\","
                + "\"CreateTime\":\"2020-05-29T03:37:56.000Z\"}]}}");
    }

    @Test
    void nameIsTheWholeOrAPart() {
        assertThat(total("GroupName", "group_")).isZero();
        assertThat(total("GroupName", "group_2")).isEqualTo(1);
        assertThat(total("GroupName", "group_", "Fuzzy", "true")).isEqualTo(5);
    }

    @Test
    void partOfANameHasToBeGiven() {
        calling.refused(IotError.INVALID_CONSUMER_GROUP_NAME, "QueryConsumerGroupList", "CurrentPage", "1", "PageSize", "10",
                "Fuzzy", "true");
    }

    @Test
    void pagesHaveBounds() {
        calling.refused(IotError.INVALID_PAGE_PARAMS, "QueryConsumerGroupList", "PageSize", "10");
        calling.refused(IotError.INVALID_PAGE_PARAMS, "QueryConsumerGroupList", "CurrentPage", "0", "PageSize", "10");
        calling.refused(IotError.INVALID_PAGE_PARAMS, "QueryConsumerGroupList", "CurrentPage", "1", "PageSize", "1001");
    }

    @Test
    void pageBehindTheLastIsEmpty() {
        assertThat(calling.call("QueryConsumerGroupList", "CurrentPage", "2147483647", "PageSize", "1000")
                .getJsonObject("Data").getJsonArray("ConsumerGroupDTO")).isEmpty();
    }

    @Test
    void statusTellsWhatWaitsAndWhoIsConnected() {
        assertThat(calling.call("QueryConsumerGroupStatus", "GroupId", "id1").toString()).isEqualTo("{\"AccumulationCount\":12,"
                + "\"ClientConnectionStatusList\":{\"ConsumerGroupClientConnectionInfo\":[{\"ClientId\":\"worker\","
                + "\"ClientIpPort\":\"127.0.0.1:4711\",\"OnlineTime\":1590723476000}]}}");
    }

    @Test
    void groupHasToBeNamed() {
        calling.refused(IotError.INVALID_CONSUMER_GROUP_NAME, "CreateConsumerGroup");
        calling.refused(IotError.INVALID_CONSUMER_GROUP_ID, "DeleteConsumerGroup");
    }

    private int total(String... filter) {
        String[] all = List.of("CurrentPage", "1", "PageSize", "10").toArray(new String[4 + filter.length]);
        System.arraycopy(filter, 0, all, 4, filter.length);
        return calling.call("QueryConsumerGroupList", all).getInt("Total");
    }

    private static final class FiveGroups extends ConsumerGroups {

        private static final Instant CREATED = Instant.parse("2020-05-29T03:37:56Z");

        @Override
        public List<ConsumerGroup> all() {
            return IntStream.rangeClosed(1, 5).mapToObj(i -> new ConsumerGroup("id" + i, "group_" + i, CREATED)).toList();
        }
    }

    private static final class FixedBacklogs extends ConsumerBacklogs {

        private FixedBacklogs(ConsumerGroups groups, Engine engine) {
            super(groups, engine);
        }

        @Override
        public ConsumerQueues.Status status(String group) {
            return new ConsumerQueues.Status(12,
                    List.of(new ConsumerQueues.Consumer("worker", "127.0.0.1:4711", FiveGroups.CREATED)));
        }
    }
}
