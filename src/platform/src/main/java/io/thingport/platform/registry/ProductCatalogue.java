package io.thingport.platform.registry;

import io.thingport.mqtt.DeviceKey;
import jakarta.ejb.Stateless;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.Tuple;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Products to look through. Every method may throw {@link RegistryException}; calls block on the database. */
@Stateless
public class ProductCatalogue {

    @PersistenceContext(unitName = "thingport")
    private EntityManager entities;

    /** For the container. */
    public ProductCatalogue() {
    }

    ProductCatalogue(EntityManager entities) {
        this.entities = entities;
    }

    public DescribedProduct get(String productKey) {
        return Optional.of(productKey).filter(DeviceKey::isProductKey)
                .flatMap(key -> rows(List.of(key)).stream().findAny())
                .orElseThrow(() -> Products.notFound(productKey));
    }

    /**
     * A page of the products, newest first.
     *
     * @param visible    tells by its key whether a product is to be seen
     * @param thingModel only those with a thing model, or only those without
     */
    public NumberedPage<DescribedProduct> page(Predicate<String> visible, Optional<Boolean> thingModel, int number,
            int size) {
        int offset = NumberedPage.offset(number, size);
        List<String> keys = entities
                .createQuery("select p.productKey as product, p.thingModel as model from ProductRow p order by p.id desc", Tuple.class)
                .getResultStream() // at most 1,000
                .filter(row -> thingModel.map(row.get("model", Boolean.class)::equals).orElse(true))
                .map(row -> row.get("product", String.class))
                .filter(visible).toList();
        List<String> shown = keys.stream().skip(offset).limit(size).toList();
        Map<String, DescribedProduct> products = rows(shown).stream()
                .collect(Collectors.toMap(each -> each.product().productKey(), Function.identity()));
        return new NumberedPage<>(shown.stream().map(products::get).toList(), number, size, keys.size(), Optional.empty());
    }

    /** How many devices each of these products has. */
    public Map<String, Long> devices(Collection<String> productKeys) {
        Map<String, Long> counts = new HashMap<>();
        productKeys.forEach(key -> counts.put(key, 0L));
        if (!counts.isEmpty()) {
            entities.createQuery("select d.productKey as product, count(d) as devices from DeviceRow d"
                            + " where d.productKey in :keys group by d.productKey", Tuple.class)
                    .setParameter("keys", counts.keySet())
                    .getResultStream()
                    .forEach(row -> counts.put(row.get("product", String.class), row.get("devices", Long.class)));
        }
        return counts;
    }

    private List<DescribedProduct> rows(List<String> keys) {
        return keys.isEmpty() ? List.of() : entities
                .createQuery("select p from ProductRow p where p.productKey in :keys", ProductRow.class)
                .setParameter("keys", keys)
                .getResultStream().map(row -> new DescribedProduct(row.toProduct(), row.traits())).toList();
    }
}
