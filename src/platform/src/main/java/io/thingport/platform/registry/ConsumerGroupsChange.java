package io.thingport.platform.registry;

/** CDI event within the transaction: there is another consumer group, or one less, once it commits. */
record ConsumerGroupsChange() {
}
