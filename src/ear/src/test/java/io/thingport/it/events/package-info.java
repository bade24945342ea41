/** Server-sent events, with a real HTTP client and with a bare socket. */
package io.thingport.it.events;
