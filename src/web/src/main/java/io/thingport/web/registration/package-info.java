/**
 * Registration of devices over HTTPS, as SDKs of the Aliyun IoT Platform ask for it: threads of the web container, which may
 * block.
 */
package io.thingport.web.registration;
