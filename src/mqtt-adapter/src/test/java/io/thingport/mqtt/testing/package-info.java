/** What the tests of the adapter share: packets in hexadecimal, a client of raw bytes, an application that remembers. */
package io.thingport.mqtt.testing;
