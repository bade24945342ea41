package io.thingport.platform.registry;

import io.thingport.platform.registry.DeviceSource.StoredAccess;
import jakarta.persistence.EntityManager;

/** CDI event within the transaction: a product lets its devices do this once it commits. */
record ProductAccessChange(String productKey, StoredAccess access) {

    /** Writes the change of a row that the caller has locked; the event holds all that is so from then on. */
    static ProductAccessChange write(EntityManager entities, ProductRow product) {
        product.accessChanged();
        Flush.changes(entities, Products.notFound(product.productKey()));
        return new ProductAccessChange(product.productKey(), new StoredAccess(product.id(), product.classesVersion(),
                product.topicClasses(entities), product.rates(), product.subscription()));
    }
}
