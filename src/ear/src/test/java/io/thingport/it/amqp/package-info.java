/**
 * System tests of what business servers receive over AMQP 1.0: two clients that know nothing of this server, one of which
 * logs in and reads as the vendor's sample does.
 */
package io.thingport.it.amqp;
