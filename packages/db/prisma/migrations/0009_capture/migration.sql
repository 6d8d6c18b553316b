-- Words that nobody published are one disclosure, however many consents bring them; a published text is
-- a disclosure of its own, whose words others may share. Partial, so that the schema need not describe it.
CREATE UNIQUE INDEX disclosure_words ON disclosure (organization_id, sha256, language)
  WHERE terms IS NULL;

-- A published text has somebody who published it.
ALTER TABLE "disclosure" ADD CHECK (("terms" IS NULL) = ("actor" IS NULL));

-- A form of a consent is one version of it.
ALTER TABLE "consent_event" ADD CHECK (("form_id" IS NULL) = ("form_version" IS NULL));

-- Each consent that was given, and whether it is weak: it lacks what makes one provable, or was found
-- void. Of several grants of one consent the first counts.
CREATE FUNCTION consent_strength(organization uuid, strong text[])
RETURNS TABLE (source text, form_id uuid, at timestamptz, is_weak boolean)
LANGUAGE sql STABLE AS $$
  SELECT DISTINCT ON (given.consent_id) given.source, given.form_id, given.at,
    NOT given.elements @> strong OR EXISTS (
      SELECT FROM consent_event AS void
      WHERE void.organization_id = organization AND void.consent_id = given.consent_id
        AND void.type = 'invalidated')
  FROM consent_event AS given
  WHERE given.organization_id = organization AND given.type = 'granted'
  ORDER BY given.consent_id, given.id
$$;

-- What waits to be sent is little among all that was. Partial, so that the schema need not describe it.
CREATE INDEX confirmation_unsent ON confirmation (created_at) WHERE sent_at IS NULL;
