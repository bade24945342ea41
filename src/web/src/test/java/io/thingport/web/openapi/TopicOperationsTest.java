package io.thingport.web.openapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.thingport.platform.accesskey.Caller;
import io.thingport.platform.accesskey.Scope;
import io.thingport.platform.registry.Operation;
import io.thingport.platform.registry.Products;
import io.thingport.platform.registry.RegistryException;
import io.thingport.platform.registry.RegistryProblem;
import io.thingport.platform.registry.TopicClass;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TopicOperationsTest {

    private static final String PRODUCT = "a1Qx7Lm2Zt9";

    private final TopicOperations group = new TopicOperations(new OneProduct());
    private final Calling calling = new Calling(group);

    @Test
    void newClassIsNamedByItsSuffixAndHasANumericId() {
        assertThat(calling.call("CreateProductTopic", "ProductKey", PRODUCT, "TopicShortName", "submit", "Operation", "PUB")
                .getJsonNumber("TopicId").longValue()).isEqualTo(7);
    }

    @Test
    void listHasTheWholeClassAndADigit() {
        assertThat(calling.call("QueryProductTopic", "ProductKey", PRODUCT).toString()).isEqualTo(
                "{\"Data\":{\"ProductTopicInfo\":[{\"Id\":\"1\",\"ProductKey\":\"a1Qx7Lm2Zt9\",\"TopicShortName\":"
                        + "\"/a1Qx7Lm2Zt9/${deviceName}/user/get\",\"Operation\":\"1\",\"Desc\":\"\"}]}}");
    }

    @Test
    void eachMissingOrMalformedParameterHasItsCode() {
        calling.refused(IotError.NULL_PRODUCT_KEY, "CreateProductTopic");
        calling.refused(IotError.NULL_TOPIC_NAME, "CreateProductTopic", "ProductKey", PRODUCT);
        calling.refused(IotError.INVALID_FORMATTED_TOPIC_NAME, "CreateProductTopic", "ProductKey", PRODUCT, "TopicShortName", "/a");
        calling.refused(IotError.NULL_TOPIC_TEMPLATE_OPERATION, "CreateProductTopic", "ProductKey", PRODUCT, "TopicShortName", "a");
        calling.refused(IotError.INVALID_TOPIC_TEMPLATE_OPERATION_VALUE, "CreateProductTopic", "ProductKey", PRODUCT,
                "TopicShortName", "a", "Operation", "0");
        calling.refused(IotError.NULL_TOPIC_TEMPLATE_ID, "DeleteProductTopic");
        calling.refused(IotError.INVALID_FORMATTED_TOPIC_TEMPLATE_ID, "DeleteProductTopic", "TopicId", "x");
        calling.refused(IotError.INVALID_FORMATTED_PARAMETER, "CreateProductTopic", "ProductKey", PRODUCT,
                "TopicShortName", "a", "Operation", "ALL", "Desc", "too long");
    }

    @Test
    void classOfAForeignProductIsLeftAlone() {
        io.thingport.web.openapi.Operation delete = group.operations().get(3);
        Caller caller = new Caller("key", Set.of(Scope.MESSAGE));
        assertThatThrownBy(() -> new Calling(group).call(delete, caller, Map.of("TopicId", "7")))
                .isInstanceOf(GatewayException.class);
    }

    /** Products of which there is one, with one class. */
    private static final class OneProduct extends Products {

        @Override
        public List<TopicClass> topicClasses(String productKey) {
            return List.of(new TopicClass(1, "user/get", Operation.SUB, Optional.empty()));
        }

        @Override
        public TopicClass addTopicClass(String productKey, String suffix, Operation operation, Optional<String> description) {
            if (description.isPresent()) {
                throw new RegistryException(RegistryProblem.INVALID_DESCRIPTION, "description: up to 100 characters");
            }
            return new TopicClass(7, "user/" + suffix, operation, description);
        }

        @Override
        public String topicClassOwner(long id) {
            return PRODUCT;
        }
    }
}
