-- How a product's devices prove who they are, and their certificates. H2 commits each statement by itself: each may run again.

alter table product add column if not exists authentication varchar(8) default 'SECRET' not null;

-- Revoked ones stay, so that they are not registered again by mistake.
create table if not exists device_certificate (
    id            bigint                      not null,
    device_id     bigint                      not null,
    fingerprint   varchar(64)                 not null, -- SHA-256 of the certificate, in hexadecimal digits
    serial_number varchar(64)                 not null, -- in hexadecimal digits
    subject       varchar(1000)               not null,
    not_before    timestamp(3) with time zone not null,
    not_after     timestamp(3) with time zone not null,
    created_at    timestamp(3) with time zone not null,
    revoked_at    timestamp(3) with time zone,
    version       integer                     not null,
    constraint device_certificate_pk primary key (id),
    constraint device_certificate_fingerprint_unique unique (fingerprint),
    constraint device_certificate_device_fk foreign key (device_id) references device (id) on delete cascade
);

-- a device's certificates
create index if not exists device_certificate_of on device_certificate (device_id, id);
