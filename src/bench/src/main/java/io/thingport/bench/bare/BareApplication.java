package io.thingport.bench.bare;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;

/** The application; its resource is found by its annotation. */
@ApplicationPath("/")
public class BareApplication extends Application {
}
