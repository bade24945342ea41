-- The sessions of devices and the messages that wait in them. Runs on H2 and on PostgreSQL, and again after it was broken off.
-- Times are milliseconds since 1970.

-- the number of the server's run: it rises with every start
create sequence if not exists server_run start with 1 increment by 1;

create table if not exists mqtt_session (
    device_id      bigint not null,
    session_id     bigint not null, -- a new one whenever the device begins a new session
    expiry_seconds bigint not null,
    expires_at     bigint not null, -- two values beyond all times mean never, and connected
    run            bigint not null, -- of the server that wrote this row
    sent_through   bigint not null, -- messages up to this number may have been sent
    subscriptions  bytea  not null,
    constraint mqtt_session_pk primary key (device_id),
    constraint mqtt_session_id_unique unique (session_id),
    constraint mqtt_session_device_fk foreign key (device_id) references device (id)
);

-- the sessions that have expired, and those whose device was connected when an earlier run ended
create index if not exists mqtt_session_due on mqtt_session (expires_at, run);

-- Without a foreign key: the messages of an ended session are deleted later, in slices.
create table if not exists offline_message (
    session_id bigint  not null,
    number     bigint  not null, -- its place in the session, from 1
    sent       boolean not null, -- whether it may have been sent
    created_at bigint  not null,
    expires_at bigint  not null,
    topic      varchar not null,
    payload    bytea   not null,
    properties bytea,            -- of MQTT 5; null for none
    constraint offline_message_pk primary key (session_id, number)
);

create index if not exists offline_message_due on offline_message (expires_at);

-- sessions that are over and may still have messages
create table if not exists ended_session (
    session_id bigint not null,
    constraint ended_session_pk primary key (session_id)
);
