import java.nio.charset.StandardCharsets;
import org.eclipse.paho.client.mqttv3.MqttClient;
import org.eclipse.paho.client.mqttv3.MqttConnectOptions;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.eclipse.paho.client.mqttv3.MqttMessage;
import org.eclipse.paho.client.mqttv3.persist.MemoryPersistence;

/**
 * A device in one page: a lamp that connects with Eclipse Paho, prints what it is told and answers when it is called.
 * The tour of the start command prints the line that runs it.
 */
public class Lamp {

    public static void main(String[] args) throws MqttException, InterruptedException {
        if (args.length != 4) {
            System.err.println("usage: Lamp tcp://HOST:PORT CLIENT-ID USER-NAME PASSWORD");
            System.exit(2);
        }
        MqttClient client = new MqttClient(args[0], args[1], new MemoryPersistence());
        MqttConnectOptions options = new MqttConnectOptions();
        options.setUserName(args[2]);
        options.setPassword(args[3].toCharArray());
        options.setKeepAliveInterval(60);
        client.connect(options);

        // The user name is deviceName&productKey; every topic of a device begins with the two.
        String[] name = args[2].split("&", 2);
        String own = "/" + name[1] + "/" + name[0];
        client.subscribe(own + "/user/get", 0, (topic, message) -> System.out.println("told   " + text(message)));
        client.subscribe("/sys" + own + "/rrpc/request/+", 0, (topic, message) -> {
            System.out.println("called " + text(message));
            // The id at the end of the topic says which call the answer belongs to.
            client.getTopic(topic.replace("/request/", "/response/"))
                    .publish(("the lamp heard: " + text(message)).getBytes(StandardCharsets.UTF_8), 0, false);
        });
        System.out.println("connected as " + args[2] + ", waiting; Ctrl-C ends it");
        Thread.currentThread().join();
    }

    private static String text(MqttMessage message) {
        return new String(message.getPayload(), StandardCharsets.UTF_8);
    }
}
