/**
 * Reads the bodies of requests: bounded, strict, every error named by its field. Runs on the request's thread; nothing
 * here keeps state.
 */
package io.thingport.web.json;
