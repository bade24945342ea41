package io.thingport.sample;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;

/** Puts the page under the context root. */
@ApplicationPath("/")
public class SampleApplication extends Application {
}
