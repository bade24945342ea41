-- What the vendor's API keeps of a product, and devices applied for in batches. H2 commits each statement by itself: each may
-- run again.

alter table product add column if not exists node_type varchar(8) default 'DEVICE' not null;
alter table product add column if not exists data_format varchar(10) default 'CUSTOM' not null;
alter table product add column if not exists net_type varchar(8);
alter table product add column if not exists protocol_type varchar(32);
alter table product add column if not exists validate_type integer;
alter table product add column if not exists thing_model boolean default false not null;

create table if not exists device_apply (
    id          bigint                      not null,
    product_key varchar(32)                 not null,
    state       varchar(10)                 not null,
    devices     integer                     not null, -- how many were applied for
    created_at  timestamp(3) with time zone not null,
    version     integer                     not null,
    constraint device_apply_pk primary key (id),
    constraint device_apply_product_fk foreign key (product_key) references product (product_key) on delete cascade
);

-- a deleted product's applies, newest first
create index if not exists device_apply_of on device_apply (product_key, id);

create table if not exists device_apply_name (
    apply_id    bigint      not null,
    number      integer     not null, -- its place in the apply, from 1
    device_name varchar(32) not null,
    nickname    varchar(64),
    state       varchar(8)  not null,
    constraint device_apply_name_pk primary key (apply_id, number),
    constraint device_apply_name_apply_fk foreign key (apply_id) references device_apply (id) on delete cascade
);
