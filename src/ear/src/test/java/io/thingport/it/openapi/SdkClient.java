package io.thingport.it.openapi;

import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;

/** One of the vendor's SDKs with an access key. One call at a time. */
final class SdkClient {

    private final ClassLoader classes;
    private final BiFunction<String, Map<String, Object>, Map<String, Object>> sdk;
    private final Set<String> succeeded;

    /**
     * @param classes   of the SDK
     * @param succeeded takes the names of operations that succeed
     */
    SdkClient(ClassLoader classes, BiFunction<String, Map<String, Object>, Map<String, Object>> sdk, Set<String> succeeded) {
        this.classes = classes;
        this.sdk = sdk;
        this.succeeded = succeeded;
    }

    /**
     * Calls an operation.
     *
     * @param parameters text, numbers and flags, lists of these, and lists of maps of them
     */
    SdkAnswer call(String operation, Map<String, Object> parameters) {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(classes);
        try {
            SdkAnswer answer = new SdkAnswer(operation, sdk.apply(operation, parameters));
            if (answer.succeeded()) {
                succeeded.add(operation);
            }
            return answer;
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    /** Calls an operation that has to succeed. */
    SdkAnswer ok(String operation, Map<String, Object> parameters) {
        SdkAnswer answer = call(operation, parameters);
        if (!answer.succeeded()) {
            throw new AssertionError(answer);
        }
        return answer;
    }
}
