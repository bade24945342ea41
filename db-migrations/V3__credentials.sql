-- Secrets of products, and of devices before a rotation. H2 commits each statement by itself: each may run again.

alter table product add column if not exists secret varchar(200); -- sealed; given to older products by the start

alter table device add column if not exists previous_secret varchar(200); -- sealed
alter table device add column if not exists previous_valid_until timestamp(3) with time zone;
