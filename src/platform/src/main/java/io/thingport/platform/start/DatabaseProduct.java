package io.thingport.platform.start;

import java.util.Optional;
import java.util.function.Function;
import org.eclipse.microprofile.config.ConfigProvider;
import org.hibernate.boot.registry.StandardServiceRegistryBuilder;
import org.hibernate.cfg.JdbcSettings;
import org.hibernate.service.spi.ServiceContributor;

/**
 * Tells Hibernate from the configured URL which database it has to do with. Otherwise it asks the database while the
 * container sets the application up, which for good fails when the database is away. Hibernate finds this class by its
 * service loader. Where the URL is not configured as a variable, Hibernate asks.
 */
public final class DatabaseProduct implements ServiceContributor {

    private final Function<String, Optional<String>> config;

    /** For the service loader. */
    public DatabaseProduct() {
        this(key -> ConfigProvider.getConfig().getOptionalValue(key, String.class));
    }

    DatabaseProduct(Function<String, Optional<String>> config) {
        this.config = config;
    }

    @Override
    public void contribute(StandardServiceRegistryBuilder hibernate) {
        if (hibernate.getSettings().get(JdbcSettings.JAKARTA_JTA_DATASOURCE) != null) { // in the container
            String url = config.apply("thingport.database.url").orElse("");
            if (url.startsWith("jdbc:h2:")) {
                is(hibernate, "H2", "2", "4");
            } else if (url.startsWith("jdbc:postgresql:")) {
                is(hibernate, "PostgreSQL", "12", "0");
            }
        }
    }

    /** The version is the oldest that statements have to be made for. */
    private static void is(StandardServiceRegistryBuilder hibernate, String product, String major, String minor) {
        hibernate.applySetting(JdbcSettings.JAKARTA_HBM2DDL_DB_NAME, product)
                .applySetting(JdbcSettings.JAKARTA_HBM2DDL_DB_MAJOR_VERSION, major)
                .applySetting(JdbcSettings.JAKARTA_HBM2DDL_DB_MINOR_VERSION, minor)
                .applySetting(JdbcSettings.ALLOW_METADATA_ON_BOOT, false);
    }
}
