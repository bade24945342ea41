/**
 * The device log: what devices did and what became of it, for operators. Loops and doors write entries into a bounded queue,
 * from any thread and without waiting; one thread takes them from there, shows them to those who follow the log, and writes
 * them to the database. Queries run on their callers' threads and block.
 */
package io.thingport.platform.devicelog;
