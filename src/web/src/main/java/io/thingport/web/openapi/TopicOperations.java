package io.thingport.web.openapi;

import io.thingport.platform.accesskey.Scope;
import io.thingport.platform.registry.Products;
import io.thingport.platform.registry.RegistryException;
import io.thingport.platform.registry.RegistryProblem;
import io.thingport.platform.registry.TopicClass;
import io.thingport.platform.registry.TopicClassChange;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObjectBuilder;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Topic classes. Requests name what devices may do in words and a class by its suffix; answers have a digit and the whole
 * class.
 */
@ApplicationScoped
public class TopicOperations implements OperationGroup {

    @Inject
    private Products products;

    /** For the container. */
    public TopicOperations() {
    }

    TopicOperations(Products products) {
        this.products = products;
    }

    @Override
    public List<Operation> operations() {
        return List.of(
                Operation.of("CreateProductTopic", Scope.MANAGE, this::create),
                Operation.of("QueryProductTopic", Scope.READ, this::query),
                Operation.of("UpdateProductTopic", Scope.MANAGE, this::update),
                Operation.of("DeleteProductTopic", Scope.MANAGE, this::delete));
    }

    private JsonObjectBuilder create(Invocation in) {
        String productKey = in.productKey();
        String suffix = suffix(in);
        io.thingport.platform.registry.Operation operation = operation(in);
        return Answer.fields().add("TopicId",
                run(() -> products.addTopicClass(productKey, suffix, operation, in.text("Desc"))).id());
    }

    private JsonObjectBuilder query(Invocation in) {
        String productKey = in.productKey();
        JsonArrayBuilder classes = Answer.list();
        products.topicClasses(productKey).forEach(c -> classes.add(answer(productKey, c)));
        return Answer.fields().add("Data", Answer.fields().add("ProductTopicInfo", classes));
    }

    private static JsonObjectBuilder answer(String productKey, TopicClass topicClass) {
        return Answer.fields()
                .add("Id", Long.toString(topicClass.id()))
                .add("ProductKey", productKey)
                .add("TopicShortName", "/" + productKey + "/${deviceName}/" + topicClass.suffix())
                .add("Operation", switch (topicClass.operation()) {
                    case PUB -> "0";
                    case SUB -> "1";
                    case ALL -> "2";
                })
                .add("Desc", topicClass.description().orElse(""));
    }

    /** An absent description stays; the vendor has no way to take one away. */
    private JsonObjectBuilder update(Invocation in) {
        long id = id(in);
        String productKey = owner(in, id);
        String suffix = suffix(in);
        io.thingport.platform.registry.Operation operation = operation(in);
        run(() -> products.updateTopicClass(productKey, id,
                new TopicClassChange(Optional.of(suffix), Optional.of(operation), in.text("Desc"))));
        return Answer.fields();
    }

    private JsonObjectBuilder delete(Invocation in) {
        long id = id(in);
        products.deleteTopicClass(owner(in, id), id);
        return Answer.fields();
    }

    private String owner(Invocation in, long id) {
        String productKey = products.topicClassOwner(id);
        in.permit(productKey);
        return productKey;
    }

    private static long id(Invocation in) {
        in.required("TopicId", IotError.NULL_TOPIC_TEMPLATE_ID);
        return in.number("TopicId", IotError.INVALID_FORMATTED_TOPIC_TEMPLATE_ID).orElseThrow();
    }

    private static String suffix(Invocation in) {
        String suffix = in.required("TopicShortName", IotError.NULL_TOPIC_NAME);
        if (suffix.startsWith("/")) {
            throw new IotException(IotError.INVALID_FORMATTED_TOPIC_NAME, "TopicShortName begins with a slash");
        }
        return suffix;
    }

    private static io.thingport.platform.registry.Operation operation(Invocation in) {
        return switch (in.required("Operation", IotError.NULL_TOPIC_TEMPLATE_OPERATION)) {
            case "PUB" -> io.thingport.platform.registry.Operation.PUB;
            case "SUB" -> io.thingport.platform.registry.Operation.SUB;
            case "ALL" -> io.thingport.platform.registry.Operation.ALL;
            default -> throw new IotException(IotError.INVALID_TOPIC_TEMPLATE_OPERATION_VALUE,
                    "Operation is none of SUB, PUB and ALL");
        };
    }

    /** Here a description is not a product's. */
    private static <T> T run(Supplier<T> change) {
        try {
            return change.get();
        } catch (RegistryException e) {
            throw e.problem() == RegistryProblem.INVALID_DESCRIPTION
                    ? new IotException(IotError.INVALID_FORMATTED_PARAMETER, "Desc has more than 100 characters, or control characters")
                    : e;
        }
    }
}
