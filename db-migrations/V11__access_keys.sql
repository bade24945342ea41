-- Access keys with grants, rotation and a rate. H2 commits each statement by itself: each may run again.

alter table access_key add column if not exists description varchar(100) default '' not null;
alter table access_key add column if not exists products varchar(4000) default '' not null; -- keys, separated by commas; '' = all
alter table access_key add column if not exists rate integer; -- calls in a second
alter table access_key add column if not exists previous_secret varchar(200); -- sealed
alter table access_key add column if not exists previous_valid_until timestamp(3) with time zone;
alter table access_key add column if not exists last_used timestamp(3) with time zone; -- written behind, outside the version
alter table access_key add column if not exists version integer default 0 not null;

-- what MANAGE opened before is now partly the right of ADMINISTER
update access_key set scopes = scopes || ',ADMINISTER' where scopes like '%MANAGE%' and scopes not like '%ADMINISTER%';
