/**
 * The REST API. A resource class parses, calls and maps; requests and answers are records. Everything runs on request
 * threads but what {@link io.thingport.web.rest.LoopAnswers} hands from an event loop to the managed executor.
 */
package io.thingport.web.rest;
