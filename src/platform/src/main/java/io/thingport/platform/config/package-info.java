/**
 * The settings: read once at the start from MicroProfile Config, checked as a whole, then immutable values.
 */
package io.thingport.platform.config;
