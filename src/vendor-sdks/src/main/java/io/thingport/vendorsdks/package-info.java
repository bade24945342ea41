/**
 * Calls the vendor's API through the vendor's own SDKs for Java, unmodified and through their typed requests and answers.
 * {@link io.thingport.vendorsdks.CoreSdk} is the older one, {@link io.thingport.vendorsdks.TeaSdk} the newer one. What goes in
 * and comes out are types of the JDK, so that both can be loaded apart from everything else. On the caller's thread.
 */
package io.thingport.vendorsdks;
