package io.thingport.it;

/** The public clients that every rule of the wire is tried with. */
public enum Client {
    PAHO_31(false),
    PAHO_311(false),
    HIVEMQ_311(false),
    PAHO_5(true),
    HIVEMQ_5(true);

    private final boolean v5;

    Client(boolean v5) {
        this.v5 = v5;
    }

    public boolean v5() {
        return v5;
    }

    /** What this client is to see: the reason code of 5.0, or what 3.x has for it. */
    public int sees(int v5Code, int v3Code) {
        return v5 ? v5Code : v3Code;
    }

    /** A client that is not connected yet. */
    public Tool tool(ThingportServer server, Login login) {
        return tool(server, login, Way.TCP);
    }

    /** A client that is not connected yet. */
    public Tool tool(ThingportServer server, Login login, Way way) {
        return tool(way.port(server), login, way);
    }

    /** A client of another port, that is not connected yet. */
    public Tool tool(int port, Login login) {
        return tool(port, login, Way.TCP);
    }

    private Tool tool(int port, Login login, Way way) {
        return switch (this) {
            case PAHO_31 -> new PahoV3(way.url(port), login, 3);
            case PAHO_311 -> new PahoV3(way.url(port), login, 4);
            case HIVEMQ_311 -> new HiveMqV3(way, port, login);
            case PAHO_5 -> new PahoV5(way.url(port), login);
            case HIVEMQ_5 -> new HiveMqV5(way, port, login);
        };
    }
}
