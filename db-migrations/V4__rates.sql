-- Rates of a product's devices, in a second. H2 commits each statement by itself: each may run again.

alter table product add column if not exists rate_publishes_qos0 integer; -- null: the server's, as with each of these
alter table product add column if not exists rate_publishes_qos1 integer;
alter table product add column if not exists rate_messages integer;
alter table product add column if not exists rate_bandwidth integer;
