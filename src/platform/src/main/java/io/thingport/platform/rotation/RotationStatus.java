package io.thingport.platform.rotation;

import java.util.SortedMap;

/**
 * The master key and how far its rotation is.
 *
 * @param version  seals now
 * @param fromFile whether the key stands in a file, so that the server can add a version itself
 * @param sealed   how many secrets are sealed with each version; the newest is there, and older ones while they are needed
 * @param running  whether secrets are being sealed anew
 */
public record RotationStatus(int version, boolean fromFile, SortedMap<Integer, Long> sealed, boolean running) {
}
