-- Who changed what. H2 commits each statement by itself: each may run again.

create sequence if not exists audit_id start with 1 increment by 20;

create table if not exists audit (
    id          bigint                      not null,
    happened_at timestamp(3) with time zone not null,
    caller      varchar(128)                not null,
    address     varchar(64)                 not null,
    door        varchar(16)                 not null,
    action      varchar(200)                not null,
    product_key varchar(128),
    device_name varchar(128),
    object_id   varchar(128),
    outcome     varchar(16)                 not null,
    constraint audit_pk primary key (id)
);

create index if not exists audit_time on audit (happened_at);
create index if not exists audit_caller on audit (caller, id);
create index if not exists audit_product on audit (product_key, id);
