package io.thingport.mqtt.connector;

import io.thingport.mqtt.MqttListener;
import io.thingport.mqtt.MqttTurn;
import jakarta.resource.spi.BootstrapContext;
import jakarta.resource.spi.UnavailableException;
import jakarta.resource.spi.XATerminator;
import jakarta.resource.spi.endpoint.MessageEndpoint;
import jakarta.resource.spi.endpoint.MessageEndpointFactory;
import jakarta.resource.spi.work.ExecutionContext;
import jakarta.resource.spi.work.Work;
import jakarta.resource.spi.work.WorkContext;
import jakarta.resource.spi.work.WorkException;
import jakarta.resource.spi.work.WorkListener;
import jakarta.resource.spi.work.WorkManager;
import jakarta.resource.spi.work.WorkRejectedException;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Timer;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.transaction.xa.XAResource;

/** A container as far as the adapter sees one: threads for its Work. */
final class FakeContainer implements BootstrapContext, WorkManager {

    final List<Thread> threads = new CopyOnWriteArrayList<>();
    final List<Work> works = new CopyOnWriteArrayList<>();
    volatile boolean refusesWork;

    boolean anyWorkRuns() {
        return threads.stream().anyMatch(Thread::isAlive);
    }

    @Override
    public WorkManager getWorkManager() {
        return this;
    }

    @Override
    public long startWork(Work work, long timeout, ExecutionContext context, WorkListener listener)
            throws WorkException {
        if (refusesWork) {
            throw new WorkRejectedException("the pool is full");
        }
        Thread thread = new Thread(work, "work-" + threads.size());
        thread.setDaemon(true);
        works.add(work);
        threads.add(thread);
        thread.start();
        return 0;
    }

    @Override
    public long startWork(Work work) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void doWork(Work work) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void doWork(Work work, long timeout, ExecutionContext context, WorkListener listener) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void scheduleWork(Work work) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void scheduleWork(Work work, long timeout, ExecutionContext context, WorkListener listener) {
        throw new UnsupportedOperationException();
    }

    @Override
    public XATerminator getXATerminator() {
        throw new UnsupportedOperationException();
    }

    @Override
    public Timer createTimer() {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean isContextSupported(Class<? extends WorkContext> type) {
        return false;
    }

    @Override
    public TransactionSynchronizationRegistry getTransactionSynchronizationRegistry() {
        throw new UnsupportedOperationException();
    }

    /** A message-driven bean that lets every turn pass. */
    static final class Bean implements MessageEndpointFactory {

        final List<Endpoint> endpoints = new CopyOnWriteArrayList<>();
        volatile boolean unavailable;

        @Override
        public MessageEndpoint createEndpoint(XAResource resource) throws UnavailableException {
            if (unavailable) {
                throw new UnavailableException("the bean is not there");
            }
            Endpoint endpoint = new Endpoint();
            endpoints.add(endpoint);
            return endpoint;
        }

        @Override
        public MessageEndpoint createEndpoint(XAResource resource, long timeout) throws UnavailableException {
            return createEndpoint(resource);
        }

        @Override
        public boolean isDeliveryTransacted(Method method) {
            return false;
        }

        @Override
        public String getActivationName() {
            return "bean";
        }

        @Override
        public Class<?> getEndpointClass() {
            return Endpoint.class;
        }
    }

    /** What a container gives to the adapter in the bean's place. */
    static final class Endpoint implements MessageEndpoint, MqttListener {

        volatile boolean released;

        @Override
        public void onTurn(MqttTurn turn) {
        }

        @Override
        public void beforeDelivery(Method method) {
        }

        @Override
        public void afterDelivery() {
        }

        @Override
        public void release() {
            released = true;
        }
    }
}
