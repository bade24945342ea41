-- How much goes into the device log of products and devices. H2 commits each statement by itself: each may run again.

create table if not exists product_log_level (
    product_key varchar(32) not null,
    log_level   varchar(8)  not null,
    constraint product_log_level_pk primary key (product_key),
    constraint product_log_level_product_fk foreign key (product_key) references product (product_key) on delete cascade
);

create table if not exists device_trace (
    product_key varchar(32)                 not null,
    device_name varchar(32)                 not null,
    log_level   varchar(8)                  not null,
    payloads    boolean                     not null,
    ends_at     timestamp(3) with time zone not null,
    constraint device_trace_pk primary key (product_key, device_name),
    constraint device_trace_device_fk foreign key (product_key, device_name)
        references device (product_key, device_name) on delete cascade
);
create index if not exists device_trace_ends_at on device_trace (ends_at);
