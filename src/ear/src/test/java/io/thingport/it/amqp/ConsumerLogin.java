package io.thingport.it.amqp;

import io.thingport.it.SignMethod;

/**
 * What a consumer says of itself.
 *
 * @param userName in the vendor's form
 * @param password the signature
 */
record ConsumerLogin(String userName, String password) {

    /** One that the access key {@code id:secret} signs; the timestamp is the one of the vendor's sample for Node.js. */
    static ConsumerLogin of(String clientId, String accessKey, String group) {
        return of(clientId, accessKey, group, SignMethod.HMACSHA1);
    }

    static ConsumerLogin of(String clientId, String accessKey, String group, SignMethod method) {
        String[] key = accessKey.split(":");
        return new ConsumerLogin(clientId + "|authMode=aksign,signMethod=" + method.word() + ",timestamp=1573489088171,authId="
                + key[0] + ",iotInstanceId=,consumerGroupId=" + group + "|",
                method.signBase64(key[1], "authId=" + key[0] + "&timestamp=1573489088171"));
    }

    ConsumerLogin password(String other) {
        return new ConsumerLogin(userName, other);
    }
}
