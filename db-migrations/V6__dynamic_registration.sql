-- One secret per product: devices get their own by proving the product's. H2 commits each statement by itself: each may run again.

alter table product add column if not exists dynamic_registration varchar(20) default 'OFF' not null;

-- whether physical devices have tokens under its name
alter table device add column if not exists by_token boolean default false not null;

create table if not exists device_token (
    id           bigint                      not null,
    device_id    bigint                      not null,
    client_id    varchar(64)                 not null,
    token_hash   varchar(64)                 not null, -- SHA-256, hexadecimal
    created_at   timestamp(3) with time zone not null,
    activated_at timestamp(3) with time zone,          -- when it was first connected with
    version      integer                     not null,
    constraint device_token_pk primary key (id),
    constraint device_token_device_fk foreign key (device_id) references device (id) on delete cascade,
    constraint device_token_client_unique unique (device_id, client_id)
);
