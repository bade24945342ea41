package io.thingport.platform.config;

/** The settings are wrong. The message names every wrong key, its value and what is allowed. */
public class SettingsException extends RuntimeException {

    public SettingsException(String message) {
        super(message);
    }
}
