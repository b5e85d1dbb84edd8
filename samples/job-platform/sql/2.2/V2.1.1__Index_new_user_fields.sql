-- Builds the indexes while everybody reads and writes.
--
-- @transaction none
-- @lock-timeout 500ms
CREATE INDEX CONCURRENTLY users_phone_number ON users (phone_number);
CREATE INDEX CONCURRENTLY users_last_login ON users (last_login);
