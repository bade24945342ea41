/**
 * Who may connect, publish and subscribe: the grammar of client identifiers, signatures, the order in which a CONNECT is
 * checked, permission on topics, limits of properties. Decides only and returns what it decided; every class is
 * immutable and may be used from any thread.
 */
package io.thingport.platform.access;
