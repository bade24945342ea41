package io.thingport.platform.audit;

/** What a method returns that makes something, so that the audit trail can name what was made. */
public interface Auditable {

    /** What this is; without any secret. */
    Subject auditSubject();
}
