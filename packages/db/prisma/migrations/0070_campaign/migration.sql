DO $$
DECLARE guarded text;
BEGIN
  FOREACH guarded IN ARRAY ARRAY['offer_version', 'campaign_step'] LOOP
    EXECUTE format('CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON %I
      FOR EACH ROW EXECUTE FUNCTION refuse_change()', guarded);
    EXECUTE format('CREATE TRIGGER append_only_truncate BEFORE TRUNCATE ON %I
      FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()', guarded);
  END LOOP;
END $$;

ALTER TABLE campaign ADD CHECK (
  state IN ('draft', 'in-review', 'approved', 'running', 'paused', 'done'));
-- What runs, or ran, was handed over; what is reviewed says which versions were looked at.
ALTER TABLE campaign ADD CHECK (state NOT IN ('running', 'paused') OR started_at IS NOT NULL);
ALTER TABLE campaign ADD CHECK (
  state NOT IN ('in-review', 'approved', 'running', 'paused')
  OR rule_versions IS NOT NULL);

-- The calls of a campaign, for what came of them. Partial: most calls of most dialers name none of ours.
CREATE INDEX call_of_campaign ON call (organization_id, campaign, at) WHERE campaign IS NOT NULL;

-- Nobody approves what they wrote, whatever our code says.
CREATE FUNCTION refuse_own_review() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (
    SELECT FROM campaign_step AS written
    WHERE written.organization_id = NEW.organization_id AND written.campaign_id = NEW.campaign_id
      AND written.act IN ('save', 'submit') AND written.actor = NEW.actor
  ) THEN RAISE EXCEPTION 'a campaign is reviewed by another than who wrote it';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER another_reviews BEFORE INSERT ON campaign_step
  FOR EACH ROW WHEN (NEW.act IN ('approve', 'refuse')) EXECUTE FUNCTION refuse_own_review();
