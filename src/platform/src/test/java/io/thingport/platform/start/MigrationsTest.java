package io.thingport.platform.start;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.thingport.platform.start.TestDatabase.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.hibernate.SessionFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MigrationsTest {

    @ParameterizedTest
    @EnumSource
    void theSchemaOfTheScriptsIsTheOneTheEntitiesAreMappedTo(Kind kind) {
        SessionFactory entities = TestDatabase.open(kind).entities().unwrap(SessionFactory.class);

        assertThatCode(entities.getSchemaManager()::validateMappedObjects).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @EnumSource
    void aMigratedDatabaseIsLeftAsItIs(Kind kind) {
        DataSource database = TestDatabase.emptyDatabase(kind);
        Migrations.run(database);

        assertThatCode(() -> Migrations.run(database)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @EnumSource
    void aDatabaseOfANewerApplicationIsRefused(Kind kind) throws Exception {
        DataSource database = TestDatabase.emptyDatabase(kind);
        Migrations.run(database);
        try (Connection connection = database.getConnection(); Statement statement = connection.createStatement()) {
            statement.execute("""
                    insert into "flyway_schema_history" select 999, '999', 'of a newer application', "type", 'V999.sql',
                        "checksum", "installed_by", "installed_on", "execution_time", "success"
                    from "flyway_schema_history" where "version" = '1'""");
        }

        assertThatThrownBy(() -> Migrations.run(database)).hasMessageContaining("999");
    }

    /** H2 commits each statement of a script by itself, so a killed server leaves a part of it behind. */
    @Test
    void aMigrationKilledAfterAnyStatementGoesOnAtTheNextStart() {
        int statement = 0;
        DyingDatabase dying;
        do {
            DataSource database = TestDatabase.emptyDatabase(Kind.H2);
            dying = new DyingDatabase(database, statement++);
            try {
                Migrations.run(dying.dataSource());
            } catch (RuntimeException e) {
                assertThat(dying.isDead()).isTrue();
            }
            assertThatCode(() -> Migrations.run(database)).as("after %d statements", statement)
                    .doesNotThrowAnyException();
        } while (dying.isDead());

        assertThat(statement).isGreaterThan(20);
    }

    @Test
    void theSchemaVersionIsThatOfTheNewestScript() throws IOException {
        try (Stream<Path> scripts = Files.list(Path.of("../../db-migrations"))) {
            int newest = scripts.map(path -> path.getFileName().toString())
                    .filter(name -> name.startsWith("V"))
                    .mapToInt(name -> Integer.parseInt(name.substring(1, name.indexOf("__"))))
                    .max().orElseThrow();

            assertThat(Migrations.SCHEMA_VERSION).isEqualTo(Integer.toString(newest));
        }
    }
}
