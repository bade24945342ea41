package io.thingport.sample;

import jakarta.annotation.Resource;
import jakarta.ejb.MessageDriven;
import jakarta.ejb.MessageDrivenContext;
import jakarta.inject.Inject;
import jakarta.jms.BytesMessage;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageListener;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;

/**
 * Receives what devices publish. The container's transaction takes the message from its queue; when it is rolled back the
 * message comes again after a minute.
 */
@MessageDriven
public class Uplinks implements MessageListener {

    private static final Logger LOG = System.getLogger(Uplinks.class.getName());

    @Inject
    private LatestUplinks latest;

    @Inject
    private Answers answers;

    @Resource
    private MessageDrivenContext context;

    @Override
    public void onMessage(Message message) {
        Uplink uplink = read(message);
        if (latest.contains(uplink.messageId())) {
            LOG.log(Level.INFO, "{0} came again", uplink.messageId());
            return;
        }
        LOG.log(Level.INFO, "{0} on {1}: {2} bytes", uplink.messageId(), uplink.topic(), uplink.payload().length);
        try {
            uplink.responseTopic().ifPresent(topic -> answers.answer(uplink, topic));
            latest.add(uplink);
        } catch (NotNowException e) {
            LOG.log(Level.WARNING, "{0} has to come again: {1}", uplink.messageId(), e.getMessage());
            context.setRollbackOnly();
        }
    }

    private static Uplink read(Message message) {
        try {
            return Uplink.of((BytesMessage) message);
        } catch (JMSException e) {
            throw new IllegalStateException("not a device's message", e);
        }
    }
}
