/** The smallest JAX-RS application, to be measured beside: it is packed and deployed to the server by the program that does. */
package io.thingport.bench.bare;
