package io.thingport.mqtt.connector;

import io.netty.util.concurrent.FastThreadLocal;
import io.thingport.mqtt.MqttApplication;
import io.thingport.mqtt.MqttServer;
import io.thingport.mqtt.transport.MqttTransport;
import jakarta.resource.NotSupportedException;
import jakarta.resource.ResourceException;
import jakarta.resource.spi.ActivationSpec;
import jakarta.resource.spi.BootstrapContext;
import jakarta.resource.spi.ResourceAdapter;
import jakarta.resource.spi.endpoint.MessageEndpointFactory;
import java.util.Optional;
import javax.transaction.xa.XAResource;

/**
 * The resource adapter. It gives the transport its threads, as JCA Work, and the message endpoint it hands its turns to.
 * Devices can connect while an endpoint is active and the application has called {@link MqttServer#open}, whichever
 * comes first: at the start of a server the endpoint comes last, when the application alone is started again it comes
 * first.
 *
 * <p>The container calls from threads of its own, at most one at a time for an instance, but for {@link #stop}, which
 * may come twice and while Work is being released. The two fields are volatile because handles of any thread read one
 * and the container does not promise to call from one thread.
 */
public final class MqttResourceAdapter implements ResourceAdapter {

    private volatile Optional<MqttTransport> transport = Optional.empty();
    private volatile Optional<MessageEndpointFactory> active = Optional.empty();

    /** Makes the transport; no thread runs and nothing listens yet. A second call does nothing. */
    @Override
    public void start(BootstrapContext context) {
        if (transport.isEmpty()) {
            transport = Optional.of(new MqttTransport(new LoopWorkExecutor(context.getWorkManager(),
                    Thread.currentThread().getContextClassLoader(), this::stop)));
        }
    }

    /** Ends listeners, channels and loops within 5 s. Repeated calls do nothing. */
    @Override
    public void stop() {
        try {
            transport.ifPresent(MqttTransport::close);
        } finally {
            FastThreadLocal.removeAll();
        }
    }

    /**
     * A message-driven bean becomes active.
     *
     * @throws NotSupportedException when another one is active: each event belongs to exactly one receiver
     */
    @Override
    public void endpointActivation(MessageEndpointFactory factory, ActivationSpec spec) throws ResourceException {
        if (!(spec instanceof MqttActivationSpec)) {
            throw new NotSupportedException("not an activation spec of this adapter: " + spec.getClass().getName());
        }
        if (active.isPresent()) {
            throw new NotSupportedException("a message-driven bean of this adapter is active already: "
                    + active.get().getActivationName());
        }
        MqttTransport running = started();
        active = Optional.of(factory);
        running.attach(new EndpointSource(factory));
    }

    /** A message-driven bean goes: listeners and channels close before it does. */
    @Override
    public void endpointDeactivation(MessageEndpointFactory factory, ActivationSpec spec) {
        if (active.filter(f -> f.equals(factory)).isEmpty()) {
            return;
        }
        active = Optional.empty();
        try {
            started().detach();
        } finally {
            FastThreadLocal.removeAll();
        }
    }

    /** Nothing here takes part in a transaction, so there is nothing to recover. */
    @Override
    public XAResource[] getXAResources(ActivationSpec[] specs) {
        return new XAResource[0];
    }

    MqttServer server() {
        return started();
    }

    MqttApplication application() {
        return started().application()
                .orElseThrow(() -> new IllegalStateException("the application behind the MQTT adapter is not open"));
    }

    private MqttTransport started() {
        return transport.orElseThrow(() -> new IllegalStateException("the MQTT adapter has not been started"));
    }
}
