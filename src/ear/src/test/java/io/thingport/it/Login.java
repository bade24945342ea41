package io.thingport.it;

/**
 * What a device says of itself in CONNECT.
 *
 * @param clientId  the whole client identifier, with its parameters
 * @param userName  {@code deviceName&productKey}
 * @param password  the signature in hexadecimal
 * @param keepAlive seconds
 * @param keeps     whether it finds its session again, which then never expires; else it begins a clean one
 */
public record Login(String clientId, String userName, String password, int keepAlive, boolean keeps) {

    /** One that begins a clean session. */
    public Login(String clientId, String userName, String password, int keepAlive) {
        this(clientId, userName, password, keepAlive, false);
    }

    /** The same device, which finds its session again. */
    public Login keeping() {
        return new Login(clientId, userName, password, keepAlive, true);
    }

    public Login clientId(String other) {
        return new Login(other, userName, password, keepAlive, keeps);
    }

    public Login userName(String other) {
        return new Login(clientId, other, password, keepAlive, keeps);
    }

    public Login password(String other) {
        return new Login(clientId, userName, other, keepAlive, keeps);
    }

    public Login keepAlive(int seconds) {
        return new Login(clientId, userName, password, seconds, keeps);
    }
}
