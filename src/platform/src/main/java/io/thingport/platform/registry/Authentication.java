package io.thingport.platform.registry;

/** How the devices of a product prove who they are: chosen once for all, as with the Aliyun IoT Platform. */
public enum Authentication {
    /** With a secret: their own or one that stands for it. */
    SECRET,
    /** With a certificate in the TLS handshake. */
    X509
}
