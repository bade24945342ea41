package io.thingport.platform.start;

import jakarta.ejb.Stateless;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.PersistenceUnit;
import org.hibernate.SessionFactory;

/** The mapping of the entities. A bean of its own, because it cannot even be injected while the database is away. */
@Stateless
public class Mapping {

    @PersistenceUnit(unitName = "thingport")
    private EntityManagerFactory entities;

    /** Compares the entities with the database's schema; an exception tells where they differ. */
    public void validate() {
        entities.unwrap(SessionFactory.class).getSchemaManager().validateMappedObjects();
    }
}
