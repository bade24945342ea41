-- The device log. Times are milliseconds since 1970. H2 commits each statement by itself: each may run again.

-- Without foreign keys: entries outlive their device, and many are of nobody.
create table if not exists device_log (
    id              bigint      not null, -- rises with the time
    at              bigint      not null,
    kind            varchar(20) not null,
    failed          boolean     not null,
    code            integer     not null,
    product_key     varchar(32),          -- as a client claimed it, if it is none of ours
    device_name     varchar(32),
    address         varchar(64),
    reason          varchar,
    topic           varchar,
    qos             integer,
    payload_size    integer,
    message_id      bigint,
    packet_id       integer,
    duration_millis bigint,
    user_properties varchar,              -- a JSON array of pairs; null for none
    details         varchar,              -- likewise
    payload         bytea,                -- where that is switched on
    constraint device_log_pk primary key (id)
);

-- Each ends in the id, so that the newest of a kind are found without sorting.
create index if not exists device_log_device on device_log (product_key, device_name, id);
create index if not exists device_log_product on device_log (product_key, id);
create index if not exists device_log_address on device_log (address, id);
create index if not exists device_log_message on device_log (message_id, id);
create index if not exists device_log_kind on device_log (kind, id);
create index if not exists device_log_failed on device_log (failed, id);
