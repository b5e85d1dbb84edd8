-- @lock-timeout 500ms
ALTER TABLE users DROP COLUMN phone_number, DROP COLUMN last_login, DROP COLUMN login_count;
