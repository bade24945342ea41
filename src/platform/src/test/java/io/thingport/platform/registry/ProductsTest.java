package io.thingport.platform.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;

import io.thingport.platform.limits.ProductRates;
import io.thingport.platform.secrets.Secret;
import io.thingport.platform.start.TestDatabase.Kind;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@ParameterizedClass
@EnumSource
class ProductsTest {

    private static final String KEY = "a1AbCdEfGhI";

    @Parameter
    private Kind kind;
    private Registry registry;

    @BeforeEach
    void open() {
        registry = new Registry(kind);
    }

    @Test
    void aProductHasASecretOfSixteenLettersAndDigits() {
        registry.product(KEY);

        assertThat(registry.<Secret>products(p -> p.secret(KEY)).reveal()).matches("[A-Za-z0-9]{16}");
    }

    @Test
    void aProductMayBringItsSecret() {
        Secret own = Secret.of("AbCdEfGh01234567");
        registry.products(p -> p.create(
                new NewProduct(Optional.of(KEY), "lamp", Optional.empty(), Optional.of(own))));

        assertThat(registry.<Secret>products(p -> p.secret(KEY))).isEqualTo(own);
        assertThat(registry.database.<String>call(e -> e.createQuery("select p.secret from ProductRow p", String.class)
                .getSingleResult())).doesNotContain(own.reveal());
    }

    @Test
    void aProductFromATimeWithoutSecretsIsGivenOne() {
        registry.product(KEY);
        registry.database.run(e -> e.createQuery("update ProductRow p set p.secret = null").executeUpdate());

        registry.database.run(e -> registry.productsIn(e).completeSecrets());

        assertThat(registry.<Secret>products(p -> p.secret(KEY)).reveal()).matches("[A-Za-z0-9]{16}");
    }

    @Test
    void aProductIsKeptAsItWasCreated() {
        Product created = registry.products(p -> p.create(
                new NewProduct(Optional.of(KEY), "lamp_灯", Optional.of("lights up"), Optional.empty())));

        assertThat(created).isEqualTo(new Product(KEY, "lamp_灯", Optional.of("lights up"), Registry.NOW, ProductRates.NONE,
                DynamicRegistration.OFF, Authentication.SECRET));
        assertThat(this.<Product>products(p -> p.get(KEY))).isEqualTo(created);
    }

    @Test
    void aMissingKeyIsMadeUp() {
        Product created = registry.products(p -> p.create(new NewProduct(
                Optional.empty(), "lamp", Optional.empty(), Optional.empty())));

        assertThat(created.productKey()).matches("a1[A-Za-z0-9]{9}");
    }

    @Test
    void aNewProductHasTheThreeDefaultClasses() {
        registry.product(KEY);

        assertThat(classes()).extracting(TopicClass::suffix, TopicClass::operation).containsExactly(
                tuple("user/update", Operation.PUB),
                tuple("user/update/error", Operation.PUB),
                tuple("user/get", Operation.SUB));
    }

    @Test
    void keysAndNamesAreUnique() {
        registry.product(KEY);

        refused(RegistryProblem.PRODUCT_EXISTS,
                p -> p.create(new NewProduct(Optional.of(KEY), "other", Optional.empty(), Optional.empty())));
        refused(RegistryProblem.PRODUCT_NAME_EXISTS,
                p -> p.create(new NewProduct(Optional.empty(), "name_" + KEY, Optional.empty(), Optional.empty())));
    }

    @Test
    void aRefusedProductLeavesNothingBehind() {
        registry.product(KEY);
        refused(RegistryProblem.PRODUCT_NAME_EXISTS,
                p -> p.create(new NewProduct(Optional.of("a1other"), "name_" + KEY, Optional.empty(), Optional.empty())));

        refused(RegistryProblem.PRODUCT_NOT_FOUND, p -> p.get("a1other"));
    }

    @Test
    void anUnknownKeyIsNotFoundWhateverItHolds() {
        refused(RegistryProblem.PRODUCT_NOT_FOUND, p -> p.get("a1unknown"));
        refused(RegistryProblem.PRODUCT_NOT_FOUND, p -> p.get("a\0b"));
        refused(RegistryProblem.PRODUCT_NOT_FOUND, p -> p.topicClasses("' or 1=1"));
    }

    @Test
    void aChangeLeavesAloneWhatItDoesNotName() {
        registry.products(p -> p.create(new NewProduct(Optional.of(KEY), "lamp", Optional.of("lights up"), Optional.empty())));

        Product renamed = products(p -> p.update(KEY, new ProductChange(Optional.of("torch"), Optional.empty(), Optional.empty(), Optional.empty())));

        assertThat(renamed.name()).isEqualTo("torch");
        assertThat(renamed.description()).contains("lights up");
    }

    @Test
    void anEmptyTextTakesTheDescriptionAway() {
        registry.products(p -> p.create(new NewProduct(Optional.of(KEY), "lamp", Optional.of("lights up"), Optional.empty())));
        products(p -> p.update(KEY, new ProductChange(Optional.empty(), Optional.of(""), Optional.empty(), Optional.empty())));

        assertThat(this.<Product>products(p -> p.get(KEY)).description()).isEmpty();
    }

    @Test
    void pagesGoFromTheNewestToTheOldestWithoutGapOrRepetition() {
        for (int i = 1; i <= 5; i++) {
            registry.product("p" + i);
        }

        Page<Product> first = products(p -> p.list(Optional.empty(), 2));
        Page<Product> second = products(p -> p.list(first.next(), 2));
        Page<Product> third = products(p -> p.list(second.next(), 2));

        assertThat(List.of(first, second, third))
                .extracting(page -> page.items().stream().map(Product::productKey).toList())
                .containsExactly(List.of("p5", "p4"), List.of("p3", "p2"), List.of("p1"));
        assertThat(third.next()).isEmpty();
    }

    @Test
    void aPageThatEndsWithTheListHasNoNext() {
        registry.product("p1");
        registry.product("p2");

        assertThat(this.<Page<Product>>products(p -> p.list(Optional.empty(), 2)).next()).isEmpty();
    }

    @Test
    void whatIsNoCursorOrLimitIsRefused() {
        refused(RegistryProblem.INVALID_CURSOR, p -> p.list(Optional.of("?"), 10));
        refused(RegistryProblem.INVALID_CURSOR, p -> p.list(Optional.of("-1"), 10));
        refused(RegistryProblem.INVALID_LIMIT, p -> p.list(Optional.empty(), 0));
        refused(RegistryProblem.INVALID_LIMIT, p -> p.list(Optional.empty(), 201));
    }

    @Test
    void aDeletedProductIsGoneWithItsClasses() {
        registry.product(KEY);
        delete();

        refused(RegistryProblem.PRODUCT_NOT_FOUND, p -> p.get(KEY));
        assertThat(registry.removals).containsExactly(new ProductRemoval(KEY));
        registry.product(KEY);
        assertThat(classes()).hasSize(3);
    }

    @Test
    void aProductWithDevicesIsNotDeleted() {
        registry.product(KEY);
        registry.device(KEY, "lamp_01");

        refused(RegistryProblem.PRODUCT_HAS_DEVICES, p -> {
            p.delete(KEY);
            return KEY;
        });
    }

    @Test
    void aClassIsAddedChangedAndDeleted() {
        registry.product(KEY);

        TopicClass added = products(p -> p.addTopicClass(KEY, "report", Operation.PUB, Optional.of("each minute")));
        assertThat(classes()).contains(added);
        assertThat(added.suffix()).isEqualTo("user/report");

        TopicClass changed = products(p -> p.updateTopicClass(KEY, added.id(),
                new TopicClassChange(Optional.empty(), Optional.of(Operation.ALL), Optional.empty())));
        assertThat(changed).isEqualTo(new TopicClass(added.id(), "user/report", Operation.ALL, added.description()));

        products(p -> {
            p.deleteTopicClass(KEY, added.id());
            return KEY;
        });
        assertThat(classes()).hasSize(3).doesNotContain(changed);
    }

    @Test
    void aTopicClassKnowsItsProduct() {
        registry.product(KEY);
        long id = classes().get(0).id();

        assertThat(this.<String>products(p -> p.topicClassOwner(id))).isEqualTo(KEY);
        refused(RegistryProblem.TOPIC_CLASS_NOT_FOUND, p -> p.topicClassOwner(-1));
    }

    @Test
    void aClassOfOldKeepsItsSuffixWhenItIsChanged() {
        registry.product(KEY);
        TopicClass old = products(p -> p.addTopicClass(KEY, "/update", Operation.PUB, Optional.empty()));

        assertThat(products(p -> p.updateTopicClass(KEY, old.id(),
                new TopicClassChange(Optional.empty(), Optional.of(Operation.ALL), Optional.empty()))).suffix())
                .isEqualTo("update");
    }

    @Test
    void aChangeThatLeavesAWildcardToAPublisherIsRefused() {
        registry.product(KEY);
        TopicClass any = products(p -> p.addTopicClass(KEY, "#", Operation.SUB, Optional.empty()));

        refused(RegistryProblem.INVALID_TOPIC_CLASS, p -> p.updateTopicClass(KEY, any.id(),
                new TopicClassChange(Optional.empty(), Optional.of(Operation.ALL), Optional.empty())));
    }

    @Test
    void twoClassesOfAProductHaveNotTheSameSuffix() {
        registry.product(KEY);

        refused(RegistryProblem.TOPIC_CLASS_EXISTS,
                p -> p.addTopicClass(KEY, "get", Operation.PUB, Optional.empty()));
    }

    @Test
    void aClassOfAnotherProductIsNotFound() {
        registry.product(KEY);
        registry.product("a1other");
        long foreign = products(p -> p.topicClasses("a1other")).get(0).id();

        refused(RegistryProblem.TOPIC_CLASS_NOT_FOUND, p -> {
            p.deleteTopicClass(KEY, foreign);
            return KEY;
        });
    }

    @Test
    void aProductHasFiftyClassesAtMost() {
        registry.product(KEY);
        for (int i = 3; i < 50; i++) {
            String suffix = "c" + i;
            products(p -> p.addTopicClass(KEY, suffix, Operation.PUB, Optional.empty()));
        }

        refused(RegistryProblem.TOO_MANY_TOPIC_CLASSES,
                p -> p.addTopicClass(KEY, "more", Operation.PUB, Optional.empty()));
    }

    @Test
    void everyChangeOfAClassTellsTheWholeListAndALaterVersion() {
        registry.product(KEY);
        TopicClass added = products(p -> p.addTopicClass(KEY, "report", Operation.PUB, Optional.empty()));
        products(p -> {
            p.deleteTopicClass(KEY, added.id());
            return KEY;
        });

        assertThat(registry.accessChanges).extracting(c -> c.access().classes().size()).containsExactly(3, 4, 3);
        assertThat(registry.accessChanges).extracting(c -> c.access().version()).isSorted().doesNotHaveDuplicates();
        assertThat(registry.<Optional<DeviceSource.StoredAccess>>source(s -> s.access(KEY)))
                .contains(registry.accessChanges.get(2).access());
    }

    @Test
    void aNewProductHasTheServersRates() {
        registry.product(KEY);
        assertThat(this.<Product>products(p -> p.get(KEY)).rates()).isEqualTo(ProductRates.NONE);
    }

    @Test
    void ratesAreReplacedAllAtOnce() {
        registry.product(KEY);
        products(p -> p.update(KEY, rates(30, 10)));
        ProductRates other = new ProductRates(OptionalInt.empty(), OptionalInt.of(0), OptionalInt.of(50),
                OptionalInt.of(1_000_000));
        products(p -> p.update(KEY, new ProductChange(Optional.empty(), Optional.empty(), Optional.of(other), Optional.empty())));

        assertThat(this.<Product>products(p -> p.get(KEY)).rates()).isEqualTo(other);
    }

    @Test
    void otherChangesLeaveTheRatesAlone() {
        registry.product(KEY);
        products(p -> p.update(KEY, rates(30, 10)));
        products(p -> p.update(KEY, new ProductChange(Optional.of("torch"), Optional.empty(), Optional.empty(), Optional.empty())));

        assertThat(this.<Product>products(p -> p.get(KEY)).rates().publishesQos0()).hasValue(30);
    }

    @Test
    void aChangeOfTheRatesTellsAllThatDevicesMayDo() {
        registry.product(KEY);
        products(p -> p.update(KEY, rates(30, 10)));

        assertThat(registry.accessChanges).extracting(c -> c.access().version()).isSorted().doesNotHaveDuplicates();
        assertThat(registry.<Optional<DeviceSource.StoredAccess>>source(s -> s.access(KEY)))
                .contains(registry.accessChanges.get(1).access());
        assertThat(registry.accessChanges.get(1).access().rates().publishesQos1()).hasValue(10);
        assertThat(registry.accessChanges.get(1).access().classes()).hasSize(3);
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, ProductRates.MAXIMUM + 1})
    void aRateOutOfBoundsIsInvalid(int rate) {
        registry.product(KEY);
        refused(RegistryProblem.INVALID_RATE, p -> p.update(KEY, rates(30, rate)));
    }

    private static ProductChange rates(int publishesQos0, int publishesQos1) {
        return new ProductChange(Optional.empty(), Optional.empty(), Optional.of(new ProductRates(
                OptionalInt.of(publishesQos0), OptionalInt.of(publishesQos1), OptionalInt.empty(), OptionalInt.empty())), Optional.empty());
    }

    @Test
    void aProductWithoutClassesIsStillFound() {
        registry.product(KEY);
        for (TopicClass each : classes()) {
            products(p -> {
                p.deleteTopicClass(KEY, each.id());
                return KEY;
            });
        }

        assertThat(registry.<Optional<DeviceSource.StoredAccess>>source(s -> s.access(KEY)).orElseThrow()
                .classes()).isEmpty();
        assertThat(registry.<Optional<DeviceSource.StoredAccess>>source(s -> s.access("a1other"))).isEmpty();
    }

    @Test
    void whoChangesAProductThatAnotherChangedMeanwhileIsTold() {
        registry.product(KEY);

        refused(RegistryProblem.CHANGED_MEANWHILE, p -> {
            p.get(KEY); // reads the row that the other one changes
            registry.products(other -> other.update(KEY, new ProductChange(Optional.of("first"), Optional.empty(), Optional.empty(), Optional.empty())));
            return p.update(KEY, new ProductChange(Optional.of("second"), Optional.empty(), Optional.empty(), Optional.empty()));
        });
        assertThat(this.<Product>products(p -> p.get(KEY)).name()).isEqualTo("first");
    }

    private void delete() {
        products(p -> {
            p.delete(KEY);
            return KEY;
        });
    }

    private List<TopicClass> classes() {
        return products(p -> p.topicClasses(KEY));
    }

    private <T> T products(Function<Products, T> work) {
        return registry.products(work);
    }

    private void refused(RegistryProblem problem, Function<Products, ?> work) {
        assertThatThrownBy(() -> registry.products(work)).isInstanceOfSatisfying(RegistryException.class,
                e -> assertThat(e.problem()).isEqualTo(problem));
    }
}
