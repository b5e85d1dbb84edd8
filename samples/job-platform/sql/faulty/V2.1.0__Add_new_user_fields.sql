ALTER TABLE users ADD COLUMN phone_number text NULL;
ALTER TABLE users ADD COLUMN last_login timestamptz;
ALTER TABLE users ADD COLUMN login_count integer NOT NULL DEFAULT 0;
CREATE INDEX users_phone_number ON users (phone_number);
CREATE INDEX users_last_login ON users (last_login);
ALTER TABLE users ALTER COLUMN phone_number SET NOT NULL;
