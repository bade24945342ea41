/**
 * The audit trail: who changed what, when and from where. A change and its entry are one transaction; a refusal is entered
 * by itself. No entry holds a secret or a payload.
 *
 * <p>Calls block on the database; from any thread that may block.
 */
package io.thingport.platform.audit;
