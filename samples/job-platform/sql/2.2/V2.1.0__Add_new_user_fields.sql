-- Adds what version 2.2 knows of users. Nothing here reads or writes a row: a default that is the same for every row is
-- kept in the catalog, so NOT NULL holds at once, and the old version goes on inserting without the new columns.
--
-- @lock-timeout 500ms
-- @after SELECT count(*) = 0 FROM users WHERE phone_number IS NULL OR login_count IS NULL
ALTER TABLE users
  ADD COLUMN phone_number text NOT NULL DEFAULT '',
  ADD COLUMN last_login timestamptz,
  ADD COLUMN login_count integer NOT NULL DEFAULT 0;
