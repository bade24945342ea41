package io.thingport.mqtt.connector;

import jakarta.resource.spi.ManagedConnectionMetaData;

/** What a container may ask about a connection: it leads to this very server, by as many handles as there are, as nobody. */
record ConnectionMetaData() implements ManagedConnectionMetaData {

    @Override
    public String getEISProductName() {
        return "Thingport";
    }

    @Override
    public String getEISProductVersion() {
        return "1";
    }

    /** 0: no limit. */
    @Override
    public int getMaxConnections() {
        return 0;
    }

    @Override
    public String getUserName() {
        return "";
    }
}
