package io.thingport.platform.registry;

import jakarta.ejb.Stateless;
import java.util.List;
import java.util.Optional;

/** Products and their topic classes. Every method may throw {@link RegistryException}; calls block on the database. */
@Stateless
public class Products {

    /** Creates a product with the three default topic classes. */
    public Product create(NewProduct product) {
        throw new UnsupportedOperationException();
    }

    public Product get(String productKey) {
        throw new UnsupportedOperationException();
    }

    /**
     * @param after the cursor of the page before, empty for the newest
     * @param limit 1 to {@link Page#LIMIT_MAXIMUM}
     */
    public Page<Product> list(Optional<String> after, int limit) {
        throw new UnsupportedOperationException();
    }

    public Product update(String productKey, ProductChange change) {
        throw new UnsupportedOperationException();
    }

    /** Deletes a product and its topic classes; refused while it has devices. */
    public void delete(String productKey) {
        throw new UnsupportedOperationException();
    }

    /** All topic classes of a product, in the order of their creation. */
    public List<TopicClass> topicClasses(String productKey) {
        throw new UnsupportedOperationException();
    }

    /** @param suffix with or without {@code user/} in front */
    public TopicClass addTopicClass(String productKey, String suffix, Operation operation,
            Optional<String> description) {
        throw new UnsupportedOperationException();
    }

    public TopicClass updateTopicClass(String productKey, long id, TopicClassChange change) {
        throw new UnsupportedOperationException();
    }

    public void deleteTopicClass(String productKey, long id) {
        throw new UnsupportedOperationException();
    }
}
