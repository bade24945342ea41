/**
 * The device log: what devices did and what became of it, for operators. Loops and doors write entries into a bounded queue,
 * from any thread and without waiting; one writer takes them from there to the database.
 */
package io.thingport.platform.devicelog;
