-- Consumer groups and what products send them. H2 commits each statement by itself: each may run again.

create table if not exists consumer_group (
    id         bigint                      not null,
    group_id   varchar(32)                 not null,
    name       varchar(64)                 not null,
    created_at timestamp(3) with time zone not null,
    version    integer                     not null,
    constraint consumer_group_pk primary key (id),
    constraint consumer_group_id_unique unique (group_id),
    constraint consumer_group_name_unique unique (name)
);

-- is always there; the sequence of ids begins after it
insert into consumer_group (id, group_id, name, created_at, version)
    select 0, 'DEFAULT_GROUP', 'DEFAULT_GROUP', current_timestamp, 0
    where not exists (select 1 from consumer_group where id = 0);

alter table product add column if not exists subscription_kinds varchar(64); -- separated by commas; null: no subscription

create table if not exists product_group (
    product_id bigint      not null,
    group_id   varchar(32) not null,
    constraint product_group_pk primary key (product_id, group_id),
    constraint product_group_product_fk foreign key (product_id) references product (id),
    constraint product_group_group_fk foreign key (group_id) references consumer_group (group_id)
);

-- which products have a group
create index if not exists product_group_of on product_group (group_id, product_id);
