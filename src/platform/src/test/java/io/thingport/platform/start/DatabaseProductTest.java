package io.thingport.platform.start;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.hibernate.boot.registry.StandardServiceRegistry;
import org.hibernate.boot.registry.StandardServiceRegistryBuilder;
import org.hibernate.dialect.Dialect;
import org.hibernate.dialect.H2Dialect;
import org.hibernate.dialect.PostgreSQLDialect;
import org.hibernate.engine.jdbc.env.spi.JdbcEnvironment;
import org.junit.jupiter.api.Test;

class DatabaseProductTest {

    private static StandardServiceRegistryBuilder inContainer(Optional<String> url) {
        StandardServiceRegistryBuilder hibernate = new StandardServiceRegistryBuilder()
                .applySetting("jakarta.persistence.jtaDataSource", new org.h2.jdbcx.JdbcDataSource());
        new DatabaseProduct(key -> url).contribute(hibernate);
        return hibernate;
    }

    private static Dialect dialect(String url) {
        StandardServiceRegistryBuilder hibernate = inContainer(Optional.of(url));
        hibernate.getSettings().remove("jakarta.persistence.jtaDataSource");
        try (StandardServiceRegistry registry = hibernate.build()) {
            return registry.requireService(JdbcEnvironment.class).getDialect();
        }
    }

    @Test
    void theUrlTellsTheDialectWithoutTheDatabase() {
        assertThat(dialect("jdbc:h2:file:/nowhere")).isInstanceOf(H2Dialect.class);
        assertThat(dialect("jdbc:postgresql://nobody.invalid/nothing")).isInstanceOf(PostgreSQLDialect.class);
    }

    @Test
    void withoutAConfiguredUrlTheDatabaseIsAsked() {
        assertThat(inContainer(Optional.empty()).getSettings()).doesNotContainKey("hibernate.boot.allow_jdbc_metadata_access");
    }
}
