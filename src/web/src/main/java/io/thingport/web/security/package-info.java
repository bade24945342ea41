/**
 * Who may call the REST API: an access key over HTTP Basic, its scopes, and nobody else. Plain filters, so that an error
 * is a problem detail like any other and no HTTP session is made. They run on the request's thread and block on the
 * database.
 */
package io.thingport.web.security;
