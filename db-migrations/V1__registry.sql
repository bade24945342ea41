-- Products, topic classes, devices, access keys and the mark of the master key. Runs on H2 and on PostgreSQL.
-- H2 commits each statement by itself: a script that a killed server has begun must be able to run again from its first line.

create sequence if not exists registry_id start with 1 increment by 20;

create table if not exists product (
    id              bigint                      not null,
    product_key     varchar(32)                 not null,
    name            varchar(64)                 not null,
    description     varchar(200),
    created_at      timestamp(3) with time zone not null,
    classes_version bigint                      not null, -- rises with every change of its topic classes
    version         integer                     not null,
    constraint product_pk primary key (id),
    constraint product_key_unique unique (product_key),
    constraint product_name_unique unique (name)
);

create table if not exists topic_class (
    id          bigint       not null,
    product_id  bigint       not null,
    suffix      varchar(128) not null,
    operation   varchar(3)   not null,
    description varchar(200),
    version     integer      not null,
    constraint topic_class_pk primary key (id),
    constraint topic_class_product_fk foreign key (product_id) references product (id),
    constraint topic_class_suffix_unique unique (product_id, suffix)
);

create table if not exists device (
    id           bigint                      not null,
    product_key  varchar(32)                 not null,
    device_name  varchar(32)                 not null,
    iot_id       varchar(40)                 not null,
    nickname     varchar(64),
    secret       varchar(200)                not null, -- sealed with the master key
    enabled      boolean                     not null,
    created_at   timestamp(3) with time zone not null,
    activated_at timestamp(3) with time zone,          -- from here on written behind, outside the version
    last_online  timestamp(3) with time zone,
    last_offline timestamp(3) with time zone,
    last_address varchar(64),
    version      integer                     not null,
    constraint device_pk primary key (id),
    constraint device_product_fk foreign key (product_key) references product (product_key),
    constraint device_name_unique unique (product_key, device_name),
    constraint device_iot_id_unique unique (iot_id)
);

-- a product's devices, newest first
create index if not exists device_page on device (product_key, id);

create table if not exists access_key (
    access_key_id varchar(64)                 not null,
    secret        varchar(200)                not null, -- sealed with the master key
    scopes        varchar(64)                 not null, -- separated by commas
    enabled       boolean                     not null,
    created_at    timestamp(3) with time zone not null,
    constraint access_key_pk primary key (access_key_id)
);

-- tells at the start whether the configured master key is the one that the secrets were sealed with
create table if not exists master_key (
    key_version integer      not null,
    mark        varchar(200) not null, -- a known text, sealed with the key
    constraint master_key_pk primary key (key_version)
);
