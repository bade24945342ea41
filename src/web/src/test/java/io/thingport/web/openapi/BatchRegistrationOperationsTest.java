package io.thingport.web.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import io.thingport.platform.accesskey.Scope;
import org.junit.jupiter.api.Test;

class BatchRegistrationOperationsTest {

    /** An apply of names that are only checked pushes out older ones, too. */
    @Test
    void whoMayOnlyLookCanMakeNoApply() {
        assertThat(new BatchRegistrationOperations().operations()).filteredOn(o -> o.scope() == Scope.READ)
                .extracting(Operation::name).isNotEmpty().allMatch(name -> name.startsWith("Query"));
    }
}
