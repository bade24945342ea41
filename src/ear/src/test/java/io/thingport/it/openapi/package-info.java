/**
 * The vendor's API as servers call it: through the vendor's own SDKs and as plain HTTP, with devices connected by real
 * clients.
 */
package io.thingport.it.openapi;
