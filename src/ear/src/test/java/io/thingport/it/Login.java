package io.thingport.it;

/**
 * What a device says of itself in CONNECT.
 *
 * @param clientId  the whole client identifier, with its parameters
 * @param userName  {@code deviceName&productKey}
 * @param password  the signature in hexadecimal
 * @param keepAlive seconds
 */
record Login(String clientId, String userName, String password, int keepAlive) {

    Login clientId(String other) {
        return new Login(other, userName, password, keepAlive);
    }

    Login userName(String other) {
        return new Login(clientId, other, password, keepAlive);
    }

    Login password(String other) {
        return new Login(clientId, userName, other, keepAlive);
    }

    Login keepAlive(int seconds) {
        return new Login(clientId, userName, password, seconds);
    }
}
