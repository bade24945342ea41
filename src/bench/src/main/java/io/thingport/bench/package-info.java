/**
 * Programs that measure the platform and try what it promises; each is one command and is not shipped. They run from the
 * command line, on threads of their own.
 */
package io.thingport.bench;
