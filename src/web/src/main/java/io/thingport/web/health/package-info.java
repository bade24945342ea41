/**
 * Health checks of MicroProfile Health: whether the process lives, has started and may be sent devices and callers.
 * They run on request threads; the one that asks the database lets the managed executor wait for it.
 */
package io.thingport.web.health;
