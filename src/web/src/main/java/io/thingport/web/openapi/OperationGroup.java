package io.thingport.web.openapi;

import java.util.List;

/** Some operations that belong together. Its implementations are application-scoped beans. */
interface OperationGroup {

    /** The operations; the same ones always. */
    List<Operation> operations();
}
