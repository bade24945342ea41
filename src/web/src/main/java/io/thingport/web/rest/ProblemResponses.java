package io.thingport.web.rest;

import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.Operation;

/** Completes the OpenAPI document: whatever else an operation answers is a problem detail. */
public class ProblemResponses implements OASFilter {

    @Override
    public Operation filterOperation(Operation operation) {
        operation.getResponses().addAPIResponse("default",
                OASFactory.createAPIResponse().ref("#/components/responses/Problem"));
        return operation;
    }
}
