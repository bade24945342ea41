/**
 * What the platform itself answers to devices: the time, and a plain success where firmware waits for one. Nothing here
 * knows a session or sends anything; every class is immutable and may be used from any thread.
 */
package io.thingport.platform.function;
