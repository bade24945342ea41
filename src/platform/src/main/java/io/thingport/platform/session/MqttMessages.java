package io.thingport.platform.session;

import io.thingport.mqtt.MqttListener;
import io.thingport.mqtt.MqttTurn;
import jakarta.ejb.MessageDriven;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;

/** The way in: takes each turn of an event loop to that loop's sessions. */
@MessageDriven(messageListenerInterface = MqttListener.class)
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class MqttMessages implements MqttListener {

    @Inject
    private Loops loops;

    @Override
    public void onTurn(MqttTurn turn) {
        turn.drain(loops.handler(turn.loop().index()));
    }
}
