/**
 * Errors of the REST API: every one of them is a problem detail [RFC 9457] with a stable code. The mappers run on the
 * thread that answers the request.
 */
package io.thingport.web.problem;
