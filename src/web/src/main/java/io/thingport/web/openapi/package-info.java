/**
 * The API that servers of the Aliyun IoT Platform call, at the root of the HTTP endpoint: RPC style, with its signatures, its
 * operations and its codes. {@link io.thingport.web.openapi.Operations} is the table of all operations. Operations that ask
 * the database run on the request's thread; those that ask a device let it go and are answered from the bounded executor.
 */
package io.thingport.web.openapi;
