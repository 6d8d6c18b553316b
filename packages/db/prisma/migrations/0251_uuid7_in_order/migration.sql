-- Ids that are made one after another sort in that order, also within a millisecond: after the milliseconds
-- come 12 bits of the fraction (RFC 9562, 6.2, method 3). PostgreSQL 18 and later do the same themselves.
DO $$
BEGIN
  IF current_setting('server_version_num')::int < 180000 THEN
    CREATE OR REPLACE FUNCTION uuid7() RETURNS uuid LANGUAGE sql VOLATILE PARALLEL SAFE AS '
      SELECT encode(
        overlay(
          uuid_send(gen_random_uuid())
          PLACING int8send((micros / 1000 << 16) | (7 << 12) | (micros % 1000 * 4096 / 1000))
          FROM 1 FOR 8),
        ''hex'')::uuid
      FROM (SELECT (extract(epoch FROM clock_timestamp()) * 1000000)::bigint AS micros OFFSET 0) AS clock
    ';
  END IF;
END $$;
