DROP INDEX users_last_login;
DROP INDEX users_phone_number;
ALTER TABLE users DROP COLUMN login_count;
ALTER TABLE users DROP COLUMN last_login;
ALTER TABLE users DROP COLUMN phone_number;
