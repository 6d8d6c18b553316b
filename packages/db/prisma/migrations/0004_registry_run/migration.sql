-- One run at a time works on a thing, and one at most waits: whoever asks for another is shown it.
CREATE UNIQUE INDEX run_open ON run (organization_id, job, subject_id)
  WHERE status IN ('queued', 'running');

-- The edition of a registry that was in force at an instant; null before the first.
CREATE FUNCTION registry_edition_at(organization uuid, registry uuid, at timestamptz)
RETURNS integer LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT max(number) FROM registry_edition
  WHERE organization_id = organization AND registry_id = registry AND read_at <= at
    AND status = 'applied'
$$;

-- Whether an edition listed a number: its bit of today, turned by every later edition that changed
-- it. Lines are kept sorted, two bytes each, the higher first.
CREATE FUNCTION registry_listed_in(organization uuid, registry uuid, edition integer, block bigint, line integer)
RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT (
    coalesce((
      SELECT get_bit(b.bits, $5) FROM registry_block b
      WHERE b.organization_id = $1 AND b.registry_id = $2 AND b.block = $4
    ), 0) + (
      SELECT count(*) FROM registry_change c
      WHERE c.organization_id = $1 AND c.registry_id = $2 AND c.block = $4 AND c.edition > $3
        AND EXISTS (
          SELECT FROM generate_series(0, octet_length(c.lines) - 2, 2) AS at
          WHERE get_byte(c.lines, at) * 256 + get_byte(c.lines, at + 1) = $5
        )
    )
  ) % 2 = 1
$$;
