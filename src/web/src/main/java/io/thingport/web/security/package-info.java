/**
 * Who may call the REST API: an access key over HTTP Basic, or a token, its scopes and
 * products, and nobody else. Plain filters, so that an error
 * is a problem detail like any other and no HTTP session is made. They run on the request's thread.
 */
package io.thingport.web.security;
