package io.thingport.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.Tuple.Tuple2;

/** Few levels of few texts, so that filters and topics meet often. */
class TopicFilterPropertiesTest {

    private static final List<String> WORDS = List.of("", "a", "b", "$s");

    @Property(tries = 20_000)
    void aCoveringFilterMatchesWhateverTheCoveredOneMatches(@ForAll("pairs") Tuple2<TopicFilter, TopicFilter> filters,
            @ForAll("topics") TopicName topic) {
        if (filters.get1().covers(filters.get2()) && filters.get2().matches(topic)) {
            assertThat(filters.get1().matches(topic)).isTrue();
        }
    }

    @Property
    void everyFilterCoversItself(@ForAll("filters") TopicFilter filter) {
        assertThat(filter.covers(filter)).isTrue();
    }

    @Property
    void aFilterWithoutWildcardMatchesItsOwnTextAlone(@ForAll("topics") TopicName one, @ForAll("topics") TopicName other) {
        TopicFilter filter = new TopicFilter(one.toString());

        assertThat(filter.matches(other)).isEqualTo(one.equals(other));
    }

    @Property(tries = 5_000)
    void matchingAgreesWithARegularExpression(@ForAll("filters") TopicFilter filter, @ForAll("topics") TopicName topic) {
        String text = filter.text();
        String expression = text.equals("#") ? ".*" : Pattern.quote(text)
                .replace("/#", "\\E(/.*)?\\Q").replace("+", "\\E[^/]*\\Q");
        boolean hidden = topic.toString().startsWith("$") && (text.startsWith("+") || text.startsWith("#"));

        assertThat(filter.matches(topic)).isEqualTo(!hidden && topic.toString().matches(expression));
    }

    /** A filter and one made from it by widening or narrowing levels, else hardly any pair would be related. */
    @Provide
    Arbitrary<Tuple2<TopicFilter, TopicFilter>> pairs() {
        return filters().tuple2().flatMap(pair -> Arbitraries.of(pair,
                Tuple.of(widened(pair.get1()), pair.get1()), Tuple.of(new TopicFilter("#"), pair.get2()),
                Tuple.of(new TopicFilter("+/#"), pair.get2())));
    }

    private static TopicFilter widened(TopicFilter filter) {
        int slash = filter.text().indexOf('/');
        return new TopicFilter(slash < 0 ? "+" : "+" + filter.text().substring(slash));
    }

    @Provide
    Arbitrary<TopicFilter> filters() {
        Arbitrary<String> level = Arbitraries.frequencyOf(Tuple.of(3, Arbitraries.of(WORDS)),
                Tuple.of(2, Arbitraries.just("+")));
        Arbitrary<String> levels = level.list().ofMinSize(1).ofMaxSize(4).map(l -> String.join("/", l));
        return Arbitraries.oneOf(levels, levels.map(l -> l + "/#"), Arbitraries.just("#"))
                .filter(text -> !text.isEmpty()).map(TopicFilter::new);
    }

    @Provide
    Arbitrary<TopicName> topics() {
        return Arbitraries.of(WORDS).list().ofMinSize(1).ofMaxSize(5)
                .map(l -> l.stream().collect(Collectors.joining("/")))
                .filter(text -> !text.isEmpty()).map(TopicName::of);
    }
}
