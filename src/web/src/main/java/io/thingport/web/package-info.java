/** What the web application's packages share. */
package io.thingport.web;
