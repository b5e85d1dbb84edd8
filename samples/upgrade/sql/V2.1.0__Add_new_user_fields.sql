-- What version 2.2 knows of users. NOT NULL has a default, so it holds for the rows that are there, and the old version
-- goes on inserting without the new columns.
--
-- @before SELECT count(*) > 0 FROM users
-- @after SELECT count(*) = 0 FROM users WHERE phone_number IS NULL OR login_count IS NULL
ALTER TABLE users ADD COLUMN phone_number TEXT NOT NULL DEFAULT '';
ALTER TABLE users ADD COLUMN last_login TEXT;
ALTER TABLE users ADD COLUMN login_count INTEGER NOT NULL DEFAULT 0;
CREATE INDEX users_phone_number ON users (phone_number);
CREATE INDEX users_last_login ON users (last_login);
