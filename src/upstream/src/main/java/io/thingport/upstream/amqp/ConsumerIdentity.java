package io.thingport.upstream.amqp;

import io.thingport.upstream.Queues;
import java.security.Principal;
import org.apache.activemq.artemis.api.core.SimpleString;

/**
 * Who is at the other end of a consumer's connection, proved.
 *
 * @param userName    the whole user name, without which the engine knows nobody
 * @param clientId    what the consumer calls itself
 * @param accessKeyId whose signature it was
 * @param group       the consumer group whose messages it reads, and no other's
 */
record ConsumerIdentity(String userName, String clientId, String accessKeyId, String group) implements Principal {

    @Override
    public String getName() {
        return userName;
    }

    /** The one address and queue that is open to this consumer. */
    SimpleString queue() {
        return Queues.of(group);
    }
}
