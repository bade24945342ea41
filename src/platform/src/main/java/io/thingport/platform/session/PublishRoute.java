package io.thingport.platform.session;

import io.thingport.mqtt.ReasonCode;
import io.thingport.mqtt.Route;
import io.thingport.platform.function.AnsweredTopic;
import io.thingport.platform.limits.PublishLimit;
import io.thingport.platform.registry.TopicClass;
import java.util.List;
import java.util.Optional;

/**
 * What a topic means when its device publishes to it, as long as neither the topic classes, rates, consumer groups and
 * watching of the product nor the subscriptions of the session change.
 */
final class PublishRoute implements Route {

    private final Session session;
    private final ReasonCode permission;
    private final boolean reply;
    private final long callId;
    private final boolean echo;
    private final Optional<AnsweredTopic> answered;
    private final List<TopicClass> classes;
    private final int subscriptions;
    private final PublishLimit limit;
    private final List<String> groups;
    private final boolean watched;

    private PublishRoute(Session session, List<TopicClass> classes, ReasonCode permission, boolean reply, long callId,
            boolean echo, Optional<AnsweredTopic> answered, List<String> groups, boolean watched) {
        this.session = session;
        this.classes = classes;
        this.subscriptions = session.subscriptions().version();
        this.limit = session.connection().publishLimit();
        this.permission = permission;
        this.reply = reply;
        this.callId = callId;
        this.echo = echo;
        this.answered = answered;
        this.groups = groups;
        this.watched = watched;
    }

    /** The device may not publish there, for this reason. */
    static PublishRoute denied(Session session, List<TopicClass> classes, ReasonCode why) {
        return new PublishRoute(session, classes, why, false, 0, false, Optional.empty(), List.of(), false);
    }

    /** The reply to a call. It goes to the caller alone: on the custom form's topic it would come back as a request. */
    static PublishRoute reply(Session session, List<TopicClass> classes, long callId) {
        return new PublishRoute(session, classes, ReasonCode.SUCCESS, true, callId, false, Optional.empty(),
                List.of(), false);
    }

    /**
     * @param echo     whether the device itself receives it
     * @param answered who answers it
     * @param groups   the consumer groups that receive it
     * @param watched  whether somebody watches
     */
    static PublishRoute message(Session session, List<TopicClass> classes, boolean echo,
            Optional<AnsweredTopic> answered, List<String> groups, boolean watched) {
        return new PublishRoute(session, classes, ReasonCode.SUCCESS, false, 0, echo, answered, groups, watched);
    }

    Session session() {
        return session;
    }

    /** Counts the publishes. */
    PublishLimit limit() {
        return limit;
    }

    /** SUCCESS, or why the device may not publish there. */
    ReasonCode permission() {
        return permission;
    }

    boolean isReply() {
        return reply;
    }

    long callId() {
        return callId;
    }

    boolean echo() {
        return echo;
    }

    /** The function of the platform that answers, if its reply is one that the device receives. */
    Optional<AnsweredTopic> answered() {
        return answered;
    }

    /** Ids of the consumer groups that receive it. */
    List<String> groups() {
        return groups;
    }

    /** Whether somebody watches. */
    boolean watched() {
        return watched;
    }

    @Override
    public boolean current() {
        return classes == session.product().topicClasses() && subscriptions == session.subscriptions().version();
    }

    @Override
    public boolean cacheable() {
        return !reply && permission != ReasonCode.TOPIC_NAME_INVALID; // which may be long
    }
}
