-- The answer that accepts the lifting of a burst names the opt-outs that it lifts, under a MAC of ours. The job lifts
-- these and no others, so rows that somebody else inserts into the database lift nothing.
ALTER TABLE burst_lifting_answer
  ADD COLUMN opt_out_ids UUID[] NOT NULL DEFAULT '{}',
  ADD COLUMN mac BYTEA;
